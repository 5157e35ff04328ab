package fulltext

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"broadsheet/feeds/clean"
)

// attacks are pages whose tree or whose reading would grow out of all
// proportion to their size, each of about size bytes.
func attacks(size int) map[string]string {
	fill := func(s string) string { return strings.Repeat(s, size/len(s)+1) }
	numbered := func(format string) string {
		var b strings.Builder
		for i := 0; b.Len() < size; i++ {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	sentence := "A sentence, of some length, that is read as part of an article. "
	return map[string]string{
		"open elements":           fill("<div>"),
		"open elements with text": fill("<div><p>" + sentence),
		"open formatting":         numbered("<b id=x%d><p>"),
		"open links":              numbered("<a href=%d><p>text"),
		"misnested":               fill("<b><i><u></b></i></u><p>"),
		"tables":                  fill("<table><tr><td>"),
		"tables with text":        fill("<table><tr><td>" + sentence + "</table>text"),
		"lists":                   fill("<ul><li>"),
		"breaks":                  fill("<br>"),
		"breaks and text":         fill("<br><br>x"),
		"spans":                   fill("<span>x</span>"),
		"siblings":                fill("<p>" + sentence + "</p>"),
		"headings":                fill("<h2>a b c</h2>"),
		"pictures":                fill("<img>"),
		"figures":                 fill("<figure><img><figcaption>caption</figcaption></figure>"),
		"captions":                fill(`<i class="caption">words</i>`),
		"links":                   fill("<li><a href=/x>one two three four five</a>"),
		"forms":                   fill("<form><input>"),
		"svg":                     fill("<svg><g>"),
		"templates":               fill("<template>"),
		"selects":                 fill("<select><option>"),
		"quotes":                  fill("<blockquote class=twitter-tweet>x"),
		"class names":             "<p class='" + fill("ab-cd ") + "'>x",
		"attributes":              "<p " + numbered("a%d=1 ") + ">x",
		"JSON-LD":                 `<script type="application/ld+json">` + fill("[") + `</script>`,
		"many JSON-LD":            fill(`<script type="application/ld+json">{"@type":"NewsArticle"}</script>`),
		"titles":                  "<title>" + fill("a | b: ") + "</title>",
		"one word":                "<p>" + fill("a"),
		"entities":                "<p>" + fill("&amp;"),
		"comments":                fill("<!-- x -->"),
		"noscript":                fill("<noscript><img src=x.jpg></noscript>"),
		"cookies":                 "<p>" + fill("cookie "),
		"lines":                   fill("<p>more</p><p>" + sentence + "</p>"),
	}
}

// Work is counted in bytes allocated, which do not depend on the machine: four
// times the page may cost little more than four times as much.
func TestHostilePagesCostInProportion(t *testing.T) {
	small, large := attacks(16<<10), attacks(64<<10)
	for name := range small {
		before, _ := cost(small[name])
		after, grown := cost(large[name])
		const slack = 8 << 20 // tables and pools that are filled once
		if after > 8*before+slack {
			t.Errorf("%s: %d KB for a small page, %d KB for one four times as large", name, before>>10, after>>10)
		}
		if grown > 16*len(large[name]) {
			t.Errorf("%s grew from %d to %d bytes", name, len(large[name]), grown)
		}
	}
}

// cost is how many bytes reading a page allocates, and how long its HTML is.
func cost(page string) (allocated uint64, length int) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got, _ := Extract([]byte(page), address, "text/html")
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, len(got.HTML)
}

func TestExtractHoldsItsWord(t *testing.T) {
	for name, page := range attacks(2000) {
		t.Run(name, func(t *testing.T) { holdsItsWord(t, []byte(page), "text/html") })
	}
}

func holdsItsWord(t *testing.T, source []byte, contentType string) {
	t.Helper()
	page, err := Extract(source, address, contentType)
	for _, s := range []string{page.Title, page.Byline, page.Summary, page.Site, page.Language, page.Image, page.HTML, page.Text} {
		if !utf8.ValidString(s) {
			t.Fatalf("not UTF-8: %q", s)
		}
	}
	if err == nil && strings.TrimSpace(page.Text) == "" {
		t.Fatal("neither an article nor a reason")
	}
	if err != nil && !errors.Is(err, ErrPaywall) && page.HTML != "" {
		t.Fatalf("an article that is none: %v", err)
	}
	if err != nil && (strings.Contains(err.Error(), "\n") || !strings.Contains(err.Error(), "feed's own text")) {
		t.Fatalf("not a plain sentence: %v", err)
	}
	if strings.Contains(page.HTML, "<script") || strings.Contains(page.HTML, " style=") {
		t.Fatalf("more than an article: %s", page.HTML)
	}
	if !clean.Safe(clean.HTML(page.HTML, address).Markdown) {
		t.Fatal("not safe once cleaned")
	}
	again, errAgain := Extract(source, address, contentType)
	if again != page || (err == nil) != (errAgain == nil) {
		t.Fatal("not the same twice")
	}
}

func FuzzExtract(f *testing.F) {
	names, err := filepath.Glob("testdata/*.html")
	if err != nil || len(names) == 0 {
		f.Fatal("no pages: ", err)
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b, "text/html")
	}
	for _, page := range attacks(500) {
		f.Add([]byte(page), "text/html; charset=shift_jis")
	}
	f.Fuzz(func(t *testing.T, source []byte, contentType string) { holdsItsWord(t, source, contentType) })
}

func BenchmarkExtract(b *testing.B) {
	page := read(b, "article.html")
	// As large as pages on the web are: mostly scripts.
	long := strings.Replace(string(page), "</ul>\n<p>The council", "</ul>\n"+strings.Repeat("<p>The ferry crossed, and crossed again, with forty people on board, and none of them asked for the way back.</p>\n", 40)+"<p>The council", 1)
	long = strings.Replace(long, "</body>", "<script>"+strings.Repeat("window.data.push({id: 1, name: 'x'});\n", 4000)+"</script></body>", 1)
	b.SetBytes(int64(len(long)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Extract([]byte(long), address, "text/html"); err != nil {
			b.Fatal(err)
		}
	}
}
