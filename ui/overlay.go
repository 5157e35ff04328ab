package ui

import (
	"strings"

	"broadsheet/ui/cells"
	"broadsheet/ui/layout"
)

// dialogRect is the inside of the dialog's box.
func (a *App) dialogRect() layout.Rect {
	const margin, frame = 2, 2
	w, h := a.dialog.Wanted(max(a.size.w-2*margin-frame, 0), max(a.size.h-1-frame, 0))
	return layout.Rect{X: (a.size.w - w) / 2, Y: max((a.size.h-1-h)/2, 1), W: w, H: h}
}

// overlaid draws the dialog in a box over a picture.
func (a *App) overlaid(rows [][]byte) string {
	r := a.dialogRect()
	box := a.box(r)
	var b strings.Builder
	for y, row := range rows {
		if y > 0 {
			b.WriteByte('\n')
		}
		if i := y - (r.Y - 1); i >= 0 && i < len(box) {
			b.WriteString(a.splice(string(row), box[i], r.X-1, r.W+2))
		} else {
			b.Write(row)
		}
	}
	return b.String()
}

// splice puts a piece of width cells into a row at column x. A wide character
// that it cuts in two leaves a space.
func (a *App) splice(row, piece string, x, width int) string {
	m := a.th.Measure
	left := cells.Fit(m, m.Truncate(row, x, ""), x)
	right := m.TruncateLeft(row, x+width, "")
	rest := a.size.w - x - width
	return left + "\x1b[m" + piece + cells.FitRight(m, right, rest)
}

// box is the dialog's lines with a border around them.
func (a *App) box(r layout.Rect) []string {
	var panes [layout.Panes]layout.Rect
	panes[0] = layout.Rect{X: 1, Y: 1, W: r.W, H: r.H}
	screen := layout.Screen{Width: r.W + 2, Height: r.H + 3, Panes: panes}
	labels := [layout.Panes]layout.Label{labelOf(a.dialog)}
	lines := [layout.Panes][]string{a.dialog.Lines(true)}
	drawn := layout.NewFrame(a.th, screen, 0, &labels).Append(nil, &lines)
	return strings.Split(strings.TrimSuffix(string(drawn), "\n"), "\n")
}
