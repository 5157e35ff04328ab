package related

import (
	"context"
	"errors"
	"slices"

	"broadsheet/feeds"
)

// Stories and copies are decided article by article in the canonical order,
// each looking only at those before it:
//
//	a copy of an earlier one     → its story
//	its tie ≥ storyGate          → the best such story; copies count once
//	else                         → founds its own
//
// So the result depends on which articles there are, not on when they came; so
// do the stories that are told of it, which parts finds in each of these. A
// new article makes those after it decide again whose links lead to a story
// that changed; since what comes before is final, each decides once a batch.
type teller struct {
	*batch
	find    searcher
	links   map[uint64]known
	self    article
	other   article
	last    map[*leaf]int    // its last article that is decided
	open    ref              // after it nothing is settled
	openTo  uint32           // up to there
	near    period           // whose articles' stories are loaded
	members map[uint64][]ref // founder → articles, canonical order
	ends    map[uint64]ref   // founder → the last of its core, if known
	loaded  map[*leaf]bool
	queue   queue
	changed map[uint64]bool    // founders of stories to name again
	split   map[uint64][][]ref // stories that fall into several
	copies  map[uint64]bool    // leaders whose group changed
	sweep   *sweep             // nil where few are decided

	searched, patience int // articles that were searched for one by one, and may be
	compared, reach    int // how many that took comparing, and that a sweep takes in
}

// link is another article that speaks for or against sharing a story.
type link struct {
	ref
	guess uint32  // the part that heavy terms make, in units; 0 if it is asked for its text alone
	sim   float64 // 0 if there is none that counts
	copy  bool
	faint bool // see guess
}

// over reports whether a copy is the better one of two.
func (l *link) over(o *link) bool {
	return l.sim > o.sim || l.sim == o.sim && earlier(l.ref, o.ref)
}

func earlier(a, b ref) bool {
	pa, pb := a.place(), b.place()
	if pa != pb {
		return pa.before(pb)
	}
	return a.id() < b.id()
}

// errStopped says that not all was decided, or named, when its context was done.
var errStopped = errors.New("relating was stopped")

// relate decides what the batch changed and what was left undecided. Of what is not
// done by the end of ctx nothing may be kept.
func (b *batch) relate(ctx context.Context) (feeds.Relations, error) {
	t := b.teller()
	t.copies = b.parted
	for f, p := range b.left {
		if err := t.ensure(p); err != nil {
			return feeds.Relations{}, err
		}
		t.changed[f] = true
		if err := t.reopen(t.members[f]); err != nil {
			return feeds.Relations{}, err
		}
	}
	if err := t.pushUndecided(); err != nil {
		return feeds.Relations{}, err
	}
	if err := t.decideAll(ctx); err != nil {
		return feeds.Relations{}, err
	}
	t.sweep = nil // naming takes room of its own
	return t.name(ctx)
}

// decideAll decides what is queued, and what that wakes.
func (t *teller) decideAll(ctx context.Context) error {
	defer func() {
		if t.sweep != nil {
			t.sweep.stop()
		}
	}()
	for t.queue.len() > 0 {
		if ctx.Err() != nil {
			return errStopped
		}
		r := t.queue.pop()
		if t.searched > t.patience {
			t.giveUp(r)
		}
		if err := t.decide(r); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) teller() *teller {
	find := newSearcher()
	return &teller{
		batch: b, links: map[uint64]known{}, last: map[*leaf]int{}, find: find, members: map[uint64][]ref{}, ends: map[uint64]ref{}, loaded: map[*leaf]bool{},
		changed: map[uint64]bool{}, split: map[uint64][][]ref{}, copies: map[uint64]bool{},
	}
}

// linkSpan is how many seconds articles with a link are apart, at most.
const linkSpan = uint32(storyDays * 86400)

// textSpan is the same of articles that have the very same text.
const textSpan = uint32(sameDays * 86400)

// reopen makes a story that lost an article decide again, with all that have
// a link to it.
func (t *teller) reopen(list []ref) error {
	for _, m := range list {
		t.push(m)
		links, err := t.neighbours(m, true)
		if err != nil {
			return err
		}
		for _, l := range links {
			t.load(l.leaf)
			t.push(l.ref)
		}
	}
	return nil
}

func (t *teller) push(r ref) {
	if l := r.leaf; !l.waits(r.i) {
		l.waiting = noted(r, l.waiting)
		t.queue.push(r)
	}
}

// neighbours returns the articles that are like r at all, near it in time and
// in canonical order: those before it, or also those after.
func (t *teller) neighbours(r ref, after bool) ([]link, error) {
	id := r.id()
	if l, ok := t.links[id]; ok && (l.after || !after) {
		return l.list, nil
	}
	r.leaf.seg.read(r.i, &t.self)
	a := &t.self
	from, to := a.place.when-min(a.place.when, linkSpan), a.place.when
	if after {
		to += linkSpan
	}
	leaves, err := t.between(from, to)
	if err != nil {
		return nil, err
	}
	var list []link
	q := a.linkQuery(t.find.times)
	t.find.choose(q, linkTerms)
	for _, l := range leaves {
		only := func(int) bool { return false }
		if !after { // what is asked once is asked for a story's core and for copies
			t.load(l)
			only = func(i int) bool { return t.beyond(ref{l, i}) }
		}
		t.find.near(q, l, linkMin, only, func(g guess, cos, sim float64) {
			t.compared++
			o := ref{l, int(g.at)}
			if when := l.seg.when(o.i); o == r || when < from || when > to || !after && !earlier(o, r) {
				return
			}
			n := link{ref: o, guess: g.link, faint: g.faint}
			least, text := wordingMin, !after && t.beyond(o)
			if text {
				least, n.guess = copiesOnly, 0
			}
			if cos >= copyCosine || !text && sim >= linkMin {
				copied, names := a.wording(o, cos, least, &t.other)
				if names >= namesMin && !distinct(r, o, copied) {
					if n.copy = copied; copied || !text && sim >= linkMin {
						n.sim = sim
					}
				}
			}
			if n.copy || n.guess > 0 {
				list = append(list, n)
			}
		})
	}
	if after { // else nobody asks again: an article decides once
		t.links[id] = known{list, after}
	}
	return list, nil
}

// known is what a search for neighbours gave.
type known struct {
	list  []link
	after bool
}

// settled reports whether there are articles after r, near it, that do not
// decide anyway.
func (t *teller) settled(r ref) (bool, error) {
	to := r.leaf.seg.when(r.i) + textSpan
	if t.open.leaf != nil && !earlier(r, t.open) && to <= t.openTo {
		return false, nil
	}
	for _, to := range [...]uint32{to + ahead, to} {
		found, err := t.settledUntil(r, to)
		if err != nil {
			return false, err
		}
		if !found {
			t.open, t.openTo = r, to
			return false, nil
		}
	}
	return true, nil
}

func (t *teller) settledUntil(r ref, to uint32) (bool, error) {
	leaves, err := t.between(r.leaf.seg.when(r.i), to)
	if err != nil {
		return false, err
	}
	for _, l := range leaves {
		last, ok := t.last[l]
		if !ok {
			t.load(l)
			last = l.seg.len() - 1
			for last >= 0 && l.states[last].open&undecided != 0 {
				last--
			}
			t.last[l] = last
		}
		if last >= 0 && earlier(r, ref{l, last}) {
			return true, nil
		}
	}
	return false, nil
}

// decide finds the story of r among those of the articles before it.
func (t *teller) decide(r ref) error {
	if err := t.ensure(r.place()); err != nil {
		return err
	}
	after, err := t.settled(r)
	if err != nil {
		return err
	}
	id := r.id()
	next := state{founder: id, leader: id}
	c, f, err := t.look(r, after)
	if err != nil {
		return err
	}
	if c != nil {
		next.leader, next.founder = c.state().leader, c.state().founder
	} else if f != 0 {
		next.founder = f
	}
	st := r.state()
	old := *st
	fresh := st.open != 0 // it is new, or its weights are, and so its links to what comes after
	st.open = 0
	if !fresh && next.founder == old.founder && next.leader == old.leader {
		return nil
	}
	var before [2][]ref
	if after {
		before = t.cores(old.founder, next.founder)
	}
	st.founder, st.leader = next.founder, next.leader
	delete(t.ends, old.founder)
	delete(t.ends, next.founder)
	r.leaf.dirty = true
	if old.founder != next.founder {
		t.remove(old.founder, r)
	}
	t.insertMember(next.founder, r)
	if old.leader != next.leader {
		t.copies[old.leader], t.copies[next.leader] = true, true
	}
	if t.changed[next.founder] = true; len(t.members[old.founder]) > 0 {
		t.changed[old.founder] = true
	}
	if !after {
		return nil
	}
	return t.wake(r, fresh, before, t.cores(old.founder, next.founder))
}

// look returns the earlier article whose text r has, and the founder of the
// story that r is tied to best.
func (t *teller) look(r ref, after bool) (*link, uint64, error) {
	if t.sweep == nil && t.searched >= sounding && t.compared*t.queue.len() > t.reach*t.searched {
		t.sweep = newSweep(t)
	}
	if t.sweep != nil && !after {
		return t.sweep.decide(r)
	}
	t.searched++
	links, err := t.neighbours(r, after)
	if err != nil {
		return nil, 0, err
	}
	text, founder := t.choose(r, links)
	if text == nil {
		if text, err = t.reprinted(r); err != nil {
			return nil, 0, err
		}
	}
	return text, founder, nil
}

// wake makes the articles after r decide again that have its text, and those
// that have a link to the core of a story if r changed that; to a fresh one
// itself in any case.
func (t *teller) wake(r ref, fresh bool, before, now [2][]ref) error {
	push := func(m ref, copies bool) error {
		links, err := t.neighbours(m, true)
		if err != nil {
			return err
		}
		for _, l := range links {
			if (l.copy || !copies) && earlier(r, l.ref) {
				t.load(l.leaf)
				t.push(l.ref)
			}
		}
		return nil
	}
	if err := push(r, !fresh); err != nil {
		return err
	}
	if err := t.sameText(r, func(o ref) { t.push(o) }); err != nil {
		return err
	}
	for i := range before {
		if slices.Equal(before[i], now[i]) {
			continue
		}
		for _, m := range append(before[i], now[i]...) {
			if err := push(m, false); err != nil {
				return err
			}
		}
	}
	return nil
}

// choose returns the earlier article that r's text is a copy of, the most alike,
// if there is one, and the founder of the story that r belongs to, 0 if to none.
func (t *teller) choose(r ref, links []link) (text *link, founder uint64) {
	stories := t.likely(r, links)
	for i := range links {
		l := &links[i]
		if !l.copy || !earlier(l.ref, r) || text != nil && !l.over(text) {
			continue
		}
		if l.faint && (t.beyond(l.ref) || !slices.ContainsFunc(stories, func(k prospect) bool { return k.founder == l.state().founder })) {
			continue
		}
		text = l
	}
	return text, stories.best(r.leaf.seg.count(r.i))
}

// likely returns the stories before r that it is tied to best, as far as heavy terms tell.
func (t *teller) likely(r ref, links []link) likeliest {
	of := map[uint64]map[ref]*link{}
	for i := range links {
		l := &links[i]
		if !earlier(l.ref, r) {
			continue
		}
		t.load(l.leaf)
		f := l.state().founder
		if of[f] == nil {
			of[f] = map[ref]*link{}
		}
		of[f][l.ref] = l
	}
	var list likeliest
	terms := r.leaf.seg.count(r.i)
	for f, links := range of {
		start := t.members[f][0]
		k, hints := prospect{tale: &tale{founder: f, start: start, from: start.place().when}}, hint{}
		for _, m := range t.core(f) {
			if !earlier(m, r) {
				break
			}
			k.core++
			if l := links[m]; l != nil {
				hints.add(l.guess)
				k.tie.add(l.sim)
			}
		}
		if k.core > 0 && !k.ended(r.place().when) {
			k.likely = hints.strength(int(k.core), terms)
			list = list.add(k)
		}
	}
	return list
}
