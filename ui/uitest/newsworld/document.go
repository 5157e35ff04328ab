package newsworld

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"time"
)

// Document is a feed when it has had so many articles: the newest of them, at
// most items, the newest first. Even feeds are RSS 2.0, odd ones Atom.
func (w World) Document(feed, had, items int) []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	entry, tail := w.rssItem, "</channel></rss>\n"
	if feed%2 == 0 {
		fmt.Fprintf(&b, `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>%s</title><link>https://outlet%03d.example/</link><description>News</description><language>en</language>`+"\n", w.FeedTitle(feed), feed)
	} else {
		entry, tail = w.atomEntry, "</feed>\n"
		fmt.Fprintf(&b, `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>%s</title><id>https://outlet%03d.example/</id><link href="https://outlet%03d.example/"/><updated>%s</updated>`+"\n",
			w.FeedTitle(feed), feed, feed, w.published(w.number(feed, max(had-1, 0))).Format(time.RFC3339))
	}
	for k := had - 1; k >= max(0, had-items); k-- {
		entry(&b, w.Article(w.number(feed, k)))
	}
	b.WriteString(tail)
	return b.Bytes()
}

func (w World) rssItem(b *bytes.Buffer, a Article) {
	fmt.Fprintf(b, "<item><title>%s</title><link>%s</link><guid>%s</guid><dc:creator>%s</dc:creator><pubDate>%s</pubDate><content:encoded><![CDATA[%s]]></content:encoded></item>\n",
		a.Title, a.URL, a.URL, a.Author, a.Published.Format(time.RFC1123Z), a.HTML)
}

func (w World) atomEntry(b *bytes.Buffer, a Article) {
	date := a.Published.Format(time.RFC3339)
	fmt.Fprintf(b, `<entry><title>%s</title><link href="%s"/><id>%s</id><author><name>%s</name></author><published>%s</published><updated>%s</updated><content type="html">`, a.Title, a.URL, a.URL, a.Author, date, date)
	_ = xml.EscapeText(b, []byte(a.HTML)) // a bytes.Buffer takes everything
	b.WriteString("</content></entry>\n")
}
