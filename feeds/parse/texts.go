package parse

import (
	"bytes"
	"encoding/base64"
	"slices"
	"strings"
	"unicode/utf8"

	"broadsheet/feeds/parse/repair"
)

// content says how the text of an element is meant.
type content uint8

const (
	contentGuess  content = iota // text, or HTML, by the look of it
	contentHTML                  // escaped HTML
	contentTyped                 // the same, and the element says so
	contentXHTML                 // HTML as child elements
	contentBinary                // in base64, and perhaps no text at all
)

// maxMarkup is as much as is read of an article by those who clean it.
const maxMarkup = 4 << 20

// maxPlain is more than any id, address, name or date needs.
const maxPlain = 64 << 10

// text reads an element whose content is wanted.
func (n *reader) text(t repair.Token, r rule, b base) {
	switch r.mode {
	case markup:
		n.markup(t, r.field, b)
	case location:
		n.location(t, b)
	case person:
		n.person(n.inner(t))
	default:
		f := r.field
		if f == fieldGUID && strings.EqualFold(n.attr("ispermalink"), "false") {
			f = fieldOpaque
		}
		text := n.plain(n.inner(t))
		switch r := n.record(); f {
		case fieldCreator:
			r.creators = addName(r.creators, text)
		case fieldSkip:
			r.addSkip(string(text))
		default:
			n.put(f, text)
		}
	}
}

func (n *reader) inner(t repair.Token) []byte {
	if t.Empty {
		return nil
	}
	return n.Inner(t)
}

func (n *reader) attr(name string) string {
	for _, a := range n.Attrs {
		if repair.Lower(a.Name) == name {
			return string(n.decode(a.Value))
		}
	}
	return ""
}

// markup reads an element whose text may be HTML.
func (n *reader) markup(t repair.Token, f field, b base) {
	kind, encoded, address := contentGuess, false, ""
	if len(n.Attrs) > 0 {
		kind, encoded = n.contentKind()
		address = n.attr("src")
	}
	if kind == contentGuess && n.format == formatRSS {
		switch f {
		case fieldDescription, fieldEncoded, fieldBody, fieldContent, fieldDCDescription:
			kind = contentHTML
		}
	}
	inner := n.inner(t)
	if len(inner) > maxMarkup {
		n.problems.add("a text that is too long was cut")
		inner = bytes.ToValidUTF8(inner[:maxMarkup], nil)
	}
	switch {
	case address != "" && len(bytes.TrimSpace(inner)) == 0:
		n.put(fieldSrc, []byte(b.resolve(address)))
	case encoded || kind == contentBinary:
		n.put(f, n.decoded64(inner, kind, b))
	default:
		n.put(f, n.html(inner, kind, b))
	}
}

// contentKind reads the type and mode attributes, and whether the content is in
// base64.
func (n *reader) contentKind() (content, bool) {
	mode := strings.ToLower(n.attr("mode"))
	media, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(n.attr("type"))), ";")
	encoded := mode == "base64"
	switch {
	case media == "html" || media == "text/html":
		return contentTyped, encoded
	case media == "xhtml" || strings.HasSuffix(media, "xml") || mode == "xml":
		return contentXHTML, encoded
	case media == "" || media == "text" || media == "plain":
	case strings.HasPrefix(media, "text/"):
		return contentGuess, encoded
	case strings.Contains(media, "/"):
		return contentBinary, encoded
	}
	return contentGuess, encoded
}

// plain is the text of an element, without its tags. It is good until the next
// call.
func (n *reader) plain(inner []byte) []byte {
	out := n.scratch[:0]
	if bytes.IndexByte(inner, '<') < 0 {
		out = n.entities.Decode(out, inner)
	} else {
		l := repair.NewLexer(inner)
		for t := l.Next(); t.Kind != repair.EOF; t = l.Next() {
			switch t.Kind {
			case repair.Text:
				out = n.entities.Decode(out, t.Text)
			case repair.CDATA:
				out = append(out, t.Text...)
			}
		}
	}
	n.scratch = out
	out = bytes.TrimSpace(out)
	if len(out) > maxPlain {
		out = bytes.ToValidUTF8(out[:maxPlain], nil)
	}
	return out
}

// person reads the name in <name>, else the address in <email>, else the text.
func (n *reader) person(inner []byte) {
	text := n.plain(inner)
	if bytes.IndexByte(inner, '<') >= 0 {
		for _, part := range []string{"name", "email"} {
			if child, ok := childOf(inner, part); ok {
				if text = n.plain(child); len(text) > 0 {
					break
				}
			}
		}
	}
	r := n.record()
	r.authors = addName(r.authors, text)
}

// childOf is what the first child element of that name holds.
func childOf(inner []byte, name string) ([]byte, bool) {
	l := repair.NewLexer(inner)
	from := -1
	for t := l.Next(); t.Kind != repair.EOF; t = l.Next() {
		if t.Kind != repair.Start && t.Kind != repair.End {
			continue
		}
		_, local := repair.SplitName(t.Name)
		switch {
		case repair.Lower(local) != name:
		case t.Kind == repair.Start && from < 0 && !t.Empty:
			from = t.End
		case t.Kind == repair.End && from >= 0:
			return inner[from:t.Start], true
		}
	}
	if from >= 0 {
		return inner[from:], true
	}
	return nil, false
}

func addName(list []string, text []byte) []string {
	name := authorName(string(text))
	if name == "" || len(list) >= maxAuthors || slices.Contains(list, name) {
		return list
	}
	return append(list, name)
}

// html is the content of an element as HTML. It is good until the next call.
func (n *reader) html(inner []byte, kind content, b base) []byte {
	inner = bytes.TrimSpace(inner)
	if bytes.IndexByte(inner, '<') < 0 {
		return n.asHTML(bytes.TrimSpace(n.decode(inner)), kind, b)
	}
	l := repair.NewLexer(inner)
	var parts []byte
	for t := l.Next(); t.Kind != repair.EOF; t = l.Next() {
		switch t.Kind {
		case repair.CDATA:
			if t.Start == 0 && t.End == len(inner) {
				return n.asHTML(bytes.TrimSpace(t.Text), kind, b)
			}
			parts = append(parts, t.Text...)
		case repair.Text:
			parts = n.entities.Decode(parts, t.Text)
		case repair.Start, repair.End:
			n.lost += n.itemsIn(inner)
			w := rewriter{scopes: &n.scopes, base: b, xml: true, escapeCDATA: kind == contentXHTML}
			if kind == contentTyped {
				w.escaped = &n.entities
			}
			return w.rewrite(inner)
		}
	}
	return n.asHTML(bytes.TrimSpace(parts), kind, b)
}

// asHTML turns decoded content into HTML.
func (n *reader) asHTML(text []byte, kind content, b base) []byte {
	if kind != contentHTML && kind != contentTyped && !looksLikeHTML(text) {
		return paragraphs(text)
	}
	if b.declared && bytes.IndexByte(text, '<') >= 0 {
		w := rewriter{scopes: &n.scopes, base: b}
		return w.rewrite(text)
	}
	return text
}

func (n *reader) decoded64(inner []byte, kind content, b base) []byte {
	compact := bytes.Join(bytes.Fields(n.plain(inner)), nil)
	text := make([]byte, base64.StdEncoding.DecodedLen(len(compact)))
	length, err := base64.StdEncoding.Decode(text, compact)
	if text = text[:length]; err != nil || !utf8.Valid(text) || repair.Illegible(text, 0) >= 0 {
		n.problems.add("content that is no text was left out")
		return nil
	}
	if kind == contentXHTML {
		kind = contentHTML
	}
	return n.asHTML(text, kind, b)
}
