package related

import (
	"slices"
	"sync"
	"sync/atomic"

	"broadsheet/feeds"
)

// gathered is what comes into question for some articles, one after the other, or will
// be when wait returns: others may be at work on it. They read what a crowd holds of its
// slots, so meanwhile nothing may be taken in, packed or forgotten.
type gathered struct {
	by     []*gatherer
	likely [][]guess // by gatherer
	from   int       // the slot of the first article
	found  []piece   // for each, in canonical order
	busy   sync.WaitGroup
	broken any // what a gatherer panicked with
}

// piece says which gatherer found what comes into question for an article, and where
// that is among what it found.
type piece struct{ by, from, to int }

// gatheredAtOnce is for how many articles is gathered at once: meanwhile those before
// them are decided.
const gatheredAtOnce = 64

// begin gathers for the articles from slot n on, gatheredAtOnce of them or until there
// are about so many guesses, on so many processors at most.
func (g *gathered) begin(n, most, processors int, leeway *feeds.Leeway) {
	first, all := g.by[0].first, min(len(g.by[0].slots)-n, gatheredAtOnce)
	g.from, g.found = n, slices.Grow(g.found[:0], all)[:all]
	for len(g.likely) < len(g.by) {
		g.likely = append(g.likely, nil)
	}
	for k := range g.likely {
		g.likely[k] = g.likely[k][:0]
	}
	g.busy.Go(feeds.Likewise(func() {
		defer func() { g.broken = recover() }()
		var guesses atomic.Int64
		done := divide(all, min(processors, len(g.by)), leeway, func(k, i int) (more bool) {
			from := len(g.likely[k])
			g.likely[k] = g.by[k].gather(n+i, first, g.likely[k])
			g.found[i] = piece{k, from, len(g.likely[k])}
			return int(guesses.Add(int64(len(g.likely[k])-from))) < most
		})
		g.found = g.found[:done]
	}))
}

// wait waits until all is gathered that was begun. It panics with what a gatherer
// panicked with.
func (g *gathered) wait() {
	g.busy.Wait()
	if what := g.broken; what != nil {
		g.forget()
		g.broken = nil
		panic(what)
	}
}

// has reports whether it was gathered for the article of a slot.
func (g *gathered) has(n int) bool { return n >= g.from && n < g.from+len(g.found) }

// of returns what comes into question for the article of a slot.
func (g *gathered) of(n int) []guess {
	p := g.found[n-g.from]
	return g.likely[p.by][p.from:p.to]
}

// forget forgets what was gathered.
func (g *gathered) forget() { g.found = g.found[:0] }
