package parse

import (
	"errors"
	"testing"
)

func TestParseTellsPagesFromFeeds(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       error
	}{
		{"rss", `<rss version="2.0"><channel><title>A</title><item><title>B</title></item></channel></rss>`, nil},
		{"page", `<!DOCTYPE html><html><head><title>A</title></head><body>B</body></html>`, ErrHTML},
		{"text", `nothing to see here`, ErrNotFeed},
		{"empty", ``, ErrNotFeed},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := Parse([]byte(c.body), "", "")
			if !errors.Is(err, c.want) {
				t.Fatalf("error %v, want %v", err, c.want)
			}
			if err == nil && (len(doc.Entries) != 1 || doc.Entries[0].Title != "B") {
				t.Errorf("got %+v", doc)
			}
		})
	}
}
