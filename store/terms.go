package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
	"sync"
)

// A termIndex gathers which articles hold which terms. Indexing is the most
// work of a save, so it is kept to one probe of a small table for a word:
// terms lie in one buffer, postings are appended as they come, and both are
// sorted at the end.
type termIndex struct {
	table    []termSlot // open addressing
	terms    []termEntry
	bytes    []byte   // of all terms
	postings []uint32 // the terms of one article after the other
	articles []int    // where in postings those of each begin
	docs     []uint32 // room that encode takes
	dict     []byte
}

// A termSlot names a term by its number + 1, 0 for none.
type termSlot struct{ hash, number uint32 }

type termEntry struct {
	head  uint64 // see headOf
	at    uint32 // in bytes
	size  uint32
	last  uint32 // how many articles there were with the last that holds it
	count uint32 // articles that hold it
}

// reset makes the index ready for so many articles.
func (x *termIndex) reset(docs int) {
	if size := 1 << bits.Len(uint(16*docs+1024)); size <= len(x.table) && len(x.table) <= 4*size {
		clear(x.table)
	} else {
		x.table = make([]termSlot, size)
	}
	const perArticle = 256 // different terms, commonly
	x.postings = slices.Grow(x.postings[:0], perArticle*docs)
	x.terms, x.bytes, x.articles = x.terms[:0], x.bytes[:0], x.articles[:0]
}

// next begins another article.
func (x *termIndex) next() { x.articles = append(x.articles, len(x.postings)) }

const headWidth = 8

// headOf gives the beginning of a term as a number that sorts as the term does,
// which tells most terms apart.
func headOf(term []byte) uint64 {
	switch {
	case len(term) >= headWidth:
		return binary.BigEndian.Uint64(term)
	case cap(term) >= headWidth:
		return binary.BigEndian.Uint64(term[:headWidth]) &^ (1<<(8*(headWidth-len(term))) - 1)
	}
	var head [headWidth]byte
	copy(head[:], term)
	return binary.BigEndian.Uint64(head[:])
}

// hashTerm need only spread words over a table: it multiplies and turns, eight
// bytes at a time.
func hashTerm(head uint64, term []byte) uint32 {
	const prime = 0x9E3779B97F4A7C15
	h := (head ^ uint64(len(term))) * prime
	if n := len(term); n > headWidth {
		for rest := term[headWidth:]; len(rest) > headWidth; rest = rest[headWidth:] {
			h = bits.RotateLeft64(h^binary.LittleEndian.Uint64(rest), 29) * prime
		}
		h = bits.RotateLeft64(h^binary.LittleEndian.Uint64(term[n-headWidth:]), 29) * prime
	}
	return uint32(h >> 32)
}

func (x *termIndex) term(e *termEntry) []byte { return x.bytes[e.at : e.at+e.size] }

// add notes that the article begun last holds term.
func (x *termIndex) add(term []byte) {
	article := uint32(len(x.articles))
	head := headOf(term)
	hash := hashTerm(head, term)
	mask := uint32(len(x.table) - 1)
	slot := hash & mask
	for ; x.table[slot].number != 0; slot = (slot + 1) & mask {
		if x.table[slot].hash != hash {
			continue
		}
		n := x.table[slot].number - 1
		e := &x.terms[n]
		if e.head != head || int(e.size) != len(term) || len(term) > headWidth && !bytes.Equal(x.term(e), term) {
			continue
		}
		// Whether a word was in the article already nobody can foretell, so there is
		// no branch for it: what is put and not counted is written over.
		more := 0
		if e.last != article {
			more = 1
		}
		e.last = article
		e.count += uint32(more)
		x.postings = append(x.postings, n)[:len(x.postings)+more]
		return
	}
	n := uint32(len(x.terms))
	x.table[slot] = termSlot{hash, n + 1}
	x.terms = append(x.terms, termEntry{head: head, at: uint32(len(x.bytes)), size: uint32(len(term)), last: article, count: 1})
	x.bytes = append(x.bytes, term...)
	x.postings = append(x.postings, n)
	if len(x.terms) > len(x.table)/2 {
		x.grow()
	}
}

func (x *termIndex) grow() {
	old := x.table
	x.table = make([]termSlot, 2*len(old))
	mask := uint32(len(x.table) - 1)
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		slot := s.hash & mask
		for x.table[slot].number != 0 {
			slot = (slot + 1) & mask
		}
		x.table[slot] = s
	}
}

// sorted gives the numbers of the terms in the order of the terms.
func (x *termIndex) sorted() []uint32 {
	type key struct {
		head   uint64
		number uint32
	}
	keys := make([]key, len(x.terms))
	for i := range x.terms {
		keys[i] = key{x.terms[i].head, uint32(i)}
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

// encode writes the dictionary.
func (x *termIndex) encode() []byte {
	// The postings are brought into the order of their terms by counting; those
	// of one term stay in the order of the articles.
	begin := make([]uint32, len(x.terms)+1)
	for i := range x.terms {
		begin[i+1] = begin[i] + x.terms[i].count
	}
	x.docs = slices.Grow(x.docs[:0], len(x.postings))[:len(x.postings)]
	next := slices.Clone(begin)
	for doc, from := range x.articles {
		to := len(x.postings)
		if doc+1 < len(x.articles) {
			to = x.articles[doc+1]
		}
		for _, n := range x.postings[from:to] {
			x.docs[next[n]] = uint32(doc)
			next[n]++
		}
	}
	w := dictWriter{data: x.dict[:0]}
	for _, n := range x.sorted() {
		w.add(x.term(&x.terms[n]), x.docs[begin[n]:begin[n+1]], len(x.articles))
	}
	x.dict = w.data
	return w.finish()
}

// An indexedDoc is what the full-text index reads of an article.
type indexedDoc struct {
	at          place
	title, text string
}

// Indexing takes megabytes, which the next save finds here.
var indexPairs = sync.Pool{New: func() any { return new(indexPair) }}

type indexPair struct{ title, text termIndex }

func buildSegment(docs []indexedDoc) *segmentParts {
	slices.SortFunc(docs, func(a, b indexedDoc) int { return b.at.compare(a.at) })
	places := make([]place, len(docs))
	indexes := indexPairs.Get().(*indexPair)
	defer indexPairs.Put(indexes)
	title, text := &indexes.title, &indexes.text
	title.reset(len(docs) / 8)
	text.reset(len(docs))
	var words tokenizer
	ofTitle := func(term []byte, _ termKind) {
		title.add(term)
		text.add(term)
	}
	ofText := func(term []byte, _ termKind) { text.add(term) }
	for i := range docs {
		places[i] = docs[i].at
		title.next()
		text.next()
		words.eachTerm(docs[i].title, ofTitle)
		words.eachTerm(docs[i].text, ofText)
	}
	return &segmentParts{docs: encodeDocs(places), title: title.encode(), text: text.encode()}
}
