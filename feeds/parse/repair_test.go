package parse

import (
	"strings"
	"testing"
)

const (
	head = `<?xml version="1.0"?><rss version="2.0"><channel><title>F</title><link>https://f.example/</link>`
	foot = `</channel></rss>`
)

// Every line is a way in which feeds in the wild are broken, and what must
// still come out of them: "title|link" of each item.
var repairs = []struct {
	name, body, want, problem string
}{
	{"healthy", head + `<item><title>a</title><link>https://f.example/1</link></item>` + foot, "a|https://f.example/1", ""},
	{"XML 1.1", `<?xml version="1.1"?><rss><channel><item><title>a</title></item>` + foot, "a|", ""},
	{"text before the prologue", "PHP Notice\n" + head + `<item><title>a</title></item>` + foot, "a|", "text before the feed"},
	{"tags before the prologue", `<br /><b>Warning</b>: x` + head + `<item><title>a</title></item>` + foot, "a|", "text before the feed"},
	{"two prologues", `<?xml version="1.0"?>` + head + `<item><title>a</title></item>` + foot, "a|", ""},
	{"prologue without its question mark", `<?xml version="1.0"><rss><channel><item><title>a</title></item>` + foot, "a|", "does not end"},
	{"something behind the end", head + `<item><title>a</title></item>` + foot + `<script>x < 1</script>`, "a|", ""},
	{"no root", `<item><title>a</title></item><item><title>b</title></item>`, "a| b|", "no root"},
	{"no channel", `<rss><title>F</title><item><title>a</title></item></rss>`, "a|", ""},
	{"items behind the channel", `<rss><channel><title>F</title></channel><item><title>a</title></item></rss>`, "a|", ""},
	{"two hyphens in a comment", head + `<!-- a -- b --><item><title>a</title></item>` + foot, "a|", ""},
	{"a comment without end", head + `<!-- oops <item><title>a</title></item>` + foot, "a|", "does not end"},
	{"an instruction among the items", head + `<?php echo 1; ?><item><title>a</title></item>` + foot, "a|", ""},
	{"control characters", head + "<item><title>a\x00\x0b\x1b&#0;&#27;</title></item>" + foot, "a|", "characters that no document may hold"},
	{"bare ampersands", head + `<item><title>AT&T & co</title><link>https://f.example/?a=1&b=2&copy=3</link></item>` + foot, "AT&amp;T &amp; co|https://f.example/?a=1&b=2&copy=3", ""},
	{"a bare less-than", head + `<item><title>a < b</title></item><item><title>c <3 d</title></item>` + foot, "a &lt; b| c &lt;3 d|", ""},
	{"a less-than before a letter", head + `<item><title>if x <y then</title></item><item><title>b</title></item>` + foot, "if x &lt;y then| b|", ""},
	{"names of HTML entities", head + `<item><title>caf&eacute; &hellip;</title></item>` + foot, "café …|", ""},
	{"windows-1252 references", head + `<item><title>it&#146;s &#x93;x&#x94;</title></item>` + foot, "it’s “x”|", ""},
	{"unclosed title", head + `<item><title>a<link>/1</link></item><item><title>b</title></item>` + foot, "a|https://f.example/1 b|", "left open"},
	{"misspelt end tag", head + `<item><title>a</titel><link>/1</link></item>` + foot, "a|https://f.example/1", "left open"},
	{"unclosed item", head + `<item><title>a</title><item><title>b</title></item>` + foot, "a| b|", "left open"},
	{"misspelt end of item", head + `<item><title>a</title></itme><item><title>b</title></item>` + foot, "a| b|", "left open"},
	{"upper-case tags", `<RSS><CHANNEL><ITEM><TITLE>a</TITLE><LINK>https://f.example/1</LINK></ITEM></CHANNEL></RSS>`, "a|https://f.example/1", ""},
	{"unquoted attribute", head + `<item><title>a</title><guid isPermaLink=false>https://x.example/</guid></item>` + foot, "a|", ""},
	{"missing end quote", head + `<item><title>a</title><enclosure url="https://f.example/a.mp3 length="1" type="audio/mpeg"/></item>` + foot, "a|https://f.example/a.mp3", ""},
	{"undeclared prefixes", head + `<item><media:title>no</media:title><title>a</title><dc:creator>x</dc:creator></item>` + foot, "a|", ""},
	{"open CDATA", head + `<item><title>a</title><description><![CDATA[x</description><link>/1</link></item><item><title><![CDATA[b]]></title></item>` + foot, "a|https://f.example/1 b|", "CDATA"},
	{"open CDATA at the end", head + `<item><title>a</title></item><item><title>b</title><description><![CDATA[x` + foot, "a| b|", "CDATA"},
	{"cut off in a tag", head + `<item><title>a</title></item><item><title>b</title><lin`, "a| b|", "ends in the middle"},
	{"cut off in a text", head + `<item><title>a</title></item><item><title>b`, "a| b|", "ends in the middle"},
	{"cut off in CDATA", head + `<item><title>a</title></item><item><title><![CDATA[b`, "a| b|", "ends in the middle"},
	{"cut off in an end tag", head + `<item><title>a</title></item><item><title>b</tit`, "a| b|", "ends in the middle"},
	{"HTML that is not escaped", head + `<item><title>a <b>b</b><br>c</title><description><p>x<p>y</description></item>` + foot, "a <b>b</b><br>c|", ""},
	{"deep HTML", head + `<item><description>` + strings.Repeat("<div>", 5000) + `</description><title>a</title></item>` + foot, "a|", ""},
	{"an empty item inside an item", head + `<item><title>a</title><item /><link>/1</link></item>` + foot, "a|https://f.example/1 |", ""},
	{"a picture's title", head + `<item><image><title>no</title><link>https://no.example/</link></image><title>a</title></item>` + foot, "a|", ""},
	{"another feed's source", `<feed><entry><source><title>no</title><link href="https://no.example/"/></source><title>a</title></entry></feed>`, "a|", ""},
	{"Atom with a prefix", `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>a</a:title><a:link href="https://f.example/1"/></a:entry></a:feed>`, "a|https://f.example/1", ""},
	{"wrong default namespace", `<rss xmlns="http://www.w3.org/2005/Atom"><channel><item><title>a</title><link>https://f.example/1</link></item>` + foot, "a|https://f.example/1", ""},
	{"foreign title", head + `<item><title>a</title><x:y xmlns:x="urn:x"><title>no</title></x:y><title xmlns="urn:x">no</title></item>` + foot, "a|", ""},
}

func TestRepair(t *testing.T) {
	for _, c := range repairs {
		t.Run(c.name, func(t *testing.T) {
			doc, err := Parse([]byte(c.body), "", "")
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range doc.Entries {
				got = append(got, e.Title+"|"+e.Link)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q", strings.Join(got, " "), c.want)
			}
			problems := strings.Join(doc.Problems, "; ")
			if !strings.Contains(problems, c.problem) || c.problem == "" && problems != "" {
				t.Errorf("problems %q, want %q", problems, c.problem)
			}
		})
	}
}

func TestEntitiesOfTheDocument(t *testing.T) {
	body := `<!DOCTYPE rss [<!ENTITY paper "The &#65; Ledger"> <!ENTITY x SYSTEM "file:///etc/passwd"> <!ENTITY bomb "&paper;&paper;">]>
<rss><channel><item><title>&paper; &x; &bomb;</title></item></channel></rss>`
	e, _ := one(t, body)
	if want := "The A Ledger &amp;x; &amp;bomb;"; e.Title != want {
		t.Errorf("title %q, want %q", e.Title, want)
	}
}

func TestEntityBombStaysSmall(t *testing.T) {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE rss [<!ENTITY a0 "` + strings.Repeat("x", 250) + `">`)
	for i := 1; i < 10; i++ {
		b.WriteString(`<!ENTITY a` + string(rune('0'+i)) + ` "` + strings.Repeat("&a"+string(rune('0'+i-1))+";", 10) + `">`)
	}
	b.WriteString(`]><rss><channel><item><title>` + strings.Repeat("&a9;", 10) + `</title><description>` + strings.Repeat("&a0;", 100000) + `</description></item></channel></rss>`)
	e, _ := one(t, b.String())
	if len(e.Title) > 200 || len(e.Summary) > 2<<20 {
		t.Errorf("title of %d bytes, summary of %d", len(e.Title), len(e.Summary))
	}
}

// What cannot be reached is counted, so that nothing is lost in silence.
func TestMissing(t *testing.T) {
	item := func(title string) string { return "<item><title>" + title + "</title></item>" }
	for _, c := range []struct {
		name, body string
		entries    int
		missing    string
	}{
		{"healthy", head + item("a") + foot, 1, ""},
		{"items in an element nobody knows", head + "<news><list>" + item("a") + item("b") + "</list></news>" + foot, 2, ""},
		{"more of those than are entered", head + strings.Repeat("<news>"+item("a")+"</news>", 12) + foot, maxUnwrapped, "4 of its 12 items could not be read"},
		{"items behind the end", head + item("a") + foot + item("b") + item("c"), 1, "2 of its 3 items could not be read"},
		{"items of another kind in an item", head + "<item><title>a</title><related>" + item("b") + "</related></item>" + foot, 1, ""},
		{"a word in a text", head + "<item><description>an &lt;item&gt; <![CDATA[<item>]]></description></item>" + foot, 1, ""},
		{"an item in a description", head + "<item><description><b>x</b>" + item("b") + "</description></item>" + foot, 1, "1 of its 2 items could not be read"},
		{"cut off in an item", head + item("a") + "<item><title>b", 2, "ends in the middle of an item"},
		{"cut off behind the items", head + item("a"), 1, ""},
		{"another Atom namespace", `<feed xmlns="http://www.w3.org/2005/Atom"><x:entry xmlns:x="urn:x"/><entry><title>a</title></entry></feed>`, 1, ""},
		{"JSON", `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1"},"2",3]}`, 1, "2 of its 3 items could not be read"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := Parse([]byte(c.body), "", "")
			if err != nil || len(doc.Entries) != c.entries || !strings.Contains(doc.Missing, c.missing) || c.missing == "" && doc.Missing != "" {
				t.Errorf("%d entries, missing %q, problems %q, error %v", len(doc.Entries), doc.Missing, doc.Problems, err)
			}
			if c.missing != "" && (len(doc.Problems) == 0 || doc.Problems[0] != doc.Missing) {
				t.Errorf("missing %q, but problems %q", doc.Missing, doc.Problems)
			}
		})
	}
}
