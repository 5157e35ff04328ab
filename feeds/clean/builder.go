package clean

import (
	"bytes"
	"cmp"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxOpen is how many elements are kept track of inside each other; within
// deeper ones only the text counts.
const maxOpen = 128

// builder makes a document of a stream of tokens.
//
// It does not build the tree that a browser would: that tree can be hundreds of
// times the size of its source (see README.md). Instead it keeps a stack of the
// open elements that shape the document, and the look of the text (bold, linked
// …) beside it, so that misnested inline markup cannot hurt.
type builder struct {
	base    string
	self    string // base, as links to it are written
	lenient bool   // drop only what is no text
	doc     *block
	into    *block   // where the next block goes
	stack   []opened // open elements, outermost first
	beyond  int      // elements open beyond maxOpen
	open    map[atom.Atom]int
	nested  int // quotes and lists that are open
	blocks  int
	heads   int
	size    int // bytes of text so far
	full    bool
	skip    atom.Atom // element whose content is dropped; 0 for none
	skipped int       // how many of its name are open inside it

	inline
	buf     []byte // text of the paragraph that is being read
	spans   []span
	space   bool     // white space is due before the next character
	spaced  inline   // … and looked like this where it began
	newline bool     // … and held a line feed
	breaks  int      // br elements since the last character
	pre     *block   // the code that is being read; nil outside
	formula *formula // the formula that is being read; nil outside
}

// inline is the look of text; an element that closes restores what it found.
type inline struct {
	look  look
	link  string
	title int8   // level of the heading that is open
	lang  string // of code, as an element around it says
}

type opened struct {
	name  atom.Atom
	into  *block // where blocks went before
	made  *block // the block it makes, to be placed when it closes; nil for none
	found inline
	deep  bool // counts as nested
}

func build(src, base string) *block {
	doc := read(src, base, false)
	if len(doc.kids) == 0 && strings.Contains(src, "<") { // all of it in a form, or hidden until a script shows it
		doc = read(src, base, true)
	}
	// Doubly escaped: no markup at all, but markup comes to light when the
	// entities are resolved.
	if strings.Contains(src, "&lt;") && !tagged(src) {
		if inner := html.UnescapeString(cut(src, MaxSource)); markup(inner) {
			doc = read(inner, base, false)
		}
	}
	dropBoilerplate(doc)
	return doc
}

// markup reports whether s holds HTML of the kind that feeds hold, and is not
// only about it.
func markup(s string) bool {
	s = strings.ToLower(cut(strings.TrimLeft(s, " \n"), 1<<16))
	for _, first := range []string{"<p>", "<p ", "<div", "<span", "<img ", "<a ", "<b>", "<strong>", "<em>", "<i>", "<h", "<ul", "<ol", "<table", "<figure", "<blockquote"} {
		if strings.HasPrefix(s, first) {
			return true
		}
	}
	return strings.Contains(s, "<br") || strings.Contains(s, "<img ") || strings.Contains(s, "</a>") || strings.Contains(s, "</p><p")
}

// tagged reports whether s holds what a browser takes for a tag or a comment.
func tagged(s string) bool {
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 || i+1 == len(s) {
			return false
		}
		if c := s[i+1]; 'a' <= c|0x20 && c|0x20 <= 'z' || c == '/' || c == '!' || c == '?' {
			return true
		}
		s = s[i+1:]
	}
}

func read(src, base string, lenient bool) *block {
	src = cut(src, MaxSource)
	doc := &block{kind: document}
	self, _ := canonical(base, "")
	b := &builder{base: base, self: self, lenient: lenient, doc: doc, into: doc, open: make(map[atom.Atom]int)}
	if !tagged(src) {
		b.plain(html.UnescapeString(src))
		return doc
	}
	z := html.NewTokenizer(strings.NewReader(src))
	for !b.full {
		switch z.Next() {
		case html.ErrorToken:
			b.finish()
			return doc
		case html.TextToken:
			if b.skip == 0 {
				b.words(z.Text())
			}
		case html.StartTagToken:
			t := readTag(z)
			b.start(&t)
		case html.SelfClosingTagToken: // as browsers do: the slash means nothing
			t := readTag(z)
			b.start(&t)
		case html.EndTagToken:
			name, _ := z.TagName()
			b.end(atom.Lookup(name))
		}
	}
	b.finish()
	return doc
}

// plain reads text without markup: its lines are paragraphs.
func (b *builder) plain(s string) {
	for line := range strings.Lines(strings.ReplaceAll(s, "\r", "\n")) {
		b.words([]byte(line))
		b.flush()
		if b.full {
			break
		}
	}
	b.finish()
}

func (b *builder) finish() {
	b.endFormula()
	b.closeAll()
	b.flush()
	if b.full {
		b.doc.add(&block{kind: paragraph, text: "…", spans: []span{{to: len("…")}}})
	}
}

// start acts on a start tag.
func (b *builder) start(t *tag) {
	if b.skip != 0 {
		switch {
		case t.name == b.skip && b.skip != atom.P && b.skip != atom.Li:
			b.skipped++
			return
		case (b.skip == atom.P && blockLevel(t.name)) || (b.skip == atom.Li && t.name == atom.Li):
			b.skip = 0 // its end tag was left out
		default:
			return
		}
	}
	if b.formula != nil || formulaic(t) {
		b.startFormula(t)
		return
	}
	if void(t.name) {
		b.void(t)
		return
	}
	if b.dropped(t) {
		if blockLevel(t.name) {
			b.flush()
		}
		if t.name != 0 {
			b.skip, b.skipped = t.name, 0
		}
		return
	}
	if b.pre != nil {
		if b.pre.lang == "" {
			b.pre.lang = language(t.class)
		}
		if blockLevel(t.name) && len(b.buf) > 0 && b.buf[len(b.buf)-1] != '\n' {
			b.buf = append(b.buf, '\n')
		}
		return
	}
	switch t.name {
	case atom.B, atom.Strong:
		b.look |= bold
	case atom.I, atom.Em, atom.Cite, atom.Dfn, atom.Var:
		b.look |= italic
	case atom.Del, atom.S, atom.Strike:
		b.look |= struck
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		b.look |= monospace
	case atom.A:
		b.link = b.follow(t.href)
	case atom.Sup, atom.Sub:
		b.push(t.name, b.into)
	case atom.Q:
		b.words([]byte("“"))
	case atom.Rp:
		b.skip = atom.Rp
	case atom.Rt:
		b.words([]byte("("))
	case atom.Iframe, atom.Video, atom.Audio, atom.Embed:
		b.embed(t)
	default:
		if blockLevel(t.name) {
			b.startBlock(t)
		}
	}
}

// startBlock opens an element that begins a line of its own.
func (b *builder) startBlock(t *tag) {
	b.flush()
	if b.open[atom.P] > 0 {
		b.closeTo(atom.P, true)
	}
	switch t.name {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		b.push(t.name, b.into)
		b.title = int8(t.name.String()[1] - '0')
	case atom.Blockquote:
		b.pushDeep(t.name, &block{kind: quote})
	case atom.Ul, atom.Menu, atom.Dir:
		b.pushDeep(t.name, &block{kind: list})
	case atom.Ol:
		first, err := strconv.Atoi(strings.TrimSpace(t.start))
		if err != nil || first < 0 || first > 1e6 {
			first = 1
		}
		b.pushDeep(t.name, &block{kind: list, order: true, start: first})
	case atom.Li:
		b.startItem()
	case atom.Table:
		b.make(t.name, &block{kind: table, layout: t.role == "presentation" || t.role == "none"})
	case atom.Tr, atom.Td, atom.Th, atom.Caption:
		b.startCell(t.name)
	case atom.Pre, atom.Xmp, atom.Listing:
		b.push(t.name, b.into)
		b.pre = &block{kind: code, lang: cmp.Or(language(t.class), b.lang)}
	case atom.Dt, atom.Dd:
		b.closeTo(atom.Dt, true)
		b.closeTo(atom.Dd, true)
		b.push(t.name, b.into)
		if t.name == atom.Dt {
			b.look |= bold
		}
	case atom.Summary, atom.Legend:
		b.push(t.name, b.into)
		b.look |= bold
	case atom.Figcaption:
		b.push(t.name, b.into)
		b.look |= italic
	default:
		b.push(t.name, b.into)
		if lang := language(t.class); lang != "" {
			b.lang = lang
		}
	}
}

func (b *builder) startItem() {
	b.closeTo(atom.Li, true)
	if b.into.kind != list {
		b.push(atom.Li, b.into) // no list, or one too deep to show: a paragraph
		return
	}
	b.make(atom.Li, &block{kind: item})
}

func (b *builder) startCell(name atom.Atom) {
	if b.open[atom.Table] == 0 {
		return
	}
	if name == atom.Caption {
		b.push(name, b.beforeTable())
		b.look |= bold
		return
	}
	b.closeTo(atom.Caption, true)
	b.closeTo(atom.Td, true)
	b.closeTo(atom.Th, true)
	if name == atom.Tr {
		b.closeTo(atom.Tr, true)
	}
	if name == atom.Tr || b.into.kind == table {
		if b.into.kind != table {
			return
		}
		b.make(atom.Tr, &block{kind: row})
	}
	if name != atom.Tr && b.into.kind == row {
		b.make(name, &block{kind: cell, head: name == atom.Th})
	}
}

// beforeTable is where the innermost open table stands.
func (b *builder) beforeTable() *block {
	for i := len(b.stack) - 1; i >= 0; i-- {
		if at := b.stack[i]; at.name == atom.Table && at.into.kind != table && at.into.kind != row {
			return at.into
		}
	}
	return b.doc
}

func (b *builder) push(name atom.Atom, into *block) {
	if len(b.stack) >= maxOpen {
		b.beyond++
		return
	}
	b.stack = append(b.stack, opened{name: name, into: b.into, found: b.inline})
	b.open[name]++
	b.into = into
}

// make opens an element that makes a block.
func (b *builder) make(name atom.Atom, k *block) {
	if len(b.stack) >= maxOpen {
		b.beyond++
		return
	}
	b.push(name, k)
	b.stack[len(b.stack)-1].made = k
}

// pushDeep opens a quote or list, unless it would be too deep.
func (b *builder) pushDeep(name atom.Atom, k *block) {
	if b.nested >= MaxDepth || len(b.stack) >= maxOpen {
		b.push(name, b.into)
		return
	}
	b.make(name, k)
	b.stack[len(b.stack)-1].deep = true
	b.nested++
}

// end acts on an end tag.
func (b *builder) end(name atom.Atom) {
	if b.skip != 0 {
		if name == b.skip {
			if b.skipped--; b.skipped < 0 {
				b.skip = 0
			}
		}
		return
	}
	if b.formula != nil {
		b.formula.end(name)
		if name == atom.Math || name == atom.Script {
			b.endFormula()
		}
		return
	}
	if b.pre != nil && name != atom.Pre && name != atom.Xmp && name != atom.Listing {
		return
	}
	switch name {
	case atom.B, atom.Strong:
		b.look &^= bold
	case atom.I, atom.Em, atom.Cite, atom.Dfn, atom.Var:
		b.look &^= italic
	case atom.Del, atom.S, atom.Strike:
		b.look &^= struck
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		b.look &^= monospace
	case atom.A:
		b.link = ""
	case atom.Q:
		b.words([]byte("”"))
	case atom.Rt:
		b.words([]byte(")"))
	case atom.Br:
		b.lineBreak()
	case atom.P:
		b.flush()
		b.closeTo(atom.P, false)
	default:
		b.closeTo(name, false)
	}
}

// closeTo closes the innermost open element of a name and all inside it. Cells
// are not left by the end of what is around them; implied says that items do not
// end those of the list around theirs either.
func (b *builder) closeTo(name atom.Atom, implied bool) {
	if b.open[name] == 0 {
		return
	}
	if b.beyond > 0 && !implied {
		b.beyond--
		return
	}
	for i := len(b.stack) - 1; i >= 0; i-- {
		switch at := b.stack[i].name; at {
		case name:
			for len(b.stack) > i {
				b.pop()
			}
			return
		case atom.Table:
			return
		case atom.Td, atom.Th, atom.Caption:
			if name != atom.Table && name != atom.Tr && name != atom.Tbody && name != atom.Thead && name != atom.Tfoot {
				return
			}
		case atom.Ul, atom.Ol, atom.Dl, atom.Blockquote:
			if implied {
				return
			}
		}
	}
}

func (b *builder) closeAll() {
	for len(b.stack) > 0 {
		b.pop()
	}
}

// pop closes the innermost element.
func (b *builder) pop() {
	top := b.stack[len(b.stack)-1]
	if b.pre != nil {
		b.endCode(top.into)
	} else if top.name != atom.Sup && top.name != atom.Sub {
		b.flush()
	}
	b.stack = b.stack[:len(b.stack)-1]
	b.open[top.name]--
	if top.deep {
		b.nested--
	}
	b.into = top.into
	if top.made != nil {
		b.place(top.made)
	}
	// What was not there when the element began ends with it, and what ended
	// inside it does not come back.
	b.look &= top.found.look
	if b.link != top.found.link {
		b.link = ""
	}
	b.title, b.lang = top.found.title, top.found.lang
}

// place puts a block that is complete where it belongs, or what is left of it.
func (b *builder) place(k *block) {
	if len(k.kids) == 0 && k.kind != cell {
		return
	}
	if k.kind == table && !tabular(k) {
		for _, r := range k.kids {
			for _, c := range r.kids {
				for _, kid := range c.kids {
					b.put(kid)
				}
			}
		}
		return
	}
	b.put(k)
}

// put adds a block where the next one goes.
func (b *builder) put(k *block) {
	b.blocks++
	b.full = b.full || b.blocks > maxBlocks
	into := b.into
	if (into.kind == table && k.kind != row) || (into.kind == row && k.kind != cell) {
		into = b.beforeTable() // as browsers do with what is in a table and in no cell
	}
	last := len(into.kids) - 1
	switch {
	case k.kind == rule && (last < 0 || into.kids[last].kind == rule):
	case into.kind == list && k.kind == list && last >= 0: // belongs to the item before
		into.kids[last].add(k)
	case into.kind == list && k.kind != item:
		into.add(&block{kind: item, kids: []*block{k}})
	default:
		into.add(k)
	}
}

// words adds text to the paragraph.
func (b *builder) words(s []byte) {
	if b.formula != nil {
		b.formula.text(s)
		b.grow(len(s))
		return
	}
	if b.pre != nil {
		b.buf = append(b.buf, s...)
		b.grow(len(s))
		return
	}
	if bytes.IndexByte(s, 0x1b) >= 0 || !plainBytes(s) {
		b.safeWords(scrub(string(s)))
		return
	}
	b.safeWords(string(s))
}

func plainBytes(s []byte) bool {
	for _, c := range s {
		if (c < ' ' && c != '\n' && c != '\t') || c > '~' {
			return false
		}
	}
	return true
}

func (b *builder) safeWords(s string) {
	if n := len(b.stack); n > 0 && (b.stack[n-1].name == atom.Sup || b.stack[n-1].name == atom.Sub) {
		if b.stack[n-1].name == atom.Sup {
			s = superscript(s)
		}
	}
	for i := 0; i < len(s); {
		switch s[i] {
		case '\n':
			b.newline = true
			fallthrough
		case ' ', '\t':
			if !b.space {
				b.space, b.spaced = true, b.inline
			}
			i++
			continue
		}
		end := i + 1
		for end < len(s) && s[end] > ' ' {
			end++
		}
		b.word(s[i:end])
		i = end
	}
}

// word adds characters without white space, after what white space is due.
func (b *builder) word(s string) {
	if len(b.buf) == 0 && len(b.spans) > 0 { // pictures before the text stand by themselves
		b.flush()
	}
	if b.breaks > 0 {
		if len(b.buf) > 0 {
			b.buf = append(b.buf, '\n')
			b.extend(span{look: b.look, link: b.link})
		}
	} else if b.space && len(b.buf) > 0 {
		r, _ := utf8.DecodeRuneInString(s)
		last, _ := utf8.DecodeLastRune(b.buf)
		if !b.newline || !ideographic(r) || !ideographic(last) { // a wrapped line of Chinese has no space at its end
			b.buf = append(b.buf, ' ')
			b.extend(span{look: b.spaced.look, link: b.spaced.link})
		}
	}
	b.space, b.newline, b.breaks = false, false, 0
	b.buf = append(b.buf, s...)
	b.extend(span{look: b.look, link: b.link})
	b.grow(len(s) + 1)
}

func (b *builder) grow(n int) {
	b.size += n
	b.full = b.full || b.size > MaxText
}

// extend lets the last span reach to the end of the text, or begins another.
func (b *builder) extend(s span) {
	if n := len(b.spans); n > 0 {
		last := &b.spans[n-1]
		if last.image == "" && last.look == s.look && last.link == s.link {
			last.to = len(b.buf)
			return
		}
		s.from = last.to
	}
	s.to = len(b.buf)
	b.spans = append(b.spans, s)
}

func (b *builder) lineBreak() {
	if b.pre != nil {
		b.buf = append(b.buf, '\n')
		return
	}
	if b.breaks++; b.breaks > 1 && b.title == 0 {
		b.flush()
	}
}

// flush ends the paragraph.
func (b *builder) flush() {
	b.space, b.newline, b.breaks = false, false, 0
	if len(b.spans) == 0 {
		return
	}
	k := &block{kind: paragraph}
	if b.title > 0 && len(b.buf) > 0 && b.heads < maxHeads {
		k.kind, k.level = heading, b.title
		b.heads++
	}
	if k.kind == heading {
		for i, c := range b.buf {
			if c == '\n' {
				b.buf[i] = ' '
			}
		}
	}
	k.text = string(b.buf)
	k.spans = linkify(k.text, b.spans)
	b.buf, b.spans = b.buf[:0], nil
	b.put(k)
}

func (b *builder) endCode(into *block) {
	k := b.pre
	b.pre = nil
	lines := scrub(strings.ReplaceAll(string(b.buf), "\t", "    "))
	b.buf = b.buf[:0]
	k.text = strings.TrimRight(strings.TrimLeft(lines, "\n"), " \n")
	if k.text == "" {
		return
	}
	b.into = into
	b.put(k)
}

// follow returns the canonical address of a link, "" if it may not be followed
// or leads nowhere but into the article itself.
func (b *builder) follow(href string) string {
	href = strings.TrimSpace(href)
	if href == "" || strings.HasPrefix(href, "#") && !strings.HasPrefix(href, "#!") {
		return ""
	}
	if len(href) > 7 && strings.EqualFold(href[:7], "mailto:") {
		return mailto(href[7:])
	}
	address, ok := canonical(href, b.base)
	if !ok {
		return ""
	}
	return address
}

// mailto returns a mail address as a link, without subject and text.
func mailto(address string) string {
	address, _, _ = strings.Cut(address, "?")
	if !mailAddress(address) {
		return ""
	}
	return "mailto:" + address
}

func mailAddress(s string) bool {
	name, host, ok := strings.Cut(s, "@")
	if !ok || name == "" || len(s) > 254 || !strings.Contains(host, ".") || !hostname(strings.ToLower(host)) {
		return false
	}
	for i := 0; i < len(name); i++ {
		c := name[i]
		if !('a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("._+-", c) >= 0) {
			return false
		}
	}
	return true
}

// void acts on an element that has no content.
func (b *builder) void(t *tag) {
	switch t.name {
	case atom.Br:
		b.lineBreak()
	case atom.Hr:
		if b.pre != nil {
			return
		}
		b.flush()
		b.closeTo(atom.P, true)
		if b.into.kind == document {
			b.put(&block{kind: rule})
		}
	case atom.Img:
		if b.pre == nil {
			b.image(t)
		}
	case atom.Embed:
		b.embed(t)
	case atom.Source:
		b.source(t)
	}
}

// image adds a picture to the paragraph; a pictured emoji is text.
func (b *builder) image(t *tag) {
	if b.dropped(t) {
		return
	}
	alt := line(t.alt, MaxLine)
	switch {
	case strings.Contains(t.class, "emoji") || strings.Contains(t.class, "smiley"):
		b.words([]byte(alt))
		return
	case t.class == "latex" || strings.Contains(t.class, "mwe-math"):
		b.formula = &formula{alt: alt}
		b.endFormula()
		return
	}
	address := picture(t, b.base)
	if address == "" {
		return
	}
	link := b.link
	if link == b.self { // from a feed's teaser into the article that is open
		link = ""
	}
	title := line(t.title, MaxLine)
	if alt == "" {
		alt = title
	}
	if b.space && len(b.buf) > 0 {
		b.buf = append(b.buf, ' ')
		b.extend(span{look: b.spaced.look, link: b.spaced.link})
	}
	b.space, b.newline, b.breaks = false, false, 0
	at := len(b.buf)
	b.spans = append(b.spans, span{from: at, to: at, link: link, image: address, alt: alt})
	b.grow(len(address) + len(alt))
	if title != alt && strings.Count(title, " ") >= 3 { // a remark, as comics have, not a file name
		keep := b.inline
		b.look, b.link = italic, ""
		b.breaks = 1
		b.words([]byte(title))
		b.inline = keep
		b.breaks = 1
	}
}

// embed adds a line with the link to what a player would play.
func (b *builder) embed(t *tag) {
	switch {
	case t.name == atom.Embed:
	case t.src == "" && t.name != atom.Iframe: // the address is in a source element
		b.flush()
		b.push(t.name, b.into)
		return
	default: // what is inside is for old browsers
		b.skip, b.skipped = t.name, 0
	}
	kind, address, ok := player(t, b.base)
	if !ok {
		return
	}
	switch t.name {
	case atom.Video:
		kind = "Video"
	case atom.Audio:
		kind = "Audio"
	}
	b.linkLine(kind, t.title, address)
}

// source gives the address of the video or audio element it is in.
func (b *builder) source(t *tag) {
	if b.pre != nil || len(b.stack) == 0 {
		return
	}
	kind := ""
	switch b.stack[len(b.stack)-1].name {
	case atom.Video:
		kind = "Video"
	case atom.Audio:
		kind = "Audio"
	default:
		return // of a picture element, whose img follows
	}
	if address, ok := canonical(t.src, b.base); ok {
		name := b.stack[len(b.stack)-1].name
		b.linkLine(kind, t.title, address)
		b.skip = name // one address is enough; the rest is for old browsers
		b.skipped = 0
		b.closeTo(name, false)
	}
}

func (b *builder) linkLine(kind, title, address string) {
	label := line(title, 200)
	if label == "" {
		label = address[strings.Index(address, "://")+3:]
		label, _, _ = strings.Cut(label, "/")
	}
	b.flush()
	keep := b.inline
	b.inline = inline{link: address}
	b.words([]byte(kind + ": " + label))
	b.flush()
	b.inline = keep
}

// superscript writes digits and signs raised: "10⁶" must not read "106".
func superscript(s string) string {
	const plain, raised = "0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ"
	for _, r := range s {
		if !strings.ContainsRune(plain, r) {
			return s
		}
	}
	signs := []rune(raised)
	return strings.Map(func(r rune) rune { return signs[strings.IndexRune(plain, r)] }, s)
}

func void(name atom.Atom) bool {
	switch name {
	case atom.Br, atom.Hr, atom.Img, atom.Input, atom.Embed, atom.Source, atom.Area, atom.Base, atom.Col, atom.Link, atom.Meta,
		atom.Param, atom.Track, atom.Wbr, atom.Keygen, atom.Frame:
		return true
	}
	return false
}

// blockLevel reports whether an element begins and ends a line.
func blockLevel(name atom.Atom) bool {
	switch name {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd, atom.Details, atom.Dir,
		atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5,
		atom.H6, atom.Header, atom.Hgroup, atom.Html, atom.Legend, atom.Li, atom.Listing, atom.Main, atom.Menu, atom.Ol, atom.P, atom.Picture,
		atom.Pre, atom.Search, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul, atom.Xmp:
		return name != atom.Picture
	}
	return false
}
