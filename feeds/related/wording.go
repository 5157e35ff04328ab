package related

import (
	"math"
	"slices"
	"sort"
)

// wording compares the texts of two articles of a cosine. They may have so much
// of their wording in common that one is a copy of the other, or less; then
// names says how much their names and numbers are alike. If little, they are
// like a form filled in twice, two earthquakes, two sets of quarterly results,
// two matches: however alike, they tell of two events. Independent reports of
// one event have next to no run of words in common; for them names is 1.
func (a *article) wording(o ref, cos float64, room *article) (copied bool, names float64) {
	o.leaf.seg.readSketch(o.i, room)
	c := contained(a, room)
	if c < wordingMin {
		return false, 1
	}
	o.leaf.seg.readTerms(o.i, room)
	return cos >= copyCosine && c >= copyContain, alikeNames(a, room)
}

// alikeNames is the cosine of what two articles have of words with a capital
// inside a sentence and of numbers; 1 if one of them has none.
func alikeNames(a, b *article) float64 {
	var aa, bb, ab float64
	i, j := 0, 0
	for i < len(a.terms) || j < len(b.terms) {
		switch {
		case j == len(b.terms) || i < len(a.terms) && a.terms[i].id < b.terms[j].id:
			aa += square(a.terms[i])
			i++
		case i == len(a.terms) || b.terms[j].id < a.terms[i].id:
			bb += square(b.terms[j])
			j++
		default:
			x, y := a.terms[i], b.terms[j]
			if x.name() && y.name() {
				ab += float64(x.w) * float64(y.w)
			}
			aa += square(x)
			bb += square(y)
			i++
			j++
		}
	}
	if aa == 0 || bb == 0 {
		return 1
	}
	return ab / math.Sqrt(aa*bb)
}

func (t term) name() bool { return t.capital() || t.numeric() }

func square(t term) float64 {
	if !t.name() {
		return 0
	}
	return float64(t.w) * float64(t.w)
}

// wordings keeps what wording asks of many articles, so that it costs little of
// each: where all reports are alike each is compared with hundreds.
type wordings struct {
	hashes []uint32 // the sketches, one after the other
	names  []uint32 // the names and numbers, as in the sweep's vectors
	marks  [markBits / 64]uint64
	weight []uint8 // by term: the asked article's names and numbers
	asked  *article
	square uint32 // the sum of their weights' squares
}

// textOf is what is kept of one article; nothing if it has no text to speak of.
type textOf struct {
	hash, name [2]uint32 // from, to
	grams      uint16
	square     uint32
}

const markBits = 2048

// mark is the bit of a hash. Its first digits are zeros, the smallest hashes
// being what sketches are made of, but not its last.
func mark(h uint32) uint32 { return h % markBits }

// keep notes an article whose terms have numbers.
func (t *wordings) keep(a *article, numbers []uint32) textOf {
	if a.stock || a.grams < minShingles {
		return textOf{}
	}
	x := textOf{grams: a.grams}
	x.hash[0], x.name[0] = uint32(len(t.hashes)), uint32(len(t.names))
	t.hashes = append(t.hashes, a.sketch...)
	for i, term := range a.terms {
		if term.name() {
			t.names = append(t.names, numbers[i]<<8|uint32(term.w))
			x.square += uint32(term.w) * uint32(term.w)
		}
	}
	x.hash[1], x.name[1] = uint32(len(t.hashes)), uint32(len(t.names))
	return x
}

// ask makes an article the one that others are compared with, until it is
// forgotten.
func (t *wordings) ask(a *article, numbers []uint32, terms int) {
	if len(t.weight) < terms {
		t.weight = append(t.weight, make([]uint8, terms-len(t.weight)+4096)...)
	}
	t.asked, t.square = a, 0
	for i, term := range a.terms {
		if term.name() {
			t.weight[numbers[i]] = term.w
			t.square += uint32(term.w) * uint32(term.w)
		}
	}
	for _, h := range a.sketch {
		b := mark(h)
		t.marks[b/64] |= 1 << (b % 64)
	}
}

func (t *wordings) forget(numbers []uint32) {
	for _, n := range numbers {
		t.weight[n] = 0
	}
	clear(t.marks[:])
}

// contained is that of the asked article and another.
func (t *wordings) contained(x *textOf) float64 {
	a := t.asked
	if x.grams == 0 || a.stock || a.grams < minShingles {
		return 0
	}
	sketch := t.hashes[x.hash[0]:x.hash[1]]
	both := 0
	for _, h := range sketch {
		if b := mark(h); t.marks[b/64]&(1<<(b%64)) != 0 {
			if _, ok := slices.BinarySearch(a.sketch, h); ok {
				both++
			}
		}
	}
	if both == 0 {
		return 0
	}
	end := ^uint32(0)
	if int(a.grams) > len(a.sketch) {
		end = a.sketch[len(a.sketch)-1]
	}
	if int(x.grams) > len(sketch) {
		end = min(end, sketch[len(sketch)-1])
	}
	shorter := a.sketch
	if x.grams < a.grams {
		shorter = sketch
	}
	return float64(both) / float64(sort.Search(len(shorter), func(i int) bool { return shorter[i] > end }))
}

// alikeNames is that of the asked article and another.
func (t *wordings) alikeNames(x *textOf) float64 {
	if t.square == 0 || x.square == 0 {
		return 1
	}
	var both uint32
	for _, n := range t.names[x.name[0]:x.name[1]] {
		both += uint32(t.weight[n>>8]) * (n & 0xff)
	}
	return float64(both) / math.Sqrt(float64(t.square)*float64(x.square))
}

// forms holds those of the hits below the gate that are of one form with the
// asked article.
func (s *searcher) forms(a *article, hits []hit) {
	for i := range hits {
		h := &hits[i]
		if h.gate < coverageGate {
			continue
		}
		if _, names := a.wording(h.ref, h.cos, &s.other); names < namesRow {
			h.gate = coverageGate - gateGap
		}
	}
}
