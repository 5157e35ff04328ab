package related

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// An article's part of the stream is its sketch, to the full byte, then its
// terms:
//
//	sketch   6 bits how many hashes, 5 bits k, the difference of each to the one before as a Rice code
//	terms    10 bits how many, then of each
//	         the steps from the index of the term before, less one, as a Rice code
//	         the flags by their rank, the commonest first, as a Rice code without plain bits
//	         the level as a Rice code; in a title above the least that a word has there
//	         the weight in 8 bits, if flagWeights says so
//
// The plain bits of the codes follow from how many terms the article and the
// segment have.

// termReader reads the terms of an article, by ascending index.
type termReader struct {
	bitReader
	seg         *segment
	all         int // terms of the segment
	left        int // terms that are still to come
	index       int
	raw         uint8
	w           uint8
	weights     bool // stand in the stream
	known       bool // how heavy the heaviest term is
	top         float64
	doc         int
	gaps, level int // plain bits
}

// ranks are the flags of terms by how common they are: first words of sentences
// that have no capital elsewhere, names, words of titles.
var ranks = [8]uint8{
	termInside, termInside | termCapital, 0, termInside | termTitle,
	termInside | termCapital | termTitle, termTitle, termCapital, termCapital | termTitle,
}

// rankOf is the other way round.
var rankOf = func() (of [8]int) {
	for rank, flags := range ranks {
		of[flags>>flagShift] = rank
	}
	return of
}()

const (
	flagShift  = 5             // flags lie above the level
	countBits  = 10            // maxTerms fits in
	titleLevel = termTitle / 2 // the least that a word of a title has
)

// counts are what a term's count multiplies its factor by, by its level.
var counts = func() (c [levelMask + 1]float64) {
	for level := range c {
		c[level] = term{raw: uint8(level)}.tf()
	}
	return c
}()

// levelBits is how many plain bits the levels of an article have: in a short
// one no word stands late enough to have a low one.
func levelBits(terms int) int {
	if terms < 100 {
		return 2
	}
	return 1
}

func gapBits(terms, all int) int { return min(riceBits(all/max(1, terms)), 24) }

// termsOf returns a reader of article i's terms.
func (s *segment) termsOf(i int) termReader {
	d := s.doc(i)
	from := int(binary.LittleEndian.Uint32(d[docStream:])) + int(d[docSketch])
	if from > len(s.stream) {
		return termReader{}
	}
	t := termReader{bitReader: bitReader{b: s.stream, at: 8 * from}, seg: s, all: s.terms(), index: -1, doc: i, weights: d[docFlags]&flagWeights != 0}
	t.left = min(int(t.bits(countBits)), maxTerms)
	t.gaps, t.level = gapBits(t.left, s.terms()), levelBits(t.left)
	return t
}

// next reads one more term, false if there is none.
func (t *termReader) next() bool {
	if t.left <= 0 {
		return false
	}
	t.left--
	x := t.peek()
	zeros := bits.TrailingZeros64(x | 1<<riceMost)
	read := zeros + 1 + t.gaps
	var gap uint32
	if read <= 30 { // what is left of x holds the rest
		gap = uint32(zeros)<<(t.gaps&31) | uint32(x>>((zeros+1)&63))&(1<<(t.gaps&31)-1)
		x >>= read & 63
	} else {
		gap = t.rice(t.gaps)
		x, read = t.peek(), 0
	}
	if gap >= uint32(t.all-t.index-1) {
		t.left = 0 // damaged
		return false
	}
	t.index += 1 + int(gap)
	rank := bits.TrailingZeros64(x | 1<<7)
	x >>= (rank + 1) & 63
	high := bits.TrailingZeros64(x | 1<<(levelMask>>1))
	t.at += read + rank + 1 + high + 1 + t.level
	level := uint8(high)<<(t.level&7) | uint8(x>>((high+1)&63))&(1<<(t.level&7)-1)
	flags := ranks[rank&7]
	t.raw = flags | (level+flags&termTitle/2)&levelMask // titleLevel, if it is of the title
	if t.weights {
		t.w = uint8(t.bits(8))
	}
	return true
}

// weight returns the weight of the term that was read.
func (t *termReader) weight() uint8 {
	if t.weights {
		return t.w
	}
	if !t.known {
		d := t.seg.doc(t.doc)
		t.top = counts[d[docRaw]&levelMask] * t.seg.classFactor(int(binary.LittleEndian.Uint16(d[docTop:])))
		t.known = true
	}
	return weightOf(t.raw, t.seg.factor(t.index), t.top)
}

// weightOf is the weight of a term beside the heaviest of its article.
func weightOf(raw uint8, factor, top float64) uint8 {
	return uint8(math.Round(counts[raw&levelMask] * factor / top * 255))
}

// writeTerms writes the terms of an article of a segment that has all terms.
func writeTerms(w *bitWriter, list []indexed, all int, weights bool) {
	w.bits(uint64(len(list)), countBits)
	gaps, plain := gapBits(len(list), all), levelBits(len(list))
	at := -1
	for _, t := range list {
		w.rice(uint32(int(t.index)-at-1), gaps)
		at = int(t.index)
		w.bits(1<<rankOf[t.raw>>flagShift], rankOf[t.raw>>flagShift]+1)
		level := t.raw & levelMask
		if t.raw&termTitle != 0 {
			level = (level - titleLevel) & levelMask
		}
		high := int(level >> plain)
		w.bits(1<<high, high+1)
		w.bits(uint64(level)&(1<<plain-1), plain)
		if weights {
			w.bits(uint64(t.w), 8)
		}
	}
	w.align()
}

// writeSketch appends a sketch, nothing if it is empty. The hashes ascend.
func writeSketch(w *bitWriter, list []uint32) {
	if len(list) == 0 {
		return
	}
	w.bits(uint64(len(list)), 6)
	k := riceBits(int(list[len(list)-1]) / len(list))
	w.bits(uint64(k), 5)
	last := uint32(0)
	for _, h := range list {
		w.rice(h-last, k)
		last = h
	}
	w.align()
}

// readSketch appends the hashes of a sketch to list.
func readSketch(b []byte, list []uint32) []uint32 {
	if len(b) == 0 {
		return list
	}
	r := bitReader{b: b}
	n, k := r.bits(6), min(int(r.bits(5)), sketchBits)
	last := uint32(0)
	for range n {
		last += r.rice(k)
		list = append(list, last)
	}
	return list
}
