package related

import (
	"math"
	"math/bits"
	"slices"
	"sort"
)

// crowd is what a sweep holds of the articles in its window, whatever stories
// they are in: all that comparing them takes, in canonical order and ready.
// Several gatherers may read it while the stories of slots are told and decided, which
// changes nothing that they read.
type crowd struct {
	slots   []slot
	heads   []head       // by slot
	tales   []uint32     // by slot: the number of its story, as the sweep counts them, 0 as long as it is not known or if later ones are not compared with it
	data    pile[uint16] // the lists of each slot, packed
	fresh   pile[uint32] // those of all slots from thinned on
	thinned int
	usual   [1 << 12]uint16 // how often a hash was met, by its last bits
	need    []float32       // by slot: what heavy terms must make of the product for a link or a copy
	posts   postings
	retired []int   // slots of which need does not know yet that they are
	least   float32 // of need, or less
	spare   int     // slots out of the window that are borne
	first   int     // the first slot in the window
	numbers numbers // of terms
	leaves  []entered
	heavy   heaviness
	parts   parts
}

// slot is an article that was taken in, beside its head.
type slot struct {
	leaf, i      uint32 // see ref
	at           uint32 // where its lists lie
	names, terms uint16 // how long they are
	hashes       uint8
	core         bool // later ones are compared with it; as long as its story is not known it may be
	bare         bool // it has no more terms than a link by one alone is allowed for
	grams        uint16
	outlet       uint16 // some of its bits
}

// entered is a leaf of which articles were taken in, with the numbers by which its
// terms are known here, as far as they were met; 0 is none.
type entered struct {
	*leaf
	numbers []uint32
}

// ref returns the article of a slot.
func (c *crowd) ref(x *slot) ref { return ref{c.leaves[x.leaf].leaf, int(x.i)} }

// maxSlots is how many slots, and how many terms, 24 bits tell apart.
const maxSlots = 1 << 24

// maxPages is how many pages a span can tell apart, and one less.
const maxPages = 1<<32/page - 1

// empty forgets all articles.
func (c *crowd) empty() {
	c.slots, c.heads, c.tales, c.need = c.slots[:0], c.heads[:0], c.tales[:0], c.need[:0]
	c.data.empty()
	c.fresh.empty()
	c.first, c.thinned, c.posts, c.leaves, c.least = 0, 0, nil, nil, math.MaxFloat32
	c.retired = c.retired[:0]
	c.numbers.reset()
}

// full reports whether it is time to start again.
func (c *crowd) full() bool {
	return len(c.slots) >= maxSlots-stretch || len(c.data.pages) >= maxPages || len(c.numbers.ids) >= maxSlots
}

// spent reports whether much of what is held has left the window.
func (c *crowd) spent() bool { return c.first > c.spare && c.first > len(c.slots)/4 }

// compact forgets what has left the window and returns how many slots that was:
// by so many those that are left are lower now. All are thinned.
func (c *crowd) compact() int {
	by := c.first
	if by == len(c.slots) {
		c.empty()
		return by
	}
	c.data.drop(c.slots[by].at)
	c.slots, c.heads = slices.Delete(c.slots, 0, by), slices.Delete(c.heads, 0, by)
	c.tales, c.need = slices.Delete(c.tales, 0, by), slices.Delete(c.need, 0, by)
	c.first, c.thinned, c.least = 0, len(c.slots), slices.Min(c.need)
	gone := c.slots[0].leaf
	for i := range c.slots {
		c.slots[i].leaf -= gone
	}
	c.leaves = slices.Delete(c.leaves, 0, int(gone))
	c.posts.forget(uint32(by))
	return by
}

// take takes an article in, all but its lists, which keep does. In p are its terms
// by their indexes in the segment, as opened left them; they get their numbers here.
func (c *crowd) take(r ref, p *parts) *slot {
	seg := &r.leaf.seg
	if k := len(c.leaves); k == 0 || c.leaves[k-1].leaf != r.leaf {
		c.leaves = append(c.leaves, entered{r.leaf, make([]uint32, seg.terms())})
	}
	in := len(c.leaves) - 1
	x, h := slot{leaf: uint32(in), i: uint32(r.i), outlet: uint16(seg.outlet(r.i)), core: true}, seg.head(r.i)
	if x.bare = len(p.terms) <= linkBare; proves(seg, r.i) {
		x.grams = seg.grams(r.i)
	}
	numbers := c.leaves[in].numbers
	c.heavy.reset()
	for i, t := range p.terms {
		p.terms[i] = c.number(numbers, seg, int(t>>8))<<8 | t&0xff
		c.heavy.add(uint8(t))
	}
	least := max(1, c.heavy.least(postTerms))
	n := uint32(len(c.slots))
	for _, t := range p.terms {
		if uint8(t) >= least {
			c.posts[t>>8].add(n, uint8(t), uint32(c.first))
		}
	}
	c.slots, c.heads, c.tales = append(c.slots, x), append(c.heads, h), append(c.tales, 0)
	c.need = append(c.need, needed(&h, linkMin))
	c.least = min(c.least, c.need[n])
	return &c.slots[n]
}

// keep keeps the lists of the last article that was taken in, of one that is retired by
// then only the sketch.
func (c *crowd) keep(x *slot, p *parts) {
	if !x.core {
		p.terms, p.names = p.terms[:0], nil
	}
	c.byUse(p.hashes)
	p.put(x, &c.fresh)
}

// lists returns what a slot holds.
func (c *crowd) lists(n int) lists {
	if n < c.thinned {
		return c.slots[n].packed(&c.data)
	}
	return c.slots[n].plain(&c.fresh)
}

// proves reports whether an article has text enough of its own that another may be
// its copy.
func proves(seg *segment, i int) bool { return !seg.stock(i) && seg.grams(i) >= minShingles }

// maxSketch is how many hashes a sketch may be said to have.
const maxSketch = 1 << 6

// byUse orders a sketch by how often its hashes were met: two texts that have
// some in common mostly have those that many have.
func (c *crowd) byUse(sketch []uint32) {
	var often [maxSketch]uint8
	var next [17]int
	var was [maxSketch]uint32
	for i, h := range sketch {
		n := &c.usual[h%uint32(len(c.usual))]
		*n += 1 - *n>>15
		often[i], was[i] = uint8(16-bits.Len16(*n)), h
		next[often[i]+1]++
	}
	for i := range next[1:] {
		next[i+1] += next[i]
	}
	for i := range sketch {
		at := &next[often[i]]
		sketch[*at] = was[i]
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
	c.retired = append(c.retired, n)
}

// needLess notes that of those that were retired nothing but copies is asked for.
func (c *crowd) needLess() {
	for _, n := range c.retired {
		c.need[n] = needed(&c.heads[n], copyCosine)
	}
	c.retired = c.retired[:0]
}

// since returns the first slot in the window of an article of that time; those before
// first are not.
func (c *crowd) since(when uint32, first int) int {
	from := when - min(when, linkSpan)
	return first + sort.Search(len(c.slots)-first, func(i int) bool { return c.heads[first+i].when >= from })
}

// number returns a term's number. What is common is met early, so it lies close
// together.
func (c *crowd) number(of []uint32, seg *segment, index int) uint32 {
	if of[index] == 0 {
		n := c.numbers.number(seg.termID(index))
		of[index] = uint32(n + 1)
		if n == len(c.posts) {
			c.posts = append(c.posts, posted{})
		}
	}
	return of[index] - 1
}
