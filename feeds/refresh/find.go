package refresh

import (
	"context"
	"errors"
	"fmt"

	"broadsheet/feeds"
	"broadsheet/feeds/clean"
	"broadsheet/feeds/discover"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/parse"
)

// findTries is how many of the feeds that a page names are tried.
const findTries = 4

// Find fetches an address and returns the feed that is there, or the first one
// that works of those the web page there names. It stores nothing.
func (r *Refresher) Find(ctx context.Context, address string) (feeds.Feed, error) {
	address, err := feeds.Address(address)
	if err != nil {
		return feeds.Feed{}, err
	}
	feed, page, err := r.try(ctx, fetch.Request{URL: address})
	if !errors.Is(err, parse.ErrHTML) {
		return feed, err
	}
	named := discover.Feeds(page.Body, page.URL, page.ContentType)
	for _, c := range named[:min(findTries, len(named))] {
		candidate, err := feeds.Address(c.URL)
		if err != nil {
			continue
		}
		// A page on the web is not to send us into a private network.
		if feed, _, err := r.try(ctx, fetch.Request{URL: candidate, PublicOnly: page.Public}); err == nil {
			return feed, nil
		}
	}
	if len(named) > 0 {
		return feeds.Feed{}, fmt.Errorf("%s is a web page, and none of the %d feeds it names can be read", address, len(named))
	}
	return feeds.Feed{}, fmt.Errorf("%s is a web page that names no feed; look there for a link called RSS or Atom and add that", address)
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
		return feeds.Feed{}, result, fmt.Errorf("%s is neither a feed nor a web page that names one: %w", q.URL, err)
	}
	feed := feeds.Feed{URL: q.URL, Title: clean.Title(document.Title), Language: language(document.Language)}
	if result.Moved != "" {
		feed.URL = result.Moved
	}
	feed.Site, _ = clean.URL(document.Link, result.URL)
	return feed, result, nil
}
