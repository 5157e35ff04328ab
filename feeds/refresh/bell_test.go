package refresh

import (
	"testing"
	"testing/synctest"
	"time"
)

// What came while nobody listened is no quiet, however long that was: to put
// thousands of articles into the index takes longer than quietFor.
func TestQuietBeginsWithListening(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for range 20 { // of two that are ready either may be heard first
			b := newBell(10)
			over := time.NewTimer(0)
			b.add(1)
			listening := time.Now()
			if decide, more := b.listen(over, listening); !decide || !more || time.Since(listening) != quietFor {
				t.Fatalf("after %v it says decide %t, more %t", time.Since(listening), decide, more)
			}
		}
	})
}
