package parse

import (
	"bytes"
	"strings"
)

// A lexer cuts markup, XML or HTML, broken or not, into tokens that cover the
// source without a gap. What cannot be markup is text: a "<" before a space,
// a tag that another "<" interrupts, a comment that never ends.
//
// It never goes back over more than one quoted value, so its time is linear;
// the fields at the end remember searches that failed or lie ahead, for the
// same reason.
type lexer struct {
	src   []byte
	pos   int
	attrs []attr // of the last start tag; reused by the next
	work  int    // bytes looked at, for the tests that hold this linear

	cdataEnd   search
	cdataStart search
	commentEnd search
	piEnd      search
	subsetEnd  search
	quotes     [2]search
}

type tokenKind uint8

const (
	tokenEOF tokenKind = iota
	tokenText
	tokenCDATA
	tokenStart
	tokenEnd
	tokenOther // comment, processing instruction, declaration
)

type token struct {
	kind       tokenKind
	start, end int
	name       []byte // of a tag, as written
	text       []byte // of text and CDATA
	empty      bool   // <name/>
	broken     bool   // repaired while reading: see lexer
}

type attr struct {
	name, value []byte // as written
}

// search finds the next occurrence of a needle and remembers it, so that
// asking again from a later place costs nothing until the place is passed.
type search struct {
	from, at int // the needle was sought from from and found at at; -1: there is none behind from
	done     bool
}

func (l *lexer) find(s *search, needle string, from int) int {
	switch {
	case s.done && from >= s.from && (s.at < 0 || s.at >= from):
		return s.at
	case s.done && from < s.from:
		// Looking back: only what lies before the last search is new.
		before := l.src[from:min(len(l.src), s.from+len(needle)-1)]
		l.work += len(before)
		if i := bytes.Index(before, []byte(needle)); i >= 0 {
			return from + i
		}
		return s.at
	}
	s.done, s.from = true, from
	s.at = bytes.Index(l.src[from:], []byte(needle))
	if s.at < 0 {
		l.work += len(l.src) - from
		return -1
	}
	l.work += s.at
	s.at += from
	return s.at
}

func (l *lexer) next() token {
	if l.pos >= len(l.src) {
		return token{kind: tokenEOF, start: l.pos, end: l.pos}
	}
	if l.src[l.pos] == '<' {
		if t, ok := l.markup(); ok {
			l.pos = t.end
			return t
		}
	}
	// Text runs to the next "<" behind the one that was no markup.
	end := bytes.IndexByte(l.src[l.pos+1:], '<')
	if end < 0 {
		end = len(l.src)
	} else {
		end += l.pos + 1
	}
	t := token{kind: tokenText, start: l.pos, end: end, text: l.src[l.pos:end], broken: l.src[l.pos] == '<'}
	l.work += end - l.pos
	l.pos = end
	return t
}

// markup reads the token that the "<" at pos begins, if it begins one.
func (l *lexer) markup() (token, bool) {
	rest := l.src[l.pos:]
	if len(rest) < 2 {
		return token{}, false
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
	return token{}, false
}

func (l *lexer) endTag() (token, bool) {
	i := l.pos + 2
	end := nameEnd(l.src, i)
	if end == i {
		return token{}, false
	}
	t := token{kind: tokenEnd, start: l.pos, name: l.src[i:end], end: l.tagEnd(end)}
	t.broken = l.src[t.end-1] != '>'
	return t, true
}

func (l *lexer) startTag() (token, bool) {
	end := nameEnd(l.src, l.pos+1)
	t := token{kind: tokenStart, start: l.pos, name: l.src[l.pos+1 : end]}
	l.attrs = l.attrs[:0]
	for i := end; i < len(l.src); {
		l.work++
		switch c := l.src[i]; {
		case c == '>':
			t.end = i + 1
			t.empty = l.src[i-1] == '/' && i-1 >= end
			return t, true
		case c == '<':
			return token{}, false
		case isSpace(c) || c == '/' || c == '=' || c == '"' || c == '\'':
			i++
		default:
			from := i
			i = l.attribute(i, &t)
			l.work += i - from
		}
	}
	return token{}, false
}

// attribute reads the name, and the value if there is one, that begin at i.
func (l *lexer) attribute(i int, t *token) int {
	start := i
	for i < len(l.src) && !isSpace(l.src[i]) && !strings.ContainsRune("=></\"'", rune(l.src[i])) {
		i++
	}
	a := attr{name: l.src[start:i]}
	j := i
	for j < len(l.src) && isSpace(l.src[j]) {
		j++
	}
	if j < len(l.src) && l.src[j] == '=' {
		j++
		for j < len(l.src) && isSpace(l.src[j]) {
			j++
		}
		a.value, i = l.attrValue(j, t)
	}
	l.attrs = append(l.attrs, a)
	return i
}

func (l *lexer) attrValue(i int, t *token) ([]byte, int) {
	if i < len(l.src) && (l.src[i] == '"' || l.src[i] == '\'') {
		quote, memory := "\"", &l.quotes[0]
		if l.src[i] == '\'' {
			quote, memory = "'", &l.quotes[1]
		}
		i++
		end := l.find(memory, quote, i)
		l.work += max(end-i, 0)
		if end >= 0 && !swallowsTags(l.src[i:end]) {
			return l.src[i:end], end + 1
		}
	}
	t.broken = true
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

func (l *lexer) instruction() (token, bool) {
	t := token{kind: tokenOther, start: l.pos}
	end := l.find(&l.piEnd, "?>", l.pos+2)
	if end >= 0 && bytes.IndexByte(l.src[l.pos+2:end], '<') < 0 {
		t.end = end + 2
		return t, true
	}
	// <?xml … > without its second question mark.
	t.end, t.broken = l.tagEnd(l.pos+2), true
	return t, true
}

// tagEnd is where markup ends that has no better end: behind the next ">", or
// before the next "<".
func (l *lexer) tagEnd(i int) int {
	for ; i < len(l.src); i++ {
		l.work++
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

func (l *lexer) declaration() (token, bool) {
	rest := l.src[l.pos:]
	switch {
	case hasPrefix(rest, commentOpen):
		end := l.find(&l.commentEnd, "-->", l.pos+len(commentOpen))
		if end < 0 {
			return token{kind: tokenOther, start: l.pos, end: l.pos + len(commentOpen), broken: true}, true
		}
		return token{kind: tokenOther, start: l.pos, end: end + 3}, true
	case hasPrefix(rest, cdataOpen):
		start := l.pos + len(cdataOpen)
		end := l.find(&l.cdataEnd, "]]>", start)
		if end < 0 {
			return token{kind: tokenCDATA, start: l.pos, end: len(l.src), text: l.src[start:], broken: true}, true
		}
		return token{kind: tokenCDATA, start: l.pos, end: end + 3, text: l.src[start:end]}, true
	case len(rest) > 2 && isNameStart(rest[2]):
		return l.doctype()
	}
	return token{}, false
}

// doctype reads <!NAME …>, whose internal subset stands in brackets.
func (l *lexer) doctype() (token, bool) {
	end := l.tagEnd(l.pos + 2)
	if open := bytes.IndexByte(l.src[l.pos:end], '['); open >= 0 {
		if subset := l.find(&l.subsetEnd, "]", l.pos+open); subset >= 0 {
			end = l.tagEnd(subset)
		}
	}
	return token{kind: tokenOther, start: l.pos, end: end, broken: l.src[end-1] != '>'}, true
}

func hasPrefix(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && string(b[:len(prefix)]) == prefix
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

func isNameStart(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' || c == ':' || c >= 0x80
}

func nameEnd(src []byte, i int) int {
	for i < len(src) && (isNameStart(src[i]) || '0' <= src[i] && src[i] <= '9' || src[i] == '-' || src[i] == '.') {
		i++
	}
	return i
}
