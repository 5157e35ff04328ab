package related

import (
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"broadsheet/feeds"
)

// Who helps with work that goes on aside from a screen does so aside, too.
func TestWorkIsDividedAmongThoseWhoStandBack(t *testing.T) {
	worth := func() int64 {
		n, err := syscall.Getpriority(syscall.PRIO_PROCESS, 0)
		if err != nil {
			t.Error(err)
		}
		return int64(n)
	}
	usual := worth()
	if usual <= 1 {
		return // as nice as can be already: there is nothing to stand back to
	}
	leeway := feeds.NewLeeway(time.Now)
	leeway.Watch()
	leeway.Aside(func() {
		var most atomic.Int64
		inParallel(3, func(int) { most.Store(max(most.Load(), worth())) })
		if most.Load() >= usual {
			t.Errorf("one of those who help is worth %d to the system, as others are (%d)", most.Load(), usual)
		}
	})
}
