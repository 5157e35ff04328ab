package cells

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/rivo/uniseg"
)

// Span is a line of a wrapped text: the bytes from Start up to End. What lies
// between two spans are the spaces the break swallowed.
type Span struct{ Start, End int }

// Wrap breaks plain text into lines of at most width columns, by the line
// breaking rules of Unicode (UAX #14): Chinese breaks between characters but
// not before a full stop, a number is not torn apart. If there are more than
// max lines the last one ends in "…"; max 0 means no limit.
func Wrap(m Measure, text string, width, max int) []string {
	var lines []string
	Spans(m, text, width, func(s Span) bool {
		if max > 0 && len(lines) == max {
			last := len(lines) - 1
			lines[last] = strings.TrimRight(fitting(m, lines[last], width-1), " ") + Ellipsis
			return false
		}
		lines = append(lines, text[s.Start:s.End])
		return true
	})
	return lines
}

// fitting is as much of plain text as fits into width columns.
func fitting(m Measure, text string, width int) string {
	if Width(m, text) <= width {
		return text
	}
	return clip(m, text, max(width, 0), "")
}

// Spans calls line for each line of plain text, broken to width columns as Wrap
// does, until it returns false. A newline ends a line. A single cluster wider
// than the width is left out.
func Spans(m Measure, text string, width int, line func(Span) bool) {
	if width <= 0 {
		return
	}
	w := wrapper{m: m, text: text, width: width, line: line}
	for pos := 0; pos < len(text) && !w.stopped; {
		size, hard := segment(text[pos:])
		w.add(pos, pos+size, hard)
		pos += size
	}
	if !w.stopped && w.open {
		w.line(Span{w.start, w.end})
	}
}

// segment is the length of the piece of text up to the next place where a line
// may be broken, and whether it must be.
func segment(text string) (size int, hard bool) {
	// The common case, Latin letters between spaces, needs no tables.
	i := 0
	for i < len(text) && latinLetter(text[i]) {
		i++
	}
	if i > 0 && i+1 < len(text) && text[i] == ' ' && latinLetter(text[i+1]) {
		return i + 1, false
	}
	piece, rest, must, _ := uniseg.FirstLineSegmentInString(text, -1)
	if must && rest == "" && !uniseg.HasTrailingLineBreakInString(piece) {
		must = false // the end of the text is no break
	}
	return len(piece), must
}

func latinLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

const breaks = "\t\r\n\v\f\u0085\u2028\u2029"

// wrapper fills lines with segments.
type wrapper struct {
	m       Measure
	text    string
	width   int
	line    func(Span) bool
	stopped bool

	open       bool // a line has begun
	start, end int  // it, without the spaces at its end
	used       int  // its columns
	pending    int  // columns of the spaces at its end
}

func (w *wrapper) add(from, to int, hard bool) {
	word := strings.TrimRight(w.text[from:to], " "+breaks)
	columns := Width(w.m, word)
	if w.used > 0 && columns > 0 && w.used+w.pending+columns > w.width {
		w.flush()
	}
	if !w.open {
		w.open, w.start, w.end = true, from, from
	}
	if columns > w.width {
		w.tear(from, from+len(word))
	} else if word != "" {
		if w.used == 0 { // what was only space does not push the word to the right
			w.start, w.pending = from, 0
		}
		w.used += w.pending + columns
		w.end, w.pending = from+len(word), 0
	}
	w.pending += Width(w.m, strings.TrimRight(w.text[from+len(word):to], breaks))
	if hard {
		w.flush()
	}
}

// tear breaks a word that is longer than a line.
func (w *wrapper) tear(from, to int) {
	w.start = from
	for from < to && !w.stopped {
		cluster, columns := ansi.FirstGraphemeCluster(w.text[from:to], w.m)
		if w.used > 0 && (w.used+columns > w.width || columns > w.width) {
			w.flush()
		}
		if columns > w.width {
			from += len(cluster)
			w.open, w.start, w.end = false, from, from
			continue
		}
		if !w.open {
			w.open, w.start = true, from
		}
		from += len(cluster)
		w.used, w.end = w.used+columns, from
	}
	w.pending = 0
}

func (w *wrapper) flush() {
	if w.open && !w.stopped && !w.line(Span{w.start, w.end}) {
		w.stopped = true
	}
	w.open, w.used, w.pending = false, 0, 0
}
