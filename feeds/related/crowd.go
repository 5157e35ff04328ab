package related

import (
	"math/bits"
	"sort"
)

// crowd is what a sweep holds of the articles in its window, whatever stories
// they are in: all that comparing them takes, in canonical order and ready.
// Several comparers may read it at once.
type crowd struct {
	slots []slot
	lists
	thinned int             // slots before it hold nothing in the lists that they need not
	usual   [1 << 12]uint16 // how often a hash was met, by its last bits
	need    []float32       // by slot: what heavy terms must make of the product for a link or a copy
	posts   []postings      // by term
	first   int             // the first slot in the window
	numbers numbers         // of terms
	leaves  map[*leaf][]uint32
	heavy   heaviness
	room    article
	again   lists // of a retired slot
}

// lists are what slots have a part of.
type lists struct {
	vectors []uint32 // numbers and weights of terms, 8 bits of weight
	names   []uint32 // the same of those that are names and numbers
	hashes  []uint32 // sketches, what many have first
}

// slot is an article that was taken in. What most comparisons end with comes
// first.
type slot struct {
	head
	grams  uint16
	core   bool // later ones are compared with it; as long as its story is not known it may be
	outlet uint32
	square uint32 // the sum of the squares of its names' weights
	hash   span   // in hashes, nothing if there is no text to speak of
	name   span   // in names
	vector span
	ref
	tale *tale
}

type span struct{ from, to uint32 }

func (s span) of(list []uint32) []uint32 { return list[s.from:s.to] }

// postings are the slots and weights of a term, 8 bits of weight; those before
// head have left the window.
type postings struct {
	list []uint32
	head int
}

// maxSlots is how many slots, and how many terms, 24 bits tell apart.
const maxSlots = 1 << 24

// empty forgets all articles.
func (c *crowd) empty() {
	c.slots, c.vectors, c.names, c.hashes, c.need = c.slots[:0], c.vectors[:0], c.names[:0], c.hashes[:0], c.need[:0]
	c.first, c.thinned, c.posts, c.leaves = 0, 0, nil, map[*leaf][]uint32{}
	c.numbers.reset()
}

// full reports whether it is time to start again.
func (c *crowd) full() bool {
	n := len(c.slots)
	return n >= maxSlots-stretch || len(c.numbers.ids) >= maxSlots || c.first > leafSize && c.first > n/2
}

// take takes an article in.
func (c *crowd) take(r ref) {
	seg := &r.leaf.seg
	x := slot{ref: r, head: seg.head(r.i), outlet: seg.outlet(r.i), core: true}
	numbers := c.numbered(r.leaf)
	c.lists.put(&x, func(index int) uint32 { return c.number(numbers, seg, index) })
	c.heavy.reset()
	for _, t := range x.vector.of(c.vectors) {
		c.heavy.add(uint8(t))
	}
	x.hash.from = uint32(len(c.hashes))
	seg.readSketch(r.i, &c.room)
	if !c.room.stock && c.room.grams >= minShingles {
		x.grams = c.room.grams
		c.keep(c.room.sketch)
	}
	x.hash.to = uint32(len(c.hashes))
	least := max(1, c.heavy.least(postTerms))
	n := uint32(len(c.slots))
	for _, t := range x.vector.of(c.vectors) {
		if uint8(t) >= least {
			p := &c.posts[t>>8]
			p.list = append(p.list, n<<8|t&0xff)
		}
	}
	c.slots = append(c.slots, x)
	c.need = append(c.need, needed(&x.head, linkMin))
}

// maxSketch is how many hashes a sketch may be said to have.
const maxSketch = 1 << 6

// keep appends a sketch, by how often its hashes were met: two texts that have
// some in common mostly have those that many have.
func (c *crowd) keep(sketch []uint32) {
	var often [maxSketch]uint8
	var next [17]int
	for i, h := range sketch {
		n := &c.usual[h%uint32(len(c.usual))]
		*n += 1 - *n>>15
		often[i] = uint8(16 - bits.Len16(*n))
		next[often[i]+1]++
	}
	for i := range next[1:] {
		next[i+1] += next[i]
	}
	from := len(c.hashes)
	c.hashes = append(c.hashes, sketch...)
	for i, h := range sketch {
		at := &next[often[i]]
		c.hashes[from+*at] = h
		*at++
	}
}

// needed is what heavy terms must make of the product with an article, in units
// of its scale, for a cosine of least to be possible, rounding apart.
func needed(h *head, least float64) float32 {
	return float32(least * linkSlack * roundingSlack / float64(h.scale))
}

// roundingSlack keeps what another order of rounding would not leave out.
const roundingSlack = 0.999

// retire makes an article one that later ones may be copies of, no more.
func (c *crowd) retire(n int) {
	c.slots[n].core = false
	c.need[n] = needed(&c.slots[n].head, copyCosine)
}

// drop takes the first article out of the window.
func (c *crowd) drop() {
	for _, t := range c.vector(c.first) {
		if p := &c.posts[t>>8]; p.head < len(p.list) && int(p.list[p.head]>>8) == c.first {
			p.head++
		}
	}
	c.first++
}

// since returns the first slot in the window of an article of that time.
func (c *crowd) since(when uint32) int {
	from := when - min(when, linkSpan)
	return c.first + sort.Search(len(c.slots)-c.first, func(i int) bool { return c.slots[c.first+i].when >= from })
}

// numbered returns the numbers by which a leaf's terms are known here, as far
// as they were met; 0 is none.
func (c *crowd) numbered(l *leaf) []uint32 {
	list := c.leaves[l]
	if list == nil {
		list = make([]uint32, l.seg.terms())
		c.leaves[l] = list
	}
	return list
}

// number returns a term's number. What is common is met early, so it lies close
// together.
func (c *crowd) number(of []uint32, seg *segment, index int) uint32 {
	if of[index] == 0 {
		n := c.numbers.number(seg.termID(index))
		of[index] = uint32(n + 1)
		if n == len(c.posts) {
			c.posts = append(c.posts, postings{})
		}
	}
	return of[index] - 1
}
