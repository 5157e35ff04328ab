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
	if limit(1<<30, narrow) > 1200<<20 {
		t.Error("a gigabyte held leaves too much room")
	}
}

func TestRoomIsLeftForAsLongAsIsAsked(t *testing.T) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1))
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
