package main

import (
	"context"
	"fmt"
	"net/url"
	"path"
	"strconv"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/refresh"
	"broadsheet/feeds/related"
	"broadsheet/store"
	"broadsheet/ui/uitest/newsworld"
)

// documentItems is how many articles a feed's document has.
const documentItems = 50

// documents are feeds' documents, made before they are asked for.
type documents map[int]fetch.Result

// feedOf is the number of a feed, which its address ends in.
func feedOf(address string) (int, error) {
	u, err := url.Parse(address)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(path.Base(u.Path))
}

// Get is the network, without the time it takes.
func (d documents) Get(_ context.Context, r fetch.Request) (fetch.Result, error) {
	feed, err := feedOf(r.URL)
	result := d[feed]
	result.URL = r.URL
	return result, err
}

// advance lets so many new articles out of each feed: the world as it is then,
// and its feeds' documents.
func advance(world newsworld.World, fresh int) (newsworld.World, documents) {
	later := world
	later.Articles += fresh * world.Feeds
	later.End = later.End.Add(time.Duration(fresh*world.Feeds) * 24 * time.Hour / time.Duration(world.PerDay))
	d := documents{}
	for feed := range world.Feeds {
		had := world.FeedArticles(feed) + fresh
		d[feed] = fetch.Result{
			Status: 200, ContentType: "application/xml; charset=utf-8",
			Body: later.Document(feed, had, documentItems), ETag: fmt.Sprintf(`"%d-%d"`, feed, had),
		}
	}
	return later, d
}

// refreshOnce times a refresh, and tells how many articles it brought.
func refreshOnce(ctx context.Context, library *store.Library, d documents, at time.Time) (time.Duration, int, error) {
	now := func() time.Time { return at }
	refresher := refresh.New(refresh.Options{Library: library, Fetcher: d, Relater: related.New(library, now), Clock: now})
	began := time.Now()
	summary, err := refresher.Run(ctx, refresh.Request{Force: true}, func(feeds.Event) {})
	return time.Since(began), summary.New, err
}
