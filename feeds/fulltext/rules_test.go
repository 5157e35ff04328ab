package fulltext

import (
	"strings"
	"testing"
)

const (
	one   = "The bridge over the brook was counted on Monday, and found to be one bridge, as the register had said all along."
	two   = "Its planks, however, were forty and not thirty-eight, which nobody in the office could explain before the weekend."
	three = "The difference will be looked into by a commission, which is to meet on the bridge, if it can carry all of its members."
	four  = "Whoever has put two planks into the bridge is asked to come forward, and will not be charged for the nails."
)

func paragraph(attrs, text string) string { return "<p" + attrs + ">" + text + "</p>\n" }

// Names that mean furniture on one page are of the text on another: each page
// here must keep all four sentences and lose what says "junk".
func TestNames(t *testing.T) {
	body := paragraph("", one) + paragraph("", two) + paragraph("", three) + paragraph("", four)
	for name, inside := range map[string]string{
		"name of a wall on what is behind it": paragraph(` class="has-dropcap paywall"`, one) + paragraph(` class="paywall"`, two) + paragraph(` class="paywall"`, three) + paragraph(` class="paywall"`, four),
		"furniture's name on the whole text":  `<div class="sidebar-layout social-share-enabled">` + body + `</div><div class="social-share">junk</div>`,
		"id made of a heading":                paragraph("", one) + paragraph("", two) + paragraph("", three) + `<div id="sharing"><h2>Sharing</h2>` + paragraph("", four) + `</div>`,
		"long id":                             paragraph("", one) + paragraph("", two) + `<div id="how-planks-are-related-to-bridges">` + paragraph("", three) + paragraph("", four) + `</div>`,
		"body in several parts":               `<div class="story-body">` + paragraph("", one) + paragraph("", two) + paragraph("", three) + `</div><div class="ad">junk</div><div class="story-body">` + paragraph("", four) + `</div>`,
		"words of a sentence":                 strings.Replace(body, "planks", `<a class="popup" href="/planks">planks</a>`, 1),
		"place that is called a source":       strings.Replace(body, "The bridge", `<cite class="editorial-source">The bridge</cite>`, 1),
		"hidden junk":                         body + `<div style="display: none"><p>junk, and more junk, that is written like a sentence of the article, and is none.</p></div>`,
		"related":                             body + `<div class="c-relatedStories"><p>junk, and more junk, that is written like a sentence of the article, and is none.</p></div>`,
		"most read":                           body + `<section class="most-read"><p>junk, and more junk, that is written like a sentence of the article, and is none.</p></section>`,
		"comments":                            body + `<div id="comments">` + strings.Repeat("<p>junk, and more junk, that is written like a sentence of the article, and is none.</p>", 20) + `</div>`,
		"navigation":                          `<nav><p>junk, and more junk, that is written like a sentence of the article, and is none.</p></nav>` + body,
		"role":                                body + `<div role="complementary"><p>junk, and more junk, that is written like a sentence of the article, and is none.</p></div>`,
	} {
		got, err := Extract([]byte("<html><head><title>Planks</title></head><body><article><h1>Planks</h1>"+inside+"</article></body></html>"), address, "text/html")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, want := range []string{one, two, three, four} {
			if !strings.Contains(got.Text, want) {
				t.Errorf("%s: lost %q of\n%s", name, want, got.Text)
			}
		}
		if strings.Contains(got.Text, "junk") {
			t.Errorf("%s: kept\n%s", name, got.Text)
		}
	}
}

// Readability takes such an article for the name of its author.
func TestArticleNamedAfterItsAuthor(t *testing.T) {
	page := `<html><head><title>Planks</title></head><body><article class="post author-ann-other"><h1 itemprop="name">Planks</h1>` +
		paragraph("", one) + paragraph("", two) + `</article></body></html>`
	got, err := Extract([]byte(page), address, "text/html")
	if err != nil || !strings.Contains(got.Text, one) || !strings.Contains(got.Text, two) {
		t.Errorf("%v: %q", err, got.Text)
	}
}

// What stands above the first sentence, below the last and between: each line
// is wanted, or not.
func TestLines(t *testing.T) {
	for _, c := range []struct {
		where, line string
		kept        bool
	}{
		{"above", "<p>19 November 2026, 8:15 am</p>", false},
		{"above", "<p>By Ann Other</p>", false},
		{"above", "<p>Ann Other</p>", false},
		{"above", "<p>5 min read</p>", false},
		{"above", "<h2>Planks are counted</h2>", false},
		{"above", "<h2>What was found</h2>", true},
		{"above", "<p>BROOKTOWN</p>", true},
		{"above", "<p>Nobody saw it coming.</p>", true},
		{"between", "<p>Advertisement</p>", false},
		{"between", "<p>Lesen Sie auch</p>", false},
		{"between", `<p><a href="/other">How the other bridge was counted twice</a></p>`, false},
		{"between", `<p><a href="https://elsewhere.example/">The register of bridges in full</a></p>`, true},
		{"between", `<p>Read <a href="/other">the report</a> on the other bridge.</p>`, true},
		{"between", "<p>More planks.</p>", true},
		{"below", "<p>Ann Other is a reporter who covers bridges.</p>", false},
		{"below", "<p>Follow @brooktown on Twitter.</p>", false},
		{"below", "<p>Additional reporting by Ivo Brandt.</p>", false},
		{"below", "<p>Ivo Brandt contributed to this report from the brook.</p>", false},
		{"below", "<p>© 2026 The Brook</p>", false},
		{"below", "<h3>More news</h3>", false},
		{"below", "<p>The brook, for its part, runs on.</p>", true},
		{"below", "<p>— 30 —</p>", true},
		{"below", "<ul><li>forty planks</li></ul>", true},
	} {
		parts := map[string]string{c.where: c.line}
		page := `<html><head><title>Planks are counted</title><meta name="author" content="Ann Other"></head><body><article><h1>Planks are counted</h1>` +
			parts["above"] + paragraph("", one) + paragraph("", two) + parts["between"] + paragraph("", three) + paragraph("", four) + parts["below"] + "</article></body></html>"
		got, err := Extract([]byte(page), address, "text/html")
		if err != nil {
			t.Errorf("%s: %v", c.line, err)
			continue
		}
		rest := got.Text
		for _, s := range []string{one, two, three, four} {
			if !strings.Contains(rest, s) {
				t.Errorf("%s: lost %q", c.line, s)
			}
			rest = strings.Replace(rest, s, "", 1)
		}
		if kept := strings.TrimSpace(rest) != ""; kept != c.kept {
			t.Errorf("%s %s: kept is %v, want %v: %q", c.where, c.line, kept, c.kept, strings.TrimSpace(rest))
		}
	}
}

func TestLexicon(t *testing.T) {
	l := lexiconOf("\nread more\ncookie*\nsign up\n続きを読む\n")()
	for _, c := range []struct {
		text          string
		is, leads     bool
		found, atMost int
	}{
		{"read more", true, true, 1, 9},
		{"read more about it", false, true, 1, 9},
		{"read moreover", false, false, 0, 9},
		{"our cookies and a cookie", false, false, 2, 9},
		{"our cookies and a cookie", false, false, 1, 1},
		{"続きを読む", true, true, 1, 9},
		{"", false, false, 0, 9},
	} {
		if l.is(c.text) != c.is || l.leads(c.text) != c.leads || l.count(c.text, c.atMost) != c.found {
			t.Errorf("%q: is %v, leads %v, count %d", c.text, l.is(c.text), l.leads(c.text), l.count(c.text, c.atMost))
		}
	}
}

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{"": "", "Don’t  Miss:": "don t miss", " À lire AUSSI ": "à lire aussi", "続きを読む »": "続きを読む", "…": ""} {
		if got := plain(in); got != want {
			t.Errorf("plain(%q) = %q, want %q", in, got, want)
		}
	}
}
