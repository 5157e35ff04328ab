package sidebar

import (
	"strconv"
	"strings"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

const (
	headlineLines = 3
	excerptLines  = 8
	whyTerms      = 6
)

// textLine is a line of the pane before the cursor's background is under it.
type textLine struct {
	left, right           string
	leftStyle, rightStyle theme.Style
	indent                int
	mark                  string // before the indent
	markStyle             theme.Style
	row                   int // whose line it is, -1 for none
}

// draw lays out the rows. Their number is small, whatever the library's size.
func (p *Pane) draw() {
	if p.drawn {
		return
	}
	p.drawn = true
	p.text, p.blocks = p.text[:0], p.blocks[:0]
	p.place()
	switch {
	case p.state == nothing:
	case p.state == loading:
		p.say(p.th.Muted, "Looking for related stories…")
	case p.state == failed:
		p.say(p.th.Error, p.failure)
	default:
		p.sections()
	}
	p.scroll()
}

func (p *Pane) sections() {
	coverage := p.count(feeds.Coverage)
	if coverage == 0 {
		p.say(p.th.Muted, "No other outlet tells this story yet.")
	}
	for i := range p.rows {
		switch {
		case i == 0 && coverage > 0:
			p.heading(p.th.Coverage, "Coverage")
		case i == coverage:
			if i > 0 {
				p.gap()
			}
			p.heading(p.th.Backdrop, "Background")
		default:
			p.gap()
		}
		from := len(p.text)
		p.row(i)
		p.blocks = append(p.blocks, block{from, len(p.text)})
	}
}

func (p *Pane) add(l textLine) { p.text = append(p.text, l) }

func (p *Pane) gap() { p.add(textLine{row: -1}) }

func (p *Pane) heading(st theme.Style, word string) {
	p.add(textLine{left: word, leftStyle: st, row: -1})
}

// say puts a sentence on as many lines as it takes.
func (p *Pane) say(st theme.Style, sentence string) {
	for _, l := range cells.Wrap(p.th.Measure, sentence, p.room(), 0) {
		p.add(textLine{left: l, leftStyle: st, row: -1})
	}
	p.gap()
}

// indent is the room for a row's mark.
const indent = 2

// pad keeps the text off the borders, where there is room to.
func (p *Pane) pad() int {
	if p.width < 24 {
		return 0
	}
	return 1
}

// room is the width of the text with its marks.
func (p *Pane) room() int { return p.width - 2*p.pad() }

func (p *Pane) row(i int) {
	r := &p.rows[i]
	mark, markStyle := "●", p.th.Unread
	headline := p.th.Fresh
	if r.Item.Read {
		mark, headline = " ", p.th.Read
	}
	if r.Item.ID == p.open && p.open != 0 {
		mark, markStyle = "▸", p.th.Accent
	}
	p.add(textLine{left: r.outlet, leftStyle: p.th.Outlet, right: r.when, rightStyle: p.th.Muted, indent: indent, mark: mark, markStyle: markStyle, row: i})
	p.wrapped(i, headline, r.headline, headlineLines)
	if n := len(r.Related.Copies); n > 0 {
		word := " copies"
		if n == 1 {
			word = " copy"
		}
		p.add(textLine{left: "+" + number(n) + word, leftStyle: p.th.Copy, indent: indent, row: i})
	}
	if i != p.cursor {
		return
	}
	if r.excerpt != "" && r.excerpt != r.headline {
		p.wrapped(i, p.th.Text, r.excerpt, excerptLines)
	}
	if p.why {
		p.reasons(i)
	}
}

func (p *Pane) wrapped(i int, st theme.Style, text string, limit int) {
	for _, l := range cells.Wrap(p.th.Measure, text, p.room()-indent, limit) {
		p.add(textLine{left: l, leftStyle: st, indent: indent, row: i})
	}
}

// reasons shows what the match rests on: the terms with their part in it, each
// with a bar, the time between, the score.
func (p *Pane) reasons(i int) {
	related := p.rows[i].Related
	p.add(textLine{left: "Why", leftStyle: p.th.Strong, indent: indent, row: i})
	heaviest := 0.0
	for _, t := range related.Why.Terms {
		heaviest = max(heaviest, t.Weight)
	}
	word := (p.room() - indent) / 2
	for n, t := range related.Why.Terms {
		if n == whyTerms {
			p.add(textLine{left: "and " + number(len(related.Why.Terms)-n) + " more", leftStyle: p.th.Faint, indent: indent, row: i})
			break
		}
		bar := ""
		if room := p.room() - indent - word - 5; heaviest > 0 && room > 0 {
			bar = strings.Repeat("━", max(1, int(t.Weight/heaviest*float64(room)+0.5)))
		}
		term := cells.Fit(p.th.Measure, cells.Fold(t.Term), word)
		p.add(textLine{left: term + bar, leftStyle: p.th.Badge, right: weight(t.Weight), rightStyle: p.th.Muted, indent: indent, row: i})
	}
	apart := "time between unknown"
	if d := related.Why.Apart; d != 0 {
		apart = exactly(d)
	} else if p.rows[i].when != "" {
		apart = "at the same time"
	}
	p.add(textLine{left: apart, leftStyle: p.th.Muted, right: "score " + weight(related.Score), rightStyle: p.th.Muted, indent: indent, row: i})
}

func weight(w float64) string { return strconv.FormatFloat(w, 'f', 2, 64) }

// exactly is the time between in hours and minutes.
func exactly(d time.Duration) string {
	word := " later"
	if d < 0 {
		d, word = -d, " earlier"
	}
	if d < time.Hour {
		return number(int(d/time.Minute)) + " min" + word
	}
	if minutes := int(d % time.Hour / time.Minute); minutes > 0 {
		word = " " + number(minutes) + " min" + word
	}
	return number(int(d/time.Hour)) + " h" + word
}

// place tells where the article asked about stands among the outlets that tell
// its story.
func (p *Pane) place() {
	coverage := p.count(feeds.Coverage)
	if p.state != known || coverage == 0 || p.asked.Published.IsZero() {
		return
	}
	earlier := map[string]bool{}
	outlets := map[string]bool{p.asked.Outlet: true}
	var first *row
	for i := range p.rows[:coverage] {
		r := &p.rows[i]
		outlets[r.Item.Outlet] = true
		t := r.Item.Published
		if t.IsZero() || r.Item.Outlet == p.asked.Outlet {
			continue
		}
		if t.Before(p.asked.Published) {
			earlier[r.Item.Outlet] = true
		}
		if first == nil || t.Before(first.Item.Published) {
			first = r
		}
	}
	sentence := "First of " + number(len(outlets)) + " outlets to tell it."
	if len(outlets) == 1 {
		return
	}
	if len(earlier) > 0 {
		sentence = ordinal(len(earlier)+1) + " of " + number(len(outlets)) + " outlets; " + first.outlet + " had it first."
	}
	p.say(p.th.Muted, sentence)
}

func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return number(n) + suffix
}

func number(n int) string { return strconv.Itoa(n) }

// scroll brings the cursor's row into sight, its beginning rather than its end,
// with the heading above the first.
func (p *Pane) scroll() {
	if p.cursor < len(p.blocks) {
		b := p.blocks[p.cursor]
		from := b.from
		if p.cursor == 0 {
			from = 0
		}
		p.top = max(p.top, b.to-p.height)
		p.top = min(p.top, b.from)
		if b.to-from <= p.height {
			p.top = min(p.top, from)
		}
	}
	p.top = max(0, min(p.top, len(p.text)-p.height))
}

// Lines draws what is in sight.
func (p *Pane) Lines(focused bool) []string {
	p.draw()
	p.lines = p.lines[:0]
	cursor := p.th.CursorResting
	if focused {
		cursor = p.th.Cursor
	}
	for y := range p.height {
		i := p.top + y
		if i >= len(p.text) {
			p.lines = append(p.lines, cells.Spaces(p.width))
			continue
		}
		l := &p.text[i]
		var on theme.Style
		if l.row >= 0 && l.row == p.cursor {
			on = cursor
		}
		p.line.ResetOn(p.th, p.width, on)
		p.line.To(p.pad())
		p.line.Add(l.markStyle, l.mark)
		p.line.To(p.pad() + l.indent)
		if l.right == "" {
			p.line.Add(l.leftStyle, l.left)
		} else {
			at := p.pad() + p.room() - cells.Width(p.th.Measure, l.right)
			p.line.AddTo(l.leftStyle, l.left, at-1)
			p.line.To(at)
			p.line.Add(l.rightStyle, l.right)
		}
		p.lines = append(p.lines, p.line.String())
	}
	return p.lines
}
