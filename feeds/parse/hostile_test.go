package parse

import (
	"bytes"
	"encoding/xml"
	"errors"
	"html"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
)

// hostile are documents of about n bytes, each made to be slow to read.
func hostile(n int) map[string]string {
	fill := func(unit string) string { return strings.Repeat(unit, n/len(unit)+1) }
	return map[string]string{
		"open tags":                      head + `<item>` + fill("<b>"),
		"open elements of the feed":      head + `<item>` + fill("<title>"),
		"open items":                     head + fill("<item>"),
		"items with an open element":     head + fill("<item><x>"),
		"items with an open title":       head + fill("<item><title>a"),
		"open texts, one end":            head + `<item>` + fill("<description>") + "</description>",
		"open CDATA":                     head + fill("<item><description><![CDATA[a</description>"),
		"CDATA in CDATA":                 head + `<item><description>` + fill("<![CDATA[") + "]]>",
		"CDATA over item after item":     head + fill("<item><title><![CDATA[x</item>") + "]]>",
		"open comments":                  head + fill("<!--"),
		"comments in elements":           head + fill("<item><title><!-- x</item>"),
		"open instructions":              head + fill("<?x"),
		"open declarations":              fill("<!a"),
		"open subsets":                   fill("<!a["),
		"entities without end":           "<!DOCTYPE a [" + fill("<!ENTITY ") + "]>" + head,
		"open quotes":                    head + fill(`<a b="`),
		"open quotes of both kinds":      head + fill(`<a b="<a b='`),
		"quotes over tags":               head + fill(`<item><enclosure url="a><b>`),
		"a long attribute":               head + `<item a="` + fill("x") + `"><title>t</title></item>` + foot,
		"a long address":                 head + `<item><enclosure url="` + fill("x") + `"/></item>` + foot,
		"many attributes":                head + `<item><enclosure ` + fill(`url="a" `) + `/></item>` + foot,
		"many namespaces":                head + fill(`<item xmlns:a="urn:a"><a:b/>`),
		"a long name":                    head + `<` + fill("x") + `/>`,
		"less-than signs":                head + `<item><title>` + fill("<"),
		"ampersands":                     head + `<item><title>` + fill("&"),
		"references":                     head + `<item><title>` + fill("&x;"),
		"end tags":                       head + `<item><description>` + fill("</p>"),
		"end tags of what is around":     head + fill("</item>"),
		"authors without end":            head + `<item><author>` + fill("<name>") + `</author>`,
		"deep markup":                    head + `<item><description>` + fill("<p>") + `</description></item>` + foot,
		"bases in bases":                 `<feed><entry xml:base="http://a.example/"><content type="xhtml">` + fill(`<p xml:base="a/">`) + `</content></entry></feed>`,
		"ends of CDATA":                  head + `<item><description>` + fill("]]&gt;") + `</description></item>` + foot,
		"NULs":                           head + fill("\x00"),
		"a long date":                    head + `<item><pubDate>` + fill("1 ") + `</pubDate></item>` + foot,
		"JSON in JSON":                   `{"items":` + fill("["),
		"JSON objects in JSON objects":   fill(`{"items":`),
		"JSON commas":                    `{"items":[` + fill(","),
		"JSON ends":                      `{"items":[` + fill("}"),
		"JSON escapes":                   `{"title":"` + fill(`\ud800`),
		"bytes that are no characters":   head + `<item><title>` + fill("\xff"),
		"text before the feed":           fill("<x>") + head,
		"a page with feeds in it":        "<html>" + fill("<feed>"),
		"links":                          atomEntryOf(fill(`<link href="a"/>`)),
		"media":                          rssItem(fill(`<media:content url="a"/>`)),
		"creators":                       rssItem(fill(`<dc:creator>a</dc:creator>`)),
		"items in unknown elements":      head + fill("<w><item/></w>") + foot,
		"unknown elements, then an item": head + fill("<w>") + "<item/>" + foot,
		"unknown elements around items":  head + fill("<w><item/>") + fill("</w>") + foot,
		"HTML with items in it":          head + "<item><description>" + fill("<p><item>") + "</description></item>" + foot,
		"references to bytes":            head + "<item><title>" + fill("&#226;") + "</title></item>" + foot,
		"empty items in an item":         head + `<item>` + fill("<item/>"),
		"declared entities, many times":  `<!DOCTYPE a [<!ENTITY e "` + strings.Repeat("x", 200) + `">]>` + head + `<item><title>` + fill("&e;"),
	}
}

// Twice the input may cost about twice the work, never four times. Work is
// counted, not timed: bytes looked at by the lexer, bytes allocated by all.
func TestHostileInputIsLinear(t *testing.T) {
	const small, factor = 1 << 12, 8
	measure := func(doc string) (work, allocated float64) {
		n := newReader([]byte(doc), &problems{})
		n.document(testURL)
		var m1, m2 runtime.MemStats
		runtime.ReadMemStats(&m1)
		parsed, err := Parse([]byte(doc), testURL, "")
		runtime.ReadMemStats(&m2)
		if err == nil && len(parsed.Problems) > maxProblems {
			t.Errorf("%d problems", len(parsed.Problems))
		}
		return float64(n.Work), float64(m2.TotalAlloc - m1.TotalAlloc)
	}
	before, after := hostile(small), hostile(small*factor)
	for name := range before {
		t.Run(name, func(t *testing.T) {
			w1, a1 := measure(before[name])
			w2, a2 := measure(after[name])
			if w2 > 1.5*factor*w1+1<<12 {
				t.Errorf("%d times the input, %.1f times the work (%.0f, %.0f)", factor, w2/w1, w1, w2)
			}
			if a2 > 2*factor*a1+1<<16 {
				t.Errorf("%d times the input, %.1f times the memory (%.0f, %.0f)", factor, a2/a1, a1, a2)
			}
			if w2 > 32*small*factor {
				t.Errorf("%.0f bytes looked at for %d", w2, small*factor)
			}
		})
	}
}

// A text is read to its limit, wherever that falls in it.
func TestTextsAreBounded(t *testing.T) {
	long := strings.Repeat("é", maxMarkup/2+100)
	for _, text := range []string{long, "x" + long, "<![CDATA[" + long + "]]>", "<p>" + long + "</p>", strings.Repeat("&amp;", maxMarkup/5+9)} {
		doc, err := Parse([]byte(head+"<item><description>"+text+"</description></item>"+foot), testURL, "")
		if err != nil || len(doc.Entries) != 1 || len(doc.Problems) != 1 {
			t.Fatalf("problems %q, error %v", doc.Problems, err)
		}
		if s := doc.Entries[0].Summary; !utf8.ValidString(s) || len(s) > maxMarkup+100 || len(s) < maxMarkup/8 {
			t.Errorf("%.20q… became %d bytes", text, len(s))
		}
	}
}

func TestItemsAreBounded(t *testing.T) {
	doc, err := Parse([]byte(head+strings.Repeat("<item><title>a</title></item>", maxItems+9)+foot), testURL, "")
	if err != nil || len(doc.Entries) != maxItems || doc.Entries[maxItems-1].Title != "a" || len(doc.Problems) != 1 {
		t.Errorf("%d entries, problems %q, error %v", len(doc.Entries), doc.Problems, err)
	}
}

func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".want") {
			continue
		}
		body, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	for _, c := range repairs {
		f.Add([]byte(c.body))
	}
	for _, c := range jsonRepairs {
		f.Add([]byte(c.body))
	}
	for _, doc := range hostile(200) {
		f.Add([]byte(doc))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		doc, err := Parse(body, testURL, "")
		if err != nil {
			if !errors.Is(err, ErrNotFeed) && !errors.Is(err, ErrHTML) {
				t.Fatalf("unexpected error: %v", err)
			}
			return
		}
		for _, e := range doc.Entries {
			for _, s := range []string{e.ID, e.Title, e.Link, e.Author, e.Language, e.Summary, e.Content, e.Base} {
				if !utf8.ValidString(s) {
					t.Fatalf("%q is not valid UTF-8", s)
				}
			}
		}
	})
}

// feedOf is a feed of fifty articles of some 3.6 KB, in CDATA as most publishers
// write them, or escaped.
func feedOf(escaped bool) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="utf-8"?><rss version="2.0"` + namespaces + `><channel><title>F</title>`)
	text := strings.Repeat(`<p>The ferry left at <a href="https://f.example/time?a=1&amp;b=2">nine</a>, as it does.</p>`, 40)
	for range 50 {
		b.WriteString(`<item><title>The ferry &amp; the bridge</title><link>https://f.example/1</link><guid>https://f.example/1</guid>` +
			`<pubDate>Fri, 03 May 2024 12:00:00 GMT</pubDate><category>Harbour</category><media:thumbnail url="https://f.example/1.jpg"/>` +
			`<description>It left at nine.</description><content:encoded>`)
		if escaped {
			b.WriteString(html.EscapeString(text))
		} else {
			b.WriteString("<![CDATA[" + text + "]]>")
		}
		b.WriteString(`</content:encoded></item>`)
	}
	b.WriteString(`</channel></rss>`)
	return []byte(b.String())
}

func BenchmarkParse(b *testing.B) {
	for name, body := range map[string][]byte{"CDATA": feedOf(false), "escaped": feedOf(true)} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Parse(body, testURL, ""); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkOthers is what two tokenizers and another reader need for the same.
func BenchmarkOthers(b *testing.B) {
	body := feedOf(false)
	run := func(name string, read func() error) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				if err := read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("encoding/xml", func() error {
		d := xml.NewDecoder(bytes.NewReader(body))
		for {
			if _, err := d.RawToken(); err == io.EOF {
				return nil
			} else if err != nil {
				return err
			}
		}
	})
	run("gofeed", func() error {
		_, err := gofeed.NewParser().Parse(bytes.NewReader(body))
		return err
	})
}
