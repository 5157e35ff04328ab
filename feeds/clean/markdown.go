package clean

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// markdown writes a document as Markdown that CommonMark readers and glamour
// agree on. It uses these forms and no others:
//
//	paragraphs, a backslash before a line break   # headings   > quotes
//	- and * lists (in turn, so that neighbours stay apart)   1. and 1) lists
//	``` fences   *** rules   | tables |   [links](…)   ![pictures](…)
//	**bold** *italic* ~~struck~~ `code`
func (w *workspace) markdown(doc *block) string {
	to := &writer{fresh: true, out: slices.Grow(w.out[:0], size(doc)*5/4+64)}
	to.blocks(doc.kids, false)
	w.out = to.out
	return string(to.out)
}

type writer struct {
	out    []byte
	prefix []byte // what each line of the open quotes and items begins with
	fresh  bool   // at the place where the first block of these begins
	cell   bool   // inside a table
}

// newline begins a line inside the open quotes and items.
func (w *writer) newline() {
	w.out = append(w.out, '\n')
	w.out = append(w.out, w.prefix...)
}

// gap parts two blocks, by an empty line unless tight.
func (w *writer) gap(tight bool) {
	if w.fresh {
		w.fresh = false
		return
	}
	if !tight {
		w.out = append(w.out, '\n')
		w.out = append(w.out, strings.TrimRight(string(w.prefix), " ")...)
	}
	w.newline()
}

func (w *writer) blocks(list []*block, tight bool) {
	twin := false // the block before is a list with the same mark
	for i, b := range list {
		twin = i > 0 && list[i-1].kind == b.kind && list[i-1].order == b.order && !twin
		w.block(b, tight, twin)
	}
}

func (w *writer) block(b *block, tight, twin bool) {
	switch b.kind {
	case paragraph:
		w.gap(tight)
		w.inlines(b)
	case heading:
		w.gap(false)
		w.out = append(w.out, "######"[:b.level]...)
		w.out = append(w.out, ' ')
		w.inlines(b)
	case code:
		w.gap(false)
		w.fence(b)
	case rule:
		w.gap(false)
		w.out = append(w.out, "***"...)
	case quote:
		w.gap(false)
		w.inside("> ", "> ", func() { w.blocks(b.kids, false) })
	case list:
		w.list(b, tight, twin)
	case item, cell, row, document:
		w.blocks(b.kids, tight)
	case table:
		w.gap(false)
		w.table(b)
	}
}

// inside writes what stands behind a mark.
func (w *writer) inside(mark, indent string, write func()) {
	w.out = append(w.out, mark...)
	keep := len(w.prefix)
	w.prefix = append(w.prefix, indent...)
	w.fresh = true
	write()
	w.fresh = false
	w.prefix = w.prefix[:keep]
}

func (w *writer) list(b *block, tight, twin bool) {
	// A numbered list can follow a paragraph closely only if it begins at one.
	w.gap(tight && (!b.order || b.start == 1))
	close := true
	for _, it := range b.kids {
		close = close && compact(it)
	}
	n := b.start
	w.fresh = true
	for _, it := range b.kids {
		w.gap(close)
		mark := "- "
		if twin {
			mark = "* "
		}
		if b.order {
			mark = strconv.Itoa(n) + ". "
			if twin {
				mark = strconv.Itoa(n) + ") "
			}
		}
		n++
		w.inside(mark, "          "[:len(mark)], func() { w.blocks(it.kids, close) })
	}
}

// compact reports whether an item is a line, or a line and lists.
func compact(it *block) bool {
	for i, k := range it.kids {
		if k.kind == list {
			for _, inner := range k.kids {
				if !compact(inner) {
					return false
				}
			}
			continue
		}
		if i > 0 || k.kind != paragraph {
			return false
		}
	}
	return true
}

func (w *writer) fence(b *block) {
	fence := strings.Repeat("`", max(3, longestRun(b.text, '`')+1))
	w.out = append(w.out, fence...)
	w.out = append(w.out, b.lang...)
	for line := range strings.SplitSeq(b.text, "\n") {
		w.newline()
		w.out = append(w.out, line...)
	}
	w.newline()
	w.out = append(w.out, fence...)
}

func longestRun(s string, c byte) int {
	longest, n := 0, 0
	for i := 0; i < len(s); i++ {
		if s[i] != c {
			n = 0
			continue
		}
		n++
		longest = max(longest, n)
	}
	return longest
}

// table writes rows of cells. Markdown has no table without a header: if the
// first row is none, an empty one goes before it.
func (w *writer) table(b *block) {
	columns := 0
	for _, r := range b.kids {
		columns = max(columns, len(r.kids))
	}
	rows := b.kids
	header := &block{kind: row}
	if len(rows[0].kids) > 0 && rows[0].kids[0].head && rows[0].kids[len(rows[0].kids)-1].head {
		header, rows = rows[0], rows[1:]
	}
	w.row(header, columns)
	w.newline()
	w.out = append(w.out, '|')
	w.out = append(w.out, strings.Repeat(" --- |", columns)...)
	for _, r := range rows {
		w.newline()
		w.row(r, columns)
	}
}

func (w *writer) row(r *block, columns int) {
	w.cell = true
	w.out = append(w.out, '|')
	for i := range columns {
		w.out = append(w.out, ' ')
		if i < len(r.kids) {
			for j, k := range r.kids[i].kids {
				if j > 0 {
					w.out = append(w.out, ' ')
				}
				w.inlines(k)
			}
		}
		w.out = append(w.out, " |"...)
	}
	w.cell = false
}

// inlines writes the text of a paragraph, heading or cell.
func (w *writer) inlines(b *block) {
	oneLine := w.cell || b.kind == heading
	p := phrase{w: w, b: b, begin: len(w.out), begins: !oneLine, oneLine: oneLine}
	for _, s := range b.spans {
		p.strikes = p.strikes || s.look&struck != 0
	}
	for i := 0; i < len(b.spans); {
		if b.spans[i].link == "" {
			p.span(b.spans[i])
			i++
			continue
		}
		end := i + 1
		for end < len(b.spans) && b.spans[end].link == b.spans[i].link {
			end++
		}
		p.linked(b.spans[i:end])
		i = end
	}
	if b.kind == heading && strings.HasSuffix(string(w.out[p.begin:]), "#") { // else taken for a closing mark
		w.out = append(w.out[:len(w.out)-1], `\#`...)
	}
}

// phrase is the writing of one block's text.
type phrase struct {
	w       *writer
	b       *block
	begin   int  // where in the output the text begins
	oneLine bool // line breaks are not possible here
	strikes bool // some of the text is struck
	begins  bool // nothing is written on this line yet
	marked  bool // the last byte written is a mark of emphasis
	label   bool // inside a link
}

func (p *phrase) put(s string) {
	if s != "" {
		p.w.out = append(p.w.out, s...)
		p.marked, p.begins = false, false
	}
}

// span writes text of one look, or a picture.
func (p *phrase) span(s span) {
	if s.image != "" {
		p.picture(s)
		return
	}
	text := p.b.text[s.from:s.to]
	s.look &^= added
	if s.look == 0 {
		p.escape(text)
		return
	}
	inner := strings.Trim(text, " \n")
	lead := strings.Index(text, inner)
	p.escape(text[:lead])
	switch {
	case inner == "":
	case s.look&monospace != 0 && p.verbatim(inner):
		p.codeSpan(inner)
	case s.look&monospace != 0:
		p.escape(inner)
	default:
		p.emphasis(s, s.from+lead, s.from+lead+len(inner))
	}
	p.escape(text[lead+len(inner):])
}

// verbatim reports whether text can stand in a code span. Glamour resolves
// entities there, which Markdown does not, so what could be one is written as
// escaped text, on which all agree. Nor may a link hold a bracket that is not
// escaped: at the beginning of a paragraph it would make a definition of it.
func (p *phrase) verbatim(s string) bool {
	return !decodes(s) && !strings.Contains(s, "\n") && !(p.w.cell && strings.ContainsAny(s, `|\`)) && !(p.label && strings.ContainsAny(s, "[]"))
}

func (p *phrase) codeSpan(s string) {
	fence := strings.Repeat("`", longestRun(s, '`')+1)
	if p.marked { // two spans without a space between: the fences would run together
		p.escape(s)
		return
	}
	pad := ""
	if s[0] == '`' || s[len(s)-1] == '`' {
		pad = " "
	}
	p.put(fence + pad + s + pad + fence)
	p.marked = true
}

// emphasis writes the text from from to to with its marks. Markdown knows marks
// only by what is beside them, so punctuation at the ends goes outside where
// that makes them marks ("**「東京」**は" would show its asterisks), and where
// nothing does, the emphasis is dropped.
func (p *phrase) emphasis(s span, from, to int) {
	text := p.b.text
	for from < to {
		r, n := utf8.DecodeRuneInString(text[from:to])
		if !punctuation(r) || p.opens(from) {
			break
		}
		p.escape(text[from : from+n])
		from += n
	}
	tail := to
	for tail > from {
		r, n := utf8.DecodeLastRuneInString(text[from:tail])
		if r != ' ' && r != '\n' && (!punctuation(r) || p.closes(tail)) {
			break
		}
		tail -= n
	}
	lead := from
	for lead < tail && (text[lead] == ' ' || text[lead] == '\n') {
		lead++
	}
	p.escape(text[from:lead])
	mark := emphasisMark(s.look)
	if lead == tail || p.marked {
		mark = ""
	}
	if mark != "" {
		p.put(mark)
	}
	p.escape(text[lead:tail])
	if mark != "" {
		p.put(mark)
		p.marked = true
	}
	p.escape(text[tail:to])
}

func emphasisMark(l look) string {
	switch {
	case l&struck != 0:
		return "~~"
	case l&(bold|italic) == bold|italic:
		return "***"
	case l&bold != 0:
		return "**"
	}
	return "*"
}

// opens reports whether a mark before the punctuation at from would open.
func (p *phrase) opens(from int) bool {
	if len(p.w.out) == p.begin || from == 0 {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(p.b.text[:from])
	return r == ' ' || r == '\n' || punctuation(r) || (p.label && p.w.out[len(p.w.out)-1] == '[')
}

// closes reports whether a mark behind the punctuation before to would close.
func (p *phrase) closes(to int) bool {
	if to == len(p.b.text) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(p.b.text[to:])
	return r == ' ' || r == '\n' || punctuation(r)
}

// punctuation is what Markdown takes for it.
func punctuation(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// linked writes spans that share a link.
func (p *phrase) linked(spans []span) {
	text := p.b.text
	from, to := spans[0].from, spans[len(spans)-1].to
	words, pictures := strings.TrimSpace(text[from:to]) != "", false
	for _, s := range spans {
		pictures = pictures || s.image != ""
	}
	if pictures { // a picture in a link is shown beside it, not in it
		for _, s := range spans {
			if s.image != "" {
				p.picture(s)
			}
		}
		if !words {
			if pictureFile(spans[0].link) {
				return
			}
			p.space()
			p.open()
			p.put(host(spans[0].link))
			p.close(spans[0].link)
			p.part(to)
			return
		}
	}
	if !words {
		p.escape(text[from:to])
		return
	}
	inner := strings.Trim(text[from:to], " \n")
	lead := from + strings.Index(text[from:to], inner)
	end := lead + len(inner)
	p.escape(text[from:lead])
	p.open()
	keep := p.oneLine
	p.label, p.oneLine = true, true
	for _, s := range spans {
		s.from, s.to = max(s.from, lead), min(s.to, end)
		if s.image == "" && s.from < s.to {
			p.span(s)
		}
	}
	p.label, p.oneLine = false, keep
	p.close(spans[0].link)
	p.escape(text[end:to])
}

func (p *phrase) open() {
	if n := len(p.w.out); n > p.begin && p.w.out[n-1] == '!' { // "wow!" before a link is no picture
		p.w.out = append(p.w.out[:n-1], `\!`...)
	}
	p.put("[")
}

func (p *phrase) close(link string) {
	p.put("](")
	p.put(destination(link))
	p.put(")")
}

func (p *phrase) picture(s span) {
	p.space()
	alt := s.alt
	if alt == "" {
		alt = host(s.image)
	}
	p.put("![" + escapeAlt(alt) + "](" + destination(s.image) + ")")
	p.part(s.to)
}

// space makes sure that what was written ends in white space.
func (p *phrase) space() {
	if n := len(p.w.out); n > p.begin && p.w.out[n-1] != ' ' && !p.begins {
		p.put(" ")
	}
}

// part keeps what was written apart from text that follows closely.
func (p *phrase) part(at int) {
	if at < len(p.b.text) && p.b.text[at] != ' ' && p.b.text[at] != '\n' {
		p.put(" ")
	}
}

func host(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	rest, _, _ = strings.Cut(rest, "/")
	return strings.TrimPrefix(rest, "www.")
}

// destination writes a canonical address, which is ASCII without brackets and
// white space, so that no part of it is read as an entity or as its end.
func destination(address string) string {
	if decodes(address) {
		address = strings.ReplaceAll(address, "&", "&amp;")
	}
	if strings.ContainsAny(address, "()") {
		return "<" + address + ">"
	}
	return address
}
