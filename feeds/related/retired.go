package related

// A retired slot is asked for its text alone, and hardly ever: few have their
// wording in common with the asked article. So nothing of it is held but the slot
// and its postings, and the rest is read from its segment again when it is asked
// for: where news is all alike, most slots are retired.

// thin gives back what the retired slots hold, of those that have their stories.
func (c *crowd) thin() {
	for ; c.thinned < len(c.slots); c.thinned++ {
		x := &c.slots[c.thinned]
		if !x.core {
			x.name, x.hash, x.vector = span{}, span{}, span{}
			continue
		}
		to := c.data.put(c.fresh.of(span{x.name.from, x.vector.to}))
		x.vector.move(x.name.from, to.from)
		x.hash.move(x.name.from, to.from)
		x.name.move(x.name.from, to.from)
	}
	c.fresh.empty()
}

// recall returns a retired slot as it was, with the pile it is on, until the
// next call; nil if too little of its wording is the asked article's for one to
// be a copy of the other.
func (c *comparer) recall(retired *slot) (*slot, *pile) {
	if retired.grams == 0 {
		return nil, nil
	}
	c.slot = *retired
	x, in := &c.slot, &c.again
	in.empty()
	c.parts.hashes = readSketch(x.leaf.seg.sketch(x.i), c.parts.hashes[:0])
	hash := in.put(c.parts.hashes)
	if x.hash = hash; c.contained(x, in) < copyContain {
		return nil, nil
	}
	numbers := c.leaves[x.leaf]
	c.parts.read(x, func(index int) uint32 { return numbers[index] - 1 })
	c.parts.put(x, in)
	x.hash = hash
	return x, in
}
