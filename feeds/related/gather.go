package related

import (
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"broadsheet/feeds"
)

// gatherer finds the articles of a crowd that come into question for one after
// them, one of several that do so at once. It owns its buffers.
type gatherer struct {
	*crowd
	times  times
	sum    []uint32 // by slot: the part of the product that heavy terms make
	passed []uint32 // slots whose sum passed what any of them needs, as many as there are
	heavy  heaviness
	likely []guess // of the articles it gathered for, one after the other
	left   int     // slots before this one have left the window
}

// gathered is what comes into question for some articles, one after the other, or will
// once wait returns: other goroutines may be at work on it. They read what a crowd
// holds, so as long as they do nothing may be taken in, packed or forgotten.
type gathered struct {
	by    []*gatherer
	from  int     // the slot of the first of them
	found []piece // for each, in canonical order
	busy  sync.WaitGroup
}

// piece is where the one who gathered for an article has what was found.
type piece struct {
	by       *gatherer
	from, to int
}

func newGathered(c *crowd, t times, processors int) *gathered {
	g := &gathered{}
	for range processors {
		g.by = append(g.by, &gatherer{crowd: c, times: t})
	}
	return g
}

// begin gathers for the articles from slot n on, gatheredAtOnce of them or until there
// are about so many guesses.
func (g *gathered) begin(n, most int, leeway *feeds.Leeway) {
	slots := g.by[0].slots
	all := min(len(slots)-n, gatheredAtOnce)
	g.from, g.found = n, slices.Grow(g.found[:0], all)[:all]
	first := g.by[0].first
	for _, c := range g.by {
		c.likely, c.left = c.likely[:0], first
	}
	g.busy.Go(feeds.Likewise(func() {
		var guesses atomic.Int64
		done := divide(all, len(g.by), leeway, func(k, i int) (more bool) {
			c := g.by[k]
			from := len(c.likely)
			found := c.gather(n + i)
			g.found[i] = piece{c, from, from + found}
			return int(guesses.Add(int64(found))) < most
		})
		g.found = g.found[:done]
	}))
}

// wait waits until all is gathered that was begun.
func (g *gathered) wait() { g.busy.Wait() }

// has reports whether it was gathered for the article of a slot.
func (g *gathered) has(n int) bool { return n >= g.from && n < g.from+len(g.found) }

// of returns what comes into question for the article of a slot.
func (g *gathered) of(n int) []guess {
	p := &g.found[n-g.from]
	return p.by.likely[p.from:p.to]
}

// forget forgets what was gathered.
func (g *gathered) forget() { g.found = g.found[:0] }

// gatheredAtOnce is for how many articles is gathered at once: meanwhile those before
// them are decided.
const gatheredAtOnce = 64

// gather finds the slots that may be linked with the article of a slot or have its text,
// and returns how many there are.
func (c *gatherer) gather(n int) int {
	if len(c.sum) < n {
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
	from, before := uint32(c.since(h.when, c.left)), len(c.likely)
	for _, k := range c.enough(passed, q.unit) {
		if k < from {
			continue
		}
		if g, ok := q.guess(&c.heads[k], float64(c.sum[k]), linkMin); ok {
			g.at = k
			c.likely = append(c.likely, g)
		}
	}
	clear(c.sum[:n])
	return len(c.likely) - before
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
