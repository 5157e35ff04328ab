package pages

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"time"

	"broadsheet/feeds/fetch"
	"broadsheet/feeds/refresh/pages/robots"
)

// How long what is known of a host's robots.txt holds: RFC 9309 allows a day,
// and one that could not be had is asked for again soon.
const (
	rulesHold    = 24 * time.Hour
	failureHolds = 10 * time.Minute
	maxRulings   = 2000
)

// rulebook keeps the robots.txt of hosts.
type rulebook struct {
	mu sync.Mutex
	of map[string]*ruling // by scheme and host
}

type ruling struct {
	mu     sync.Mutex // held while they are fetched
	rules  robots.Rules
	lost   bool // they could not be had, so nothing may be fetched for now
	expire time.Time
}

// Why a page is not asked for.
const (
	notAllowed  = "Its site asks programs not to fetch it (robots.txt); open it with t, or in a browser."
	notKnown    = "Its site cannot be asked whether programs may fetch it (robots.txt); try again later."
	notAnswered = "Its server is busy or does not answer; try again later."
	overLimit   = "The size limit was reached before; pack again with a larger one, or later."
)

// allowed says how long to pause between two pages of an address's host, and
// why this one must not be fetched; "" if it may be.
func (k *Keeper) allowed(ctx context.Context, address, home string) (pause time.Duration, why string, err error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return 0, "", nil // fetching says what is wrong with it
	}
	r := k.rules.get(u.Scheme+"://"+u.Host, k.o.Clock())
	r.mu.Lock()
	defer r.mu.Unlock()
	if now := k.o.Clock(); !now.Before(r.expire) {
		if err := k.consult(ctx, r, u, home); err != nil {
			return 0, "", err
		}
	}
	path := u.EscapedPath()
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	switch {
	case r.rules.Allows(path):
		return r.rules.Delay, "", nil
	case r.lost:
		return 0, notKnown, nil
	}
	return 0, notAllowed, nil
}

func (b *rulebook) get(origin string, now time.Time) *ruling {
	b.mu.Lock()
	defer b.mu.Unlock()
	r := b.of[origin]
	if r == nil {
		if b.of == nil || len(b.of) >= maxRulings {
			b.of = map[string]*ruling{}
		}
		r = &ruling{expire: now}
		b.of[origin] = r
	}
	return r
}

// consult fetches a host's robots.txt. One that is not there allows everything,
// one that cannot be had nothing (RFC 9309, 2.3.1).
func (k *Keeper) consult(ctx context.Context, r *ruling, u *url.URL, home string) error {
	at := url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	result, err := k.o.Fetcher.Get(ctx, request(at.String(), home, "text/plain, */*;q=0.1"))
	hold := rulesHold
	r.rules, r.lost = robots.Rules{}, false
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, fetch.ErrOffline):
		return ErrOffline
	case err == nil:
		r.rules = robots.Parse(result.Body, k.o.Robot)
	case !absent(err):
		r.rules, r.lost, hold = robots.Nothing, true, failureHolds
	}
	r.expire = k.o.Clock().Add(hold)
	return nil
}

// absent reports whether a robots.txt is one that is not there: the server says
// so, or sends us round in circles.
func absent(err error) bool {
	switch kindOf(err) {
	case fetch.PrivateAddress: // the page will be refused for the same reason, in words of its own
		return true
	case fetch.Denied, fetch.NotFound, fetch.Gone, fetch.TooManyRedirects, fetch.BadRedirect:
		return true
	}
	var e *fetch.Error
	return errors.As(err, &e) && e.Kind == fetch.OddStatus && e.Status >= 400 && e.Status < 500
}
