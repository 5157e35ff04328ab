// Package charset makes UTF-8 of a document, whatever it came in.
//
//	text, doubt := charset.Decode(body, "text/xml; charset=koi8-r")
//	if doubt != "" {
//		problems = append(problems, doubt) // "the encoding is not declared; guessed gbk"
//	}
//
// It serves feeds and lists of feeds, which declare their encoding in XML, and
// web pages, which do so in a meta element; all are judged by one rule.
//
// Bytes outweigh words: a byte order mark, or text that is valid UTF-8 beyond
// doubt, is believed before any declaration. Then come the server's charset and
// the document's own, if the text can be read with them, and only then a guess
// by the statistics of its bytes, all of them: a guess from the first kilobyte,
// which is mostly markup, is worth nothing.
//
// It is pure, safe for concurrent use, and never panics; time and memory grow
// linearly with the document.
package charset

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/net/html/charset"
)

// Decode returns a document as valid UTF-8, without a byte order mark. It is
// the body itself where that is UTF-8 already. The contentType is the server's
// header and may be empty. The doubt, if there is any, says in plain words what
// was guessed, or found to be other than declared.
func Decode(body []byte, contentType string) (text []byte, doubt string) {
	if text, ok := decodeWide(body); ok {
		return text, ""
	}
	const stray = "bytes that are not UTF-8 were read as windows-1252"
	if rest, marked := bytes.CutPrefix(body, []byte("\xef\xbb\xbf")); marked {
		if utf8.Valid(rest) {
			return rest, ""
		}
		return repairUTF8(rest), stray
	}
	candidates := declared(body, contentType)
	if utf8.Valid(body) {
		return decodeValid(body, candidates)
	}
	// A single-byte encoding reads anything, so being declared proves nothing
	// against text that is all but wholly UTF-8.
	good, bad := countUTF8(body)
	if good >= 20*bad {
		return repairUTF8(body), stray
	}
	for _, name := range candidates {
		if text, ok := decodeAs(body, name); ok {
			return text, ""
		}
	}
	if good >= bad {
		return repairUTF8(body), stray
	}
	if name := guess(body); name != "" {
		if text, ok := decodeAs(body, name); ok {
			return text, "the encoding is not declared, or wrongly; guessed " + name
		}
	}
	text, _ = decodeAs(body, "windows-1252")
	return text, "the encoding is not declared, or wrongly; read as windows-1252"
}

// decodeValid is for a body that is valid UTF-8, whatever it is declared as.
func decodeValid(body []byte, candidates []string) ([]byte, string) {
	if text, ok := overUTF8(body, candidates); ok {
		return text, ""
	}
	if len(candidates) == 0 {
		return body, ""
	}
	// Not the name as declared: it may be anything.
	_, name := charset.Lookup(strings.TrimSpace(candidates[0]))
	if name == "utf-8" || name == "" || highBytes(body) == 0 {
		return body, ""
	}
	return body, "the document says it is " + name + " but is UTF-8"
}

// decodeWide reads a body that shows by its first bytes that it is UTF-16 or
// UTF-32: a byte order mark, or "<" or "{" in four or two bytes.
func decodeWide(body []byte) ([]byte, bool) {
	be, le := binary.ByteOrder(binary.BigEndian), binary.ByteOrder(binary.LittleEndian)
	switch {
	case starts(body, "\xff\xfe\x00\x00"):
		return decodeUTF32(body[4:], le), true
	case starts(body, "\x00\x00\xfe\xff"):
		return decodeUTF32(body[4:], be), true
	case starts(body, "<\x00\x00\x00"), starts(body, "{\x00\x00\x00"):
		return decodeUTF32(body, le), true
	case starts(body, "\x00\x00\x00<"), starts(body, "\x00\x00\x00{"):
		return decodeUTF32(body, be), true
	case starts(body, "\xff\xfe"):
		return decodeUTF16(body[2:], le), true
	case starts(body, "\xfe\xff"):
		return decodeUTF16(body[2:], be), true
	case starts(body, "<\x00"), starts(body, "{\x00"):
		return decodeUTF16(body, le), true
	case starts(body, "\x00<"), starts(body, "\x00{"):
		return decodeUTF16(body, be), true
	}
	return nil, false
}

func starts(b []byte, prefix string) bool {
	return len(b) >= len(prefix) && string(b[:len(prefix)]) == prefix
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
		n += int(c >> 7)
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
		default:
			out = utf8.AppendRune(out, Windows1252(body[i]))
		}
		i += n
	}
	return out
}

// guess asks the statistics of the bytes that are not ASCII; sample is
// enough to be sure and little enough to be quick.
func guess(body []byte) string {
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

// Windows1252 is the character that a byte stands for in windows-1252.
func Windows1252(b byte) rune {
	if 0x80 <= b && b <= 0x9f {
		return windows1252[b-0x80]
	}
	return rune(b)
}

var windows1252 = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8d, 'Ž', 0x8f,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9d, 'ž', 'Ÿ',
}

// Byte1252 is the byte that stands for a character in windows-1252.
func Byte1252(r rune) (byte, bool) {
	if r <= 0xff {
		return byte(r), r >= 0
	}
	for i, c := range windows1252 {
		if c == r {
			return byte(0x80 + i), true
		}
	}
	return 0, false
}
