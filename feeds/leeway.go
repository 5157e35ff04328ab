package feeds

import (
	"sync/atomic"
	"time"
)

// Leeway is what work that keeps all processors busy leaves to somebody at the
// screen: one of them, for a while after each key, as key, screen and terminal
// would else wait for each other behind that work, once each. The work asks
// between two pieces how many it may go on with. A nil Leeway is for work that
// nobody watches, which always has all.
//
//	leeway.Take()                          // whoever waits
//	for n < leeway.Processors() { … }      // whoever works
type Leeway struct {
	now   func() time.Time
	until atomic.Int64 // Unix nanoseconds
}

// leewayTime is how long somebody who has pressed a key may be about to press
// the next.
const leewayTime = time.Second

// NewLeeway makes one that nobody has taken. What it needs of the time is how
// much passes, so a clock that stands still is not for it.
func NewLeeway(now func() time.Time) *Leeway { return &Leeway{now: now} }

// Take takes it, or takes it on.
func (l *Leeway) Take() {
	if l != nil {
		l.until.Store(l.now().Add(leewayTime).UnixNano())
	}
}

// Taken reports whether somebody has it.
func (l *Leeway) Taken() bool {
	if l == nil {
		return false
	}
	until := l.until.Load()
	return until != 0 && l.now().UnixNano() < until
}

// Processors is how many processors there are now for work that keeps them busy.
func (l *Leeway) Processors() int {
	if l.Taken() {
		return max(1, Processors()-1)
	}
	return Processors()
}
