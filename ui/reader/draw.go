package reader

import (
	"broadsheet/ui/cells"
)

// Lines draws what is in sight: each line of the text is padded once, when it
// is first seen.
func (p *Pane) Lines(bool) []string {
	p.lines = p.lines[:0]
	switch {
	case p.links != nil:
		p.drawLinks()
	case p.state == nothing:
		p.drawNothing()
	default:
		for i := p.top; len(p.lines) < p.height && i < p.length(); i++ {
			p.lines = append(p.lines, p.drawnLine(i))
		}
	}
	for len(p.lines) < p.height {
		p.lines = append(p.lines, p.blank())
	}
	return p.lines
}

// drawnLine is line i of header, text and ending together.
func (p *Pane) drawnLine(i int) string {
	if i < len(p.header) {
		return p.header[i]
	}
	i -= len(p.header)
	if i >= len(p.body.Lines) {
		return p.footer[i-len(p.body.Lines)]
	}
	if p.drawn[i] == "" {
		margin, _ := p.column()
		p.drawn[i] = p.row(margin, p.body.Lines[i])
	}
	return p.drawn[i]
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
