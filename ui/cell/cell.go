// Package cell builds lines that are exactly so many terminal cells wide.
//
//	title := cell.Fold(article.Headline())   // once, when the text arrives
//	var line cell.Line
//	line.Reset(width)
//	line.Add(th.Unread, "● ")
//	line.AddTo(th.Text, title, width-6)      // cut with an ellipsis at column width-6
//	line.Right(th.Muted, "12m")              // flush with the right edge
//	rows = append(rows, line.String())       // padded to width
//
// Text must have passed feeds/clean and then Fold. Lines hold escape sequences
// of ui/theme and nothing else that is not printed.
package cell

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/clipperhouse/uax29/v2/graphemes"
)

// Ellipsis stands for what was cut off.
const Ellipsis = "…"

// Fold makes a text whose width every terminal agrees on. Terminals differ on
// joined emoji, skin tones and emoji presentation: some measure the whole
// cluster, some each rune. Clusters on which the two ways differ lose what
// makes them differ. It also drops control characters, so that a folded text is
// always one line.
func Fold(s string) string {
	if plainASCII(s) {
		return s
	}
	// What is dropped may let its neighbours join, so look again until nothing
	// changes; hostile text gets no more than a few looks.
	for range 4 {
		folded := foldOnce(s)
		if folded == s {
			return s
		}
		s = folded
	}
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r >= 0x7f {
			return -1
		}
		return r
	}, s)
}

func foldOnce(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for g := graphemes.FromString(s); g.Next(); {
		cluster := g.Value()
		if agreed(cluster) {
			b.WriteString(cluster)
			continue
		}
		writeRunes(&b, cluster)
	}
	return b.String()
}

func plainASCII(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// agreed reports whether both ways of measuring give the cluster one width.
func agreed(cluster string) bool {
	r, _ := utf8.DecodeRuneInString(cluster)
	if r < 0x20 || r >= 0x7f && r < 0xa0 || r == utf8.RuneError {
		return false
	}
	// After a space: what would join what stands before it is not to be kept.
	w := ansi.StringWidth(" "+cluster) - 1
	return w > 0 && w == ansi.StringWidth(cluster) && w == ansi.StringWidthWc(cluster)
}

// writeRunes writes those runes of a cluster that keep its two widths equal,
// and a space for a control character.
func writeRunes(b *strings.Builder, cluster string) {
	kept := ""
	for _, r := range cluster {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
			kept += " "
		case r < 0x20 || r >= 0x7f && r < 0xa0 || r == utf8.RuneError:
		case agreed(kept + string(r)):
			kept += string(r)
		}
	}
	b.WriteString(kept)
}

// Width is the number of cells a text takes, escape sequences not counted.
func Width(s string) int {
	if plainASCII(s) {
		return len(s)
	}
	return ansi.StringWidth(s)
}

// Truncate cuts a text to at most width cells, the last of them an ellipsis if
// anything was cut. The text may hold escape sequences.
func Truncate(s string, width int) string {
	if width <= 0 {
		return ""
	}
	if len(s) <= width || Width(s) <= width {
		return s
	}
	if plainASCII(s) {
		return strings.TrimRight(s[:width-1], " ") + Ellipsis
	}
	return ansi.Truncate(s, width, Ellipsis)
}

// Pad fills a text with spaces to width cells, or truncates it to that.
func Pad(s string, width int) string {
	s = Truncate(s, width)
	if n := width - Width(s); n > 0 {
		s += Spaces(n)
	}
	return s
}

// PadLeft is Pad with the spaces in front.
func PadLeft(s string, width int) string {
	s = Truncate(s, width)
	if n := width - Width(s); n > 0 {
		s = Spaces(n) + s
	}
	return s
}

const blank = "                                                                                                                                "

// Spaces is a text of n spaces.
func Spaces(n int) string {
	switch {
	case n <= 0:
		return ""
	case n <= len(blank):
		return blank[:n]
	}
	return strings.Repeat(" ", n)
}

// Wrap breaks a text at words into lines of at most width cells, and at most
// limit lines (0: all of them), the last ending in an ellipsis if text is left.
func Wrap(s string, width, limit int) []string {
	if width <= 0 {
		return nil
	}
	lines := strings.Split(ansi.Wrap(s, width, ""), "\n")
	if limit > 0 && len(lines) > limit {
		last := strings.TrimRight(lines[limit-1], " ")
		lines = append(lines[:limit-1:limit-1], Truncate(last+Ellipsis+Ellipsis, min(width, Width(last)+1)))
	}
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}
