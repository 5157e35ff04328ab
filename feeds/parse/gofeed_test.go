package parse

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"

	"broadsheet/feeds/parse/repair"
)

// FuzzAgainstGofeed writes well-formed feeds and reads them twice: with another
// reader, which believes in XML, and with this one, which does not. On what is
// well-formed they must agree.
func FuzzAgainstGofeed(f *testing.F) {
	f.Add("Fish & chips", "a <b>bold</b> tale", "https://f.example/1?a=b&c=d", "2024-05-03T08:15:00Z", uint8(0))
	f.Add("]]>", "<![CDATA[ ]]> &amp;amp; <item>", "/1", "Fri, 03 May 2024 08:15:00 GMT", uint8(1))
	f.Add("<title>a</title>", "</item><item>", "urn:x", "", uint8(2))
	f.Add(" \n a \t b ", "—é😀", "https://f.example/é", "2024-05-03", uint8(3))
	f.Fuzz(func(t *testing.T, title, text, link, date string, kind uint8) {
		for _, s := range []string{title, text, link, date} {
			if !utf8.ValidString(s) || repair.Illegible([]byte(s), 0) >= 0 || strings.ContainsAny(s, "\r\ufffd") || len(s) > 1000 {
				return // what XML cannot hold, or changes by itself
			}
		}
		body := written(title, text, link, date, kind)
		theirs, err := gofeed.NewParser().ParseString(body)
		if err != nil {
			t.Fatalf("the other reader refuses it: %v\n%s", err, body)
		}
		ours, err := Parse([]byte(body), "", "")
		if err != nil || len(ours.Problems) > 0 && date == "" {
			t.Fatalf("error %v, problems %q\n%s", err, ours.Problems, body)
		}
		if len(ours.Entries) != len(theirs.Items) {
			t.Fatalf("%d entries, they have %d\n%s", len(ours.Entries), len(theirs.Items), body)
		}
		for i, e := range ours.Entries {
			item := theirs.Items[i]
			if got, want := e.Summary, strings.TrimSpace(item.Description); kind%2 == 0 && got != want {
				t.Errorf("summary %q, they have %q\n%s", got, want, body)
			}
			if got, want := e.Title, string(asTitle(item.Title)); got != want {
				t.Errorf("title %q, they have %q\n%s", got, want, body)
			}
			if item.PublishedParsed != nil && item.PublishedParsed.Year() >= 1970 && item.PublishedParsed.Unix() != 0 && !e.Published.Equal(*item.PublishedParsed) {
				t.Errorf("published %v, they have %v\n%s", e.Published, item.PublishedParsed, body)
			}
		}
	})
}

// asTitle is a title as this reader gives it: HTML.
func asTitle(s string) []byte {
	text := bytes.TrimSpace([]byte(s))
	if looksLikeHTML(text) {
		return text
	}
	return paragraphs(text)
}

// written is a feed of three items with these words, as RSS with escaped or
// CDATA text, or as Atom.
func written(title, text, link, date string, kind uint8) string {
	var b strings.Builder
	put := func(name, s string, cdata bool) {
		b.WriteString("<" + name + ">")
		if cdata {
			b.WriteString("<![CDATA[" + strings.ReplaceAll(s, "]]>", "]]]]><![CDATA[>") + "]]>")
		} else if err := xml.EscapeText(&b, []byte(s)); err != nil {
			panic(err)
		}
		b.WriteString("</" + name[:len(name)-len(name[strings.IndexAny(name+" ", " "):])] + ">\n")
	}
	atom := kind%2 == 1
	if atom {
		b.WriteString(`<feed xmlns="http://www.w3.org/2005/Atom">`)
	} else {
		b.WriteString(`<?xml version="1.0"?><rss version="2.0"><channel>`)
	}
	for range 3 {
		cdata := kind&2 != 0
		if atom {
			b.WriteString("<entry>")
			put("title", title, cdata)
			put(`content type="html"`, text, cdata)
			put("id", link, cdata)
			put("published", date, cdata)
			b.WriteString("</entry>")
			continue
		}
		b.WriteString("<item>")
		put("title", title, cdata)
		put("description", text, cdata)
		put("link", link, cdata)
		put("pubDate", date, cdata)
		b.WriteString("</item>")
	}
	if atom {
		b.WriteString("</feed>")
	} else {
		b.WriteString("</channel></rss>")
	}
	return b.String()
}
