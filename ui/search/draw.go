package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/feeds"
	"broadsheet/ui/age"
	"broadsheet/ui/cells"
	"broadsheet/ui/find"
	"broadsheet/ui/theme"
)

const (
	promptLines = 2
	rowLines    = 3
)

// Lines draws the prompt and the results in sight.
func (p *Pane) Lines(focused bool) []string {
	p.lines = p.lines[:0]
	p.prompt()
	p.put(p.rule)
	switch {
	case p.failure != "":
		p.say(p.th.Error, p.failure)
	case len(p.words) == 0:
		p.say(p.th.Muted, `Words of the headline or the text, all of them; "in quotes" as they stand.`)
	case p.list.Len() == 0 && p.answered == p.generation && p.goesOn:
		p.say(p.th.Muted, "Looking through the texts of the articles that have these words …")
	case p.list.Len() == 0 && p.answered == p.generation:
		p.say(p.th.Muted, "No article has all of this.")
	}
	cursor := p.th.CursorResting
	if focused {
		cursor = p.th.Cursor
	}
	for i := range p.list.Visible() {
		r := p.list.Row(i)
		var rows [rowLines]string
		if i == p.list.Index() {
			rows = p.result(r, cursor)
		} else if rows = p.drawn[r.ID]; rows[0] == "" {
			rows = p.result(r, theme.Style{})
			p.drawn[r.ID] = rows
		}
		for _, l := range rows {
			p.put(l)
		}
	}
	for len(p.lines) < p.height {
		p.lines = append(p.lines, cells.Spaces(p.width))
	}
	return p.lines
}

// put adds a line, if there is room for it.
func (p *Pane) put(l string) {
	if len(p.lines) < p.height {
		p.lines = append(p.lines, l)
	}
}

// prompt shows the query.
func (p *Pane) prompt() {
	p.line.Reset(p.th, p.width)
	p.line.Add(p.th.Accent, " / ")
	p.field.Draw(&p.line, p.th, p.th.Strong, 1)
	if p.answered != p.generation || p.goesOn {
		p.line.Right(p.th.Muted, "… ")
	}
	p.put(p.line.String())
}

func (p *Pane) say(st theme.Style, sentence string) {
	for _, l := range cells.Wrap(p.th.Measure, sentence, p.width-2, 0) {
		p.line.Reset(p.th, p.width)
		p.line.To(1)
		p.line.Add(st, l)
		p.put(p.line.String())
	}
}

// result draws an article on two lines: headline and age, outlet and the part
// of the text that has the words; and a blank one.
func (p *Pane) result(r result, on theme.Style) (rows [rowLines]string) {
	when := age.Of(feeds.When(r.Article), p.now)
	p.line.ResetOn(p.th, p.width, on)
	headline := p.th.Fresh
	if r.Read {
		headline = p.th.Read
		p.line.To(2)
	} else {
		p.line.Add(p.th.Unread, "● ")
	}
	p.marked(headline, r.headline, p.width-cells.Width(p.th.Measure, when)-2)
	p.line.Right(p.th.Muted, when+" ")
	rows[0] = p.line.String()

	p.line.ResetOn(p.th, p.width, on)
	p.line.To(2)
	p.line.AddTo(p.th.Outlet, r.outlet, p.width/3+2)
	p.line.Add(p.th.Faint, " · ")
	p.marked(p.th.Muted, p.around(r.excerpt, p.line.Left()), p.width-1)
	rows[1] = p.line.String()
	rows[2] = cells.Spaces(p.width)
	return rows
}

// around is a text from a little before the first word found in it, if that
// would lie out of sight.
func (p *Pane) around(text string, room int) string {
	start, _ := p.next(text)
	if start < 0 || cells.Width(p.th.Measure, text[:start]) < room*2/3 {
		return text
	}
	from := strings.LastIndexByte(text[:max(start-room/3, 0)], ' ') + 1
	return cells.Ellipsis + text[from:]
}

// marked adds a text up to a column, the words found in it standing out.
func (p *Pane) marked(st theme.Style, text string, to int) {
	text = cells.Cut(p.th.Measure, text, to-p.line.At())
	for text != "" {
		start, end := p.next(text)
		if start < 0 {
			p.line.AddTo(st, text, to)
			return
		}
		p.line.AddTo(st, text[:start], to)
		p.line.AddTo(p.th.Match, text[start:end], to)
		text = text[end:]
	}
}

// next is the first place in text where a word of the query begins a word.
func (p *Pane) next(text string) (start, end int) {
	within := false
	for i, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
		if letter && (!within || r >= 0x2e80) {
			longest := 0
			for _, w := range p.words {
				longest = max(longest, begins(text[i:], w))
			}
			if longest > 0 {
				return i, i + longest
			}
		}
		within = letter
	}
	return -1, -1
}

// begins is how many bytes of text the word w takes at its beginning, letter
// for letter without case and accents; 0 if it is not there.
func begins(text, w string) int {
	for i, r := range text {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		plain := string(find.Plain(nil, r))
		if !strings.HasPrefix(w, plain) || plain == "" {
			return 0
		}
		if w = w[len(plain):]; w == "" {
			return i + utf8.RuneLen(r)
		}
	}
	return 0
}

// fold drops case and accents.
func fold(s string) string {
	var b []byte
	for _, r := range s {
		if !unicode.Is(unicode.Mn, r) {
			b = find.Plain(b, r)
		}
	}
	return string(b)
}

// wordsOf are the words of a query, without case and accents.
func wordsOf(query string) []string {
	return strings.FieldsFunc(fold(query), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}
