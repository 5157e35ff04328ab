package related

// A retired slot is asked for its text alone, and hardly ever: few have their
// wording in common with the asked article. So nothing of it is held but the slot
// and its postings, and the rest is read from its segment again when it is asked
// for: where news is all alike, most slots are retired.

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

// thin gives back what the retired slots hold, of those that have their stories,
// and packs what the others do.
func (c *crowd) thin() {
	for ; c.thinned < len(c.slots); c.thinned++ {
		if x := &c.slots[c.thinned]; x.core {
			c.parts.pack(x, x.plain(&c.fresh), &c.data)
		}
	}
	c.fresh.empty()
}

// recall gathers what a retired slot was compared by, unless it has too little of
// its wording in common with the article that is asked about: then it says no.
func (m *match) recall(x *slot) bool {
	r, p := m.ref(x), &m.parts
	if x.grams == 0 {
		return false
	}
	p.hashes = readSketch(r.leaf.seg.sketch(r.i), p.hashes[:0])
	if m.contained(x, &p.lists) < copyContain {
		return false
	}
	hashes, numbers := p.hashes, m.leaves[x.leaf].numbers
	p.read(r, func(index int) uint32 { return numbers[index] - 1 })
	p.hashes = hashes
	return true
}
