package store

import (
	"bytes"
	"os"
	"strconv"
	"syscall"

	bolt "go.etcd.io/bbolt"
)

// leaveMapped gives the pages of the file that were looked at back to the system,
// which keeps them as long as it likes. Mapped they count as our memory, and a
// refresh looks at most of the file. What is looked at again is mapped again.
func (l *Library) leaveMapped() {
	_ = l.view(func(tx *bolt.Tx) error { unmap(tx); return nil })
}

// unmap does so while tx keeps the file mapped where it is, as one that reads does;
// beside one that writes nobody else maps it anew.
func unmap(tx *bolt.Tx) {
	_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, tx.DB().Info().Data, uintptr(tx.Size()), syscall.MADV_DONTNEED)
}

// mapped is how many bytes of files are mapped into the process, 0 if that is not
// known.
func mapped() int {
	b, err := os.ReadFile("/proc/self/statm")
	if fields := bytes.Fields(b); err == nil && len(fields) > 2 {
		pages, _ := strconv.Atoi(string(fields[2]))
		return pages * os.Getpagesize()
	}
	return 0
}
