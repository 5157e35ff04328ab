// Package line builds lines of an exact width out of styled pieces.
//
//	var row line.Builder
//	row.Reset(th, width)
//	row.Add(th.Unread, "● ")
//	row.AddTo(th.Text, title, width-6) // cut with an ellipsis at column width-6
//	row.Right(th.Muted, "12m")         // flush with the right edge
//	rows = append(rows, row.String())  // padded to width
//
// Text must have passed feeds/clean and cells.Fold. Widths are counted as
// ui/cells counts them, by the measure the theme carries.
package line

import (
	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

// Builder builds one line after the other; its memory is used again. Reset
// begins a line.
type Builder struct {
	buf     []byte
	at      int // columns used
	width   int
	on      theme.Style
	measure cells.Measure
}

// Reset begins a new line.
func (l *Builder) Reset(th *theme.Theme, width int) { l.ResetOn(th, width, theme.Style{}) }

// ResetOn begins a new line that lies on a background, as the cursor's row does.
func (l *Builder) ResetOn(th *theme.Theme, width int, on theme.Style) {
	l.buf, l.at, l.width, l.on, l.measure = l.buf[:0], 0, max(width, 0), on, th.Measure
}

// Add appends a text, cut with an ellipsis if it does not fit.
func (l *Builder) Add(st theme.Style, text string) { l.AddTo(st, text, l.width) }

// AddTo appends a text so that the line ends at column to at the latest.
func (l *Builder) AddTo(st theme.Style, text string, to int) {
	room := min(to, l.width) - l.at
	if room <= 0 || text == "" {
		return
	}
	text = cells.Cut(l.measure, text, room)
	l.buf = st.Append(l.buf, text, l.on)
	l.at += cells.Width(l.measure, text)
}

// To pads with spaces up to a column.
func (l *Builder) To(column int) {
	if n := min(column, l.width) - l.at; n > 0 {
		l.buf = theme.Style{}.Append(l.buf, cells.Spaces(n), l.on)
		l.at += n
	}
}

// Right puts a text flush with the right edge; what does not fit is cut.
func (l *Builder) Right(st theme.Style, text string) {
	l.To(l.width - cells.Width(l.measure, text))
	l.Add(st, text)
}

// Left is how many columns are still free.
func (l *Builder) Left() int { return l.width - l.at }

// At is the column the next text goes to.
func (l *Builder) At() int { return l.at }

// String is the line, padded to its width.
func (l *Builder) String() string {
	l.To(l.width)
	return string(l.buf)
}
