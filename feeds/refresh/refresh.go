package refresh

import (
	"cmp"
	"context"
	"sync"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
)

// Library is what a refresh needs of the store.
type Library interface {
	Subscriptions() ([]feeds.Subscription, error)
	SaveFetched([]feeds.Fetched) ([]feeds.Stored, error)
	// Unrelated returns articles that were saved but not related yet, in the
	// order of their ids, from behind the given one.
	Unrelated(after feeds.ArticleID, limit int) ([]feeds.Document, error)
	// Imprints are those of the feed's last document, in order.
	Imprints(feed feeds.FeedID) ([]feeds.Imprint, error)
	// Known is how many of the entries the feed has had before.
	Known(feed feeds.FeedID, entries []feeds.Entry) (int, error)
	// SaveRelations stores what relating the articles through the given one
	// found, in one commit; 0 leaves how far relating has come as it is.
	SaveRelations(r feeds.Relations, index []feeds.IndexChange, through feeds.ArticleID) error
	// Left returns articles that have left the library since they were related.
	Left(limit int) ([]feeds.ArticleID, error)
	// SaveForgotten stores, in one commit, that the index has forgotten them.
	SaveForgotten(ids []feeds.ArticleID, index []feeds.IndexChange) error
}

// Fetcher gets one document. *fetch.Client is one.
type Fetcher interface {
	Get(ctx context.Context, r fetch.Request) (fetch.Result, error)
}

// Relater finds stories and copies. *related.Engine is one.
type Relater interface {
	// Take holds articles until the next AddUntil or Insert, which adds them too; it
	// reports whether they are enough for that. Whatever fails drops them.
	Take(docs []feeds.Document) (enough bool)
	// AddUntil becomes an Insert when ctx is done.
	AddUntil(ctx context.Context, docs []feeds.Document) (feeds.Relations, []feeds.IndexChange, error)
	// Insert leaves it to the next AddUntil which stories and copies there are.
	Insert(docs []feeds.Document) (feeds.Relations, []feeds.IndexChange, error)
	// Forget takes articles out of the index.
	Forget(ids []feeds.ArticleID) ([]feeds.IndexChange, error)
	// Correct takes the reader's word on pairs of articles.
	Correct(corrections []feeds.Correction) (feeds.Relations, []feeds.IndexChange, error)
	// Reset makes it forget what the library failed to store.
	Reset()
}

// Options of a Refresher. Library, Fetcher and Relater are required.
type Options struct {
	Library Library
	Fetcher Fetcher
	Relater Relater
	Clock   func() time.Time // nil: time.Now
	Workers int              // feeds fetched at once; 0: 64, since most of the time is spent waiting for servers
	Leeway  *feeds.Leeway    // for somebody at the screen, whom all work goes on aside from; nil for nobody
}

// Refresher runs refreshes, one at a time.
type Refresher struct {
	o        Options
	running  sync.Mutex // held by Run
	relating sync.Mutex // held from what the relater finds until it is stored; it guards taken
	room     *room
	found    handed

	taken     feeds.ArticleID // the last article that the relater holds, 0 if it holds none
	undecided int             // articles taken since stories were decided
}

// New returns a Refresher.
func New(o Options) *Refresher {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	o.Workers = cmp.Or(o.Workers, 64)
	return &Refresher{o: o, room: newRoom(o.Leeway)}
}

// Request says what to refresh.
type Request struct {
	Feeds []feeds.FeedID // only these; empty: all
	Force bool           // also those that are not due
}

// Run refreshes and returns when all is saved and related, or ctx is done. The
// feeds' own failures are in the events and the summary; the error is the
// library's. announce is called from one goroutine at a time.
func (r *Refresher) Run(ctx context.Context, q Request, announce func(feeds.Event)) (feeds.Summary, error) {
	r.running.Lock()
	defer r.running.Unlock()
	defer r.found.clear()
	began := r.o.Clock()
	subscriptions, err := r.o.Library.Subscriptions()
	if err != nil {
		return feeds.Summary{}, err
	}
	due, held := r.due(subscriptions, q)
	t := &tally{announce: announce, total: len(due) + len(held)}
	t.started()
	for _, o := range held {
		t.feed(o)
	}

	// An error of the library ends the run: what it cannot store need not be
	// fetched.
	work, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	relate := newBell(takeBatch)
	var related sync.WaitGroup
	related.Go(func() {
		r.o.Leeway.Aside(func() {
			if err := r.relateAll(work, relate, t); err != nil {
				fail(err)
			}
		})
	})
	r.o.Leeway.Aside(func() {
		if err := r.saveAll(r.readAll(work, due), newOutlets(subscriptions), relate, t); err != nil {
			fail(err)
		}
	})
	relate.last()
	related.Wait()

	summary := t.ended(ctx.Err() != nil, r.o.Clock().Sub(began))
	if cause := context.Cause(work); cause != nil && ctx.Err() == nil {
		return summary, cause
	}
	return summary, nil
}

// reading is what became of one feed on its way to the library.
type reading struct {
	subscription feeds.Subscription
	fetched      feeds.Fetched
	outcome      feeds.Outcome
	hosts        []string // addresses that say who publishes it, best first
	site         string   // the web page the document says it belongs to
	release      []func() // gives back what the reading takes up, once it is saved or dropped
	held         int64    // how much room the document takes up
	public       bool     // a server on the public network answered
	noNetwork    bool     // it is certain that there is none
}

func newReading(s feeds.Subscription) reading {
	return reading{
		subscription: s,
		fetched:      feeds.Fetched{Feed: feeds.Feed{ID: s.ID}},
		outcome:      feeds.Outcome{Feed: s.ID, URL: feeds.Shown(s.URL), Status: feeds.FetchFailed},
	}
}

// drop gives back what the reading took up.
func (got *reading) drop() {
	for _, release := range got.release {
		release()
	}
	got.release, got.held = nil, 0
}

// readAll fetches and reads the feeds in parallel. The channel closes when all
// are done or ctx is.
func (r *Refresher) readAll(ctx context.Context, due []feeds.Subscription) <-chan reading {
	queue := make(chan feeds.Subscription)
	out := make(chan reading)
	go func() {
		defer close(queue)
		for _, s := range due {
			select {
			case queue <- s:
			case <-ctx.Done():
				return
			}
		}
	}()
	var workers sync.WaitGroup
	for range min(r.o.Workers, len(due)) {
		workers.Go(feeds.Likewise(func() {
			for s := range queue {
				end, err := r.room.begin(ctx)
				if err != nil {
					continue
				}
				got := r.readSafely(ctx, s)
				if ctx.Err() == nil {
					out <- got
				} else {
					got.drop()
				}
				end()
			}
		}))
	}
	go func() {
		workers.Wait()
		close(out)
	}()
	return out
}

// groupEntries is about how many entries one commit takes: enough that the
// cost of a commit is spread, few enough that a reader's own write waits
// little.
const groupEntries = 1000

// groupWait is how long the first of a group waits for others, at most: where
// nothing is new, hundreds of feeds answer within it.
const groupWait = 50 * time.Millisecond

// saveAll stores what comes in groups. It always drains in, so that no worker
// is left waiting.
//
// That there is no network is nobody's failure, and the feeds keep the health
// they had. A name service that answers but knows nobody is the same: a train's
// router whose uplink is gone. But if anybody on the public network answered, or
// it is one host alone that nobody knows, it was the feed's own failure.
func (r *Refresher) saveAll(in <-chan reading, outlets *outlets, relate *bell, t *tally) error {
	var failed error
	var unreached []reading
	reached, certain := false, false
	hosts := map[string]bool{}
	for first := range in {
		group := gather(first, in)
		if failed != nil {
			dropAll(group)
			continue
		}
		var keep []reading
		for _, got := range group {
			if got.outcome.Offline {
				unreached = append(unreached, got)
				certain = certain || got.noNetwork
				hosts[host(got.subscription.URL)] = true
				t.feed(got.outcome)
				continue
			}
			reached = reached || got.public
			keep = append(keep, got)
		}
		failed = r.save(keep, outlets, relate, t.feed)
		dropAll(group)
	}
	t.offline = !reached && (certain || len(hosts) > 1)
	if failed == nil && !t.offline {
		failed = r.save(unreached, outlets, relate, func(feeds.Outcome) {})
	}
	return failed
}

func dropAll(group []reading) {
	for i := range group {
		group[i].drop()
	}
}

// save stores a group in one commit and reports each feed's outcome.
func (r *Refresher) save(group []reading, outlets *outlets, relate *bell, report func(feeds.Outcome)) error {
	if len(group) == 0 {
		return nil
	}
	defer r.room.turn()()
	batch := make([]feeds.Fetched, len(group))
	for i := range group {
		outlets.name(&group[i])
		batch[i] = group[i].fetched
	}
	stored, err := r.o.Library.SaveFetched(batch)
	if err != nil {
		return err
	}
	fresh := 0
	for i, s := range stored {
		o := group[i].outcome
		o.New, o.Updated = len(s.New), len(s.Updated)
		fresh += o.New + o.Updated
		report(o)
	}
	relate.add(fresh)
	return nil
}

// gather takes what comes within groupWait, up to one group, or until half of
// the room for documents is waiting for it.
func gather(first reading, in <-chan reading) []reading {
	group := []reading{first}
	late := time.NewTimer(groupWait)
	defer late.Stop()
	for n, held := len(first.fetched.Entries), first.held; n < groupEntries && held < maxHeld/2; {
		select {
		case next, open := <-in:
			if !open {
				return group
			}
			group = append(group, next)
			n += len(next.fetched.Entries)
			held += next.held
		case <-late.C:
			return group
		}
	}
	return group
}
