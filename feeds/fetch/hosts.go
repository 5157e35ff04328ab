package fetch

import (
	"context"
	"sync"
)

// hosts bounds how many requests each host sees at a time. A host is known
// only while somebody uses it or waits for it.
type hosts struct {
	limit int
	mu    sync.Mutex
	known map[string]*host
}

type host struct {
	slots chan struct{}
	users int // holding a slot or waiting for one
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
		return func() { <-at.slots; h.forget(name, at) }, nil
	case <-ctx.Done():
		h.forget(name, at)
		return nil, ctx.Err()
	}
}

func (h *hosts) forget(name string, at *host) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if at.users--; at.users == 0 {
		delete(h.known, name)
	}
}
