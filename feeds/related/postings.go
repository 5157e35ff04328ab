package related

// postings are the slots and weights of many terms, 8 bits of weight, those of a
// term in the order of the slots.
type postings [][]uint32

// from returns a term's postings from a slot on.
func (p postings) from(term, slot uint32) []uint32 {
	list := p[term]
	for len(list) > 0 && list[0]>>8 < slot {
		at := len(list) / 2
		for at > 0 && list[at]>>8 >= slot {
			at /= 2
		}
		list = list[at+1:]
	}
	return list
}

// add posts a slot under a term.
func (p postings) add(term, slot uint32, weight uint8) {
	p[term] = append(p[term], slot<<8|uint32(weight))
}

// forget drops so many slots, the first, and renames the others to so many less.
func (p postings) forget(slots uint32) {
	for i := range p {
		left, to := p.from(uint32(i), slots), p[i]
		for k, x := range left {
			to[k] = x - slots<<8
		}
		if p[i] = to[:len(left)]; len(left) == 0 {
			p[i] = nil
		}
	}
}
