package related

import (
	"encoding/binary"
	"slices"
)

// poster gathers postings in the order of the articles and writes them in the
// order of the terms.
type poster struct {
	list, sorted []posting
	count, next  []uint32 // per term
}

type posting struct {
	term, doc uint32
	w         uint8
}

func (p *poster) reset(terms int) {
	p.list = p.list[:0]
	p.count = slices.Grow(p.count[:0], terms)[:terms]
	clear(p.count)
}

// add posts an article under its heaviest terms.
func (p *poster) add(doc int, terms []indexed) {
	least := leastPosted(terms)
	for _, t := range terms {
		if t.w >= least {
			p.list = append(p.list, posting{t.index, uint32(doc), t.w})
			p.count[t.index]++
		}
	}
}

// encode appends where each term's postings begin and end, and the postings.
func (p *poster) encode(bounds, postings []byte) (_, _ []byte) {
	p.next = p.next[:0]
	at := uint32(0)
	for _, n := range p.count {
		p.next = append(p.next, at)
		at += n
	}
	p.sorted = slices.Grow(p.sorted[:0], len(p.list))[:len(p.list)]
	for _, x := range p.list {
		p.sorted[p.next[x.term]] = x
		p.next[x.term]++
	}
	rest := p.sorted
	for _, n := range p.count {
		bounds = appendBound(bounds, len(postings))
		last := -1
		for _, x := range rest[:n] {
			postings = append(binary.AppendUvarint(postings, uint64(int(x.doc)-last)), x.w)
			last = int(x.doc)
		}
		rest = rest[n:]
	}
	return appendBound(bounds, len(postings)), postings
}

func appendBound(b []byte, at int) []byte { return append(b, byte(at), byte(at>>8), byte(at>>16)) }

// leastPosted is the weight that a term must have to be posted: that of the
// postTerms-th heaviest, and more than nothing.
func leastPosted(terms []indexed) uint8 {
	if len(terms) <= postTerms {
		return 1
	}
	var count [256]int
	for _, t := range terms {
		count[t.w]++
	}
	n := 0
	for w := 255; w > 0; w-- {
		n += count[w]
		if n >= postTerms {
			return uint8(w)
		}
	}
	return 1
}
