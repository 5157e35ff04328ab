package related

// parts are the lists of a slot on their way to a pile.
type parts struct{ names, hashes, terms, all []uint32 }

// read gathers a slot's terms, by their numbers, those that are names and
// numbers once more, and no hashes.
func (p *parts) read(x *slot, number func(index int) uint32) {
	seg := &x.leaf.seg
	p.names, p.hashes, p.terms, x.square = p.names[:0], p.hashes[:0], p.terms[:0], 0
	for t := seg.termsOf(x.i); t.next(); {
		w := t.weight()
		v := number(t.index)<<8 | uint32(w)
		p.terms = append(p.terms, v)
		if t.raw&termCapital != 0 || seg.termID(t.index)&1 == 1 {
			p.names = append(p.names, v)
			x.square += uint32(w) * uint32(w)
		}
	}
}

// put puts them on a pile and tells the slot where they are.
func (p *parts) put(x *slot, on *pile) {
	p.all = append(append(append(p.all[:0], p.names...), p.hashes...), p.terms...)
	all := on.put(p.all)
	x.name = span{all.from, all.from + uint32(len(p.names))}
	x.hash = span{x.name.to, x.name.to + uint32(len(p.hashes))}
	x.vector = span{x.hash.to, all.to}
}
