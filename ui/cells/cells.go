package cells

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

const (
	zwj           = '\u200d'
	firstSelector = '\ufe00'
	lastSelector  = '\ufe0f'
	firstSkinTone = '\U0001f3fb'
	lastSkinTone  = '\U0001f3ff'
)

// Fold makes a text one line whose emoji every terminal gives the same width:
// joiners, variation selectors and skin tones go, and so do control characters
// and invalid bytes. Joiners between letters stay, because Persian and the
// Indic scripts need them.
func Fold(s string) string {
	if !strings.ContainsFunc(s, foldable) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	before := rune(0)
	for i, r := range s {
		switch {
		case !foldable(r):
			b.WriteRune(r)
			before = r
		case r == '\n' || r == '\t' || r == '\r':
			b.WriteByte(' ')
			before = ' '
		case r == zwj && joins(before, s[i+len(string(zwj)):]):
			b.WriteRune(r)
		}
	}
	return b.String()
}

func foldable(r rune) bool {
	return r < ' ' || r >= 0x7f && r < 0xa0 || r == utf8.RuneError ||
		r == zwj || r >= firstSelector && r <= lastSelector || r >= firstSkinTone && r <= lastSkinTone
}

// joins reports whether a joiner stands between two letters below the emoji.
func joins(before rune, rest string) bool {
	after, _ := utf8.DecodeRuneInString(rest)
	return letterBelowEmoji(before) && (rest == "" || letterBelowEmoji(after))
}

func letterBelowEmoji(r rune) bool { return r >= 0x590 && r < 0x2000 }

// Width is the number of columns s takes. SGR and OSC 8 take none.
func Width(m Measure, s string) int {
	if plainASCII(s) {
		return len(s)
	}
	return m.StringWidth(s)
}

// plainASCII reports whether each byte of s is one column.
func plainASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// Ellipsis stands for what was cut off.
const Ellipsis = "…"

// Cut shortens s to at most width columns, ending in "…" if anything was lost.
func Cut(m Measure, s string, width int) string {
	switch {
	case width <= 0:
		return ""
	case plainASCII(s):
		if len(s) <= width {
			return s
		}
		return s[:width-1] + Ellipsis
	case Width(m, s) <= width:
		return s
	}
	return clip(m, s, width, Ellipsis)
}

// clip keeps the clusters that fit into width columns with the tail after
// them, and every escape sequence, so that what was opened is closed. (What
// ansi.Truncate gives for Indic clusters is too wide under Wc.)
func clip(m Measure, s string, width int, tail string) string {
	room := width - Width(m, tail)
	if room < 0 {
		room, tail = width, ""
	}
	var b strings.Builder
	b.Grow(len(s))
	full := false
	state := byte(ansi.NormalState)
	for len(s) > 0 {
		_, columns, n, next := m.DecodeSequenceInString(s, state, nil)
		switch {
		case columns == 0 && (!full || s[0] == ansi.ESC):
			b.WriteString(s[:n])
		case !full && columns <= room:
			b.WriteString(s[:n])
			room -= columns
		case !full:
			b.WriteString(tail)
			full = true
		}
		s, state = s[n:], next
	}
	return b.String()
}

// Fit makes s exactly width columns: cut if longer, padded with spaces if
// shorter.
func Fit(m Measure, s string, width int) string {
	if width <= 0 {
		return ""
	}
	s = Cut(m, s, width)
	return s + Spaces(width-Width(m, s))
}

// FitRight is Fit with the padding on the left.
func FitRight(m Measure, s string, width int) string {
	if width <= 0 {
		return ""
	}
	s = Cut(m, s, width)
	return Spaces(width-Width(m, s)) + s
}

const blank = "                                                                                                    "

// Spaces is n spaces; none if n is negative.
func Spaces(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(blank):
		return blank[:n]
	}
	return strings.Repeat(" ", n)
}

// Strip removes every escape sequence from s.
func Strip(s string) string {
	if plainASCII(s) {
		return s
	}
	return ansi.Strip(s)
}
