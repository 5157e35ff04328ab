package reader

import (
	"broadsheet/ui/cells"
)

// Lines draws what is in sight: each line of the text is padded once, when it
// is first seen.
func (p *Pane) Lines(bool) []string {
	p.lines = p.lines[:0]
	switch {
	case p.view != nil:
		p.view.draw(p)
	case p.state == nothing:
		p.drawNothing()
	default:
		for i, n := p.top, p.page.length(); len(p.lines) < p.height && i < n; i++ {
			p.lines = append(p.lines, p.drawRow(i))
		}
	}
	for len(p.lines) < p.height {
		p.lines = append(p.lines, p.blank())
	}
	return p.lines
}

// drawRow is row i of the page.
func (p *Pane) drawRow(row int) string {
	g := &p.page
	what, rows, i := g.find(row)
	if what != inText {
		return rows[i]
	}
	if g.drawn[i] == "" {
		margin, _ := p.column()
		text := p.marked(i)
		if b, ok := p.wideAt(i); ok {
			text = p.window(b, text)
		}
		g.drawn[i] = p.row(max(margin-g.body.Hang(i), 0), text)
	}
	return g.drawn[i]
}

func (p *Pane) drawNothing() {
	for range (p.height - 1) / 2 {
		p.lines = append(p.lines, p.blank())
	}
	if p.height > 0 {
		const sentence = "Choose a headline to read it here."
		margin := max((p.width-len(sentence))/2, 0)
		p.lines = append(p.lines, p.row(margin, p.th.Muted.Render(sentence)))
	}
}

// row is a line of the pane's width with a text behind a margin.
func (p *Pane) row(margin int, text string) string {
	margin = min(margin, p.width)
	return cells.Spaces(margin) + cells.Fit(p.th.Measure, text, p.width-margin)
}

func (p *Pane) blank() string { return cells.Spaces(p.width) }
