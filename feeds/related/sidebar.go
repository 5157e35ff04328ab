package related

import (
	"slices"
	"time"

	"broadsheet/feeds"
)

// related finds the coverage and background of one article.
func (s *searcher) related(sh *shelf, r ref, limit int) ([]feeds.Related, error) {
	var a article
	r.leaf.seg.read(r.i, &a)
	span := uint32(windowDays * 86400)
	leaves, err := sh.between(a.place.when-min(a.place.when, span), a.place.when+span)
	if err != nil {
		return nil, err
	}
	if limit <= 0 {
		return nil, nil
	}
	self := r.leaf.stateAt(r.i).leader
	accept := func(o ref) bool {
		return o != r && o.leaf.stateAt(o.i).leader != self && !column(r, o)
	}
	q := a.query(s.times)
	hits := s.search(q, leaves, candidates, accept)
	var strong []hit
	for _, h := range hits {
		if len(strong) < feedbackCount && h.score >= feedbackMin && h.leaf.seg.outlet(h.i) != a.outlet {
			strong = append(strong, h)
		}
	}
	if len(strong) > 0 {
		hits = s.search(q.with(strong), leaves, candidates, accept)
	}
	rows := s.support(hits[:min(len(hits), supportPool)])
	slices.SortStableFunc(rows, func(x, y hit) int {
		switch cx, cy := x.gate >= coverageGate, y.gate >= coverageGate; {
		case cx == cy:
			return 0
		case cx:
			return -1
		}
		return 1
	})
	return fold(q, rows, a.outlet, limit), nil
}

// fold makes rows of hits: copies of one text under the best of them, and only
// a few of the asked article's own outlet.
func fold(q query, hits []hit, own uint32, limit int) []feeds.Related {
	var groups [][]hit
	at := map[uint64]int{}
	for _, h := range hits {
		if h.score < backgroundGate {
			continue
		}
		leader := h.leaf.stateAt(h.i).leader
		k, ok := at[leader]
		if !ok {
			k = len(groups)
			at[leader] = k
			groups = append(groups, nil)
		}
		groups[k] = append(groups[k], h)
	}
	var out []feeds.Related
	mine := 0
	for _, g := range groups {
		if len(out) >= limit {
			break
		}
		best := g[0]
		for _, h := range g[1:] {
			if better(h.ref, best.ref) {
				best.ref = h.ref
			}
		}
		kind := best.settle()
		reason := why(q, best)
		if len(reason.Terms) == 0 {
			continue // carried by others alone: there is nothing to show for it
		}
		if best.leaf.seg.outlet(best.i) == own {
			if mine++; mine > ownRows {
				continue
			}
		}
		row := feeds.Related{Article: feeds.ArticleID(best.id()), Kind: kind, Score: best.score, Why: reason}
		for _, h := range g {
			if h.ref != best.ref {
				row.Copies = append(row.Copies, feeds.ArticleID(h.id()))
			}
		}
		out = append(out, row)
	}
	return out
}

// settle tells which side of the gate a hit is on and holds its score there,
// so that what the reader sees agrees: coverage is what reaches the gate.
func (h *hit) settle() feeds.Kind {
	if h.gate >= coverageGate {
		h.score = max(h.score, coverageGate)
		return feeds.Coverage
	}
	h.score = min(h.score, coverageGate-gateGap)
	return feeds.Background
}

// better reports whether, of two copies, a is the one to show: the longer, or
// if they are equally long the earlier.
func better(a, b ref) bool {
	x, y := a.leaf.seg.grams(a.i), b.leaf.seg.grams(b.i)
	if x != y {
		return x > y
	}
	return earlier(a, b)
}

// why tells which terms carried a match. Their weights add up to the score.
func why(q query, h hit) feeds.Why {
	w := feeds.Why{Gate: coverageGate}
	seg := &h.leaf.seg
	at := 0
	var sum float64
	seg.eachTerm(h.i, func(index int, raw, weight uint8) {
		id := seg.termID(index)
		for at < len(q.terms) && q.terms[at].id < id {
			at++
		}
		if at < len(q.terms) && q.terms[at].id == id {
			x := float64(q.terms[at].w) * float64(weight) * float64(seg.scale(h.i))
			sum += x
			w.Terms = append(w.Terms, feeds.TermWeight{Term: seg.surface(index), Weight: x})
		}
	})
	for i := range w.Terms {
		w.Terms[i].Weight *= h.score / sum
	}
	slices.SortStableFunc(w.Terms, func(a, b feeds.TermWeight) int {
		switch {
		case a.Weight > b.Weight:
			return -1
		case a.Weight < b.Weight:
			return 1
		}
		return 0
	})
	if !q.undated && !seg.undated(h.i) {
		w.Apart = time.Duration(int64(seg.when(h.i))-int64(q.when)) * time.Second
	}
	return w
}
