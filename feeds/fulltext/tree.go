package fulltext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func attr(n *html.Node, key string) string {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return n.Attr[i].Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, key string) bool {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			return true
		}
	}
	return false
}

func setAttr(n *html.Node, key, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

// is tells elements by name, not by atom: readability renames them and leaves
// the atom as it was.
func is(n *html.Node, names ...string) bool {
	if n == nil || n.Type != html.ElementNode {
		return false
	}
	for _, name := range names {
		if n.Data == name {
			return true
		}
	}
	return false
}

func remove(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// walk visits the elements under n in the order of the page; visit returns
// whether to look inside. An element may be removed while it is visited.
func walk(n *html.Node, visit func(*html.Node) bool) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.Type == html.ElementNode && visit(c) {
			walk(c, visit)
		}
		c = next
	}
}

// find returns the first element under n that is asked for.
func find(n *html.Node, wanted func(*html.Node) bool) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if wanted(c) {
			return c
		}
		if found := find(c, wanted); found != nil {
			return found
		}
	}
	return nil
}

// inside reports whether n is under an element of one of these names, at most
// up levels above.
func inside(n *html.Node, up int, names ...string) bool {
	for p := n.Parent; p != nil && up > 0; p, up = p.Parent, up-1 {
		if is(p, names...) {
			return true
		}
	}
	return false
}

// textOf is the text under a node as one line.
func textOf(n *html.Node) string {
	var b strings.Builder
	writeTextOf(&b, n)
	return strings.Join(strings.Fields(b.String()), " ")
}

func writeTextOf(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
		return
	}
	if n.Type == html.ElementNode && silent(n) {
		return
	}
	if is(n, "br") || isBlock(n) {
		b.WriteByte(' ')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeTextOf(b, c)
	}
	if isBlock(n) {
		b.WriteByte(' ')
	}
}

// silent elements hold no text for readers.
func silent(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Iframe, atom.Object, atom.Noembed, atom.Noframes, atom.Title:
		return true
	}
	return false
}

func isBlock(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.Data {
	case "address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
		"h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
		"tfoot", "th", "thead", "tr", "ul":
		return true
	}
	return false
}

// letters counts the letters, digits and signs of scripts without spaces; a
// sign of those says as much as three letters.
func letters(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if r > ' ' {
				n++
			}
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
			n += 3
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			n++
		}
	}
	return n
}

// classWords splits class names and the id into words: "entry-shareBar" is
// entry, share, bar. The names are parted by "/".
func classWords(n *html.Node) []string {
	var words []string
	class, id := attr(n, "class"), attr(n, "id")
	for name := range strings.FieldsSeq(class[:min(len(class), 1000)]) {
		words = append(nameWords(words, name), "/")
	}
	if id != "" {
		if own := nameWords(nil, id[:min(len(id), 100)]); !slug(n, own) {
			words = append(append(words, own...), "/")
		}
	}
	return words
}

// slug reports whether an id was made of the heading of its section, whose
// words say what the text is about and not what the element is for.
func slug(n *html.Node, id []string) bool {
	if len(id) > 3 || isHeading(n) {
		return true
	}
	c := n.FirstChild
	for c != nil && c.Type != html.ElementNode {
		c = c.NextSibling
	}
	return c != nil && isHeading(c) && plain(textOf(c)) == strings.Join(id, " ")
}

func isHeading(n *html.Node) bool { return is(n, "h1", "h2", "h3", "h4", "h5", "h6") }

func nameWords(words []string, name string) []string {
	start := 0
	add := func(end int) {
		if end > start {
			words = append(words, strings.ToLower(name[start:end]))
		}
		start = end
	}
	for i := 0; i < len(name); i++ {
		c := name[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 0x80:
		case c >= 'A' && c <= 'Z':
			if i > 0 && name[i-1] >= 'a' && name[i-1] <= 'z' {
				add(i)
			}
		default:
			add(i)
			start = i + 1
		}
	}
	add(len(name))
	return words
}
