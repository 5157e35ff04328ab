package refresh

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/clean"
	"broadsheet/feeds/discover"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/parse"
)

// findTries is how many of the feeds that a page names are tried.
const findTries = 4

// findTime bounds a Find. The page and a feed it names come in a second or two;
// somebody is waiting.
const findTime = 15 * time.Second

// Find fetches an address and returns the feed that is there, or the first one
// that works of those the web page there names. It stores nothing, but a Run
// that follows takes what was fetched instead of asking again.
func (r *Refresher) Find(ctx context.Context, address string) (feeds.Feed, error) {
	address, err := feeds.Address(address)
	if err != nil {
		return feeds.Feed{}, err
	}
	timed, cancel := context.WithTimeout(ctx, findTime)
	defer cancel()
	feed, err := r.find(timed, address)
	if err != nil && timed.Err() != nil && ctx.Err() == nil {
		return feeds.Feed{}, fmt.Errorf("%s and the feeds it names could not be read within %s; try again later", feeds.Shown(address), findTime)
	}
	return feed, err
}

func (r *Refresher) find(ctx context.Context, address string) (feeds.Feed, error) {
	feed, page, err := r.try(ctx, fetch.Request{URL: address})
	if !errors.Is(err, parse.ErrHTML) {
		return feed, err
	}
	named := discover.Feeds(page.Body, page.URL, page.ContentType)
	var first error // why the best of them cannot be read
	for _, c := range named[:min(findTries, len(named))] {
		candidate, err := feeds.Address(c.URL)
		if err == nil {
			// A page on the web is not to send us into a private network, nor one
			// in there to another machine.
			feed, _, err = r.try(ctx, fetch.Request{URL: candidate, PublicOnly: page.Public, Home: address})
		}
		if err == nil {
			return feed, nil
		}
		first = cmp.Or(first, err)
	}
	if first != nil {
		return feeds.Feed{}, fmt.Errorf("%s is a web page, and no feed that it names can be read: %w", feeds.Shown(address), first)
	}
	return feeds.Feed{}, fmt.Errorf("%s is a web page that names no feed; look there for a link called RSS or Atom and add that", feeds.Shown(address))
}

// try fetches an address as a feed. The result comes back even when it is
// none, for whoever wants to look for feeds in it.
func (r *Refresher) try(ctx context.Context, q fetch.Request) (feeds.Feed, fetch.Result, error) {
	q.Accept = acceptFeeds
	result, err := r.o.Fetcher.Get(ctx, q)
	if err != nil {
		return feeds.Feed{}, result, err
	}
	document, err := parse.Parse(result.Body, result.URL, result.ContentType)
	if err != nil {
		return feeds.Feed{}, result, fmt.Errorf("%s is neither a feed nor a web page that names one: %w", feeds.Shown(q.URL), err)
	}
	feed := feeds.Feed{URL: q.URL, Title: clean.Title(document.Title), Language: language(document.Language)}
	feed.Site, _ = clean.URL(document.Link, result.URL)
	if feed.URL, err = r.settled(q.URL, result.Moved); err != nil {
		return feeds.Feed{}, result, err
	}
	r.found.put(feed.URL, result)
	return feed, result, nil
}

// settled is the address to subscribe to. That an address has moved must show
// for a while before it is believed, unless the new one is the same but for a
// secure connection, or subscribed to already.
func (r *Refresher) settled(address, moved string) (string, error) {
	if moved == "" || moved == "https:"+strings.TrimPrefix(address, "http:") {
		return firstOf(moved, address), nil
	}
	subscriptions, err := r.o.Library.Subscriptions()
	if err != nil {
		return "", err
	}
	if slices.ContainsFunc(subscriptions, func(s feeds.Subscription) bool { return s.URL == moved }) {
		return moved, nil
	}
	return address, nil
}

// handed is what Find has fetched, for the Run that follows.
type handed struct {
	mu      sync.Mutex
	results map[string]fetch.Result
}

func (h *handed) put(address string, r fetch.Result) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.results == nil {
		h.results = map[string]fetch.Result{}
	}
	h.results[address] = r
}

func (h *handed) take(address string) (fetch.Result, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	r, ok := h.results[address]
	delete(h.results, address)
	return r, ok
}

func (h *handed) clear() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.results = nil
}
