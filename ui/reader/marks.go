package reader

import (
	"sort"

	"broadsheet/ui/cells"
	"broadsheet/ui/line"
	"broadsheet/ui/markdown"
	"broadsheet/ui/theme"
)

// mark gives words of the text another look.
type mark struct {
	markdown.Range
	style theme.Style // instead of their own
}

// layer is a set of marks with one purpose. A later layer lies over the earlier
// ones.
type layer uint8

const (
	found layer = iota // what find in text found
	layers
)

// setMarks lays marks over the text in the place of the layer's earlier ones.
// They are given in the order of the text and do not overlap.
func (p *Pane) setMarks(l layer, marks []mark) {
	if len(marks) == 0 && len(p.marks[l]) == 0 {
		return
	}
	p.marks[l] = marks
	clear(p.page.drawn)
}

// clearMarks takes every mark off: they were upon another text.
func (p *Pane) clearMarks() { p.marks = [layers][]mark{} }

// marked is a line of the text with the marks on it.
func (p *Pane) marked(i int) string {
	text := p.page.body.Lines[i]
	for _, marks := range p.marks {
		if len(marks) == 0 {
			continue
		}
		for _, piece := range p.page.body.Pieces(i) {
			first := sort.Search(len(marks), func(k int) bool { return marks[k].End > piece.Start })
			for _, m := range marks[first:] {
				if m.Start >= piece.End {
					break
				}
				from := p.columnOf(piece, max(m.Start, piece.Start))
				to := p.columnOf(piece, min(m.End, piece.End))
				text = line.Restyle(p.th, text, from, to, m.style)
			}
		}
	}
	return text
}

// columnOf is the column at which a byte of the text stands in a line.
func (p *Pane) columnOf(piece markdown.Piece, at int) int {
	return piece.Column + cells.Width(p.th.Measure, p.page.body.Text[piece.Start:at])
}
