package related

import (
	"math"
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
	own := map[ref]bool{} // copies of the asked article: whether their text is the same
	accept := func(o ref) bool {
		if o == r {
			return false
		}
		if o.leaf.stateAt(o.i).leader != self {
			return !column(r, o)
		}
		same, ok := own[o]
		if !ok {
			same = s.sameText(r, o)
			own[o] = same
		}
		return !same
	}
	q := a.query(s.times)
	bare, share := a.bare(), feedbackShare
	if bare {
		share = feedbackBare
	}
	hits := s.search(q, leaves, candidates, accept)
	if strong := strongest(hits, a.outlet); len(strong) > 0 {
		hits = s.search(q.with(strong, share), leaves, candidates, accept)
	}
	rows := together(s.support(hits[:min(len(hits), supportPool)], bare), r.leaf.stateAt(r.i).story, bare)
	s.forms(&a, rows)
	copies := repeats(own)
	if said := sh.opinions(append(copies, r)); len(said) > 0 {
		copies = slices.DeleteFunc(copies, func(o ref) bool {
			w, ok := said[o.id()]
			return ok && !w.same
		})
		if rows, err = s.heed(sh, q, rows, said, append(copies, r)); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(rows, func(x, y hit) int {
		switch cx, cy := x.gate >= coverageGate, y.gate >= coverageGate; {
		case cx == cy:
			return 0
		case cx:
			return -1
		}
		return 1
	})
	f := folder{query: q, plain: ordinaryTerms(a.lang), own: a.outlet, limit: limit, topic: map[uint32]int{}}
	if a.grams < ownShingles {
		f.add(s.own(q, copies), r)
	}
	for _, g := range s.groups(rows) {
		f.add(g)
	}
	return f.rows, nil
}

// strongest returns the hits that feedback is taken from: a few of the best, and
// those that come near the very best. None is of the asked article's outlet.
func strongest(hits []hit, own uint32) (strong []hit) {
	for _, h := range hits {
		if h.score < feedbackMin || len(strong) == feedbackMost {
			break
		}
		if len(strong) >= feedbackCount && h.score < feedbackNear*hits[0].score {
			break
		}
		if h.leaf.seg.outlet(h.i) != own {
			strong = append(strong, h)
		}
	}
	return strong
}

// together lets stories have a say in the order: they are decided from more than
// two articles, from what all that are near have to do with each other. An
// article's score is mixed with the mean of the others of its story, the more
// of them there are (after X. Liu and W. B. Croft, Cluster-based retrieval using
// language models, 2004), and what is in the asked article's story gains. A bare
// headline says little of what it is about, so there it counts too how much there
// is of a story: of a big one it is the likelier.
func together(rows []hit, asked uint64, bare bool) []hit {
	type sum struct {
		score float64
		n     int
	}
	story := func(h *hit) uint64 { return h.leaf.stateAt(h.i).story }
	sums := map[uint64]sum{}
	for i := range rows {
		k := sums[story(&rows[i])]
		sums[story(&rows[i])] = sum{k.score + rows[i].score, k.n + 1}
	}
	for i := range rows {
		h := &rows[i]
		k := sums[story(h)]
		if others := float64(k.n - 1); others > 0 {
			share := storyShare * others / (others + 1)
			h.score = (1-share)*h.score + share*(k.score-h.score)/others
		}
		if n := float64(k.n); bare && n > storyMany {
			h.score *= 1 + storyMore*math.Log(n/storyMany)
		}
		if story(h) == asked {
			h.score += storyScore
			h.gate += storyGain
		}
	}
	slices.SortFunc(rows, byScore)
	return rows
}

// own makes hits of the asked article's own copies: they tell its event
// whatever their scores, and come first. Only of a short text: it may be the
// beginning of articles that go on differently, while the reader of a whole
// text has nothing new to read in its copies.
func (s *searcher) own(q query, copies []ref) []hit {
	list := s.compare(q, copies)
	for i := range list {
		list[i].gate = 1
	}
	return list
}

func repeats(own map[ref]bool) []ref {
	var out []ref
	for r, same := range own {
		if same {
			out = append(out, r)
		}
	}
	return out
}

// sameText reports whether two copies are so much alike that one row is enough
// for both.
func (s *searcher) sameText(a, b ref) bool {
	a.leaf.seg.read(a.i, &s.one)
	b.leaf.seg.read(b.i, &s.other)
	return contained(&s.one, &s.other) >= foldContain
}

// compare scores articles against a query, best first.
func (s *searcher) compare(q query, list []ref) []hit {
	hits := make([]hit, len(list))
	for i, r := range list {
		s.spread(s.indices(q, r.leaf), r.leaf)
		cos := s.dot(r.leaf, r.i)
		s.wipe()
		hits[i] = hit{ref: r, cos: cos, score: cos * q.factorOf(r)}
	}
	slices.SortFunc(hits, byScore)
	return hits
}

// heed lets the reader's words outweigh the scores: what tells the same story
// comes in, and what does not is held below the gate. A word about an article
// counts for the copies of its text.
func (s *searcher) heed(sh *shelf, q query, rows []hit, said map[uint64]opinion, own []ref) ([]hit, error) {
	there := map[uint64]bool{}
	for _, h := range rows {
		there[h.id()] = true
	}
	var missing []ref
	leaders := map[uint64]opinion{}
	for id, o := range said {
		p, ok := sh.placeOf(id)
		if !ok {
			continue
		}
		r, ok, err := sh.at(id, p)
		if err != nil {
			return nil, err
		}
		if !ok || slices.Contains(own, r) {
			continue
		}
		leader := r.leaf.stateAt(r.i).leader
		if o.number > leaders[leader].number {
			leaders[leader] = o
		}
		if o.same && !there[id] {
			missing = append(missing, r)
		}
	}
	rows = append(rows, s.compare(q, missing)...)
	for i := range rows {
		h := &rows[i]
		o, ok := leaders[h.leaf.stateAt(h.i).leader]
		if !ok {
			continue
		}
		h.said, h.found = true, h.score
		if h.gate = 0; o.same {
			h.gate = coverageGate
		}
		h.settle()
	}
	slices.SortFunc(rows, byScore)
	return rows, nil
}

// groups puts copies of one text together, in the order of their best.
func (s *searcher) groups(hits []hit) [][]hit {
	var out [][]hit
	at := map[uint64][]int{} // leader → groups of its copies
	for _, h := range hits {
		if h.score < backgroundGate {
			continue
		}
		leader := h.leaf.stateAt(h.i).leader
		k := slices.IndexFunc(at[leader], func(k int) bool { return s.sameText(out[k][0].ref, h.ref) })
		if k < 0 {
			at[leader] = append(at[leader], len(out))
			out = append(out, []hit{h})
			continue
		}
		k = at[leader][k]
		out[k] = append(out[k], h)
	}
	return out
}

// folder makes rows of groups of copies: the best source on top, and only a
// few rows of the asked article's own outlet.
type folder struct {
	query query
	plain *numbers // ordinary words of the asked article's language
	own   uint32
	limit int
	mine  int
	topic map[uint32]int // background rows of each outlet
	rows  []feeds.Related
}

// add makes a row of a group; others are further copies that are not shown.
func (f *folder) add(g []hit, others ...ref) {
	if len(g) == 0 || len(f.rows) >= f.limit {
		return
	}
	for _, h := range g {
		others = append(others, h.ref)
	}
	best := g[0]
	for _, h := range g[1:] {
		if f.better(h.ref, best.ref, others) {
			best.ref = h.ref
		}
	}
	kind := best.settle()
	reason, telling := why(f.query, best, f.plain)
	if len(reason.Terms) == 0 {
		return // carried by others alone: there is nothing to show for it
	}
	if kind == feeds.Background && !best.said && telling == 0 && best.score < plainGate {
		return // what they have in common is in articles of every kind
	}
	if best.leaf.seg.outlet(best.i) == f.own && !best.said {
		if f.mine++; f.mine > ownRows {
			return
		}
	}
	if outlet := best.leaf.seg.outlet(best.i); kind == feeds.Background && !best.said {
		if f.topic[outlet]++; f.topic[outlet] > topicRows {
			return
		}
	}
	row := feeds.Related{Article: feeds.ArticleID(best.id()), Kind: kind, Score: best.score, Why: reason}
	for _, h := range g {
		if h.ref != best.ref {
			row.Copies = append(row.Copies, feeds.ArticleID(h.id()))
		}
	}
	f.rows = append(f.rows, row)
}

// better reports whether, of two copies in a group, a is the one to show: one
// of another outlet than the asked article's, then the original as the credit
// lines tell, then the longer, then the earlier.
func (f *folder) better(a, b ref, group []ref) bool {
	x, y := &a.leaf.seg, &b.leaf.seg
	if mine := x.outlet(a.i) == f.own; mine != (y.outlet(b.i) == f.own) {
		return !mine
	}
	if first := original(a, group); first != original(b, group) {
		return first
	}
	if n, m := x.grams(a.i), y.grams(b.i); n != m {
		return n > m
	}
	return earlier(a, b)
}

// settle tells which side of the gate a hit is on and holds its score there,
// so that what the reader sees agrees: coverage is what reaches the gate.
func (h *hit) settle() feeds.Kind {
	if h.gate >= coverageGate {
		h.score = min(max(h.score, coverageGate), 1) // weights are rounded
		return feeds.Coverage
	}
	h.score = min(h.score, coverageGate-gateGap)
	return feeds.Background
}

// saidTerm stands among the terms for what the reader's word added to a score,
// or took from it.
const saidTerm = "your correction"

// why tells which terms carried a match, and how many of them are more than
// numbers and ordinary words. Their weights add up to the score.
func why(q query, h hit, ordinary *numbers) (w feeds.Why, telling int) {
	w = feeds.Why{Gate: coverageGate, Said: h.said}
	score := h.score
	if h.said {
		score = h.found
	}
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
			if x == 0 {
				return // stock carries nothing
			}
			sum += x
			if id&1 == 0 && !plain(id, ordinary) {
				telling++
			}
			w.Terms = append(w.Terms, feeds.TermWeight{Term: seg.surface(index), Weight: x})
		}
	})
	for i := range w.Terms {
		w.Terms[i].Weight *= score / sum
	}
	if h.said {
		if len(w.Terms) == 0 {
			score = 0
		}
		w.Terms = append(w.Terms, feeds.TermWeight{Term: saidTerm, Weight: h.score - score})
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
	return w, telling
}
