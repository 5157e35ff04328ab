package refresh_test

import (
	"context"
	"testing"
	"testing/synctest"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/refresh"
	"broadsheet/feeds/related"
)

// late is a web of which one address answers only when it is let go.
type late struct {
	*web
	url  string
	free chan struct{}
}

func (l late) Get(ctx context.Context, r fetch.Request) (fetch.Result, error) {
	if r.URL == l.url {
		<-l.free
	}
	return l.web.Get(ctx, r)
}

// What has come is told in stories before the slowest feed has answered.
func TestStoriesDoNotWaitForTheSlowestFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, one, two)
		w.web.pages[one] = page{body: rss("One", "Apples", "Pears")}
		w.web.pages[two] = page{body: rss("Two", "Plums")}
		free := make(chan struct{})
		r := refresh.New(refresh.Options{Library: w.library, Fetcher: late{w.web, two, free}, Relater: related.New(w.library, w.clock), Clock: w.clock, Workers: 4})
		answered, looks := false, 0
		_, err := r.Run(t.Context(), refresh.Request{}, func(e feeds.Event) {
			switch {
			case e.Kind != feeds.EventRelated:
			case answered:
				looks++
			default:
				answered = true
				close(free) // the clock goes on only when all else waits: without a look, never
			}
		})
		if err != nil || !answered || looks != 1 {
			t.Errorf("answered %v, then %d more looks, %v", answered, looks, err)
		}
	})
}
