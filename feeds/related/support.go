package related

import (
	"math"
	"slices"
)

// support mixes each candidate's score with the scores of the candidates that
// it is most like, by the cluster hypothesis: what tells an event is like the
// others that tell it (O. Kurland, L. Lee, Corpus structure, language models,
// and ad hoc information retrieval, 2004). An article never speaks for
// itself, and the fewer speak for it the less their word counts.
//
// The order is then centred: where texts are long some are like all others,
// hubs that come near every query (M. Radovanović et al., Hubs in space, 2010),
// so an article loses by its mean similarity to all candidates. Headlines have
// no hubs; there it gains a little.
//
// The gate is told by another mix, in which nobody's support counts against an
// article: the first puts like beside like, the second keeps strays out.
//
// Where a bare headline is asked about, the company that each keeps is looked at
// first, see company. The scores of hits change by that.
func (s *searcher) support(hits []hit, bare bool) []hit {
	vectors := s.vectors(hits)
	links, mean := s.alike(hits, vectors)
	if bare {
		company(hits, links)
	}
	out := slices.Clone(hits)
	centre := centring(vectors)
	for i := range out {
		l := links[i]
		slices.SortFunc(l, func(a, b tieTo) int {
			switch {
			case a.sim > b.sim:
				return -1
			case a.sim < b.sim:
				return 1
			}
			return a.to - b.to
		})
		var sum, all float64
		for _, t := range l[:min(len(l), supportLinks)] {
			sum += t.sim * hits[t.to].score
			all += t.sim
		}
		out[i].gate = (1-gateShare)*hits[i].score + gateShare*sum/(all+gateRest)
		if all > 0 {
			share := supportShare * all / (all + supportRest)
			out[i].score = (1-share)*hits[i].score + share*sum/all
		}
		out[i].score -= centre * mean[i]
	}
	slices.SortFunc(out, byScore)
	return out
}

// company mixes the score of each candidate with the cosine of its links to all
// candidates and those of the asked article, which are the scores: two that tell
// the same event are like the same others (after R. Jarvis and E. Patrick,
// Clustering using a similarity measure based on shared near neighbors, 1973).
// Two headlines may share one word by chance, but hardly their neighbours too.
// That takes neighbours: only in a story of many does it count.
func company(hits []hit, links [][]tieTo) {
	many := map[uint64]float64{}
	near := make([]float64, len(hits))
	var asked float64
	for i, h := range hits {
		many[h.leaf.stateAt(h.i).story]++
		if h.score > supportMin {
			near[i] = h.score
			asked += h.score * h.score
		}
	}
	for i := range hits {
		h := &hits[i]
		share := companyShare * (1 - companyMany/many[h.leaf.stateAt(h.i).story])
		if share <= 0 || asked == 0 {
			continue
		}
		both, own := near[i], 1.0 // a candidate is like itself
		for _, t := range links[i] {
			both += t.sim * near[t.to]
			own += t.sim * t.sim
		}
		h.score = (1-share)*h.score + share*both/math.Sqrt(asked*own)
	}
}

// vectors reads what candidates of many leaves weigh, with the terms numbered
// as they are met.
func (s *searcher) vectors(hits []hit) [][]weightAt {
	clear(s.numbers)
	vectors := make([][]weightAt, len(hits))
	for i, h := range hits {
		seg := &h.leaf.seg
		scale := seg.scale(h.i)
		v := make([]weightAt, 0, 128)
		seg.eachTerm(h.i, func(index int, raw, w uint8) {
			id := seg.termID(index)
			n, ok := s.numbers[id]
			if !ok {
				n = len(s.numbers)
				s.numbers[id] = n
			}
			v = append(v, weightAt{n, float32(w) * scale})
		})
		vectors[i] = v
	}
	if len(s.dense) < len(s.numbers) {
		s.dense = make([]float32, len(s.numbers)+4096)
	}
	return vectors
}

// alike compares all candidates with each other: the links of each that count,
// and its mean similarity to all.
func (s *searcher) alike(hits []hit, vectors [][]weightAt) (links [][]tieTo, mean []float64) {
	links = make([][]tieTo, len(hits))
	mean = make([]float64, len(hits))
	for i, h := range hits {
		seg := &h.leaf.seg
		head := seg.head(h.i)
		q := head.linkQuery(s.times)
		for _, t := range vectors[i] {
			s.dense[t.index] = t.w
		}
		for k := range i {
			factor := q.factorOf(hits[k].ref)
			if factor < supportMin {
				continue
			}
			var cos float32
			for _, t := range vectors[k] {
				cos += s.dense[t.index] * t.w
			}
			sim := float64(cos) * factor
			mean[i] += sim / float64(len(hits))
			mean[k] += sim / float64(len(hits))
			if sim > supportMin {
				links[i] = append(links[i], tieTo{k, sim})
				links[k] = append(links[k], tieTo{i, sim})
			}
		}
		for _, t := range vectors[i] {
			s.dense[t.index] = 0
		}
	}
	return links, mean
}

// centring is the weight of the mean similarity, by how long the candidates are.
func centring(vectors [][]weightAt) float64 {
	terms := 0
	for _, v := range vectors {
		terms += len(v)
	}
	n := float64(terms) / float64(max(1, len(vectors)))
	if n < centreEven {
		return -centreShare / 2 * min(1, (centreEven-n)/(centreEven-centreShort))
	}
	return centreShare * min(1, (n-centreEven)/(centreLong-centreEven))
}

// tieTo is a link to another candidate.
type tieTo struct {
	to  int
	sim float64
}
