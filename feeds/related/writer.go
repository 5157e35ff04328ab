package related

import (
	"encoding/binary"
	"hash/crc32"
	"math"
	"slices"
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
	main    language
	factors []float64          // of the dictionary's terms in the main language, 0 where not known
	classes map[float64]uint16 // numbers of the factors
	terms   []indexed          // of one article
	posts   poster
	sketch  bitWriter
	stream  bitWriter
	parts   [segParts][]byte // of the new segment
	room    [segParts][]byte // that they had before
}

// indexed is a term by its place in a dictionary.
type indexed struct {
	index  uint32
	raw, w uint8
}

// unused is where a term is that no article has.
const unused = ^uint32(0)

// factors gives what a segment's main language multiplies the counts of a term
// by; 0 if it is not known.
type factors func(main language, id uint32) float64

// encode writes articles, which must be in canonical order; those that are not
// new lie in old. If they are to be weighed anew, nothing is posted yet.
func (w *writer) encode(list []entry, old *segment, of factors, later bool) []byte {
	w.dictionary(list, old)
	w.main = mainLanguage(list, old)
	same := old != nil && old.main == w.main
	for i, at := range w.oldAt {
		if same && at != unused {
			w.factors[at] = old.factor(i)
		}
	}
	for i := range w.factors {
		if w.factors[i] == 0 && of != nil {
			w.factors[i] = of(w.main, binary.LittleEndian.Uint32(w.parts[partIDs][4*i:]))
		}
	}
	w.begin()
	for n := range list {
		e := &list[n]
		var d [docSize]byte
		w.terms = w.terms[:0]
		if e.fresh != nil {
			record(e.fresh, &d)
			for _, t := range e.fresh.terms {
				k, _ := w.fresh.find(t.id)
				w.terms = append(w.terms, indexed{w.freshAt[k], t.raw, t.w})
			}
			w.sketch.b = w.sketch.b[:0]
			writeSketch(&w.sketch, e.fresh.sketch)
			w.add(n, &d, w.sketch.b, false)
		} else {
			copy(d[:], old.doc(e.i))
			old.eachTerm(e.i, func(index int, raw, weight uint8) {
				w.terms = append(w.terms, indexed{w.oldAt[index], raw, weight})
			})
			w.add(n, &d, old.sketch(e.i), same && d[docFlags]&flagWeights == 0)
		}
		if !later {
			w.posts.add(n, w.terms)
		}
	}
	return w.end()
}

// rewrite writes a segment with other weights: docs are its records with other
// scales, terms those of all articles, which end at ends, and of the factors.
func (w *writer) rewrite(seg *segment, docs []byte, terms []indexed, ends []int, of factors) []byte {
	w.parts = seg.parts()
	w.parts[partDocs] = nil
	w.main = seg.main
	w.factors = w.factors[:0]
	for i := range seg.terms() {
		f := 0.0
		if of != nil {
			f = of(seg.main, seg.termID(i))
		}
		if f == 0 {
			f = seg.factor(i)
		}
		w.factors = append(w.factors, f)
	}
	w.begin()
	from := 0
	for i, end := range ends {
		w.terms = terms[from:end]
		w.add(i, (*[docSize]byte)(docs[i*docSize:]), seg.sketch(i), false)
		w.posts.add(i, w.terms)
		from = end
	}
	w.terms = nil
	return w.end()
}

// begin numbers the factors and makes room for articles.
func (w *writer) begin() {
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
	w.posts.reset(len(w.factors))
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
	out := make([]byte, segHeader, size)
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

// add writes the n-th article, whose terms are in w. That its weights follow
// from the factors is looked at unless it is sure.
func (w *writer) add(n int, d *[docSize]byte, sketch []byte, sure bool) {
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
	binary.LittleEndian.PutUint16(d[docGrams:], a.grams)
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
	w.oldAt = w.oldAt[:0]
	if old != nil {
		for range old.terms() {
			w.oldAt = append(w.oldAt, unused)
		}
	}
	for n := range list {
		a := list[n].fresh
		if a == nil {
			old.eachCount(list[n].i, func(index int, _ uint8) { w.oldAt[index] = 0 })
			continue
		}
		for k, t := range a.terms {
			word := a.lexicon.words[a.surface[k]].word
			if n := w.fresh.number(t.id); n == len(w.seen) {
				w.seen = append(w.seen, word)
			} else if better(word, w.seen[n]) {
				w.seen[n] = word
			}
		}
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

// poster gathers postings in the order of the articles and writes them in the
// order of the terms.
type poster struct {
	list, sorted []posting
	count, next  []uint32 // per term
}

type posting struct {
	term, doc uint32
	w         uint8
}

func (p *poster) reset(terms int) {
	p.list = p.list[:0]
	p.count = slices.Grow(p.count[:0], terms)[:terms]
	clear(p.count)
}

// add posts an article under its heaviest terms.
func (p *poster) add(doc int, terms []indexed) {
	least := leastPosted(terms)
	for _, t := range terms {
		if t.w >= least {
			p.list = append(p.list, posting{t.index, uint32(doc), t.w})
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
		p.sorted[p.next[x.term]] = x
		p.next[x.term]++
	}
	rest := p.sorted
	for _, n := range p.count {
		bounds = appendBound(bounds, len(postings))
		last := -1
		for _, x := range rest[:n] {
			postings = append(binary.AppendUvarint(postings, uint64(int(x.doc)-last)), x.w)
			last = int(x.doc)
		}
		rest = rest[n:]
	}
	return appendBound(bounds, len(postings)), postings
}

func appendBound(b []byte, at int) []byte { return append(b, byte(at), byte(at>>8), byte(at>>16)) }

// leastPosted is the weight that a term must have to be posted: that of the
// postTerms-th heaviest, and more than nothing.
func leastPosted(terms []indexed) uint8 {
	if len(terms) <= postTerms {
		return 1
	}
	var count [256]int
	for _, t := range terms {
		count[t.w]++
	}
	n := 0
	for w := 255; w > 0; w-- {
		n += count[w]
		if n >= postTerms {
			return uint8(w)
		}
	}
	return 1
}
