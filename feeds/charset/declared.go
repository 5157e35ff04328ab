package charset

import (
	"bytes"
	"mime"
	"strings"

	"golang.org/x/net/html/charset"
)

// declared are the encodings that the server and the document name,
// the likelier first: a server that says Latin-1 mostly says so of everything.
func declared(body []byte, contentType string) []string {
	var names []string
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		names = append(names, params["charset"])
	} else if _, after, ok := strings.Cut(strings.ToLower(contentType), "charset="); ok {
		names = append(names, strings.Trim(after, "\"' ;"))
	}
	own := xmlEncoding(body)
	if own == "" {
		own = metaCharset(body)
	}
	if own != "" {
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

// metaCharset is the encoding that a web page names in a meta element. Pages
// put it far behind the first kilobyte, where the standard has it; a feed may
// have such an element in an article, which says nothing of the feed.
func metaCharset(body []byte) string {
	head := body[:min(len(body), maxHead)]
	for _, root := range []string{"<rss", "<feed", "<rdf:RDF", "<opml"} {
		if bytes.Contains(head, []byte(root)) {
			return ""
		}
	}
	head = bytes.ToLower(head)
	for {
		_, after, ok := bytes.Cut(head, []byte("<meta"))
		if !ok {
			return ""
		}
		head = after
		tag, _, _ := bytes.Cut(after, []byte(">"))
		_, value, ok := bytes.Cut(tag, []byte("charset"))
		if !ok {
			continue
		}
		value = bytes.TrimLeft(value, "= \t\r\n\"'")
		if end := bytes.IndexAny(value, "\"' ;/"); end >= 0 {
			value = value[:end]
		}
		if enc, name := charset.Lookup(string(value)); enc != nil && name != "replacement" {
			return name
		}
	}
}

// maxHead is how far into a page its meta element is sought.
const maxHead = 16 << 10
