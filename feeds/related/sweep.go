package related

import (
	"maps"
	"slices"

	"broadsheet/feeds"
)

// sweep finds what teller.decide needs of the articles before one, as neighbours
// does, for the case that many are decided one after the other in canonical
// order: it keeps what lies in the window of storyDays in memory and ready, and
// of the articles of a story that later ones are not compared with no more than tells
// copies. So in news that is all alike an article costs what there are stories.
// Which articles come into question does not depend on their stories, so that is found
// ahead, on all processors. What it finds is the same.
type sweep struct {
	t *teller
	crowd
	match     match
	epoch     uint32 // where the next article to take in lies
	leaf      int
	at        int
	asked     ref              // the last article that was asked for
	told      int              // slots up to here have their stories
	prints    map[uint32]ref   // by print, the last article that has it and left the window
	known     map[uint64]*tale // by founder
	numbered  []*tale          // the same by number; the first is none
	hints     []hint           // by number, while stories are chosen
	places    []uint8          // by number, where a story is among the chosen, from 1 on
	met       []uint32         // numbers of stories that something of comes into question
	likely    likeliest        // of these
	exact     []guess          // what the asked article is compared with
	coming    []ref            // the next to be taken in
	opened    []parts          // of them
	now       *gathered        // for the articles that are decided
	ahead     *gathered        // and those after them
	most      int              // about so many guesses each of these holds
	stretches int              // that were taken, before and after restarts
}

// stretch is how many articles are taken in at once.
const stretch = 256

func newSweep(t *teller) *sweep {
	s := &sweep{t: t, crowd: crowd{spare: leafSize}, most: manyGuesses, opened: make([]parts, openedMost)}
	s.match.crowd = &s.crowd
	var by []*gatherer // of both: they never gather at the same time
	for range feeds.Processors() {
		by = append(by, &gatherer{crowd: &s.crowd, times: t.find.times})
	}
	s.now, s.ahead = &gathered{by: by}, &gathered{by: by}
	return s
}

// decide returns the article before r whose text r has, if there is one, and
// the founder of the story that r is tied to best, 0 if to none.
func (s *sweep) decide(r ref) (text *link, founder uint64, err error) {
	n, err := s.advance(r)
	if err != nil {
		return nil, 0, err
	}
	stories := s.choose(n)
	s.match.ask(n, s.t.find.times)
	defer s.match.done()
	for _, g := range s.exact {
		sim, copied := s.match.with(int(g.at))
		if copied {
			if k := (link{ref: s.ref(&s.slots[g.at]), sim: sim, copy: true}); text == nil || k.over(text) {
				text = &k
			}
		}
		if i := s.places[s.tales[g.at]]; i > 0 {
			stories[i-1].tie.add(sim)
		}
	}
	for _, k := range stories {
		s.places[k.number] = 0
	}
	if text == nil {
		text = s.reprinted(r)
	}
	return text, stories.best(int(s.slots[n].terms)), nil
}

// choose returns the stories that the article of slot n is tied to best, as far as
// heavy terms tell, and notes in exact what it is to be compared with: what these
// have and what may be a copy.
func (s *sweep) choose(n int) likeliest {
	guesses := s.now.of(n)
	s.met, s.likely, s.exact = s.met[:0], s.likely[:0], s.exact[:0]
	for _, g := range guesses {
		if k := s.tales[g.at]; k != 0 {
			if s.hints[k].sum == 0 {
				s.met = append(s.met, k)
			}
			s.hints[k].add(g.link)
		}
	}
	for _, i := range s.met {
		k, h := s.numbered[i], &s.hints[i]
		if !k.ended(s.heads[n].when) && s.likely.wants(h) {
			s.likely = s.likely.add(prospect{tale: k, likely: h.strength(int(k.core), int(s.slots[n].terms))})
		}
		*h = hint{}
	}
	stories := s.likely
	for i, k := range stories {
		s.places[k.number] = uint8(i + 1)
	}
	for _, g := range guesses {
		if s.places[s.tales[g.at]] > 0 {
			s.exact = append(s.exact, g)
		}
	}
	slices.SortFunc(s.exact, func(a, b guess) int { return int(a.at) - int(b.at) }) // links are added up in that order
	for _, g := range guesses {
		if !g.faint && s.places[s.tales[g.at]] == 0 {
			s.exact = append(s.exact, g)
		}
	}
	return stories
}

// restart forgets everything and goes on at a time.
func (s *sweep) restart(from uint32) error {
	s.stop()
	s.empty()
	s.told = 0
	s.prints = map[uint32]ref{}
	s.renumber()
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
	s.renumber()
	maps.DeleteFunc(s.prints, func(_ uint32, r ref) bool { return r.leaf.seg.when(r.i)+textSpan < from })
	return nil
}

// renumber forgets the stories that nothing in the window is of.
func (s *sweep) renumber() {
	was := s.numbered
	s.known, s.numbered, s.hints, s.places = map[uint64]*tale{}, []*tale{nil}, []hint{{}}, []uint8{0}
	for i, n := range s.tales {
		if n == 0 {
			continue
		}
		k := was[n]
		if s.known[k.founder] != k {
			s.number(k)
		}
		s.tales[i] = k.number
	}
}

// number gives a story a number.
func (s *sweep) number(k *tale) {
	k.number = uint32(len(s.numbered))
	s.known[k.founder], s.numbered = k, append(s.numbered, k)
	s.hints, s.places = append(s.hints, hint{}), append(s.places, 0)
}

// manyTerms is how many terms are known before those of articles that have left
// the window are forgotten.
const manyTerms = 1 << 19

// stale reports whether it is cheaper to start again than to go on to a time.
func (s *sweep) stale(r ref, from uint32) bool {
	if s.known == nil || s.full() {
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
		s.stop()
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
	if !s.now.has(n) {
		s.gather(n)
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
		if k := s.tale(st.founder, o); st.leader == o.id() && k.core < storyCore {
			k.core++
			s.tales[s.told] = k.number
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
	divide(len(s.coming), feeds.Processors(), s.t.engine.Leeway, func(_, i int) bool {
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

// manyGuesses take .4 MB.
const manyGuesses = 1 << 15

// gather finds what comes into question for the articles from slot n on, on all
// processors. While these are decided it is found for those after them, on the others,
// but for one that is left to somebody at the screen.
func (s *sweep) gather(n int) {
	leeway := s.t.engine.Leeway
	s.ahead.wait()
	s.needLess()
	if s.now, s.ahead = s.ahead, s.now; !s.now.has(n) {
		s.now.begin(n, s.most, leeway.Processors(), leeway)
		s.now.wait()
	}
	others := leeway.Processors() - 1
	if next := s.now.from + len(s.now.found); next < len(s.slots) && others > 0 {
		s.ahead.begin(next, s.most, others, leeway)
	}
	s.t.view.Leave()
}

// stop waits for those who gather, and forgets what they found.
func (s *sweep) stop() {
	s.ahead.wait()
	s.now.forget()
	s.ahead.forget()
	s.needLess()
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
	k := s.known[founder]
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
	s.number(k)
	return k
}
