package fulltext

import (
	"bytes"
	"mime"
	"unicode/utf8"

	"github.com/wlynxg/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
)

// decode returns a page as UTF-8. The whole body is looked at before anything
// is believed: what reads as UTF-8 is UTF-8, whatever header and page declare,
// and the guess that x/net makes from the first kilobyte comes after that.
func decode(page []byte, contentType string) []byte {
	if enc := wide(page); enc != nil {
		return decoded(cut(page), enc)
	}
	page = bytes.TrimPrefix(page, []byte("\xef\xbb\xbf"))
	_, declared, certain := charset.DetermineEncoding(page, contentType)
	if utf8.Valid(page) && declared != "iso-2022-jp" { // which is ASCII to look at
		return cut(page)
	}
	page = cut(page)
	if mostlyUTF8(page) {
		return bytes.ToValidUTF8(page, []byte("\uFFFD"))
	}
	if declared == "utf-8" || declared == "windows-1252" && !certain {
		declared = ""
		if e, name := lateMeta(page); e != nil {
			return decoded(page, e)
		} else if name == "" {
			declared = guess(page)
		}
	}
	enc, name := charset.Lookup(declared)
	if enc == nil || name == "replacement" {
		enc, _ = charset.Lookup("windows-1252")
	}
	return decoded(page, enc)
}

func decoded(page []byte, enc encoding.Encoding) []byte {
	text, err := enc.NewDecoder().Bytes(page)
	if err != nil {
		return bytes.ToValidUTF8(page, []byte("\uFFFD")) // tags are ASCII: better read with broken letters than not at all
	}
	return cut(text)
}

// cut limits a page to MaxSource, at a place where no character is split.
func cut(page []byte) []byte {
	if len(page) <= MaxSource {
		return page
	}
	n := MaxSource
	for n > MaxSource-utf8.UTFMax && !utf8.RuneStart(page[n]) {
		n--
	}
	return page[:n]
}

// wide knows UTF-16 by its byte order mark, or by the first character being "<".
func wide(page []byte) encoding.Encoding {
	switch {
	case bytes.HasPrefix(page, []byte{0xff, 0xfe}), bytes.HasPrefix(page, []byte{'<', 0}):
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(page, []byte{0xfe, 0xff}), bytes.HasPrefix(page, []byte{0, '<'}):
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	}
	return nil
}

// mostlyUTF8 is for UTF-8 with a few broken bytes, as a cut-off caption or a
// pasted quote leaves them: in text of another encoding, sequences that happen
// to be UTF-8 are much rarer than bytes that cannot be.
func mostlyUTF8(page []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(page); {
		if page[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(page[i:])
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		i += n
	}
	return good > 4*bad
}

// lateMeta finds the declaration of pages that put it behind the first
// kilobyte, which is where x/net stops to look.
func lateMeta(page []byte) (encoding.Encoding, string) {
	head := bytes.ToLower(page[:min(len(page), 16<<10)])
	for {
		at := bytes.Index(head, []byte("charset="))
		if at < 0 {
			return nil, ""
		}
		head = head[at+len("charset="):]
		value := bytes.TrimLeft(head, `"' `)
		if end := bytes.IndexAny(value, `"' ;/>`); end > 0 {
			if e, name := charset.Lookup(string(value[:end])); e != nil && name != "utf-8" && name != "replacement" {
				return e, name
			}
		}
	}
}

// guess asks the statistics of the bytes that are not ASCII.
func guess(page []byte) string {
	const sample = 32 << 10
	text := make([]byte, 0, sample)
	for i := 0; i < len(page) && len(text) < sample; i++ {
		// Single bytes of ASCII are needed where they are the second half of a
		// double-byte character.
		if page[i] >= 0x80 || i > 0 && page[i-1] >= 0x80 || i+1 < len(page) && page[i+1] >= 0x80 {
			text = append(text, page[i])
		}
	}
	result := chardet.Detect(text)
	switch {
	case result.Confidence < 0.5:
		return ""
	case result.Encoding == "MacCyrillic":
		return "windows-1251" // nobody publishes in it; in lower case it is nearly the same
	}
	return result.Encoding
}

// isHTML looks at the bytes before the header: servers call their error pages
// PDF and their PDFs HTML.
func isHTML(page []byte, contentType string) bool {
	if wide(page) != nil {
		return true
	}
	head := bytes.TrimLeft(bytes.TrimPrefix(page, []byte("\xef\xbb\xbf")), " \t\r\n\f")
	head = head[:min(len(head), 1024)]
	if bytes.IndexByte(head, 0) >= 0 {
		return false
	}
	for _, magic := range []string{"%PDF-", "%!PS", "\x1f\x8b", "PK\x03\x04", "\x89PNG", "\xff\xd8\xff", "GIF8", "RIFF", "OggS", "ID3", "{\\rtf"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return false
		}
	}
	lower := bytes.ToLower(head)
	for _, mark := range []string{"<!doctype html", "<html", "<head", "<body"} {
		if bytes.Contains(lower, []byte(mark)) {
			return true
		}
	}
	root := rootElement(lower)
	switch root {
	case "rss", "feed", "rdf:rdf", "svg", "opml", "urlset", "sitemapindex":
		return false
	}
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media = ""
	}
	switch {
	case media == "text/html", media == "application/xhtml+xml":
		return true
	case media != "" && media != "text/plain" && media != "application/octet-stream" && media != "text/xml" && media != "application/xml":
		return false
	}
	return root != "" && !bytes.HasPrefix(lower, []byte("<?xml"))
}

// rootElement is the name of the first element in sight.
func rootElement(head []byte) string {
	for {
		at := bytes.IndexByte(head, '<')
		if at < 0 || at+1 >= len(head) {
			return ""
		}
		head = head[at+1:]
		if head[0] >= 'a' && head[0] <= 'z' {
			if end := bytes.IndexAny(head, " \t\r\n\f/>"); end > 0 {
				return string(head[:end])
			}
			return string(head)
		}
	}
}
