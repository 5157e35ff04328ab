package related

import "slices"

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
func (s *searcher) support(hits []hit) []hit {
	vectors := make([][]weighted, len(hits))
	for i, h := range hits {
		seg := &h.leaf.seg
		scale := seg.scale(h.i)
		v := make([]weighted, 0, 128)
		seg.eachTerm(h.i, func(index int, raw, w uint8) {
			v = append(v, weighted{seg.termID(index), float32(w) * scale})
		})
		vectors[i] = v
	}
	links := make([][]tieTo, len(hits))
	mean := make([]float64, len(hits))
	for i := range hits {
		for k := range i {
			q := query{times: s.times, when: hits[i].leaf.seg.when(hits[i].i), undated: hits[i].leaf.seg.undated(hits[i].i), lang: hits[i].leaf.seg.language(hits[i].i)}
			factor := q.factorOf(hits[k].ref)
			if factor < supportMin {
				continue
			}
			sim := product(vectors[i], vectors[k]) * factor
			mean[i] += sim / float64(len(hits))
			mean[k] += sim / float64(len(hits))
			if sim > supportMin {
				links[i] = append(links[i], tieTo{k, sim})
				links[k] = append(links[k], tieTo{i, sim})
			}
		}
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

// centring is the weight of the mean similarity, by how long the candidates are.
func centring(vectors [][]weighted) float64 {
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

// product is the inner product of two vectors.
func product(a, b []weighted) float64 {
	var sum float32
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].id < b[0].id:
			a = a[1:]
		case a[0].id > b[0].id:
			b = b[1:]
		default:
			sum += a[0].w * b[0].w
			a, b = a[1:], b[1:]
		}
	}
	return float64(sum)
}
