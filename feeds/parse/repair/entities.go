package repair

import (
	"bytes"
	"html"
	"strconv"
	"unicode/utf8"

	"broadsheet/feeds/charset"
)

// Entities are the ones a document declares in its DOCTYPE, beside those of HTML.
// Only plain, short text counts: an entity made of entities is left as it
// stands, so nothing can grow without bound. The zero value declares none.
type Entities struct {
	names  map[string]string
	budget int // bytes that may still be put in
}

const (
	maxEntityName  = 40
	maxEntityValue = 256
	maxEntities    = 256
	entityBudget   = 1 << 20
)

// Declare reads the <!ENTITY name "value"> of a DOCTYPE.
func (e *Entities) Declare(doctype []byte) {
	const open = "<!ENTITY"
	for len(e.names) < maxEntities {
		i := bytes.Index(doctype, []byte(open))
		if i < 0 {
			return
		}
		doctype = doctype[i+len(open):]
		def := doctype[:min(len(doctype), maxEntityName+maxEntityValue+64)]
		if end := bytes.IndexByte(def, '>'); end >= 0 {
			def = def[:end]
		}
		def = bytes.TrimSpace(def)
		end := nameEnd(def, 0)
		if end == 0 || end > maxEntityName {
			continue
		}
		value := bytes.TrimSpace(def[end:])
		if len(value) < 2 || len(value) > maxEntityValue || value[0] != '"' && value[0] != '\'' || value[len(value)-1] != value[0] {
			continue
		}
		text, ok := new(Entities).characters(value[1 : len(value)-1])
		if !ok {
			continue
		}
		if e.names == nil {
			e.names, e.budget = map[string]string{}, entityBudget
		}
		e.names[string(def[:end])] = text
	}
}

// characters decodes the character references of an entity's value; it refuses
// what would have to be decoded again.
func (e *Entities) characters(value []byte) (string, bool) {
	text := string(e.Decode(nil, value))
	return text, !bytes.ContainsAny([]byte(text), "<&%")
}

// Decode appends src to dst with its references replaced. What is no reference
// stays as it is: feeds are full of bare ampersands.
func (e *Entities) Decode(dst, src []byte) []byte {
	for {
		i := bytes.IndexByte(src, '&')
		if i < 0 {
			return append(dst, src...)
		}
		dst = append(dst, src[:i]...)
		src = src[i:]
		if c, n := markup(src); n > 0 {
			dst, src = append(dst, c), src[n:]
			continue
		}
		text, n := e.Reference(src)
		if n == 0 {
			text, n = "&", 1
		} else if r, more := e.misread(text, src[n:]); more > 0 {
			dst, src = utf8.AppendRune(dst, r), src[n+more:]
			continue
		}
		dst = append(dst, text...)
		src = src[n:]
	}
}

// markup reads the references that escaped HTML is full of.
func markup(src []byte) (byte, int) {
	switch {
	case starts(src, "&lt;"):
		return '<', 4
	case starts(src, "&gt;"):
		return '>', 4
	case starts(src, "&amp;"):
		return '&', 5
	case starts(src, "&quot;"):
		return '"', 6
	}
	return 0, 0
}

// misread puts together a character whose UTF-8 was taken for Latin-1 or
// windows-1252 and then written byte by byte: "…" as "&#226;&#128;&#166;" or
// "&acirc;&euro;&brvbar;". It returns the character and how much of what follows
// its first byte it takes; 0 if it is none. Pairs are left alone: "É»" may well
// be meant.
func (e *Entities) misread(first string, src []byte) (rune, int) {
	if first == "" || first[0] < utf8.RuneSelf {
		return 0, 0
	}
	lead, _ := utf8.DecodeRuneInString(first)
	if lead < 0xe0 || lead > 0xf4 {
		return 0, 0
	}
	bytes := []byte{byte(lead)}
	used := 0
	for !utf8.FullRune(bytes) {
		if used >= len(src) || src[used] != '&' {
			return 0, 0
		}
		text, n := e.Reference(src[used:])
		r, size := utf8.DecodeRuneInString(text)
		b, ok := charset.Byte1252(r)
		if n == 0 || size != len(text) || !ok {
			return 0, 0
		}
		bytes, used = append(bytes, b), used+n
	}
	r, size := utf8.DecodeRune(bytes)
	if r == utf8.RuneError || size != len(bytes) {
		return 0, 0
	}
	return r, used
}

// Reference reads the reference that begins src, and says how long it is; 0 if
// it is none.
func (e *Entities) Reference(src []byte) (string, int) {
	if c, n := markup(src); n > 0 {
		return character(rune(c)), n
	}
	if len(src) > 2 && src[1] == '#' {
		return numericReference(src)
	}
	end := nameEnd(src[:min(len(src), maxEntityName+2)], 1)
	if end == 1 || end >= len(src) || src[end] != ';' {
		return "", 0
	}
	if text, ok := e.names[string(src[1:end])]; ok && len(text) <= e.budget {
		e.budget -= len(text)
		return text, end + 1
	}
	ref := string(src[:end+1])
	// Only names that need no guessing: UnescapeString also takes &copyright;
	// for "©right;".
	if text := html.UnescapeString(ref); text != ref && text[len(text)-1] != ';' {
		return text, end + 1
	}
	return "", 0
}

func numericReference(src []byte) (string, int) {
	i, base := 2, 10
	if src[2] == 'x' || src[2] == 'X' {
		i, base = 3, 16
	}
	start := i
	for i < len(src) && isDigit(src[i], base) {
		i++
	}
	if i == start {
		return "", 0
	}
	n, err := strconv.ParseUint(string(src[start:i]), base, 32)
	if i < len(src) && src[i] == ';' {
		i++
	}
	if err != nil {
		return string(utf8.RuneError), i
	}
	return character(rune(n)), i
}

func isDigit(c byte, base int) bool {
	return '0' <= c && c <= '9' || base == 16 && ('a' <= c && c <= 'f' || 'A' <= c && c <= 'F')
}

// character is what a numeric reference stands for. Publishers mean
// windows-1252 by 128 to 159; what XML forbids comes to nothing.
func character(r rune) string {
	switch {
	case 0x80 <= r && r <= 0x9f:
		return string(charset.Windows1252(byte(r)))
	case r < 0x20 && r != '\t' && r != '\n' && r != '\r', r == 0xfffe, r == 0xffff:
		return ""
	}
	if ' ' <= r && r <= '~' {
		return printable[r-' ' : r-' '+1]
	}
	return string(r) // U+FFFD for what is no character
}

// printable is ASCII from the space on, to cut single characters from.
const printable = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"

// Escape appends text to dst as HTML that shows it as it is.
func Escape(dst, text []byte) []byte {
	for _, c := range text {
		switch c {
		case '&':
			dst = append(dst, "&amp;"...)
		case '<':
			dst = append(dst, "&lt;"...)
		case '>':
			dst = append(dst, "&gt;"...)
		case '"':
			dst = append(dst, "&quot;"...)
		default:
			dst = append(dst, c)
		}
	}
	return dst
}
