package gist

import (
	"math"
	"slices"
	"unicode"
)

// vector is a sentence's terms with their weights, sorted by term; its length
// is 1.
type vector []weighted

type weighted struct {
	term   int
	weight float64
}

// vectors weigh each term by how often its sentence says it and in how few
// sentences it stands: (1 + ln tf) · ln(1 + N/n).
func vectors(sentences []string) []vector {
	number := map[string]int{}
	var in []int // sentences that a term stands in
	out := make([]vector, len(sentences))
	for i, s := range sentences {
		tf := map[int]float64{}
		for _, t := range terms(s) {
			k, known := number[t]
			if !known {
				k = len(in)
				number[t] = k
				in = append(in, 0)
			}
			if tf[k] == 0 {
				in[k]++
			}
			tf[k]++
		}
		for t, f := range tf {
			out[i] = append(out[i], weighted{t, 1 + math.Log(f)})
		}
		slices.SortFunc(out[i], func(a, b weighted) int { return a.term - b.term })
	}
	for _, v := range out {
		square := 0.0
		for k := range v {
			v[k].weight *= math.Log(1 + float64(len(sentences))/float64(in[v[k].term]))
			square += v[k].weight * v[k].weight
		}
		for k := range v {
			v[k].weight /= math.Sqrt(square)
		}
	}
	return out
}

func (v vector) dot(w vector) float64 {
	sum := 0.0
	for len(v) > 0 && len(w) > 0 {
		switch {
		case v[0].term < w[0].term:
			v = v[1:]
		case v[0].term > w[0].term:
			w = w[1:]
		default:
			sum += v[0].weight * w[0].weight
			v, w = v[1:], w[1:]
		}
	}
	return sum
}

// within is the share of v's squared weight in terms that w has too.
func (v vector) within(w vector) float64 {
	sum := 0.0
	for len(v) > 0 && len(w) > 0 {
		switch {
		case v[0].term < w[0].term:
			v = v[1:]
		case v[0].term > w[0].term:
			w = w[1:]
		default:
			sum += v[0].weight * v[0].weight
			v, w = v[1:], w[1:]
		}
	}
	return sum
}

// terms are a text's words in lower case, cut to their first letters as the
// simplest stem that every alphabet has; ideographs and kana by pairs.
func terms(s string) []string {
	var out []string
	var word []rune
	var before rune
	flush := func() {
		if len(word) > 0 {
			out = append(out, string(word[:min(len(word), stemRunes)]))
			word = word[:0]
		}
	}
	for _, r := range s {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			flush()
			if before != 0 {
				out = append(out, string([]rune{before, r}))
			}
			before = r
			continue
		}
		before = 0
		if isWordRune(r) || unicode.IsMark(r) {
			word = append(word, unicode.ToLower(r))
		} else {
			flush()
		}
	}
	flush()
	return out
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }
