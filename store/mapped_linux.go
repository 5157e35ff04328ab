package store

import (
	"bytes"
	"os"
	"strconv"
	"sync"
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

// gauge tells how many bytes of files are mapped into the process. It keeps what
// tells it open: in a refresh it is asked tens of thousands of times, and to open
// that takes eight times as long as to read it.
type gauge struct {
	once sync.Once
	file *os.File
}

// mapped is 0 if it is not known.
func (g *gauge) mapped() int {
	g.once.Do(func() { g.file, _ = os.Open("/proc/self/statm") })
	var b [128]byte
	n, _ := g.file.ReadAt(b[:], 0) // an error where it is not open
	if fields := bytes.Fields(b[:n]); len(fields) > 2 {
		pages, _ := strconv.Atoi(string(fields[2]))
		return pages * os.Getpagesize()
	}
	return 0
}

func (g *gauge) close() {
	g.once.Do(func() {})
	_ = g.file.Close()
}
