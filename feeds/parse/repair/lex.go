package repair

import (
	"bytes"
)

// A Lexer cuts markup, XML or HTML, broken or not, into tokens that cover the
// source without a gap. What cannot be markup is text: a "<" before a space,
// a tag that another "<" interrupts, a comment that never ends.
//
// It never goes back over more than one quoted value, so its time is linear;
// the searches at the end remember what failed or lies ahead, for the same
// reason.
type Lexer struct {
	Attrs []Attr // of the last start tag; the next one reuses them
	Pos   int    // where the next token begins; may be set
	Work  int    // bytes looked at, for the tests that hold this linear

	src        []byte
	cdataEnd   search
	cdataStart search
	commentEnd search
	piEnd      search
	subsetEnd  search
	quotes     [2]search
}

// Kind is what a Token is.
type Kind uint8

// The kinds of token.
const (
	EOF Kind = iota
	Text
	CDATA
	Start
	End
	Other // a comment, processing instruction or declaration
)

// Token is a piece of the source. Its slices are of the source itself.
type Token struct {
	Kind       Kind
	Start, End int    // where it stands
	Name       []byte // of a tag, as written
	Text       []byte // of text and CDATA
	Empty      bool   // <name/>
	Broken     bool   // it was not as it should be
}

// Attr is an attribute as written, its references unresolved.
type Attr struct {
	Name, Value []byte
}

// NewLexer returns a Lexer at the beginning of src.
func NewLexer(src []byte) *Lexer { return &Lexer{src: src} }

// Source is a part of the source.
func (l *Lexer) Source(from, to int) []byte { return l.src[from:to] }

// Rest is what follows Pos.
func (l *Lexer) Rest() []byte { return l.src[min(l.Pos, len(l.src)):] }

// search finds the next occurrence of a needle and remembers it, so that
// asking again from a later place costs nothing until the place is passed.
type search struct {
	from, at int // the needle was sought from from and found at at; -1: there is none behind from
	done     bool
}

func (l *Lexer) find(s *search, needle string, from int) int {
	switch {
	case s.done && from >= s.from && (s.at < 0 || s.at >= from):
		return s.at
	case s.done && from < s.from:
		// Looking back: only what lies before the last search is new.
		before := l.src[from:min(len(l.src), s.from+len(needle)-1)]
		l.Work += len(before)
		if i := bytes.Index(before, []byte(needle)); i >= 0 {
			return from + i
		}
		return s.at
	}
	s.done, s.from = true, from
	s.at = bytes.Index(l.src[from:], []byte(needle))
	if s.at < 0 {
		l.Work += len(l.src) - from
		return -1
	}
	l.Work += s.at
	s.at += from
	return s.at
}

// Next reads a token; at the end of the source, and for ever after, one of kind
// EOF.
func (l *Lexer) Next() Token {
	if l.Pos >= len(l.src) {
		return Token{Kind: EOF, Start: l.Pos, End: l.Pos}
	}
	if l.src[l.Pos] == '<' {
		if t, ok := l.markup(); ok {
			l.Pos = t.End
			return t
		}
	}
	// Text runs to the next "<" behind the one that was no markup.
	end := bytes.IndexByte(l.src[l.Pos+1:], '<')
	if end < 0 {
		end = len(l.src)
	} else {
		end += l.Pos + 1
	}
	t := Token{Kind: Text, Start: l.Pos, End: end, Text: l.src[l.Pos:end], Broken: l.src[l.Pos] == '<'}
	l.Work += end - l.Pos
	l.Pos = end
	return t
}

// markup reads the token that the "<" at Pos begins, if it begins one.
func (l *Lexer) markup() (Token, bool) {
	rest := l.src[l.Pos:]
	if len(rest) < 2 {
		return Token{}, false
	}
	switch c := rest[1]; {
	case c == '/':
		return l.endTag()
	case isNameStart(c):
		return l.startTag()
	case c == '?':
		return l.instruction()
	case c == '!':
		return l.declaration()
	}
	return Token{}, false
}

func (l *Lexer) endTag() (Token, bool) {
	i := l.Pos + 2
	end := nameEnd(l.src, i)
	if end == i {
		return Token{}, false
	}
	t := Token{Kind: End, Start: l.Pos, Name: l.src[i:end], End: l.tagEnd(end)}
	t.Broken = l.src[t.End-1] != '>'
	return t, true
}

func (l *Lexer) startTag() (Token, bool) {
	end := nameEnd(l.src, l.Pos+1)
	t := Token{Kind: Start, Start: l.Pos, Name: l.src[l.Pos+1 : end]}
	l.Attrs = l.Attrs[:0]
	for i := end; i < len(l.src); {
		l.Work++
		switch c := l.src[i]; {
		case c == '>':
			t.End = i + 1
			t.Empty = l.src[i-1] == '/' && i-1 >= end
			return t, true
		case c == '<':
			return Token{}, false
		case isSpace(c) || c == '/' || c == '=' || c == '"' || c == '\'':
			i++
		default:
			from := i
			i = l.attribute(i, &t)
			l.Work += i - from
		}
	}
	return Token{}, false
}

// attribute reads the name, and the value if there is one, that begin at i.
func (l *Lexer) attribute(i int, t *Token) int {
	start := i
	for i < len(l.src) && !endsAttrName(l.src[i]) {
		i++
	}
	a := Attr{Name: l.src[start:i]}
	j := i
	for j < len(l.src) && isSpace(l.src[j]) {
		j++
	}
	if j < len(l.src) && l.src[j] == '=' {
		j++
		for j < len(l.src) && isSpace(l.src[j]) {
			j++
		}
		a.Value, i = l.attrValue(j, t)
	}
	l.Attrs = append(l.Attrs, a)
	return i
}

func endsAttrName(c byte) bool {
	switch c {
	case '=', '>', '<', '/', '"', '\'':
		return true
	}
	return isSpace(c)
}

func (l *Lexer) attrValue(i int, t *Token) ([]byte, int) {
	if i < len(l.src) && (l.src[i] == '"' || l.src[i] == '\'') {
		quote, memory := "\"", &l.quotes[0]
		if l.src[i] == '\'' {
			quote, memory = "'", &l.quotes[1]
		}
		i++
		end := l.find(memory, quote, i)
		l.Work += max(end-i, 0)
		if end >= 0 && !swallowsTags(l.src[i:end]) {
			return l.src[i:end], end + 1
		}
	}
	t.Broken = true
	start := i
	for i < len(l.src) && !isSpace(l.src[i]) && l.src[i] != '>' && l.src[i] != '<' {
		if l.src[i] == '/' && i+1 < len(l.src) && l.src[i+1] == '>' {
			break
		}
		i++
	}
	return bytes.TrimRight(l.src[start:i], "\"'"), i
}

// swallowsTags reports whether a quoted value holds the end of its own tag and
// the beginning of another: its closing quote is missing, and what was found is
// some later tag's.
func swallowsTags(value []byte) bool {
	gt := bytes.IndexByte(value, '>')
	return gt >= 0 && bytes.IndexByte(value[gt:], '<') >= 0 && bytes.IndexByte(value[:gt], '<') < 0
}

func (l *Lexer) instruction() (Token, bool) {
	t := Token{Kind: Other, Start: l.Pos}
	end := l.find(&l.piEnd, "?>", l.Pos+2)
	if end >= 0 && bytes.IndexByte(l.src[l.Pos+2:end], '<') < 0 {
		t.End = end + 2
		return t, true
	}
	// <?xml … > without its second question mark.
	t.End, t.Broken = l.tagEnd(l.Pos+2), true
	return t, true
}

// tagEnd is where markup ends that has no better end: behind the next ">", or
// before the next "<".
func (l *Lexer) tagEnd(i int) int {
	for ; i < len(l.src); i++ {
		l.Work++
		switch l.src[i] {
		case '>':
			return i + 1
		case '<':
			return i
		}
	}
	return i
}

const (
	cdataOpen   = "<![CDATA["
	commentOpen = "<!--"
)

func (l *Lexer) declaration() (Token, bool) {
	rest := l.src[l.Pos:]
	switch {
	case starts(rest, commentOpen):
		end := l.find(&l.commentEnd, "-->", l.Pos+len(commentOpen))
		if end < 0 {
			return Token{Kind: Other, Start: l.Pos, End: l.Pos + len(commentOpen), Broken: true}, true
		}
		return Token{Kind: Other, Start: l.Pos, End: end + 3}, true
	case starts(rest, cdataOpen):
		start := l.Pos + len(cdataOpen)
		end := l.find(&l.cdataEnd, "]]>", start)
		if end < 0 {
			return Token{Kind: CDATA, Start: l.Pos, End: len(l.src), Text: l.src[start:], Broken: true}, true
		}
		return Token{Kind: CDATA, Start: l.Pos, End: end + 3, Text: l.src[start:end]}, true
	case len(rest) > 2 && isNameStart(rest[2]):
		return l.doctype()
	}
	return Token{}, false
}

// doctype reads <!NAME …>, whose internal subset stands in brackets.
func (l *Lexer) doctype() (Token, bool) {
	end := l.tagEnd(l.Pos + 2)
	if open := bytes.IndexByte(l.src[l.Pos:end], '['); open >= 0 {
		if subset := l.find(&l.subsetEnd, "]", l.Pos+open); subset >= 0 {
			end = l.tagEnd(subset)
		}
	}
	return Token{Kind: Other, Start: l.Pos, End: end, Broken: l.src[end-1] != '>'}, true
}

func starts(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && string(b[:len(prefix)]) == prefix
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

func isNameStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == ':' || c >= 0x80
}

// nameEnd is where the name ends that begins at i.
func nameEnd(src []byte, i int) int {
	for i < len(src) && (isNameStart(src[i]) || '0' <= src[i] && src[i] <= '9' || src[i] == '-' || src[i] == '.') {
		i++
	}
	return i
}
