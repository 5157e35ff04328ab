package related

import (
	"math"
	"slices"
)

// hit is an article found, with its cosine, its score and, once it
// was supported, what the gate decides by.
type hit struct {
	ref
	cos   float64
	score float64
	gate  float64
}

// query is a weighted set of terms, by id, with what it is asked for.
type query struct {
	terms   []weighted
	when    uint32
	undated bool
	lang    language
}

type weighted struct {
	id uint32
	w  float32
}

func (a *article) query() query {
	q := query{when: a.place.when, undated: a.undated, lang: a.lang, terms: make([]weighted, len(a.terms))}
	for i, t := range a.terms {
		q.terms[i] = weighted{t.id, float32(t.w) * a.scale}
	}
	return q
}

// searcher finds the articles nearest to a query. It owns its buffers.
type searcher struct {
	sum  []float32
	top  []weighted
	sort []float32
	read article
}

// search returns the best n articles of the leaves by score, not necessarily
// all above zero. Candidates are found by the heaviest terms, then compared by
// all.
func (s *searcher) search(q query, leaves []*leaf, keep int, accept func(ref) bool) []hit {
	s.choose(q)
	var hits []hit
	for _, l := range leaves {
		n := l.seg.len()
		if cap(s.sum) < n {
			s.sum = make([]float32, n+1024)
		}
		sum := s.sum[:n]
		clear(sum)
		at, found := 0, false
		for _, t := range s.top {
			if at, found = l.seg.find(t.id, at); found {
				l.seg.addPostings(at, t.w, sum)
			}
		}
		for i, x := range sum {
			if x == 0 {
				continue
			}
			r := ref{l, i}
			score := float64(x*l.seg.scale(i)) * q.factor(l, i)
			if score < 0.02 || !accept(r) {
				continue
			}
			hits = append(hits, hit{ref: r, score: score})
		}
	}
	if len(hits) > keep {
		slices.SortFunc(hits, byScore)
		hits = hits[:keep]
	}
	for k := range hits {
		h := &hits[k]
		h.cos = q.dot(h.ref)
		h.score = h.cos * q.factor(h.leaf, h.i)
	}
	slices.SortFunc(hits, byScore)
	return hits
}

func byScore(a, b hit) int {
	switch {
	case a.score > b.score:
		return -1
	case a.score < b.score:
		return 1
	}
	pa, pb := a.place(), b.place()
	switch {
	case pa.before(pb):
		return -1
	case pb.before(pa):
		return 1
	case a.id() < b.id():
		return -1
	case a.id() > b.id():
		return 1
	}
	return 0
}

// choose picks the query's heaviest terms, by id.
func (s *searcher) choose(q query) {
	s.top = append(s.top[:0], q.terms...)
	if len(s.top) <= postTerms {
		return
	}
	slices.SortFunc(s.top, func(a, b weighted) int {
		switch {
		case a.w > b.w:
			return -1
		case a.w < b.w:
			return 1
		}
		return int(int64(a.id) - int64(b.id))
	})
	s.top = s.top[:postTerms]
	slices.SortFunc(s.top, func(a, b weighted) int { return int(int64(a.id) - int64(b.id)) })
}

// factor is what a cosine with article i of a leaf is multiplied by: less the
// further apart in time they are, and less in another language.
func (q query) factor(l *leaf, i int) float64 {
	f := 1.0
	if !q.undated && !l.seg.undated(i) {
		days := (float64(q.when) - float64(l.seg.when(i))) / 86400
		f = timeFloor + (1-timeFloor)*math.Exp(-days*days/(2*timeSigma*timeSigma))
	}
	if q.lang != l.seg.language(i) {
		f *= foreignFactor
	}
	return f
}

// dot is the cosine of the query and an article.
func (q query) dot(r ref) float64 {
	var sum float32
	at := 0
	seg := &r.leaf.seg
	seg.eachTerm(r.i, func(index int, raw, w uint8) {
		id := seg.termID(index)
		for at < len(q.terms) && q.terms[at].id < id {
			at++
		}
		if at < len(q.terms) && q.terms[at].id == id {
			sum += q.terms[at].w * float32(w)
		}
	})
	return float64(sum * seg.scale(r.i))
}

// with mixes the articles of some hits into a query: one pass of relevance
// feedback (J. Rocchio, 1971).
func (q query) with(hits []hit) query {
	mixed := map[uint32]float32{}
	for _, t := range q.terms {
		mixed[t.id] += t.w
	}
	share := float32(feedbackShare / float64(len(hits)))
	for _, h := range hits {
		seg := &h.leaf.seg
		unit := share * seg.scale(h.i)
		seg.eachTerm(h.i, func(index int, raw, w uint8) {
			mixed[seg.termID(index)] += unit * float32(w)
		})
	}
	out := q
	out.terms = make([]weighted, 0, len(mixed))
	for id, w := range mixed {
		out.terms = append(out.terms, weighted{id, w})
	}
	slices.SortFunc(out.terms, func(a, b weighted) int { return int(int64(a.id) - int64(b.id)) })
	var sum float64
	for _, t := range out.terms {
		sum += float64(t.w) * float64(t.w)
	}
	z := float32(1 / math.Sqrt(sum))
	for i := range out.terms {
		out.terms[i].w *= z
	}
	return out
}
