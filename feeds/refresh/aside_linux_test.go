package refresh

import (
	"context"
	"errors"
	"sync"
	"syscall"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
)

// yields is a library, a web and a relater that note what the threads which ask
// them are worth to the system: one that gives way to others is worth less.
type yields struct {
	Library
	Relater
	t    *testing.T
	mu   sync.Mutex
	seen map[string]int
}

func (y *yields) note(what string) {
	got, err := syscall.Getpriority(syscall.PRIO_PROCESS, 0)
	if err != nil {
		y.t.Error(err)
	}
	y.mu.Lock()
	defer y.mu.Unlock()
	y.seen[what] = got
}

func (y *yields) Subscriptions() ([]feeds.Subscription, error) {
	return []feeds.Subscription{{Feed: feeds.Feed{ID: 1, URL: "https://example.org/feed"}}}, nil
}

func (y *yields) Get(context.Context, fetch.Request) (fetch.Result, error) {
	y.note("reading")
	return fetch.Result{}, errors.New("nothing is there")
}

func (y *yields) SaveFetched(list []feeds.Fetched) ([]feeds.Stored, error) {
	y.note("saving")
	return make([]feeds.Stored, len(list)), nil
}

func (y *yields) Unrelated(feeds.ArticleID, int) ([]feeds.Document, error) {
	y.note("reading again")
	return nil, nil
}

func (y *yields) AddUntil(context.Context, []feeds.Document) (feeds.Relations, []feeds.IndexChange, error) {
	y.note("relating")
	return feeds.Relations{}, nil, nil
}

func (y *yields) Left(int) ([]feeds.ArticleID, error) { return nil, nil }

// Where there is a screen, all of a refresh goes on aside from it.
func TestARefreshStandsBackFromTheScreen(t *testing.T) {
	for _, screen := range []bool{false, true} {
		y := &yields{t: t, seen: map[string]int{}}
		y.note("the rest")
		if y.seen["the rest"] <= 1 {
			return // as nice as can be already: there is nothing to stand back to
		}
		leeway := feeds.NewLeeway(time.Now)
		if screen {
			leeway.Watch()
		}
		r := New(Options{Library: y, Fetcher: y, Relater: y, Leeway: leeway})
		if _, err := r.Run(t.Context(), Request{Force: true}, func(feeds.Event) {}); err != nil {
			t.Fatal(err)
		}
		for _, what := range []string{"reading", "saving", "reading again", "relating"} {
			got, done := y.seen[what]
			if !done || (got < y.seen["the rest"]) != screen {
				t.Errorf("with a screen %t: %s done %t, at %d, while the rest is at %d", screen, what, done, got, y.seen["the rest"])
			}
		}
	}
}
