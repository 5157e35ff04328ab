package related

import "math"

// gatherer finds the articles of a crowd that come into question for one after
// them, one of several that do so at once. It owns its buffers.
type gatherer struct {
	*crowd
	times  times
	sum    []uint32 // by slot: the part of the product that heavy terms make
	passed []uint32 // slots whose sum passed what any of them needs, as many as there are
	heavy  heaviness
}

// gather appends the slots that may be linked with the article of slot n, or have its
// text. Those before first have left the window.
func (c *gatherer) gather(n, first int, list []guess) []guess {
	if len(c.sum) <= n { // a place more is written to than there are slots before it
		c.sum = make([]uint32, n+4096)
		c.passed = make([]uint32, len(c.sum))
	}
	x, h := &c.slots[n], &c.heads[n]
	q, terms := h.linkQuery(c.times), x.plain(&c.fresh).terms
	c.heavy.reset()
	for _, t := range terms {
		c.heavy.add(uint8(t))
	}
	heavy := max(1, c.heavy.least(linkTerms))
	least := uint32(max(1, min(c.least/q.unit*roundingSlack, math.MaxInt32)))
	passed := 0
	for _, t := range terms {
		if w := uint8(t); w >= heavy {
			passed = c.collect(&c.posts[t>>8], uint32(w), uint32(n), least, passed)
		}
	}
	from := uint32(c.since(h.when, first))
	for _, k := range c.enough(passed, q.unit) {
		if k < from {
			continue
		}
		if g, ok := q.guess(&c.heads[k], float64(c.sum[k]), linkMin); ok {
			g.at = k
			list = append(list, g)
		}
	}
	clear(c.sum[:n])
	return list
}

// collect adds a term's part to the sums of the slots before n, and notes those
// that reach least with it, as the passed ones after so many.
func (c *gatherer) collect(list *posted, weight, n, least uint32, passed int) int {
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
func (c *gatherer) enough(passed int, unit float32) []uint32 {
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
