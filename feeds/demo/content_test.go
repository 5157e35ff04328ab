package demo_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"broadsheet/feeds/demo"
)

var (
	element   = regexp.MustCompile(`<[^>]*>`)
	reference = regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	entities  = strings.NewReplacer("&quot;", `"`, "&amp;", "&", "&lt;", "<", "&gt;", ">", "&#39;", "'")
)

func plainText(html string) string {
	return strings.Join(strings.Fields(entities.Replace(element.ReplaceAllString(html, " "))), " ")
}

func TestLinksAreAbsoluteAndLeadSomewhere(t *testing.T) {
	rt := demo.Transport(noon)
	across := 0
	for _, i := range newsroom(t) {
		links := []string{i.Link}
		for _, m := range reference.FindAllStringSubmatch(i.Content, -1) {
			links = append(links, m[1])
		}
		for _, link := range links {
			u, err := url.Parse(link)
			if err != nil || u.Scheme != "https" || !strings.HasSuffix(u.Host, ".example") {
				t.Errorf("%s: %q is not an absolute link below .example", i.key(), link)
				continue
			}
			if u.Host != host(t, i.Link) {
				across++
			}
			resp := get(t, rt, link)
			resp.Body.Close()
			if resp.StatusCode != http.StatusOK {
				t.Errorf("%s: link to %s: status %d", i.key(), link, resp.StatusCode)
			}
		}
		for _, e := range i.Enclosures {
			if !strings.HasPrefix(e.URL, "https://"+host(t, i.Link)+"/") || e.Type == "" || e.Length == "" {
				t.Errorf("%s: enclosure %+v", i.key(), e)
			}
		}
	}
	if across < 5 {
		t.Errorf("%d links from one outlet to another, want at least 5", across)
	}
}

// Each promised feature is somewhere in the paper.
func TestThePaperHasEverything(t *testing.T) {
	inTitle := func(tables ...*unicode.RangeTable) func(item) bool {
		return func(i item) bool {
			return strings.ContainsFunc(i.Title, func(r rune) bool { return unicode.IsOneOf(tables, r) })
		}
	}
	inBody := func(mark string) func(item) bool {
		return func(i item) bool { return strings.Contains(i.Content, mark) }
	}
	words := func(min, max int) func(item) bool {
		return func(i item) bool {
			n := len(strings.Fields(plainText(i.Content)))
			return n >= min && n <= max
		}
	}
	emoji := &unicode.RangeTable{
		R16: []unicode.Range16{{Lo: 0x2693, Hi: 0x2693, Stride: 1}, {Lo: 0x26bd, Hi: 0x26bd, Stride: 1}},
		R32: []unicode.Range32{{Lo: 0x1f300, Hi: 0x1faff, Stride: 1}},
	}
	accents := &unicode.RangeTable{R16: []unicode.Range16{{Lo: 0xc0, Hi: 0xff, Stride: 1}}}
	all := newsroom(t)
	for _, c := range []struct {
		name string
		min  int
		has  func(item) bool
	}{
		{"table", 10, inBody("<table>")},
		{"bulleted list", 10, inBody("<ul>")},
		{"numbered list", 10, inBody("<ol>")},
		{"quotation", 5, inBody("<blockquote>")},
		{"code block", 3, inBody("<pre><code")},
		{"inline code", 1, inBody("</code>")},
		{"heading", 8, inBody("<h3>")},
		{"link", 10, inBody("<a href=")},
		{"picture with alternative text", 6, func(i item) bool {
			return regexp.MustCompile(`<img src="[^"]+" alt="[^"]{20,}"`).MatchString(i.Content)
		}},
		{"right-to-left body", 8, inBody(`dir="rtl"`)},
		{"Arabic headline", 8, inTitle(unicode.Arabic)},
		{"Chinese headline", 8, inTitle(unicode.Han)},
		{"accented headline", 5, inTitle(accents)},
		{"emoji headline", 8, inTitle(emoji)},
		{"enclosure", 9, func(i item) bool { return len(i.Enclosures) > 0 && i.Enclosures[0].Type == "audio/mpeg" }},
		{"author", 100, func(i item) bool { return len(i.Authors) > 0 }},
		{"brief", 15, words(20, 75)},
		{"full article", 80, words(80, 300)},
		{"long read", 6, words(800, 2000)},
		{"morning briefing", 7, func(i item) bool { return i.Title == "Morning briefing" }},
	} {
		n := 0
		for _, i := range all {
			if c.has(i) {
				n++
			}
		}
		if n < c.min {
			t.Errorf("%s: in %d articles, want at least %d", c.name, n, c.min)
		}
	}
}

// No unrendered mark of the source is published.
func TestNoSourceMarksLeak(t *testing.T) {
	for _, i := range newsroom(t) {
		for _, mark := range []string{"{weekday", "](", "**", "&#xA;", "=== ", "raw HTML omitted"} {
			if strings.Contains(i.Content, mark) || strings.Contains(i.Title, mark) || strings.Contains(i.Description, mark) {
				t.Errorf("%s shows %q", i.key(), mark)
			}
		}
	}
}

// quoted is what two outlets quote of one notice.
const quoted = "Nobody may set foot on the bridge before day eight. The readings of all 136 hangers will be published every morning at seven."

// Every article is written for itself: apart from wire copy and a notice, no two
// of them share a sentence.
func TestNoSentenceIsUsedTwice(t *testing.T) {
	end := regexp.MustCompile(`[.!?。！？؟][”"»]?\s+`)
	copies := truth(t)
	first := make(map[string]string)
	for _, i := range newsroom(t) {
		for _, sentence := range end.Split(plainText(i.Content), -1) {
			if len(strings.Fields(sentence)) < 7 || strings.Contains(quoted, sentence) {
				continue
			}
			other, seen := first[sentence]
			if !seen {
				first[sentence] = i.key()
				continue
			}
			if other != i.key() && (copies[other].copies == "-" || copies[other].copies != copies[i.key()].copies) {
				t.Errorf("%s and %s both say %q", other, i.key(), sentence)
			}
		}
	}
}
