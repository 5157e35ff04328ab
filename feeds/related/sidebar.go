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
	sh.load(r.leaf)
	self := r.state().leader
	accept := func(o ref) bool {
		sh.load(o.leaf)
		return o != r && o.state().leader != self
	}
	q := a.query()
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
	var out []feeds.Related
	shown := map[uint64]int{}
	for _, h := range rows {
		if h.score < backgroundGate {
			continue
		}
		kind := feeds.Background
		if h.gate >= coverageGate {
			kind = feeds.Coverage
		}
		lead := h.state().leader
		if k, ok := shown[lead]; ok {
			out[k].Copies = append(out[k].Copies, feeds.ArticleID(h.id()))
			continue
		}
		if len(out) == limit {
			continue
		}
		shown[lead] = len(out)
		out = append(out, feeds.Related{Article: feeds.ArticleID(h.id()), Kind: kind, Score: h.score, Why: why(q, h)})
	}
	return out, nil
}

// why tells which terms carried a match. Their weights add up to the score.
func why(q query, h hit) feeds.Why {
	var w feeds.Why
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
