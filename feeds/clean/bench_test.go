package clean

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// article is HTML as publishing systems write it, about 5 KB.
func article() string {
	var b strings.Builder
	b.WriteString(`<figure class="wp-block-image size-large"><img loading="lazy" width="1024" height="683" src="https://media.example.org/2026/11/harbour-1024x683.jpg" alt="The harbour at dawn" srcset="https://media.example.org/2026/11/harbour-1024x683.jpg 1024w, https://media.example.org/2026/11/harbour-300x200.jpg 300w, https://media.example.org/2026/11/harbour-768x512.jpg 768w" sizes="(max-width: 1024px) 100vw, 1024px" /><figcaption>The harbour at dawn. Photo: A. Writer</figcaption></figure>` + "\n")
	for i := range 9 {
		fmt.Fprintf(&b, `<p>The council&#8217;s plan for pier %d was <a href="https://www.example.org/news/2026/11/%d/pier?utm_source=rss&#038;utm_medium=feed">published on Monday</a>, and it is <strong>smaller than expected</strong>: two berths instead of four, no new road, and a budget that the <em>Harbour Board</em> calls &#8220;a beginning&#8221;. Residents had asked for a ferry; the plan mentions none before 2031.</p>`+"\n", i, i)
	}
	b.WriteString("<h2>What comes next</h2>\n<ul>\n<li>Hearings in <b>December</b></li>\n<li>A vote in January</li>\n<li>Work from spring on</li>\n</ul>\n")
	b.WriteString(`<blockquote class="wp-block-quote"><p>&#8220;Nobody is against the harbour. We are against the noise,&#8221; said Mary Doe, who has lived on Quay Street for forty years.</p></blockquote>` + "\n")
	b.WriteString(`<p>The post <a rel="nofollow" href="https://www.example.org/pier">Pier plan</a> appeared first on <a rel="nofollow" href="https://www.example.org">The Example</a>.</p>`)
	return b.String()
}

func BenchmarkHTML(b *testing.B) {
	src := article()
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		HTML(src, "https://www.example.org/news/")
	}
}

// BenchmarkHTMLOtherScripts is the same for text outside ASCII.
func BenchmarkHTMLOtherScripts(b *testing.B) {
	for _, text := range []string{
		"Городской совет в понедельник решил восстановить старую пристань. ",
		"市议会星期一投票决定重建旧码头，预计工程将于春季开始。",
		"صوّت المجلس يوم الاثنين على إعادة بناء الرصيف القديم. ",
		"नगर परिषद ने सोमवार को पुराने घाट के पुनर्निर्माण के लिए मतदान किया। ",
		"สภาเมืองลงมติเมื่อวันจันทร์ให้สร้างท่าเรือเก่าขึ้นใหม่ ",
		"Stadtrat beschloß, die alte Brücke für Fußgänger zu öffnen – „endlich“. ",
	} {
		src := strings.Repeat("<p>"+strings.Repeat(text, 5)+"</p>", 5000/(5*len(text)))
		b.Run(text[:strings.IndexAny(text, " ，")], func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				HTML(src, "https://www.example.org/news/")
			}
		})
	}
}

func BenchmarkTitle(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Title("Council&#8217;s harbour plan: &quot;a beginning&quot; for Orléans &amp;amp; the coast")
	}
}

func BenchmarkLine(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Line("Council’s harbour plan: “a beginning” for Orléans & the coast")
	}
}

func BenchmarkURL(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		URL("https://www.example.org/news/2026/11/23/pier?id=7&utm_source=rss&utm_medium=feed#top", "https://www.example.org/")
	}
}

func BenchmarkExcerpt(b *testing.B) {
	text := HTML(article(), "").Text
	b.ReportAllocs()
	for b.Loop() {
		Excerpt(text)
	}
}

func BenchmarkWords(b *testing.B) {
	text := HTML(article(), "").Text
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Words(text)
	}
}

// attacks are about a megabyte each of what has brought parsers or renderers
// to their knees.
func attacks() map[string]string {
	many := func(s string) string { return strings.Repeat(s, 1<<20/len(s)) }
	var formats strings.Builder // makes a browser's tree 400 times its source
	formats.WriteString("<p>")
	for i := range 400 {
		fmt.Fprintf(&formats, "<b a=%d>", i)
	}
	formats.WriteString(many("<p>x"))
	var attributes strings.Builder
	attributes.WriteString("<p ")
	for i := range 100000 {
		fmt.Fprintf(&attributes, "a%d=1 ", i)
	}
	attributes.WriteString(">x")
	return map[string]string{
		"brackets":            many("["),
		"less-than signs":     many("<"),
		"ampersands":          many("&"),
		"entities":            many("&amp;amp;"),
		"numeric entities":    many("&#27;"),
		"backticks":           many("`"),
		"code of backticks":   "<code>" + many("`a") + "</code>",
		"asterisks":           many("*a "),
		"tildes":              many("~a "),
		"underscores":         many("_a_ "),
		"exclamation marks":   many("!["),
		"escapes":             many("\x1b["),
		"open escape":         "a\x1b]" + many("x"),
		"open escapes":        many("\x1b]x"),
		"marks":               "a" + many("\u0301"),
		"unclosed comment":    "<!--" + many("-!>"),
		"unclosed comments":   many("<!--"),
		"unclosed tag":        "<p " + many("a "),
		"attributes":          attributes.String(),
		"unclosed script":     many("<script>"),
		"hidden":              many("<div hidden>"),
		"divs":                many("<div>"),
		"quotes":              many("<blockquote>x"),
		"lists":               many("<ul><li>x"),
		"bold":                many("<b>x"),
		"bold and italic":     many("<b><i>x</b>y</i>"),
		"links":               many(`<a href="//e.org/">x</a>`),
		"formats in a row":    formats.String(),
		"tables":              many("<table><tr><td>x"),
		"tables closed":       many("<table><tr><td>") + many("</table>"),
		"cells":               "<table><tr>" + many("<td>x"),
		"rows":                "<table>" + many("<tr><td>a<td>b"),
		"breaks":              many("<br>"),
		"lines":               many("a<br>"),
		"paragraphs":          many("<p>x"),
		"headings":            many("<h1>#</h1>"),
		"mismatched ends":     "<div><table><td>" + strings.Repeat("<section>", 50000) + strings.Repeat("</div>", 100000),
		"wide and mismatched": many("<div><p></span></li></td>"),
		"pictures":            many("<img src=a>"),
		"srcset":              "<img srcset='" + many("a 1w,") + "'>",
		"addresses":           many("http://e.org "),
		"one address":         "http://e.org/" + many("a"),
		"brackets after":      many("http://e.org/(((((((((((((( "),
		"almost addresses":    many("www.www."),
		"parentheses":         many("http://" + strings.Repeat("a.", 20) + "))))))))))"),
		"formula":             many("<math>x"),
		"plain lines":         many("a\n"),
		"spaces":              many(" ") + "x" + many(" "),
		"joiners":             many("\u200c"),
		"flags":               many("🇩"),
		"invalid":             many("\xff"),
		"class names":         "<p class='" + many("a ") + "'>",
		"style":               many("<p style='x:y;'>"),
	}
}

// A megabyte of anything takes half a second at most. The limit is far above
// that, for machines that are slow and busy, and below what these take, minutes
// at least, where time grows faster than the input.
func TestAMegabyteOfAnythingIsSoonDone(t *testing.T) {
	const limit = 20 * time.Second
	for name, src := range attacks() {
		start := time.Now()
		body := HTML(src, "https://example.org/")
		Excerpt(body.Text)
		Words(body.Text)
		Title(src)
		URL(src, "")
		if took := time.Since(start); took > limit {
			t.Errorf("%s: %v", name, took)
		}
		if len(body.Markdown) > 8<<20 || len(body.Text) > MaxText+1024 {
			t.Errorf("%s: %d bytes of Markdown, %d of text", name, len(body.Markdown), len(body.Text))
		}
		if !Safe(body.Markdown) || !Safe(body.Text) {
			t.Errorf("%s: not safe", name)
		}
	}
}
