package ui_test

import (
	"context"
	"testing"

	"broadsheet/feeds"
	"broadsheet/ui/uitest"
)

// patient is a library that goes on looking for one query until nobody wants to
// know any more.
type patient struct {
	*uitest.Library
	first feeds.ArticleID
}

func (p patient) SearchEach(ctx context.Context, query string, limit int, give func([]feeds.Item)) error {
	if query != "g" {
		return p.Library.SearchEach(ctx, query, limit, give)
	}
	items, err := p.Items([]feeds.ArticleID{p.first})
	if err != nil {
		return err
	}
	give(items)
	<-ctx.Done()
	return ctx.Err()
}

func TestWhatASearchFindsIsShownBeforeItEndsAndTheNextOneEndsIt(t *testing.T) {
	l, ids := small()
	deps := uitest.Deps(l)
	deps.Library = patient{l, ids[3]}
	d := uitest.New(t, deps, 120, 40)
	d.Press("/")
	d.Tap("g")
	d.Until("at least 1")
	d.Contains("A good year for gulls")
	d.Type("ulls") // waits for all that was begun to end
	d.Contains("1 article", "A good year for gulls")
	d.Lacks("at least")
}
