package related

import (
	"encoding/binary"
	"slices"
)

// poster gathers postings in the order of the articles and writes them in the
// order of the terms.
type poster struct {
	list        []posting
	sorted      []uint32 // articles and weights, 8 bits of weight, by term
	count, next []uint32 // per term
}

type posting struct {
	term uint32
	doc  uint32 // and weight, as in sorted
}

func (p *poster) reset(terms, articles int) {
	p.list = slices.Grow(p.list[:0], postTerms*articles)
	p.count = slices.Grow(p.count[:0], terms)[:terms]
	clear(p.count)
}

// add posts an article under its heaviest terms.
func (p *poster) add(doc int, terms []indexed) {
	least := leastPosted(terms)
	for _, t := range terms {
		if t.w >= least {
			p.list = append(p.list, posting{t.index, uint32(doc)<<8 | uint32(t.w)})
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
		p.sorted[p.next[x.term]] = x.doc
		p.next[x.term]++
	}
	rest := p.sorted
	for _, n := range p.count {
		bounds = appendBound(bounds, len(postings))
		last := -1
		for _, x := range rest[:n] {
			doc := int(x >> 8)
			postings = append(binary.AppendUvarint(postings, uint64(doc-last)), uint8(x))
			last = doc
		}
		rest = rest[n:]
	}
	return appendBound(bounds, len(postings)), postings
}

func appendBound(b []byte, at int) []byte { return append(b, byte(at), byte(at>>8), byte(at>>16)) }

// leastPosted is the weight that a term must have to be posted: that of the
// postTerms-th heaviest, and more than nothing.
func leastPosted(terms []indexed) uint8 {
	var h heaviness
	for _, t := range terms {
		h.add(t.w)
	}
	return max(1, h.least(postTerms))
}

// heaviness counts terms by their weight.
type heaviness struct {
	count [256]uint16
	all   int
}

func (h *heaviness) reset() { *h = heaviness{} }

func (h *heaviness) add(w uint8) {
	h.count[w]++
	h.all++
}

// least returns the weight of the n-th heaviest, 0 if there are no more.
func (h *heaviness) least(n int) uint8 {
	if h.all <= n {
		return 0
	}
	w := len(h.count)
	for sum := 0; sum < n; {
		w--
		sum += int(h.count[w])
	}
	return uint8(w)
}
