package pages

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
)

// Library is what the keeper needs of the store.
type Library interface {
	Subscriptions() ([]feeds.Subscription, error)
	Page(view feeds.View, from feeds.Cursor, limit int, back bool) ([]feeds.Item, error)
	Items([]feeds.ArticleID) ([]feeds.Item, error)
	Stories(since time.Time) ([]feeds.Story, error)
	Body(feeds.ArticleID) (feeds.Body, error)
	Whole(feeds.ArticleID) (feeds.Whole, error)
	SaveWholes([]feeds.Whole) error
}

// Fetcher gets one document. *fetch.Client is one; give it a limit that fits web
// pages.
type Fetcher interface {
	Get(ctx context.Context, r fetch.Request) (fetch.Result, error)
}

// Relater finds what is related to an article. *related.Engine is one.
type Relater interface {
	Related(id feeds.ArticleID, limit int) ([]feeds.Related, error)
}

// Pictures fetches a picture and keeps it; one that is kept already costs
// nothing. It says how many bytes came over the network.
type Pictures interface {
	Fetch(ctx context.Context, address string) (bytes int64, err error)
}

// Options of a Keeper. Library and Fetcher are required.
type Options struct {
	Library  Library
	Fetcher  Fetcher
	Relater  Relater          // nil: nothing is related
	Pictures Pictures         // nil: no pictures are fetched
	Clock    func() time.Time // nil: time.Now
	Robot    string           // what robots.txt calls this program; "": Broadsheet
	// Wait waits, or gives ctx's error when that ends first; nil: by the real clock.
	Wait func(ctx context.Context, d time.Duration) error
}

// Keeper fetches pages.
type Keeper struct {
	o     Options
	rules rulebook
	run   sync.Mutex // held by Pack and Prefetch
}

// New returns a Keeper.
func New(o Options) *Keeper {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Wait == nil {
		o.Wait = wait
	}
	o.Robot = cmp.Or(o.Robot, "Broadsheet")
	return &Keeper{o: o}
}

func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ErrOffline is why nothing can be fetched now; nothing is noted of it.
var ErrOffline = errors.New("there is no network, so the page cannot be fetched; the feed's own text stays")

// Whole returns the whole text of one article, fetching its page unless it is
// kept. If there is none, the result's Reason says why, and so does the
// library from then on. Being asked by a person, it does not ask robots.txt, as
// a browser does not. The error is ErrOffline, ctx's, or the library's.
func (k *Keeper) Whole(ctx context.Context, id feeds.ArticleID) (feeds.Whole, error) {
	was, err := k.o.Library.Whole(id)
	if err != nil || was.State == feeds.WholeHere {
		return was, err
	}
	items, err := k.o.Library.Items([]feeds.ArticleID{id})
	if err != nil {
		return was, err
	}
	if len(items) == 0 {
		return was, fmt.Errorf("the article %s is no longer in the library", id)
	}
	subscriptions, err := k.o.Library.Subscriptions()
	if err != nil {
		return was, err
	}
	list, err := k.look(ctx, job{url: items[0].URL, home: homes(subscriptions)[items[0].Feed], items: items})
	if err != nil {
		return was, err
	}
	if err := k.o.Library.SaveWholes(list.wholes); err != nil {
		return was, err
	}
	return k.o.Library.Whole(id)
}

// Texts is where an article's texts are kept.
type Texts interface {
	Body(feeds.ArticleID) (feeds.Body, error)
	Whole(feeds.ArticleID) (feeds.Whole, error)
}

// Shown returns the text of an article that a reader sees: the whole one if it
// is kept and was not set aside, else the feed's own.
func Shown(of Texts, id feeds.ArticleID) (feeds.Body, error) {
	w, err := of.Whole(id)
	if err != nil || w.Shown() {
		return w.Body, err
	}
	return of.Body(id)
}

// homes are the addresses of feeds.
func homes(subscriptions []feeds.Subscription) map[feeds.FeedID]string {
	of := make(map[feeds.FeedID]string, len(subscriptions))
	for _, s := range subscriptions {
		of[s.ID] = s.URL
	}
	return of
}
