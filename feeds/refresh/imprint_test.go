package refresh

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/demo"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/parse"
)

// made is what the present rules make of documents of every format, and of all
// that the sample newsroom publishes.
const made = "1 07c4097dd7f067ef"

// Whoever changes what becomes of an entry raises rules, so that entries are read
// again that are as they were, and puts here what is made of them now.
func TestTheRulesAreCounted(t *testing.T) {
	h := sha256.New()
	add := func(body []byte, url, contentType string) {
		d, err := parse.Parse(body, url, contentType)
		if err != nil {
			t.Fatal(url, err)
		}
		for _, e := range entriesOf(d) {
			fmt.Fprintf(h, "%+v\n", e)
		}
	}
	files, err := filepath.Glob("../parse/testdata/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if filepath.Ext(file) == ".want" {
			continue
		}
		body, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		add(body, "https://example.org/feed", "")
	}
	newsroom := fetch.New(fetch.Options{Transport: demo.Transport(day(26))})
	for _, f := range demo.Feeds() {
		if result, err := newsroom.Get(t.Context(), fetch.Request{URL: f.URL}); err == nil { // one is always down
			add(result.Body, result.URL, result.ContentType)
		}
	}
	if sum := fmt.Sprintf("%d %x", rules, h.Sum(nil)[:8]); sum != made {
		t.Errorf("what is made of the same entries is %q, and was %q: if that is not for other documents, raise rules; and put it there", sum, made)
	}
}

// imprintOf is what a document of one entry leaves.
func imprintOf(d parse.Document, base string, loose bool) feeds.Imprint {
	got := reading{subscription: feeds.Subscription{Health: feeds.Health{LooseIDs: loose}}}
	got.entries(d, base, nil)
	if len(got.fetched.Imprints) != 1 {
		panic("it leaves no imprint")
	}
	return got.fetched.Imprints[0]
}

func TestAnImprintIsOfAllThatMakesAnArticle(t *testing.T) {
	const base = "https://example.org/feed.xml"
	first := func() parse.Document {
		return parse.Document{Title: "Example", Language: "en", Entries: []parse.Entry{{
			ID: "1", Title: "Title", Link: "/a", Author: "A", Language: "en", Summary: "S", Content: "C", Published: day(1), Updated: day(2),
			Enclosures: []feeds.Enclosure{{URL: "/x.mp3", Type: "audio/mpeg", Length: 7, Play: time.Minute, Title: "X"}},
		}}}
	}
	is := imprintOf(first(), base, false)
	for what, change := range map[string]func(d *parse.Document, e *parse.Entry){
		"the document's language": func(d *parse.Document, _ *parse.Entry) { d.Language = "de" },
		"the id":                  func(_ *parse.Document, e *parse.Entry) { e.ID = "2" },
		"the title":               func(_ *parse.Document, e *parse.Entry) { e.Title = "Title 2" },
		"the link":                func(_ *parse.Document, e *parse.Entry) { e.Link = "/b" },
		"the author":              func(_ *parse.Document, e *parse.Entry) { e.Author = "B" },
		"the language":            func(_ *parse.Document, e *parse.Entry) { e.Language = "fr" },
		"the summary":             func(_ *parse.Document, e *parse.Entry) { e.Summary = "T" },
		"the content":             func(_ *parse.Document, e *parse.Entry) { e.Content = "D" },
		"what moves between them": func(_ *parse.Document, e *parse.Entry) { e.Summary, e.Content = "SC", "" },
		"the base":                func(_ *parse.Document, e *parse.Entry) { e.Base = "https://example.org/other/" },
		"an enclosure's address":  func(_ *parse.Document, e *parse.Entry) { e.Enclosures[0].URL = "/y.mp3" },
		"an enclosure's type":     func(_ *parse.Document, e *parse.Entry) { e.Enclosures[0].Type = "audio/ogg" },
		"an enclosure's length":   func(_ *parse.Document, e *parse.Entry) { e.Enclosures[0].Length = 8 },
		"an enclosure's time":     func(_ *parse.Document, e *parse.Entry) { e.Enclosures[0].Play = time.Hour },
		"an enclosure's title":    func(_ *parse.Document, e *parse.Entry) { e.Enclosures[0].Title = "Y" },
		"a further enclosure":     func(_ *parse.Document, e *parse.Entry) { e.Enclosures = append(e.Enclosures, feeds.Enclosure{}) },
	} {
		d := first()
		if change(&d, &d.Entries[0]); imprintOf(d, base, false) == is {
			t.Errorf("%s leaves the imprint as it is", what)
		}
	}
	if imprintOf(first(), "https://example.com/feed.xml", false) == is {
		t.Error("the address of the document leaves the imprint as it is")
	}
	d := first()
	d.Entries[0].ID = ""
	if imprintOf(d, base, true) == imprintOf(d, base, false) {
		t.Error("that ids are loose leaves the imprint as it is")
	}
	d = first()
	d.Title, d.Entries[0].Published, d.Entries[0].Updated = "Renamed", day(3), day(3)
	if imprintOf(d, base, false) != is {
		t.Error("the dates, or the name of the feed, change the imprint")
	}
	d.Entries[0].ID = "3"
	if imprintOf(d, base, true) != imprintOf(first(), base, true) {
		t.Error("an id that is loose changes the imprint")
	}
}
