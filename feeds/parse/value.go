package parse

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode/utf8"
)

// content says how the text of an element is meant.
type content uint8

const (
	contentGuess  content = iota // text, or HTML, by the look of it
	contentHTML                  // escaped HTML
	contentXHTML                 // HTML as child elements
	contentBinary                // in base64, and perhaps no text at all
)

// putText writes an element whose content is wanted.
func (n *normaliser) putText(t token, r rule, b base) {
	kind, encoded := n.contentKind(r.out)
	href, rel, permalink, src := n.attr("href"), n.attr("rel"), n.attr("ispermalink"), n.attr("src")
	if r.mode == location && n.format == formatAtom && href != "" {
		n.putAttrs(t, "link", b)
		return
	}
	var inner []byte
	if !t.empty {
		inner = n.inner(t)
	}
	switch r.mode {
	case markup:
		if src != "" && len(bytes.TrimSpace(inner)) == 0 {
			n.put("b:src", []byte(b.resolve(src)))
			return
		}
		if encoded || kind == contentBinary {
			n.put(n.outName(r.out), n.decoded64(inner, kind, b))
			return
		}
		n.put(n.outName(r.out), n.html(inner, kind, b))
	case person:
		n.put(r.out, n.person(inner))
	case location:
		n.putLocation(n.text(inner), href, rel, b)
	default:
		name := n.outName(r.out)
		if name == "guid" && strings.EqualFold(permalink, "false") {
			name = "b:id"
		}
		n.put(name, n.text(inner))
	}
}

// outName is the name of an element in the normal form of this format.
func (n *normaliser) outName(name string) string {
	if n.format == formatAtom {
		switch name {
		case "description":
			if n.frames[len(n.frames)-1].one {
				return "summary"
			}
			return "subtitle"
		case "ttl", "language":
			return "b:" + name
		}
		return name
	}
	switch name {
	case "summary":
		return "b:summary"
	case "content":
		return "b:body"
	}
	return name
}

func (n *normaliser) attr(name string) string {
	for _, a := range n.attrs {
		if lower(a.name) == name {
			return string(n.entities.decode(nil, a.value))
		}
	}
	return ""
}

// contentKind reads the type and mode attributes, and whether the content is in
// base64.
func (n *normaliser) contentKind(out string) (content, bool) {
	mode := strings.ToLower(n.attr("mode"))
	media, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(n.attr("type"))), ";")
	encoded := mode == "base64"
	switch {
	case media == "html" || media == "text/html":
		return contentHTML, encoded
	case media == "xhtml" || strings.HasSuffix(media, "xml") || mode == "xml":
		return contentXHTML, encoded
	case media == "" || media == "text" || media == "plain":
	case strings.HasPrefix(media, "text/"):
		return contentGuess, encoded
	case strings.Contains(media, "/"):
		return contentBinary, encoded
	}
	switch out {
	case "description", "content:encoded", "b:body", "dc:description":
		if n.format == formatRSS {
			return contentHTML, encoded
		}
	}
	return contentGuess, encoded
}

// text is the plain text of an element, without its tags.
func (n *normaliser) text(inner []byte) []byte {
	out := n.scratch[:0]
	if bytes.IndexByte(inner, '<') < 0 {
		out = n.entities.decode(out, inner)
	} else {
		l := lexer{src: inner}
		for t := l.next(); t.kind != tokenEOF; t = l.next() {
			switch t.kind {
			case tokenText:
				out = n.entities.decode(out, t.text)
			case tokenCDATA:
				out = append(out, t.text...)
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

// maxPlain is more than any id, address, name or date needs.
const maxPlain = 64 << 10

// person is the name in <name>, else the address in <email>, else the text.
func (n *normaliser) person(inner []byte) []byte {
	if bytes.IndexByte(inner, '<') < 0 {
		return n.text(inner)
	}
	var name, email []byte
	l := lexer{src: inner}
	for t := l.next(); t.kind != tokenEOF; t = l.next() {
		if t.kind != tokenStart || t.empty {
			continue
		}
		_, local := splitName(t.name)
		field := &name
		switch lower(local) {
		case "name":
		case "email":
			field = &email
		default:
			continue
		}
		end := indexEndTag(inner[l.pos:], t.name)
		if end < 0 {
			end = len(inner) - l.pos
		}
		if len(*field) == 0 {
			*field = append([]byte(nil), n.text(inner[l.pos:l.pos+end])...)
		}
		l.pos += end
	}
	switch {
	case len(name) > 0:
		return name
	case len(email) > 0:
		return email
	}
	return n.text(inner)
}

func (n *normaliser) putLocation(text []byte, href, rel string, b base) {
	if rel != "" && rel != "alternate" {
		return
	}
	address := string(text)
	if address == "" {
		address = strings.TrimSpace(href)
	}
	address = b.resolve(address)
	if n.format == formatRSS {
		n.put("link", []byte(address))
		return
	}
	n.out = append(n.out, `<link href="`...)
	n.out = escape(n.out, []byte(address))
	n.out = append(n.out, `"/>`...)
}

// html is the content of an element as HTML.
func (n *normaliser) html(inner []byte, kind content, b base) []byte {
	inner = bytes.TrimSpace(inner)
	if bytes.IndexByte(inner, '<') < 0 {
		n.scratch = n.entities.decode(n.scratch[:0], inner)
		return n.asHTML(n.scratch, kind, b)
	}
	l := lexer{src: inner}
	var parts []byte
	for t := l.next(); t.kind != tokenEOF; t = l.next() {
		switch t.kind {
		case tokenCDATA:
			if t.start == 0 && t.end == len(inner) {
				return n.asHTML(bytes.TrimSpace(t.text), kind, b)
			}
			parts = append(parts, t.text...)
		case tokenText:
			parts = n.entities.decode(parts, t.text)
		case tokenStart, tokenEnd:
			w := rewriter{scopes: &n.scopes, base: b, xml: true, escapeCDATA: kind == contentXHTML}
			return w.rewrite(inner)
		}
	}
	return n.asHTML(bytes.TrimSpace(parts), kind, b)
}

// asHTML turns decoded content into HTML.
func (n *normaliser) asHTML(text []byte, kind content, b base) []byte {
	if kind != contentHTML && !looksLikeHTML(text) {
		return paragraphs(text)
	}
	if b.declared && bytes.IndexByte(text, '<') >= 0 {
		w := rewriter{scopes: &n.scopes, base: b}
		return w.rewrite(text)
	}
	return text
}

func (n *normaliser) decoded64(inner []byte, kind content, b base) []byte {
	compact := bytes.Join(bytes.Fields(n.text(inner)), nil)
	text := make([]byte, base64.StdEncoding.DecodedLen(len(compact)))
	length, err := base64.StdEncoding.Decode(text, compact)
	if text = text[:length]; err != nil || !utf8.Valid(text) || firstIllegible(text, 0) >= 0 {
		n.problems.add("content that is no text was left out")
		return nil
	}
	if kind == contentXHTML {
		kind = contentHTML
	}
	return n.asHTML(text, kind, b)
}
