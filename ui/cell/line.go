package cell

import "broadsheet/ui/theme"

// Line is a line being built. The zero Line has no width; call Reset first. It
// may be used again and again, to save allocations.
type Line struct {
	buf   []byte
	at    int // cells used
	width int
	on    theme.Style
}

// Reset begins a new line.
func (l *Line) Reset(width int) { l.ResetOn(width, theme.Style{}) }

// ResetOn begins a new line that lies on a background, as the cursor's row does.
func (l *Line) ResetOn(width int, on theme.Style) {
	l.buf, l.at, l.width, l.on = l.buf[:0], 0, max(width, 0), on
}

// Add appends a text, cut with an ellipsis if it does not fit.
func (l *Line) Add(st theme.Style, text string) { l.AddTo(st, text, l.width) }

// AddTo appends a text so that the line ends at column to at the latest.
func (l *Line) AddTo(st theme.Style, text string, to int) {
	room := min(to, l.width) - l.at
	if room <= 0 || text == "" {
		return
	}
	text = Truncate(text, room)
	l.buf = st.Append(l.buf, text, l.on)
	l.at += Width(text)
}

// To pads with spaces up to a column.
func (l *Line) To(column int) {
	if n := min(column, l.width) - l.at; n > 0 {
		l.buf = theme.Style{}.Append(l.buf, Spaces(n), l.on)
		l.at += n
	}
}

// Right puts a text flush with the right edge; what does not fit is cut.
func (l *Line) Right(st theme.Style, text string) {
	l.To(l.width - Width(text))
	l.Add(st, text)
}

// Left is how many cells are still free.
func (l *Line) Left() int { return l.width - l.at }

// At is the column the next text goes to.
func (l *Line) At() int { return l.at }

// String is the line, padded to its width.
func (l *Line) String() string {
	l.To(l.width)
	return string(l.buf)
}
