// Package gist finds the key sentences of a text, verbatim.
//
//	for _, s := range gist.Sentences(body.Text, 3) {
//		fmt.Println(s) // a piece of body.Text, in the order of the text
//	}
//
// Method and figures are in README.md. Nothing depends on a language: words
// are what Unicode says they are, Chinese and Japanese are read by pairs of
// characters, and common words weigh little because they stand in many
// sentences.
package gist

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Parameters; README.md has the figures they were chosen by.
const (
	damping   = 0.7 // how much of a sentence's rank comes from the others
	rounds    = 40  // of the power iteration; it has settled long before
	leadBonus = 0.2 // how much more the first sentence ranks
	leadDecay = 3.0 // sentences over which that fades to a third
	stemRunes = 5   // words are told apart by so many first letters
	maxInput  = 400 // sentences looked at: the cost grows with the square
)

// Sentences returns the n sentences that tell most of the text, in its order.
// A text of no more than n sentences is returned whole.
func Sentences(text string, n int) []string { return pieces(text, Key(text, n)) }

// Key is Sentences by places.
func Key(text string, n int) []Span {
	all := Spans(text)
	if n <= 0 {
		return nil
	}
	if len(all) <= n {
		return all
	}
	ranks := rank(vectors(pieces(text, all[:min(len(all), maxInput)])))
	for i := range ranks {
		ranks[i] *= 1 + leadBonus*math.Exp(-float64(i)/leadDecay)
		if announces(text[all[i].Start:all[i].End]) {
			ranks[i] = 0
		}
	}
	best := byRank(ranks)
	best = best[:min(n, len(best))]
	slices.Sort(best)
	out := make([]Span, len(best))
	for i, k := range best {
		out[i] = all[k]
	}
	return out
}

// announces reports whether a sentence only leads to what follows it.
func announces(s string) bool { return strings.HasSuffix(s, ":") || strings.HasSuffix(s, "：") }

// byRank are sentences, the best first.
func byRank(ranks []float64) []int {
	best := make([]int, len(ranks))
	for i := range best {
		best[i] = i
	}
	slices.SortStableFunc(best, func(a, b int) int { return cmp.Compare(ranks[b], ranks[a]) })
	return best
}

// rank is TextRank over the sentences: each passes its rank on to those it
// shares words with, in proportion to their cosine.
func rank(v []vector) []float64 {
	n := len(v)
	links := cosines(v)
	p, q := make([]float64, n), make([]float64, n)
	for i := range p {
		p[i] = 1 / float64(n)
	}
	for range rounds {
		for i := range q {
			sum := 0.0
			for _, l := range links[i] {
				sum += l.share * p[l.from]
			}
			q[i] = (1-damping)/float64(n) + damping*sum
		}
		p, q = q, p
	}
	return p
}

// link says which share of a sentence's rank goes to another.
type link struct {
	from  int
	share float64
}

// cosines are, for each sentence, the links that lead to it.
func cosines(v []vector) [][]link {
	sum := make([]float64, len(v))
	to := make([][]link, len(v))
	for i := range v {
		for j := range v[:i] {
			c := v[i].dot(v[j])
			if c == 0 {
				continue
			}
			to[i] = append(to[i], link{j, c})
			to[j] = append(to[j], link{i, c})
			sum[i] += c
			sum[j] += c
		}
	}
	for i := range to {
		for k := range to[i] {
			to[i][k].share /= sum[to[i][k].from]
		}
	}
	return to
}
