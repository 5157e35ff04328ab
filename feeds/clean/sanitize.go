package clean

import (
	"html"
	"slices"
	"strconv"
	"strings"
)

// Text returns plain text of several lines that is safe to show: as Line, but
// line feeds and spaces stay and it is cut at MaxText bytes.
func Text(s string) string { return trimEnd(scrub(cut(s, MaxText))) }

// Sanitize returns an article's content as HTML that is safe to embed: the
// document that HTML writes as Markdown, in the tags p, h1–h6, blockquote, ul,
// ol, li, pre, code, table, tr, th, td, hr, a, img, b, i, s and br, without
// attributes but href, src, alt, title and start. Nothing in it can run. Words
// that HTML adds, to say that a film or a page is embedded there, are not among
// the text but in the title of an empty link.
func Sanitize(src, base string) string {
	var b strings.Builder
	w := workspaces.Get().(*workspace)
	writeHTML(&b, w.build(src, base))
	w.release()
	return b.String()
}

func writeHTML(b *strings.Builder, at *block) {
	for _, k := range at.kids {
		if len(k.spans) > 0 && !slices.ContainsFunc(k.spans, own) {
			continue
		}
		open, shut := tags(k)
		b.WriteString(open)
		switch {
		case k.kind == code:
			b.WriteString(html.EscapeString(k.text))
		case k.text != "" || len(k.spans) > 0:
			writeSpans(b, k)
		}
		writeHTML(b, k)
		b.WriteString(shut)
	}
}

// own reports whether a span is the article's, or the link of what is embedded.
func own(s span) bool { return s.look&added == 0 || s.link != "" }

func tags(k *block) (open, shut string) {
	name := ""
	switch k.kind {
	case paragraph:
		name = "p"
	case heading:
		name = "h" + strconv.Itoa(int(k.level))
	case code:
		return "<pre><code>", "</code></pre>\n"
	case rule:
		return "<hr>\n", ""
	case quote:
		name = "blockquote"
	case list:
		if k.order && k.start != 1 {
			return `<ol start="` + strconv.Itoa(k.start) + `">`, "</ol>\n"
		}
		name = "ul"
		if k.order {
			name = "ol"
		}
	case item:
		name = "li"
	case table:
		name = "table"
	case row:
		name = "tr"
	case cell:
		name = "td"
		if k.head {
			name = "th"
		}
	default:
		return "", ""
	}
	return "<" + name + ">", "</" + name + ">\n"
}

func writeSpans(b *strings.Builder, k *block) {
	for _, s := range k.spans {
		if s.look&added != 0 {
			if s.link != "" {
				b.WriteString(`<a href="` + html.EscapeString(s.link) + `" title="` + html.EscapeString(k.text[s.from:s.to]) + `"></a>`)
			}
			continue
		}
		if s.link != "" {
			b.WriteString(`<a href="` + html.EscapeString(s.link) + `">`)
		}
		if s.image != "" {
			b.WriteString(`<img src="` + html.EscapeString(s.image) + `" alt="` + html.EscapeString(s.alt) + `"` + titleAttr(s.remark) + `>`)
		} else {
			open, shut := lookTags(s.look)
			text := html.EscapeString(k.text[s.from:s.to])
			b.WriteString(open + strings.ReplaceAll(text, "\n", "<br>\n") + shut)
		}
		if s.link != "" {
			b.WriteString("</a>")
		}
	}
}

func titleAttr(s string) string {
	if s == "" {
		return ""
	}
	return ` title="` + html.EscapeString(s) + `"`
}

func lookTags(l look) (open, shut string) {
	for _, t := range []struct {
		look look
		name string
	}{{bold, "b"}, {italic, "i"}, {struck, "s"}, {monospace, "code"}} {
		if l&t.look != 0 {
			open += "<" + t.name + ">"
			shut = "</" + t.name + ">" + shut
		}
	}
	return open, shut
}
