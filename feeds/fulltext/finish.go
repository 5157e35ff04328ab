package fulltext

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// finish writes the article that was found, or says why there is none.
func finish(best *html.Node, base *url.URL, about metadata, s signs) (Page, error) {
	p := Page{Title: about.title, Byline: strings.Join(about.authors, ", "), Summary: about.summary, Site: about.site, Language: about.language,
		Published: about.published}
	if about.image != "" {
		p.Image = absolute(base, about.image)
	}
	if about.gallery {
		p.Kind = Gallery
	}
	if s.liveblog > 2 || slices.Contains(about.types, "LiveBlogPosting") {
		p.Kind = LiveBlog
	}
	if best != nil {
		p.Text = lines(best)
	}
	// What the page gives to machines helps where scripts would have to write
	// the text. Behind a wall it is not taken.
	if body := about.body; !about.walled && letters(body) > 2*letters(p.Text)+200 && !cutOff(body) {
		best = paragraphs(body)
		p.Text = lines(best)
	}
	if err := s.verdict(p.Text, about); err != nil {
		if err != ErrPaywall {
			p.HTML, p.Text = "", ""
			return p, err
		}
		p.HTML = render(best, base, about)
		return p, err
	}
	p.HTML = render(best, base, about)
	if p.Image == "" {
		if img := find(best, func(n *html.Node) bool { return n.Data == "img" && strings.HasPrefix(attr(n, "src"), "http") }); img != nil {
			p.Image = attr(img, "src")
		}
	}
	return p, nil
}

// lines is the text under root, a line for each block.
func lines(root *html.Node) string {
	var b strings.Builder
	for _, k := range blocksOf(root) {
		b.WriteString(k.text)
		b.WriteByte('\n')
	}
	return b.String()
}

// paragraphs makes markup of a text.
func paragraphs(body string) *html.Node {
	root := &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div}
	if strings.Contains(body, "<p") || strings.Contains(body, "<br") {
		nodes, err := html.ParseFragment(strings.NewReader(reduce([]byte(body)).html), root)
		if err == nil {
			for _, n := range nodes {
				root.AppendChild(n)
			}
			return root
		}
	}
	for line := range strings.Lines(body) {
		if line = strings.TrimSpace(line); line != "" {
			p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
			p.AppendChild(&html.Node{Type: html.TextNode, Data: line})
			root.AppendChild(p)
		}
	}
	return root
}

// render writes the article without what only a browser needs. Addresses are
// made absolute, as the page's own base says.
func render(root *html.Node, base *url.URL, about metadata) string {
	if root == nil {
		return ""
	}
	tidy(root, base, about)
	walk(root, func(n *html.Node) bool {
		tidy(n, base, about)
		return true
	})
	var b strings.Builder
	if html.Render(&b, root) != nil {
		return ""
	}
	return b.String()
}

func tidy(n *html.Node, base *url.URL, about metadata) {
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		switch a.Key {
		case "href", "src", "poster", "data-src", "data-lazy-src", "data-original":
			if address := absolute(base, a.Val); address != "" && !strings.HasPrefix(a.Val, "#") {
				a.Val = address
			} else if !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "data:") {
				continue
			}
		case "title":
			if n.Data == "img" && similar(a.Val, about.title, about.h1) {
				continue
			}
		case "class":
			// Names matter where they say how code or a formula is written.
			if !is(n, "code", "pre", "span", "math", "semantics") {
				continue
			}
		case "alt", "srcset", "data-srcset", "width", "height", "start", "lang", "dir", "colspan", "rowspan", "type", "encoding", "display", "role", "scope", "datetime", "alttext":
		default:
			continue
		}
		kept = append(kept, a)
	}
	n.Attr = kept
}
