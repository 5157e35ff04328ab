package related

import (
	"math"
	"slices"
)

// sift compares the slots of a block with the articles that all comparers gathered
// them for, and appends what it finds, in the order of the slots.
func (c *comparer) sift(n int, all []*comparer) {
	var next [block + 1]uint32
	for _, o := range all {
		for _, p := range o.of(n) {
			next[p.at()+1]++
		}
	}
	for i := range next[1:] {
		next[i+1] += next[i]
	}
	c.sorted = slices.Grow(c.sorted[:0], int(next[block]))[:next[block]]
	for _, o := range all {
		for _, p := range o.of(n) {
			c.sorted[next[p.at()]] = p
			next[p.at()]++
		}
	}
	if need := len(c.numbers.ids); len(c.weight) < need {
		c.weight, c.name = make([]uint8, need+4096), make([]uint8, need+4096)
	}
	for from := 0; from < len(c.sorted); {
		at, to := c.sorted[from].at(), from+1
		for to < len(c.sorted) && c.sorted[to].at() == at {
			to++
		}
		c.compare(n*block+at, c.sorted[from:to])
		if c.hashed {
			c.hashed, c.sketch = false, sketchSet{}
		}
		from = to
	}
}

// of returns what was gathered of a block.
func (c *comparer) of(n int) []pair {
	if n >= len(c.pairs) {
		return nil
	}
	return c.pairs[n]
}

// compare compares a slot with the articles it was gathered for.
func (c *comparer) compare(n int, list []pair) {
	x := &c.slots[n]
	var l lists
	switch {
	case !x.core:
		if list = c.recall(x, list); len(list) == 0 {
			return
		}
		l = c.parts.lists
	case n < c.thinned:
		l = c.parts.unpack(x, &c.data)
	default:
		l = x.plain(&c.fresh)
	}
	if list = c.named(x, &l, list); len(list) > 0 {
		c.link(n, x, &l, list)
	}
}

// named leaves out those articles that share a slot's wording, but not its names.
func (c *comparer) named(x *slot, l *lists, list []pair) []pair {
	name, square := c.name, uint32(0)
	for _, t := range l.names {
		name[t>>8] = uint8(t)
		square += (t & 0xff) * (t & 0xff)
	}
	norm := math.Sqrt(float64(square))
	left := list[:0]
	for _, p := range list {
		a := &c.asks[p.asked()]
		if a.square > 0 && square > 0 && c.unlike(a, square, norm) && c.worded(a, x, l) {
			continue
		}
		left = append(left, p)
	}
	for _, t := range l.names {
		name[t>>8] = 0
	}
	return left
}

// link appends what is found of a slot.
func (c *comparer) link(n int, x *slot, l *lists, list []pair) {
	h, weight := &c.heads[n], c.weight
	for _, t := range l.terms {
		weight[t>>8] = uint8(t)
	}
	l.rest.spread(weight, 0xff)
	for _, p := range list {
		a := &c.asks[p.asked()]
		all := product(a.terms, weight)
		tied := all
		if most := a.most(h); most < maxProduct && !a.bare && !x.bare {
			tied = held(a.terms, weight, most)
		}
		f := found{slot: uint32(n), asked: uint16(p.asked()), faint: p.faint()}
		f.sim = a.cosine(h, float64(tied)) * a.factor(h)
		f.copy = a.cosine(h, float64(all)) >= copyCosine && c.contained(a, x, l) >= copyContain
		if !f.copy && f.sim < linkMin || x.outlet == a.outlet && distinct(c.ref(a.slot), c.ref(x), f.copy) {
			continue
		}
		c.found = append(c.found, f)
	}
	for _, t := range l.terms {
		weight[t>>8] = 0
	}
	l.rest.spread(weight, 0)
}

// product is the inner product of terms with weights, in units of both scales.
func product(terms []uint32, weight []uint8) uint32 {
	var a, b, c, d uint32
	for ; len(terms) >= 4; terms = terms[4:] {
		k, l, m, n := terms[0], terms[1], terms[2], terms[3]
		a += uint32(weight[k>>8]) * (k & 0xff)
		b += uint32(weight[l>>8]) * (l & 0xff)
		c += uint32(weight[m>>8]) * (m & 0xff)
		d += uint32(weight[n>>8]) * (n & 0xff)
	}
	for _, k := range terms {
		a += uint32(weight[k>>8]) * (k & 0xff)
	}
	return a + b + c + d
}

// held is the product with no term's part above most.
func held(terms []uint32, weight []uint8, most uint32) (all uint32) {
	for _, t := range terms {
		all += min(uint32(weight[t>>8])*(t&0xff), most)
	}
	return all
}

// worded reports whether the texts of an article and a slot of so many hashes have
// wording in common, see article.wording.
func (c *comparer) worded(a *asked, x *slot, l *lists) bool {
	both := c.common(a, x, l, wordingMin)
	return both == wordingMin || both > 0 && c.share(a, x, l, both) >= copyContain
}

// contained is that of an article and a slot.
func (c *comparer) contained(a *asked, x *slot, l *lists) float64 {
	both := c.common(a, x, l, maxSketch)
	return c.share(a, x, l, both)
}

// common counts the hashes that an article and a slot have in common, to so many.
func (c *comparer) common(a *asked, x *slot, l *lists, most int) int {
	if x.grams == 0 || a.grams == 0 {
		return 0
	}
	if !c.hashed {
		c.hashed = true
		if l.packed != nil {
			l.hashes = c.parts.unpackHashes(x, l.packed)
		}
		for _, h := range l.hashes {
			c.sketch.add(h)
		}
		c.end = x.end(l.hashes)
	}
	both := 0
	for _, h := range a.hashes {
		if c.sketch.has(h) {
			if both++; both == most {
				break
			}
		}
	}
	return both
}

// share is what so many hashes in common, found just now, are of the shorter text's.
func (c *comparer) share(a *asked, x *slot, l *lists, both int) float64 {
	if both == 0 {
		return 0
	}
	end := min(a.end, c.end)
	shorter := a.hashes
	if x.grams < a.grams {
		shorter = l.hashes
	}
	all := 0
	for _, h := range shorter {
		if h <= end {
			all++
		}
	}
	return float64(both) / float64(all)
}

// end is the last of all hashes that a slot's sketch stands for: a full one leaves
// out those behind.
func (x *slot) end(sketch []uint32) uint32 {
	if int(x.grams) > len(sketch) && len(sketch) > 0 {
		return slices.Max(sketch)
	}
	return noHash
}

// noHash is above those of all sketches.
const noHash = ^uint32(0)

// unlike reports whether alikeNames is below namesMin of an article and a slot whose
// names are spread, with the sum of their squares and its root; neither has none.
func (c *comparer) unlike(a *asked, square uint32, norm float64) bool {
	p, least := float64(product(a.names, c.name)), namesMin*a.norm*norm
	if math.Abs(p-least) > least*1e-9 {
		return p < least
	}
	return p/math.Sqrt(float64(a.square)*float64(square)) < namesMin // as it is rounded there
}
