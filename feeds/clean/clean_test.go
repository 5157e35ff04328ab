package clean

import (
	"strings"
	"testing"
)

// hostile is what every function is tried on; it seeds the fuzzers too.
var hostile = []string{
	"", " ", "plain text", "two\nlines\r\nof\ttext",
	"\x1b[31mred\x1b[0m", "\x1b]0;title\x07after", "\x1bP1$r\x1b\\after", "\x1bc", "\x1b", "\x1b[", "\x9b31m", "\u009b31m",
	"a\x00b\x7fc\u0085d\u0092e", "\xff\xfe\xfa", "\xed\xa0\x80", "cut \xe4\xb8",
	"left\u202eright\u2066x\u2069", "zero\u200bwidth\u2060\ufeff", "t\U000e0041g", "pri\ue000vate\U0010fffd", "\ufdd0\uffff",
	"e" + strings.Repeat("\u0301", 100), strings.Repeat("\u0301", 10), "z\u0335\u0336\u0337\u0338\u0321\u0322",
	"&#27;[31m", "&amp;#27;[31m", "&amp;amp;#x1b;[2J", "&#155;31m", "&#x202e;evil", "&#0;&#128;&#xd800;&#x110000;", "&#27",
	"<code>&#27;[31m</code>", "<code>&amp;#27;[31m</code>", "<code>&amp;amp;#27;</code>", "<pre>&amp;#27;\x1b[31m</pre>",
	`<a href="javascript:alert(1)">x</a>`, `<a href="jav&#09;ascript:alert(1)">x</a>`, `<a href=" data:text/html,x">x</a>`, `<a href="vbscript:x">x</a>`,
	`<a href="https://e.org/&#27;]8;;x">x</a>`, `<a href="https://e.org/a b&quot;(c)">x</a>`, `<a href="http://u:p@e.org:80/">x</a>`,
	`<a href="//e.org/x" title="&amp;#27;">x</a>`, `<img src="https://e.org/p.png" alt="]( &amp;#27; [x](javascript:y)" title="a b c d e &amp;#27;">`,
	`<script>alert(1)</script>after`, `<style>p{}</style>`, `<!-- x --><![CDATA[y]]><?z?>`, `<plaintext>&#27;</p>`, `<p hidden>no<p>yes`,
	"[x]: javascript:alert(1)\n\n[x]", "[x](javascript:alert(1))", "<javascript:alert(1)>", "ftp://e.org/x", "![x](y)", "|a|b|\n|-|-|\n|c|d|",
	"```\nx\n```", "    code", "# h", "> q", "- l", "1. n", "a\n===", "a\n---", ": def", "~~a~~ ~b~", "***", "a\\", "&lt;p&gt;once more&lt;/p&gt;",
	"<b>「東京」</b>は", "<i>a</i><b>b</b><i>c</i>", "a<b> b </b>c", "<b><i>x</i>y</b>", "<s>a</s>b<s>c</s>", "<code>`</code><code>``a`</code>", "wow!<a href=//e.org>x</a>",
	"<table><tr><td>a|b<td><code>c|d</code><tr><td>e<td>&amp;#27;</table>", "<table><td><table><td>x</table></table>",
	"<ul><li><ul><li><ol start=99999999999><li>x</ol></ul></ul>", "<ol><li>a</ol><ol><li>b</ol>", "<blockquote>\n<p>a<br>- b</blockquote>",
	"<h1>a<br>b #</h1>", "<pre><code class='language-go x'>```\n\ta\n</code></pre>", "<sup>2</sup><sub>3</sub>", "<ruby>漢<rt>かん</rt></ruby>",
	"中文\n中文 <b>中</b>文", "می\u200cخواهم", "क्\u200dष", "👨\u200d👩\u200d👧 ❤\ufe0f 👍🏽 🏃\u200d♀\ufe0f 🇩🇪 1\ufe0f\u20e3", "שָׁל֑וֹם", "ที่นี่", "Việt Nam",
	`<math alttext="x"><msup><mi>x</mi><mn>2</mn></msup><annotation encoding="application/x-tex">x^2</annotation></math>`, `<script type="math/tex">x<y</script>`, `<math>x`,
	"<table><caption>c<tr><th>a<td>b<tr><td>c<td>d</table>", "<dl><dt>a<dd>b</dl>", "<ul><li>a</li><ul><li>b</ul></ul>", "<hr><p>a<hr><hr>b<hr>",
	"<form>all</form>", "<a href=//e.org><img src=//e.org/a.png></a> b", "<video><source src=//e.org/v.mp4>x</video>", "<picture><img src=//e.org/a.png alt='*'></picture>b",
	"<iframe src='https://www.youtube.com/embed/%1b%5d8;;%29'></iframe>", "<iframe src='https://player.vimeo.com/video/1%0a%29[x](y'></iframe>",
	"<embed src=//e.org/%1b>", "<audio src='//e.org/a%0ab)'></audio>", "<img srcset='//e.org/%1b)( 2x'>",
	"🇩🇪🇫", "🇩 🇪", "~a~b ~c~ d~", "<s>~a</s>~b", "#tag", "# tag", "-5", "--", "www.e.org WWW.e.org",
	strings.Repeat("<blockquote>", 50) + "deep", strings.Repeat("<ul><li>", 50) + "deep", strings.Repeat("[", 100), strings.Repeat("<", 100),
}

func checkLine(t *testing.T, what, s string) {
	t.Helper()
	if !Safe(s) || strings.ContainsAny(s, "\n") {
		t.Errorf("%s is not a safe line: %+q", what, s)
	}
}

func check(t *testing.T, s string) {
	t.Helper()
	checkLine(t, "Line", Line(s))
	checkLine(t, "Title", Title(s))
	if address, ok := URL(s, "https://example.org/a/"); ok {
		checkLine(t, "URL", address)
		if again, ok := URL(address, ""); !ok || again != address {
			t.Errorf("URL is not stable: %q, then %q", address, again)
		}
	}
	if got := Line(s); Line(got) != got {
		t.Errorf("Line is not stable: %+q, then %+q", got, Line(got))
	}
	if got := Title(s); Title(got) != got {
		t.Errorf("Title is not stable: %+q, then %+q", got, Title(got))
	}
	body := HTML(s, "https://example.org/a/")
	if !Safe(body.Markdown) {
		t.Errorf("Markdown is not safe: %+q", body.Markdown)
	}
	if !Safe(body.Text) {
		t.Errorf("Text is not safe: %+q", body.Text)
	}
	excerpt := Excerpt(body.Text)
	checkLine(t, "Excerpt", excerpt)
	if len(excerpt) > MaxExcerpt {
		t.Errorf("Excerpt has %d bytes", len(excerpt))
	}
	if Words(body.Text) < 0 {
		t.Error("a negative number of words")
	}
}

func TestNothingHostileComesThrough(t *testing.T) {
	for _, s := range hostile {
		check(t, s)
	}
}

func FuzzEveryFunction(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(check)
}
