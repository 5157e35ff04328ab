package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

// A termIndex gathers which articles hold which terms. Indexing is the most
// work of a save, so it is kept to one probe of a small table for a word:
// terms lie in one buffer, postings are appended as they come, and both are
// sorted at the end.
type termIndex struct {
	table    []uint32 // open addressing: number of a term + 1, 0 for empty
	terms    []termEntry
	bytes    []byte // of all terms
	postings []posting
}

type termEntry struct {
	hash  uint64
	at    uint32 // in bytes
	size  uint32
	last  uint32 // the last article that holds it
	count uint32 // articles that hold it
}

type posting struct{ term, doc uint32 }

func newTermIndex(docs int) *termIndex {
	return &termIndex{table: make([]uint32, 1<<bits.Len(uint(16*docs+1024)))}
}

// hashTerm need only spread words over a table: it multiplies and turns, eight
// bytes at a time.
func hashTerm(term []byte) uint64 {
	const prime = 0x9E3779B97F4A7C15
	h := uint64(len(term)) * prime
	for len(term) >= 8 {
		h = bits.RotateLeft64((h^binary.LittleEndian.Uint64(term))*prime, 29)
		term = term[8:]
	}
	var last uint64
	for i, c := range term {
		last |= uint64(c) << (8 * i)
	}
	h = (h ^ last) * prime
	return h ^ h>>32
}

func (x *termIndex) term(e *termEntry) []byte { return x.bytes[e.at : e.at+e.size] }

// add notes that the article doc holds term; articles must come in order.
func (x *termIndex) add(term []byte, doc uint32) {
	h := hashTerm(term)
	mask := uint64(len(x.table) - 1)
	slot := h & mask
	for ; x.table[slot] != 0; slot = (slot + 1) & mask {
		n := x.table[slot] - 1
		e := &x.terms[n]
		if e.hash != h || !bytes.Equal(x.term(e), term) {
			continue
		}
		if e.last != doc {
			e.last = doc
			e.count++
			x.postings = append(x.postings, posting{n, doc})
		}
		return
	}
	n := uint32(len(x.terms))
	x.table[slot] = n + 1
	x.terms = append(x.terms, termEntry{hash: h, at: uint32(len(x.bytes)), size: uint32(len(term)), last: doc, count: 1})
	x.bytes = append(x.bytes, term...)
	x.postings = append(x.postings, posting{n, doc})
	if len(x.terms) > len(x.table)/2 {
		x.grow()
	}
}

func (x *termIndex) grow() {
	x.table = make([]uint32, 2*len(x.table))
	mask := uint64(len(x.table) - 1)
	for n := range x.terms {
		slot := x.terms[n].hash & mask
		for x.table[slot] != 0 {
			slot = (slot + 1) & mask
		}
		x.table[slot] = uint32(n) + 1
	}
}

// sorted gives the numbers of the terms in the order of the terms.
func (x *termIndex) sorted() []uint32 {
	// The first eight bytes as a number decide most comparisons.
	type key struct {
		head   uint64
		number uint32
	}
	keys := make([]key, len(x.terms))
	for i := range x.terms {
		var head [8]byte
		copy(head[:], x.term(&x.terms[i]))
		keys[i] = key{binary.BigEndian.Uint64(head[:]), uint32(i)}
	}
	slices.SortFunc(keys, func(a, b key) int {
		if a.head != b.head {
			return cmp.Compare(a.head, b.head)
		}
		return bytes.Compare(x.term(&x.terms[a.number]), x.term(&x.terms[b.number]))
	})
	numbers := make([]uint32, len(keys))
	for i := range keys {
		numbers[i] = keys[i].number
	}
	return numbers
}

// encode writes the dictionary of count articles.
func (x *termIndex) encode(count int) []byte {
	// The postings are brought into the order of their terms by counting; those
	// of one term stay in the order of the articles.
	begin := make([]uint32, len(x.terms)+1)
	for i := range x.terms {
		begin[i+1] = begin[i] + x.terms[i].count
	}
	docs := make([]uint32, len(x.postings))
	next := slices.Clone(begin)
	for _, p := range x.postings {
		docs[next[p.term]] = p.doc
		next[p.term]++
	}
	w := dictWriter{data: make([]byte, 0, len(x.bytes)+2*len(x.postings))}
	for _, n := range x.sorted() {
		w.add(x.term(&x.terms[n]), docs[begin[n]:begin[n+1]], count)
	}
	return w.finish()
}

// An indexedDoc is what the full-text index reads of an article.
type indexedDoc struct {
	at          place
	title, text string
}

func buildSegment(docs []indexedDoc) *segmentParts {
	slices.SortFunc(docs, func(a, b indexedDoc) int { return b.at.compare(a.at) })
	places := make([]place, len(docs))
	title, text := newTermIndex(len(docs)/8), newTermIndex(len(docs))
	var words tokenizer
	doc := uint32(0)
	ofTitle := func(term []byte, _ termKind) {
		title.add(term, doc)
		text.add(term, doc)
	}
	ofText := func(term []byte, _ termKind) { text.add(term, doc) }
	for i := range docs {
		doc = uint32(i)
		places[i] = docs[i].at
		words.eachTerm(docs[i].title, ofTitle)
		words.eachTerm(docs[i].text, ofText)
	}
	return &segmentParts{docs: encodeDocs(places), title: title.encode(len(docs)), text: text.encode(len(docs))}
}
