package fulltext

import (
	"strings"

	"golang.org/x/net/html"
)

// prune removes from a page what is not of the article, by what its elements
// are and are called, before readability judges the rest by its text. What
// holds a good part of the page's prose stays, whatever it is called: pages
// name their body "post social-enabled has-sidebar".
func prune(doc *html.Node) {
	p := pruner{prose: make(map[*html.Node]int)}
	total := p.count(doc)
	p.most = total * 3 / 10
	p.walk(doc)
}

type pruner struct {
	prose  map[*html.Node]int // letters of running text under an element
	most   int                // what holds more is not furniture
	before int                // letters of running text that were passed
}

// count sums up the running text: pieces long enough to be of a sentence and
// not linked.
func (p *pruner) count(n *html.Node) int {
	sum := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			if l := letters(c.Data); l >= 30 {
				sum += l
			}
		case html.ElementNode:
			if !silent(c) && c.Data != "head" {
				inner := p.count(c)
				if c.Data != "a" {
					sum += inner
				}
			}
		}
	}
	if n.Type == html.ElementNode {
		p.prose[n] = sum
	}
	return sum
}

func (p *pruner) walk(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch c.Type {
		case html.CommentNode:
			n.RemoveChild(c)
		case html.TextNode:
			if l := letters(c.Data); l >= 30 {
				p.before += l
			}
		case html.ElementNode:
			switch {
			case is(c, "head"):
			case quotedPost(c):
				protect(c)
			case p.drop(c):
				n.RemoveChild(c)
			default:
				if id := attr(c, "id"); id != "" && slug(c, nameWords(nil, id[:min(len(id), 100)])) {
					setAttr(c, "id", "") // readability would go by its words
				}
				p.walk(c)
			}
		}
		c = next
	}
}

func (p *pruner) drop(n *html.Node) bool {
	switch n.Data {
	case "html", "body", "main", "img", "picture", "source", "br", "table", "tbody", "tr", "td":
		return false
	case "svg", "template", "dialog", "select", "input", "textarea", "canvas", "map", "label", "object", "embed":
		return true
	}
	if p.prose[n] > p.most {
		if p.before > 300 && discussion(classWords(n)) && find(n, isHeadline) == nil {
			return true
		}
		if !hidden(n) || inBody(n) {
			show(n)
		}
		return false
	}
	switch n.Data {
	case "nav", "menu", "aside", "button", "form":
		return true
	case "footer":
		return !inside(n, 3, "blockquote", "figure")
	case "header":
		return true
	}
	if hidden(n) {
		return true
	}
	switch strings.ToLower(attr(n, "role")) {
	case "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "alert", "menu", "menubar", "toolbar", "tablist":
		return true
	}
	if (attr(n, "rel") == "author" || strings.Contains(attr(n, "itemprop"), "author")) && !inSentence(n) && letters(textOf(n)) < 100 {
		return true
	}
	words := classWords(n)
	if len(words) == 0 || holds(n, quotedPost) {
		return false
	}
	if inSentence(n) {
		return aside(words)
	}
	return furniture(words) || discussion(words) || smallPrint(words) && letters(textOf(n)) < 200
}

// inSentence reports whether an element is part of a paragraph's text: words
// that are a link to a "popup", a place name of class "source".
func inSentence(n *html.Node) bool {
	if isBlock(n) || find(n, isBlock) != nil {
		return false
	}
	if inside(n, 3, "p", "li", "blockquote", "td", "h2", "h3", "h4") {
		return true
	}
	for c := n.Parent.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode && letters(c.Data) >= 30 {
			return true
		}
	}
	return false
}

func holds(n *html.Node, wanted func(*html.Node) bool) bool {
	return find(n, wanted) != nil
}

func isHeadline(n *html.Node) bool {
	return n.Data == "h1" || strings.Contains(attr(n, "itemprop"), "articleBody")
}

// hidden reports what a browser does not show. Pictures may wait hidden for a
// script to load them.
func hidden(n *html.Node) bool {
	if hasAttr(n, "hidden") || attr(n, "aria-hidden") == "true" {
		return true
	}
	style := attr(n, "style")
	if style == "" {
		return false
	}
	style = strings.ToLower(strings.Join(strings.Fields(style), ""))
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// inBody reports whether an element is of what the page calls the article's
// text. Much that is hidden elsewhere is for another occasion.
func inBody(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n.Type == html.ElementNode && (strings.Contains(attr(n, "itemprop"), "articleBody") || namedBody(classWords(n))) {
			return true
		}
	}
	return false
}

// show takes off what hides the article until a script or a button shows it:
// readability and feeds/clean would leave it out.
func show(n *html.Node) {
	kept := n.Attr[:0]
	for _, a := range n.Attr {
		if a.Key != "hidden" && a.Key != "aria-hidden" && a.Key != "style" {
			kept = append(kept, a)
		}
	}
	n.Attr = kept
}

// quotedPost knows posts from elsewhere that the article quotes: they come in
// wrappers that are called social something.
func quotedPost(n *html.Node) bool {
	if n.Data != "blockquote" {
		return false
	}
	class := strings.ToLower(attr(n, "class"))
	for _, name := range []string{"twitter-tweet", "twitter-video", "instagram-media", "tiktok-embed", "bluesky-embed", "mastodon-embed", "fb-post", "reddit-"} {
		if strings.Contains(class, name) {
			return true
		}
	}
	return false
}

// protect takes the names off a quoted post and its wrappers, so that
// readability does not throw it out for them.
func protect(n *html.Node) {
	n.Attr = nil
	for up := n.Parent; up != nil && is(up, "div", "figure", "section") && len(textOf(up)) < len(textOf(n))+200; up = up.Parent {
		up.Attr = nil
	}
}
