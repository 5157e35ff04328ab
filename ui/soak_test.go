package ui_test

import (
	"flag"
	"math/rand/v2"
	"runtime"
	"testing"

	"broadsheet/ui/uitest"
)

// soakKeys is how many keys TestSoak presses; a proper one is 100,000.
var soakKeys = flag.Int("keys", 1500, "keys of the soak test")

// Keys without end, whatever they do, take no more memory or goroutines at the
// end than in the middle.
func TestSoak(t *testing.T) {
	t.Chdir(t.TempDir()) // an article can be saved as a file
	all := allKeys()
	random := rand.New(rand.NewPCG(1, 2))
	d := uitest.New(t, uitest.Deps(uitest.NewLibrary()), 120, 40)
	usage := func() (goroutines int, heap int64) {
		d.Raw = nil // what the driver itself keeps
		d.Terminal.Reset()
		for range 2 {
			runtime.GC()
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return runtime.NumGoroutine(), int64(m.HeapAlloc)
	}
	var goroutines int
	var heap int64
	for i := range *soakKeys {
		switch random.IntN(30) {
		case 0:
			d.Press("esc")
		case 1:
			d.Type(string(rune('a' + random.IntN(26))))
		case 2:
			d.Resize(20+random.IntN(160), 8+random.IntN(50))
		default:
			d.Press(all[random.IntN(len(all))])
		}
		d.Quit = false // some keys lead there, and the driver goes on
		if i == *soakKeys/2 {
			goroutines, heap = usage()
		}
	}
	endGoroutines, endHeap := usage()
	t.Logf("in the middle %d goroutines and %d KB, at the end %d and %d", goroutines, heap>>10, endGoroutines, endHeap>>10)
	if endGoroutines > goroutines {
		t.Errorf("goroutines have grown from %d to %d", goroutines, endGoroutines)
	}
	if endHeap > heap+heap/4+4<<20 {
		t.Errorf("memory has grown from %d to %d KB", heap>>10, endHeap>>10)
	}
}
