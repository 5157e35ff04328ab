package greeting

import (
	"strconv"
	"strings"

	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

const (
	masthead  = "B R O A D S H E E T"
	widest    = 66 // columns of the text
	roomyFrom = 16 // rows from which the masthead has air around it
)

// headHeight is how many rows the masthead takes.
func (p *Pane) headHeight() int {
	if p.height >= roomyFrom {
		return 5
	}
	return 2
}

// Lines draws the greeting, its text in a column in the middle.
func (p *Pane) Lines(bool) []string {
	text := min(widest, max(p.width-2, 0))
	body := p.body(text)
	rows := make([]string, 0, p.height)
	if p.height >= roomyFrom {
		for range max(1, (p.height-p.headHeight()-len(body))/3) {
			rows = append(rows, cells.Spaces(p.width))
		}
	}
	rows = append(rows, p.head(text)...)
	left := (p.width - text) / 2
	for _, b := range body {
		rows = append(rows, cells.Spaces(left)+b+cells.Spaces(p.width-left-text))
	}
	for len(rows) < p.height {
		rows = append(rows, cells.Spaces(p.width))
	}
	return rows[:p.height]
}

// head is the masthead over a rule.
func (p *Pane) head(text int) []string {
	name := cells.Cut(p.th.Measure, masthead, text)
	rows := []string{
		p.centred(p.th.Accent, name),
		p.centred(p.th.Rule, strings.Repeat("─", min(text, 2*len(masthead)))),
	}
	if p.height >= roomyFrom {
		tagline := p.centred(p.th.Muted, "A newspaper for the terminal")
		return []string{rows[0], tagline, rows[1], cells.Spaces(p.width), cells.Spaces(p.width)}
	}
	return rows
}

func (p *Pane) centred(st theme.Style, text string) string {
	p.line.Reset(p.th, p.width)
	p.line.To((p.width - cells.Width(p.th.Measure, text)) / 2)
	p.line.Add(st, text)
	return p.line.String()
}

// body is what the page shown says, each row text columns wide.
func (p *Pane) body(text int) []string {
	var rows []string
	switch p.page {
	case pageEditions:
		rows = p.drawEditions(text)
	case pageImport:
		rows = p.drawImport(text)
	default:
		rows = p.drawChoices(text)
	}
	if p.problem != "" {
		rows = append(rows, cells.Spaces(text))
		rows = append(rows, p.paragraph(p.th.Error, p.problem, text)...)
	}
	return rows
}

// paragraph is a text broken into rows.
func (p *Pane) paragraph(st theme.Style, s string, text int) []string {
	var rows []string
	for _, part := range cells.Wrap(p.th.Measure, s, text-2, 4) {
		p.line.Reset(p.th, text)
		p.line.To(2)
		p.line.Add(st, part)
		rows = append(rows, p.line.String())
	}
	return rows
}

func (p *Pane) drawChoices(text int) []string {
	rows := p.paragraph(p.th.Text, "There are no feeds yet. How would you like to begin?", text)
	rows = append(rows, cells.Spaces(text))
	for i, c := range choices {
		l := &p.line
		p.begin(i == p.choice, text)
		name := p.th.Text
		if i == p.choice {
			name = p.th.Strong
		}
		l.Add(name, c.name)
		l.To(22)
		l.AddTo(p.th.Muted, c.about, text-1)
		rows = append(rows, l.String())
		if p.height >= roomyFrom {
			rows = append(rows, cells.Spaces(text))
		}
	}
	if p.height >= roomyFrom {
		rows = append(rows, p.paragraph(p.th.Muted, "A single feed is added outside: broadsheet add URL.", text)...)
	}
	return rows
}

// begin starts a row that may be the cursor's.
func (p *Pane) begin(cursor bool, text int) {
	if cursor {
		p.line.ResetOn(p.th, text, p.th.Cursor)
		p.line.Add(p.th.Accent, "▌")
	} else {
		p.line.Reset(p.th, text)
	}
	p.line.To(2)
}

func (p *Pane) drawEditions(text int) []string {
	total := 0
	for _, e := range p.editions.Rows() {
		if p.chosen[e.Name] {
			total += len(e.Feeds)
		}
	}
	said := "Which editions? Each becomes a folder of feeds that you can change later."
	if total > 0 {
		said = count(total) + " chosen."
	}
	rows := p.paragraph(p.th.Text, said, text)
	rows = append(rows, cells.Spaces(text))
	for i := range p.editions.Visible() {
		e := p.editions.Row(i)
		p.begin(i == p.editions.Index(), text)
		l := &p.line
		if p.chosen[e.Name] {
			l.Add(p.th.Accent, "[x] ")
		} else {
			l.Add(p.th.Faint, "[ ] ")
		}
		l.AddTo(p.th.Text, cells.Fold(e.Title), text-12)
		l.Right(p.th.Muted, count(len(e.Feeds))+" ")
		rows = append(rows, l.String())
	}
	return rows
}

func count(n int) string {
	if n == 1 {
		return "1 feed"
	}
	return strconv.Itoa(n) + " feeds"
}

func (p *Pane) drawImport(text int) []string {
	rows := p.paragraph(p.th.Text, "Which file? OPML, or newsboat's urls.", text)
	rows = append(rows, cells.Spaces(text))
	l := &p.line
	l.ResetOn(p.th, text, p.th.Cursor)
	l.Add(p.th.Accent, "▌")
	l.To(2)
	p.path.Draw(l, p.th, p.th.Text, 2)
	return append(rows, l.String())
}
