package sidebar

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

// How many terms are named; the rest are one line. In a low pane there are fewer, so
// that the score and its gate stay in sight: besides the terms a row with its
// reasons takes up to ten lines.
const (
	whyTerms      = 6
	leastTerms    = 2
	besideReasons = 10
)

func (p *Pane) whyTerms() int { return min(whyTerms, max(leastTerms, p.height-besideReasons)) }

// reasons shows what a match rests on: the terms with their part in it, each
// with a bar, and what the others come to, so that the parts add up to the
// score; the time between; the score, and what it had to reach.
func (p *Pane) reasons(i int) {
	e := p.shown[i]
	say := func(st theme.Style, left, right string) {
		p.add(textLine{left: left, leftStyle: st, right: right, rightStyle: p.th.Muted, indent: e.indent(), row: i})
	}
	say(p.th.Strong, "Why", "")
	switch {
	case e.role == copied:
		p.wrapped(i, p.th.Muted, "It is the text of "+e.over.outlet+".", 2)
		return
	case e.Related.Kind == Same:
		p.wrapped(i, p.th.Muted, "It is the text of the article beside it.", 2)
		return
	case e.Related.Why.Said && e.Related.Kind == feeds.Background:
		say(p.th.Good, "you took this out", "")
	case e.Related.Why.Said:
		say(p.th.Good, "you joined these", "")
	}
	p.terms(i)
	apart := "time between unknown"
	if d := e.Related.Why.Apart; d != 0 {
		apart = exactly(d)
	} else if e.when != "" {
		apart = "at the same time"
	}
	p.wrapped(i, p.th.Muted, apart, 1)
	p.wrapped(i, p.th.Muted, verdict(e.Related), 2)
}

// verdict is the score with the gate it passed, or did not.
func verdict(r feeds.Related) string {
	score, gate := weight(r.Score), weight(r.Why.Gate)
	switch {
	case r.Why.Gate == 0:
		return "score " + score
	case r.Kind == feeds.Background && score == gate:
		return "score just under " + gate + ", where coverage begins"
	}
	return "score " + score + ", coverage from " + gate
}

// terms lists the heaviest terms, and the others as one.
func (p *Pane) terms(i int) {
	e := p.shown[i]
	terms := e.Related.Why.Terms
	room := p.room() - e.indent()
	word := room / 2
	heaviest := 0.0
	for _, t := range terms {
		heaviest = max(heaviest, t.Weight)
	}
	var taken []feeds.TermWeight // what the reader's word took from the score is not lost among the rest
	if n := len(terms); n > 0 && terms[n-1].Weight < 0 {
		terms, taken = terms[:n-1], terms[n-1:]
	}
	most := p.whyTerms()
	named := terms[:min(len(terms), most)]
	if len(terms) == most+1 {
		named = terms // a line of its own is no longer than "and 1 more"
	}
	rest := terms[len(named):]
	parts := hundredths(named, rest, taken)
	add := func(st theme.Style, left string) {
		p.add(textLine{left: left, leftStyle: st, right: weight(float64(parts[0]) / 100), rightStyle: p.th.Muted, indent: e.indent(), row: i})
		parts = parts[1:]
	}
	for _, t := range named {
		term := cells.Fold(t.Term)
		if strings.Contains(term, " ") { // no term: what the reader's word added
			if parts[0] == 0 {
				parts = parts[1:] // nothing: the articles were enough
			} else {
				add(p.th.Badge, term)
			}
			continue
		}
		bar := ""
		if n := room - word - 5; heaviest > 0 && n > 0 {
			bar = strings.Repeat("━", max(1, int(t.Weight/heaviest*float64(n)+0.5)))
		}
		add(p.th.Badge, cells.Fit(p.th.Measure, term, word-1)+" "+bar)
	}
	if len(rest) > 0 {
		add(p.th.Muted, "and "+number(len(rest))+" more")
	}
	for _, t := range taken {
		add(p.th.Badge, cells.Fold(t.Term))
	}
}

// hundredths rounds the parts of a score so that they still add up to it as it
// is shown: each down, and what is left over goes to those that lost most. The
// rest are one part.
func hundredths(named, rest, taken []feeds.TermWeight) []int {
	var exact []float64
	sum, others := 0.0, 0.0
	for _, t := range rest {
		others += t.Weight
	}
	for _, t := range named {
		exact = append(exact, t.Weight*100)
	}
	if len(rest) > 0 {
		exact = append(exact, others*100)
	}
	for _, t := range taken {
		exact = append(exact, t.Weight*100)
	}
	parts, byLoss := make([]int, len(exact)), make([]int, len(exact))
	down := 0
	for i, x := range exact {
		parts[i], byLoss[i] = int(math.Floor(x)), i
		sum += x
		down += parts[i]
	}
	slices.SortStableFunc(byLoss, func(a, b int) int {
		return cmp.Compare(exact[b]-math.Floor(exact[b]), exact[a]-math.Floor(exact[a]))
	})
	for _, i := range byLoss[:max(0, min(len(byLoss), int(math.Round(sum))-down))] {
		parts[i]++
	}
	return parts
}

func weight(w float64) string {
	return strings.Replace(strconv.FormatFloat(w, 'f', 2, 64), "-", "−", 1)
}
