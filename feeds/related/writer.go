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

// writer makes segments. Articles that lie in another segment are taken over as
// bytes, with their terms numbered anew. It owns its buffers.
type writer struct {
	fresh   numbers  // the terms of the new articles
	seen    []string // the best word that each of them was seen as
	freshAt []uint32 // where each of them is in the new dictionary
	oldAt   []uint32 // where the terms of the old segment are, if an article has them
	sorted  []uint64
	terms   []indexed
	posts   poster
	parts   [segParts][]byte // of the new segment
}

// indexed is a term by its place in a dictionary.
type indexed struct {
	index  uint32
	raw, w uint8
}

// unused is where a term is that no article has.
const unused = ^uint32(0)

// encode writes articles, which must be in canonical order and weighed; those
// that are not new lie in old. If post is false they are not posted yet.
func (w *writer) encode(list []entry, old *segment, post bool) []byte {
	for i := range w.parts {
		w.parts[i] = w.parts[i][:0]
	}
	w.dictionary(list, old)
	w.posts.reset(len(w.parts[partIDs]) / 4)
	for n := range list {
		e := &list[n]
		var d [docSize]byte
		w.terms = w.terms[:0]
		if e.fresh != nil {
			w.record(e.fresh, &d)
			for _, t := range e.fresh.terms {
				k, _ := w.fresh.find(t.id)
				w.terms = append(w.terms, indexed{w.freshAt[k], t.raw, t.w})
			}
		} else {
			copy(d[:], old.doc(e.i))
			w.sketch(&d, old.sketch(e.i))
			old.eachTerm(e.i, func(index int, raw, weight uint8) {
				w.terms = append(w.terms, indexed{w.oldAt[index], raw, weight})
			})
		}
		binary.LittleEndian.PutUint32(d[36:], uint32(len(w.parts[partForward])))
		w.parts[partDocs] = append(w.parts[partDocs], d[:]...)
		w.forward()
		if post {
			w.posts.add(n, w.terms)
		}
	}
	w.parts[partBounds], w.parts[partPostings] = w.posts.encode(w.parts[partBounds], w.parts[partPostings])
	return join(w.parts)
}

// record fills in what is known of a new article, but for where its terms are.
func (w *writer) record(a *article, d *[docSize]byte) {
	binary.LittleEndian.PutUint64(d[:], a.id)
	binary.LittleEndian.PutUint32(d[8:], a.place.when)
	binary.LittleEndian.PutUint32(d[12:], a.place.hash)
	binary.LittleEndian.PutUint32(d[16:], a.outlet)
	binary.LittleEndian.PutUint32(d[20:], a.title)
	binary.LittleEndian.PutUint16(d[24:], uint16(a.lang))
	if a.undated {
		d[26] |= flagUndate
	}
	if a.original {
		d[26] |= flagOwn
	}
	setStock(d[:], a.stock)
	d[27] = uint8(len(a.sketch))
	binary.LittleEndian.PutUint16(d[28:], a.grams)
	binary.LittleEndian.PutUint16(d[30:], a.credit)
	setScale(d[:], a.scale)
	binary.LittleEndian.PutUint32(d[40:], uint32(len(w.parts[partSketches])))
	binary.LittleEndian.PutUint32(d[44:], a.text)
	for _, h := range a.sketch {
		w.parts[partSketches] = binary.LittleEndian.AppendUint32(w.parts[partSketches], h)
	}
}

func setScale(d []byte, scale float32) {
	binary.LittleEndian.PutUint32(d[32:], math.Float32bits(scale))
}

func setStock(d []byte, stock bool) {
	d[26] &^= flagStock
	if stock {
		d[26] |= flagStock
	}
}

// sketch takes over a sketch, of which damage may have left less than the
// record says.
func (w *writer) sketch(d *[docSize]byte, b []byte) {
	binary.LittleEndian.PutUint32(d[40:], uint32(len(w.parts[partSketches])))
	d[27] = uint8(len(b) / 4)
	w.parts[partSketches] = append(w.parts[partSketches], b...)
}

// forward writes the terms of an article.
func (w *writer) forward() {
	b := binary.AppendUvarint(w.parts[partForward], uint64(len(w.terms)))
	at := -1
	for _, t := range w.terms {
		b = binary.AppendUvarint(b, uint64(int(t.index)-at))
		b = append(b, t.raw, t.w)
		at = int(t.index)
	}
	w.parts[partForward] = b
}

// dictionary gives the terms of the articles their places, by ascending id, and
// each a word it was seen as: the shortest, then the first in the alphabet.
func (w *writer) dictionary(list []entry, old *segment) {
	w.gather(list, old)
	rest := w.sorted
	next := uint32(0)
	for i := w.kept(0); i < len(w.oldAt) || len(rest) > 0; next++ {
		id := uint64(1 << 32)
		if i < len(w.oldAt) {
			id = uint64(old.termID(i))
		}
		was := id
		if len(rest) > 0 {
			id = min(id, rest[0]>>32)
		}
		from := len(w.parts[partSurfaces])
		w.parts[partIDs] = binary.LittleEndian.AppendUint32(w.parts[partIDs], uint32(id))
		w.parts[partWords] = binary.LittleEndian.AppendUint32(w.parts[partWords], uint32(from))
		if was == id {
			w.oldAt[i] = next
			w.parts[partSurfaces] = append(w.parts[partSurfaces], span(old.words, old.surfaces, i)...)
			i = w.kept(i + 1)
		}
		if len(rest) > 0 && rest[0]>>32 == id {
			n := uint32(rest[0])
			w.freshAt[n] = next
			if word := w.parts[partSurfaces][from:]; better(w.seen[n], word) {
				w.parts[partSurfaces] = append(w.parts[partSurfaces][:from], w.seen[n]...)
			}
			rest = rest[1:]
		}
	}
	w.parts[partWords] = binary.LittleEndian.AppendUint32(w.parts[partWords], uint32(len(w.parts[partSurfaces])))
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
			old.eachTerm(list[n].i, func(index int, _, _ uint8) { w.oldAt[index] = 0 })
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

// repost returns a segment whose weights were changed in place, with postings
// that are as they now have to be.
func (w *writer) repost(seg *segment) []byte {
	w.posts.reset(seg.terms())
	for i := range seg.len() {
		w.terms = w.terms[:0]
		seg.eachTerm(i, func(index int, raw, weight uint8) {
			w.terms = append(w.terms, indexed{uint32(index), raw, weight})
		})
		w.posts.add(i, w.terms)
	}
	parts := seg.parts()
	parts[partBounds], parts[partPostings] = w.posts.encode(w.parts[partBounds][:0], w.parts[partPostings][:0])
	w.parts[partBounds], w.parts[partPostings] = parts[partBounds], parts[partPostings]
	return join(parts)
}

// join makes the bytes of a segment.
func join(parts [segParts][]byte) []byte {
	size := segHeader
	for _, part := range parts {
		size += len(part)
	}
	out := make([]byte, segHeader, size)
	binary.LittleEndian.PutUint32(out, segMagic)
	for i, part := range parts {
		binary.LittleEndian.PutUint32(out[8+4*i:], uint32(len(out)))
		out = append(out, part...)
	}
	binary.LittleEndian.PutUint32(out[8+4*segParts:], uint32(len(out)))
	binary.LittleEndian.PutUint32(out[4:], crc32.Checksum(out[8:], crcTable))
	return out
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
		bounds = binary.LittleEndian.AppendUint32(bounds, uint32(len(postings)))
		last := -1
		for _, x := range rest[:n] {
			postings = append(binary.AppendUvarint(postings, uint64(int(x.doc)-last)), x.w)
			last = int(x.doc)
		}
		rest = rest[n:]
	}
	return binary.LittleEndian.AppendUint32(bounds, uint32(len(postings))), postings
}

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
