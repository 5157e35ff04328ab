package gist

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"broadsheet/feeds"
)

// Parameters of a story's gist; README.md has the figures.
const (
	relevance  = 0.7 // of MMR: how much telling counts beside being new
	sameAs     = 0.3 // the cosine from which two sentences say the same
	within     = 0.5 // or the share of the shorter one's weight that the other has
	leastTerms = 7   // shorter sentences tell little out of their place
	storyLead  = 1.0 // how much more an article's first sentence ranks
	leastOf    = 8   // sentences looked at of an article, however many there are
)

// Quote is a sentence of one of several texts.
type Quote struct {
	Text int // which of them
	Span
}

// Said is a sentence of an article.
type Said struct {
	Item feeds.Item
	Text string
}

// OfStory quotes at most n sentences that tell the story that asked is in, of
// the articles that Sources chooses among items; body gives their texts.
func OfStory(asked feeds.Item, items []feeds.Item, body func(feeds.ArticleID) (feeds.Body, error), n int) ([]Said, error) {
	items = Sources(asked, items)
	texts := make([]string, len(items))
	for i, it := range items {
		b, err := body(it.ID)
		if err != nil {
			return nil, err
		}
		texts[i] = b.Text
	}
	var out []Said
	for _, q := range Story(texts, n) {
		out = append(out, Said{items[q.Text], texts[q.Text][q.Start:q.End]})
	}
	return out, nil
}

// Story returns at most n sentences that together tell most of what several
// texts on one event tell, no two of them saying the same, in the order of the
// texts and within each in its own.
func Story(texts []string, n int) []Quote {
	if n <= 0 || len(texts) == 0 {
		return nil
	}
	all, said := quotes(texts, leastTerms)
	if len(all) == 0 {
		all, said = quotes(texts, 1) // a flash has nothing longer
	}
	if len(all) == 0 {
		return nil
	}
	v := vectors(said)
	ranks := rank(v)
	place, last := 0, -1
	for i, q := range all {
		if place++; q.Text != last {
			place, last = 0, q.Text
		}
		ranks[i] *= 1 + storyLead*math.Exp(-float64(place)/leadDecay)
	}
	out := make([]Quote, 0, n)
	for _, i := range diverse(v, ranks, n) {
		out = append(out, all[i])
	}
	slices.SortFunc(out, func(a, b Quote) int { return cmp.Or(cmp.Compare(a.Text, b.Text), cmp.Compare(a.Start, b.Start)) })
	return out
}

// maxTexts bounds the articles of a story that are read for its gist.
const maxTexts = 40

// Sources are the articles to read for the gist of a story that asked is in:
// those in its language, each text once, earliest first. Where many outlets
// print one text it counts as one, and the first of them is named.
func Sources(asked feeds.Item, items []feeds.Item) []feeds.Item {
	items = slices.Clone(items)
	slices.SortStableFunc(items, func(a, b feeds.Item) int {
		return cmp.Or(feeds.When(a.Article).Compare(feeds.When(b.Article)), cmp.Compare(a.ID, b.ID))
	})
	printed := map[feeds.ArticleID]bool{}
	var out []feeds.Item
	for _, it := range items {
		if printed[it.ID] || foreign(asked.Language, it.Language) || len(out) == maxTexts {
			continue
		}
		out = append(out, it)
		for _, id := range it.Copies {
			printed[id] = true
		}
	}
	return out
}

// foreign reports whether two articles are known to be in different languages.
func foreign(a, b string) bool {
	a, _, _ = strings.Cut(strings.ToLower(a), "-")
	b, _, _ = strings.Cut(strings.ToLower(b), "-")
	return a != "" && b != "" && a != b
}

// quotes are the sentences looked at: the same number of each text, as the cost
// grows with the square of all.
func quotes(texts []string, least int) (all []Quote, said []string) {
	most := max(maxInput/len(texts), leastOf)
	for t, text := range texts {
		spans := Spans(text)
		for _, s := range spans[:min(len(spans), most)] {
			sentence := text[s.Start:s.End]
			if len(terms(sentence)) < least || announces(sentence) {
				continue
			}
			all = append(all, Quote{t, s})
			said = append(said, sentence)
		}
		if len(all) >= maxInput {
			break
		}
	}
	return all, said
}

// diverse chooses n sentences by maximal marginal relevance: each time the one
// that ranks best, less how like it is to those chosen. One that says what a
// chosen one says is never taken.
func diverse(v []vector, ranks []float64, n int) []int {
	top := slices.Max(ranks)
	like := make([]float64, len(v)) // to the chosen one it is most like
	dead := make([]bool, len(v))
	var chosen []int
	for len(chosen) < n {
		best, value := -1, math.Inf(-1)
		for i := range v {
			if dead[i] {
				continue
			}
			if x := relevance*ranks[i]/top - (1-relevance)*like[i]; x > value {
				best, value = i, x
			}
		}
		if best < 0 {
			break
		}
		chosen = append(chosen, best)
		dead[best] = true
		for i := range v {
			if dead[i] {
				continue
			}
			c := v[i].dot(v[best])
			like[i] = max(like[i], c)
			dead[i] = c >= sameAs || v[i].within(v[best]) >= within || v[best].within(v[i]) >= within
		}
	}
	return chosen
}
