package discover

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
)

const pageURL = "https://paper.example/news/today.html"

// pages are web pages with the addresses found in them, best first; they seed
// the fuzzer too.
var pages = []struct {
	name string
	page string
	want []string
}{
	{"the types of feeds, in the page's order",
		`<head><link rel="alternate" type="application/atom+xml" href="/a.xml"><link rel=alternate type=application/rss+xml href=b.xml>
		<LINK REL="ALTERNATE" TYPE="APPLICATION/FEED+JSON; charset=utf-8" HREF="//other.example/c.json">
		<link rel="alternate" type="application/rdf+xml" href="https://paper.example/d"></head>`,
		[]string{"https://paper.example/a.xml", "https://paper.example/news/b.xml", "https://other.example/c.json", "https://paper.example/d"}},
	{"rel among other words, and rel=feed",
		`<link rel="nofollow Alternate home" type="application/atom+xml" href="/a"><link rel=feed href=/b><link rel="feed" type="text/html" href="/c">`,
		[]string{"https://paper.example/a", "https://paper.example/b"}},
	{"what is no feed",
		`<link rel="stylesheet" type="application/rss+xml" href="/1"><link rel="alternate stylesheet" type="application/rss+xml" href="/2">
		<link rel="alternates" type="application/rss+xml" href="/3"><link rel="alternate" type="application/ rss+xml" href="/4">
		<link rel="alternate" hreflang="de" href="/de/"><link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/7?feed=rss">
		<link rel="alternate" type="application/json+oembed" href="/oembed"><link rel="alternate" type="text/xml" href="/oembed.xml?x=feed">
		<link rel="alternate" type="application/atom+xml;type=entry" href="/entry"><link rel="sitemap" type="application/rss+xml" href="/sitemap">
		<link rel="alternate" type="application/rss+xml"><link rel="alternate" type="application/rss+xml" href="">
		<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)"><link rel="alternate" type="application/rss+xml" href="file:///etc/passwd">`,
		nil},
	{"a type that feeds share, when the address or the title says feed; after the sure ones",
		`<link rel="alternate" type="text/xml" href="/rss.xml"><link rel="alternate" type="application/json" title="JSON Feed" href="/x.json">
		<link rel="alternate" type="text/xml" href="/data.xml"><link rel="alternate" type="application/rss+xml" href="/sure">`,
		[]string{"https://paper.example/sure", "https://paper.example/rss.xml", "https://paper.example/x.json"}},
	{"comments last",
		`<link rel="alternate" type="application/rss+xml" title="Paper » Comments Feed" href="/x/feed/">
		<link rel="alternate" type="application/rss+xml" title="Le Papier » Flux des commentaires" href="/y/feed/">
		<link rel="alternate" type="application/rss+xml" href="/comments/feed/"><link rel="alternate" type="application/atom+xml" href="/?feed=comments-rss2">
		<link rel="alternate" type="application/rss+xml" title="Commentary" href="/feed/">`,
		[]string{"https://paper.example/feed/", "https://paper.example/x/feed/", "https://paper.example/y/feed/",
			"https://paper.example/comments/feed/", "https://paper.example/?feed=comments-rss2"}},
	{"base counts for links before it too, the first one only",
		`<link rel="alternate" type="application/rss+xml" href="a.xml"><base href="/section/"><base href="https://evil.example/">`,
		[]string{"https://paper.example/section/a.xml"}},
	{"a base that is none",
		`<base href="data:text/html,x"><link rel="alternate" type="application/rss+xml" href="a.xml">`,
		[]string{"https://paper.example/news/a.xml"}},
	{"the same feed once, with spaces, newlines, fragments, capitals and entities",
		"<link rel='alternate' type='application/rss+xml' href=' \n/f?a=1&amp;b=2#top '><link rel='&#65;lternate' type='application/rss+xml' href='HTTPS://PAPER.example/f?a=1&b=2'>",
		[]string{"https://paper.example/f?a=1&b=2"}},
	{"feed: addresses, credentials dropped",
		`<link rel="alternate" type="application/rss+xml" href="feed://paper.example/a"><link rel="alternate" type="application/rss+xml" href="feed:https://u:p@paper.example/b">`,
		[]string{"http://paper.example/a", "https://paper.example/b"}},
	{"not in comments, scripts or styles; in noscript and body",
		`<!-- <link rel="alternate" type="application/rss+xml" href="/1"> --><script>"<link rel='alternate' type='application/rss+xml' href='/2'>"</script>
		<style><link rel="alternate" type="application/rss+xml" href="/3"></style><noscript><link rel="alternate" type="application/rss+xml" href="/4"></noscript>
		<body><p><link rel="alternate" type="application/rss+xml" href="/5">`,
		[]string{"https://paper.example/4", "https://paper.example/5"}},
	{"ordinary links only where nothing is declared",
		`<link rel="alternate" type="application/rss+xml" href="/declared"><a href="/feed/">RSS</a>`,
		[]string{"https://paper.example/declared"}},
	{"ordinary links before a feed of comments",
		`<link rel="alternate" type="application/rss+xml" title="Today: Comments Feed" href="/today/feed/"><a href="/feed/">RSS</a>`,
		[]string{"https://paper.example/feed/", "https://paper.example/today/feed/"}},
	{"ordinary links that look like feeds; those that may be pages about feeds last, and only if they say so",
		`<a href="/rss">News by RSS</a><a href="/rss">RSS</a><a href="/world/rss" class="icon-rss"><img></a><a href="/sport/rss">Sport</a>
		<a href="/index.rdf">x</a><a href="/feed/">x</a><a href="/?feed=rss2">x</a><a href="https://feeds.host.example/paper">x</a>
		<a href="/rss/index.xml">x</a><a href="/news-feed.json">x</a><a type="application/rss+xml" href="/odd">x</a><a href="feed:https://paper.example/f">x</a>
		<a href="/index.php?format=feed&type=rss">x</a>`,
		[]string{"https://paper.example/index.rdf", "https://paper.example/feed/", "https://paper.example/?feed=rss2", "https://feeds.host.example/paper",
			"https://paper.example/rss/index.xml", "https://paper.example/news-feed.json", "https://paper.example/odd", "https://paper.example/f",
			"https://paper.example/index.php?format=feed&type=rss", "https://paper.example/rss", "https://paper.example/world/rss"}},
	{"ordinary links that are no feeds",
		`<a href="/feedback">Feedback</a><a href="/rss-feeds">RSS Feeds</a><a href="/help/rss.html">RSS</a><a href="/blogs/live-feed">Live Feed</a>
		<a href="https://www.facebook.com/dialog/feed?x=1">Share</a><a href="https://feedly.com/i/subscription/feed/https://paper.example/feed">Feedly</a>
		<a href="/breastfeeding/">x</a><a href="/sitemap.xml">Sitemap</a><a href="mailto:rss@paper.example">RSS</a><a name="feed">x</a><a href="#rss">RSS</a>`,
		nil},
	{"an unclosed title, an unclosed comment", `<title>oops<link rel="alternate" type="application/rss+xml" href="/1">`, nil},
	{"nothing", "", nil},
}

func TestFeeds(t *testing.T) {
	for _, tc := range pages {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, c := range Feeds([]byte(tc.page), pageURL, "text/html") {
				got = append(got, c.URL)
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tc.want, "\n"))
			}
		})
	}
}

func TestFeedsTellWhatThePageTells(t *testing.T) {
	got := Feeds([]byte(`<link rel="alternate" type="Application/RSS+XML;x=y" title=" The
		Paper &amp; Sons " href="/f"><link rel="alternate" type="application/atom+xml" href="/g">
		<link rel="alternate" type="application/atom+xml" title="Late" href="/g">`), pageURL, "")
	want := []Candidate{
		{URL: "https://paper.example/f", Title: "The Paper & Sons", Type: "application/rss+xml", Declared: true},
		{URL: "https://paper.example/g", Title: "Late", Type: "application/atom+xml", Declared: true},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
	got = Feeds([]byte(`<a href="/feed/"><b>Our</b>
		feed</a> and more`), pageURL, "")
	if want := []Candidate{{URL: "https://paper.example/feed/", Title: "Our feed"}}; !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
}

func TestFeedsWithoutAPageURL(t *testing.T) {
	got := Feeds([]byte(`<link rel="alternate" type="application/rss+xml" href="/relative"><link rel="alternate" type="application/rss+xml" href="https://whole.example/f">`), "", "")
	if len(got) != 1 || got[0].URL != "https://whole.example/f" {
		t.Errorf("got %+v, want the absolute address alone", got)
	}
}

func TestFeedsInAnyEncoding(t *testing.T) {
	for _, tc := range []struct {
		name        string
		enc         encoding.Encoding
		meta        string
		contentType string
		title       string
	}{
		{"utf-8 whatever the header says", encoding.Nop, "", "text/html; charset=iso-8859-1", "Škoda Новости"},
		{"utf-16 with a mark", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "", "", "Škoda Новости"},
		{"utf-16 without a mark", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "", "", "Škoda Новости"},
		{"by header", charmap.Windows1251, "", "text/html; charset=windows-1251", "Новости"},
		{"by meta", charmap.Windows1251, `<meta charset="windows-1251">`, "text/html", "Новости"},
		{"iso-2022-jp", japanese.ISO2022JP, `<meta charset="iso-2022-jp">`, "", "日本の新聞"},
		{"undeclared", charmap.Windows1252, "", "", "Café “Paris”"},
	} {
		page := "<html>" + tc.meta + `<link rel="alternate" type="application/rss+xml" href="/f" title="` + tc.title + `">`
		raw, err := tc.enc.NewEncoder().Bytes([]byte(page))
		if err != nil {
			t.Fatal(err)
		}
		got := Feeds(raw, pageURL, tc.contentType)
		if len(got) != 1 || got[0].Title != tc.title || got[0].URL != "https://paper.example/f" {
			t.Errorf("%s: got %+v, want the title %q", tc.name, got, tc.title)
		}
	}
}

func TestFeedsAreBounded(t *testing.T) {
	var page bytes.Buffer
	for i := range 2 * maxCandidates {
		fmt.Fprintf(&page, `<link rel="alternate" type="application/rss+xml" href="/%d" title="%s">`, i, strings.Repeat("é", maxTitle))
	}
	got := Feeds(page.Bytes(), pageURL, "")
	if len(got) != maxCandidates || len(got[0].Title) > maxTitle || !strings.HasPrefix(got[0].Title, "éé") {
		t.Errorf("got %d candidates, the first with a title of %d bytes", len(got), len(got[0].Title))
	}
	if got := Feeds([]byte(`<p title="`+strings.Repeat("x", maxToken+1)), pageURL, ""); len(got) > 0 {
		t.Errorf("got %+v from an endless tag", got)
	}
}

func FuzzFeeds(f *testing.F) {
	for _, tc := range pages {
		f.Add([]byte(tc.page), pageURL, "text/html; charset=utf-8")
	}
	f.Fuzz(func(t *testing.T, page []byte, at, contentType string) {
		seen := make(map[string]bool)
		for _, c := range Feeds(page, at, contentType) {
			u, err := url.Parse(c.URL)
			if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil || u.Fragment != "" {
				t.Fatalf("candidate %q: %v", c.URL, err)
			}
			if seen[c.URL] {
				t.Fatalf("%q twice", c.URL)
			}
			seen[c.URL] = true
			if len(c.Title) > maxTitle || strings.ContainsAny(c.Title, "\n\t") {
				t.Fatalf("title %q", c.Title)
			}
		}
	})
}

func BenchmarkFeeds(b *testing.B) {
	var page bytes.Buffer
	page.WriteString(`<head><link rel="alternate" type="application/rss+xml" href="/feed/"></head>`)
	for i := range 2000 {
		fmt.Fprintf(&page, `<div class="row"><p>Some words of an article <a href="/article/%d">and a link</a>.</p></div>`, i)
	}
	b.SetBytes(int64(page.Len()))
	for b.Loop() {
		if got := Feeds(page.Bytes(), pageURL, "text/html; charset=utf-8"); len(got) != 1 {
			b.Fatal(got)
		}
	}
}
