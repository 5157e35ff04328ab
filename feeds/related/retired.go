package related

// A retired slot is asked for its text alone, and hardly ever has the one asked for. So
// nothing of it is held but its postings and its sketch, and its terms are read from its
// segment again when the sketch has enough in common: where news is all alike, many slots
// are retired.

// To pack lists takes as long as to decode them. So where few articles are decided,
// in so many stretches, it is left until so many pages are held, 4 MB. Where many
// are, that memory is wanted elsewhere.
const (
	fewStretches = 4
	plainPages   = 64
)

// thinSome thins if that is worth it.
func (c *crowd) thinSome(stretches int) {
	if stretches > fewStretches || len(c.fresh.pages) > plainPages {
		c.thin()
	}
}

// thin packs what the slots hold that have their stories, of the retired ones only the
// sketch.
func (c *crowd) thin() {
	for ; c.thinned < len(c.slots); c.thinned++ {
		x := &c.slots[c.thinned]
		l := x.plain(&c.fresh)
		if !x.core {
			l.terms, l.names = nil, nil
		}
		c.parts.pack(x, l, &c.data)
	}
	c.fresh.empty()
}

// recall gathers what a retired slot is compared by, of which the sketch is at hand,
// unless it has too little wording in common with the article that is asked about: then
// it says no.
func (m *match) recall(x *slot, l *lists) bool {
	if m.contained(x, l) < copyContain {
		return false
	}
	numbers := m.leaves[x.leaf].numbers
	m.parts.read(m.ref(x), func(index int) uint32 { return numbers[index] - 1 })
	l.terms, l.names, l.named, l.others = m.parts.terms, m.parts.names, nil, nil
	return true
}
