package refresh

import (
	"sync"
	"time"

	"broadsheet/feeds"
)

// tally counts outcomes and announces events, one at a time.
type tally struct {
	mu       sync.Mutex
	announce func(feeds.Event)
	total    int
	summary  feeds.Summary
	offline  bool
}

func (t *tally) say(e feeds.Event) {
	e.Done, e.Total = t.summary.Feeds, t.total
	if t.announce != nil {
		t.announce(e)
	}
}

func (t *tally) started() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.say(feeds.Event{Kind: feeds.EventStarted})
}

func (t *tally) feed(o feeds.Outcome) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := &t.summary
	s.Feeds++
	s.New += o.New
	s.Updated += o.Updated
	switch o.Status {
	case feeds.FetchOK:
		s.OK++
	case feeds.FetchNotModified:
		s.NotModified++
	case feeds.FetchFailed:
		s.Failed++
	}
	t.say(feeds.Event{Kind: feeds.EventFeed, Outcome: o})
}

func (t *tally) related() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.say(feeds.Event{Kind: feeds.EventRelated})
}

func (t *tally) ended(stopped bool, took time.Duration) feeds.Summary {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.summary.Stopped = stopped
	t.summary.Offline = t.offline
	t.summary.Took = took
	t.say(feeds.Event{Kind: feeds.EventEnded, Summary: t.summary})
	return t.summary
}
