package feeds

import (
	"sync/atomic"
	"time"
)

// Leeway is what work that keeps all processors busy leaves to somebody at the
// screen: one of them, for a while after each key, as key, screen and terminal
// would else wait for each other behind that work, once each. The work asks
// between two pieces how many it may go on with. And where a screen is shown at
// all, such work is done aside, so that the system prefers the rest of the program
// to it at any time. A nil Leeway is for work that nobody watches, which always has
// all.
//
//	leeway.Watch()                         // whoever shows the screen
//	leeway.Take()                          // whoever waits
//	leeway.Aside(func() {                  // whoever works
//		for n < leeway.Processors() { … }
//		go Likewise(func() { … })()    // whoever helps
//	})
type Leeway struct {
	now     func() time.Time
	until   atomic.Int64 // Unix nanoseconds
	watched atomic.Bool
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

// Watch says that there is a screen, from now on.
func (l *Leeway) Watch() {
	if l != nil {
		l.watched.Store(true)
	}
}

// Aside runs fn and returns when it has: if there is a screen, on a goroutine that
// stands back. What panics there panics here.
func (l *Leeway) Aside(fn func()) {
	if l == nil || !l.watched.Load() || standsBack() {
		fn()
		return
	}
	done := make(chan any)
	go func() {
		defer func() { done <- recover() }()
		standBack()
		fn()
	}()
	if r := <-done; r != nil {
		panic(r)
	}
}

// Likewise returns fn as another goroutine is to run it for this one, whose work
// it shares: standing back if this one does.
func Likewise(fn func()) func() {
	if !standsBack() {
		return fn
	}
	return func() {
		standBack()
		fn()
	}
}
