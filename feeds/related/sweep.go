package related

import (
	"maps"
	"slices"
	"sync/atomic"

	"broadsheet/feeds"
)

// sweep finds what teller.decide needs of the articles before one, as neighbours
// does, for the case that many are decided one after the other in canonical
// order: it keeps what lies in the window of storyDays in memory and ready, and
// of each story only the articles that a later one is compared with. So in news
// that is all alike an article costs what there are stories, not articles.
// What articles have in common does not depend on their stories, so it is found
// ahead, of a stretch of them at once. What it finds is the same.
type sweep struct {
	t *teller
	crowd
	epoch     uint32 // where the next article to take in lies
	leaf      int
	at        int
	asked     ref            // the last article that was asked for
	told      int            // slots up to here have their stories
	prints    map[uint32]ref // by print, the last article that has it and left the window
	tales     map[uint64]*tale
	linked    []*tale // that the asked article has a link to
	coming    []ref   // the next to be taken in
	opened    []parts // of them
	comparers []*comparer
	pairs     int       // about so many articles to compare two by two are held at once
	from      int       // the slot of the stretch's first article
	found     [][]found // for each of its articles, in canonical order
	stretches int       // that were taken, before and after restarts
}

// stretch is how many articles are compared with those before them at once.
const stretch = 256

// tale is a story as far as the sweep has come.
type tale struct {
	founder uint64
	start   ref    // its first article
	from    uint32 // when that is of
	core    int    // articles of it that are compared with
	tie     tie
	linked  bool
}

func newSweep(t *teller) *sweep {
	s := &sweep{t: t, crowd: crowd{spare: leafSize}, pairs: manyPairs, opened: make([]parts, openedMost)}
	for range feeds.Processors() {
		s.comparers = append(s.comparers, &comparer{crowd: &s.crowd, times: t.find.times})
	}
	return s
}

// decide returns the article before r whose text r has, if there is one, and
// the founder of the story that r is tied to best, 0 if to none.
func (s *sweep) decide(r ref) (text *link, founder uint64, err error) {
	n, err := s.advance(r)
	if err != nil {
		return nil, 0, err
	}
	s.linked = s.linked[:0]
	for _, f := range s.found[n-s.from] {
		x := &s.slots[f.slot]
		if f.faint && !x.core {
			continue
		}
		if f.copy {
			if k := (link{ref: s.ref(x), sim: f.sim, copy: true}); text == nil || k.over(text) {
				text = &k
			}
		}
		if !x.core || f.sim < linkMin {
			continue
		}
		if !x.tale.linked {
			x.tale.linked, x.tale.tie = true, tie{}
			s.linked = append(s.linked, x.tale)
		}
		x.tale.tie.add(f.sim)
	}
	if text == nil {
		text = s.reprinted(r)
	}
	return text, s.best(n), nil
}

// restart forgets everything and goes on at a time.
func (s *sweep) restart(from uint32) error {
	s.empty()
	s.told, s.from, s.found = 0, 0, s.found[:0]
	s.prints, s.tales = map[uint32]ref{}, map[uint64]*tale{}
	back := from - min(from, textSpan-linkSpan)
	s.epoch, s.leaf, s.at = back/epochSeconds, 0, 0
	return s.each(func(o ref) bool {
		if when := o.leaf.seg.when(o.i); when >= from {
			return false
		} else if when >= back {
			s.gone(o)
		}
		return true
	})
}

// makeRoom forgets what has left the window and what only that needed, if that
// is much of what is held. All slots have their stories.
func (s *sweep) makeRoom(from uint32) error {
	switch {
	case !s.spent():
		return nil
	case len(s.numbers.ids) > manyTerms:
		return s.restart(from)
	}
	s.thin()
	s.told -= s.crowd.compact()
	s.from, s.found = s.told, s.found[:0]
	held := map[uint64]*tale{}
	for i := range s.slots {
		held[s.slots[i].tale.founder] = s.slots[i].tale
	}
	s.tales = held
	maps.DeleteFunc(s.prints, func(_ uint32, r ref) bool { return r.leaf.seg.when(r.i)+textSpan < from })
	return nil
}

// manyTerms is how many terms are known before those of articles that have left
// the window are forgotten.
const manyTerms = 1 << 19

// stale reports whether it is cheaper to start again than to go on to a time.
func (s *sweep) stale(r ref, from uint32) bool {
	if s.tales == nil || s.full() {
		return true
	}
	return s.asked.leaf.seg.when(s.asked.i) < from || !earlier(s.asked, r)
}

// advance goes on to r: those before it have their stories. It returns its slot.
func (s *sweep) advance(r ref) (int, error) {
	when := r.leaf.seg.when(r.i)
	from := when - min(when, linkSpan)
	if s.stale(r, from) {
		if err := s.restart(from); err != nil {
			return 0, err
		}
	}
	s.asked = r
	if s.tell(r); s.told == len(s.slots) {
		s.thinSome(s.stretches)
		if err := s.makeRoom(from); err != nil {
			return 0, err
		}
		if err := s.takeStretch(r); err != nil {
			return 0, err
		}
		s.stretches++
		s.tell(r)
	}
	n := s.told
	for s.first < n && s.heads[s.first].when < from {
		s.gone(s.ref(&s.slots[s.first]))
		s.first++
	}
	if n-s.from >= len(s.found) {
		s.compare(n)
	}
	return n, nil
}

// tell gives those before r that are taken in their stories.
func (s *sweep) tell(r ref) {
	for ; s.told < len(s.slots); s.told++ {
		x := &s.slots[s.told]
		o := s.ref(x)
		if o == r {
			return
		}
		s.t.load(o.leaf)
		st := o.state()
		x.tale = s.tale(st.founder, o)
		if st.leader == o.id() && x.tale.core < storyCore {
			x.tale.core++
		} else {
			s.retire(s.told)
		}
	}
}

// takeStretch takes in all articles up to r and those after it that are to be
// decided too and may have a link to it, as many as make a stretch.
func (s *sweep) takeStretch(r ref) error {
	more, until := stretch, r.leaf.seg.when(r.i)+linkSpan
	err := s.each(func(o ref) bool {
		if !earlier(o, r) {
			if more--; more < 0 || o != r && (!o.leaf.waits(o.i) || o.leaf.seg.when(o.i) > until) {
				return false
			}
		}
		if s.coming = append(s.coming, o); len(s.coming) == openedMost {
			s.takeComing(r)
		}
		return true
	})
	if err == nil {
		s.takeComing(r)
	}
	return err
}

// openedMost is how many articles are decoded at once.
const openedMost = 128

// takeComing takes in those that were gathered. To decode them takes longest, so
// that is done on all processors.
func (s *sweep) takeComing(r ref) {
	s.spread(len(s.coming), func(_ *comparer, i int) bool {
		s.opened[i].open(s.coming[i])
		return true
	})
	for i, o := range s.coming {
		p := &s.opened[i]
		x := s.take(o, p)
		if earlier(o, r) {
			s.tell(r)
		}
		s.keep(x, p)
	}
	if s.coming = s.coming[:0]; s.told == len(s.slots) {
		s.thinSome(s.stretches)
	}
}

// manyPairs take a megabyte.
const manyPairs = 1 << 18

// compare finds what the articles from slot n on have in common with those
// before them, on all processors: who finds it makes no difference.
func (s *sweep) compare(n int) {
	s.from = n
	for len(s.found) < len(s.slots)-n {
		s.found = append(s.found, nil)
	}
	s.found = s.found[:len(s.slots)-n]
	for done := 0; done < len(s.found); {
		s.base = n + done
		s.asks = slices.Grow(s.asks[:0], len(s.found)-done)[:len(s.found)-done]
		var pairs atomic.Int64
		gathered := s.spread(len(s.asks), func(c *comparer, i int) (more bool) {
			return int(pairs.Add(int64(c.gather(i)))) < s.pairs
		})
		s.sift(gathered, s.found[done:])
		done += gathered
	}
}

// sift finds what so many articles, of which was gathered what comes into
// question, have in common with it.
func (s *sweep) sift(gathered int, lists [][]found) {
	blocks := (s.base+gathered)/block + 1
	pieces := make([]piece, blocks)
	s.spread(blocks, func(c *comparer, i int) bool {
		from := len(c.found)
		c.sift(i, s.comparers)
		pieces[i] = piece{c, from, len(c.found)}
		if i%lookedOver == 0 {
			s.t.view.Leave()
		}
		return true
	})
	for i := range lists[:gathered] {
		lists[i] = lists[i][:0]
	}
	for _, p := range pieces {
		for _, f := range p.by.found[p.from:p.to] {
			lists[f.asked] = append(lists[f.asked], f)
		}
	}
	for _, c := range s.comparers {
		c.found = c.found[:0]
		for i := range c.pairs {
			c.pairs[i] = c.pairs[i][:0]
		}
	}
}

// lookedOver is how many blocks are sifted until the pages of the index that were
// looked at on the way are left: retired slots lie all over it.
const lookedOver = 3

// piece is where the one who sifted a block has what was found.
type piece struct {
	by       *comparer
	from, to int
}

// spread divides 0 to n-1 among the comparers, until one call says that it is
// enough. It returns how many there were.
func (s *sweep) spread(n int, fn func(c *comparer, i int) (more bool)) int {
	return divide(n, len(s.comparers), s.t.engine.Leeway, func(k, i int) bool { return fn(s.comparers[k], i) })
}

// each goes on in canonical order until fn says no.
func (s *sweep) each(fn func(ref) bool) error {
	for ; uint64(s.epoch)*epochSeconds < 1<<32; s.epoch, s.leaf = s.epoch+1, 0 {
		e, err := s.t.epoch(s.epoch)
		if err != nil {
			return err
		}
		for ; s.leaf < len(e.leaves); s.leaf, s.at = s.leaf+1, 0 {
			l := e.leaves[s.leaf]
			for ; s.at < l.seg.len(); s.at++ {
				if !fn(ref{l, s.at}) {
					return nil
				}
			}
		}
	}
	return nil
}

// gone notes the text of an article that is too old for links.
func (s *sweep) gone(r ref) {
	if text := r.leaf.seg.print(r.i); text != 0 {
		s.prints[text] = r
	}
}

// reprinted is the teller's.
func (s *sweep) reprinted(r ref) *link {
	o, ok := s.prints[r.leaf.seg.print(r.i)]
	if !ok || o.leaf.seg.when(o.i)+textSpan < r.leaf.seg.when(r.i) {
		return nil
	}
	if !s.t.reprint(r, o) {
		return nil
	}
	return &link{ref: o, copy: true}
}

// tale returns what is known of a story before r.
func (s *sweep) tale(founder uint64, r ref) *tale {
	k := s.tales[founder]
	if k != nil {
		return k
	}
	k = &tale{founder: founder, start: r, from: r.place().when}
	for i, m := range s.t.members[founder] {
		if !earlier(m, r) {
			break
		}
		if i == 0 {
			k.start, k.from = m, m.place().when
		}
		if m.state().leader == m.id() {
			if k.core++; k.core == storyCore {
				break
			}
		}
	}
	s.tales[founder] = k
	return k
}

// best returns the founder of the story that the article of slot n is tied to
// best, if it belongs to one, else 0.
func (s *sweep) best(n int) uint64 {
	when, terms := s.heads[n].when, int(s.slots[n].terms)
	var best *tale
	var most float64
	for _, k := range s.linked {
		k.linked = false
		if when-k.from > uint32(storySpan*86400) {
			continue
		}
		v := k.tie.strength(k.core, terms)
		if v < storyGate {
			continue
		}
		if best == nil || v > most || v == most && earlier(k.start, best.start) {
			best, most = k, v
		}
	}
	if best == nil {
		return 0
	}
	return best.founder
}
