package parse

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"mime"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/net/html/charset"
)

// maxUnpacked bounds what a compressed body may grow to.
const maxUnpacked = 64 << 20

// decode returns a body as legible UTF-8, whatever it came in.
//
// Bytes outweigh words: a byte order mark, or text that is valid UTF-8 beyond
// doubt, is believed before any declaration. Then come the server's charset and
// the document's own, if the text can be read with them, and only then a guess.
func decode(body []byte, contentType string, p *problems) []byte {
	if hasPrefix(body, "\x1f\x8b") {
		body = unpack(body, maxUnpacked, p)
	}
	text := decodeCharset(body, contentType, p)
	text, changed := legible(text)
	if changed {
		p.add("characters that no document may hold were removed")
	}
	return text
}

func unpack(body []byte, limit int, p *problems) []byte {
	r, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return body
	}
	text, err := io.ReadAll(io.LimitReader(r, int64(limit)+1))
	switch {
	case len(text) > limit:
		p.add("the document is too long when unpacked and was cut")
		return text[:limit]
	case err != nil:
		p.add("the compressed document is cut off or damaged")
	}
	return text
}

func decodeCharset(body []byte, contentType string, p *problems) []byte {
	if text, ok := decodeUnicode(body); ok {
		return text
	}
	candidates := declaredCharsets(body, contentType)
	if utf8.Valid(body) {
		if text, ok := overUTF8(body, candidates); ok {
			return text
		}
		if len(candidates) > 0 && highBytes(body) > 0 {
			// Not the name as declared: it may be anything.
			if _, name := charset.Lookup(strings.TrimSpace(candidates[0])); name != "utf-8" && name != "" {
				p.add("the document says it is " + name + " but is UTF-8")
			}
		}
		return body
	}
	// A single-byte encoding reads anything, so being declared proves nothing
	// against text that is all but wholly UTF-8.
	good, bad := countUTF8(body)
	if good >= 20*bad {
		p.add("bytes that are not UTF-8 were read as windows-1252")
		return repairUTF8(body)
	}
	for _, name := range candidates {
		if text, ok := decodeAs(body, name); ok {
			return text
		}
	}
	if good >= bad {
		p.add("bytes that are not UTF-8 were read as windows-1252")
		return repairUTF8(body)
	}
	if name := guessCharset(body); name != "" {
		if text, ok := decodeAs(body, name); ok {
			p.add("the encoding is not declared, or wrongly; guessed " + name)
			return text
		}
	}
	p.add("the encoding is not declared, or wrongly; read as windows-1252")
	text, _ := decodeAs(body, "windows-1252")
	return text
}

// decodeUnicode reads a body that shows by its first bytes that it is UTF-8,
// UTF-16 or UTF-32: a byte order mark, or "<" or "{" in four or two bytes.
func decodeUnicode(body []byte) ([]byte, bool) {
	be, le := binary.ByteOrder(binary.BigEndian), binary.ByteOrder(binary.LittleEndian)
	switch {
	case hasPrefix(body, "\xef\xbb\xbf"):
		if rest := body[3:]; utf8.Valid(rest) {
			return rest, true
		}
	case hasPrefix(body, "\xff\xfe\x00\x00"):
		return decodeUTF32(body[4:], le), true
	case hasPrefix(body, "\x00\x00\xfe\xff"):
		return decodeUTF32(body[4:], be), true
	case hasPrefix(body, "<\x00\x00\x00"), hasPrefix(body, "{\x00\x00\x00"):
		return decodeUTF32(body, le), true
	case hasPrefix(body, "\x00\x00\x00<"), hasPrefix(body, "\x00\x00\x00{"):
		return decodeUTF32(body, be), true
	case hasPrefix(body, "\xff\xfe"):
		return decodeUTF16(body[2:], le), true
	case hasPrefix(body, "\xfe\xff"):
		return decodeUTF16(body[2:], be), true
	case hasPrefix(body, "<\x00"), hasPrefix(body, "{\x00"):
		return decodeUTF16(body, le), true
	case hasPrefix(body, "\x00<"), hasPrefix(body, "\x00{"):
		return decodeUTF16(body, be), true
	}
	return nil, false
}

func decodeUTF16(body []byte, order binary.ByteOrder) []byte {
	out := make([]byte, 0, len(body))
	for len(body) >= 2 {
		r := rune(order.Uint16(body))
		body = body[2:]
		if utf16.IsSurrogate(r) {
			second := rune(utf8.RuneError)
			if len(body) >= 2 {
				second = rune(order.Uint16(body))
			}
			if r = utf16.DecodeRune(r, second); r != utf8.RuneError {
				body = body[2:]
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out
}

func decodeUTF32(body []byte, order binary.ByteOrder) []byte {
	out := make([]byte, 0, len(body)/2)
	for ; len(body) >= 4; body = body[4:] {
		out = utf8.AppendRune(out, rune(min(order.Uint32(body), utf8.MaxRune+1)))
	}
	return out
}

// declaredCharsets are the encodings that the server and the document name,
// the likelier first: a server that says Latin-1 mostly says so of everything.
func declaredCharsets(body []byte, contentType string) []string {
	var names []string
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		names = append(names, params["charset"])
	} else if _, after, ok := strings.Cut(strings.ToLower(contentType), "charset="); ok {
		names = append(names, strings.Trim(after, "\"' ;"))
	}
	if own := xmlEncoding(body); own != "" {
		names = append(names, own)
	}
	if len(names) == 2 {
		if _, canonical := charset.Lookup(names[0]); canonical == "windows-1252" || canonical == "" {
			names[0], names[1] = names[1], names[0]
		}
	}
	return names
}

// xmlEncoding is the encoding that the XML declaration names.
func xmlEncoding(body []byte) string {
	head := body[:min(len(body), 1024)]
	i := bytes.Index(head, []byte("<?xml"))
	if i < 0 {
		return ""
	}
	head = head[i:]
	if end := bytes.IndexByte(head, '>'); end >= 0 {
		head = head[:end]
	}
	_, after, ok := bytes.Cut(head, []byte("encoding"))
	after = bytes.TrimLeft(after, " \t\r\n=")
	if !ok || len(after) < 2 || after[0] != '"' && after[0] != '\'' {
		return ""
	}
	name, _, _ := bytes.Cut(after[1:], after[:1])
	return string(name)
}

// decodeAs reads a body in a named encoding; false if there is no such
// encoding or the body cannot be in it.
func decodeAs(body []byte, name string) ([]byte, bool) {
	enc, canonical := charset.Lookup(strings.TrimSpace(name))
	if enc == nil || canonical == "replacement" || strings.HasPrefix(canonical, "utf-") {
		return nil, false
	}
	text, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return nil, false
	}
	// A few broken characters are the publisher's; many say that the encoding
	// is another.
	wrong := bytes.Count(text, []byte("\uFFFD"))
	return text, wrong == 0 || wrong*200 < highBytes(body)
}

func highBytes(body []byte) int {
	n := 0
	for _, c := range body {
		if c >= 0x80 {
			n++
		}
	}
	return n
}

// overUTF8 is for text that is valid UTF-8 and declared as something else. It
// is UTF-8 all the same, save in two cases: an encoding that switches by escape
// sequences in pure ASCII, and a few double-byte characters that happen to
// look like UTF-8.
func overUTF8(body []byte, candidates []string) ([]byte, bool) {
	for _, name := range candidates {
		_, canonical := charset.Lookup(strings.TrimSpace(name))
		switch canonical {
		case "iso-2022-jp":
			if bytes.IndexByte(body, 0x1b) < 0 {
				continue
			}
		case "gbk", "gb18030", "big5", "euc-kr", "euc-jp", "shift_jis":
			if high := highBytes(body); high == 0 || high > 12 {
				continue
			}
		default:
			continue
		}
		if text, ok := decodeAs(body, name); ok {
			return text, true
		}
	}
	return nil, false
}

// countUTF8 counts the characters beyond ASCII that are UTF-8 and the bytes
// that are not. In text of another encoding, sequences that happen to be UTF-8
// are much rarer than bad bytes.
func countUTF8(body []byte) (good, bad int) {
	for i := 0; i < len(body); {
		if body[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(body[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good, bad
}

// repairUTF8 reads a body that is UTF-8 with single bytes in between that are
// not: those are windows-1252, pasted or of an old database.
func repairUTF8(body []byte) []byte {
	out := make([]byte, 0, len(body)+len(body)/64)
	for i := 0; i < len(body); {
		r, n := utf8.DecodeRune(body[i:])
		switch {
		case r != utf8.RuneError || n != 1:
			out = append(out, body[i:i+n]...)
		case !utf8.FullRune(body[i:]): // cut off at the end of the document
			return out
		case body[i] < 0xa0:
			out = utf8.AppendRune(out, windows1252(body[i]))
		default:
			out = utf8.AppendRune(out, rune(body[i]))
		}
		i += n
	}
	return out
}

// guessCharset asks the statistics of the bytes that are not ASCII; sample is
// enough to be sure and little enough to be quick.
func guessCharset(body []byte) string {
	const sample = 32 << 10
	text := make([]byte, 0, sample)
	for i := 0; i < len(body) && len(text) < sample; i++ {
		// Tags and long stretches of ASCII tell nothing; single bytes of it
		// are needed, being the second half of many double-byte characters.
		if body[i] >= 0x80 || i > 0 && body[i-1] >= 0x80 || i+1 < len(body) && body[i+1] >= 0x80 {
			text = append(text, body[i])
		}
	}
	result := chardet.Detect(text)
	switch {
	case result.Confidence < 0.5:
		return ""
	case result.Encoding == "MacCyrillic":
		// Nobody publishes in it; in lower case it is nearly the same.
		return "windows-1251"
	}
	return result.Encoding
}

// legible removes the characters that XML forbids and no text needs: control
// characters and U+FFFE, U+FFFF.
func legible(text []byte) ([]byte, bool) {
	first := firstIllegible(text, 0)
	if first < 0 {
		return text, false
	}
	out := make([]byte, 0, len(text))
	from := 0
	for i := first; i >= 0; i = firstIllegible(text, from) {
		out = append(out, text[from:i]...)
		from = i + 1
		if text[i] == 0xef {
			from = i + 3
		}
	}
	return append(out, text[from:]...), true
}

func firstIllegible(text []byte, from int) int {
	for i := from; i < len(text); i++ {
		c := text[i]
		if c < 0x20 && c != '\n' && c != '\t' && c != '\r' {
			return i
		}
		if c == 0xef && i+2 < len(text) && text[i+1] == 0xbf && text[i+2] >= 0xbe {
			return i
		}
	}
	return -1
}
