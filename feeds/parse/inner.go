package parse

import "bytes"

// maxWaste is how often the length of the document may be searched in vain for
// end tags before they are guessed at once; it keeps hostile documents linear.
const maxWaste = 4

// inner returns what the element holds whose start tag was just read, and
// moves behind its end tag; if that is missing, to where it should have been.
func (n *normaliser) inner(t token) []byte {
	start := n.pos
	if n.waste < maxWaste*len(n.src) {
		end, after, ok := n.matchEnd(t.name, start)
		if ok {
			n.pos = after
			return n.src[start:end]
		}
		n.waste += end - start
	}
	end := n.guessEnd()
	if n.pos < len(n.src) {
		n.problems.add("an element that was left open was closed")
	}
	return n.src[start:end]
}

// matchEnd finds the end tag that belongs to the element, and what follows it;
// not behind the end of the item or feed the element stands in. If there is
// none it returns how far it looked.
func (n *normaliser) matchEnd(name []byte, i int) (end, after int, ok bool) {
	src := n.src
	depth := 1
	var nested [8]int // frames' names opened again inside the element
	for {
		lt := bytes.IndexByte(src[i:], '<')
		if lt < 0 || i+lt+1 >= len(src) {
			n.work += len(src) - i
			return len(src), 0, false
		}
		i += lt
		n.work += lt + 1
		switch c := src[i+1]; {
		case c == '!':
			i = n.skipDeclaration(name, i)
		case c == '/':
			tag := src[i+2 : nameEnd(src, i+2)]
			if bytes.EqualFold(tag, name) {
				if depth--; depth == 0 {
					return i, n.tagEnd(i + 2 + len(tag)), true
				}
			} else if k := n.frameNamed(tag); k >= 0 {
				if nested[k]--; nested[k] < 0 {
					return i, 0, false
				}
			}
			i += 2
		case isNameStart(c):
			tag := src[i+1 : nameEnd(src, i+1)]
			same, k := bytes.EqualFold(tag, name), n.frameNamed(tag)
			i += 1 + len(tag)
			if !same && k < 0 {
				continue
			}
			i = n.tagEnd(i)
			switch {
			case i-2 >= 0 && src[i-2] == '/': // <name/>
			case same:
				depth++
			default:
				nested[k]++
			}
		default:
			i++
		}
	}
}

// frameNamed is the index of the frame with that name; -1 if there is none.
func (n *normaliser) frameNamed(tag []byte) int {
	for k := range n.frames {
		if len(tag) > 0 && len(n.frames[k].name) == len(tag) && bytes.EqualFold(n.frames[k].name, tag) {
			return k
		}
	}
	return -1
}

// skipDeclaration moves past a comment or CDATA. CDATA that was never closed
// ends with its element: it has no end at all, or that end is another's, for
// its element ends and another CDATA begins before.
func (n *normaliser) skipDeclaration(name []byte, i int) int {
	switch rest := n.src[i:]; {
	case hasPrefix(rest, commentOpen):
		if end := n.find(&n.commentEnd, "-->", i+len(commentOpen)); end >= 0 {
			return end + 3
		}
	case hasPrefix(rest, cdataOpen):
		start := i + len(cdataOpen)
		end := n.find(&n.cdataEnd, "]]>", start)
		limit := n.find(&n.cdataStart, cdataOpen, start)
		if end >= 0 && (limit < 0 || limit > end) {
			return end + 3
		}
		if limit < 0 {
			limit = len(n.src)
		}
		n.work += limit - start
		if close := indexEndTag(n.src[start:limit], name); close >= 0 {
			n.problems.add("CDATA that was left open was closed")
			return start + close
		}
		if end >= 0 {
			return end + 3
		}
		return len(n.src)
	}
	return i + 2
}

// indexEndTag finds </name in src.
func indexEndTag(src, name []byte) int {
	for i := 0; ; {
		at := bytes.Index(src[i:], []byte("</"))
		if at < 0 {
			return -1
		}
		i += at
		if rest := src[i+2:]; len(rest) >= len(name) && bytes.EqualFold(rest[:len(name)], name) && nameEnd(rest, 0) == len(name) {
			return i
		}
		i += 2
	}
}

// guessEnd is for an element without an end tag: it ends where another element
// of the feed begins, at an end tag that belongs to none of the HTML inside it
// (its own, misspelt), or with what it stands in.
func (n *normaliser) guessEnd() int {
	depth := 0
	for {
		t := n.next()
		switch t.kind {
		case tokenEOF:
			return t.start
		case tokenCDATA:
			if !t.broken {
				continue
			}
			if at := n.frameEnd(t.text); at >= 0 {
				n.problems.add("CDATA that was left open was closed")
				n.pos = t.end - len(t.text) + at
				return n.pos
			}
		case tokenText:
			// A tag that the end of the document has cut off is no text.
			if t.end == len(n.src) && t.broken && isTagLike(t.text) {
				return t.start
			}
		case tokenStart:
			if n.isSibling(t.name) {
				n.pos = t.start
				return t.start
			}
			if !t.empty && !isVoid(lower(t.name)) {
				depth++
			}
		case tokenEnd:
			if n.frameNamed(t.name) >= 0 {
				n.pos = t.start
				return t.start
			}
			if depth == 0 {
				return t.start
			}
			depth--
		}
	}
}

// frameEnd finds the first end tag that has a frame's name.
func (n *normaliser) frameEnd(text []byte) int {
	for i := 0; ; i += 2 {
		at := bytes.Index(text[i:], []byte("</"))
		if at < 0 {
			return -1
		}
		i += at
		if n.frameNamed(text[i+2:nameEnd(text, i+2)]) >= 0 {
			return i
		}
	}
}

func isTagLike(text []byte) bool {
	return len(text) > 1 && (isNameStart(text[1]) || text[1] == '/' || text[1] == '!')
}

// isSibling reports whether a tag is an element of the feed rather than HTML.
func (n *normaliser) isSibling(name []byte) bool {
	sp, local := n.resolve(name)
	if n.frames[len(n.frames)-1].one {
		return ruleOne(sp, local).mode != skip && local != "div" || sp == spaceNative && (local == "category" || local == "comments")
	}
	return ruleTop(sp, local).mode != skip || sp == spaceNative && (local == "image" || local == "copyright" || local == "generator")
}

func isVoid(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}
