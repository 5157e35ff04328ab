package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/refresh"
	"broadsheet/feeds/related"
	"broadsheet/store"
	"broadsheet/ui/uitest/newsworld"
)

// perRefresh is how many articles one refresh brings while a library is made:
// about as many as are related at once.
const perRefresh = 4000

// past plays a world's refreshes, one after the other, in the time when they
// would have been.
type past struct {
	world    newsworld.World
	from, to int // rounds of one article a feed that the refresh brings
}

func (p *past) now() time.Time {
	last := min(p.to*p.world.Feeds, p.world.Articles) - 1
	return p.world.Article(max(last, 0)).Published
}

// Get is the network of that time.
func (p *past) Get(_ context.Context, r fetch.Request) (fetch.Result, error) {
	feed, err := feedOf(r.URL)
	if err != nil {
		return fetch.Result{}, err
	}
	had := min(p.to, p.world.FeedArticles(feed))
	return fetch.Result{
		Status: 200, URL: r.URL, ContentType: "application/xml; charset=utf-8",
		Body: p.world.Document(feed, had, had-p.from), ETag: fmt.Sprintf(`"%d-%d"`, feed, had),
	}, nil
}

// fill makes a library by as many refreshes as it takes.
func fill(ctx context.Context, file string, world newsworld.World, address string) (err error) {
	p := &past{world: world, to: 1}
	library, err := store.Open(file, store.Options{Clock: p.now})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, library.Close()) }()
	list := make([]feeds.Feed, world.Feeds)
	for i := range list {
		list[i] = feeds.Feed{URL: fmt.Sprintf("http://%s/feed/%d", address, i), Folder: fmt.Sprint("Folder ", i%12)}
	}
	if _, err := library.AddFeeds(list); err != nil {
		return err
	}
	refresher := refresh.New(refresh.Options{Library: library, Fetcher: p, Relater: related.New(library, p.now), Clock: p.now})
	began, stored := time.Now(), 0
	step := max(1, perRefresh/world.Feeds)
	for p.to = 0; p.to*world.Feeds < world.Articles; {
		p.from, p.to = p.to, p.to+step
		summary, err := refresher.Run(ctx, refresh.Request{Force: true}, func(feeds.Event) {})
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return fmt.Errorf("stopped after %d articles; what is in %s can be read", stored, file)
		}
		stored += summary.New
		fmt.Printf("\r%d of %d articles, %.0f a second ", stored, world.Articles, float64(stored)/time.Since(began).Seconds())
	}
	fmt.Println()
	return nil
}
