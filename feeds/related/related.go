package related

import (
	"context"
	"errors"
	"sync"
	"time"

	"broadsheet/feeds"
)

// Index is where the engine's bytes are kept: a library.
type Index interface {
	ViewIndex(fn func(feeds.IndexView) error) error
	// SaveIndex stores changes in one commit.
	SaveIndex(changes []feeds.IndexChange) error
}

// commitMost is how many bytes of segments are stored in one commit, about: they
// are held until then, and as much by the library.
const commitMost = 2 << 20

// Engine relates articles. It is safe for concurrent use, but batches are to
// be added one at a time, each stored before the next.
type Engine struct {
	index Index
	now   func() time.Time
	most  int // see commitMost

	Leeway *feeds.Leeway // for somebody at the screen; nil for nobody. Set it before the engine is used

	mu    sync.Mutex // guards the caches of Add, all of which may be dropped
	words []*words   // that read documents at the same time
	taken arrivals
	seen  map[string]uint32
	stats map[statsKey]*stats

	asking  sync.Mutex // guards those of Related, so that a sidebar never waits for a batch
	known   map[string]uint32
	renewed renewed
	find    searcher
}

// New returns an engine on an index. It reads nothing until asked.
func New(index Index, now func() time.Time) *Engine {
	e := &Engine{index: index, now: now, most: commitMost}
	e.reset()
	e.known, e.renewed, e.find = map[string]uint32{}, renewed{}, newSearcher()
	return e
}

// Reset forgets what the engine holds in memory. Call it when the changes that
// Add returned could not be stored.
func (e *Engine) Reset() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.reset()
}

func (e *Engine) reset() {
	e.words = nil
	e.taken = arrivals{}
	e.seen = map[string]uint32{}
	e.stats = map[statsKey]*stats{}
}

// Take reads articles and holds them until the next Insert or Add, which puts all
// into the index at once: that costs little more than to put in the last of
// them. It reports whether enough are held for that. Reset drops them, and so
// does whatever fails. The texts are taken out of docs as they are read.
func (e *Engine) Take(docs []feeds.Document) (enough bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.taken.add(e.read(docs))
	return e.taken.enough()
}

// Add relates a batch of articles to those in the index and to each other. The
// caller stores both results in one commit before it adds the next batch. Where
// they change much of the index, all but the last of that is stored before, in
// commits that leave a whole index each; only when the caller has stored the rest
// are the articles all there, so if it cannot it adds the same ones again.
// Articles that are in the index already are replaced. The texts are taken out of
// docs as they are read.
func (e *Engine) Add(docs []feeds.Document) (feeds.Relations, []feeds.IndexChange, error) {
	return e.AddUntil(context.Background(), docs)
}

// AddUntil is Add that becomes an Insert when ctx is done before all is decided: of
// very many articles that takes a while.
func (e *Engine) AddUntil(ctx context.Context, docs []feeds.Document) (feeds.Relations, []feeds.IndexChange, error) {
	return e.add(ctx, docs, true)
}

// Insert is Add for all but the last of many batches: the articles can be
// found, but which stories and copies they make is decided by the next Add,
// once, instead of again with every batch. What is undecided is kept in the
// index, so an Add without articles takes it up, whenever that comes.
func (e *Engine) Insert(docs []feeds.Document) (feeds.Relations, []feeds.IndexChange, error) {
	return e.add(context.Background(), docs, false)
}

func (e *Engine) add(ctx context.Context, docs []feeds.Document, decide bool) (feeds.Relations, []feeds.IndexChange, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.taken.add(e.read(docs))
	x := insertion{list: e.taken.list, most: e.most}
	for range min(feeds.Processors(), maxEncoders) {
		x.encoders = append(x.encoders, &encoder{})
	}
	e.taken = arrivals{}
	if len(e.stats) > maxStats { // only here: an insertion counts in them
		clear(e.stats)
	}
	for {
		done := false
		alone, inserted := false, []feeds.IndexChange(nil) // what can be stored without what is decided
		r, changes, err := e.write(func(b *batch) (r feeds.Relations, err error) {
			if done, err = b.insert(&x); err != nil || !done {
				return r, err
			}
			// Stories that lost an article are known to this batch only.
			if !decide && len(b.left) == 0 {
				return r, nil
			}
			if ctx.Done() != nil && len(b.left) == 0 {
				alone, inserted = true, b.changes()
			}
			x, b.encoders = insertion{}, []*encoder{{}} // deciding takes room of its own
			return b.relate(ctx)
		})
		if alone && errors.Is(err, errStopped) {
			return feeds.Relations{}, inserted, nil
		}
		if err != nil || done {
			return r, changes, err
		}
		if err := e.index.SaveIndex(changes); err != nil {
			e.reset()
			return feeds.Relations{}, nil, err
		}
	}
}

// read makes articles of documents. It takes the texts out of docs.
func (e *Engine) read(docs []feeds.Document) []*article {
	const most = 32 // documents, which one processor reads in a millisecond or two
	pieces := (len(docs) + most - 1) / most
	for len(e.words) < min(feeds.Processors(), maxReaders, pieces) {
		e.words = append(e.words, newWords())
	}
	now := e.now()
	list := make([]*article, len(docs))
	divide(pieces, len(e.words), e.Leeway, func(k, piece int) bool {
		w := e.words[k]
		for i := piece * most; i < min((piece+1)*most, len(docs)); i++ {
			a := w.read(docs[i])
			a.dated(docs[i], now)
			a.story = uint64(docs[i].Story)
			w.packer.pack(a)
			list[i] = a
			docs[i].Text = "" // of thousands of texts more is known now than need be held
		}
		return true
	})
	return list
}

// maxReaders is how many read at the same time, at most: each remembers words.
const maxReaders = 4

// change runs a batch; write does when the engine is locked already.
func (e *Engine) change(fn func(*batch) (feeds.Relations, error)) (feeds.Relations, []feeds.IndexChange, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.write(fn)
}

func (e *Engine) write(fn func(*batch) (feeds.Relations, error)) (out feeds.Relations, changes []feeds.IndexChange, err error) {
	err = e.index.ViewIndex(func(v feeds.IndexView) (err error) {
		b := newBatch(e, v)
		if out, err = fn(b); err != nil {
			return err
		}
		if err = b.renewSome(); err == nil {
			changes = b.changes()
		}
		return err
	})
	if err != nil {
		e.reset()
		return feeds.Relations{}, nil, err
	}
	return out, changes, nil
}

// dated sets an article's time. One from the future has a wrong clock.
func (a *article) dated(d feeds.Document, now time.Time) {
	t, seen := d.Published, d.Fetched
	if seen.IsZero() {
		seen = now
	}
	if t.IsZero() || t.After(seen.Add(24*time.Hour)) {
		a.undated = true
		t = seen
	}
	a.place.when = uint32(max(0, min(t.Unix(), 1<<32-1)))
	if a.undated {
		a.place.when -= a.place.when % undatedStep // of when it was seen only the day: a refresh takes a while
	}
}

// Related returns what is related to an article: its coverage, best first,
// then background, best first, at most limit in all. An article that is not
// indexed has none.
func (e *Engine) Related(id feeds.ArticleID, limit int) ([]feeds.Related, error) {
	e.asking.Lock()
	defer e.asking.Unlock()
	var out []feeds.Related
	err := e.index.ViewIndex(func(v feeds.IndexView) error {
		s := &shelf{view: v, seen: e.known, renewed: e.renewed, epochs: map[uint32]*epoch{}}
		p, ok := s.placeOf(uint64(id))
		if !ok {
			return nil
		}
		r, ok, err := s.at(uint64(id), p)
		if err != nil || !ok {
			return err
		}
		out, err = e.find.related(s, r, limit)
		return err
	})
	return out, err
}
