package related

// A retired slot is asked for its text alone, and hardly ever: few have their
// wording in common with the asked article. So nothing of it is held but the slot
// and its postings, and the rest is read from its segment again when it is asked
// for: where news is all alike, most slots are retired.

// thin gives back what the retired slots hold, of those that have their stories.
func (c *crowd) thin() {
	if c.thinned == len(c.slots) {
		return
	}
	x := &c.slots[c.thinned]
	vector, name, hash := x.vector.from, x.name.from, x.hash.from
	for ; c.thinned < len(c.slots); c.thinned++ {
		x := &c.slots[c.thinned]
		x.vector = squeeze(c.vectors, vector, x.vector, x.core)
		x.name = squeeze(c.names, name, x.name, x.core)
		x.hash = squeeze(c.hashes, hash, x.hash, x.core)
		vector, name, hash = x.vector.to, x.name.to, x.hash.to
	}
	c.vectors, c.names, c.hashes = c.vectors[:vector], c.names[:name], c.hashes[:hash]
}

// squeeze moves a part of a list down to a place, if it is to be kept.
func squeeze(list []uint32, to uint32, part span, keep bool) span {
	if !keep {
		return span{to, to}
	}
	return span{to, to + uint32(copy(list[to:], part.of(list)))}
}

// put appends a slot's terms, by their numbers.
func (l *lists) put(x *slot, number func(index int) uint32) {
	seg := &x.leaf.seg
	x.vector.from, x.name.from, x.square = uint32(len(l.vectors)), uint32(len(l.names)), 0
	for t := seg.termsOf(x.i); t.next(); {
		w := t.weight()
		v := number(t.index)<<8 | uint32(w)
		l.vectors = append(l.vectors, v)
		if t.raw&termCapital != 0 || seg.termID(t.index)&1 == 1 {
			l.names = append(l.names, v)
			x.square += uint32(w) * uint32(w)
		}
	}
	x.vector.to, x.name.to = uint32(len(l.vectors)), uint32(len(l.names))
}

// known appends the terms of a slot that was taken in.
func (c *crowd) known(x *slot, l *lists) {
	numbers := c.leaves[x.leaf]
	l.vectors, l.names = l.vectors[:0], l.names[:0]
	l.put(x, func(index int) uint32 { return numbers[index] - 1 })
}

// vector is that of a slot, until the next call.
func (c *crowd) vector(n int) []uint32 {
	x := c.slots[n]
	if x.core || n >= c.thinned {
		return x.vector.of(c.vectors)
	}
	c.known(&x, &c.again)
	return c.again.vectors
}

// recall returns a retired slot as it was, with the lists it has a part of, until
// the next call; nil if too little of its wording is the asked article's for one
// to be a copy of the other.
func (c *comparer) recall(retired *slot) (*slot, *lists) {
	if retired.grams == 0 {
		return nil, nil
	}
	c.slot = *retired
	x, in := &c.slot, &c.again
	in.hashes = readSketch(x.leaf.seg.sketch(x.i), in.hashes[:0])
	x.hash = span{0, uint32(len(in.hashes))}
	if c.contained(x, in) < copyContain {
		return nil, nil
	}
	c.known(x, in)
	return x, in
}
