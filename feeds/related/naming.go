package related

import (
	"cmp"
	"context"
	"runtime/debug"
	"slices"

	"broadsheet/feeds"
)

// name gives the stories that changed their ids and reports what is new. It is
// here that the reader's words count: what the articles alone say stays as it
// is, so that a word taken back leaves no trace.
func (t *teller) name(ctx context.Context) (feeds.Relations, error) {
	out := feeds.Relations{Story: map[feeds.ArticleID]feeds.StoryID{}, Copies: map[feeds.ArticleID][]feeds.ArticleID{}}
	if t.reach > reachedMost {
		debug.FreeOSMemory()
	}
	done := map[uint64]bool{}
	list := make([]ref, 0, len(t.changed)) // in order, stories near each other in time have their articles in few leaves
	for f := range t.changed {
		if m := t.members[f]; len(m) > 0 {
			list = append(list, m[0])
		}
	}
	slices.SortFunc(list, compareRefs)
	t.view.Leave()
	t.splits(ctx, list)
	looked := 0
	for _, first := range list {
		f := first.state().founder
		if looked += len(t.members[f]); looked >= lookedMost {
			looked = 0
			t.view.Leave()
		}
		if done[f] {
			continue
		}
		if ctx.Err() != nil {
			return out, errStopped
		}
		told, stories, err := t.corrected(f)
		if err != nil {
			return out, err
		}
		for _, o := range told {
			done[o] = true
		}
		for _, list := range stories {
			t.nameStory(list, out)
		}
	}
	t.nameCopies(out)
	return out, nil
}

// reachedMost is how many articles are looked at until what deciding them took is
// given back at once: who names stories, and the library that stores them, look at
// most of the file.
const reachedMost = 1 << 15

// corrected returns the stories that f falls into, and with the reader's words
// those that they make of it and of what is tied to it by such words, with the
// founders of all that went in.
func (t *teller) corrected(f uint64) (told []uint64, stories [][]ref, err error) {
	if !t.spoken() {
		return []uint64{f}, t.parts(f), nil
	}
	c := correction{of: map[uint64]int{}}
	words := map[uint64]saying{}
	seen := map[uint64]bool{f: true}
	told = []uint64{f}
	for k := 0; k < len(told); k++ {
		for _, part := range t.parts(told[k]) {
			for _, m := range part {
				c.of[m.id()] = len(c.stories)
			}
			c.stories = append(c.stories, slices.Clone(part))
		}
		for _, m := range t.members[told[k]] {
			for _, w := range t.words(m.id()) {
				o, ok, err := t.locate(w.other)
				if err != nil {
					return nil, nil, err
				}
				if !ok {
					continue // one of them is not indexed
				}
				if w.first {
					words[w.number] = saying{word: w, a: m, b: o}
				} else {
					words[w.number] = saying{word: w, a: o, b: m}
				}
				if f := o.state().founder; !seen[f] {
					seen[f] = true
					told = append(told, f)
				}
			}
		}
	}
	order := make([]saying, 0, len(words))
	for _, w := range words {
		order = append(order, w)
	}
	slices.SortFunc(order, func(a, b saying) int { return cmp.Compare(a.number, b.number) })
	for _, w := range order {
		c.apply(w)
	}
	return told, c.stories, nil
}

// locate finds an article as the batch leaves it, its story loaded.
func (t *teller) locate(id uint64) (ref, bool, error) {
	p, ok := t.moved[id]
	if !ok {
		p, ok = t.placeOf(id)
	}
	if !ok || p == (place{}) {
		return ref{}, false, nil
	}
	r, ok, err := t.at(id, p)
	if err != nil || !ok {
		return ref{}, false, err
	}
	return r, true, t.ensure(r.place())
}

// saying is a word with the articles it is about.
type saying struct {
	word
	a, b ref
}

// correction is stories while words are applied to them, the oldest first, so
// that the latest outweighs those before it.
type correction struct {
	stories [][]ref
	of      map[uint64]int // article → its story
}

// apply joins two whole stories, or takes the second article, and the copies
// of its text with it, out of the first one's.
func (c *correction) apply(w saying) {
	from, to := c.of[w.b.id()], c.of[w.a.id()]
	if w.same == (from == to) {
		return
	}
	if w.same {
		c.move(from, to, func(ref) bool { return true })
		return
	}
	leader := w.b.state().leader
	copies := leader != w.a.state().leader
	c.stories = append(c.stories, nil)
	c.move(from, len(c.stories)-1, func(r ref) bool { return r == w.b || copies && r.state().leader == leader })
}

func (c *correction) move(from, to int, which func(ref) bool) {
	var rest []ref
	for _, r := range c.stories[from] {
		if !which(r) {
			rest = append(rest, r)
			continue
		}
		c.stories[to] = append(c.stories[to], r)
		c.of[r.id()] = to
	}
	c.stories[from] = rest
}

// nameStory gives a story the id that most of its articles have, if the
// article of that id is in it.
func (t *teller) nameStory(list []ref, out feeds.Relations) {
	if len(list) == 0 { // the reader's words took all out of it
		return
	}
	ids, in := make([]uint64, len(list)), map[uint64]bool{}
	for i, m := range list {
		if i%lookedMost == lookedMost-1 { // in their order they lie all over the index
			t.view.Leave()
		}
		ids[i] = m.id()
		in[ids[i]] = true
	}
	count := map[uint64]int{}
	for _, m := range list {
		if s := m.state().story; in[s] {
			count[s]++
		}
	}
	var name uint64
	for s, n := range count {
		if c := cmp.Compare(n, count[name]); name == 0 || c > 0 || c == 0 && s < name {
			name = s
		}
	}
	if name == 0 {
		name = slices.Min(ids)
	}
	for i, m := range list {
		st := m.state()
		if st.story != name || m.leaf.untold(m.i) {
			st.story = name
			m.leaf.dirty = true
			out.Story[feeds.ArticleID(ids[i])] = feeds.StoryID(name)
		}
	}
}

func (t *teller) nameCopies(out feeds.Relations) {
	groups := map[uint64][]ref{}
	for f := range t.changed {
		for _, m := range t.members[f] {
			if l := m.state().leader; t.copies[l] {
				groups[l] = append(groups[l], m)
			}
		}
	}
	for _, g := range groups {
		for _, r := range g {
			others := make([]feeds.ArticleID, 0, len(g)-1)
			for _, o := range g {
				if o != r {
					others = append(others, feeds.ArticleID(o.id()))
				}
			}
			if len(others) > 0 || !r.leaf.untold(r.i) || t.gone[r.id()] {
				out.Copies[feeds.ArticleID(r.id())] = others
			}
		}
	}
}
