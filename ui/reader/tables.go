package reader

import (
	"sort"

	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/markdown"
	"broadsheet/ui/pane"
)

// Tables wider than the text are drawn through a window that moves sideways by
// columns of the table. What stays put on the left, and how far a table has
// been moved, is counted per table: p.shifts, by the table's first line.

// wideAt is the wide table that a line of the text belongs to.
func (p *Pane) wideAt(line int) (markdown.Block, bool) {
	blocks := p.page.body.Blocks
	i := sort.Search(len(blocks), func(i int) bool { return blocks[i].Line+blocks[i].Lines > line })
	if i == len(blocks) || blocks[i].Line > line || blocks[i].Wide.Columns <= p.page.body.Width {
		return markdown.Block{}, false
	}
	return blocks[i], true
}

// window is the part of a wide table's line that is in sight, its cut ends
// marked.
func (p *Pane) window(b markdown.Block, text string) string {
	m, w := p.th.Measure, b.Wide
	shift, most := p.shifts[b.Line], p.mostShift(b)
	from, to := w.Fixed+shift, p.page.body.Width+shift
	left := cells.Window(m, text, 0, w.Fixed)
	if shift > 0 && w.Fixed > 0 {
		left = cells.Window(m, left, 0, w.Fixed-1) + p.th.Accent.Render("‹")
	}
	if shift >= most {
		return left + cells.Window(m, text, from, to)
	}
	return left + cells.Window(m, text, from, to-1) + p.th.Accent.Render("›")
}

// mostShift is how far a table can be moved.
func (p *Pane) mostShift(b markdown.Block) int { return max(b.Wide.Columns-p.page.body.Width, 0) }

// slide moves the first wide table in sight by a column of it.
func (p *Pane) slide(n int) pane.Intent {
	g := &p.page
	for row := p.top; row < min(p.top+p.height, g.length()); row++ {
		what, _, i := g.find(row)
		if what != inText {
			continue
		}
		b, ok := p.wideAt(i)
		if !ok {
			continue
		}
		shift, most := p.shifts[b.Line], p.mostShift(b)
		stops := b.Wide.Stops
		at := sort.SearchInts(stops, shift)
		switch {
		case n > 0 && (at == len(stops) || stops[at] <= shift):
			at++
		case n < 0:
			at--
		}
		to := most
		if at < len(stops) {
			to = stops[max(at, 0)]
		}
		p.shiftTo(b, to)
		return nil
	}
	return pane.Say{Text: "No table in sight is wider than the text."}
}

// shiftTo moves a table so far.
func (p *Pane) shiftTo(b markdown.Block, to int) {
	if p.shifts == nil {
		p.shifts = map[int]int{}
	}
	p.shifts[b.Line] = max(0, min(to, p.mostShift(b)))
	clear(p.page.drawn[b.Line : b.Line+b.Lines])
}

// uncover moves a table until the columns from up to to of a line are in sight.
func (p *Pane) uncover(line, from, to int) {
	b, ok := p.wideAt(line)
	if !ok || from < b.Wide.Fixed {
		return
	}
	room := p.page.body.Width - b.Wide.Fixed - 1 // one for the mark at the end
	switch shift, at := p.shifts[b.Line], from-b.Wide.Fixed; {
	case at < shift:
		p.shiftTo(b, at)
	case to-b.Wide.Fixed > shift+room:
		p.shiftTo(b, max(min(to-b.Wide.Fixed-room, at), 0))
	}
}

// tableHint is a row to put under a wide table that says how to see the rest of it.
func (p *Pane) tableHint() string {
	left, right := p.keys.Key(keys.TableLeft), p.keys.Key(keys.TableRight)
	if left == "" || right == "" {
		return ""
	}
	margin, column := p.column()
	text := keys.Name(left) + " " + keys.Name(right) + " move the table"
	return p.row(margin, p.th.Muted.Render(cells.Cut(p.th.Measure, text, column)))
}

// hintTables puts that row under each wide table.
func (p *Pane) hintTables() {
	for _, b := range p.page.body.Blocks {
		if b.Wide.Columns > p.page.body.Width {
			if hint := p.tableHint(); hint != "" {
				p.page.asides = append(p.page.asides, aside{b.Line + b.Lines, []string{hint}})
			}
		}
	}
}
