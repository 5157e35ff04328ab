package ui_test

import (
	"context"
	"testing"

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
