package related

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"sync/atomic"
	"syscall"
	"testing"
)

// A page that the disk does not give panics where the work was asked for, and with
// its address, by which the library knows it for what it is.
func TestAFaultInOneOfSeveralIsTheCallers(t *testing.T) {
	f, err := os.Create(filepath.Join(t.TempDir(), "mapped"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Truncate(4096); err != nil {
		t.Fatal(err)
	}
	b, err := syscall.Mmap(int(f.Fd()), 0, 4096, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = syscall.Munmap(b) }()
	if err := f.Truncate(0); err != nil {
		t.Fatal(err)
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(false))
	var done atomic.Int32
	defer func() {
		if fault, ok := recover().(interface{ Addr() uintptr }); !ok || fault.Addr() == 0 || done.Load() != 2 {
			t.Errorf("a fault was told: %t, %d others were done", ok, done.Load())
		}
	}()
	var sum atomic.Int32
	inParallel(3, func(k int) {
		if k == 1 {
			sum.Add(int32(b[0]))
		}
		done.Add(1)
	})
}
