package clean

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func (w *workspace) build(src, base string) *block {
	doc := w.read(src, base, false)
	if len(doc.kids) == 0 && strings.Contains(src, "<") { // all of it in a form, or hidden until a script shows it
		doc = w.read(src, base, true)
	}
	// Doubly escaped: no markup at all, but markup comes to light when the
	// entities are resolved.
	if strings.Contains(src, "&lt;") && !tagged(src) {
		if inner := html.UnescapeString(cut(src, MaxSource)); markup(inner) {
			doc = w.read(inner, base, false)
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

func (w *workspace) read(src, base string, lenient bool) *block {
	src = cut(src, MaxSource)
	self, _ := canonical(base, "")
	b := newBuilder(w, base, self, lenient)
	b.read(src)
	w.top = b.doc.kids
	return b.doc
}

// read builds what src says.
func (b *builder) read(src string) {
	if !tagged(src) {
		b.plain(html.UnescapeString(src))
		return
	}
	b.src = append(b.src[:0], src...)
	b.expect(len(src))
	if read := b.quick(b.src); read < len(src) {
		b.tokens(src[read:])
	}
	b.finish()
	b.share = float64(b.texts.Len()) / float64(len(src))
}

// tokens builds what the tokenizer reads.
func (b *builder) tokens(src string) {
	z := html.NewTokenizer(strings.NewReader(src))
	for !b.full {
		switch z.Next() {
		case html.ErrorToken:
			return
		case html.TextToken:
			switch {
			case b.skip == 0:
				b.words(z.Text())
			case b.skip == atom.Iframe:
				b.fallback(z.Text())
			case b.drawing == inTitle:
				b.words(z.Text())
				b.drawing = noDrawing
			}
		case html.StartTagToken:
			t := readTag(z)
			b.start(&t)
		case html.SelfClosingTagToken: // as browsers do: the slash means nothing
			t := readTag(z)
			b.start(&t)
		case html.EndTagToken:
			name, ok := bareTag(z.Raw())
			if !ok {
				written, _ := z.TagName()
				name = atom.Lookup(written)
			}
			b.end(name)
		}
	}
}

// bareTag reads a tag that is nothing but a name in lower case, which most are;
// the tokenizer would copy it.
func bareTag(raw []byte) (atom.Atom, bool) {
	name := bytes.TrimPrefix(bytes.TrimPrefix(raw, []byte("<")), []byte("/"))
	name, closed := bytes.CutSuffix(name, []byte(">"))
	for _, c := range name {
		if !('a' <= c && c <= 'z' || '0' <= c && c <= '9') {
			return 0, false
		}
	}
	return atom.Lookup(name), closed && len(name) > 0
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
