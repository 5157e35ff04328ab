//go:build !unix || aix || solaris

package store

import "os"

// unlock does nothing where closing the file lets go of its lock.
func unlock(*os.File) {}
