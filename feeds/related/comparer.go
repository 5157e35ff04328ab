package related

import "math"

// comparer compares articles with those of a crowd before them, one of several
// that do so at once. It owns its buffers.
//
// Hundreds of articles may come into question for one, and of each some lines of
// memory are read, far from those of the others: to wait for these took longer than
// to compare. So a stretch of articles is compared together, in two steps. gather
// finds, for one of them, the slots that come into question, and reads no more of
// these than their postings and heads; sift goes through the slots as they lie and
// compares each with all those of the stretch that it was gathered for.
type comparer struct {
	*crowd
	times  times
	sum    []uint32 // by slot: the part of the product that heavy terms make
	passed []uint32 // slots whose sum passed what any of them needs, as many as there are
	pairs  [][]pair // by block of slots: what is to be compared
	heavy  heaviness

	sorted []pair
	weight []uint8 // by term, of the slot that is compared
	name   []uint8 // the same of its names and numbers
	sketch sketchSet
	hashed bool   // its sketch is in there,
	end    uint32 // and stands for so many hashes, to this one
	parts  parts
	found  []found // of the blocks it sifted, one after the other
}

// asked is an article of a stretch, that slots before it are compared with.
type asked struct {
	query
	*slot
	names, hashes, terms []uint32
	square               uint32  // the sum of the squares of its names' weights
	norm                 float64 // its root
	end                  uint32  // the last hash of all that its sketch stands for
}

// pair is a slot, by its place in the block, that may be linked with an asked
// article or have its text, by its place in the stretch. It is faint if heavy terms
// make too little for a copy: then it is of interest in a story's core alone.
type pair uint32

// block is how many slots are sifted as one piece of work.
const block = 1 << 9

func (p pair) at() int     { return int(p >> 16) }
func (p pair) asked() int  { return int(p >> 1 & 0x7fff) }
func (p pair) faint() bool { return p&1 != 0 }

// found is a slot that an article of the stretch has a link to or whose text it has.
type found struct {
	slot  uint32
	asked uint16
	copy  bool
	faint bool
	sim   float64
}

// begin makes room for gathering, for articles that come after all slots but
// those of their own stretch.
func (c *comparer) begin() {
	if len(c.sum) < len(c.slots) {
		c.sum = make([]uint32, len(c.slots)+4096)
		c.passed = make([]uint32, len(c.sum))
	}
	for len(c.pairs)*block < len(c.slots) {
		c.pairs = append(c.pairs, nil)
	}
}

// gather finds the slots to compare the i-th article of the stretch with, and
// returns how many there are.
func (c *comparer) gather(i int) int {
	c.begin()
	n := c.base + i
	x, h := &c.slots[n], &c.heads[n]
	a := &c.asks[i]
	l := x.plain(&c.fresh)
	*a = asked{query: h.linkQuery(c.times), slot: x, names: l.names, hashes: l.hashes, terms: l.terms}
	for _, t := range a.names {
		a.square += (t & 0xff) * (t & 0xff)
	}
	a.norm, a.end = math.Sqrt(float64(a.square)), x.end(a.hashes)
	c.heavy.reset()
	for _, t := range a.terms {
		c.heavy.add(uint8(t))
	}
	heavy := max(1, c.heavy.least(linkTerms))
	least := uint32(max(1, min(c.least/a.unit*roundingSlack, math.MaxInt32)))
	passed := 0
	for _, t := range a.terms {
		if w := uint8(t); w >= heavy {
			passed = c.collect(&c.posts[t>>8], uint32(w), uint32(n), least, passed)
		}
	}
	from, all := uint32(c.since(h.when)), 0
	for _, k := range c.enough(passed, a.unit) {
		x := &c.heads[k]
		product := a.cosine(x, float64(c.sum[k]))
		if k < from || product < linkMin*linkSlack || product*a.factor(x) < linkMin*linkSlack {
			continue
		}
		p := pair(k%block<<16 | uint32(i)<<1)
		if product < copyCosine*linkSlack {
			p |= 1
		}
		c.pairs[k/block] = append(c.pairs[k/block], p)
		all++
	}
	clear(c.sum[:n])
	return all
}

// collect adds a term's part to the sums of the slots before n, and notes those
// that reach least with it, as the passed ones after so many.
func (c *comparer) collect(list *posted, weight, n, least uint32, passed int) int {
	sums, all, at := c.sum[:n], c.passed, list.base
	for _, x := range list.steps {
		w := uint32(x & 0xff)
		if w == 0 {
			at += uint32(x)
			continue
		}
		if at += uint32(x >> 8); int(at) >= len(sums) {
			break
		}
		was := sums[at]
		now := was + weight*w
		sums[at] = now
		all[passed] = at
		passed += int((was - least) &^ (now - least) >> 31)
	}
	return passed
}

// enough leaves those of so many passed slots whose own need is met. A third is, so
// no branch tells.
func (c *comparer) enough(passed int, unit float32) []uint32 {
	list, sums, need := c.passed[:passed], c.sum, c.need
	left := 0
	for _, k := range list {
		list[left] = k
		met := 0
		if float32(sums[k])*unit >= need[k] {
			met = 1
		}
		left += met
	}
	return list[:left]
}
