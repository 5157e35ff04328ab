//go:build unix && !aix && !solaris

package store

import (
	"os"
	"syscall"
)

// unlock lets go of the file's lock. Closing the file is not enough while it
// is mapped.
func unlock(f *os.File) { _ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }

// lock takes the lock that bbolt takes, unless somebody has it.
func lock(f *os.File) bool { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil }
