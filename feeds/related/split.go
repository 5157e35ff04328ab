package related

import (
	"context"
	"slices"
	"sync"

	"broadsheet/feeds"
)

// splitter finds what stories fall into, one of several that do so at once. It owns
// its buffers.
type splitter struct {
	*teller
	pairs pairs
}

// splits finds which stories fall into several, or begins to until ctx is done.
func (t *teller) splits(ctx context.Context, firsts []ref) {
	var noting sync.Mutex
	var splitters []*splitter
	for range feeds.Processors() {
		splitters = append(splitters, t.splitter())
	}
	divide(len(firsts), len(splitters), t.engine.Leeway, func(k, i int) (more bool) {
		f := firsts[i].state().founder
		if parts := splitters[k].parts(f); len(parts) > 1 {
			noting.Lock()
			t.split[f] = parts
			noting.Unlock()
		}
		return ctx.Err() == nil
	})
}

func (t *teller) splitter() *splitter {
	return &splitter{t, pairs{times: t.find.times, leave: t.view.Leave}}
}

// parts returns what a story falls into, one that changed if that is found.
func (t *teller) parts(founder uint64) [][]ref {
	switch parts := t.split[founder]; {
	case parts != nil:
		return parts
	case t.changed[founder]:
		return [][]ref{t.members[founder]}
	}
	return t.splitter().parts(founder)
}

// parts returns what a story falls into now that all its articles are there,
// each part in canonical order. Articles decide one after the other, so the
// first of an event that is much like another has no story of its own to join,
// and those after it follow it into the other's. When both have several
// articles it shows: they are more like each other than the two events are.
//
// The articles of the core are clustered by their mean links; from the top, a
// pair of clusters is parted if its mean link is below partShare of the
// (harmonic) mean of those within the two. Only what is in the story counts, so
// the parts depend on nothing but which articles there are. Of bare headlines,
// too few words to tell, none is parted.
func (s *splitter) parts(founder uint64) [][]ref {
	list := s.members[founder]
	core := s.core(founder)
	if len(core) < 2*partLeast {
		return [][]ref{list}
	}
	if s.pairs.look(len(core)); mostlyBare(core) {
		return [][]ref{list}
	}
	s.pairs.hold(core)
	links := make([][]float64, len(core))
	for i := range core {
		links[i] = s.pairs.links(i, i)
	}
	groups := clusters(links).part(links)
	if len(groups) < 2 {
		return [][]ref{list}
	}
	of := map[uint64]int{} // leader → its part
	for k, g := range groups {
		for _, i := range g {
			of[core[i].id()] = k
		}
	}
	s.follow(list, core, groups, of)
	parts := make([][]ref, len(groups))
	for _, m := range list {
		k := of[m.state().leader]
		parts[k] = append(parts[k], m)
	}
	return parts
}

// follow puts the articles that came after the core into the part that they
// are tied to best.
func (s *splitter) follow(list, core []ref, groups [][]int, of map[uint64]int) {
	all := slices.Clone(core)
	for _, m := range list {
		if _, ok := of[m.id()]; !ok && m.state().leader == m.id() {
			all = append(all, m)
		}
	}
	s.pairs.hold(all)
	for i, m := range all[len(core):] {
		sims := s.pairs.links(len(core)+i, len(core))
		best, most := 0, -2.0
		for k, g := range groups {
			var sum tie
			for _, i := range g {
				sum.add(sims[i])
			}
			if v := sum.strength(len(g), len(s.pairs.vector(len(core)+i))); v > most {
				best, most = k, v
			}
		}
		of[m.id()] = best
	}
}

// mostlyBare reports whether most articles have no more terms than a link by
// one name alone is allowed for.
func mostlyBare(list []ref) bool {
	bare := 0
	for _, r := range list {
		if r.leaf.seg.count(r.i) <= linkBare {
			bare++
		}
	}
	return 2*bare > len(list)
}

// cluster is a node of the tree that clusters of articles, joined two by two,
// make.
type cluster struct {
	list   []int
	within float64 // the sum of the links among them
	cross  float64 // the mean link between the two it was joined of
	a, b   *cluster
}

// clusters joins the clusters with the highest mean link until one is left.
func clusters(links [][]float64) *cluster {
	n := len(links)
	live := make([]*cluster, n)
	sums := make([][]float64, n) // of the links between two clusters
	for i := range n {
		live[i] = &cluster{list: []int{i}}
		sums[i] = make([]float64, n)
		for k, x := range links[i] {
			sums[i][k], sums[k][i] = x, x
		}
	}
	for range n - 1 {
		from, to, most := 0, 0, -1.0
		for i, a := range live {
			for k, b := range live[:i] {
				if a == nil || b == nil {
					continue
				}
				if mean := sums[i][k] / float64(len(a.list)*len(b.list)); mean > most {
					from, to, most = i, k, mean
				}
			}
		}
		a, b := live[to], live[from]
		live[to] = &cluster{list: slices.Concat(a.list, b.list), within: a.within + b.within + sums[from][to], cross: most, a: a, b: b}
		live[from] = nil
		for i := range n {
			sums[to][i] += sums[from][i]
			sums[i][to] = sums[to][i]
		}
	}
	return live[0]
}

// mean is the mean link among the articles of a cluster of two or more.
func (c *cluster) mean() float64 {
	n := len(c.list)
	return c.within / float64(n*(n-1)/2)
}

// part returns what a cluster falls into. An article that was joined last and
// alone goes to the part it is most like, if there are several.
func (c *cluster) part(links [][]float64) [][]int {
	if len(c.list) < 2*partLeast {
		return [][]int{c.list}
	}
	big, small := c.a, c.b
	if len(big.list) < len(small.list) {
		big, small = small, big
	}
	if len(small.list) >= partLeast {
		x, y := big.mean(), small.mean()
		if c.cross*(x+y) >= partShare*2*x*y {
			return [][]int{c.list}
		}
		return append(big.part(links), small.part(links)...)
	}
	parts := big.part(links)
	if len(parts) == 1 {
		return [][]int{c.list}
	}
	best, most := 0, -1.0
	for k, p := range parts {
		var sum float64
		for _, i := range p {
			for _, j := range small.list {
				sum += links[max(i, j)][min(i, j)]
			}
		}
		if mean := sum / float64(len(p)); mean > most {
			best, most = k, mean
		}
	}
	parts[best] = slices.Concat(parts[best], small.list)
	return parts
}
