package layout

import (
	"slices"

	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

// Label is what stands in a pane's upper border: its title on the left, a note
// on the right.
type Label struct{ Title, Note string }

// Frame is the drawn border with holes for the panes' lines. It is made when
// the layout, the focus or a label changes, and used for every picture in
// between.
type Frame struct {
	rows [][]piece
}

// piece is a part of a row: border, or a line of a pane.
type piece struct {
	border string
	pane   Pane
	line   int
}

// Append adds the rows to dst, each ending in a line break. lines holds each
// shown pane's lines, exactly as many and as wide as its rectangle.
func (f *Frame) Append(dst []byte, lines *[Panes][]string) []byte {
	for _, row := range f.rows {
		for _, p := range row {
			if p.pane < 0 {
				dst = append(dst, p.border...)
			} else {
				dst = append(dst, lines[p.pane][p.line]...)
			}
		}
		dst = append(dst, '\n')
	}
	return dst
}

// Directions in which a border runs from a cell.
const (
	up = 1 << iota
	down
	left
	right
)

var joints = [16]string{
	up | down: "│", left | right: "─",
	down | right: "╭", down | left: "╮", up | right: "╰", up | left: "╯",
	up | down | right: "├", up | down | left: "┤", left | right | down: "┬", left | right | up: "┴",
	up | down | left | right: "┼",
}

// grid holds the border's cells while it is drawn.
type grid struct {
	width, height int
	runs          []byte // directions
	focused       []bool
	pane          []int8 // which pane's inside a cell is; -1 for none
	text          []byte // of a run; its memory is used again
}

// NewFrame draws the border of a screen.
func NewFrame(th *theme.Theme, s Screen, focus Pane, labels *[Panes]Label) *Frame {
	n := s.Width * (s.Height - 1)
	g := grid{width: s.Width, height: s.Height - 1, runs: make([]byte, n), focused: make([]bool, n), pane: make([]int8, n)}
	for i := range g.pane {
		g.pane[i] = -1
	}
	for p := range Panes {
		if s.Shows(p) {
			g.box(s.Panes[p], p, p == focus)
		}
	}
	f := &Frame{rows: make([][]piece, g.height)}
	for y := range f.rows {
		if y > 0 && g.repeats(y) {
			f.rows[y] = below(f.rows[y-1])
		} else {
			f.rows[y] = g.row(y, th, s, focus, labels)
		}
	}
	return f
}

// repeats reports whether a row looks like the one above it, as most do.
func (g *grid) repeats(y int) bool {
	here, above := y*g.width, (y-1)*g.width
	return slices.Equal(g.pane[here:here+g.width], g.pane[above:here]) &&
		slices.Equal(g.runs[here:here+g.width], g.runs[above:here]) &&
		slices.Equal(g.focused[here:here+g.width], g.focused[above:here])
}

// below is a row that repeats the one above: the panes' next lines.
func below(row []piece) []piece {
	row = slices.Clone(row)
	for i := range row {
		row[i].line++
	}
	return row
}

// box draws a border around a rectangle, sharing what is already there.
func (g *grid) box(r Rect, p Pane, focused bool) {
	x0, y0, x1, y1 := r.X-1, r.Y-1, r.X+r.W, r.Y+r.H
	mark := func(x, y int, runs byte) {
		i := y*g.width + x
		g.runs[i] |= runs
		g.focused[i] = g.focused[i] || focused
	}
	for x := x0 + 1; x < x1; x++ {
		mark(x, y0, left|right)
		mark(x, y1, left|right)
	}
	for y := y0 + 1; y < y1; y++ {
		mark(x0, y, up|down)
		mark(x1, y, up|down)
		for x := x0 + 1; x < x1; x++ {
			g.pane[y*g.width+x] = int8(p)
		}
	}
	mark(x0, y0, down|right)
	mark(x1, y0, down|left)
	mark(x0, y1, up|right)
	mark(x1, y1, up|left)
}

// row cuts a row of the grid into pieces.
func (g *grid) row(y int, th *theme.Theme, s Screen, focus Pane, labels *[Panes]Label) []piece {
	var pieces []piece
	var border []byte
	flush := func() {
		if len(border) > 0 {
			pieces = append(pieces, piece{border: string(border), pane: -1})
			border = nil
		}
	}
	for x := 0; x < g.width; {
		if p := g.pane[y*g.width+x]; p >= 0 {
			flush()
			pieces = append(pieces, piece{pane: Pane(p), line: y - s.Panes[p].Y})
			x += s.Panes[p].W
			continue
		}
		if p, ok := titled(s, x, y); ok {
			border = g.label(border, th, s.Panes[p], p == focus, labels[p])
			x += s.Panes[p].W
			continue
		}
		border = g.run(border, th, x, 1, y)
		x++
	}
	flush()
	return pieces
}

// titled is the pane whose upper border begins at x, y.
func titled(s Screen, x, y int) (Pane, bool) {
	for p, r := range s.Panes {
		if r.W > 0 && r.X == x && r.Y-1 == y {
			return Pane(p), true
		}
	}
	return 0, false
}

// label draws the upper border of a pane between its corners. A long title
// leaves room for the note, unless next to nothing would be left of it.
func (g *grid) label(dst []byte, th *theme.Theme, r Rect, focused bool, l Label) []byte {
	y, style := r.Y-1, th.Title
	if focused {
		style = th.TitleFocused
	}
	const leastTitle = 16
	note, room := l.Note, r.W-4
	if beside := r.W - 7 - cells.Width(th.Measure, note); note != "" && beside >= leastTitle {
		room = beside
	}
	title := cells.Cut(th.Measure, l.Title, room)
	used := cells.Width(th.Measure, title) + 2
	if title == "" {
		used = 0
	}
	if noted := cells.Width(th.Measure, note) + 3; note == "" || used+noted+2 > r.W {
		note = ""
	}
	x := r.X
	if title != "" {
		dst = style.Append(dst, " "+title+" ", theme.Style{})
		x += used
	}
	end := r.X + r.W
	if note != "" {
		end -= cells.Width(th.Measure, note) + 3
	}
	dst = g.run(dst, th, x, end-x, y)
	if note != "" {
		dst = th.Muted.Append(dst, " "+note+" ", theme.Style{})
		dst = g.run(dst, th, r.X+r.W-1, 1, y)
	}
	return dst
}

// run draws n border cells from x, y to the right.
func (g *grid) run(dst []byte, th *theme.Theme, x, n, y int) []byte {
	for i := 0; i < n; {
		focused := g.focused[y*g.width+x+i]
		g.text = g.text[:0]
		for i < n && g.focused[y*g.width+x+i] == focused {
			g.text = append(g.text, joint(g.runs[y*g.width+x+i])...)
			i++
		}
		style := th.Border
		if focused {
			style = th.BorderFocused
		}
		dst = style.Append(dst, string(g.text), theme.Style{})
	}
	return dst
}

func joint(runs byte) string {
	if s := joints[runs]; s != "" {
		return s
	}
	return " "
}
