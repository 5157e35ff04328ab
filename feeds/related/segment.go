package related

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
)

// A segment is a run of articles in the canonical order with all that relating
// them needs, read where it lies:
//
//	header     magic, checksum, number of articles and terms, section offsets
//	articles   fixed-size records, in canonical order
//	term ids   ascending; a term's index in this list names it elsewhere
//	postings   per term: article index (delta), weight
//	surfaces   per term: a word it was seen as
//	forward    per article: term index (delta), raw count, weight
//	sketches   per article
//
// Everything is little-endian. Reading checks every bound, so damaged bytes
// give an error or nonsense figures, never a panic.
type segment struct {
	docs, ids, posts, words []byte // fixed-size parts
	postings, surfaces      []byte
	forward, sketches       []byte
}

// The parts of a segment, in their order.
const (
	partDocs = iota
	partIDs
	partBounds
	partWords
	partPostings
	partSurfaces
	partForward
	partSketches
	segParts
)

func (s *segment) parts() [segParts][]byte {
	return [segParts][]byte{s.docs, s.ids, s.posts, s.words, s.postings, s.surfaces, s.forward, s.sketches}
}

const (
	segMagic   = 0x31534252 // "RBS1"
	segHeader  = 12 * 4
	docSize    = 48
	flagUndate = 1
	flagStock  = 2
	flagOwn    = 4
)

var errSegment = errors.New("the related index is damaged: rebuild it")

var crcTable = crc32.MakeTable(crc32.Castagnoli)

// openSegment reads the header. The checksum is the caller's to verify, once
// for each segment, with verify.
func openSegment(b []byte) (segment, error) {
	var s segment
	if len(b) < segHeader || binary.LittleEndian.Uint32(b) != segMagic {
		return s, errSegment
	}
	var off [segParts + 1]int
	for i := range off {
		off[i] = int(binary.LittleEndian.Uint32(b[8+4*i:]))
		if off[i] > len(b) || i > 0 && off[i] < off[i-1] {
			return s, errSegment
		}
	}
	if off[0] != segHeader || off[segParts] != len(b) {
		return s, errSegment
	}
	part := func(i int) []byte { return b[off[i]:off[i+1]:off[i+1]] }
	s = segment{docs: part(partDocs), ids: part(partIDs), posts: part(partBounds), words: part(partWords),
		postings: part(partPostings), surfaces: part(partSurfaces), forward: part(partForward), sketches: part(partSketches)}
	terms := len(s.ids) / 4
	if len(s.docs)%docSize != 0 || len(s.ids)%4 != 0 || len(s.posts) != 4*(terms+1) || len(s.words) != 4*(terms+1) {
		return s, errSegment
	}
	return s, nil
}

// verify checks a segment's checksum.
func verify(b []byte) error {
	if len(b) < segHeader || binary.LittleEndian.Uint32(b[4:]) != crc32.Checksum(b[8:], crcTable) {
		return errSegment
	}
	return nil
}

func (s *segment) len() int   { return len(s.docs) / docSize }
func (s *segment) terms() int { return len(s.ids) / 4 }

func (s *segment) doc(i int) []byte       { return s.docs[i*docSize : (i+1)*docSize] }
func (s *segment) articleID(i int) uint64 { return binary.LittleEndian.Uint64(s.doc(i)) }
func (s *segment) when(i int) uint32      { return binary.LittleEndian.Uint32(s.doc(i)[8:]) }
func (s *segment) outlet(i int) uint32    { return binary.LittleEndian.Uint32(s.doc(i)[16:]) }
func (s *segment) language(i int) language {
	return language(binary.LittleEndian.Uint16(s.doc(i)[24:]))
}
func (s *segment) undated(i int) bool  { return s.doc(i)[26]&flagUndate != 0 }
func (s *segment) stock(i int) bool    { return s.doc(i)[26]&flagStock != 0 }
func (s *segment) original(i int) bool { return s.doc(i)[26]&flagOwn != 0 }
func (s *segment) credit(i int) uint16 { return binary.LittleEndian.Uint16(s.doc(i)[30:]) }
func (s *segment) title(i int) uint32  { return binary.LittleEndian.Uint32(s.doc(i)[20:]) }
func (s *segment) text(i int) uint32   { return binary.LittleEndian.Uint32(s.doc(i)[44:]) }

// print tells a text that proves something: equal ones are copies. 0 if there
// is none, or too little of it.
func (s *segment) print(i int) uint32 {
	if s.stock(i) || s.grams(i) < minShingles {
		return 0
	}
	return s.text(i)
}
func (s *segment) grams(i int) uint16  { return binary.LittleEndian.Uint16(s.doc(i)[28:]) }
func (s *segment) termID(i int) uint32 { return binary.LittleEndian.Uint32(s.ids[4*i:]) }
func (s *segment) scale(i int) float32 {
	f := math.Float32frombits(binary.LittleEndian.Uint32(s.doc(i)[32:]))
	if !(f >= 0 && f <= 1) {
		return 0
	}
	return f
}
func (s *segment) head(i int) head {
	return head{id: s.articleID(i), scale: s.scale(i), when: s.when(i), lang: s.language(i), undated: s.undated(i)}
}
func (s *segment) place(i int) place {
	return place{when: s.when(i), hash: binary.LittleEndian.Uint32(s.doc(i)[12:])}
}

// find returns the index of a term at or after from, and whether it is there.
// Ids are hashes, so a term lies close to where its share of the range says.
func (s *segment) find(id uint32, from int) (int, bool) {
	n := s.terms()
	lo, hi := from, n
	if guess := int(uint64(id) * uint64(n) >> 32); guess >= lo && guess < hi {
		if s.termID(guess) < id {
			lo = guess + 1
			for step := guessStep; lo+step < hi; step *= 2 {
				if s.termID(lo+step) >= id {
					hi = lo + step
					break
				}
				lo += step + 1
			}
		} else {
			hi = guess
			for step := guessStep; hi-step > lo; step *= 2 {
				if s.termID(hi-step) < id {
					lo = hi - step + 1
					break
				}
				hi -= step
			}
		}
	}
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if s.termID(mid) < id {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < n && s.termID(lo) == id
}

const guessStep = 32

// span returns the bytes of blob that list[i] to list[i+1] bound.
func span(list, blob []byte, i int) []byte {
	from, to := binary.LittleEndian.Uint32(list[4*i:]), binary.LittleEndian.Uint32(list[4*i+4:])
	if from > to || int(to) > len(blob) {
		return nil
	}
	return blob[from:to]
}

func (s *segment) surface(i int) string { return string(span(s.words, s.surfaces, i)) }

// addPostings adds each article's weight times w to sum, and those that were
// zero to touched.
func (s *segment) addPostings(i int, w float32, sum []float32, touched []uint32) []uint32 {
	b := span(s.posts, s.postings, i)
	at := -1
	for k := 0; k+1 < len(b); {
		delta := uint64(b[k])
		k++
		if delta >= 0x80 {
			var n int
			if delta, n = binary.Uvarint(b[k-1:]); n <= 0 {
				return touched
			}
			k += n - 1
		}
		if k >= len(b) || delta > uint64(len(sum)) {
			return touched
		}
		at += int(delta)
		if at < 0 || at >= len(sum) {
			return touched
		}
		if sum[at] == 0 {
			touched = append(touched, uint32(at))
		}
		sum[at] += w * float32(b[k])
		k++
	}
	return touched
}

// count is how many terms article i has.
func (s *segment) count(i int) int {
	from := int(binary.LittleEndian.Uint32(s.doc(i)[36:]))
	if from > len(s.forward) {
		return 0
	}
	n, _ := uvarint(s.forward[from:])
	return int(min(n, maxTerms))
}

// products are two inner products of article i, in units of its scale, with a
// vector that has a place for each of the segment's terms: all of it, and with
// no term's part above top. terms is how many the article has.
func (s *segment) products(i int, dense []float32, top float32) (sum, held float32, terms int) {
	from := int(binary.LittleEndian.Uint32(s.doc(i)[36:]))
	if from > len(s.forward) {
		return 0, 0, 0
	}
	b := s.forward[from:]
	count, n := uvarint(b)
	if n <= 0 {
		return 0, 0, 0
	}
	terms = int(min(count, maxTerms))
	at := -1
	k := n
	for range terms {
		if k >= len(b) {
			return sum, held, terms
		}
		delta := uint64(b[k])
		k++
		if delta >= 0x80 {
			if delta, n = binary.Uvarint(b[k-1:]); n <= 0 {
				return sum, held, terms
			}
			k += n - 1
		}
		if k+2 > len(b) || delta > uint64(s.terms()) {
			return sum, held, terms
		}
		at += int(delta)
		if at < 0 || at >= len(dense) {
			return sum, held, terms
		}
		if x := dense[at]; x != 0 {
			x *= float32(b[k+1])
			sum += x
			held += min(x, top)
		}
		k += 2
	}
	return sum, held, terms
}

func uvarint(b []byte) (uint64, int) {
	if len(b) > 0 && b[0] < 0x80 {
		return uint64(b[0]), 1
	}
	return binary.Uvarint(b)
}

// read decodes article i, reusing its slices.
func (s *segment) read(i int, a *article) {
	a.id, a.place, a.outlet = s.articleID(i), s.place(i), s.outlet(i)
	a.title, a.text, a.grams = s.title(i), s.text(i), s.grams(i)
	a.lang, a.undated, a.scale = s.language(i), s.undated(i), s.scale(i)
	a.stock, a.original, a.credit = s.stock(i), s.original(i), s.credit(i)
	a.terms = a.terms[:0]
	s.eachTerm(i, func(index int, raw, w uint8) {
		a.terms = append(a.terms, term{id: s.termID(index), raw: raw, w: w})
	})
	a.sketch = a.sketch[:0]
	for b := s.sketch(i); len(b) >= 4; b = b[4:] {
		a.sketch = append(a.sketch, binary.LittleEndian.Uint32(b))
	}
}

// sketch returns the bytes of article i's sketch.
func (s *segment) sketch(i int) []byte {
	d := s.doc(i)
	from := min(int(binary.LittleEndian.Uint32(d[40:])), len(s.sketches))
	size := min(4*int(d[27]), (len(s.sketches)-from)&^3)
	return s.sketches[from : from+size]
}

// eachTerm calls fn with the index, raw count and weight of each of an
// article's terms, by ascending index.
func (s *segment) eachTerm(i int, fn func(index int, raw, w uint8)) {
	from := int(binary.LittleEndian.Uint32(s.doc(i)[36:]))
	if from > len(s.forward) {
		return
	}
	b := s.forward[from:]
	count, n := uvarint(b)
	if n <= 0 {
		return
	}
	b = b[n:]
	at := -1
	for range min(count, maxTerms) {
		delta, n := uvarint(b)
		if n <= 0 || n+2 > len(b) || delta > uint64(s.terms()) {
			return
		}
		at += int(delta)
		if at < 0 || at >= s.terms() {
			return
		}
		fn(at, b[n], b[n+1])
		b = b[n+2:]
	}
}

// reweigh gives article i, whose terms these are, the weights that they have.
// The segment must be one that is being written.
func (s *segment) reweigh(i int, terms []term) {
	b := s.forward[binary.LittleEndian.Uint32(s.doc(i)[36:]):]
	_, n := uvarint(b)
	for _, t := range terms {
		b = b[n:]
		_, n = uvarint(b)
		b[n+1] = t.w
		n += 2
	}
}

const maxTerms = leadTokens * 2
