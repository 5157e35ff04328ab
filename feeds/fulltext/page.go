package fulltext

import (
	"bytes"
	"mime"
	"unicode/utf8"
)

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

// isHTML looks at the bytes before the header: servers call their error pages
// PDF and their PDFs HTML.
func isHTML(page []byte, contentType string) bool {
	if isUTF16(page) {
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

// isUTF16 knows it by its byte order mark, or by the first character being "<".
func isUTF16(page []byte) bool {
	return bytes.HasPrefix(page, []byte{0xff, 0xfe}) || bytes.HasPrefix(page, []byte{'<', 0}) ||
		bytes.HasPrefix(page, []byte{0xfe, 0xff}) || bytes.HasPrefix(page, []byte{0, '<'})
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
