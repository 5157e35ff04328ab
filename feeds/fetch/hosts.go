package fetch

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// patience is how long a request counts as one of those a host sees at a time.
// One that has hung for so long is waiting and no burden, and the host's other
// documents are not to wait for it; the more of them hang, the less the next
// are given, so that the turn comes to documents behind dozens that hang.
const (
	patience      = 3 * time.Second
	shortPatience = 100 * time.Millisecond
)

// A server that limits one address may serve its others. That a host means all
// of them is believed when it has refused enough requests and answered none of
// late.
const (
	enough = 3
	late   = 5 * time.Minute
)

// maxHosts is how many hosts are remembered once nobody asks them any more:
// those of the largest library.
const maxHosts = 4096

// hosts bounds how many requests each host sees at a time, and keeps the pauses
// that hosts ask for.
type hosts struct {
	limit int
	mu    sync.Mutex
	known map[string]*host
}

type host struct {
	slots chan struct{}
	users int // holding a slot, waiting for one, or hanging
	hang  int // past their patience

	refused int       // requests that were answered with a wish for a pause
	until   time.Time // when the longest of those pauses is over
	served  time.Time // when a request was last answered well
}

func newHosts(limit int) *hosts {
	return &hosts{limit: limit, known: make(map[string]*host)}
}

// enter waits for a turn at the named host, or for the end of ctx. The caller
// must call leave once the host has answered.
func (h *hosts) enter(ctx context.Context, name string) (leave func(), err error) {
	h.mu.Lock()
	at := h.known[name]
	if at == nil {
		at = &host{slots: make(chan struct{}, h.limit)}
		h.known[name] = at
	}
	at.users++
	h.mu.Unlock()

	select {
	case at.slots <- struct{}{}:
		return h.begin(name, at), nil
	case <-ctx.Done():
		h.forget(name, at)
		return nil, ctx.Err()
	}
}

// begin starts the clock of a turn.
func (h *hosts) begin(name string, at *host) (leave func()) {
	h.mu.Lock()
	wait := max(patience/time.Duration(1+at.hang), shortPatience)
	h.mu.Unlock()
	hangs, left := false, false
	clock := time.AfterFunc(wait, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if !left {
			hangs = true
			at.hang++
			<-at.slots
		}
	})
	return func() {
		clock.Stop()
		h.mu.Lock()
		left = true
		if hangs {
			at.hang--
		} else {
			<-at.slots
		}
		h.mu.Unlock()
		h.forget(name, at)
	}
}

func (h *hosts) forget(name string, at *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if at.users--; at.users == 0 && len(h.known) > maxHosts {
		delete(h.known, name)
	}
}

// answered notes whether a host that is being asked wants a pause.
func (h *hosts) answered(name string, r Result, now time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	at := h.known[name]
	if r.RetryAfter > 0 && (r.Status == http.StatusTooManyRequests || r.Status == http.StatusServiceUnavailable) {
		at.refused++
		if until := now.Add(r.RetryAfter); until.After(at.until) {
			at.until = until
		}
		return
	}
	if r.Status < http.StatusBadRequest {
		at.refused, at.until, at.served = 0, time.Time{}, now
	}
}

// rest is how long a host is to be left alone; 0 when it may be asked.
func (h *hosts) rest(name string, now time.Time) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	at := h.known[name]
	if at.refused < enough || !at.served.IsZero() && now.Sub(at.served) < late {
		return 0
	}
	return max(at.until.Sub(now), 0)
}
