package fulltext

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// reduced is a page without what is no text: scripts, styles, comments.
type reduced struct {
	html string
	data []string // the page's JSON-LD
	size int      // bytes of script that were left out
}

// maxFormatting is how many open formatting elements are passed on. A browser
// opens them again in every paragraph, so that a tree can become thousands of
// times the size of a hostile source.
const maxFormatting = 12

// reduce copies a page's markup within limits, so that the tree that is made
// of it is never much larger than the page.
func reduce(page []byte) reduced {
	var out strings.Builder
	out.Grow(len(page) / 2)
	var r reduced
	g := guard{counts: make(map[atom.Atom]int)}
	z := html.NewTokenizer(bytes.NewReader(page))
	elements := 0
	var raw atom.Atom // script or style whose text comes next
	linked := false   // … and is JSON-LD
	for elements < maxElements {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			r.html = out.String()
			return r
		case html.TextToken:
			switch {
			case raw == 0:
				out.Write(z.Raw())
			case linked:
				r.data = append(r.data, string(z.Raw()))
			default:
				r.size += len(z.Raw())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			source := z.Raw()
			name, more := z.TagName()
			tag := atom.Lookup(name)
			if tag == atom.Script || tag == atom.Style {
				raw, linked = tag, false
				for more {
					var key, value []byte
					key, value, more = z.TagAttr()
					if string(key) == "type" && strings.Contains(strings.ToLower(string(value)), "ld+json") {
						linked = len(r.data) < 20
					}
				}
				continue
			}
			raw = 0
			elements++
			if g.opens(tag, string(name)) {
				out.Write(source)
			}
		case html.EndTagToken:
			source := z.Raw()
			name, _ := z.TagName()
			tag := atom.Lookup(name)
			if tag == atom.Script || tag == atom.Style {
				raw = 0
				continue
			}
			if g.closes(tag, string(name)) {
				out.Write(source)
			}
		case html.DoctypeToken:
			out.Write(z.Raw())
		}
	}
	r.html = out.String()
	return r
}

// guard keeps track of open elements, to hold the tree to its limits.
type guard struct {
	counts map[atom.Atom]int // formatting elements that are open
	format int               // their sum
	open   []string          // other elements that are open
}

func (g *guard) opens(tag atom.Atom, name string) bool {
	switch {
	case formatting(tag):
		if g.format >= maxFormatting {
			return false
		}
		g.counts[tag]++
		g.format++
		return true
	case isVoid(tag) || impliesEnd(tag):
		return true
	}
	if len(g.open) >= maxDepth {
		return false
	}
	g.open = append(g.open, name)
	return true
}

func (g *guard) closes(tag atom.Atom, name string) bool {
	switch {
	case formatting(tag):
		if g.counts[tag] == 0 {
			return false
		}
		g.counts[tag]--
		g.format--
		return true
	case isVoid(tag) || impliesEnd(tag):
		return true
	}
	for i := len(g.open) - 1; i >= 0; i-- {
		if g.open[i] == name {
			g.open = g.open[:i]
			return true
		}
	}
	return false
}

func formatting(tag atom.Atom) bool {
	switch tag {
	case atom.A, atom.B, atom.Big, atom.Code, atom.Em, atom.Font, atom.I, atom.Nobr, atom.S, atom.Small, atom.Strike, atom.Strong, atom.Tt, atom.U:
		return true
	}
	return false
}

func isVoid(tag atom.Atom) bool {
	switch tag {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Param, atom.Source,
		atom.Track, atom.Wbr, atom.Keygen, atom.Image:
		return true
	}
	return false
}

// impliesEnd knows the elements that close each other: pages leave them open
// in thousands and yet they do not nest.
func impliesEnd(tag atom.Atom) bool {
	switch tag {
	case atom.P, atom.Li, atom.Dt, atom.Dd, atom.Tr, atom.Td, atom.Th, atom.Tbody, atom.Thead, atom.Tfoot, atom.Option, atom.Optgroup,
		atom.Html, atom.Head, atom.Body, atom.Colgroup, atom.Rt, atom.Rp:
		return true
	}
	return false
}
