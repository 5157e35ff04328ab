package clean

import (
	"html"
	"strings"
)

// title resolves markup and entities of a headline until it is stable.
//
// How often a feed escaped its headlines cannot be known: "AT&amp;amp;T" is
// common. A headline that really is about "&amp;" is rare, and is shown as "&";
// in return no later decoder can make anything else of what is left.
func title(s string) string {
	s = scrub(cut(s, 16*MaxLine))
	for strings.ContainsAny(s, "<&") {
		next := scrub(decode(stripInline(s))) // scrubbed each time: what goes may have hidden an entity
		if next == s {
			break
		}
		s = next
	}
	return s
}

// decode resolves the entities of s, and at once those that resolving "&amp;"
// makes: a thousand of them nested must not take a thousand passes. Those without a semicolon are left
// alone unless they are numeric: "?a=1&copy=2" means what it says.
func decode(s string) string {
	i := strings.IndexByte(s, '&')
	if i < 0 {
		return s
	}
	var b strings.Builder
	for ; i >= 0; i = strings.IndexByte(s, '&') {
		b.WriteString(s[:i])
		s = s[i:]
		n := entity(s)
		if n == 0 {
			b.WriteByte('&')
			s = s[1:]
			continue
		}
		plain := html.UnescapeString(s[:n])
		if s = s[n:]; plain == "&" && n > 1 && entity("&"+s[:min(len(s), 40)]) > 0 {
			s = "&" + s
			continue
		}
		b.WriteString(plain)
	}
	b.WriteString(s)
	return b.String()
}

// entity returns the length of the entity that s, which begins with "&", begins
// with, or 0.
func entity(s string) int {
	const longest = 40
	i := 1
	numeric := strings.HasPrefix(s, "&#")
	if numeric {
		i = 2
	}
	start := i
	for ; i < len(s) && i < longest; i++ {
		if c := s[i]; !('0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z') {
			break
		}
	}
	if i == start {
		return 0
	}
	closed := i < len(s) && s[i] == ';'
	if closed {
		i++
	} else if !numeric {
		return 0
	}
	if html.UnescapeString(s[:i]) == s[:i] {
		return 0
	}
	return i
}

// decodes reports whether any decoder, however lenient, would find an entity.
func decodes(s string) bool {
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			return false
		}
		if s = s[i:]; len(s) > 2 && (s[1] == '#' || alphanumeric(s[1]) && alphanumeric(s[2])) { // no name is shorter
			return html.UnescapeString(s) != s
		}
		s = s[1:]
	}
}

// stripInline removes the tags of inline markup. Others stay as text: a
// headline about "the <script> tag" or "vector<int>" is not markup.
func stripInline(s string) string {
	i := strings.IndexByte(s, '<')
	if i < 0 {
		return s
	}
	var b strings.Builder
	for ; i >= 0; i = strings.IndexByte(s, '<') {
		b.WriteString(s[:i])
		s = s[i:]
		n, breaks := inlineTag(s)
		if n == 0 {
			b.WriteByte('<')
			s = s[1:]
			continue
		}
		if breaks {
			b.WriteByte(' ')
		}
		s = s[n:]
	}
	b.WriteString(s)
	return b.String()
}

// maxInline is how far the end of a tag's value, or of a script, is sought; it
// keeps headlines made of beginnings from being read over and over.
const maxInline = 512

// tagEnd is where the ">" stands that ends a tag: not one in a value, unless
// that does not end.
func tagEnd(s string) int {
	first := strings.IndexByte(s, '>')
	if first < 0 || strings.IndexByte(s[:first], '=') < 0 {
		return first
	}
	quote := byte(0)
	for i := range min(len(s), first+maxInline) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i
		}
	}
	return first
}

// inlineTag returns the length of the tag of inline markup that s begins with,
// or 0, and whether it separates words.
func inlineTag(s string) (n int, breaks bool) {
	i := 1
	if strings.HasPrefix(s, "</") {
		i = 2
	}
	start := i
	for i < len(s) && i < start+10 && ('a' <= s[i]|0x20 && s[i]|0x20 <= 'z' || '1' <= s[i] && s[i] <= '6') {
		i++
	}
	name := strings.ToLower(s[start:i])
	end := tagEnd(s[i:])
	if end < 0 || (end > 0 && s[i] != ' ' && s[i] != '/' && s[i] != '\n' && s[i] != '\t') {
		return 0, false
	}
	if name == "script" || name == "style" { // of a headline it is a part only when it is talked about
		if shut := strings.Index(strings.ToLower(cut(s, maxInline)), "</"+name+">"); start == 1 && shut > 0 {
			return shut + len("</") + len(name) + len(">"), false
		}
		return 0, false
	}
	switch name {
	case "a", "abbr", "b", "big", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "mark",
		"nobr", "q", "s", "small", "span", "strong", "sub", "sup", "tt", "u", "wbr":
		return i + end + 1, false
	case "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "p":
		return i + end + 1, true
	}
	return 0, false
}
