package sidebar

import (
	"strconv"
	"strings"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

// whyTerms is how many terms are named; the rest are one line.
const whyTerms = 6

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
	text := "score " + weight(r.Score)
	if r.Why.Gate > 0 {
		text += ", coverage from " + weight(r.Why.Gate)
	}
	return text
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
	add := func(st theme.Style, left string, w float64) {
		p.add(textLine{left: left, leftStyle: st, right: weight(w), rightStyle: p.th.Muted, indent: e.indent(), row: i})
	}
	var taken []feeds.TermWeight // what the reader's word took from the score is not lost among the rest
	if n := len(terms); n > 0 && terms[n-1].Weight < 0 {
		terms, taken = terms[:n-1], terms[n-1:]
	}
	named := terms[:min(len(terms), whyTerms)]
	if len(terms) == whyTerms+1 {
		named = terms // a line of its own is no longer than "and 1 more"
	}
	for _, t := range named {
		bar := ""
		if n := room - word - 5; heaviest > 0 && n > 0 {
			bar = strings.Repeat("━", max(1, int(t.Weight/heaviest*float64(n)+0.5)))
		}
		add(p.th.Badge, cells.Fit(p.th.Measure, cells.Fold(t.Term), word-1)+" "+bar, t.Weight)
	}
	if rest := terms[len(named):]; len(rest) > 0 {
		sum := 0.0
		for _, t := range rest {
			sum += t.Weight
		}
		add(p.th.Faint, "and "+number(len(rest))+" more", sum)
	}
	for _, t := range taken {
		add(p.th.Badge, cells.Fold(t.Term), t.Weight)
	}
}

func weight(w float64) string {
	return strings.Replace(strconv.FormatFloat(w, 'f', 2, 64), "-", "−", 1)
}
