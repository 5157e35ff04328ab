package clean

import (
	"strings"
	"testing"
)

// Each case shows the Markdown of a piece of HTML, and the text where that is
// not simply the same words. The article is https://e.org/a/story.
var htmlCases = []struct{ name, in, markdown, text string }{
	// Paragraphs.
	{"paragraphs whose end tags are left out", "<p>One<p>Two</p>three<div>four", "One\n\nTwo\n\nthree\n\nfour", "One\nTwo\nthree\nfour"},
	{"white space", "<p>\n  One \t two\n</p>\n\n<p> &nbsp; </p><p></p>", "One two", "One two"},
	{"white space at inline marks", "a <b> b </b> c<i>d</i> <i> e</i>f", "a **b** c*d* *e*f", "a b cd ef"},
	{"line breaks", "one<br>two<br/> three <br>", "one\\\ntwo\\\nthree", "one\ntwo\nthree"},
	{"two breaks make a paragraph", "one<br><br>two<br>\n<br><br>three", "one\n\ntwo\n\nthree", "one\ntwo\nthree"},
	{"wrapped Chinese has no spaces", "<p>北京\n欢迎 你\n<b>你</b>\n好 and\nbye</p>", "北京欢迎 你**你**好 and bye", "北京欢迎 你你好 and bye"},
	{"plain text", "One &amp; two.\nThree < four.\r\n\r\nFive.", "One & two.\n\nThree \\< four.\n\nFive.", "One & two.\nThree < four.\nFive."},
	{"HTML that was escaped twice", "&lt;p&gt;One &lt;b&gt;two&lt;/b&gt; &amp;amp; three&lt;/p&gt;", "One **two** & three", "One two & three"},
	{"text about tags is not HTML that was escaped twice", "Use the &lt;p&gt; tag", "Use the \\<p> tag", "Use the <p> tag"},
	{"HTML about tags", "<p>Use &lt;p&gt; and &lt;/p&gt;", "Use \\<p> and \\</p>", "Use <p> and </p>"},

	// Looks.
	{"looks", "<b>b</b> <i>i</i> <b><i>bi</i></b> <s>s</s> <code>c</code> <kbd>k</kbd>", "**b** *i* ***bi*** ~~s~~ `c` `k`", "b i bi s c k"},
	{"misnested looks", "<b>one <i>two</b> three</i> four", "**one** ***two*** *three* four", "one two three four"},
	{"a look that is not ended ends with its paragraph", "<p><b>one<p>two", "**one**\n\ntwo", "one\ntwo"},
	{"a look around paragraphs", "<b><p>one</p><p>two</p></b>three", "**one**\n\n**two**\n\nthree", "one\ntwo\nthree"},
	{"a look inside a word", "un<b>believ</b>able", "un**believ**able", "unbelievable"},
	{"neighbours of the same look", "<b>one</b><b>two</b>", "**onetwo**", "onetwo"},
	{"emphasis beside Chinese brackets", "这是<b>「北京」</b>的", "这是「**北京**」的", "这是「北京」的"},
	{"emphasis that Markdown cannot show", "a<b>!?</b>b", "a!?b", "a!?b"},
	{"code with backticks", "<code>a`b</code> <code>`</code> <code>``a</code>", "``a`b`` `` ` `` ``` ``a ```", "a`b ` ``a"},
	{"code that a reader would decode", "<code>&amp;lt; &amp;#27;[31m</code>", "&amp;lt; &amp;#27;\\[31m", "&lt; &#27;[31m"},
	{"raised and lowered", "x<sup>2</sup>, 10<sup>-6</sup>, 1<sup>st</sup>, CO<sub>2</sub>", "x², 10⁻⁶, 1st, CO2", "x², 10⁻⁶, 1st, CO2"},
	{"quotation marks", "<q>yes</q>", "“yes”", "“yes”"},
	{"ruby", "<ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>", "東京(とうきょう)", "東京(とうきょう)"},
	{"ruby without brackets and end tags", "<ruby>東<rt>とう<rb>京<rt>きょう</ruby>は", "東(とう)京(きょう)は", "東(とう)京(きょう)は"},
	{"ruby with brackets and without end tags", "<ruby>東京<rp>(<rt>とうきょう<rp>)</ruby>は", "東京(とうきょう)は", "東京(とうきょう)は"},
	{"a formula as TeX", `<math><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></math>`, "`x^2`", "x^2"},
	{"a formula as a picture", `<img class="latex" src="/l.php" alt="x^2">`, "`x^2`", "x^2"},

	// What means something to Markdown means nothing here.
	{"marks", `*a* _b_ ~~c~~ [d](e) ![f] <g> \h snake_case`, `\*a\* \_b\_ ~~c&#126;&#126; \[d\](e) !\[f\] \\h snake_case`, `*a* _b_ ~~c~~ [d](e) ![f] \h snake_case`},
	{"beginnings of lines", "# a\n- b\n+ c\n> d\n1. e\n2) f\n: g\n| h\n=== i\n--- j", "\\# a\n\n\\- b\n\n\\+ c\n\n\\> d\n\n1\\. e\n\n2\\) f\n\n&#58; g\n\n\\| h\n\n&#61;== i\n\n\\--- j", "# a\n- b\n+ c\n> d\n1. e\n2) f\n: g\n| h\n=== i\n--- j"},
	{"what only looks like them", "#tag -5 +1 1.5 10.", "#tag -5 +1 1.5 10.", "#tag -5 +1 1.5 10."},
	{"after a break too", "a<br># b<br>- c<br>---", "a\\\n\\# b\\\n\\- c\\\n\\---", "a\n# b\n- c\n---"},
	{"a definition of a reference", "[x]: javascript:alert(1)", `\[x\]: javascript:alert(1)`, "[x]: javascript:alert(1)"},
	{"a definition out of a link", `<a href="/u"><code>x]: y</code></a>`, `[x\]: y](https://e.org/u)`, "x]: y"},
	{"entities", "AT&amp;T &amp;lt; &amp;copy &amp;#27; a&amp;b", "AT&T &amp;lt; &amp;copy &amp;#27; a&b", "AT&T &lt; &copy &#27; a&b"},
	{"controls", "a&#27;[31mb\x1b]8;;x\x07c&#x9b;d", "abc›d", "abc›d"},
	{"approximately", "~20 to ~30 and https://e.org/~a/", "&#126;20 to ~30 and [https://e.org/~a/](https://e.org/~a/)", "~20 to ~30 and https://e.org/~a/"},

	// Links.
	{"links are resolved, and do not track", `<a href="../b?utm_source=rss&amp;c=1#d">x</a>`, "[x](https://e.org/b?c=1)", "x"},
	{"addresses that may not be followed", `<a href="javascript:x">a</a> <a href="data:,">b</a> <a href="file:///">c</a> <a href="ftp://e.org/">d</a> <a href="tel:1">e</a>`, "a b c d e", "a b c d e"},
	{"mail", `<a href="mailto:a.b@e.org?subject=x&amp;body=y">m</a> <a href="mailto:a@b@c">n</a>`, "[m](mailto:a.b@e.org) n", "m n"},
	{"into the article itself", `note<sup><a href="#fn1">1</a></sup>`, "note¹", "note¹"},
	{"without text", `a <a href="/x"></a><a href="/y"> </a>b`, "a b", "a b"},
	{"spaces at the ends", `a<a href="/x"> b </a>c`, "a [b](https://e.org/x) c", "a b c"},
	{"around blocks", `<a href="/x"><h2>One</h2><p>two</p></a>three`, "## [One](https://e.org/x)\n\n[two](https://e.org/x)\n\nthree", "One\ntwo\nthree"},
	{"in emphasis", `<b>a <a href="/x">b</a></b>`, "**a** [**b**](https://e.org/x)", "a b"},
	{"brackets in text and address", `<a href="/x(y)">[z]</a>`, `[\[z\]](<https://e.org/x(y)>)`, "[z]"},
	{"an address that a reader would decode", `<a href="/?a=1&amp;lt;=2&amp;copy;">x</a>`, "[x](https://e.org/?a=1&amp;lt;=2&amp;copy;)", "x"},
	{"an exclamation before", `wow!<a href="/x">x</a>`, `wow\![x](https://e.org/x)`, "wow!x"},
	{"bare addresses", "See https://a.org/b_c?utm_source=x, (www.b.org) or http://c.org/d(e).", "See [https://a.org/b_c?utm_source=x](https://a.org/b_c), ([www.b.org](http://www.b.org/)) or [http://c.org/d(e)](<http://c.org/d(e)>).", "See https://a.org/b_c?utm_source=x, (www.b.org) or http://c.org/d(e)."},
	{"bare addresses beside Chinese", "请看https://a.org/b。谢谢", "请看[https://a.org/b](https://a.org/b)。谢谢", "请看https://a.org/b。谢谢"},
	{"bare addresses of other schemes", "ftp://a.org/b", "ftp&#58;//a.org/b", "ftp://a.org/b"},

	// Pictures and players.
	{"a picture", `<p><img src="/i.png" alt="A [b]">Text</p>`, "![A \\[b\\]](https://e.org/i.png)\n\nText", "Text"},
	{"a picture in text", `a <img src="/i.png" alt="b">, c`, "a ![b](https://e.org/i.png) , c", "a , c"},
	{"without description", `<img src="https://www.cdn.org/i.png">`, "![cdn.org](https://www.cdn.org/i.png)", ""},
	{"figure", `<figure><img src="/i.png" alt="x"><figcaption>Photo: <b>A</b></figcaption></figure>`, "![x](https://e.org/i.png)\n\n*Photo:* ***A***", "Photo: A"},
	{"lazy", `<img src="data:image/gif;base64,R0lGOD" data-src="/i.png" alt="x"><noscript><img src="/i.png"></noscript>`, "![x](https://e.org/i.png)", "x"},
	{"as AMP has it", `<amp-img src="/i.png" alt="x"></amp-img>a`, "![x](https://e.org/i.png)\n\na", "a"},
	{"of several sizes", `<img src="/s.png" srcset="/s.png 300w, /l.png 1200w, /xl.png 4000w" alt="x">`, "![x](https://e.org/l.png)", ""},
	{"with commas in the addresses of several sizes", `<img srcset="/a,b/s.png 1x, /a,b/l.png 2x" alt="x">`, "![x](https://e.org/a,b/l.png)", ""},
	{"whose sizes only its sources have", `<picture><source srcset="/l.avif 1200w" type="image/avif"><source srcset="/s.webp 300w, /l.webp 1200w" type="image/webp"><img src="data:image/gif;base64,R0lGOD" alt="x"></picture><img alt="y">`, "![x](https://e.org/l.webp)", ""},
	{"linked to itself in large", `<a href="/large.jpg"><img src="/small.jpg" alt="x"></a>`, "![x](https://e.org/small.jpg)", "x"},
	{"linked to the article", `<a href="/a/story"><img src="/i.jpg" alt="x"></a>`, "![x](https://e.org/i.jpg)", ""},
	{"linked elsewhere", `<a href="https://www.b.org/c"><img src="/i.jpg" alt="x"></a> after`, "![x](https://e.org/i.jpg) [b.org](https://www.b.org/c)\n\nafter", "after"},
	{"a comic's second joke", `<img src="/c.png" title="It was funnier in the original" alt="Comic">`, "![Comic](https://e.org/c.png)\n\n*It was funnier in the original*", "It was funnier in the original"},
	{"an emoji", `ha <img class="wp-smiley emoji" src="/s.svg" alt="😀">!`, "ha 😀!", "ha 😀!"},
	{"pixels that count", `a<img src="http://feeds.feedburner.com/~r/x/~4/y" height="1" width="1"><img src="https://pixel.wp.com/b.gif?x"><img src="/p.gif" width="1"><img src="/spacer.gif">`, "a", "a"},
	{"a film", `<iframe src="https://www.youtube.com/embed/abc?rel=0" title="A &amp; B"></iframe>`, "[Video: A & B](https://www.youtube.com/watch?v=abc)", "Video: A & B"},
	{"a film of one's own", `<video src="/v.mp4">old browser</video><video><source src="/w.mp4"><source src="/w.webm">old browser</video>`, "[Video: e.org](https://e.org/v.mp4)\n\n[Video: e.org](https://e.org/w.mp4)", ""},
	{"an embedded page", `<iframe src="https://charts.org/1"></iframe>`, "[Embedded: charts.org](https://charts.org/1)", "Embedded: charts.org"},
	{"what an embedded page holds instead", `a<iframe src="https://charts.org/1"><p>Sales <b>rose</b></p></iframe>`, "a\n\n[Embedded: charts.org](https://charts.org/1)\n\nSales **rose**", "a\nEmbedded: charts.org\nSales rose"},
	{"a complaint about the browser", `a<iframe src="https://charts.org/1"><p>Your browser is too old</p></iframe>b`, "a\n\n[Embedded: charts.org](https://charts.org/1)\n\nb", "a\nEmbedded: charts.org\nb"},
	{"what stands in an object", `a<object data="x.swf"><param name="y"><b>b</b></object>`, "a**b**", "ab"},
	{"a figure drawn", `a<svg width="300px"><title>Sales &amp; costs</title><text>b</text></svg>c`, "aSales & costsc", "aSales & costsc"},
	{"an icon drawn", `a<svg width="24" viewBox="0 0 24 24"><title>Share</title><text>b</text></svg>c`, "ac", "ac"},
	{"a button to like", `a<iframe src="https://www.facebook.com/plugins/like.php?x"></iframe>`, "a", "a"},

	// Headings, lists, quotes, code.
	{"headings", "<h1>One</h1><h3>Two<br>lines</h3><h6>C#</h6>", "# One\n\n### Two lines\n\n###### C\\#", "One\nTwo lines\nC#"},
	{"a heading with a picture", `<h2><img src="/i.png" alt="x">Two</h2>`, "![x](https://e.org/i.png)\n\n## Two", "Two"},
	{"lists", "<ul><li>a<li>b<ol><li>c</ol></ul>", "- a\n- b\n  1. c", "a\nb\nc"},
	{"a list that is counted from elsewhere", "<ol start=9><li>a<li>b<p>c</p></ol>", "9. a\n\n10. b\n\n    c", "a\nb\nc"},
	{"a list in a list without an item", "<ul><li>a</li><ul><li>b</li></ul></ul>", "- a\n  - b", "a\nb"},
	{"lists side by side", "<ul><li>a</ul><ul><li>b</ul><ol><li>c</ol><ol><li>d</ol>", "- a\n\n* b\n\n1. c\n\n1) d", "a\nb\nc\nd"},
	{"code in an item", "<ul><li>a<pre>b\n  c</pre>d</ul>", "- a\n\n  ```\n  b\n    c\n  ```\n\n  d", "a\nb\n  c\nd"},
	{"items without a list", "<li>a<li>b", "a\n\nb", "a\nb"},
	{"definitions", "<dl><dt>a<dd>b<dt>c<dd>d</dl>", "**a**\n\nb\n\n**c**\n\nd", "a\nb\nc\nd"},
	{"quotes", "<blockquote><p>a<p>b<blockquote>c</blockquote></blockquote>d", "> a\n>\n> b\n>\n> > c\n\nd", "a\nb\nc\nd"},
	{"quotes with all in them", "<blockquote><ul><li>a<br>b</ul><pre>c\n\nd</pre></blockquote>", "> - a\\\n>   b\n>\n> ```\n> c\n> \n> d\n> ```", "a\nb\nc\n\nd"},
	{"code", "<pre><code class='language-go'>func a() {\n\tb()\n}\n</code></pre>", "```go\nfunc a() {\n    b()\n}\n```", "func a() {\n    b()\n}"},
	{"code as others mark it", `<pre class="brush: php; title: ;">a</pre><div class="highlight highlight-source-shell"><pre>b</pre></div>`, "```php\na\n```\n\n```shell\nb\n```", "a\nb"},
	{"code with fences", "<pre>```\na</pre>", "````\n```\na\n````", "```\na"},
	{"a language that is none", `<pre class="language-a]b">c</pre>`, "```\nc\n```", "c"},
	{"lines of code by break", "<pre>a<br>b<div>c</div></pre>", "```\na\nb\nc\n```", "a\nb\nc"},
	{"code with controls", "<pre>\x1b[31ma&#27;b&amp;#27;</pre>", "```\na&#27;\n```", "a&#27;"},
	{"rules", "<hr>a<hr><hr>b", "a\n\n***\n\nb", "a\nb"},
	{"details", "<details><summary>More</summary>a</details>", "**More**\n\na", "More\na"},

	// Tables.
	{"a table of data", "<table><caption>C</caption><tr><th>a<th>b<tr><td>c<td><b>d</b><br>e</table>", "**C**\n\n| a | b |\n| --- | --- |\n| c | **d** e |", "C\na | b\nc | d e"},
	{"a table without a header", "<table><tr><td>a<td>b<tr><td>c<td>d</table>", "|  |  |\n| --- | --- |\n| a | b |\n| c | d |", "a | b\nc | d"},
	{"rows of unequal length", "<table><tr><th>a<th>b<tr><td>c<tr><td>d<td>e<td>f</table>", "| a | b |  |\n| --- | --- | --- |\n| c |  |  |\n| d | e | f |", "a | b\nc\nd | e | f"},
	{"bars in cells", "<table><tr><td>a|b<td><code>c|d</code><tr><td>e<td>f</table>", "|  |  |\n| --- | --- |\n| a\\|b | c\\|d |\n| e | f |", "a|b | c|d\ne | f"},
	{"a table for layout", `<table><tr><td><img src="/i.png" alt="x"></td><td><h2>a</h2><p>b</p></td></tr></table>`, "![x](https://e.org/i.png)\n\n## a\n\nb", "a\nb"},
	{"a table for layout that says so", `<table role="presentation"><tr><td>a<td>b<tr><td>c<td>d</table>`, "a\n\nb\n\nc\n\nd", "a\nb\nc\nd"},
	{"tables in a table", "<table><tr><td><table><tr><th>a<th>b<tr><td>c<td>d</table></td></tr></table>", "| a | b |\n| --- | --- |\n| c | d |", "a | b\nc | d"},
	{"code with numbered lines", `<table><tr><td class="gutter"><pre>1</pre></td><td><pre>a</pre></td></tr></table>`, "```\na\n```", "a"},
	{"text that is in no cell", "<table>a<tr>b<td>c</table>", "a\n\nb\n\nc", "a\nb\nc"},

	// What goes.
	{"what is no text", "a<script>b</script><style>c</style><!-- d --><template>e</template><svg><text>f</text></svg><select><option>h</select>i", "ai", "ai"},
	{"what is hidden", `a<span hidden>b</span><p style="Display : none">c<p>d<i style="opacity:0">e</i><b aria-hidden="true">f</b>`, "a\n\nd*e*", "a\nde"},
	{"what is hidden and not ended ends where it must", "<ul><li hidden>a<li>b</ul><table><tr><td hidden>c<td>d<td>e<tr hidden><td>f<tr><td>g<td>h</table><ul><li hidden>i</ul>j<div><p hidden>k</div>l", "- b\n\n|  |  |\n| --- | --- |\n| d | e |\n| g | h |\n\nj\n\nl", "b\nd | e\ng | h\nj\nl"},
	{"what shares", `a<div class="sharedaddy sd-sharing-enabled"><div><b>Share</b></div></div><div class="feedflare"><a href=x>y</a></div>b`, "a\n\nb", "a\nb"},
	{"what is for screen readers", `Continue reading<span class="screen-reader-text"> the title</span>`, "Continue reading", "Continue reading"},
	{"what WordPress appends", `<p>a</p><p><a href="/more">Continue reading</a></p><p>The post <a href="/p">P</a> appeared first on <a href="/">E</a>.</p>`, "a\n\n[Continue reading](https://e.org/more)", "a\nContinue reading"},
	{"but not what only sounds like it", `<p>The post office appeared first on Main Street.</p>`, "The post office appeared first on Main Street.", "The post office appeared first on Main Street."},
	{"a form, but not if it is all there is", "<form><p>a</p></form>", "a", "a"},
	{"a form", "a<form>Subscribe!</form>", "a", "a"},
	{"an unknown element is its text", "<foo:bar>a</foo:bar> <h7>b</h7>", "a b", "a b"},
	{"a document", "<!DOCTYPE html><html><head><title>t</title><meta><link></head><body>a</body></html>", "a", "a"},
	{"paragraphs in a cell", "<table><tr><th>a<th>b<tr><td><p>c<p>d<td>e</table>", "| a | b |\n| --- | --- |\n| c d | e |", "a | b\nc d | e"},
	{"a tweet", `<blockquote class="twitter-tweet"><p>Text</p>&mdash; N (@n) <a href="https://twitter.com/n/status/1?ref_src=twsrc">May 5</a></blockquote> <script async src="https://platform.twitter.com/widgets.js"></script>`, "> Text\n>\n> — N (@n) [May 5](https://twitter.com/n/status/1)", "Text\n— N (@n) May 5"},
}

func TestHTML(t *testing.T) {
	r := newRenderers(t)
	for _, c := range htmlCases {
		t.Run(c.name, func(t *testing.T) {
			got := HTML(c.in, "https://e.org/a/story")
			if got.Markdown != c.markdown {
				t.Errorf("Markdown\n got  %q\n want %q", got.Markdown, c.markdown)
			}
			if got.Text != c.text && c.text != "" {
				t.Errorf("Text\n got  %q\n want %q", got.Text, c.text)
			}
			r.check(t, c.in)
			check(t, c.in)
		})
	}
}

func TestPlayers(t *testing.T) {
	for src, want := range map[string]string{
		"https://www.youtube-nocookie.com/embed/a-b_c":      "[Video: www.youtube.com](https://www.youtube.com/watch?v=a-b_c)",
		"https://www.youtube.com/embed/videoseries?list=x":  "[Video: www.youtube.com](https://www.youtube.com/embed/videoseries?list=x)",
		"https://player.vimeo.com/video/123?h=x":            "[Video: vimeo.com](https://vimeo.com/123)",
		"//www.dailymotion.com/embed/video/x":               "[Video: www.dailymotion.com](https://www.dailymotion.com/embed/video/x)",
		"https://w.soundcloud.com/player/?url=x":            "[Audio: w.soundcloud.com](https://w.soundcloud.com/player/?url=x)",
		"https://www.google.com/maps/embed?pb=x":            "[Map: www.google.com](https://www.google.com/maps/embed?pb=x)",
		"https://www.facebook.com/plugins/video.php?href=x": "[Video: www.facebook.com](https://www.facebook.com/plugins/video.php?href=x)",
		"https://www.facebook.com/plugins/post.php?href=x":  "",
		"https://googleads.g.doubleclick.net/x":             "",
		"https://www.google.com/recaptcha":                  "",
		"javascript:alert(1)":                               "",
		"https://www.youtube.com/embed/%1b]8;;%29%0a":       "[Video: www.youtube.com](https://www.youtube.com/embed/%1b]8;;%29%0a)",
		"https://player.vimeo.com/video/1%29%20[x](y":       "[Video: player.vimeo.com](<https://player.vimeo.com/video/1%29%20[x](y>)",
		"about:blank": "",
		"":            "",
		"data:text/html,<script>alert(1)</script>": "",
	} {
		got := HTML(`<iframe src="`+src+`">no frames</iframe>`, "https://e.org/").Markdown
		if got != want {
			t.Errorf("%s: %q, want %q", src, got, want)
		}
	}
}

func TestCounters(t *testing.T) {
	for _, src := range []string{"http://feeds.feedburner.com/~r/a/~4/b", "https://a.feedsportal.com/c/1.img", "https://ad.doubleclick.net/x", "https://pixel.wp.com/b.gif?a",
		"https://vg07.met.vgwort.de/na/1", "https://e.org/img/1x1.gif", "https://counter.theconversation.com/content/1/count.gif"} {
		if got := HTML(`<p>a<img src="`+src+`" alt="x"></p>`, "").Markdown; got != "a" {
			t.Errorf("%s: %q", src, got)
		}
	}
}

func TestDepthIsLimited(t *testing.T) {
	for _, c := range []struct{ element, mark string }{{"<blockquote>", "> "}, {"<ul><li>", "- "}, {"<ol><li>", "1. "}, {"<ul><li><blockquote>", "- > "}} {
		for _, depth := range []int{MaxDepth, 100, 10000} {
			got := HTML(strings.Repeat(c.element, depth)+"deep", "")
			want := strings.Repeat(c.mark, MaxDepth/strings.Count(c.mark, " ")) + "deep"
			if got.Markdown != want || got.Text != "deep" {
				t.Errorf("%d %s: %q, %q", depth, c.element, got.Markdown, got.Text)
			}
		}
	}
}

func TestDeepMarkupIsStillRead(t *testing.T) {
	for _, element := range []string{"div", "b", "span", "section", "table><tr><td", "a href=//e.org/"} {
		src := strings.Repeat("<"+element+">", 10000) + "<p>deep</p>" + strings.Repeat("</div></b>", 10000) + "<p>end</p>"
		if got := HTML(src, "").Text; got != "deep\nend" {
			t.Errorf("%s: %q", element, got)
		}
	}
}

func TestALongArticleSaysThatItWasCut(t *testing.T) {
	for name, src := range map[string]string{
		"text":       strings.Repeat("<p>"+strings.Repeat("word ", 1000)+"</p>", 300),
		"paragraphs": strings.Repeat("<p>x", maxBlocks+10),
		"plain":      strings.Repeat("x\n", maxBlocks+10),
	} {
		got := HTML(src, "")
		if !strings.HasSuffix(got.Text, "\n…") || !strings.HasSuffix(got.Markdown, "\n\n…") || len(got.Text) > MaxText+8192 {
			t.Errorf("%s: %d bytes of text end in %q", name, len(got.Text), got.Text[len(got.Text)-10:])
		}
	}
}
