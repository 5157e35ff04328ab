package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
	"sync"
	"unicode/utf8"

	"broadsheet/feeds"
)

// A termIndex gathers which articles hold which terms. Indexing is the most
// work of a save, so it is kept to one look at one place of a small table for a
// word: terms lie in one buffer, postings are appended as they come, and both are
// sorted at the end.
type termIndex struct {
	table    []termSlot // open addressing, half full at most
	shift    int        // of a hash, to a place in table
	terms    []termEntry
	bytes    []byte   // of all terms
	postings []uint32 // the terms of one article after the other
	articles []int    // where in postings those of each begin
	docs     []uint32 // room that encode takes
	dict     []byte
}

// A termSlot tells of most words all that is asked for each time that they come.
type termSlot struct {
	head   uint64 // see headOf
	number uint32 // of the term, and 1; 0 if the slot is free
	last   uint32 // how many articles there were with the last that holds it
}

type termEntry struct {
	head, tail uint64 // see headOf and tailOf
	at         uint32 // in bytes
	size       uint32
}

const leastTable = 1 << 10

// reset makes the index ready for so many articles. As many terms as the last time
// are to be expected.
func (x *termIndex) reset(docs int) {
	size := leastTable
	for size < 2*len(x.terms) {
		size *= 2
	}
	if size > cap(x.table) {
		x.table = make([]termSlot, size)
	}
	x.table = x.table[:size]
	clear(x.table)
	x.shift = 64 - bits.Len(uint(size-1))
	const perArticle = 256 // different terms, commonly
	x.postings = slices.Grow(x.postings[:0], perArticle*docs)
	x.terms, x.bytes, x.articles = x.terms[:0], x.bytes[:0], x.articles[:0]
}

// next begins another article.
func (x *termIndex) next() { x.articles = append(x.articles, len(x.postings)) }

const headWidth = 8

// headOf gives the beginning of a term as a number, which is all of most terms: the
// first byte lowest, zeros behind the last.
func headOf(term []byte) uint64 {
	switch {
	case len(term) >= headWidth:
		return binary.LittleEndian.Uint64(term)
	case cap(term) >= headWidth:
		return binary.LittleEndian.Uint64(term[:headWidth]) & (1<<(8*len(term)) - 1)
	}
	var head [headWidth]byte
	copy(head[:], term)
	return binary.LittleEndian.Uint64(head[:])
}

// tailOf gives the end of a term of at least headWidth bytes.
func tailOf(term []byte) uint64 {
	return binary.LittleEndian.Uint64(term[len(term)-headWidth:])
}

// hashTerm need only spread words over a table, by its highest bits: it multiplies
// and turns, eight bytes at a time.
func hashTerm(head, tail uint64, term []byte) uint64 {
	const prime = 0x9E3779B97F4A7C15
	h := (head ^ bits.RotateLeft64(tail*prime, 29)) * prime
	for n := len(term); n > 2*headWidth; n -= headWidth {
		h = bits.RotateLeft64(h^binary.LittleEndian.Uint64(term[n-2*headWidth:]), 29) * prime
	}
	return h
}

func (x *termIndex) term(e *termEntry) []byte { return x.bytes[e.at : e.at+e.size] }

// add notes that the article begun last holds term.
func (x *termIndex) add(term []byte) {
	head, tail := headOf(term), uint64(0)
	if len(term) >= headWidth {
		tail = tailOf(term)
	}
	slot := hashTerm(head, tail, term) >> x.shift
	for ; x.table[slot].number != 0; slot = (slot + 1) & uint64(len(x.table)-1) {
		k := &x.table[slot]
		if k.head != head || len(term) >= headWidth && !x.same(k, tail, term) {
			continue
		}
		// Whether a word was in the article already nobody can foretell, so there is
		// no branch for it: what is put and not counted is written over.
		more := 0
		if k.last != uint32(len(x.articles)) {
			more = 1
		}
		k.last = uint32(len(x.articles))
		x.postings = append(x.postings, k.number-1)[:len(x.postings)+more]
		return
	}
	n := uint32(len(x.terms))
	x.table[slot] = termSlot{head, n + 1, uint32(len(x.articles))}
	x.terms = append(x.terms, termEntry{head, tail, uint32(len(x.bytes)), uint32(len(term))})
	x.bytes = append(x.bytes, term...)
	x.postings = append(x.postings, n)
	if len(x.terms) > len(x.table)/2 {
		x.grow()
	}
}

// plain adds the words that s begins with, up to one that is long, or not plainly
// ASCII, or near the end, and returns where that is. It is add for nearly all words,
// without a call for any that was met before.
func (x *termIndex) plain(s string) (read int) {
	table, postings, article := x.table, x.postings, uint32(len(x.articles))
	for len(s)-read > 2*headWidth {
		size, head := feeds.WordStart(s[read:])
		tail := uint64(0)
		if size == headWidth {
			more, _ := feeds.WordStart(s[read+headWidth:])
			size += more
			_, tail = feeds.WordStart(s[read+size-headWidth:])
		} else {
			head &= 1<<(8*uint(size)) - 1
		}
		if size == 2*headWidth || s[read+size] >= utf8.RuneSelf {
			break
		}
		if size == 0 {
			read++
			continue
		}
		k := &table[hashTerm(head, tail, nil)>>x.shift]
		if k.number != 0 && k.head == head && (size < headWidth || x.ends(k, tail, size)) {
			more := 0
			if k.last != article {
				more = 1
			}
			k.last = article
			postings = append(postings, k.number-1)[:len(postings)+more]
		} else {
			var term [2 * headWidth]byte
			for i := range size {
				term[i] = lower[s[read+i]]
			}
			x.postings = postings
			x.add(term[:size])
			table, postings = x.table, x.postings
		}
		read += size + 1
	}
	x.postings = postings
	return read
}

// ends reports whether the term in a slot is so long and ends so.
func (x *termIndex) ends(k *termSlot, tail uint64, size int) bool {
	e := &x.terms[k.number-1]
	return e.tail == tail && int(e.size) == size
}

// same reports whether a term of at least headWidth bytes is the one in a slot,
// whose head is alike.
func (x *termIndex) same(k *termSlot, tail uint64, term []byte) bool {
	e := &x.terms[k.number-1]
	return e.tail == tail && int(e.size) == len(term) && (len(term) <= 2*headWidth || bytes.Equal(x.term(e), term))
}

func (x *termIndex) grow() {
	old := x.table
	x.table = make([]termSlot, 2*len(old))
	x.shift--
	for _, s := range old {
		if s.number == 0 {
			continue
		}
		e := &x.terms[s.number-1]
		slot := hashTerm(e.head, e.tail, x.term(e)) >> x.shift
		for x.table[slot].number != 0 {
			slot = (slot + 1) & uint64(len(x.table)-1)
		}
		x.table[slot] = s
	}
}

// sorted gives the numbers of the terms in the order of the terms.
func (x *termIndex) sorted() []uint32 {
	type key struct {
		head   uint64 // that sorts as the term does
		number uint32
	}
	keys := make([]key, len(x.terms))
	for i := range x.terms {
		keys[i] = key{bits.ReverseBytes64(x.terms[i].head), uint32(i)}
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
	for _, n := range x.postings {
		begin[n+1]++
	}
	for i := range x.terms {
		begin[i+1] += begin[i]
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
		words.terms(docs[i].text, text.plain, ofText)
	}
	return &segmentParts{docs: encodeDocs(places), title: title.encode(), text: text.encode()}
}
