package related

import (
	"encoding/binary"
	"hash/crc32"
	"math"
	"slices"

	"broadsheet/feeds"
)

// entry is an article on its way into a segment: a new one, or article i of the
// segment that is being replaced.
type entry struct {
	fresh *article // nil of one that is there already
	i     int
	place place
	id    uint64
	state state
}

func canonical(a, b entry) int {
	switch {
	case a.place.before(b.place):
		return -1
	case b.place.before(a.place):
		return 1
	case a.id < b.id:
		return -1
	case a.id > b.id:
		return 1
	}
	return 0
}

// writer makes segments. It owns its buffers.
type writer struct {
	fresh   numbers  // the terms of the new articles
	seen    []string // the best word that each of them was seen as
	freshAt []uint32 // where each of them is in the new dictionary
	oldAt   []uint32 // where the terms of the old segment are, if an article has them
	sorted  []uint64
	made    int // dictionaries
	main    language
	factors []float64          // of the dictionary's terms in the main language, 0 where not known
	classes map[float64]uint16 // numbers of the factors
	terms   []indexed          // of one article
	// Those of the articles in the old segment, one after the other, and where
	// those of each end; then room for those of a new one.
	oldTerms  []indexed
	oldEnds   []int
	freshList []indexed
	posts     poster
	sketch    bitWriter
	stream    bitWriter
	parts     [segParts][]byte // of the new segment
	room      [segParts][]byte // that they had before
}

// indexed is a term by its place in a dictionary.
type indexed struct {
	index  uint32
	raw, w uint8
}

// unused is where a term is that no article has.
const unused = ^uint32(0)

// factors gives the statistics of a segment's main language, nil if there are none,
// and whether what they make of a term goes before what was known of it: articles
// are weighed with it now.
type factors func(main language) (s *stats, first bool)

// weigher sets the weights of w's terms, which are those of an article, and
// what its record tells of them, unless they are to stay.
type weigher func(w *writer, d *[docSize]byte, fresh bool) weighed

// weighed tells what a weigher has done: whether anything changed, and whether the
// weights follow from the factors for sure.
type weighed struct{ done, changed, sure bool }

// encode writes articles, which must be in canonical order; those that are not
// new lie in old. Weigh weighs those that are to be, if it is not nil, and an article
// for which that changes anything is undecided again; it is told then that any is.
func (w *writer) encode(list []entry, old *segment, of factors, weigh weigher) (b []byte, changed bool) {
	w.made++
	w.dictionary(list, old)
	w.main = mainLanguage(list, old)
	same := old != nil && old.main == w.main
	first := false
	if of != nil {
		var s *stats
		if s, first = of(w.main); s != nil {
			for i := range w.factors {
				w.factors[i] = s.factor(term{id: w.termID(i)}, false)
			}
		}
	}
	for i, at := range w.oldAt {
		if same && at != unused && (!first || w.factors[at] == 0) {
			w.factors[at] = old.factor(i)
		}
	}
	w.begin(len(list))
	from := 0
	for n := range list {
		e := &list[n]
		var d [docSize]byte
		var sketch []byte
		sure := false
		if e.fresh != nil {
			record(e.fresh, &d)
			sketch = w.freshTerms(e.fresh)
			w.terms = w.freshList
		} else {
			copy(d[:], old.doc(e.i))
			w.terms = w.oldTerms[from:w.oldEnds[0]]
			from, w.oldEnds = w.oldEnds[0], w.oldEnds[1:]
			for k, t := range w.terms {
				w.terms[k].index = w.oldAt[t.index]
			}
			sketch = old.sketch(e.i)
			sure = same && !first && d[docFlags]&flagWeights == 0
		}
		if weigh != nil {
			x := weigh(w, &d, e.fresh != nil)
			if x.done {
				sure = x.sure
			}
			if x.changed {
				e.state.open |= undecided
				changed = true
			}
		}
		w.add(&d, sketch, sure)
		w.posts.add(n, w.terms)
	}
	return w.end(), changed
}

// termID returns the id of a term of the new dictionary.
func (w *writer) termID(i int) uint32 { return binary.LittleEndian.Uint32(w.parts[partIDs][4*i:]) }

// freshTerms sets freshList to the terms of a new article, and returns its sketch as
// a segment has it.
func (w *writer) freshTerms(a *article) (sketch []byte) {
	w.freshList = w.freshList[:0]
	return w.eachWord(a, func(_ uint32, t term) {
		k, _ := w.fresh.find(t.id)
		w.freshList = append(w.freshList, indexed{w.freshAt[k], t.raw, t.w})
	})
}

// eachWord is that of the article, whether it is packed or not.
func (w *writer) eachWord(a *article, fn func(word uint32, t term)) (sketch []byte) {
	if a.packed != nil {
		return a.eachWord(fn)
	}
	for k, t := range a.terms {
		fn(a.surface[k], t)
	}
	w.sketch.b = w.sketch.b[:0]
	writeSketch(&w.sketch, a.sketch)
	return w.sketch.b
}

// begin numbers the factors and makes room for so many articles.
func (w *writer) begin(articles int) {
	w.parts[partClasses] = w.room[partClasses][:0]
	w.parts[partFactors] = append(w.room[partFactors][:0], make([]byte, 8)...) // that is not known
	w.classes = map[float64]uint16{0: 0}
	for i, f := range w.factors {
		class, ok := w.classes[f]
		if !ok && len(w.classes) <= maxClass {
			class = uint16(len(w.classes))
			w.classes[f] = class
			w.parts[partFactors] = binary.LittleEndian.AppendUint64(w.parts[partFactors], math.Float64bits(f))
		} else if !ok {
			w.factors[i] = 0
		}
		w.parts[partClasses] = binary.LittleEndian.AppendUint16(w.parts[partClasses], class)
	}
	w.posts.reset(len(w.factors), articles)
	w.stream.b = w.room[partStream][:0]
	w.parts[partDocs] = w.room[partDocs][:0]
}

const maxClass = 1<<16 - 1

// end makes the bytes of the segment.
func (w *writer) end() []byte {
	w.parts[partBounds], w.parts[partPostings] = w.posts.encode(w.room[partBounds][:0], w.room[partPostings][:0])
	w.parts[partStream] = w.stream.b
	size := segHeader
	for _, part := range w.parts {
		size += len(part)
	}
	out := make([]byte, segHeader, size+feeds.IndexRoom)
	binary.LittleEndian.PutUint32(out, segMagic)
	for i, part := range w.parts {
		binary.LittleEndian.PutUint32(out[8+4*i:], uint32(len(out)))
		out = append(out, part...)
	}
	binary.LittleEndian.PutUint32(out[8+4*segParts:], uint32(len(out)))
	binary.LittleEndian.PutUint32(out[segHeader-4:], uint32(w.main))
	binary.LittleEndian.PutUint32(out[4:], crc32.Checksum(out[8:], crcTable))
	for _, i := range [...]int{partDocs, partBounds, partPostings, partClasses, partFactors, partStream} {
		w.room[i] = w.parts[i]
	}
	return out
}

// add writes an article, whose terms are in w. That its weights follow
// from the factors is looked at unless it is sure.
func (w *writer) add(d *[docSize]byte, sketch []byte, sure bool) {
	binary.LittleEndian.PutUint32(d[docStream:], uint32(len(w.stream.b)))
	d[docSketch] = uint8(len(sketch))
	w.stream.b = append(w.stream.b, sketch...)
	heaviest, ok := w.heaviest(d, sure)
	d[docFlags] &^= flagWeights
	if ok {
		binary.LittleEndian.PutUint16(d[docTop:], w.classes[w.factors[heaviest.index]])
		d[docRaw] = heaviest.raw & levelMask
	} else {
		d[docFlags] |= flagWeights
		d[docTop], d[docTop+1], d[docRaw] = 0, 0, 0
	}
	writeTerms(&w.stream, w.terms, len(w.factors), !ok)
	w.parts[partDocs] = append(w.parts[partDocs], d[:]...)
}

// heaviest returns the term of an article from which, with the factors, all its
// weights follow; false if they do not.
func (w *writer) heaviest(d *[docSize]byte, sure bool) (indexed, bool) {
	var heaviest indexed
	if language(binary.LittleEndian.Uint16(d[docLang:])) != w.main || d[docFlags]&flagStock != 0 {
		return heaviest, false
	}
	top := 0.0
	for _, t := range w.terms {
		f := w.factors[t.index]
		if f == 0 {
			return heaviest, false
		}
		if x := counts[t.raw&levelMask] * f; x > top {
			top, heaviest = x, t
		}
	}
	for _, t := range w.terms {
		if !sure && weightOf(t.raw, w.factors[t.index], top) != t.w {
			return heaviest, false
		}
	}
	return heaviest, top > 0
}

// mainLanguage is that of most articles.
func mainLanguage(list []entry, old *segment) language {
	count := map[language]int{}
	var main language
	for i := range list {
		l := list[i].language(old)
		count[l]++
		if n := count[l] - count[main]; n > 0 || n == 0 && l < main {
			main = l
		}
	}
	return main
}

func (e *entry) language(old *segment) language {
	if e.fresh != nil {
		return e.fresh.lang
	}
	return old.language(e.i)
}

// record fills in what is known of a new article, but for its place in the
// stream.
func record(a *article, d *[docSize]byte) {
	binary.LittleEndian.PutUint64(d[docID:], a.id&maxID)
	if a.undated {
		d[docFlags] |= flagUndate
	}
	if a.original {
		d[docFlags] |= flagOwn
	}
	setStock(d[:], a.stock)
	binary.LittleEndian.PutUint16(d[docLang:], uint16(a.lang))
	binary.LittleEndian.PutUint32(d[docWhen:], a.place.when)
	binary.LittleEndian.PutUint32(d[docHash:], a.place.hash)
	binary.LittleEndian.PutUint32(d[docOutlet:], a.outlet)
	binary.LittleEndian.PutUint32(d[docTitle:], a.title)
	binary.LittleEndian.PutUint32(d[docText:], a.text)
	setScale(d[:], a.scale)
	binary.LittleEndian.PutUint16(d[docGrams:], a.grams|uint16(a.days)<<(8+daysShift))
	binary.LittleEndian.PutUint16(d[docCredit:], a.credit)
}

func setScale(d []byte, scale float32) {
	binary.LittleEndian.PutUint32(d[docScale:], math.Float32bits(scale))
}

func setStock(d []byte, stock bool) {
	d[docFlags] &^= flagStock
	if stock {
		d[docFlags] |= flagStock
	}
}

// dictionary gives the terms of the articles their places, by ascending id, and
// each a word it was seen as: the shortest, then the first in the alphabet.
func (w *writer) dictionary(list []entry, old *segment) {
	w.gather(list, old)
	ids, words, surfaces := w.room[partIDs][:0], w.room[partWords][:0], w.room[partSurfaces][:0]
	rest := w.sorted
	next := 0
	for i := w.kept(0); i < len(w.oldAt) || len(rest) > 0; next++ {
		id := uint64(1 << 32)
		if i < len(w.oldAt) {
			id = uint64(old.termID(i))
		}
		was := id
		if len(rest) > 0 {
			id = min(id, rest[0]>>32)
		}
		from := len(surfaces)
		ids = binary.LittleEndian.AppendUint32(ids, uint32(id))
		words = appendWord(words, next, from)
		if was == id {
			w.oldAt[i] = uint32(next)
			surfaces = append(surfaces, old.word(i)...)
			i = w.kept(i + 1)
		}
		if len(rest) > 0 && rest[0]>>32 == id {
			n := uint32(rest[0])
			w.freshAt[n] = uint32(next)
			if better(w.seen[n], surfaces[from:]) {
				surfaces = append(surfaces[:from], w.seen[n]...)
			}
			rest = rest[1:]
		}
		surfaces = surfaces[:min(len(surfaces), from+maxSurface)]
	}
	words = appendWord(words, next, len(surfaces))
	w.factors = slices.Grow(w.factors[:0], next)[:next]
	clear(w.factors)
	for i, part := range map[int][]byte{partIDs: ids, partWords: words, partSurfaces: surfaces} {
		w.room[i], w.parts[i] = part, part
	}
}

// maxSurface is how many bytes of a word are kept: only a number may be longer,
// and a group of words has no room for many such.
const maxSurface = 1 << 10

// appendWord notes where the i-th word begins.
func appendWord(b []byte, i, from int) []byte {
	if i%wordGroup == 0 {
		b = binary.LittleEndian.AppendUint32(b, uint32(from))
	}
	group := binary.LittleEndian.Uint32(b[i/wordGroup*(4+2*wordGroup):])
	return binary.LittleEndian.AppendUint16(b, uint16(from-int(group)))
}

// better reports whether a word is to be shown for a term rather than another.
func better[T string | []byte](word string, than T) bool {
	switch {
	case len(word) == 0 || len(than) == 0:
		return len(word) > 0
	case len(word) != len(than):
		return len(word) < len(than)
	}
	return word < string(than)
}

// gather finds which terms the articles have: the new ones, sorted, and those
// of the old segment.
func (w *writer) gather(list []entry, old *segment) {
	w.fresh.reset()
	w.seen = w.seen[:0]
	w.oldAt, w.oldTerms, w.oldEnds = w.oldAt[:0], w.oldTerms[:0], w.oldEnds[:0]
	if old != nil {
		for range old.terms() {
			w.oldAt = append(w.oldAt, unused)
		}
	}
	for n := range list {
		a := list[n].fresh
		if a == nil {
			old.eachTerm(list[n].i, func(index int, raw, weight uint8) {
				w.oldAt[index] = 0
				w.oldTerms = append(w.oldTerms, indexed{uint32(index), raw, weight})
			})
			w.oldEnds = append(w.oldEnds, len(w.oldTerms))
			continue
		}
		w.eachWord(a, func(number uint32, t term) {
			word := a.lexicon.words[number].word
			if n := w.fresh.number(t.id); n == len(w.seen) {
				w.seen = append(w.seen, word)
			} else if better(word, w.seen[n]) {
				w.seen[n] = word
			}
		})
	}
	w.sorted = w.sorted[:0]
	for n, id := range w.fresh.ids {
		w.sorted = append(w.sorted, uint64(id)<<32|uint64(n))
	}
	slices.Sort(w.sorted)
	w.freshAt = slices.Grow(w.freshAt[:0], len(w.sorted))[:len(w.sorted)]
}

// kept returns the first of the old segment's terms, from i on, that an article
// has.
func (w *writer) kept(i int) int {
	for i < len(w.oldAt) && w.oldAt[i] == unused {
		i++
	}
	return i
}
