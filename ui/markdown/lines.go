package markdown

import (
	"strconv"
	"strings"

	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

const reset = "\x1b[m"

// open is the sequence that begins a style, "" for none.
func open(st theme.Style) string {
	before, _, _ := strings.Cut(st.Render("x"), "x")
	return before
}

// placed is a line before it is put out. Its pieces are counted from its own
// beginning; links are those whose numbers stand in it.
type placed struct {
	text   string
	hang   int // columns by which it begins left of the text
	links  []int
	pieces []spot
}

// wrap breaks a paragraph into styled lines, hands each to line, and adds the
// words to the text. base is in force wherever the styler set nothing.
func (l *layout) wrap(p paragraph, width int, base string, line func(placed)) {
	note := open(l.theme().Faint)
	m := l.theme().Measure
	next, before := 0, l.say(p) // what a byte of p.text before run next is in the text
	cells.Spans(m, p.text[p.hang:], width, func(s cells.Span) bool {
		s.Start, s.End = s.Start+p.hang, s.End+p.hang
		out := placed{}
		if s.Start == p.hang && p.hang > 0 {
			s.Start, out.hang = 0, cells.Width(m, p.text[:p.hang])
		}
		var b strings.Builder
		b.Grow(s.End - s.Start + 32)
		for next < len(p.runs) && p.runs[next].end <= s.Start {
			before -= p.runs[next].silent()
			next++
		}
		shift, parted := before, true
		for i := next; i < len(p.runs) && p.runs[i].start < s.End; i++ {
			r := p.runs[i]
			from, to := max(r.start, s.Start), min(r.end, s.End)
			sgr := base + r.sgr
			switch {
			case r.note:
				sgr = note
				out.links = append(out.links, r.link)
				shift -= r.silent()
				parted = true
			case parted:
				column := cells.Width(m, p.text[s.Start:from])
				out.pieces = append(out.pieces, spot{int32(from + shift), int32(to + shift), int32(column)})
				parted = false
			default:
				out.pieces[len(out.pieces)-1].end = int32(to + shift)
			}
			l.openLink(&b, r.link)
			b.WriteString(sgr)
			b.WriteString(p.text[from:to])
			if sgr != "" {
				b.WriteString(reset)
			}
		}
		l.openLink(&b, 0)
		out.text = b.String()
		line(out)
		return true
	})
}

// openLink closes the link that is open in a line and opens another, 0 for
// none. Its id makes the terminal see one link where a line break made two.
func (l *layout) openLink(b *strings.Builder, link int) {
	if link > len(l.out.Links) {
		link = 0
	}
	if link == l.link {
		return
	}
	if l.link != 0 {
		b.WriteString("\x1b]8;;\x1b\\")
	}
	if link != 0 {
		b.WriteString("\x1b]8;id=" + strconv.Itoa(link) + ";" + l.out.Links[link-1].URL + "\x1b\\")
	}
	l.link = link
}
