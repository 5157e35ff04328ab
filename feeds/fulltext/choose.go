package fulltext

import (
	"net/url"
	"strings"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// shortArticle is how many characters satisfy readability. With fewer it tries
// again with less pruning, which in what is pruned already finds little more
// than furniture.
const shortArticle = 200

// choose finds the element that holds the article: readability's answer, or
// the body that the page itself marks, if the two agree that it is one. When
// readability finds next to nothing of what is there, the place of most of it is taken.
func choose(doc *html.Node, base *url.URL) *html.Node {
	p := pruner{prose: make(map[*html.Node]int)}
	total := p.count(doc)
	marked := p.marked(doc, total)
	withByline(doc)
	parser := readability.NewParser()
	parser.KeepClasses = true
	parser.DisableJSONLD = true
	parser.CharThresholds = shortArticle
	found := 0
	article, err := parser.ParseDocument(doc, base)
	if err == nil && article.Node != nil {
		found = letters(textOf(article.Node))
	}
	switch {
	case marked != nil && found == 0:
		return marked
	case found < shortArticle && total > 3*found+shortArticle:
		return p.densest(doc, total)
	case found == 0:
		return nil
	case marked == nil:
		return article.Node
	}
	if ours := letters(textOf(marked)); ours*10 < found*7 || ours*10 > found*14 {
		return article.Node
	}
	return marked
}

// densest returns the innermost element that holds nearly all of the prose.
func (p *pruner) densest(doc *html.Node, total int) *html.Node {
	best := doc
	walk(doc, func(n *html.Node) bool {
		if p.prose[n]*20 < total*17 {
			return false
		}
		best = n
		return isBlock(n) || is(n, "html", "main")
	})
	return best
}

// withByline declares an author, whoever it is: where none is declared
// readability looks for one, takes an article of class "author-somebody" for it,
// and removes it whole.
func withByline(doc *html.Node) {
	if head := find(doc, func(n *html.Node) bool { return n.Data == "head" }); head != nil {
		head.AppendChild(&html.Node{Type: html.ElementNode, Data: "meta", DataAtom: atom.Meta,
			Attr: []html.Attribute{{Key: "name", Val: "author"}, {Key: "content", Val: "author"}}})
	}
}

// marked returns the element that the page calls the article's text, the
// innermost that holds nearly all of it; nil if there is none, or if the text
// is spread over several.
func (p *pruner) marked(doc *html.Node, total int) *html.Node {
	var best *html.Node
	others := 0
	walk(doc, func(n *html.Node) bool {
		if !strings.Contains(attr(n, "itemprop"), "articleBody") && !namedBody(classWords(n)) {
			return true
		}
		switch {
		case best != nil && within(n, best):
			if p.prose[n]*20 >= p.prose[best]*19 {
				best = n
			}
		case best == nil || p.prose[n] > p.prose[best]:
			if best != nil {
				others += p.prose[best]
			}
			best = n
		default:
			others += p.prose[n]
			return false
		}
		return true
	})
	if best == nil || p.prose[best]*2 < total || others*20 > p.prose[best] {
		return nil
	}
	return best
}

func within(n, outer *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

func namedBody(words []string) bool {
	for i, w := range words {
		switch w {
		case "articlebody", "storybody", "postbody", "articletext", "articlecontent", "storytext", "bodytext", "postcontent":
			return true
		case "article", "entry", "post", "story":
			if i+1 < len(words) {
				switch words[i+1] {
				case "body", "content", "text":
					return i+2 == len(words) || words[i+2] == "/" || words[i+2] == "content" || words[i+2] == "text" || words[i+2] == "body"
				}
			}
		}
	}
	return false
}
