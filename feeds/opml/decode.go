package opml

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// decode makes UTF-8 of a file: by its byte order mark, by being UTF-8, by its
// XML declaration, and at last as windows-1252, as old Windows readers wrote.
func decode(raw []byte) ([]byte, error) {
	var enc encoding.Encoding = charmap.Windows1252
	declared := declaration(raw)
	switch {
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}), bytes.HasPrefix(raw, []byte{'<', 0}):
		enc = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(raw, []byte{0xfe, 0xff}), bytes.HasPrefix(raw, []byte{0, '<'}):
		enc = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case utf8.Valid(raw) && !strings.HasPrefix(strings.ToLower(declared), "iso-2022"): // which is ASCII to look at
		return bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")), nil
	case declared != "":
		// A declaration of UTF-8 is wrong here, or a few bytes are: better
		// those bytes lost than every accent.
		if e, _ := charset.Lookup(declared); e != nil {
			enc = e
		}
	}
	text, err := enc.NewDecoder().Bytes(raw)
	if err != nil {
		return nil, fmt.Errorf("the list of feeds is not text in the encoding it says (%q); save it as UTF-8", declared)
	}
	return bytes.ToValidUTF8(text, []byte("\uFFFD")), nil
}

// declaration is the encoding that an XML declaration names.
func declaration(raw []byte) string {
	head := raw[:min(len(raw), 512)]
	if m := regexp.MustCompile(`^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`).FindSubmatch(head); m != nil {
		return string(m[1])
	}
	return ""
}
