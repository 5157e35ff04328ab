package parse

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"
)

func TestCompressedBody(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	items := strings.Repeat("<item><title>a</title></item>", 2000)
	if _, err := w.Write([]byte(head + items + foot)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	doc, err := Parse(b.Bytes(), testURL, "")
	if err != nil || len(doc.Entries) != 2000 || doc.Problems != nil {
		t.Errorf("%d entries, problems %q, error %v", len(doc.Entries), doc.Problems, err)
	}
	doc, err = Parse(b.Bytes()[:b.Len()-100], testURL, "")
	if err != nil || len(doc.Entries) == 0 || len(doc.Problems) == 0 {
		t.Errorf("cut off: %d entries, problems %q, error %v", len(doc.Entries), doc.Problems, err)
	}
}

func TestUnpackingIsBounded(t *testing.T) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	const limit = 1 << 16
	p := &problems{}
	if text := unpack(b.Bytes(), limit, p); len(text) != limit || len(p.texts) != 1 {
		t.Errorf("%d bytes, problems %q", len(text), p.texts)
	}
}
