package related

import (
	"math"
	"slices"
)

// comparer compares articles of a crowd with those before them. It owns its
// buffers.
type comparer struct {
	*crowd
	times  times
	asked  *slot
	weight []uint8  // by term, of the asked article
	name   []uint8  // the same of its names and numbers
	sum    []uint32 // by slot: the part of the product that heavy terms make
	likely []likely // slots that may be linked with the asked article or have its text
	sketch sketchSet
	heavy  heaviness
	parts  parts // of a retired slot
	again  pile
	slot   slot
}

// found is an article before the asked one that it has a link to or whose text
// it has.
type found struct {
	slot  uint32
	copy  bool
	faint bool // heavy terms make too little for a copy: of a story's core alone is it looked at
	sim   float64
}

// likely is what may be found, and what its cosine is multiplied by.
type likely struct {
	found
	factor float64
}

// find appends what is found for the article of slot n to list, in canonical
// order.
func (c *comparer) find(n int, list []found) []found {
	c.ask(n)
	from := c.since(c.asked.when)
	q := c.asked.linkQuery(c.times)
	c.choose(&q, from, n)
	bare := c.asked.vector.to-c.asked.vector.from <= linkBare
	for _, f := range c.likely {
		x, in := &c.slots[f.slot], &c.data
		if int(f.slot) >= c.thinned {
			in = &c.fresh
		}
		if !x.core {
			if x, in = c.recall(x); x == nil {
				continue
			}
		}
		if c.alikeNames(x, in) < namesMin && c.worded(x, in) {
			continue
		}
		all, held := c.products(x, in, q.most(&x.head))
		if bare || x.vector.to-x.vector.from <= linkBare {
			held = all
		}
		cos := q.cosine(&x.head, float64(all))
		f.sim = q.cosine(&x.head, float64(held)) * f.factor
		f.copy = cos >= copyCosine && c.contained(x, in) >= copyContain
		if !f.copy && f.sim < linkMin || x.outlet == c.asked.outlet && distinct(c.asked.ref, x.ref, f.copy) {
			continue
		}
		list = append(list, f.found)
	}
	clear(c.sum[:n])
	c.forget()
	return list
}

// ask makes the article of slot n the one that others are compared with, and
// adds up what its heavy terms make of the products with those before it.
func (c *comparer) ask(n int) {
	c.asked = &c.slots[n]
	if all := len(c.numbers.ids); len(c.weight) < all {
		c.weight, c.name = make([]uint8, all+4096), make([]uint8, all+4096)
	}
	if len(c.sum) < len(c.slots) {
		c.sum = make([]uint32, len(c.slots)+4096)
	}
	terms := c.fresh.of(c.asked.vector)
	c.heavy.reset()
	for _, t := range terms {
		c.weight[t>>8] = uint8(t)
		c.heavy.add(uint8(t))
	}
	least := max(1, c.heavy.least(linkTerms))
	for _, t := range terms {
		if w := uint8(t); w >= least {
			c.collect(c.posts.from(t>>8, uint32(c.first)), uint32(w), uint32(n))
		}
	}
	for _, t := range c.fresh.of(c.asked.name) {
		c.name[t>>8] = uint8(t)
	}
	for _, h := range c.fresh.of(c.asked.hash) {
		c.sketch.add(h)
	}
}

func (c *comparer) forget() {
	for _, t := range c.fresh.of(c.asked.vector) {
		c.weight[t>>8], c.name[t>>8] = 0, 0
	}
	c.sketch.clear(c.fresh.of(c.asked.hash))
}

// collect adds a term's part to the sums of the articles before slot n.
func (c *comparer) collect(list []uint32, weight, n uint32) {
	sums := c.sum[:n]
	for _, x := range list {
		if int(x>>8) >= len(sums) {
			break
		}
		sums[x>>8] += weight * (x & 0xff)
	}
}

// choose finds the slots from one on, up to another, that heavy terms make
// enough of the product with.
func (c *comparer) choose(q *query, from, to int) {
	c.likely = c.likely[:0]
	sums := c.sum[from:to]
	need := c.need[from:to][:len(sums)]
	least := uint32(min(c.least/q.unit*roundingSlack, math.MaxInt32)) // most have less
	for i, sum := range sums {
		if sum >= least && float32(sum)*q.unit >= need[i] {
			c.likely = append(c.likely, likely{found: found{slot: uint32(from + i)}})
		}
	}
	all := c.likely
	c.likely = all[:0]
	for _, f := range all {
		x := &c.slots[f.slot]
		product := q.cosine(&x.head, float64(c.sum[f.slot]))
		f.factor = q.factor(&x.head)
		f.faint = product < copyCosine*linkSlack
		if product*f.factor >= linkMin*linkSlack && product >= linkMin*linkSlack && (!f.faint || x.core) {
			c.likely = append(c.likely, f)
		}
	}
}

// products are the inner products with an article, in units of both scales: all
// of it, and with no term's part above most.
func (c *comparer) products(x *slot, in *pile, most uint32) (all, held uint32) {
	for _, t := range in.of(x.vector) {
		v := uint32(c.weight[t>>8]) * (t & 0xff)
		all += v
		held += min(v, most)
	}
	return all, held
}

// worded reports whether the texts have wording in common, see article.wording.
func (c *comparer) worded(x *slot, in *pile) bool {
	if x.grams == 0 || c.asked.grams == 0 {
		return false
	}
	both := 0
	for _, h := range in.of(x.hash) {
		if c.sketch.has(h) {
			if both++; both == wordingMin {
				return true
			}
		}
	}
	return both > 0 && c.share(x, in, both) >= copyContain
}

// contained is that of the asked article and another.
func (c *comparer) contained(x *slot, in *pile) float64 {
	if x.grams == 0 || c.asked.grams == 0 {
		return 0
	}
	both := 0
	for _, h := range in.of(x.hash) {
		if c.sketch.has(h) {
			both++
		}
	}
	return c.share(x, in, both)
}

// share is what so many hashes in common are of the shorter text's.
func (c *comparer) share(x *slot, in *pile, both int) float64 {
	a, b := c.fresh.of(c.asked.hash), in.of(x.hash)
	end := noHash
	if int(c.asked.grams) > len(a) {
		end = slices.Max(a)
	}
	if int(x.grams) > len(b) {
		end = min(end, slices.Max(b))
	}
	shorter := a
	if x.grams < c.asked.grams {
		shorter = b
	}
	all := 0
	for _, h := range shorter {
		if h <= end {
			all++
		}
	}
	return float64(both) / float64(all)
}

// noHash is above those of all sketches.
const noHash = ^uint32(0)

// alikeNames is that of the asked article and another.
func (c *comparer) alikeNames(x *slot, in *pile) float64 {
	if c.asked.square == 0 || x.square == 0 {
		return 1
	}
	var both uint32
	for _, t := range in.of(x.name) {
		both += uint32(c.name[t>>8]) * (t & 0xff)
	}
	return float64(both) / math.Sqrt(float64(c.asked.square)*float64(x.square))
}
