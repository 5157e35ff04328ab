package parse

import (
	"bytes"
	"html"

	"broadsheet/feeds/parse/repair"
)

// looksLikeHTML guesses whether text that may be either was meant as HTML. It
// was if it closes a tag, has an element that needs no closing, or has an
// entity; and not if it also has a tag that HTML does not know ("Vec<T>").
func looksLikeHTML(text []byte) bool {
	if bytes.IndexByte(text, '<') < 0 && bytes.IndexByte(text, '&') < 0 {
		return false
	}
	evidence := hasEntity(text)
	l := repair.NewLexer(text)
	for t := l.Next(); t.Kind != repair.EOF; t = l.Next() {
		switch t.Kind {
		case repair.Start, repair.End:
			name := repair.Lower(t.Name)
			if !isHTML(name) {
				return false
			}
			evidence = evidence || t.Kind == repair.End || repair.IsVoid(name)
		}
	}
	return evidence
}

func hasEntity(text []byte) bool {
	var html repair.Entities
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return false
		}
		text = text[i:]
		if _, n := html.Reference(text); n > 0 && text[n-1] == ';' {
			return true
		}
		text = text[1:]
	}
}

// isHTML knows the elements that texts are written with, old ones too.
func isHTML(name string) bool {
	switch name {
	case "a", "abbr", "acronym", "address", "applet", "area", "article", "aside", "audio", "b", "base", "basefont",
		"bdi", "bdo", "bgsound", "big", "blink", "blockquote", "body", "br", "button", "canvas", "caption", "center",
		"cite", "code", "col", "colgroup", "data", "dd", "del", "details", "dfn", "dir", "div", "dl", "dt", "em", "embed",
		"fieldset", "figcaption", "figure", "font", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5",
		"h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend",
		"li", "link", "listing", "main", "map", "mark", "marquee", "math", "menu", "meta", "meter", "nav", "nobr",
		"noembed", "noframes", "noscript", "object", "ol", "optgroup", "option", "p", "param", "picture", "pre",
		"progress", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "script", "section", "select", "small", "source",
		"span", "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td", "textarea", "tfoot",
		"th", "thead", "time", "title", "tr", "track", "tt", "u", "ul", "var", "video", "wbr", "xmp":
		return true
	}
	return false
}

// paragraphs is plain text as HTML: an empty line begins a paragraph, another
// line a line.
func paragraphs(text []byte) []byte {
	text = bytes.TrimSpace(text)
	out := make([]byte, 0, len(text)+16)
	if bytes.IndexByte(text, '\n') < 0 {
		return repair.Escape(out, text)
	}
	gap := false
	for i, line := range bytes.Split(text, []byte("\n")) {
		line = bytes.TrimSpace(line)
		switch {
		case len(line) == 0:
			gap = true
			continue
		case gap:
			out = append(out, "<p>"...)
		case i > 0:
			out = append(out, "<br>"...)
		}
		gap = false
		out = repair.Escape(out, line)
		out = append(out, '\n')
	}
	return bytes.TrimSpace(out)
}

// A rewriter copies markup, changing only what HTML would read otherwise:
// addresses that an xml:base makes absolute and, in XML, prefixes, empty
// elements, CDATA and bare "<".
type rewriter struct {
	scopes      *scopes
	base        base
	xml         bool
	escapeCDATA bool
	lexer       *repair.Lexer
	escaped     *repair.Entities // text between the tags is escaped once more; nil if not
	bases       []innerBase
}

// maxBases is how deep an xml:base may stand in another within one text.
const maxBases = 16

// innerBase is an xml:base on an element inside the content.
type innerBase struct {
	outer base
	depth int
}

func (w *rewriter) rewrite(src []byte) []byte {
	w.lexer = repair.NewLexer(src)
	out := make([]byte, 0, len(src)+64)
	mark := len(w.scopes.bindings)
	depth := 0
	for {
		t := w.lexer.Next()
		switch t.Kind {
		case repair.EOF:
			w.scopes.leave(mark)
			return bytes.TrimSpace(out)
		case repair.Text:
			if w.xml && t.Text[0] == '<' {
				out = append(out, "&lt;"...)
				t.Text = t.Text[1:]
			}
			if w.escaped != nil {
				out = w.escaped.Decode(out, t.Text)
			} else {
				out = append(out, t.Text...)
			}
		case repair.CDATA:
			if w.escapeCDATA {
				out = repair.Escape(out, t.Text)
			} else {
				out = append(out, t.Text...)
			}
		case repair.Other:
			if !w.xml {
				out = append(out, src[t.Start:t.End]...)
			}
		case repair.Start:
			out = w.startTag(out, t, depth)
			if !t.Empty {
				depth++
			}
		case repair.End:
			depth--
			if k := len(w.bases) - 1; k >= 0 && depth <= w.bases[k].depth {
				w.base, w.bases = w.bases[k].outer, w.bases[:k]
			}
			out = append(out, "</"...)
			out = append(out, w.local(t.Name)...)
			out = append(out, '>')
		}
	}
}

// local is a tag's name without the prefix that only XML needs.
func (w *rewriter) local(name []byte) []byte {
	if !w.xml {
		return name
	}
	prefix, local := repair.SplitName(name)
	if len(prefix) > 0 {
		if sp, _ := w.scopes.resolve(name); sp == spaceXHTML {
			return local
		}
	}
	return name
}

func (w *rewriter) startTag(out []byte, t repair.Token, depth int) []byte {
	if w.xml {
		w.scopes.declare(w.lexer.Attrs)
	}
	inside := w.base.with(w.lexer.Attrs)
	switch {
	case len(w.bases) >= maxBases:
		inside = w.base
	case inside != w.base && !t.Empty:
		w.bases = append(w.bases, innerBase{w.base, depth})
		w.base = inside
	}
	name := w.local(t.Name)
	out = append(out, '<')
	out = append(out, name...)
	for _, a := range w.lexer.Attrs {
		if w.xml && (bytes.HasPrefix(a.Name, []byte("xmlns")) || bytes.HasPrefix(a.Name, []byte("xml:"))) || len(a.Name) == 0 {
			continue
		}
		out = append(out, ' ')
		out = append(out, a.Name...)
		out = append(out, `="`...)
		if inside.declared && isAddress(repair.Lower(a.Name)) {
			address := bytes.TrimSpace([]byte(html.UnescapeString(string(a.Value))))
			out = repair.Escape(out, []byte(inside.resolve(string(address))))
		} else {
			out = append(out, bytes.ReplaceAll(a.Value, []byte(`"`), []byte("&quot;"))...)
		}
		out = append(out, '"')
	}
	out = append(out, '>')
	if w.xml && t.Empty && !repair.IsVoid(repair.Lower(name)) {
		out = append(out, "</"...)
		out = append(out, name...)
		out = append(out, '>')
	}
	return out
}

// isAddress knows the attributes of HTML that hold one address.
func isAddress(name string) bool {
	switch name {
	case "action", "background", "cite", "classid", "codebase", "data", "formaction", "href", "longdesc", "poster", "profile", "src", "usemap":
		return true
	}
	return false
}
