package parse

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

const namespaces = ` xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
	` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"` +
	` xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0"`

func rssItem(item string) string {
	return `<rss version="2.0"` + namespaces + `><channel><link>https://f.example/</link><item>` + item + `</item></channel></rss>`
}

func atomEntryOf(entry string) string {
	return `<feed xmlns="http://www.w3.org/2005/Atom"` + namespaces + `><link href="https://f.example/"/><entry>` + entry + `</entry></feed>`
}

// What stands in an element, and what of it reaches the reader as HTML.
func TestTexts(t *testing.T) {
	for _, c := range []struct {
		name, body, title, summary, content string
	}{
		{"escaped HTML", rssItem(`<title>a &lt;i&gt;b&lt;/i&gt;</title><description>&lt;p&gt;c &amp;amp; d&lt;/p&gt;</description>`), "a <i>b</i>", "<p>c &amp; d</p>", ""},
		{"CDATA", rssItem(`<title><![CDATA[a & b]]></title><description><![CDATA[<p>c</p>]]></description>`), "a &amp; b", "<p>c</p>", ""},
		{"CDATA in pieces", rssItem(`<description>a<![CDATA[<b>]]>c<![CDATA[</b> ]]&gt;]]></description>`), "", "a<b>c</b> ]]&gt;", ""},
		{"the end of CDATA in text", rssItem(`<description>a ]]&gt; b</description>`), "", "a ]]> b", ""},
		{"a type in a title", rssItem(`<title>Vec&lt;T&gt; and map[k]v</title>`), "Vec&lt;T&gt; and map[k]v", "", ""},
		{"a tag of HTML that is talked about", rssItem(`<title>How to use &lt;video&gt; well</title>`), "How to use &lt;video&gt; well", "", ""},
		{"old elements", rssItem(`<title>&lt;blink>a&lt;/blink></title><content:encoded type="application/octet-stream" mode="base64">PGJsaW5rPmE8L2JsaW5rPg==</content:encoded>`), "<blink>a</blink>", "", "<blink>a</blink>"},
		{"escaped twice", rssItem(`<title>AT&amp;amp;T &amp;#8217;s</title>`), "AT&amp;T &#8217;s", "", ""},
		{"content:encoded", rssItem(`<description>s</description><content:encoded><![CDATA[<p>c</p>]]></content:encoded>`), "", "s", "<p>c</p>"},
		{"xhtml:body", rssItem(`<x:body xmlns:x="http://www.w3.org/1999/xhtml"><x:p>c<x:br/></x:p></x:body>`), "", "", "<p>c<br></p>"},
		{"Media RSS text", rssItem(`<title>t</title><media:group><media:title>no</media:title><media:description>One.
Two &lt;3.

Three.</media:description></media:group>`), "t", "One.\n<br>Two &lt;3.\n<p>Three.", ""},
		{"only a title of Media RSS", rssItem(`<media:title>t</media:title>`), "t", "", ""},
		{"iTunes summary", rssItem(`<itunes:summary>s</itunes:summary>`), "", "s", ""},
		{"Dublin Core", rssItem(`<dc:title>t</dc:title><dc:description>s</dc:description>`), "t", "s", ""},
		{"Atom in RSS", rssItem(`<atom:title type="html">&lt;b&gt;t&lt;/b&gt;</atom:title><atom:summary>s</atom:summary><atom:content type="xhtml"><div>c</div></atom:content>`), "<b>t</b>", "s", "<div>c</div>"},
		{"Atom text", atomEntryOf(`<title type="text">1 &lt; 2 &amp;c</title><summary>a &lt;tag> b</summary>`), "1 &lt; 2 &amp;c", "a &lt;tag&gt; b", ""},
		{"Atom HTML", atomEntryOf(`<title type="html">&lt;b>t&lt;/b></title><content type="html"><![CDATA[<p>c</p>]]></content>`), "<b>t</b>", "", "<p>c</p>"},
		{"Atom XHTML", atomEntryOf(`<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">a <em>b</em> &lt; c</div></title><content type="xhtml"><div><a name="x"/>d<![CDATA[ <e> ]]></div></content>`),
			"<div>a <em>b</em> &lt; c</div>", "", `<div><a name="x"></a>d &lt;e&gt; </div>`},
		{"Atom HTML that is not escaped", atomEntryOf(`<content type="html"><p>one</p><p>two</p></content>`), "", "", "<p>one</p><p>two</p>"},
		{"Atom in base64", atomEntryOf(`<content type="text/html" mode="base64"> PHA+
YzwvcD4= </content>`), "", "", "<p>c</p>"},
		{"Atom with a picture", atomEntryOf(`<title>t</title><content type="image/png">iVBORw0KGgo=</content>`), "t", "", ""},
		{"Atom 0.3", `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title mode="escaped" type="text/html">&lt;b>t&lt;/b></title><content mode="xml" type="application/xhtml+xml"><p xmlns="http://www.w3.org/1999/xhtml">c</p></content></entry></feed>`, "<b>t</b>", "", "<p>c</p>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, _ := one(t, c.body)
			if e.Title != c.title || e.Summary != c.summary || e.Content != c.content {
				t.Errorf("got  %q, %q, %q\nwant %q, %q, %q", e.Title, e.Summary, e.Content, c.title, c.summary, c.content)
			}
		})
	}
}

func TestIdentityAndLinks(t *testing.T) {
	for _, c := range []struct {
		name, body, id, link, author string
	}{
		{"guid as link", rssItem(`<guid>https://f.example/1</guid>`), "https://f.example/1", "https://f.example/1", ""},
		{"guid that is none", rssItem(`<guid isPermaLink="false">https://f.example/1</guid>`), "https://f.example/1", "", ""},
		{"guid of words", rssItem(`<guid>tag:1</guid>`), "tag:1", "", ""},
		{"guid with empty link", rssItem(`<link/><guid>https://f.example/1</guid>`), "https://f.example/1", "https://f.example/1", ""},
		{"link in href", rssItem(`<link href="https://f.example/1"/>`), "", "https://f.example/1", ""},
		{"link to the feed itself", rssItem(`<link rel="self" href="https://f.example/feed"/><link>https://f.example/1</link>`), "", "https://f.example/1", ""},
		{"link over lines", rssItem("<link>\n https://f.example/\n1 \n</link>"), "", "https://f.example/1", ""},
		{"link in CDATA", rssItem(`<link><![CDATA[https://f.example/?a=1&b=2]]></link>`), "", "https://f.example/?a=1&b=2", ""},
		{"relative link", rssItem(`<link>/1</link>`), "", "https://f.example/1", ""},
		{"link without a scheme", rssItem(`<link>//g.example/1</link>`), "", "https://g.example/1", ""},
		{"atom:link in RSS", rssItem(`<atom:link rel="hub" href="https://hub.example/"/><atom:link href="https://f.example/1"/>`), "", "https://f.example/1", ""},
		{"Feedburner's original", rssItem(`<link>https://feedproxy.example/1</link><fb:origLink>https://f.example/1</fb:origLink>`), "", "https://f.example/1", ""},
		{"only an enclosure", rssItem(`<enclosure url="https://f.example/1.mp3"/>`), "", "https://f.example/1.mp3", ""},
		{"rdf:about", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item rdf:about="https://f.example/1"><title>t</title></item></rdf:RDF>`, "https://f.example/1", "https://f.example/1", ""},
		{"HTML before JSON", atomEntryOf(`<id>urn:1</id><link type="application/json" href="/1.json"/><link type="text/html" href="/1"/>`), "urn:1", "https://f.example/1", ""},
		{"no alternate", atomEntryOf(`<id>urn:1</id><link rel="enclosure" href="/1.mp3"/><link rel="related" href="/1"/>`), "urn:1", "https://f.example/1", ""},
		{"Atom id as link", atomEntryOf(`<id>https://f.example/1</id>`), "https://f.example/1", "https://f.example/1", ""},
		{"Atom content elsewhere", atomEntryOf(`<id>urn:1</id><content type="text/html" src="https://f.example/1"/>`), "urn:1", "https://f.example/1", ""},
		{"an id stays as it is", atomEntryOf(`<id> http://F.example/ü%7e?x=[1] </id><link href="/1"/>`), "http://F.example/ü%7e?x=[1]", "https://f.example/1", ""},
		{"address and name", rssItem(`<author>bob@f.example (Bob Smith)</author>`), "", "", "Bob Smith"},
		{"name and address", rssItem(`<author>Bob Smith &lt;bob@f.example&gt;</author>`), "", "", "Bob Smith"},
		{"name with brackets", rssItem(`<dc:creator>Bob Smith (Reuters)</dc:creator>`), "", "", "Bob Smith (Reuters)"},
		{"two creators", rssItem(`<dc:creator>Ann</dc:creator><dc:creator>Bob</dc:creator>`), "", "", "Ann, Bob"},
		{"a person", atomEntryOf(`<author><email>a@f.example</email><name>Ann &amp; co</name></author>`), "", "", "Ann & co"},
		{"a person with an address only", atomEntryOf(`<author><email>a@f.example</email></author>`), "", "", "a@f.example"},
		{"the feed's author", `<feed xmlns="http://www.w3.org/2005/Atom"><author><name>Ann</name></author><entry><title>t</title></entry></feed>`, "", "", "Ann"},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, _ := one(t, c.body)
			if e.ID != c.id || e.Link != c.link || e.Author != c.author {
				t.Errorf("got  %q, %q, %q\nwant %q, %q, %q", e.ID, e.Link, e.Author, c.id, c.link, c.author)
			}
		})
	}
}

func TestDatesOfEntries(t *testing.T) {
	const noon, one1 = "2024-05-03T12:00:00Z", "2024-05-03T13:00:00Z"
	for _, c := range []struct{ name, body, published, updated string }{
		{"pubDate", rssItem(`<pubDate>Fri, 03 May 2024 12:00:00 GMT</pubDate>`), noon, ""},
		{"pubdate", rssItem(`<pubdate>Fri, 03 May 2024 12:00:00 GMT</pubdate>`), noon, ""},
		{"dc:date", rssItem(`<dc:date>` + noon + `</dc:date>`), noon, ""},
		{"dcterms", rssItem(`<dcterms:issued>` + noon + `</dcterms:issued><dcterms:modified>` + one1 + `</dcterms:modified>`), noon, one1},
		{"Atom in RSS", rssItem(`<atom:updated>` + noon + `</atom:updated>`), noon, noon},
		{"Atom", atomEntryOf(`<published>` + noon + `</published><updated>` + one1 + `</updated>`), noon, one1},
		{"Atom, updated only", atomEntryOf(`<updated>` + noon + `</updated>`), noon, noon},
		{"Atom 0.3", atomEntryOf(`<issued>` + noon + `</issued><modified>` + one1 + `</modified>`), noon, one1},
		{"unreadable, then another", rssItem(`<pubDate>soon</pubDate><dc:date>` + noon + `</dc:date>`), noon, ""},
		{"the beginning of time", rssItem(`<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>`), "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, _ := one(t, c.body)
			format := func(d time.Time) string {
				if d.IsZero() {
					return ""
				}
				return d.Format(time.RFC3339)
			}
			if format(e.Published) != c.published || format(e.Updated) != c.updated {
				t.Errorf("got %v, %v, want %q, %q", e.Published, e.Updated, c.published, c.updated)
			}
		})
	}
}

func TestBases(t *testing.T) {
	for _, c := range []struct{ name, body, link, content, base string }{
		{"no xml:base", rssItem(`<link>/1</link><content:encoded>&lt;a href="2"&gt;x&lt;/a&gt;</content:encoded>`),
			"https://f.example/1", `<a href="2">x</a>`, "https://f.example/"},
		{"on the item", `<rss` + namespaces + `><channel><item xml:base="https://g.example/d/"><link>1</link><content:encoded>&lt;a href="2" title="x"&gt;y&lt;/a&gt;&lt;img src='/3'&gt;</content:encoded></item></channel></rss>`,
			"https://g.example/d/1", `<a href="https://g.example/d/2" title="x">y</a><img src="https://g.example/3">`, "https://g.example/d/"},
		{"on the content, relative to the feed's", `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://g.example/a/b"><entry xml:base="c/"><link href="1"/><content type="xhtml" xml:base="d/"><div><a href="2">x</a><p xml:base="e/"><a href="3"/></p><a href="4?a=1&amp;b=2">y</a></div></content></entry></feed>`,
			"https://g.example/a/c/1", `<div><a href="https://g.example/a/c/d/2">x</a><p><a href="https://g.example/a/c/d/e/3"></a></p><a href="https://g.example/a/c/d/4?a=1&amp;b=2">y</a></div>`, "https://g.example/a/c/"},
		{"addresses that are not relative", `<rss` + namespaces + `><channel><item xml:base="https://g.example/"><content:encoded>&lt;a href="mailto:x@y"&gt;&lt;/a&gt;&lt;a href="HTTP://Z/ü"&gt;&lt;/a&gt;&lt;img src="data:,x"&gt;</content:encoded></item></channel></rss>`,
			"", `<a href="mailto:x@y"></a><a href="HTTP://Z/ü"></a><img src="data:,x">`, "https://g.example/"},
		{"a base that is none", `<rss><channel><item xml:base=":bad%"><link>1</link></item></channel></rss>`, "https://feeds.example/news/1", "", testURL},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, _ := one(t, c.body)
			if e.Link != c.link || e.Content != c.content || e.Base != c.base {
				t.Errorf("got  %q, %q, %q\nwant %q, %q, %q", e.Link, e.Content, e.Base, c.link, c.content, c.base)
			}
		})
	}
}

func TestEnclosures(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       []feeds.Enclosure
	}{
		{"RSS with iTunes", rssItem(`<enclosure url="/a.mp3" type="audio/mpeg" length="12"/><itunes:duration>2:05</itunes:duration>`),
			[]feeds.Enclosure{{URL: "https://f.example/a.mp3", Type: "audio/mpeg", Length: 12, Play: 125 * time.Second}}},
		{"Media RSS, one of them the enclosure", rssItem(`<enclosure url="https://f.example/a.mp4" type="video/mp4"/><media:group><media:content url="https://f.example/a.mp4" fileSize="9" duration="61"/><media:content url="https://f.example/b.jpg" medium="image"><media:title>x</media:title></media:content></media:group>`),
			[]feeds.Enclosure{{URL: "https://f.example/a.mp4", Type: "video/mp4", Length: 9, Play: 61 * time.Second}, {URL: "https://f.example/b.jpg", Type: "image/*"}}},
		{"a picture in several sizes: the one for reading first", rssItem(`<media:group><media:content url="/s.jpg" medium="image" width="140"/><media:content url="/xl.jpg" medium="image" width="4000"/><media:content url="/l.jpg" medium="image" width="1200"/><media:content url="/m.jpg" medium="image" width="700"/></media:group><media:thumbnail url="/t.jpg" width="90"/>`),
			[]feeds.Enclosure{{URL: "https://f.example/l.jpg", Type: "image/*"}, {URL: "https://f.example/s.jpg", Type: "image/*"}, {URL: "https://f.example/xl.jpg", Type: "image/*"}, {URL: "https://f.example/m.jpg", Type: "image/*"}}},
		{"a thumbnail where that is all there is", rssItem(`<enclosure url="/a.mp3" type="audio/mpeg"/><media:thumbnail url="/s.jpg" width="90"/><media:thumbnail url="/l.jpg" width="240"/>`),
			[]feeds.Enclosure{{URL: "https://f.example/a.mp3", Type: "audio/mpeg"}, {URL: "https://f.example/l.jpg", Type: "image/*"}}},
		{"nonsense in numbers", rssItem(`<enclosure url="https://f.example/a.mp3" type="audio/mpeg" length="-1"/><itunes:duration>1e99</itunes:duration>`),
			[]feeds.Enclosure{{URL: "https://f.example/a.mp3", Type: "audio/mpeg"}}},
		{"Atom", atomEntryOf(`<link rel="enclosure" href="/a.ogg" type="audio/ogg" length="5" title="T"/>`),
			[]feeds.Enclosure{{URL: "https://f.example/a.ogg", Type: "audio/ogg", Length: 5, Title: "T"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, _ := one(t, c.body)
			if !reflect.DeepEqual(e.Enclosures, c.want) {
				t.Errorf("got  %+v\nwant %+v", e.Enclosures, c.want)
			}
		})
	}
	many := rssItem(strings.Repeat(`<enclosure url="https://f.example/a"/>`, 3) + strings.Repeat(`<media:content url="https://f.example/?`+`x"/>`, 3))
	if e, _ := one(t, many); len(e.Enclosures) != 2 {
		t.Errorf("%d enclosures, want 2", len(e.Enclosures))
	}
}

func TestPlayTime(t *testing.T) {
	for in, want := range map[string]time.Duration{
		"61": time.Minute + time.Second, "1:01": time.Minute + time.Second, "1:00:01": time.Hour + time.Second,
		"61.6": 62 * time.Second, "": 0, "x": 0, "-5": 0, "1:2:3:4": 0, "NaN": 0, "1e300": 0, "Inf": 0,
	} {
		if got := playTime(in); got != want {
			t.Errorf("%q: %v, want %v", in, got, want)
		}
	}
}

func TestTTL(t *testing.T) {
	for _, c := range []struct {
		channel string
		want    time.Duration
	}{
		{`<ttl>30</ttl>`, 30 * time.Minute},
		{`<ttl>-1</ttl>`, 0},
		{`<ttl>99999999999</ttl>`, maxTTL},
		{`<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>`, 6 * time.Hour},
		{`<sy:updatePeriod>never</sy:updatePeriod>`, 0},
	} {
		doc, err := Parse([]byte(`<rss><channel>`+c.channel+`</channel></rss>`), "", "")
		if err != nil || doc.TTL != c.want {
			t.Errorf("%s: %v, want %v (error %v)", c.channel, doc.TTL, c.want, err)
		}
	}
}

func TestSkipTimes(t *testing.T) {
	doc, err := Parse([]byte(`<rss><channel><skipHours><hour>0</hour><hour> 23 </hour><hour>24</hour><hour>99</hour></skipHours>
		<skipDays><day>Sunday</day><day>saturday</day><day>x</day></skipDays><item><title>A</title></item></channel></rss>`), "", "")
	if want := (feeds.SkipTimes{Hours: 1<<0 | 1<<23, Days: 1<<0 | 1<<6}); err != nil || doc.Skip != want {
		t.Errorf("got %+v, want %+v (error %v)", doc.Skip, want, err)
	}
}
