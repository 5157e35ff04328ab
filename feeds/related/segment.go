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
//	header     magic, checksum, section offsets, main language
//	articles   fixed-size records, in canonical order: see docSize
//	term ids   ascending, 4 bytes; a term's index in this list names it elsewhere
//	postings   per term where they begin, 3 bytes; then article index (delta), weight
//	words      per term where the word begins that it was seen as: see wordAt
//	classes    per term the number of its factor, 2 bytes; then the factors, 8 bytes
//	stream     per article the sketch, then the terms, in bits: see termReader
//
// What a term weighs in an article follows from how often it stands there, which
// has to be kept anyway, and from what is known of the term: its factor, the
// same for all articles of a language but bare headlines. So where the factors
// of the main language give an article's weights to the bit, they are not
// written; the record then names the heaviest term. Else they stand beside the
// terms, as in other languages, in headlines and stock texts, and where the
// statistics have changed since.
//
// Everything is little-endian. Reading checks every bound, so damaged bytes
// give an error or nonsense figures, never a panic.
type segment struct {
	docs, ids, bounds, postings []byte
	words, surfaces             []byte
	classes, factors, stream    []byte
	main                        language
	from, to                    uint32 // the times of its first and its last article: who looks for some asks all segments

	asked   int      // how many products
	plain   []uint32 // the terms of all articles, index and 8 bits of weight, once unpacked
	plainAt []uint32 // where those of each begin
}

// The parts of a segment, in their order.
const (
	partDocs = iota
	partIDs
	partBounds
	partPostings
	partWords
	partSurfaces
	partClasses
	partFactors
	partStream
	segParts
)

const (
	segMagic  = 0x32534252 // "RBS2"
	segHeader = 4 * (2 + segParts + 1 + 1)
	boundSize = 3
)

// The record of an article: where each field begins.
const (
	docID     = 0  // 5 bytes
	docFlags  = 5  // 1
	docLang   = 6  // 2
	docWhen   = 8  // 4
	docHash   = 12 // 4, with docWhen the place
	docOutlet = 16 // 4
	docTitle  = 20 // 4
	docText   = 24 // 4
	docScale  = 28 // 4
	docStream = 32 // 4: where its sketch begins in the stream
	docGrams  = 36 // 2, with the days of the week above: see gramsMask
	docCredit = 38 // 2
	docTop    = 40 // 2: the class of its heaviest term
	docRaw    = 42 // 1: the raw count of that
	docSketch = 43 // 1: how many bytes its sketch takes
	docSize   = 44
)

// A sketch stands for fewer shingles than copyTokens, which leaves a bit for each
// day of the week.
const (
	daysShift = 1
	gramsMask = 1<<(8+daysShift) - 1
)

var _ [gramsMask - copyTokens]struct{}

// Flags of an article.
const (
	flagUndate = 1 << iota
	flagStock
	flagOwn
	flagWeights // stand beside the terms
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
	s = segment{
		docs: part(partDocs), ids: part(partIDs), bounds: part(partBounds), postings: part(partPostings),
		words: part(partWords), surfaces: part(partSurfaces),
		classes: part(partClasses), factors: part(partFactors), stream: part(partStream),
		main: language(binary.LittleEndian.Uint32(b[segHeader-4:])),
	}
	terms := len(s.ids) / 4
	if len(s.docs)%docSize != 0 || len(s.ids)%4 != 0 || len(s.bounds) != boundSize*(terms+1) || len(s.words) != wordsSize(terms) || len(s.classes) != 2*terms {
		return s, errSegment
	}
	if n := s.len(); n > 0 {
		s.from, s.to = s.when(0), s.when(n-1)
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

func (s *segment) doc(i int) []byte { return s.docs[i*docSize : (i+1)*docSize] }

func (s *segment) articleID(i int) uint64 { return binary.LittleEndian.Uint64(s.doc(i)) & maxID }
func (s *segment) when(i int) uint32      { return binary.LittleEndian.Uint32(s.doc(i)[docWhen:]) }
func (s *segment) outlet(i int) uint32    { return binary.LittleEndian.Uint32(s.doc(i)[docOutlet:]) }
func (s *segment) language(i int) language {
	return language(binary.LittleEndian.Uint16(s.doc(i)[docLang:]))
}
func (s *segment) undated(i int) bool  { return s.doc(i)[docFlags]&flagUndate != 0 }
func (s *segment) stock(i int) bool    { return s.doc(i)[docFlags]&flagStock != 0 }
func (s *segment) original(i int) bool { return s.doc(i)[docFlags]&flagOwn != 0 }
func (s *segment) credit(i int) uint16 { return binary.LittleEndian.Uint16(s.doc(i)[docCredit:]) }
func (s *segment) title(i int) uint32  { return binary.LittleEndian.Uint32(s.doc(i)[docTitle:]) }
func (s *segment) text(i int) uint32   { return binary.LittleEndian.Uint32(s.doc(i)[docText:]) }
func (s *segment) grams(i int) uint16 {
	return binary.LittleEndian.Uint16(s.doc(i)[docGrams:]) & gramsMask
}
func (s *segment) days(i int) weekdays { return weekdays(s.doc(i)[docGrams+1] >> daysShift) }
func (s *segment) termID(i int) uint32 { return binary.LittleEndian.Uint32(s.ids[4*i:]) }
func (s *segment) scale(i int) float32 {
	f := math.Float32frombits(binary.LittleEndian.Uint32(s.doc(i)[docScale:]))
	if !(f >= 0 && f <= 1) {
		return 0
	}
	return f
}
func (s *segment) head(i int) head {
	return head{scale: s.scale(i), when: s.when(i), lang: s.language(i), undated: s.undated(i), days: s.days(i)}
}
func (s *segment) place(i int) place {
	return place{when: s.when(i), hash: binary.LittleEndian.Uint32(s.doc(i)[docHash:])}
}

// print tells a text that proves something: equal ones are copies. 0 if there
// is none, or too little of it.
func (s *segment) print(i int) uint32 {
	if !proves(s, i) {
		return 0
	}
	return s.text(i)
}

// maxID is the highest id that a record has room for: a library counts its
// articles from 1 on.
const maxID = 1<<40 - 1

// factor returns a term's factor in the main language, 0 if it is not known.
func (s *segment) factor(index int) float64 {
	return s.classFactor(int(binary.LittleEndian.Uint16(s.classes[2*index:])))
}

func (s *segment) classFactor(class int) float64 {
	if 8*class+8 > len(s.factors) {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(s.factors[8*class:]))
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

// posted returns a term's postings.
func (s *segment) posted(i int) []byte {
	from, to := s.bound(i), s.bound(i+1)
	if from > to || to > len(s.postings) {
		return nil
	}
	return s.postings[from:to]
}

func (s *segment) bound(i int) int {
	b := s.bounds[boundSize*i : boundSize*i+boundSize]
	return int(b[0]) | int(b[1])<<8 | int(b[2])<<16
}

// Where words begin is written as 2 bytes beyond where the first of their group
// does, which takes 4. After the last word comes the end.
const wordGroup = 32

func wordsSize(terms int) int { return 2*(terms+1) + 4*(terms/wordGroup+1) }

// wordAt returns where the i-th word begins.
func (s *segment) wordAt(i int) int {
	group := s.words[i/wordGroup*(4+2*wordGroup):]
	return int(binary.LittleEndian.Uint32(group)) + int(binary.LittleEndian.Uint16(group[4+2*(i%wordGroup):]))
}

// surface returns the word that a term was seen as.
func (s *segment) surface(i int) string { return string(s.word(i)) }

func (s *segment) word(i int) []byte {
	from, to := s.wordAt(i), s.wordAt(i+1)
	if from > to || to > len(s.surfaces) {
		return nil
	}
	return s.surfaces[from:to]
}

// addPostings adds each article's weight times w to sum.
func (s *segment) addPostings(i int, w float32, sum []float32) {
	b := s.posted(i)
	at := -1
	for len(b) >= 2 {
		delta, n := uint64(b[0]), 1
		if delta >= 0x80 {
			if delta, n = binary.Uvarint(b); n <= 0 || n >= len(b) {
				return
			}
		}
		if delta > uint64(len(sum)) {
			return
		}
		at += int(delta)
		if uint(at) >= uint(len(sum)) {
			return
		}
		sum[at] += w * float32(b[n])
		b = b[n+1:]
	}
}

// count is how many terms article i has.
func (s *segment) count(i int) int { return s.termsOf(i).left }

// products are two inner products of article i, in units of its scale, with a
// vector that has a place for each of the segment's terms: all of it, and with
// no term's part above top. terms is how many the article has.
func (s *segment) products(i int, dense []float32, top float32) (sum, held float32, terms int) {
	if s.asked++; s.asked > s.len()/2 && s.plain == nil {
		s.unpack()
	}
	if s.plain != nil {
		return s.plainProducts(i, dense, top)
	}
	t := s.termsOf(i)
	terms = t.left
	for t.next() && t.index < len(dense) {
		if x := dense[t.index]; x != 0 {
			x *= float32(t.weight())
			sum += x
			held += min(x, top)
		}
	}
	return sum, held, terms
}

// unpack makes all articles' terms quick to go through, for a batch that
// compares most of them: to do so takes as long as to compare half of them once.
func (s *segment) unpack() {
	s.plain = make([]uint32, 0, 64*s.len())
	s.plainAt = make([]uint32, 0, s.len()+1)
	for i := range s.len() {
		s.plainAt = append(s.plainAt, uint32(len(s.plain)))
		for t := s.termsOf(i); t.next(); {
			s.plain = append(s.plain, uint32(t.index)<<8|uint32(t.weight()))
		}
	}
	s.plainAt = append(s.plainAt, uint32(len(s.plain)))
}

// pack gives back what that takes, until as many are compared again.
func (s *segment) pack() { s.asked, s.plain, s.plainAt = 0, nil, nil }

func (s *segment) plainProducts(i int, dense []float32, top float32) (sum, held float32, terms int) {
	list := s.plain[s.plainAt[i]:s.plainAt[i+1]]
	for _, t := range list {
		if int(t>>8) >= len(dense) {
			break
		}
		if x := dense[t>>8]; x != 0 {
			x *= float32(uint8(t))
			sum += x
			held += min(x, top)
		}
	}
	return sum, held, len(list)
}

// read decodes article i, reusing its slices.
func (s *segment) read(i int, a *article) {
	a.id, a.place, a.outlet = s.articleID(i), s.place(i), s.outlet(i)
	a.title, a.text = s.title(i), s.text(i)
	a.lang, a.undated, a.scale = s.language(i), s.undated(i), s.scale(i)
	a.original, a.credit, a.days = s.original(i), s.credit(i), s.days(i)
	s.readTerms(i, a)
	s.readSketch(i, a)
}

func (s *segment) readTerms(i int, a *article) {
	a.terms = a.terms[:0]
	s.eachTerm(i, func(index int, raw, w uint8) {
		a.terms = append(a.terms, term{id: s.termID(index), raw: raw, w: w})
	})
}

// readSketch decodes what contained needs of article i: its sketch, and what it stands for.
func (s *segment) readSketch(i int, a *article) {
	a.grams, a.stock = s.grams(i), s.stock(i)
	a.sketch = readSketch(s.sketch(i), a.sketch[:0])
}

// sketch returns the bytes of article i's sketch.
func (s *segment) sketch(i int) []byte {
	d := s.doc(i)
	from := min(int(binary.LittleEndian.Uint32(d[docStream:])), len(s.stream))
	return s.stream[from:min(from+int(d[docSketch]), len(s.stream))]
}

// eachTerm calls fn with the index, raw count and weight of each of an
// article's terms, by ascending index.
func (s *segment) eachTerm(i int, fn func(index int, raw, w uint8)) {
	for t := s.termsOf(i); t.next(); {
		fn(t.index, t.raw, t.weight())
	}
}

// eachCount is eachTerm without the weights.
func (s *segment) eachCount(i int, fn func(index int, raw uint8)) {
	for t := s.termsOf(i); t.next(); {
		fn(t.index, t.raw)
	}
}

const maxTerms = leadTokens * 2
