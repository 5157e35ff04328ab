package related

import "sort"

// crowd is what a sweep holds of the articles in its window, whatever stories
// they are in: all that comparing them takes, in canonical order and ready.
// Several comparers may read it at once.
type crowd struct {
	slots   []slot
	vectors []uint32   // numbers and weights of terms, 8 bits of weight
	names   []uint32   // the same of those that are names and numbers
	hashes  []uint32   // sketches
	need    []float32  // by slot: what heavy terms must make of the product for a link or a copy
	posts   []postings // by term
	first   int        // the first slot in the window
	numbers numbers    // of terms
	leaves  map[*leaf][]uint32
	heavy   heaviness
	room    article
}

// slot is an article that was taken in.
type slot struct {
	ref
	head
	outlet uint32
	vector span
	name   span // in names
	hash   span // in hashes, nothing if there is no text to speak of
	grams  uint16
	square uint32 // the sum of the squares of its names' weights
	core   bool   // later ones are compared with it; as long as its story is not known it may be
	tale   *tale
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
	c.first, c.posts, c.leaves = 0, nil, map[*leaf][]uint32{}
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
	numbers := c.number(r.leaf)
	c.heavy.reset()
	x.vector.from, x.name.from, x.hash.from = uint32(len(c.vectors)), uint32(len(c.names)), uint32(len(c.hashes))
	for t := seg.termsOf(r.i); t.next(); {
		w := t.weight()
		c.heavy.add(w)
		v := numbers[t.index]<<8 | uint32(w)
		c.vectors = append(c.vectors, v)
		if t.raw&termCapital != 0 || seg.termID(t.index)&1 == 1 {
			c.names = append(c.names, v)
			x.square += uint32(w) * uint32(w)
		}
	}
	x.vector.to, x.name.to = uint32(len(c.vectors)), uint32(len(c.names))
	seg.readSketch(r.i, &c.room)
	if !c.room.stock && c.room.grams >= minShingles {
		x.grams = c.room.grams
		c.hashes = append(c.hashes, c.room.sketch...)
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
	for _, t := range c.slots[c.first].vector.of(c.vectors) {
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

// number gives a leaf's terms the numbers by which they are known here.
func (c *crowd) number(l *leaf) []uint32 {
	if list := c.leaves[l]; list != nil {
		return list
	}
	list := make([]uint32, l.seg.terms())
	for i := range list {
		list[i] = uint32(c.numbers.number(l.seg.termID(i)))
	}
	c.leaves[l] = list
	for len(c.posts) < len(c.numbers.ids) {
		c.posts = append(c.posts, postings{})
	}
	return list
}
