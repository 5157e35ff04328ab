package cells

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

const (
	zwnj          = '\u200c'
	zwj           = '\u200d'
	firstSelector = '\ufe00'
	lastSelector  = '\ufe0f'
	firstSkinTone = '\U0001f3fb'
	lastSkinTone  = '\U0001f3ff'
)

// Fold makes a text one line to which every terminal gives the same width,
// wherever it is put: emoji lose joiners, variation selectors and skin tones;
// control characters and invalid bytes go, and so does a mark that has no
// letter to stand on. Joiners between letters stay, because Persian and the
// Indic scripts need them.
func Fold(s string) string {
	if plainASCII(s) || steady(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	before := rune(' ')
	for i, r := range s {
		switch {
		case r == '\n' || r == '\t' || r == '\r' || r == '\u2028' || r == '\u2029':
			r = ' '
		case r == zwj && joins(before, s[i+len(string(zwj)):]):
		case Unsteady(r) || before == ' ' && loose(r):
			continue
		}
		b.WriteRune(r)
		before = r
	}
	return b.String()
}

// steady reports whether there is nothing to fold.
func steady(s string) bool {
	before := rune(' ')
	for _, r := range s {
		if r >= 0x7f && (Unsteady(r) || before == ' ' && loose(r)) || r < ' ' {
			return false
		}
		before = r
	}
	return true
}

// Unsteady reports whether a rune's width depends on the terminal or on what
// follows it, or whether it is none that may be printed.
func Unsteady(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0, r == utf8.RuneError:
		return true
	case r == zwj, r >= firstSelector && r <= lastSelector, r >= firstSkinTone && r <= lastSkinTone:
		return true
	}
	if r >= 0x800 && (r < 0x2e80 || r > 0xd7ff && r < 0x1f000 || r > 0x1faff && r < 0x20000) && r != zwnj && !unicode.IsGraphic(r) {
		return true // not a letter or sign that is known, or one that steers
	}
	// Signs that join the rune after them into one cluster, be it a space of
	// ours: Arabic number signs and a few obsolete Indic letters.
	switch {
	case r < 0x600:
		return false
	case r <= 0x605, r == 0x6dd, r == 0x70f, r == 0x890, r == 0x891, r == 0x8e2, r == 0xd4e, r == 0x110bd, r == 0x110cd:
		return true
	case r < 0x111c2:
		return false
	}
	return r <= 0x111c3 || r == 0x113d1 || r == 0x1193f || r == 0x11941 || r == 0x11a3a ||
		r >= 0x11a84 && r <= 0x11a89 || r == 0x11d46 || r == 0x11f02
}

// loose reports whether a rune is a mark that joins the one before it. Two
// vowels of Thai and Lao do, though they are letters.
func loose(r rune) bool {
	return r >= 0x300 && (unicode.Is(unicode.M, r) || r == 0xe33 || r == 0xeb3)
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

// Window keeps the columns of s from from up to to, padded to that width, and
// every escape sequence. Of a cluster that is cut in two spaces are left.
func Window(m Measure, s string, from, to int) string {
	if from >= to {
		return ""
	}
	var b strings.Builder
	b.Grow(len(s))
	at, kept := 0, from // columns gone by, columns filled
	state := byte(ansi.NormalState)
	for len(s) > 0 {
		_, columns, n, next := m.DecodeSequenceInString(s, state, nil)
		switch end := at + columns; {
		case columns == 0 && (s[0] == ansi.ESC || at > from && at <= to && at == kept):
			b.WriteString(s[:n])
		case columns > 0 && at >= from && end <= to:
			b.WriteString(Spaces(at - kept))
			b.WriteString(s[:n])
			kept = end
		}
		at += columns
		s, state = s[n:], next
	}
	b.WriteString(Spaces(to - kept))
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
