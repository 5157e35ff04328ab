package related

// pile holds lists that are put on it, never taken out one by one, in pages: it
// grows without being copied, and a page whose lists nobody wants is used again.
type pile[T uint16 | uint32] struct {
	pages [][]T // nil of those that were taken away
	free  [][]T
	gone  int // pages that were taken away, the first
}

// page is how much lies together: the largest list, of an article, many times.
const page = 1 << 14

// of returns the list of so many that was put at a place.
func (p *pile[T]) of(at uint32, n int) []T {
	return p.pages[at/page][at%page:][:n]
}

// put puts a list on the pile and returns where it is. It must not be longer than a
// page.
func (p *pile[T]) put(list []T) (at uint32) {
	last := len(p.pages) - 1
	if last < p.gone || len(p.pages[last])+len(list) > page {
		p.pages = append(p.pages, p.blank())
		last++
	}
	at = uint32(last*page + len(p.pages[last]))
	p.pages[last] = append(p.pages[last], list...)
	return at
}

func (p *pile[T]) blank() []T {
	if k := len(p.free) - 1; k >= 0 {
		b := p.free[k]
		p.free = p.free[:k]
		return b[:0]
	}
	return make([]T, 0, page)
}

// drop takes away what lies below a list: nobody asks for that any more.
func (p *pile[T]) drop(at uint32) {
	for ; p.gone < int(at/page); p.gone++ {
		p.free = append(p.free, p.pages[p.gone])
		p.pages[p.gone] = nil
	}
}

// empty takes all away.
func (p *pile[T]) empty() {
	p.free = append(p.free, p.pages[p.gone:]...)
	p.pages, p.gone = p.pages[:0], 0
}
