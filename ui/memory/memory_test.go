package memory

import (
	"runtime/debug"
	"testing"
)

func TestTheGoalStaysAhead(t *testing.T) {
	for _, held := range []int64{0, 60 << 20, 1 << 30} {
		a, b := limit(held, narrow), limit(held, wide)
		if a < goal || a <= held || b < a {
			t.Errorf("%d bytes held: goals %d and %d", held, a, b)
		}
	}
	for _, held := range []int64{0, 1 << 10, 3 << 20, 12 << 20, 39 << 20, 41 << 20, 1 << 30} {
		for _, r := range []room{narrow, wide} {
			p := int64(percent(held, r))
			if next := held + held*p/100; next > max(2*held, r.least) || heapMin*p/100 > r.least {
				t.Errorf("%d bytes held, at least %d: the next collection at %d", held, r.least, next)
			}
			if p < 100 {
				t.Errorf("%d bytes held: %d percent", held, p)
			}
		}
	}
	if p := percent(6<<20, narrow); p < 300 {
		t.Errorf("a command that holds little is collected at %d percent", p)
	}
	if limit(1<<30, narrow) > 1200<<20 {
		t.Error("a gigabyte held leaves too much room")
	}
}

func TestRoomIsLeftForAsLongAsIsAsked(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	defer ahead.Store(nil)

	LeaveRoom()()
	if ahead.Load() != nil {
		t.Fatal("memory is kept that nobody asked to keep")
	}
	Keep()
	back := LeaveRoom()
	if ahead.Load() != &wide {
		t.Error("no more room on the screen")
	}
	back()
	if ahead.Load() != &narrow {
		t.Error("the room stays after the screen")
	}
}
