// Package quotes is a list of quoted sentences with a cursor, each shown whole
// on as many lines as it takes. Panes put one into their rows.
//
//	var list quotes.List
//	list.Set([]quotes.Quote{{Text: "The water came at four.", By: "Harbour Times", When: "2 h ago"}})
//	if list.Act(action, height) { return nil } // it moved the cursor
//	lines = list.Append(lines, th, width, height, focused)
package quotes

import (
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/line"
	"broadsheet/ui/theme"
)

// Quote is one sentence.
type Quote struct {
	Text string // verbatim, on one line
	By   string // whose it is; "" where that need not be said
	When string // and when it was said
	Mark bool   // it stands in what has not been read
}

// List is the quotes with their cursor. Its zero value is empty.
type List struct {
	quotes []Quote
	cursor int
	top    int

	th     *theme.Theme
	width  int
	rows   []row
	blocks []block
	line   line.Builder
}

// row is a line of a quote before the cursor's background is under it.
type row struct {
	quote int  // whose row it is; -1 for a blank line
	heads bool // it says whose the quote is
	text  string
	right bool // it is written from the right
}

// block is the rows of a quote.
type block struct{ from, to int }

// Set shows quotes, the cursor on the first.
func (l *List) Set(list []Quote) {
	l.quotes, l.cursor, l.top = make([]Quote, len(list)), 0, 0
	for i, q := range list {
		q.Text, q.By, q.When = cells.Fold(q.Text), cells.Fold(q.By), cells.Fold(q.When)
		l.quotes[i] = q
	}
	l.th = nil
}

// Cursor is the quote under the cursor; -1 if there is none.
func (l *List) Cursor() int {
	if l.cursor >= len(l.quotes) {
		return -1
	}
	return l.cursor
}

// Select puts the cursor on a quote.
func (l *List) Select(i int) {
	l.cursor = max(0, min(i, len(l.quotes)-1))
}

// Mark changes whether a quote stands in what has not been read.
func (l *List) Mark(i int, unread bool) { l.quotes[i].Mark = unread }

// Act moves the cursor in a list of so many rows; false if the action does not.
func (l *List) Act(action keys.Action, height int) bool {
	switch action {
	case keys.Down:
		l.Select(l.cursor + 1)
	case keys.Up:
		l.Select(l.cursor - 1)
	case keys.Top:
		l.Select(0)
	case keys.Bottom:
		l.Select(len(l.quotes) - 1)
	case keys.HalfDown, keys.PageDown:
		l.Select(l.beyond(height))
	case keys.HalfUp, keys.PageUp:
		l.Select(l.beyond(-height))
	default:
		return false
	}
	return true
}

// beyond is the quote so many rows further on: at least one.
func (l *List) beyond(rows int) int {
	step := 1
	if rows < 0 {
		step = -1
	}
	i := l.cursor + step
	for i >= 0 && i < len(l.blocks) && l.cursor < len(l.blocks) && (l.blocks[i].from-l.blocks[l.cursor].from)*step < rows*step {
		i += step
	}
	return i
}

// Height is how many rows the quotes take in a width.
func (l *List) Height(th *theme.Theme, width int) int {
	l.layout(th, width)
	return len(l.rows)
}

const (
	indent   = 2
	mostRows = 30 // of one quote: what is longer is no sentence
)

// layout breaks the quotes into rows, unless that is done.
func (l *List) layout(th *theme.Theme, width int) {
	if l.th == th && l.width == width {
		return
	}
	l.th, l.width = th, width
	l.rows, l.blocks = l.rows[:0], l.blocks[:0]
	for i := range l.quotes {
		q := &l.quotes[i]
		if i > 0 {
			l.rows = append(l.rows, row{quote: -1})
		}
		from := len(l.rows)
		if before := i - 1; q.By != "" && (before < 0 || l.quotes[before].By != q.By || l.quotes[before].When != q.When) {
			l.rows = append(l.rows, row{quote: i, heads: true})
		}
		right := cells.RightToLeft(q.Text)
		for _, text := range cells.Wrap(th.Measure, q.Text, width-indent, mostRows) {
			l.rows = append(l.rows, row{quote: i, text: text, right: right})
		}
		l.blocks = append(l.blocks, block{from, len(l.rows)})
	}
}

// scroll brings the cursor's quote into sight, its beginning rather than its end.
func (l *List) scroll(height int) {
	if l.cursor < len(l.blocks) {
		b := l.blocks[l.cursor]
		l.top = min(max(l.top, b.to-height), b.from)
	}
	l.top = max(0, min(l.top, len(l.rows)-height))
}

// Append draws the quotes: at most height lines, each exactly width cells.
func (l *List) Append(lines []string, th *theme.Theme, width, height int, focused bool) []string {
	l.layout(th, width)
	l.scroll(height)
	cursor := th.CursorResting
	if focused {
		cursor = th.Cursor
	}
	for y := l.top; y < len(l.rows) && y < l.top+height; y++ {
		r := &l.rows[y]
		var on theme.Style
		if r.quote == l.cursor {
			on = cursor
		}
		l.line.ResetOn(th, width, on)
		switch {
		case r.heads:
			q := &l.quotes[r.quote]
			if q.Mark {
				l.line.Add(th.Unread, "●")
			}
			l.line.To(indent)
			at := width - cells.Width(th.Measure, q.When)
			l.line.AddTo(th.Outlet, q.By, at-1)
			l.line.To(at)
			l.line.Add(th.Muted, q.When)
		case r.quote >= 0:
			at := indent
			if r.right {
				at = max(at, width-cells.Width(th.Measure, r.text))
			}
			l.line.To(at)
			l.line.Add(th.Text, r.text)
		}
		lines = append(lines, l.line.String())
	}
	return lines
}
