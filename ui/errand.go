package ui

import (
	"context"
	"sync"
)

// errand is something long that goes on beside the screen: a refresh, a packing.
// Whoever does it announces events into it from goroutines of its own, and a
// command carries what was announced to Update.
type errand[E any] struct {
	cancel context.CancelFunc
	ctx    context.Context

	mu     sync.Mutex
	begun  bool
	left   bool // the program is over: do not begin
	events []E
	ready  chan struct{} // holds a token while there are events
	over   chan struct{} // closed when it has ended
}

func newErrand[E any]() *errand[E] {
	ctx, cancel := context.WithCancel(context.Background())
	return &errand[E]{ctx: ctx, cancel: cancel, ready: make(chan struct{}, 1), over: make(chan struct{})}
}

// run does the work, unless the program is over already.
func (r *errand[E]) run(work func()) {
	defer close(r.over)
	defer r.cancel()
	if r.begin() {
		work()
	}
}

// begin reports whether it may begin.
func (r *errand[E]) begin() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.begun = !r.left
	return r.begun
}

// leave stops it and waits until it no longer uses the library.
func (r *errand[E]) leave() {
	r.cancel()
	r.mu.Lock()
	r.left = true
	begun := r.begun
	r.mu.Unlock()
	if begun {
		<-r.over
	}
}

// announce takes an event.
func (r *errand[E]) announce(e E) {
	r.mu.Lock()
	r.events = append(r.events, e)
	r.mu.Unlock()
	select {
	case r.ready <- struct{}{}:
	default:
	}
}

// take waits for events and returns them; none when it has ended.
func (r *errand[E]) take() []E {
	for {
		over := false
		select {
		case <-r.ready:
		case <-r.over:
			over = true
		}
		r.mu.Lock()
		events := r.events
		r.events = nil
		r.mu.Unlock()
		// A token may be for events that were taken with the ones before.
		if len(events) > 0 || over {
			return events
		}
	}
}
