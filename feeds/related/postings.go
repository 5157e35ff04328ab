package related

// postings are the slots and weights of many terms, 8 bits of weight, those of a
// term in the order of the slots and side by side. All lie in one piece of
// memory, in rooms of powers of two, so that the collector has nothing to follow
// and what is forgotten makes room for what comes.
type postings struct {
	terms []posted
	room  []uint32
	free  [32][]uint32 // rooms that were given back, by the power
}

// posted is where a term's postings lie, and how many they are.
type posted struct {
	room, n uint32
	power   uint8 // of its size; 0 is no room
}

func (p *postings) reset() {
	p.terms, p.room = p.terms[:0], p.room[:0]
	for i := range p.free {
		p.free[i] = p.free[i][:0]
	}
}

func (p *postings) of(term uint32) []uint32 {
	t := &p.terms[term]
	return p.room[t.room:][:t.n]
}

// from returns a term's postings from a slot on.
func (p *postings) from(term, slot uint32) []uint32 {
	list := p.of(term)
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
func (p *postings) add(term, slot uint32, weight uint8) {
	t := &p.terms[term]
	if t.power == 0 || t.n == 1<<t.power {
		list := p.of(term)
		p.giveBack(t)
		t.power++
		t.room = p.take(t.power)
		copy(p.room[t.room:], list)
	}
	p.room[t.room+t.n] = slot<<8 | uint32(weight)
	t.n++
}

func (p *postings) giveBack(t *posted) {
	if t.power > 0 {
		p.free[t.power] = append(p.free[t.power], t.room)
	}
}

func (p *postings) take(power uint8) uint32 {
	if k := len(p.free[power]) - 1; k >= 0 {
		room := p.free[power][k]
		p.free[power] = p.free[power][:k]
		return room
	}
	p.room = append(p.room, make([]uint32, 1<<power)...)
	return uint32(len(p.room) - 1<<power)
}

// forget drops so many slots, the first, and renames the others to so many less.
func (p *postings) forget(slots uint32) {
	for i := range p.terms {
		t, left := &p.terms[i], p.from(uint32(i), slots)
		to := p.of(uint32(i))
		for k, x := range left {
			to[k] = x - slots<<8
		}
		if t.n = uint32(len(left)); t.n == 0 {
			p.giveBack(t)
			*t = posted{}
		}
	}
}
