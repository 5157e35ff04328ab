package clean

import (
	"bytes"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Most of what feeds hold is well-formed and plain: tags in lower case, values
// in double quotes. That is read here, four times as fast as by the tokenizer of
// x/net/html, token by token to the same builder. Whatever is not so plain ends it
// at the beginning of a token, where the tokenizer takes over: between tokens it
// has no state, but within the elements whose content is no HTML, and these are
// left to it. So nothing gets through here that would not get through there; a
// fuzzer compares the two.

// quick reads the beginning of src and returns how much of it.
func (b *builder) quick(src []byte) (read int) {
	b.returns = bytes.IndexByte(src, '\r') >= 0 || bytes.IndexByte(src, 0) >= 0
	for !b.full && read < len(src) {
		rest := src[read:]
		n := bytes.IndexByte(rest, '<')
		switch {
		case n < 0:
			n = len(rest)
			fallthrough
		case n > 0:
			if n < len(rest) && !b.continues(rest[n:]) || !b.quickText(rest[:n]) {
				return read
			}
		default:
			if n = b.quickTag(rest); n == 0 {
				return read
			}
		}
		read += n
	}
	return read
}

// continues tells whether text ends here, before what begins with "<".
func (b *builder) continues(s []byte) bool {
	return len(s) > 1 && (lowercase(s[1]) || s[1] == '/' && len(s) > 2 && lowercase(s[2]) || s[1] == '!')
}

func lowercase(c byte) bool { return 'a' <= c && c <= 'z' }

// quickText reads text between tags.
func (b *builder) quickText(s []byte) bool {
	if b.returns && bytes.IndexByte(s, '\r') >= 0 {
		return false
	}
	if bytes.IndexByte(s, '&') >= 0 {
		var ok bool
		if b.decoded, ok = unescape(b.decoded[:0], s); ok {
			s = b.decoded
		} else {
			s = []byte(html.UnescapeString(string(s))) // as the tokenizer does
		}
	}
	switch {
	case b.skip == 0:
		b.words(s)
	case b.drawing == inTitle:
		b.words(s)
		b.drawing = noDrawing
	}
	return true
}

// commonEntities are those that publishing systems write; no reader takes them
// for anything else, in text or in a value.
var commonEntities = [...]struct{ name, is string }{
	{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", `"`}, {"&nbsp;", "\u00a0"},
	{"&#34;", `"`}, {"&#38;", "&"}, {"&#038;", "&"}, {"&#39;", "'"}, {"&#039;", "'"}, {"&#160;", "\u00a0"},
	{"&#8211;", "–"}, {"&#8212;", "—"}, {"&#8216;", "‘"}, {"&#8217;", "’"}, {"&#8220;", "“"}, {"&#8221;", "”"}, {"&#8230;", "…"},
}

// unescape appends s without its entities, if they are common ones.
func unescape(to, s []byte) (out []byte, ok bool) {
	for {
		i := bytes.IndexByte(s, '&')
		if i < 0 {
			return append(to, s...), true
		}
		to, s = append(to, s[:i]...), s[i:]
		found := false
		for _, e := range &commonEntities {
			if len(s) >= len(e.name) && string(s[:len(e.name)]) == e.name {
				to, s, found = append(to, e.is...), s[len(e.name):], true
				break
			}
		}
		if !found {
			return to, false
		}
	}
}

// quickTag reads the tag or comment that s begins with and returns its length; 0
// if it is not plain.
func (b *builder) quickTag(s []byte) int {
	if len(s) > 3 && s[1] == '/' {
		n, name := tagName(s[2:])
		if n == 0 || len(s) <= 2+n || s[2+n] != '>' {
			return 0
		}
		b.end(name)
		return 2 + n + 1
	}
	if len(s) > 1 && s[1] == '!' {
		return plainComment(s)
	}
	n, name := tagName(s[1:])
	if n++; n == 1 || n >= len(s) || rawText(name) {
		return 0
	}
	if s[n] == '>' {
		b.start(&tag{name: name})
		return n + 1
	}
	t := tag{name: name}
	n += b.quickAttributes(&t, s[n:])
	n += len(s[n:]) - len(bytes.TrimLeft(s[n:], " "))
	if n < len(s) && s[n] == '/' {
		n++
	}
	if n >= len(s) || s[n] != '>' {
		return 0
	}
	b.start(&t)
	return n + 1
}

// tagName reads a name of lower-case letters and digits.
func tagName(s []byte) (n int, name atom.Atom) {
	for n < len(s) && (lowercase(s[n]) || n > 0 && '0' <= s[n] && s[n] <= '9') {
		n++
	}
	if n == 1 && s[0] == 'p' { // every second one
		return n, atom.P
	}
	return n, atom.Lookup(s[:n])
}

// rawText are the elements whose content the tokenizer takes for text.
func rawText(name atom.Atom) bool {
	switch name {
	case atom.Iframe, atom.Noembed, atom.Noframes, atom.Noscript, atom.Plaintext, atom.Script, atom.Style, atom.Textarea, atom.Title, atom.Xmp:
		return true
	}
	return false
}

// maxQuick is how many attributes a tag may have that is read here.
const maxQuick = 16

// quickAttributes reads attributes of the form ‹ name="value"› and returns their
// length. It stops before what is of another form.
func (b *builder) quickAttributes(t *tag, s []byte) (read int) {
	var names [maxQuick][]byte
	for count := range names {
		at := read
		for at < len(s) && s[at] == ' ' {
			at++
		}
		from := at
		for at < len(s) && (lowercase(s[at]) || s[at] == '-') {
			at++
		}
		name := s[from:at]
		if from == read || len(name) == 0 || at+1 >= len(s) || s[at] != '=' || s[at+1] != '"' {
			return read
		}
		at += 2
		size := bytes.IndexByte(s[at:], '"')
		if size < 0 {
			return read
		}
		value := s[at : at+size]
		if b.returns && (bytes.IndexByte(value, '\r') >= 0 || bytes.IndexByte(value, 0) >= 0) {
			return read
		}
		if bytes.IndexByte(value, '&') >= 0 {
			var ok bool
			if b.decoded, ok = unescape(b.decoded[:0], value); !ok {
				return read
			}
			value = b.decoded
		}
		for _, before := range names[:count] {
			if bytes.Equal(before, name) { // the first counts
				return read
			}
		}
		names[count] = name
		t.set(name, value)
		read = at + size + 1
	}
	return read
}

// plainComment returns the length of the comment that s begins with, 0 if it is
// none, or an odd one.
func plainComment(s []byte) int {
	const open, shut = "<!--", "-->"
	if !bytes.HasPrefix(s, []byte(open)) {
		return 0
	}
	end := bytes.Index(s[len(open):], []byte("--"))
	if end <= 0 || s[len(open)] == '>' || s[len(open)] == '-' {
		return 0
	}
	if end += len(open); !bytes.HasPrefix(s[end:], []byte(shut)) {
		return 0
	}
	return end + len(shut)
}
