package parse

import (
	"bytes"
	"compress/gzip"
	"io"

	"broadsheet/feeds/charset"
	"broadsheet/feeds/parse/repair"
)

// maxUnpacked bounds what a compressed body may grow to; no document that is
// fetched is larger.
const maxUnpacked = 16 << 20

// decode returns a body as legible UTF-8, whatever it came in.
func decode(body []byte, contentType string, p *problems) []byte {
	if bytes.HasPrefix(body, []byte("\x1f\x8b")) {
		body = unpack(body, maxUnpacked, p)
	}
	text, doubt := charset.Decode(body, contentType)
	if doubt != "" {
		p.add(doubt)
	}
	text, changed := repair.Legible(text)
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
