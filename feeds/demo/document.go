package demo

import (
	"fmt"
	"slices"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// document is the feed as the outlet serves it: version 1 the first time, 2
// ever after. modified is the moment of its latest change.
func (o *outlet) document(now time.Time, version int) (body []byte, modified time.Time, err error) {
	all, err := o.read(now)
	if err != nil {
		return nil, time.Time{}, err
	}
	var list []entry
	for _, a := range all {
		if a.version != 0 && a.version != version {
			continue
		}
		html, err := o.render(a, false)
		if err != nil {
			return nil, time.Time{}, err
		}
		list = append(list, entry{a, html})
		if a.changed().After(modified) {
			modified = a.changed()
		}
	}
	slices.SortStableFunc(list, func(a, b entry) int { return b.published.Compare(a.published) })
	switch o.format {
	case "rss":
		body, err = o.rss(list, modified)
	case "atom":
		body, err = o.atom(list, modified)
	case "rdf":
		body, err = o.rdf(list)
	case "json":
		body, err = o.json(list)
	default:
		err = fmt.Errorf("sample newsroom, %s: unknown format %q", o.file, o.format)
	}
	return body, modified, err
}

// contentType is what the outlet's server says its feed is. As on many real
// servers, only the XML declaration or the byte order mark names a charset
// other than UTF-8.
func (o *outlet) contentType() string {
	if o.charset == "utf-8" {
		return feedKind(o.format) + "; charset=utf-8"
	}
	return feedKind(o.format)
}

func feedKind(format string) string {
	switch format {
	case "atom":
		return "application/atom+xml"
	case "rdf":
		return "application/rdf+xml"
	case "json":
		return "application/feed+json"
	}
	return "application/rss+xml"
}

// encode writes a document in the outlet's charset; what the charset lacks
// becomes a character reference.
func (o *outlet) encode(s string) ([]byte, error) {
	var charset encoding.Encoding
	switch o.charset {
	case "utf-8":
		return []byte(s), nil
	case "utf-16":
		charset = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case "windows-1252":
		charset = charmap.Windows1252
	case "windows-1256":
		charset = charmap.Windows1256
	default:
		return nil, fmt.Errorf("sample newsroom, %s: unknown charset %q", o.file, o.charset)
	}
	return encoding.HTMLEscapeUnsupported(charset.NewEncoder()).Bytes([]byte(s))
}
