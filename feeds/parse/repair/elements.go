package repair

import "bytes"

// maxWaste is how often the length of the document may be searched in vain for
// end tags before they are guessed at once; it keeps hostile documents linear.
const maxWaste = 4

// Elements is a Lexer that knows which elements are open, and so where one ends
// whose end tag is missing.
type Elements struct {
	Lexer
	known   func(name []byte) bool
	problem func(string)
	open    [][]byte // names of the elements that were entered, as written
	waste   int      // bytes searched in vain for end tags
}

// What is said of repairs.
const (
	leftOpen  = "an element that was left open was closed"
	openCDATA = "CDATA that was left open was closed"
)

// NewElements returns Elements at the beginning of src. Known says whether a tag
// is one of the format, which cannot stand inside a text; problem is told of
// repairs.
func NewElements(src []byte, known func(name []byte) bool, problem func(string)) *Elements {
	return &Elements{Lexer: Lexer{src: src}, known: known, problem: problem}
}

// Enter says that an element is open whose children are read one by one. No
// element read by Inner goes on behind its end.
func (e *Elements) Enter(name []byte) { e.open = append(e.open, name) }

// Leave says that the innermost open element has ended.
func (e *Elements) Leave() { e.open = e.open[:len(e.open)-1] }

// Ends is how many of the open elements an end tag ends, itself included; 0 if
// it belongs to none. More than one means that end tags are missing.
func (e *Elements) Ends(name []byte) int {
	for i := len(e.open) - 1; i >= 0; i-- {
		if bytes.EqualFold(e.open[i], name) {
			if i < len(e.open)-1 {
				e.problem(leftOpen)
			}
			return len(e.open) - i
		}
	}
	return 0
}

// Inner returns what the element holds whose start tag was just read, and moves
// behind its end tag; if that is missing, to where it should have been.
func (e *Elements) Inner(t Token) []byte {
	start := e.Pos
	if e.waste < maxWaste*len(e.src) {
		end, after, ok := e.matchEnd(t.Name, start)
		if ok {
			e.Pos = after
			return e.src[start:end]
		}
		e.waste += end - start
	}
	end := e.guessEnd()
	if e.Pos < len(e.src) {
		e.problem(leftOpen)
	}
	return e.src[start:end]
}

// matchEnd finds the end tag that belongs to the element, and what follows it;
// not behind the end of an open element. If there is none it returns how far it
// looked.
func (e *Elements) matchEnd(name []byte, i int) (end, after int, ok bool) {
	src := e.src
	depth := 1
	var nested [8]int // open elements' names opened again inside the element
	for {
		lt := bytes.IndexByte(src[i:], '<')
		if lt < 0 || i+lt+1 >= len(src) {
			e.Work += len(src) - i
			return len(src), 0, false
		}
		i += lt
		e.Work += lt + 1
		switch c := src[i+1]; {
		case c == '!':
			i = e.skipDeclaration(name, i)
		case c == '/':
			tag := src[i+2 : nameEnd(src, i+2)]
			if bytes.EqualFold(tag, name) {
				if depth--; depth == 0 {
					return i, e.tagEnd(i + 2 + len(tag)), true
				}
			} else if k := e.openNamed(tag); k >= 0 {
				if nested[k]--; nested[k] < 0 {
					return i, 0, false
				}
			}
			i += 2
		case isNameStart(c):
			tag := src[i+1 : nameEnd(src, i+1)]
			same, k := bytes.EqualFold(tag, name), e.openNamed(tag)
			i += 1 + len(tag)
			if !same && k < 0 {
				continue
			}
			i = e.tagEnd(i)
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

// openNamed is the index of the open element with that name; -1 if there is
// none among the first few.
func (e *Elements) openNamed(tag []byte) int {
	for k := range min(len(e.open), 8) {
		if len(tag) > 0 && len(e.open[k]) == len(tag) && bytes.EqualFold(e.open[k], tag) {
			return k
		}
	}
	return -1
}

// skipDeclaration moves past a comment or CDATA. CDATA that was never closed
// ends with its element: it has no end at all, or that end is another's, for
// its element ends and another CDATA begins before.
func (e *Elements) skipDeclaration(name []byte, i int) int {
	switch rest := e.src[i:]; {
	case starts(rest, commentOpen):
		if end := e.find(&e.commentEnd, "-->", i+len(commentOpen)); end >= 0 {
			return end + 3
		}
	case starts(rest, cdataOpen):
		start := i + len(cdataOpen)
		end := e.find(&e.cdataEnd, "]]>", start)
		limit := e.find(&e.cdataStart, cdataOpen, start)
		if end >= 0 && (limit < 0 || limit > end) {
			return end + 3
		}
		if limit < 0 {
			limit = len(e.src)
		}
		e.Work += limit - start
		if close := indexEndTag(e.src[start:limit], name); close >= 0 {
			e.problem(openCDATA)
			return start + close
		}
		if end >= 0 {
			return end + 3
		}
		return len(e.src)
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
// of the format begins, at an end tag that belongs to none of the HTML inside it
// (its own, misspelt), or with what it stands in.
func (e *Elements) guessEnd() int {
	depth := 0
	for {
		t := e.Next()
		switch t.Kind {
		case EOF:
			return t.Start
		case CDATA:
			if !t.Broken {
				continue
			}
			if at := e.openEnd(t.Text); at >= 0 {
				e.problem(openCDATA)
				e.Pos = t.End - len(t.Text) + at
				return e.Pos
			}
		case Text:
			// A tag that the end of the document has cut off is no text.
			if t.End == len(e.src) && t.Broken && isTagLike(t.Text) {
				return t.Start
			}
		case Start:
			if e.known(t.Name) {
				e.Pos = t.Start
				return t.Start
			}
			if !t.Empty && !IsVoid(Lower(t.Name)) {
				depth++
			}
		case End:
			if e.openNamed(t.Name) >= 0 {
				e.Pos = t.Start
				return t.Start
			}
			if depth == 0 {
				return t.Start
			}
			depth--
		}
	}
}

// openEnd finds the first end tag that has an open element's name.
func (e *Elements) openEnd(text []byte) int {
	for i := 0; ; i += 2 {
		at := bytes.Index(text[i:], []byte("</"))
		if at < 0 {
			return -1
		}
		i += at
		if e.openNamed(text[i+2:nameEnd(text, i+2)]) >= 0 {
			return i
		}
	}
}

func isTagLike(text []byte) bool {
	return len(text) > 1 && (isNameStart(text[1]) || text[1] == '/' || text[1] == '!')
}

// IsVoid reports whether an element of HTML has no content and no end tag.
func IsVoid(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr":
		return true
	}
	return false
}
