package refresh_test

import (
	"context"
	"testing"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh"
)

// backlog is a library with many articles that were never related.
type backlog struct {
	refresh.Library
	next, last feeds.ArticleID
}

func (b *backlog) Unrelated(after feeds.ArticleID, limit int) ([]feeds.Document, error) {
	var docs []feeds.Document
	for id := max(b.next, after+1); id <= b.last && len(docs) < limit; id++ {
		docs = append(docs, feeds.Document{ID: id})
	}
	return docs, nil
}

func (b *backlog) SaveRelations(_ feeds.Relations, _ []feeds.IndexChange, through feeds.ArticleID) error {
	b.next = max(b.next, through+1)
	return nil
}

// undecided counts how many articles wait for their stories.
type undecided struct {
	nobody
	now, most, decided int
}

func (u *undecided) Take(docs []feeds.Document) bool {
	u.now += len(docs)
	u.most = max(u.most, u.now)
	return false
}

func (u *undecided) AddUntil(context.Context, []feeds.Document) (r feeds.Relations, c []feeds.IndexChange, err error) {
	u.decided += u.now
	u.now = 0
	return
}

func TestNoMoreThanSoManyWaitForTheirStories(t *testing.T) {
	const articles = 1_000_000
	w := newWorld(t)
	u := &undecided{}
	r := refresh.New(refresh.Options{Library: &backlog{w.library, 1, articles}, Fetcher: w.web, Relater: u, Clock: w.clock, Workers: 1})
	if _, err := r.Run(t.Context(), refresh.Request{}, func(feeds.Event) {}); err != nil {
		t.Fatal(err)
	}
	if u.decided != articles || u.most > 210_000 || u.most < 100_000 {
		t.Errorf("of %d articles %d had their stories decided, %d waited at most", articles, u.decided, u.most)
	}
}
