package related

import "slices"

// period is a time from one second to another.
type period struct{ from, to uint32 }

// ahead is how many seconds further than an article needs is looked, as the next
// ones need that.
const ahead = 86400

// ensure loads the stories of the articles near a place.
func (t *teller) ensure(p place) error {
	span := uint32(storySpan * 86400)
	from, to := p.when-min(p.when, span), p.when+span
	if t.near.from <= from && to <= t.near.to {
		return nil
	}
	to += ahead
	leaves, err := t.between(from, to)
	if err != nil {
		return err
	}
	t.near = period{from, to}
	for _, l := range leaves {
		if t.loaded[l] {
			continue
		}
		t.loaded[l] = true
		t.load(l)
		for i := range l.states {
			if f, r := l.states[i].founder, (ref{l, i}); !t.coming(r) {
				t.insertMember(f, r)
				delete(t.ends, f)
			}
		}
		t.view.Leave()
	}
	return nil
}

// coming reports whether an article waits to be decided that was in no story
// before. Until then it has none here, not even its own: a hundred thousand of one
// article take more than the few that they become.
func (t *teller) coming(r ref) bool {
	s, id := r.state(), r.id()
	return r.leaf.waits(r.i) && s.open&unnamed != 0 && s.founder == id && !t.gone[id]
}

func compareRefs(a, b ref) int {
	switch {
	case earlier(a, b):
		return -1
	case earlier(b, a):
		return 1
	}
	return 0
}

func (t *teller) insertMember(f uint64, r ref) {
	list := t.members[f]
	if n := len(list); n == 0 || earlier(list[n-1], r) { // as mostly, and to see that two places are looked at
		t.members[f] = append(list, r)
	} else if i, ok := slices.BinarySearchFunc(list, r, compareRefs); !ok {
		t.members[f] = slices.Insert(list, i, r)
	}
}

func (t *teller) remove(f uint64, r ref) {
	list := t.members[f]
	i, ok := slices.BinarySearchFunc(list, r, compareRefs)
	switch {
	case ok && len(list) == 1:
		delete(t.members, f)
	case ok:
		t.members[f] = slices.Delete(list, i, i+1)
	}
}

// core is the story's first articles that are no copies, in canonical order:
// what later ones are compared with. That it is bounded is what keeps a story
// of hundreds cheap to add to.
func (t *teller) core(founder uint64) []ref {
	core := make([]ref, 0, storyCore)
	for _, m := range t.members[founder] {
		if m.state().leader == m.id() {
			if core = append(core, m); len(core) == storyCore {
				break
			}
		}
	}
	return core
}

// beyond reports whether an article is one of a story that later ones are not
// compared with: a copy, or none of the first.
func (t *teller) beyond(r ref) bool {
	s := r.state()
	if s.leader != r.id() {
		return true
	}
	list := t.members[s.founder]
	if len(list) <= storyCore {
		return false
	}
	last, ok := t.ends[s.founder]
	if !ok {
		last = list[len(list)-1]
		if core := t.core(s.founder); len(core) == storyCore {
			last = core[storyCore-1]
		}
		t.ends[s.founder] = last
	}
	return earlier(last, r)
}

func (t *teller) cores(a, b uint64) [2][]ref { return [2][]ref{t.core(a), t.core(b)} }
