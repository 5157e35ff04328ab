package related

// pile holds lists that are put on it, never taken out one by one, in pages: it
// grows without being copied, and a page whose lists nobody wants is used again.
type pile struct {
	pages [][]uint32 // nil of those that were taken away
	free  [][]uint32
	gone  int // pages that were taken away, the first
}

// page is how much lies together: the largest list, of an article, many times.
const page = 1 << 14

// span is where a list lies in a pile.
type span struct{ from, to uint32 }

// move puts a span that lay after a place after another.
func (s *span) move(from, to uint32) { s.from, s.to = s.from-from+to, s.to-from+to }

func (p *pile) of(s span) []uint32 {
	return p.pages[s.from/page][s.from%page:][:s.to-s.from]
}

// put puts a list on the pile. It must not be longer than a page.
func (p *pile) put(list []uint32) span {
	last := len(p.pages) - 1
	if last < p.gone || len(p.pages[last])+len(list) > page {
		p.pages = append(p.pages, p.blank())
		last++
	}
	from := uint32(last*page + len(p.pages[last]))
	p.pages[last] = append(p.pages[last], list...)
	return span{from, from + uint32(len(list))}
}

func (p *pile) blank() []uint32 {
	if k := len(p.free) - 1; k >= 0 {
		b := p.free[k]
		p.free = p.free[:k]
		return b[:0]
	}
	return make([]uint32, 0, page)
}

// drop takes away what lies below a list: nobody asks for that any more.
func (p *pile) drop(s span) {
	for ; p.gone < int(s.from/page); p.gone++ {
		p.free = append(p.free, p.pages[p.gone])
		p.pages[p.gone] = nil
	}
}

// empty takes all away.
func (p *pile) empty() {
	p.free = append(p.free, p.pages[p.gone:]...)
	p.pages, p.gone = p.pages[:0], 0
}
