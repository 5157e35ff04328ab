package related

import (
	"encoding/binary"
	"maps"
	"math"
	"slices"
	"sort"
)

// mostly is how many articles of an epoch, from the first on that is undecided,
// must be so, in parts of them, for all these to be decided anew. In order, with
// nothing settled after them, many are decided in the time that one takes whose
// decision others may have to follow.
const mostly = 8

// A sweep takes in all that those which decide may have a link to, a search
// compares what is like one of them. A sweep costs less if there are at most swept
// articles to each that decides; or, where news is much alike, if searches for
// those that are left compare more than it would take in, as the first of them tell.
const (
	swept    = 8
	sounding = 4
)

// patience is how many articles there are to each that may be searched for before
// so many were woken that all is decided anew.
const patience = 16

// pushUndecided queues what this batch and those before it left undecided.
func (t *teller) pushUndecided() error {
	var err error
	t.view.Scan([]byte{keyOpen}, []byte{keyOpen + 1}, func(key, _ []byte) bool {
		if len(key) != 9 {
			err = errSegment
			return false
		}
		_, err = t.epoch(binary.BigEndian.Uint32(key[1:]) / epochSeconds)
		return err == nil
	})
	if err != nil {
		return err
	}
	inAll := 0
	for _, n := range slices.Sorted(maps.Keys(t.epochs)) { // so that most are queued in order
		e := t.epochs[n]
		var list []ref
		for _, l := range e.leaves {
			inAll += l.seg.len()
			if l.fresh == nil && t.view.Get(placeKey(keyOpen, l.start)) == nil {
				continue
			}
			t.load(l)
			for i := range l.states {
				if l.states[i].open != 0 {
					list = append(list, ref{l, i})
				}
			}
			t.view.Leave()
		}
		if len(list) > 0 {
			if tail := t.from(e, list[0]); len(list)*mostly > len(tail) {
				list = tail
				reopened(list)
			}
		}
		for i, r := range list {
			if i > 0 && r.leaf != list[i-1].leaf {
				t.view.Leave()
			}
			if r.state().open&unnamed != 0 {
				r.leaf.unnamed = noted(r, r.leaf.unnamed)
			}
			t.push(r)
		}
		t.view.Leave()
	}
	t.patience = inAll / patience
	if t.reach, err = t.reached(); err == nil && t.queue.len()*swept > t.reach {
		t.sweep = newSweep(t)
	}
	return err
}

// reached is how many articles those that are queued may have a link to, with
// themselves.
func (t *teller) reached() (n int, err error) {
	list := t.times(t.queue.inOrder, nil)
	list = t.times(t.queue.others, list)
	slices.Sort(list)
	for len(list) > 0 {
		var p period
		p, list = window(list)
		leaves, err := t.between(p.from, p.to)
		if err != nil {
			return 0, err
		}
		for _, l := range leaves {
			n += l.seg.before(uint64(p.to)+1) - l.seg.before(uint64(p.from))
			t.view.Leave()
		}
	}
	return n, nil
}

// times appends the times of articles.
func (t *teller) times(list []ref, times []uint32) []uint32 {
	for i, r := range list {
		if i > 0 && r.leaf != list[i-1].leaf {
			t.view.Leave()
		}
		times = append(times, r.leaf.seg.when(r.i))
	}
	return times
}

// before is how many articles of a segment are of before a time.
func (s *segment) before(when uint64) int {
	return sort.Search(s.len(), func(i int) bool { return uint64(s.when(i)) >= when })
}

// window is the time that articles of the first of some times may have a link to, as
// far as it has no gap, and the times after that.
func window(list []uint32) (period, []uint32) {
	from := func(when uint32) uint32 { return when - min(when, linkSpan) }
	p := period{from: from(list[0])}
	for p.to = p.from; len(list) > 0 && from(list[0]) <= p.to; list = list[1:] {
		p.to = list[0]
	}
	return p, list
}

// from returns an epoch's articles from r on.
func (t *teller) from(e *epoch, r ref) []ref {
	var list []ref
	for _, l := range e.leaves {
		t.load(l)
		for i := range l.states {
			if o := (ref{l, i}); !earlier(o, r) {
				list = append(list, o)
			}
		}
		t.view.Leave()
	}
	return list
}

// reopened makes articles ones that are to be decided, as they will be: what
// comes before them need not wake them.
func reopened(list []ref) {
	for _, r := range list {
		r.state().open |= undecided
	}
}

// giveUp decides anew all that comes after r, in order. Where news is all alike
// every article that is decided wakes hundreds, and searching for each costs
// more than that.
func (t *teller) giveUp(r ref) {
	t.patience = math.MaxInt
	for _, e := range t.epochs {
		list := t.from(e, r)
		reopened(list)
		for _, o := range list {
			t.push(o)
		}
	}
	clear(t.last)
	if t.sweep == nil {
		t.sweep = newSweep(t)
	}
}
