package fetch

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

// What a look-up found is kept for about as long as a refresh takes, and much
// shorter that there is no such host: a network may just be coming up. That the
// name service failed is kept for nobody but those who asked meanwhile.
const (
	nameKept    = time.Minute
	unknownKept = 5 * time.Second
)

// lookUpMost bounds a look-up, which goes on when whoever asked has gone: others
// may wait for it.
const lookUpMost = 30 * time.Second

// resolver is what net.Resolver does.
type resolver interface {
	LookupIPAddr(ctx context.Context, host string) ([]net.IPAddr, error)
}

// names remembers for a while where hosts are, so that a refresh looks each up
// once, however many documents it has and however often it hangs up.
type names struct {
	resolver resolver
	now      func() time.Time
	mu       sync.Mutex
	known    map[string]*name
}

// name is a host that is being looked up, or was. What the look-up found may be
// read once done is closed.
type name struct {
	done  chan struct{}
	until time.Time // guarded by names.mu; the zero time while it is being looked up
	addrs []net.IPAddr
	err   error
}

func newNames(r resolver, now func() time.Time) *names {
	return &names{resolver: r, now: now, known: make(map[string]*name)}
}

// lookUp returns the addresses of a host, best first.
func (n *names) lookUp(ctx context.Context, host string) ([]net.IPAddr, error) {
	at := n.name(ctx, host)
	select {
	case <-at.done:
		return at.addrs, at.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// name returns what is known of a host, or is about to be.
func (n *names) name(ctx context.Context, host string) *name {
	n.mu.Lock()
	defer n.mu.Unlock()
	now := n.now()
	if at := n.known[host]; at != nil && (at.until.IsZero() || now.Before(at.until)) {
		return at
	}
	if len(n.known) >= maxHosts {
		for host, at := range n.known {
			if !at.until.IsZero() && !now.Before(at.until) {
				delete(n.known, host)
			}
		}
	}
	at := &name{done: make(chan struct{})}
	n.known[host] = at
	go n.ask(context.WithoutCancel(ctx), host, at)
	return at
}

func (n *names) ask(ctx context.Context, host string, at *name) {
	ctx, cancel := context.WithTimeout(ctx, lookUpMost)
	defer cancel()
	addrs, err := n.resolver.LookupIPAddr(ctx, host)
	if err == nil && len(addrs) == 0 {
		err = &net.DNSError{Err: "no addresses", Name: host, IsNotFound: true}
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	at.addrs, at.err = addrs, err
	at.until = n.now()
	var dns *net.DNSError
	switch {
	case err == nil:
		at.until = at.until.Add(nameKept)
	case errors.As(err, &dns) && dns.IsNotFound:
		at.until = at.until.Add(unknownKept)
	}
	close(at.done)
}

// doubt has a host looked up again soon: nobody answers where it was found.
func (n *names) doubt(host string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if at, soon := n.known[host], n.now().Add(unknownKept); at != nil && soon.Before(at.until) {
		at.until = soon
	}
}
