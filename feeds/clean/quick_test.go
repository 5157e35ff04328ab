package clean

import (
	"reflect"
	"strings"
	"testing"
)

// alike builds a document with and without quick, which must not differ, and takes
// its text both ways.
func alike(t *testing.T, src string) {
	t.Helper()
	const base = "https://e.org/a/story"
	for _, lenient := range []bool{false, true} {
		quick, slow := newBuilder(new(workspace), base, base, lenient), newBuilder(new(workspace), base, base, lenient)
		if tagged(src) {
			quick.read(src)
			slow.tokens(src)
			slow.finish()
		}
		if !reflect.DeepEqual(quick.doc, slow.doc) {
			t.Fatalf("%q is read as\n%s\nand by the tokenizer as\n%s", src, quick.markdown(quick.doc), slow.markdown(slow.doc))
		}
		all := quick.texts.String()
		quick.texts.Reset()
		quick.texts.WriteString(all) // in no more room than it needs, which would count against it
		kept := quick.plainText(quick.doc)
		quick.texts.Reset()
		if written := quick.plainText(quick.doc); kept != written {
			t.Fatalf("of %q the texts that were kept are %q, those of its blocks %q", src, kept, written)
		}
	}
}

// plainAndOdd is what HTML is made of, plain and odd. Their order at random finds
// what no list of cases has.
var plainAndOdd = []string{
	"<p>", "</p>", "<p class=\"wp\">", "<a href=\"/x\">", "<a href=\"https://e.org/?a=1&amp;b=2\" rel=\"nofollow\">", "</a>", "<br>", "<br/>", "<br />",
	"<img src=\"/i.jpg\" alt=\"A &quot;b&quot;\" width=\"600\"/>", "<em>", "</em>", "<ul>", "<li>", "</li>", "</ul>", "<blockquote>", "</blockquote>",
	"text ", "a < b", "a<1", "&amp;", "&#8217;", "&eacute;", "&copy", "&", "\n", "\r\n", "é", "\x00", "\x1b[31m", "<!-- c -->", "<!---->", "<!-->", "<!-- a -- b -->",
	"<!DOCTYPE html>", "<?x?>", "</>", "</ p>", "< p>", "<P>", "<p/>", "<p //>", "<p a>", "<p a=b>", "<p a='b'>", "<p a=\"b\"c=\"d\">", "<p id=\"x\" id=\"y\">",
	"<p a=\"b\" / >", "<p\nclass=\"x\">", "<a href=\"&copy=1\">", "<a href=\"a\r\nb\">", "<a href=\"\x00\">", "<script>", "</script>", "<style>", "</style>",
	"<title>", "</title>", "<textarea>", "</textarea>", "<iframe src=\"https://e.org/e\">", "</iframe>", "<noscript>", "</noscript>", "<xmp>", "</xmp>", "<plaintext>",
	"<svg>", "</svg>", "<math>", "</math>", "<pre>", "</pre>", "<table>", "<tr>", "<td>", "</table>", "<div hidden>", "<div style=\"display:none\">", "</div>",
	"<h2>", "</h2>", "<sup>", "</sup>", "<amp-img src=\"/i.jpg\">", "<x-y>", "<p", "<a href=\"", "<", "</", "<!", "\"", "'", ">", "=",
}

func TestQuickReadingIsAsSlowReading(t *testing.T) {
	for _, c := range htmlCases {
		alike(t, c.in)
	}
	for _, a := range plainAndOdd {
		for _, b := range plainAndOdd {
			alike(t, "<p>x"+a+b+"y</p>z")
			alike(t, a+b)
		}
	}
	for _, src := range attacks() {
		alike(t, src[:min(len(src), 20_000)])
	}
}

// What feeds mostly hold is read quickly to its end.
func TestPlainHTMLIsReadQuickly(t *testing.T) {
	for _, src := range []string{
		article(), "One", "<p>One &amp; two</p>", "a<br/>b<br />c", "<!-- wp:paragraph --><p>One</p>",
		`<figure><img src="/i.gif" alt="A" width="640"/><figcaption>B</figcaption></figure>`,
	} {
		if read := newBuilder(new(workspace), "", "", false).quick([]byte(src)); read != len(src) {
			t.Errorf("of %.100q only %d of %d bytes are", src[read:], read, len(src))
		}
	}
}

func FuzzQuick(f *testing.F) {
	for _, c := range htmlCases {
		f.Add(c.in)
	}
	f.Add(strings.Join(plainAndOdd, ""))
	f.Fuzz(func(t *testing.T, src string) { alike(t, src) })
}
