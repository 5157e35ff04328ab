package related

// pairs compares any two of some articles, whose terms it holds side by side.
// It owns its buffers.
type pairs struct {
	times   times
	leave   func() // called when many were looked at, here and there in the index
	looked  int    // how many that are by now
	list    []ref
	heads   []head
	vectors []uint32 // numbers and weights of terms, 8 bits of weight
	ends    []int    // of each article's in vectors
	numbers numbers  // of terms
	weight  []uint8  // by term, of the article that others are compared with
}

// lookedMost is how many that is: the system maps some pages at once, so it may be
// megabytes.
const lookedMost = 10

// look notes that so many are looked at.
func (p *pairs) look(n int) {
	if p.looked += n; p.looked >= lookedMost {
		p.looked = 0
		p.leave()
	}
}

// hold takes other articles in the place of those it had.
func (p *pairs) hold(list []ref) {
	p.list, p.heads, p.vectors, p.ends = list, p.heads[:0], p.vectors[:0], p.ends[:0]
	p.numbers.reset()
	for _, r := range list {
		p.look(1)
		seg := &r.leaf.seg
		for t := seg.termsOf(r.i); t.next(); {
			w := t.weight()
			p.vectors = append(p.vectors, uint32(p.numbers.number(seg.termID(t.index)))<<8|uint32(w))
		}
		p.heads = append(p.heads, seg.head(r.i))
		p.ends = append(p.ends, len(p.vectors))
	}
	if n := len(p.numbers.ids); len(p.weight) < n {
		p.weight = make([]uint8, n+1024)
	}
}

func (p *pairs) vector(i int) []uint32 {
	from := 0
	if i > 0 {
		from = p.ends[i-1]
	}
	return p.vectors[from:p.ends[i]]
}

// links returns the links of the i-th article to the first of them, those before
// another; 0 where there is none.
func (p *pairs) links(i, before int) []float64 {
	out := make([]float64, before)
	asked := p.vector(i)
	for _, t := range asked {
		p.weight[t>>8] = uint8(t)
	}
	q := p.heads[i].linkQuery(p.times)
	for k := range out {
		x, other := &p.heads[k], p.vector(k)
		most := q.most(x)
		if len(asked) <= linkBare || len(other) <= linkBare {
			most = maxProduct
		}
		var held uint32
		for _, t := range other {
			held += min(uint32(p.weight[t>>8])*(t&0xff), most)
		}
		if sim := q.cosine(x, float64(held)) * q.factor(x); sim >= linkMin && !column(p.list[i], p.list[k]) {
			out[k] = sim
		}
	}
	for _, t := range asked {
		p.weight[t>>8] = 0
	}
	return out
}

// maxProduct is as much as one term can make of a product.
const maxProduct = 255 * 255
