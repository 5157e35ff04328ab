package feeds

import (
	"sync"
	"testing"
	"time"
)

func TestWorkGoesOnAsideWhereThereIsAScreen(t *testing.T) {
	// where fn is run by Aside: whether that stands back, and whether those do who
	// help it, with the same work or another
	aside := func(l *Leeway) (back, likewise, other bool) {
		var helpers sync.WaitGroup
		l.Aside(func() {
			back = standsBack()
			helpers.Go(Likewise(func() { likewise = standsBack() }))
			helpers.Go(func() { other = standsBack() })
			helpers.Wait()
		})
		return back, likewise, other
	}
	if usual <= 1 {
		return // as nice as can be already: there is nothing to stand back to
	}
	l := NewLeeway(time.Now)
	for _, nobody := range []*Leeway{nil, l} {
		nobody.Take()
		if back, likewise, other := aside(nobody); back || likewise || other {
			t.Errorf("without a screen: aside %t, with its helpers %t, %t", back, likewise, other)
		}
	}
	l.Watch()
	for range 2 {
		if back, likewise, other := aside(l); !back || !likewise || other {
			t.Errorf("with a screen: aside %t, who helps %t, others %t", back, likewise, other)
		}
	}
	if standsBack() {
		t.Error("who has work done aside stands back afterwards")
	}
}
