package fulltext

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// block is a piece of the article that stands on its own: a paragraph, a
// heading, an item of a list.
type block struct {
	node    *html.Node
	text    string
	letters int
	linked  int  // letters of them in links
	away    bool // a link leads to another site
	gone    bool
}

// trim removes from the article that was chosen what an editor would not call
// its text: what stands before its first sentence (the headline again, dates,
// names, the standfirst), what stands after its last (invitations, the author,
// tags), and in between the links to other articles.
func trim(root *html.Node, base *url.URL, about metadata) {
	wrapLoose(root)
	blocks := blocksOf(root)
	if len(blocks) == 0 {
		return
	}
	total := 0
	for _, b := range blocks {
		total += b.letters
	}
	trimHead(blocks, about)
	trimLabels(blocks)
	for _, b := range blocks {
		b.away = b.linked > 0 && leadsAway(b.node, base)
	}
	trimTeasers(blocks, total)
	trimTail(blocks, about)
	for _, b := range blocks {
		if b.gone {
			removeWithFrame(b.node, root)
		}
	}
}

// leadsAway reports whether a link in a block leads to another site: those are
// not teasers for the publisher's own articles.
func leadsAway(n *html.Node, base *url.URL) bool {
	return find(n, func(k *html.Node) bool {
		if k.Data != "a" {
			return false
		}
		u, err := base.Parse(strings.TrimSpace(attr(k, "href")))
		return err == nil && u.Host != "" && domain(u.Hostname()) != domain(base.Hostname())
	}) != nil
}

// domain is the part of a host name that tells sites apart: good enough here,
// where a wrong answer keeps or drops one line.
func domain(host string) string {
	labels := strings.Split(strings.ToLower(host), ".")
	n := len(labels)
	if n > 2 && len(labels[n-1]) == 2 && len(labels[n-2]) <= 3 { // co.uk, com.au
		return strings.Join(labels[n-3:], ".")
	}
	return strings.Join(labels[max(0, n-2):], ".")
}

// blocksOf lists the blocks under root that have text.
func blocksOf(root *html.Node) []*block {
	var list []*block
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		if n.Type != html.ElementNode || silent(n) || is(n, "table", "pre") && n != root {
			if is(n, "table", "pre") {
				list = append(list, measure(n))
			}
			return
		}
		if isBlock(n) && find(n, isBlock) == nil {
			if b := measure(n); b.text != "" {
				list = append(list, b)
			}
			return
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(root)
	return list
}

// wrapLoose makes paragraphs of the text that stands between blocks without
// being in one itself.
func wrapLoose(n *html.Node) {
	if !isBlock(n) || is(n, "table", "tbody", "thead", "tfoot", "tr", "ul", "ol", "dl", "pre") && find(n, isBlock) == nil {
		return
	}
	mixed := false
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if isBlock(c) || c.Type == html.ElementNode && find(c, isBlock) != nil {
			mixed = true
			wrapLoose(c)
		}
	}
	if !mixed || is(n, "table", "tbody", "thead", "tfoot", "tr", "ul", "ol", "dl", "p") {
		return
	}
	var p *html.Node
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case isBlock(c) || c.Type == html.ElementNode && find(c, isBlock) != nil:
			p = nil
		case p != nil:
			n.RemoveChild(c)
			p.AppendChild(c)
		case textOf(c) != "" && c.Type != html.CommentNode:
			p = &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
			n.InsertBefore(p, c)
			n.RemoveChild(c)
			p.AppendChild(c)
		}
		c = next
	}
}

func measure(n *html.Node) *block {
	b := &block{node: n, text: textOf(n)}
	b.letters = letters(b.text)
	walk(n, func(k *html.Node) bool {
		if k.Data == "a" {
			b.linked += letters(textOf(k))
			return false
		}
		return true
	})
	return b
}

func (b *block) heading() bool { return isHeading(b.node) }

// prose reports whether a block is running text of the article.
func (b *block) prose() bool {
	if b.heading() || is(b.node, "table", "pre") || b.linked*2 > b.letters {
		return false
	}
	return b.letters >= 150 || b.letters >= 40 && sentence(b.text)
}

// sentence reports whether a text ends like one.
func sentence(s string) bool {
	s = strings.TrimRight(s, " \"'”’»」』)]")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？।؟:;", r)
}

// trimHead removes what stands before the first sentence, and that sentence
// too when it is the standfirst: what the page says about itself, set in
// another way than the paragraphs that follow.
func trimHead(blocks []*block, about metadata) {
	for i, b := range blocks[:min(len(blocks), 12)] {
		switch {
		case b.heading():
			if i < 4 && similar(b.text, about.title, about.h1) {
				b.gone = true
			}
		case similar(b.text, about.title, about.h1):
			b.gone = true
		case b.prose():
			if standfirst(b, blocks[i+1:], about) {
				b.gone = true
				continue
			}
			return
		case is(b.node, "table", "pre", "blockquote"), inside(b.node, 3, "blockquote"):
			return
		case is(b.node, "li") && b.letters > 25:
			return
		case stamp(b.text, about):
			b.gone = true
		}
	}
}

// stamp knows the lines between headline and text: when, who, how long.
func stamp(s string, about metadata) bool {
	n := letters(s)
	if n > 90 || sentence(s) && n > 40 {
		return false
	}
	if n <= 60 && dated(s) || signed(s) {
		return true
	}
	for _, a := range about.authors {
		if plain(s) == plain(a) {
			return true
		}
	}
	return false
}

// standfirst tells the summary above an article from its first paragraph: it
// is what the page says about itself, to the word, and stands in another place
// than the paragraphs that follow.
func standfirst(b *block, rest []*block, about metadata) bool {
	if b.letters > 500 || plain(b.text) != plain(about.summary) {
		return false
	}
	home := place(b.node)
	same, other := 0, 0
	for _, r := range rest {
		if r.prose() {
			if place(r.node) == home {
				same++
			} else {
				other++
			}
		}
	}
	return other > 2 && same == 0
}

// place is the element that a block stands in, without wrappers of its own.
func place(n *html.Node) *html.Node {
	for up := n.Parent; up != nil; n, up = up, up.Parent {
		for c := up.FirstChild; c != nil; c = c.NextSibling {
			if c != n && c.Type == html.ElementNode {
				return up
			}
		}
	}
	return nil
}

// trimLabels removes the short lines of furniture wherever they are.
func trimLabels(blocks []*block) {
	for _, b := range blocks {
		if b.letters > 80 {
			continue
		}
		if text := plain(b.text); labels().is(text) || b.linked*10 >= b.letters*9 && pointers().leads(text) {
			b.gone = true
		}
	}
}

// trimTeasers removes links to other articles between the paragraphs: lists of
// nothing but links with the heading above them, and paragraphs that are one
// link. An article that is made of such is left as it is.
func trimTeasers(blocks []*block, total int) {
	var found []*block
	sum := 0
	for i, b := range blocks {
		if b.gone || !teaser(b) {
			continue
		}
		if i > 0 && !blocks[i-1].gone && !blocks[i-1].heading() && !teaser(blocks[i-1]) && strings.HasSuffix(blocks[i-1].text, ":") &&
			blocks[i-1].prose() {
			continue // the sentence before announces it
		}
		found = append(found, b)
		sum += b.letters
	}
	if sum*4 > total {
		return
	}
	for _, b := range found {
		b.gone = true
	}
	// A heading with nothing left under it goes too.
	for i := len(blocks) - 1; i >= 0; i-- {
		b := blocks[i]
		if b.gone || !b.heading() && !strings.HasSuffix(b.text, ":") || b.letters > 80 {
			continue
		}
		if next := i + 1; next < len(blocks) && blocks[next].gone && teaser(blocks[next]) {
			for next < len(blocks) && blocks[next].gone {
				next++
			}
			if next == len(blocks) || blocks[next].heading() || !is(blocks[next].node, "li") {
				b.gone = true
			}
		}
	}
}

// teaser reports whether a block is nothing but a link to another article.
func teaser(b *block) bool {
	if is(b.node, "table", "pre", "td", "th", "dt", "dd", "blockquote") || b.away || b.linked*10 < b.letters*9 || b.letters < 15 {
		return false
	}
	if b.heading() {
		return is(b.node.Parent, "li")
	}
	return is(b.node, "li") || strings.Count(b.text, " ") >= 2
}

// dated reports whether a line holds a year, a time of day or an age.
func dated(s string) bool {
	fields := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;/|()-–—·•年", r) })
	for i, f := range fields {
		f = strings.TrimRight(f, ".")
		n, err := strconv.Atoi(f)
		if err == nil && len(f) == 4 && n >= 1900 && n < 2100 {
			return true
		}
		if hour, minute, ok := strings.Cut(f, ":"); ok && len(hour) <= 2 && len(minute) >= 2 && digits(hour) && digits(minute[:2]) {
			return true
		}
		if err == nil && i+1 < len(fields) {
			switch strings.TrimSuffix(strings.ToLower(fields[i+1]), "s") {
			case "min", "minute", "minuto", "hour", "hr", "day":
				return true
			}
		}
	}
	return false
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// signed reports whether a line says who wrote the article.
func signed(s string) bool {
	for _, by := range []string{"By ", "BY ", "by ", "Von ", "VON ", "Par ", "PAR ", "Por ", "POR ", "Di ", "DI ", "Door ", "Av ", "Af ", "Автор", "文 ", "記者"} {
		if strings.HasPrefix(s, by) {
			return true
		}
	}
	return false
}

// trimTail removes from the end what is not a sentence of the article.
func trimTail(blocks []*block, about metadata) {
	kept := 0
	for i := len(blocks) - 1; i > 0 && kept < 2; i-- {
		b := blocks[i]
		switch {
		case b.gone:
		case is(b.node, "table", "pre"), inside(b.node, 3, "blockquote"):
			return
		case closing(b.text, about), !is(b.node, "li", "td") && stamp(b.text, about):
			b.gone = true
		case kept == 0 && (b.heading() || b.linked*10 >= b.letters*9 && !is(b.node, "li")):
			b.gone = true
		default:
			// One block more is looked at: the invitation often stands above the
			// author's line.
			kept++
		}
	}
}

// similar reports whether a text says what one of the others says, give or
// take a few words.
func similar(s string, others ...string) bool {
	s = plain(s)
	for _, o := range others {
		o = plain(o)
		if s == "" || o == "" {
			continue
		}
		if s == o || len(s) > 30 && len(o) > 30 && (strings.HasPrefix(s, o) && len(o)*4 > len(s)*3 || strings.HasPrefix(o, s) && len(s)*2 > len(o)) {
			return true
		}
		if short := strings.TrimRight(o, "…. "); len(short) > 60 && len(short) < len(s) && strings.HasPrefix(s, short) && len(o) >= len(short) && len(short)*2 > len(s) {
			return true
		}
	}
	return false
}

// removeWithFrame removes a node and what around it is empty then.
func removeWithFrame(n, root *html.Node) {
	for n != root && n.Parent != nil {
		up := n.Parent
		up.RemoveChild(n)
		if up == root || textOf(up) != "" || find(up, isPicture) != nil {
			return
		}
		n = up
	}
}
