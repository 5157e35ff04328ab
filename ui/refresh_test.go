package ui_test

import (
	"context"
	"strings"
	"testing"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh"
	"broadsheet/ui/uitest"
)

func TestRefreshShowsProgressAndStops(t *testing.T) {
	l, _ := small()
	deps := uitest.Deps(l)
	deps.Refresher = &uitest.Refresher{Do: func(ctx context.Context, q refresh.Request, announce func(feeds.Event)) (feeds.Summary, error) {
		if !q.Force {
			return feeds.Summary{}, nil
		}
		announce(feeds.Event{Kind: feeds.EventStarted, Total: 12})
		announce(feeds.Event{Kind: feeds.EventFeed, Done: 3, Total: 12})
		<-ctx.Done()
		return feeds.Summary{Feeds: 12, OK: 3, Stopped: true}, ctx.Err()
	}}
	d := uitest.New(t, deps, 120, 30)
	d.Tap("R")
	d.Until("3/12")
	d.Held = 2 // the refresh and its watch
	d.Contains("━━━━────────────", "3/12")
	d.Press("j") // the screen answers meanwhile
	d.Contains("Text of Council votes")
	d.Held = 0
	d.Press("R")
	d.Contains("Refresh stopped. Nothing new from 3 of 12 feeds.")
	d.Lacks("3/12")
}

func TestHowARefreshEndedIsSaidInASentence(t *testing.T) {
	for says, summary := range map[string]feeds.Summary{
		"Nothing new from 1 of 1 feed.":                                    {Feeds: 1, NotModified: 1},
		"3 new articles from 2 of 3 feeds, 1 failed.":                      {Feeds: 3, OK: 2, Failed: 1, New: 3},
		"The feed could not be fetched; choose it to see why.":             {Feeds: 1, Failed: 1},
		"None of the 3 feeds could be fetched; choose one to see why.":     {Feeds: 3, Failed: 3},
		"Refresh stopped. None of the 2 feeds could be fetched; choose on": {Feeds: 2, Failed: 2, Stopped: true},
	} {
		l, _ := small()
		deps := uitest.Deps(l)
		deps.Refresher = &uitest.Refresher{Do: func(context.Context, refresh.Request, func(feeds.Event)) (feeds.Summary, error) { return summary, nil }}
		d := uitest.New(t, deps, 160, 30)
		d.Press("R")
		d.Contains(says)
	}
}

func TestOfflineIsSaidOnce(t *testing.T) {
	l, _ := small()
	deps := uitest.Deps(l)
	online := false
	deps.Refresher = &uitest.Refresher{Do: func(_ context.Context, _ refresh.Request, announce func(feeds.Event)) (feeds.Summary, error) {
		if online {
			return feeds.Summary{Feeds: 2, NotModified: 2}, nil
		}
		for i := range 2 {
			announce(feeds.Event{Kind: feeds.EventFeed, Done: i + 1, Total: 2, Outcome: feeds.Outcome{Status: feeds.FetchFailed, Offline: true, Error: "no route"}})
		}
		return feeds.Summary{Feeds: 2, Failed: 2, Offline: true}, nil
	}}
	d := uitest.New(t, deps, 120, 30)
	if n := strings.Count(d.Screen(), "offline"); n != 1 {
		t.Fatalf("offline is said %d times:\n%s", n, d.Screen())
	}
	d.Press("j", "enter")
	d.Contains("offline", "Text of Council votes")
	online = true
	d.Press("R")
	d.Lacks("offline")
}
