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
	for at := p.base; len(p.steps) > 0; p.steps = p.steps[1:] {
		switch x := p.steps[0]; {
		case uint8(x) == 0:
			at += uint32(x)
		case at+uint32(x>>8) < first:
			at += uint32(x >> 8)
		default:
			p.base = at + uint32(x>>8)
			p.steps[0] = uint16(uint8(x))
			return
		}
	}
	p.steps = nil
}

// forget drops so many slots, the first, and renames the others to so many less.
func (p postings) forget(slots uint32) {
	for i := range p {
		p[i].leave(slots)
		p[i].base, p[i].last = p[i].base-slots, p[i].last-slots
	}
}
