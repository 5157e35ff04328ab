package markdown

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"broadsheet/ui/cells"
)

const (
	maxURL      = 2 << 10
	maxLinkText = 200
)

// inliner copies the inlines of one block into a tree that is easily styled:
// every text decoded and made safe, links replaced by marks, nesting limited.
// Its texts lie in a source of its own.
type inliner struct {
	from   []byte // the article's source
	source []byte // the copy's
	links  *[]Link
	inLink bool
}

// copyInlines returns a block that holds the copies of parent's children.
func (c *inliner) copyInlines(parent ast.Node) ast.Node {
	block := ast.NewTextBlock()
	c.children(block, parent, 0)
	return block
}

func (c *inliner) children(to, from ast.Node, depth int) {
	if depth > maxDepth {
		c.text(to, plainText(from, c.from))
		return
	}
	for n := from.FirstChild(); n != nil; n = n.NextSibling() {
		c.inline(to, n, depth)
	}
}

func (c *inliner) inline(to, n ast.Node, depth int) {
	switch n := n.(type) {
	case *ast.Text:
		c.text(to, textOf(n, c.from))
		switch {
		case n.HardLineBreak():
			c.literal(to, "\n")
		case n.SoftLineBreak():
			c.literal(to, c.softBreak(n))
		}
	case *ast.CodeSpan:
		span := ast.NewCodeSpan()
		span.AppendChild(span, c.segment(safe(plainText(n, c.from))))
		to.AppendChild(to, span)
	case *ast.Emphasis:
		em := ast.NewEmphasis(min(n.Level, 2))
		c.children(em, n, depth+1)
		to.AppendChild(to, em)
	case *extast.Strikethrough:
		s := extast.NewStrikethrough()
		s.AppendChild(s, c.segment(safe(plainText(n, c.from))))
		to.AppendChild(to, s)
	case *ast.Link:
		c.link(to, n, string(n.Destination), depth)
	case *ast.AutoLink:
		address := string(n.URL(c.from))
		if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(address, "mailto:") {
			address = "mailto:" + address
		}
		c.link(to, nil, address, depth)
	case *ast.Image:
		c.picture(to, n)
	case *extast.TaskCheckBox: // drawn by the list
	default:
		c.children(to, n, depth+1)
	}
}

// softBreak is what a line break in the source stands for: a space, or nothing
// between characters of a script that has none.
func (c *inliner) softBreak(n *ast.Text) string {
	before, _ := utf8.DecodeLastRune(n.Segment.Value(c.from))
	if next, ok := n.NextSibling().(*ast.Text); ok {
		after, _ := utf8.DecodeRune(next.Segment.Value(c.from))
		if wideScript(before) && wideScript(after) && !hangul(before) && !hangul(after) {
			return ""
		}
	}
	return " "
}

func hangul(r rune) bool { return r >= 0xac00 && r <= 0xd7ff || r >= 0x1100 && r <= 0x11ff }

// link copies a link. Its address goes to the list of links, and into the text
// only its number, as a mark that the fence turns into "[1]". n is nil for a
// bare address.
func (c *inliner) link(to ast.Node, n *ast.Link, address string, depth int) {
	address, ok := openable(address)
	if !ok || c.inLink {
		if n != nil {
			c.children(to, n, depth+1)
		} else {
			c.text(to, address)
		}
		return
	}
	label := ""
	if n != nil {
		label = strings.TrimSpace(plainText(n, c.from))
	}
	bare := label == "" || label == address
	if bare {
		label = shortAddress(address)
	}
	number := c.add(Link{URL: address, Text: clip(label)})
	c.literal(to, string(markLink+rune(number)))
	link := ast.NewLink()
	if bare && (n == nil || !hasPicture(n)) {
		c.text(link, label)
	} else {
		c.inLink = true
		c.children(link, n, depth+1)
		c.inLink = false
	}
	to.AppendChild(to, link)
	c.literal(to, string(markClose))
}

// picture stands for an image: its words, and its number among the links.
func (c *inliner) picture(to ast.Node, n *ast.Image) {
	label := "Picture"
	if alt := strings.TrimSpace(plainText(n, c.from)); alt != "" {
		label += ": " + alt
	}
	address, ok := openable(string(n.Destination))
	em := ast.NewEmphasis(1)
	if !ok || c.inLink {
		c.text(em, "["+label+"]")
		to.AppendChild(to, em)
		return
	}
	number := c.add(Link{URL: address, Text: clip(label), Picture: true})
	c.literal(to, string(markLink+rune(number)))
	c.text(em, label)
	to.AppendChild(to, em)
	c.literal(to, string(markClose))
}

func (c *inliner) add(l Link) int {
	l.N = len(*c.links) + 1
	*c.links = append(*c.links, l)
	return l.N
}

// text appends decoded text of the article.
func (c *inliner) text(to ast.Node, s string) {
	s = strings.ReplaceAll(safe(s), "\n", " ")
	c.literal(to, s)
}

// literal appends a text of ours, which may hold marks.
func (c *inliner) literal(to ast.Node, s string) {
	if s != "" {
		to.AppendChild(to, c.segment(s))
	}
}

func (c *inliner) segment(s string) *ast.Text {
	start := len(c.source)
	c.source = append(c.source, s...)
	return ast.NewTextSegment(text.NewSegment(start, len(c.source)))
}

// textOf is what a text node says, decoded.
func textOf(n *ast.Text, source []byte) string {
	value := n.Segment.Value(source)
	if n.IsRaw() {
		return string(value)
	}
	return decode(value)
}

func decode(value []byte) string {
	for _, b := range value {
		if b == '&' || b == '\\' {
			return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(value))))
		}
	}
	return string(value)
}

// plainText is the text under a node, without its markup.
func plainText(n ast.Node, source []byte) string {
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			b.WriteString(textOf(n, source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.AutoLink:
			b.Write(n.Label(source))
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

func hasPicture(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == ast.KindImage {
			return true
		}
	}
	return false
}

// openable is an address that may be opened: http, https or mailto, absolute,
// and harmless inside an escape sequence.
func openable(raw string) (string, bool) {
	raw = strings.TrimSpace(decode([]byte(raw)))
	if len(raw) > maxURL || strings.ContainsFunc(raw, func(r rune) bool { return r <= ' ' || r == 0x7f || r == markStop || dropped(r) }) {
		return safe(raw), false
	}
	u, err := url.Parse(raw)
	if err != nil {
		return raw, false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return asciiOnly(raw), u.Host != ""
	case "mailto":
		return asciiOnly(raw), u.Opaque != ""
	}
	return raw, false
}

// asciiOnly percent-encodes what is not ASCII.
func asciiOnly(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; c < 0x80 {
			b.WriteByte(c)
		} else {
			b.WriteString(string([]byte{'%', hex[c>>4], hex[c&15]}))
		}
	}
	return b.String()
}

// shortAddress is how a bare address is shown in the text: the whole of it
// stands in the list of links.
func shortAddress(address string) string {
	for _, prefix := range []string{"https://", "http://", "mailto:", "www."} {
		address = strings.TrimPrefix(address, prefix)
	}
	return cells.Cut(cells.Wc, strings.TrimSuffix(address, "/"), 40)
}

func clip(s string) string {
	s = strings.ReplaceAll(safe(s), "\n", " ")
	if len(s) <= maxLinkText {
		return s
	}
	cut := maxLinkText
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + cells.Ellipsis
}
