package parse

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// go test ./feeds/parse -update writes the expected documents anew; read the
// difference before you believe it.
var update = flag.Bool("update", false, "write the expected documents anew")

// Each feed in testdata is read as if it came from this address; what should
// come out stands beside it in a file that ends in .want.
const testURL = "https://feeds.example/news/feed.xml"

func TestFeeds(t *testing.T) {
	files, err := filepath.Glob("testdata/*.xml")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("testdata/*.json")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, more...)
	if len(files) < 8 {
		t.Fatalf("only %d feeds in testdata", len(files))
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			doc, err := Parse(body, testURL, "")
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			enc := json.NewEncoder(&out)
			enc.SetEscapeHTML(false)
			enc.SetIndent("", "  ")
			if err := enc.Encode(doc); err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(file+".want", out.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file + ".want")
			if err != nil {
				t.Fatal(err)
			}
			if got := out.String(); got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestWhatIsNoFeed(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       error
		why        string
	}{
		{"page", `<!DOCTYPE html><html><head><title>A</title></head><body>B</body></html>`, ErrHTML, ""},
		{"page of a few tags", `<!doctype html><title>A</title><link rel=alternate href=b><p>B`, ErrHTML, ""},
		{"page without a doctype", "\n<HTML lang=en><p>B", ErrHTML, ""},
		{"page of a fragment", `<div><p>B</p></div>`, ErrHTML, ""},
		{"page of a doctype", `<!doctype html>B`, ErrHTML, ""},
		{"page with elements of a feed", `<html><body><feed>x</feed><item>y</item></body></html>`, ErrHTML, ""},
		{"text", `nothing to see here`, ErrNotFeed, "there is no markup in it"},
		{"empty", ``, ErrNotFeed, "there is nothing in it"},
		{"blank", " \n\t", ErrNotFeed, "there is nothing in it"},
		{"other XML", `<?xml version="1.0"?><opml version="2.0"><body/></opml>`, ErrNotFeed, "a list of feeds (OPML)"},
		{"other JSON", `{"items": 3, "version": "1"}`, ErrNotFeed, "no JSON Feed"},
		{"a JSON list", `[1, 2]`, ErrNotFeed, "no markup"},
		{"bytes", "\x00\x01\x02\xff\xfe", ErrNotFeed, "no markup"},
		{"a picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", ErrNotFeed, "no markup"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := Parse([]byte(c.body), testURL, "")
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.why) {
				t.Errorf("error %v, want %v with %q in it (%+v)", err, c.want, c.why, doc)
			}
		})
	}
}

// one reads a document of one item and returns it with what was repaired.
func one(t *testing.T, body string) (Entry, string) {
	t.Helper()
	doc, err := Parse([]byte(body), testURL, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Entries) != 1 {
		t.Fatalf("%d entries, want 1: %+v", len(doc.Entries), doc.Entries)
	}
	return doc.Entries[0], strings.Join(doc.Problems, "; ")
}
