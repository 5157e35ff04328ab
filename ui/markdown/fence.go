package markdown

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// run is a stretch of a paragraph's text that looks alike.
type run struct {
	start, end int    // bytes of the paragraph's plain text
	sgr        string // the sequences that were in force, "" for none
	link       int    // the link it belongs to, 0 for none
	note       bool   // it is a link's number
}

// silent is how many of its bytes are no words of the article.
func (r run) silent() int {
	if r.note {
		return r.end - r.start
	}
	return 0
}

// paragraph is a styled text before it is broken into lines.
type paragraph struct {
	text string
	runs []run
	hang int // bytes of the quotation mark that is to hang left of its first line
}

// whole is a paragraph without any style of its own.
func whole(text string) paragraph {
	return paragraph{text: text, runs: []run{{end: len(text)}}}
}

// fence reads what the styler wrote. It is an allow-list: printable text, line
// breaks, SGR, and our own link marks pass; every other sequence and control is
// dropped, whoever put it there.
func fence(styled []byte) paragraph {
	var p paragraph
	var b strings.Builder
	b.Grow(len(styled))
	sgr, link, start := "", 0, 0
	end := func(note bool) {
		if b.Len() > start {
			p.runs = append(p.runs, run{start, b.Len(), sgr, link, note})
			start = b.Len()
		}
	}
	for i := 0; i < len(styled); {
		c := styled[i]
		if c == 0x1b {
			sequence, n := escape(styled[i:])
			i += n
			if sequence != "" {
				end(false)
				sgr = apply(sgr, sequence)
			}
			continue
		}
		r, size := utf8.DecodeRune(styled[i:])
		i += size
		switch {
		case r > markLink && r < markClose:
			end(false)
			link = int(r - markLink)
		case r == markClose:
			end(false)
			b.WriteString("[" + strconv.Itoa(link) + "]")
			end(true)
			link = 0
		case !dropped(r) || r == zwj:
			b.WriteRune(r)
		}
	}
	end(false)
	p.text = b.String()
	return p
}

// escape reads the sequence at the beginning of b. It returns it if it is SGR,
// and how many bytes to go on after.
func escape(b []byte) (string, int) {
	if len(b) < 2 || b[1] != '[' {
		return "", 1
	}
	for i := 2; i < len(b); i++ {
		switch c := b[i]; {
		case c >= '0' && c <= '9' || c == ';' || c == ':':
		case c == 'm':
			return string(b[:i+1]), i + 1
		default:
			return "", i
		}
	}
	return "", len(b)
}

// apply is the state after a further sequence. The styler resets after each
// piece, so states do not pile up.
func apply(state, sequence string) string {
	if sequence == "\x1b[m" || sequence == "\x1b[0m" {
		return ""
	}
	const most = 128
	if len(state) > most {
		return state
	}
	return state + sequence
}
