package discover

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// decode makes UTF-8 of a page. What reads as UTF-8 is UTF-8, whatever header
// and page claim; x/net's rules decide on the rest.
func decode(page []byte, contentType string) []byte {
	enc, ok := wide(page)
	if !ok {
		var name string
		enc, name, _ = charset.DetermineEncoding(page, contentType)
		if utf8.Valid(page) && name != "iso-2022-jp" { // which is ASCII to look at
			return page
		}
	}
	decoded, err := enc.NewDecoder().Bytes(page)
	if err != nil {
		return page // addresses are ASCII: better read with broken titles than not at all
	}
	return decoded
}

// wide knows UTF-16 by its byte order mark, or by the first character being "<".
func wide(page []byte) (encoding.Encoding, bool) {
	switch {
	case bytes.HasPrefix(page, []byte{0xff, 0xfe}), bytes.HasPrefix(page, []byte{'<', 0}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), true
	case bytes.HasPrefix(page, []byte{0xfe, 0xff}), bytes.HasPrefix(page, []byte{0, '<'}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM), true
	}
	return nil, false
}
