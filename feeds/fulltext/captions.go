package fulltext

import (
	"golang.org/x/net/html"
)

// maxCaption is more than captions have; longer ones are text.
const maxCaption = 800

// captions moves the words under pictures to the pictures, as their alt text:
// there they are read with the picture and do not interrupt the sentence that
// it stands in. In a gallery, where they are the text, they become paragraphs;
// it reports whether the page is one.
func captions(doc *html.Node) bool {
	found, said, pictures := gather(doc)
	if len(found) >= 5 && pictures >= 5 && said > 400 {
		p := pruner{prose: make(map[*html.Node]int)}
		if all := p.count(doc); said*10 > all*7 {
			for _, c := range found {
				c.Data, c.DataAtom, c.Attr = "p", 0, nil
			}
			return true
		}
	}
	for _, c := range found {
		words := textOf(c)
		if img := pictureOf(c); img != nil {
			if words != "" && len(words) > len(attr(img, "alt")) {
				setAttr(img, "alt", words)
			}
		}
		if holds(c, func(n *html.Node) bool { return n.Data == "img" || n.Data == "picture" }) {
			keepPictures(c)
			continue
		}
		remove(c)
	}
	return false
}

// gather lists a page's captions, the letters in them, and counts its figures.
func gather(doc *html.Node) (found []*html.Node, said, pictures int) {
	walk(doc, func(n *html.Node) bool {
		if n.Data == "img" {
			pictures++
		}
		if n.Data == "figcaption" || captioned(classWords(n)) && !is(n, "img", "figure", "table", "body", "article", "main", "pre", "picture") {
			if t := textOf(n); len(t) <= maxCaption && (n.Data == "figcaption" || find(n, isPicture) == nil) {
				found = append(found, n)
				if l := letters(t); l > 40 {
					said += l
				}
				return false
			}
		}
		return true
	})
	return found, said, pictures
}

func isPicture(n *html.Node) bool { return n.Data == "img" || n.Data == "picture" || n.Data == "video" }

// pictureOf finds the picture that a caption belongs to: in the figure around
// it, or close before it.
func pictureOf(c *html.Node) *html.Node {
	for up, n := c.Parent, 0; up != nil && n < 4; up, n = up.Parent, n+1 {
		if is(up, "body", "main", "article") {
			return nil
		}
		if img := find(up, func(n *html.Node) bool { return n.Data == "img" }); img != nil {
			return img
		}
		if up.Data == "figure" {
			return nil
		}
	}
	return nil
}

// keepPictures leaves of a caption only the pictures that were put into it.
func keepPictures(c *html.Node) {
	walk(c, func(n *html.Node) bool { return !isPicture(n) })
	var keep []*html.Node
	walk(c, func(n *html.Node) bool {
		if isPicture(n) {
			keep = append(keep, n)
			return false
		}
		return true
	})
	for c.FirstChild != nil {
		c.RemoveChild(c.FirstChild)
	}
	for _, n := range keep {
		remove(n)
		c.AppendChild(n)
	}
	c.Data, c.DataAtom = "div", 0
}
