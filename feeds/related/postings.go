package related

// postings are the slots that many terms are posted under, by a term's number.
type postings []posted

// posted are the slots of one term, in order, with its weight in each.
type posted struct {
	base, last uint32
	steps      steps // from base on
}

// add posts a slot after all others, of which those before first are not wanted any
// more.
func (p *posted) add(slot uint32, weight uint8, first uint32) {
	if p.leave(first); len(p.steps) == 0 {
		p.base, p.last = slot, slot
	}
	p.steps = p.steps.add(slot-p.last, weight)
	p.last = slot
}

// leave forgets the slots before one.
func (p *posted) leave(first uint32) {
	if p.base >= first {
		return
	}
	at := p.base
	for i, x := range p.steps {
		if uint8(x) == 0 {
			at += uint32(x)
		} else if at += uint32(x >> 8); at >= first {
			p.base, p.steps = at, p.steps[i:]
			p.steps[0] = uint16(uint8(x))
			return
		}
	}
	p.steps = p.steps[:0]
}

// forget drops so many slots, the first, and renames the others to so many less.
func (p postings) forget(slots uint32) {
	for i := range p {
		if p[i].leave(slots); len(p[i].steps) == 0 {
			p[i].steps = nil
		}
		p[i].base, p[i].last = p[i].base-slots, p[i].last-slots
	}
}
