package ui

import (
	"strings"

	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/layout"
	"broadsheet/ui/pane"
)

// sizer is a dialog with a wish for its size, on a screen with so much room.
type sizer interface {
	Wanted(width, height int) (w, h int)
}

// dialogRect is the inside of the dialog's box.
func (a *App) dialogRect() layout.Rect {
	const margin, frame, widest = 2, 2, 100
	room := layout.Rect{W: max(a.size.w-2*margin-frame, 1), H: max(a.size.h-1-frame, 1)}
	w, h := min(room.W, widest), max(room.H*4/5, min(room.H, 12))
	if s, ok := a.dialog.(sizer); ok {
		w, h = s.Wanted(room.W, room.H)
	}
	return layout.Rect{X: (a.size.w - w) / 2, Y: max((a.size.h-1-h)/2, 1), W: w, H: h}
}

// act lets the pane that has the keys act. A dialog that has more in it then, or
// less, gets the size for it.
func (a *App) act(action keys.Action) pane.Intent {
	if a.dialog == nil {
		return a.active().Act(action)
	}
	before := a.dialogRect()
	intent := a.active().Act(action)
	if r := a.dialogRect(); r != before {
		a.dialog.Resize(r.W, r.H)
	}
	return intent
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
	rest := a.size.w - x - width
	right := m.TruncateLeft(row, x+width, "")
	if cells.Width(m, right) > rest {
		right = m.TruncateLeft(row, x+width+1, "")
	}
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
