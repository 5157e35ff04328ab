package related

import (
	"encoding/binary"
	"slices"
)

// Articles that wait to be put into the index, thousands of them, are held with
// their words packed: of each term the word it was seen as, from which its id
// follows, and how often; then the sketch as a segment has it. That takes a
// quarter of the memory, and nothing in it for the collector to follow.

// packer packs articles. It is not safe for concurrent use.
type packer struct {
	page   []byte // what is left of it
	sketch bitWriter
}

// packPage is how many bytes are taken at once.
const packPage = 64 << 10

// arrivals are what waits to be put into the index.
type arrivals struct {
	list     []*article
	lexicons []*lexicon // that have their words
	size     int        // of the articles, in bytes
}

// packedMost is how many bytes wait to be put into the index, about. To put few
// articles into it costs as much as to put many, so the more the better.
const packedMost = 20 << 20

// What an article takes beside its words, and what a lexicon does that is full, in
// bytes, about.
const (
	articleSize = 200
	lexiconSize = 96 * maxKnown
)

func (t *arrivals) add(list []*article) {
	for _, a := range list {
		t.size += articleSize + len(a.packed)
		if !slices.Contains(t.lexicons, a.lexicon) {
			t.lexicons = append(t.lexicons, a.lexicon)
		}
	}
	t.list = append(t.list, list...)
}

// enough reports whether it is time to put them there. As many lexicons as read at
// the same time are there anyway.
func (t *arrivals) enough() bool {
	return t.size+max(0, len(t.lexicons)-maxReaders)*lexiconSize >= packedMost
}

// pack packs the words of an article.
func (p *packer) pack(a *article) {
	p.sketch.b = p.sketch.b[:0]
	writeSketch(&p.sketch, a.sketch)
	most := binary.MaxVarintLen32 + len(a.terms)*(binary.MaxVarintLen32+1) + len(p.sketch.b)
	if cap(p.page)-len(p.page) < most {
		p.page = make([]byte, 0, max(packPage, most))
	}
	b := binary.AppendUvarint(p.page, uint64(len(a.terms)))
	for k, t := range a.terms {
		b = binary.AppendUvarint(b, uint64(a.surface[k]))
		b = append(b, t.raw)
	}
	b = append(b, p.sketch.b...)
	n := len(p.page)
	a.packed = b[n:len(b):len(b)]
	p.page = b
	a.terms, a.surface, a.sketch = nil, nil, nil
}

// eachWord calls fn with the words of an article that is packed, in the order of
// their terms' ids, and returns its sketch. The terms have no weights.
func (a *article) eachWord(fn func(word uint32, t term)) (sketch []byte) {
	n, size := binary.Uvarint(a.packed)
	b := a.packed[size:]
	for range n {
		word, size := uint64(b[0]), 1
		if word >= 0x80 {
			word, size = binary.Uvarint(b)
		}
		fn(uint32(word), term{id: a.lexicon.known(uint32(word), a.lang), raw: b[size]})
		b = b[size+1:]
	}
	return b
}
