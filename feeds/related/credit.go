package related

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/feeds"
)

// A reprint often says whose text it is: in the dateline, "PORTO (Meridian
// Wire) —", in a last line, "— Meridian Wire" or "(Meridian Wire)", or as its
// author. credits returns the names found there.
func credits(d feeds.Document) []string {
	var out []string
	note := func(s string) {
		s = strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if n := utf8.RuneCountInString(s); n >= 2 && n <= maxCredit {
			out = append(out, strings.ToLower(s))
		}
	}
	text := strings.TrimSpace(d.Text)
	head := text[:min(len(text), creditHead)]
	if from := strings.IndexByte(head, '('); from >= 0 {
		if to := strings.IndexByte(head[from:], ')'); to > 0 {
			note(head[from : from+to])
		}
	}
	tail := text[strings.LastIndexByte(text, '\n')+1:]
	tail = tail[max(0, len(tail)-creditHead):]
	if from := max(strings.LastIndexByte(tail, '('), strings.LastIndex(tail, "—"), strings.LastIndex(tail, "–")); from >= 0 {
		_, n := utf8.DecodeRuneInString(tail[from:])
		note(tail[from+n:])
	} else {
		note(tail)
	}
	note(d.Author)
	return out
}

const (
	creditHead = 80 // bytes of a text's beginning and end that may name its source
	maxCredit  = 40 // letters of a name
)

// credited notes whom an article credits: its own outlet, by name or by the
// initials of its name, or another.
func (a *article) credited(d feeds.Document) {
	own := strings.ToLower(d.Outlet)
	for _, name := range credits(d) {
		if own != "" && (name == own || name == initials(own)) {
			a.original, a.credit = true, 0
			return
		}
		if a.credit == 0 {
			a.credit = uint16(hash32(name))
		}
	}
}

func initials(name string) string {
	var b strings.Builder
	for _, w := range strings.Fields(name) {
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	return b.String()
}

// original reports whether a credit line says that a text is this article's
// outlet's own: its own line or that of a copy.
func original(a ref, copies []ref) bool {
	seg := &a.leaf.seg
	if seg.original(a.i) {
		return true
	}
	own := uint16(seg.outlet(a.i))
	for _, o := range copies {
		if o != a && own != 0 && o.leaf.seg.credit(o.i) == own {
			return true
		}
	}
	return false
}
