package clean

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestSanitize(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"text is escaped":           {"a &lt;script&gt; &amp; b", "<p>a &lt;script&gt; &amp; b</p>\n"},
		"blocks and looks":          {"<h2>H</h2><p>a <b>b <i>c</i></b></p><hr>", "<h2>H</h2>\n<p>a <b>b </b><b><i>c</i></b></p>\n<hr>\n"},
		"links and pictures":        {`<p><a href="/x?a=1&amp;b=2" onclick="e()">l</a></p><p><img src="p.png" alt="&quot;A&quot;"></p>`, "<p><a href=\"https://e.example/x?a=1&amp;b=2\">l</a></p>\n<p><img src=\"https://e.example/p.png\" alt=\"&#34;A&#34;\"></p>\n"},
		"what runs is gone":         {`<p>a</p><script>x</script><iframe srcdoc="<b>"></iframe><a href="javascript:e()">j</a>`, "<p>a</p>\n<p>j</p>\n"},
		"a player is an empty link": {`<p>a</p><iframe src="https://charts.org/1"></iframe>`, "<p>a</p>\n<p><a href=\"https://charts.org/1\" title=\"Embedded: charts.org\"></a></p>\n"},
		"a picture's remark":        {`<img src="p.png" alt="A" title="What it says below">`, "<p><img src=\"https://e.example/p.png\" alt=\"A\" title=\"What it says below\"></p>\n"},
		"lists and code":            {"<ol start=3><li>c</ol><pre>x &lt; y\n  z</pre>", "<ol start=\"3\"><li><p>c</p>\n</li>\n</ol>\n<pre><code>x &lt; y\n  z</code></pre>\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Sanitize(c.in, "https://e.example/"); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestTextKeepsLinesAndDropsControls(t *testing.T) {
	if got := Text("one\x1b[31m\n\n  two\u202e\x00 \n"); got != "one\n\n  two" {
		t.Errorf("got %q", got)
	}
}

var sanitized = map[string]bool{
	"p": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "blockquote": true, "ul": true, "ol": true, "li": true, "pre": true,
	"code": true, "table": true, "tr": true, "th": true, "td": true, "hr": true, "a": true, "img": true, "b": true, "i": true, "s": true, "br": true,
}

func FuzzSanitizeHoldsOnlyWhatItSays(f *testing.F) {
	f.Add(`<p onload=x>a<a href="javascript:x">b</a><img src=x onerror=y><svg><script>z</script></svg>`)
	f.Add("<table><tr><td><ul><li><pre>\x1b&#27;&amp;#27;")
	f.Add(`<a href='https://e.example/"><script>'>x</a>`)
	f.Fuzz(func(t *testing.T, src string) {
		out := Sanitize(src, "https://e.example/")
		z := html.NewTokenizer(strings.NewReader(out))
		for z.Next() != html.ErrorToken {
			tok := z.Token()
			if tok.Type == html.TextToken {
				continue
			}
			if tok.Type != html.StartTagToken && tok.Type != html.EndTagToken || !sanitized[tok.Data] {
				t.Fatalf("%q in %q", tok, out)
			}
			for _, a := range tok.Attr {
				link := (a.Key == "href" || a.Key == "src") && (strings.HasPrefix(a.Val, "http://") || strings.HasPrefix(a.Val, "https://") || strings.HasPrefix(a.Val, "mailto:"))
				if !link && a.Key != "alt" && a.Key != "title" && a.Key != "start" {
					t.Fatalf("%q in %q", tok, out)
				}
			}
		}
		if !Safe(html.UnescapeString(out)) {
			t.Fatalf("unsafe: %q", out)
		}
	})
}
