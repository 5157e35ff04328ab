package ui_test

import (
	"context"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh"
	"broadsheet/ui/uitest"
)

// gated is a library that reads unread articles at once, but hands them out only
// when told to.
type gated struct {
	*uitest.Library
	read, gate chan struct{}
}

func (g *gated) Page(v feeds.View, from feeds.Cursor, limit int, back bool) ([]feeds.Item, error) {
	items, err := g.Library.Page(v, from, limit, back)
	if v.Unread {
		g.read <- struct{}{}
		<-g.gate
	}
	return items, err
}

func TestARefreshThatEndsWhileAViewIsReadIsShown(t *testing.T) {
	l, _ := small()
	deps := uitest.Deps(l)
	g := &gated{Library: l, read: make(chan struct{}, 9), gate: make(chan struct{})}
	deps.Library = g
	deps.Refresher = &uitest.Refresher{Do: func(_ context.Context, q refresh.Request, _ func(feeds.Event)) (feeds.Summary, error) {
		if !q.Force {
			return feeds.Summary{}, nil
		}
		l.Publish(feeds.Item{Article: feeds.Article{Feed: 1, Title: "Just in", Published: uitest.Now(), Fetched: uitest.Now()}}, "News.")
		return feeds.Summary{Feeds: 2, OK: 2, New: 1}, nil
	}}
	d := uitest.New(t, deps, 120, 30)
	d.Press("1", "j", "j", "j", "enter")
	d.Held = 1
	d.Press("F")
	<-g.read
	d.Press("R")
	d.Contains("1 new article from 2 of 2 feeds.", "All ")
	d.Lacks("unread only", "Just in")
	close(g.gate)
	d.Held = 0
	d.Settle()
	d.Contains("All · unread only", "5 unread", "Just in")
}

// Whoever has the looking for due feeds off is the one who says when.
func TestNothingIsRefreshedByItself(t *testing.T) {
	for _, every := range []time.Duration{0, time.Hour} {
		l, _ := small()
		refresher := &uitest.Refresher{}
		deps := uitest.Deps(l)
		deps.Refresher, deps.Settings.Refresh = refresher, every
		d := uitest.New(t, deps, 120, 30)
		if n := len(refresher.Asked); n > 0 != (every > 0) {
			t.Errorf("every %v: %d refreshes at the start", every, n)
		}
		n := len(refresher.Asked)
		d.Press("R")
		if len(refresher.Asked) != n+1 {
			t.Errorf("every %v: R began %d refreshes", every, len(refresher.Asked)-n)
		}
	}
}

func TestAnEmptyLibraryThatIsNotRefreshedByItselfSaysHow(t *testing.T) {
	l := &uitest.Library{}
	if _, err := l.AddFeeds([]feeds.Feed{{URL: "https://coast.example/feed", Title: "Coast"}}); err != nil {
		t.Fatal(err)
	}
	deps := uitest.Deps(l)
	deps.Settings.Refresh = 0
	uitest.New(t, deps, 120, 30).Contains("No articles here yet. Press R to fetch your feeds.")
}
