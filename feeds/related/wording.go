package related

import "math"

// wording compares the texts of two articles of a cosine. They may have so much
// of their wording in common that one is a copy of the other, or, with least hashes
// of their sketches alike, less; then names says how much their names and numbers
// are alike. If little, they are like a form filled in twice, two earthquakes, two
// sets of quarterly results, two matches: however alike, they tell of two events.
// Independent reports of one event have next to no run of words in common; for them
// names is 1. A run that is all they share, the name of an office, makes no form.
func (a *article) wording(o ref, cos float64, least int, room *article) (copied bool, names float64) {
	o.leaf.seg.readSketch(o.i, room)
	both, all := shingles(a, room)
	same := float64(both)/float64(max(1, all)) >= copyContain
	if both < least && !same {
		return false, 1
	}
	o.leaf.seg.readTerms(o.i, room)
	return cos >= copyCosine && same, alikeNames(a, room)
}

// copiesOnly is more than any sketches have alike.
const copiesOnly = maxSketch + 1

// alikeNames is the cosine of what two articles have of words with a capital
// inside a sentence and of numbers; 1 if one of them has none.
func alikeNames(a, b *article) float64 {
	var aa, bb, ab float64
	i, j := 0, 0
	for i < len(a.terms) || j < len(b.terms) {
		switch {
		case j == len(b.terms) || i < len(a.terms) && a.terms[i].id < b.terms[j].id:
			aa += square(a.terms[i])
			i++
		case i == len(a.terms) || b.terms[j].id < a.terms[i].id:
			bb += square(b.terms[j])
			j++
		default:
			x, y := a.terms[i], b.terms[j]
			if x.name() && y.name() {
				ab += float64(x.w) * float64(y.w)
			}
			aa += square(x)
			bb += square(y)
			i++
			j++
		}
	}
	if aa == 0 || bb == 0 {
		return 1
	}
	return ab / math.Sqrt(aa*bb)
}

func (t term) name() bool { return t.capital() || t.numeric() }

func square(t term) float64 {
	if !t.name() {
		return 0
	}
	return float64(t.w) * float64(t.w)
}

// forms holds those of the hits below the gate that are of one form with the
// asked article.
func (s *searcher) forms(a *article, hits []hit) {
	for i := range hits {
		h := &hits[i]
		if h.gate < coverageGate {
			continue
		}
		if _, names := a.wording(h.ref, h.cos, wordingMin, &s.other); names < namesRow {
			h.gate = coverageGate - gateGap
		}
	}
}
