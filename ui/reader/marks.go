package reader

import (
	"sort"

	"broadsheet/ui/cells"
	"broadsheet/ui/line"
	"broadsheet/ui/markdown"
	"broadsheet/ui/theme"
)

// layer is a set of marks with one purpose. A later layer lies over the earlier
// ones.
type layer uint8

const (
	old    layer = iota // what was read before, elsewhere
	target              // the sentence that was jumped to
	hits                // what find in text found
	hit                 // the one of them that is shown
	layers
)

// marking gives words of the text another look, in the place of their own.
type marking struct {
	style  theme.Style
	ranges []markdown.Range // in the order of the text, none upon another
}

// mark lays marks over the text in the place of the layer's earlier ones.
func (p *Pane) mark(l layer, style theme.Style, ranges ...markdown.Range) {
	if len(ranges) == 0 && len(p.marks[l].ranges) == 0 {
		return
	}
	p.marks[l] = marking{style, ranges}
	clear(p.page.drawn)
}

// layMarks has every layer laid anew, since text or looks have changed.
func (p *Pane) layMarks() {
	p.marks = [layers]marking{}
	p.told.lay(p)
	if p.sought.at != (markdown.Range{}) && p.sought.at.End <= len(p.page.body.Text) {
		p.mark(target, p.th.HitHere, p.sought.at)
	}
	p.finding.lay(p)
	clear(p.page.drawn)
}

// marked is a line of the text with the marks on it.
func (p *Pane) marked(i int) string {
	text := p.page.body.Lines[i]
	for _, m := range p.marks {
		if len(m.ranges) == 0 {
			continue
		}
		for _, piece := range p.page.body.Pieces(i) {
			first := sort.Search(len(m.ranges), func(k int) bool { return m.ranges[k].End > piece.Start })
			for _, r := range m.ranges[first:] {
				if r.Start >= piece.End {
					break
				}
				from := p.columnOf(piece, max(r.Start, piece.Start))
				to := p.columnOf(piece, min(r.End, piece.End))
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
