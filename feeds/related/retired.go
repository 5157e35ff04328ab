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

// recall makes c.slot, on c.again, what a retired slot was, unless it has too little
// of its wording in common with any of the articles it was gathered for; it returns
// those that may be its copies.
func (c *comparer) recall(retired *slot, list []pair) []pair {
	c.slot = *retired
	x, in := &c.slot, &c.again
	in.empty()
	c.parts.hashes = c.parts.hashes[:0]
	left := list[:0]
	for _, p := range list {
		if p.faint() || x.grams == 0 {
			continue
		}
		if len(c.parts.hashes) == 0 {
			c.parts.hashes = readSketch(x.leaf.seg.sketch(x.i), c.parts.hashes)
		}
		if c.contained(&c.asks[p.asked()], x, c.parts.hashes) >= copyContain {
			left = append(left, p)
		}
	}
	if len(left) == 0 {
		return nil
	}
	hashes := c.parts.hashes
	numbers := c.leaves[x.leaf]
	c.parts.read(x, func(index int) uint32 { return numbers[index] - 1 })
	c.parts.hashes = hashes
	c.parts.put(x, in)
	return left
}
