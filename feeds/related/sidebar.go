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
	first := map[ref]float64{}
	var strong []hit
	for _, h := range hits {
		first[h.ref] = h.score
		if len(strong) < feedbackCount && h.score >= feedbackMin && h.leaf.seg.outlet(h.i) != a.outlet {
			strong = append(strong, h)
		}
	}
	if len(strong) > 0 {
		hits = s.search(q.with(strong), leaves, candidates, accept)
	}
	type row struct {
		hit
		base float64
		kind feeds.Kind
	}
	var rows []row
	for _, h := range hits {
		base, ok := first[h.ref]
		if !ok {
			base = q.dot(h.ref) * q.factor(h.leaf, h.i)
		}
		if base < backgroundGate {
			continue
		}
		kind := feeds.Background
		if base >= coverageGate || h.state().founder == r.state().founder {
			kind = feeds.Coverage
		}
		rows = append(rows, row{h, base, kind})
	}
	slices.SortStableFunc(rows, func(x, y row) int {
		switch {
		case x.kind == y.kind:
			return 0
		case x.kind == feeds.Coverage:
			return -1
		}
		return 1
	})
	var out []feeds.Related
	shown := map[uint64]int{}
	for _, h := range rows {
		lead := h.state().leader
		if k, ok := shown[lead]; ok {
			out[k].Copies = append(out[k].Copies, feeds.ArticleID(h.id()))
			continue
		}
		if len(out) == limit {
			continue
		}
		shown[lead] = len(out)
		out = append(out, feeds.Related{Article: feeds.ArticleID(h.id()), Kind: h.kind, Score: h.base, Why: s.why(q, r, h.hit, h.base)})
	}
	return out, nil
}

// why tells which terms carried a match. Their weights add up to the score.
func (s *searcher) why(q query, r ref, h hit, score float64) feeds.Why {
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
		w.Terms[i].Weight *= score / sum
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
