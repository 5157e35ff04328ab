package related

import (
	"cmp"
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
	said  bool    // the reader's word decides
	found float64 // the score before it did
}

// query is a weighted set of terms, by id, with what it is asked for.
type query struct {
	terms   []weighted
	when    uint32
	undated bool
	days    weekdays
	lang    language
	times   times
	unit    float32 // of a query for links, which has plain weights: the asked article's scale
}

type weighted struct {
	id uint32
	w  float32
}

func (a *article) query(t times) query {
	return a.scaled(t, a.scale, 0)
}

// linkQuery is a query for links. Its weights are plain numbers, and so are the
// products: whoever adds them up, in whatever order, finds the same.
func (a *article) linkQuery(t times) query { return a.scaled(t, 1, a.scale) }

// linkQuery is one without terms, for who holds these elsewhere.
func (h *head) linkQuery(t times) query {
	return query{times: t, when: h.when, undated: h.undated, days: h.days, lang: h.lang, unit: h.scale}
}

func (a *article) scaled(t times, scale, unit float32) query {
	q := query{times: t, when: a.place.when, undated: a.undated, days: a.days, lang: a.lang, unit: unit, terms: make([]weighted, 0, len(a.terms))}
	for _, t := range a.terms {
		q.terms = append(q.terms, weighted{t.id, float32(t.w) * scale})
	}
	return q
}

// searcher finds the articles nearest to a query. It owns its buffers.
type searcher struct {
	sum     []float32 // per article of a leaf
	likely  []guess   // articles of a leaf
	dense   []float32 // per term of a leaf
	top     []float32
	least   float32 // the weight of the lightest term that candidates are found by
	at      []weightAt
	numbers map[uint32]int // of terms, across leaves
	times   times
	one     article
	other   article
	plain   []*leaf // that have their terms unpacked, the one asked last at the end
}

func newSearcher() searcher { return searcher{times: newTimes(), numbers: map[uint32]int{}} }

// weightAt is a weight on a term, by the term's index in a leaf or among those
// that several articles have.
type weightAt struct {
	index int
	w     float32
}

// search returns the best keep articles of the leaves by score. Candidates are
// found by the heaviest terms, then compared by all.
func (s *searcher) search(q query, leaves []*leaf, keep int, accept func(ref) bool) []hit {
	s.choose(q, queryTerms)
	var hits []hit
	floor := candidateMin // below it nothing is among the best
	for _, l := range q.nearest(leaves) {
		sums := s.collect(q, l.leaf)
		l, peak := l.leaf, l.peak
		least := leastSum(peak, floor)
		for i, sum := range sums {
			if sum < least {
				continue
			}
			x := float64(sum * l.seg.scale(i))
			if x < candidateMin || x*peak < floor && x < copyCosine*linkSlack {
				continue
			}
			r := ref{l, i}
			score := x * q.factorOf(r)
			// What may be a copy of the asked article is shown to accept all the same.
			if score < candidateMin || score < floor && x < copyCosine*linkSlack || !accept(r) {
				continue
			}
			if hits = append(hits, hit{ref: r, score: score}); len(hits) == 4*keep {
				slices.SortFunc(hits, byScore)
				hits = hits[:keep]
				floor = hits[keep-1].score
				least = leastSum(peak, floor)
			}
		}
		clear(sums)
	}
	if len(hits) > keep {
		slices.SortFunc(hits, byScore)
		hits = hits[:keep]
	}
	slices.SortFunc(hits, byLeaf)
	for from := 0; from < len(hits); {
		l, to := hits[from].leaf, from
		s.spread(s.indices(q, l), l)
		for ; to < len(hits) && hits[to].leaf == l; to++ {
			h := &hits[to]
			h.cos = s.dot(l, h.i)
			h.score = h.cos * q.factorOf(h.ref)
		}
		s.wipe()
		from = to
	}
	slices.SortFunc(hits, byScore)
	return hits
}

// leastSum is what the heaviest terms must make of a product for the article to
// come into question, whatever its scale, which is looked up of those alone.
func leastSum(peak, floor float64) float32 {
	return float32(max(candidateMin, min(floor/peak, copyCosine*linkSlack)) / maxScale)
}

// maxScale is above the scale of any article: one term alone weighs 255 units
// of it, and no more than 1.
const maxScale = 1.001 / 255

// leafAt is a leaf with the largest time factor that an article of it can have.
type leafAt struct {
	*leaf
	peak float64
}

// nearest orders leaves by how near they are in time: the nearest hold most of
// the best, and of those far away little then comes into question.
func (q *query) nearest(leaves []*leaf) []leafAt {
	list := make([]leafAt, 0, len(leaves))
	for _, l := range leaves {
		n := l.seg.len()
		if n == 0 {
			continue
		}
		first, last := l.seg.from, l.seg.to
		apart := max(first, q.when) - q.when
		if q.when > last {
			apart = q.when - last
		}
		peak := q.times.at(apart)
		if peak < timeLost && (q.undated || l.hasUndated()) {
			peak = timeLost
		}
		list = append(list, leafAt{l, peak})
	}
	slices.SortStableFunc(list, func(a, b leafAt) int { return cmp.Compare(b.peak, a.peak) })
	return list
}

// near calls fn with each article of a leaf whose link to the query may reach
// least, in canonical order. A link is the cosine with
// no term adding more than linkPart to it, so that one name alone ties no two
// articles, but for headlines, which have few words to say it with. Of articles
// for which only says so, just those that are not faint.
func (s *searcher) near(q query, l *leaf, least float64, only func(i int) bool, fn func(g guess, cos, link float64)) {
	sums := s.collect(q, l)
	s.likely = s.likely[:0]
	for i, sum := range sums {
		if float64(sum)*float64(q.unit)*maxScale < least*linkSlack {
			continue
		}
		g, ok := q.guess(l.head(i), float64(sum), least)
		if g.at = uint32(i); ok && (!g.faint || !only(i)) {
			s.likely = append(s.likely, g)
		}
	}
	clear(sums)
	if len(s.likely) == 0 {
		return
	}
	s.spread(s.indices(q, l), l)
	for _, g := range s.likely {
		cos, link := q.link(ref{l, int(g.at)}, s.dense)
		fn(g, cos, link)
	}
	s.wipe()
	s.asked(l)
}

// guess is an article whose link to another may be of interest, and the part of
// it that heavy terms make. It is faint if they make too little for a copy.
type guess struct {
	at    uint32 // which article, as whoever guesses counts them
	link  uint32 // in units
	faint bool
}

// guessUnits are in a link of 1: whole numbers of them add up to the same in any order.
const guessUnits = 1 << 20

// guess returns what the part of a product that heavy terms make says of the link
// with an article, false if that cannot reach least.
func (q *query) guess(h *head, product, least float64) (g guess, ok bool) {
	x := q.cosine(h, product)
	if x < least*linkSlack {
		return g, false
	}
	link := x * q.factor(h)
	if link < least*linkSlack {
		return g, false
	}
	return guess{link: uint32(link * guessUnits), faint: x < copyCosine*linkSlack}, true
}

// plainMost is how many leaves have their terms unpacked, a megabyte each.
const plainMost = 8

// asked notes that a leaf was asked for products: of those that are unpacked the
// one that was asked longest ago is packed again if they are too many.
func (s *searcher) asked(l *leaf) {
	if l == nil || l.seg.plain == nil {
		return
	}
	if i := slices.Index(s.plain, l); i >= 0 {
		s.plain = slices.Delete(s.plain, i, i+1)
	} else if len(s.plain) == plainMost {
		s.plain[0].seg.pack()
		s.plain = slices.Delete(s.plain, 0, 1)
	}
	s.plain = append(s.plain, l)
}

// link compares an article with a query for links, which is spread in dense by
// the places of the leaf's terms: the cosine and the link.
func (q *query) link(r ref, dense []float32) (cos, link float64) {
	h := r.leaf.head(r.i)
	all, held, n := r.leaf.seg.products(r.i, dense, float32(q.most(h)))
	if len(q.terms) <= linkBare || n <= linkBare {
		held = all
	}
	return q.cosine(h, float64(all)), q.cosine(h, float64(held)) * q.factor(h)
}

// cosine is a product with an article, of a query for links, as a cosine.
func (q *query) cosine(h *head, product float64) float64 {
	return product * float64(h.scale) * float64(q.unit)
}

// most is how much of a product a term may make for no more than linkPart of
// the cosine, in whole units.
func (q *query) most(h *head) uint32 {
	return uint32(min(linkPart/(float64(h.scale)*float64(q.unit)), maxProduct))
}

// collect adds up, for the articles of a leaf, the part of the product that
// the query's heaviest terms make. Who asks for the sums is to wipe them.
func (s *searcher) collect(q query, l *leaf) []float32 {
	n := l.seg.len()
	if len(s.sum) < n {
		s.sum = make([]float32, n+1024)
	}
	at, found := 0, false
	for _, t := range q.terms {
		if t.w < s.least {
			continue
		}
		if at, found = l.seg.find(t.id, at); found {
			l.seg.addPostings(at, t.w, s.sum[:n])
		}
	}
	return s.sum[:n]
}

// indices looks the query's terms up in a leaf.
func (s *searcher) indices(q query, l *leaf) []weightAt {
	s.at = s.at[:0]
	at, found := 0, false
	for _, t := range q.terms {
		if at, found = l.seg.find(t.id, at); found {
			s.at = append(s.at, weightAt{at, t.w})
		}
	}
	return s.at
}

func (s *searcher) spread(list []weightAt, l *leaf) {
	if n := l.seg.terms(); len(s.dense) < n {
		s.dense = make([]float32, n+4096)
	}
	for _, t := range list {
		s.dense[t.index] = t.w
	}
}

func (s *searcher) wipe() {
	for _, t := range s.at {
		s.dense[t.index] = 0
	}
}

// dot is the cosine of the query that is spread and an article.
func (s *searcher) dot(l *leaf, i int) float64 {
	cos, _, _ := l.seg.products(i, s.dense, 0)
	return float64(cos * l.seg.scale(i))
}

func byLeaf(a, b hit) int {
	if a.leaf == b.leaf {
		return a.i - b.i
	}
	if a.leaf.start.before(b.leaf.start) {
		return -1
	}
	return 1
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

// choose finds how heavy a term must be for candidates to be found by it.
func (s *searcher) choose(q query, terms int) {
	s.least = 0
	if len(q.terms) <= terms {
		return
	}
	s.top = s.top[:0]
	for _, t := range q.terms {
		s.top = append(s.top, t.w)
	}
	slices.Sort(s.top)
	s.least = s.top[len(s.top)-terms]
}

// times is the time factor by quarters of an hour.
type times []float64

const quarter = 15 * 60

func newTimes() times {
	t := make(times, 10*timeSigma*86400/quarter)
	for i := range t {
		x := float64(i) * quarter / (timeSigma * 86400)
		t[i] = timeFloor + (1-timeFloor)*math.Exp(-x*x/2)
	}
	return t
}

func (t times) at(seconds uint32) float64 {
	if i := int(seconds / quarter); i < len(t) {
		return t[i]
	}
	return timeFloor
}

// factor is what a cosine with an article is multiplied by: less the further
// apart in time they are, if they tell of different days, and in another language.
// What has no date may be of any week, so the days it names say nothing.
func (q *query) factor(h *head) float64 {
	f := timeLost
	if !q.undated && !h.undated {
		apart := max(q.when, h.when) - min(q.when, h.when)
		f = q.times.at(apart)
		if q.days.differ(h.days) {
			f *= daysFactor
		}
	}
	if q.lang != h.lang {
		f *= foreignFactor
	}
	return f
}

func (q *query) factorOf(r ref) float64 {
	h := r.leaf.seg.head(r.i)
	return q.factor(&h)
}

// with mixes the articles of some hits into a query, together by so much of its
// own weight: one pass of relevance feedback (J. Rocchio, 1971).
func (q query) with(hits []hit, all float64) query {
	mixed := map[uint32]float32{}
	for _, t := range q.terms {
		mixed[t.id] += t.w
	}
	share := float32(all / float64(len(hits)))
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
