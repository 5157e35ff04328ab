package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Style is how a piece of text looks. Its escape sequence is computed once, so
// that drawing is a concatenation.
type Style struct {
	// Foreground and Background are "#rrggbb", or "" for the terminal's own.
	Foreground, Background string
	Bold, Faint, Italic    bool
	Underline, Reverse     bool

	open string
}

const reset = "\x1b[m"

// made fills in the escape sequence.
func made(s Style) Style {
	const mark = "x"
	s.open, _, _ = strings.Cut(s.Lipgloss().Render(mark), mark)
	return s
}

// Lipgloss is the style for what lipgloss draws.
func (s Style) Lipgloss() lipgloss.Style {
	l := lipgloss.NewStyle()
	if s.Foreground != "" {
		l = l.Foreground(lipgloss.Color(s.Foreground))
	}
	if s.Background != "" {
		l = l.Background(lipgloss.Color(s.Background))
	}
	return l.Bold(s.Bold).Faint(s.Faint).Italic(s.Italic).Underline(s.Underline).Reverse(s.Reverse)
}

// Render styles a text that holds no line break.
func (s Style) Render(text string) string {
	if s.open == "" || text == "" {
		return text
	}
	return s.open + text + reset
}

// Append is Render onto the end of dst, with the background of on beneath.
func (s Style) Append(dst []byte, text string, on Style) []byte {
	if text == "" {
		return dst
	}
	dst = append(append(append(dst, s.open...), on.open...), text...)
	if s.open != "" || on.open != "" {
		dst = append(dst, reset...)
	}
	return dst
}
