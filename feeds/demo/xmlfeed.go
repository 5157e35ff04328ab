package demo

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// The three XML formats, by the names their elements have on the wire.

type rssDocument struct {
	XMLName xml.Name   `xml:"rss"`
	Version string     `xml:"version,attr"`
	Content string     `xml:"xmlns:content,attr"`
	Creator string     `xml:"xmlns:dc,attr"`
	Podcast string     `xml:"xmlns:itunes,attr"`
	Media   string     `xml:"xmlns:media,attr"`
	Channel rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title       string    `xml:"title"`
	Link        string    `xml:"link"`
	Description string    `xml:"description"`
	Language    string    `xml:"language"`
	Built       string    `xml:"lastBuildDate,omitempty"`
	TTL         int       `xml:"ttl"`
	Items       []rssItem `xml:"item"`
}

type rssItem struct {
	Title       string        `xml:"title"`
	Link        string        `xml:"link"`
	GUID        *rssGUID      `xml:"guid"`
	Author      string        `xml:"dc:creator,omitempty"`
	Published   string        `xml:"pubDate"`
	Tags        []string      `xml:"category"`
	Description text          `xml:"description"`
	Content     text          `xml:"content:encoded"`
	Enclosure   *rssEnclosure `xml:"enclosure"`
	Duration    string        `xml:"itunes:duration,omitempty"`
	Media       *mediaContent `xml:"media:content"`
}

type rssGUID struct {
	Permalink bool   `xml:"isPermaLink,attr"`
	Value     string `xml:",chardata"`
}

type rssEnclosure struct {
	URL    string `xml:"url,attr"`
	Length int64  `xml:"length,attr"`
	Type   string `xml:"type,attr"`
}

type mediaContent struct {
	URL    string `xml:"url,attr"`
	Medium string `xml:"medium,attr"`
	Type   string `xml:"type,attr"`
}

// text is written as CDATA or with references, as the outlet's system does.
type text struct {
	CDATA string `xml:",cdata"`
	Chars string `xml:",chardata"`
}

func (o *outlet) text(s string) text {
	if o.cdata {
		return text{CDATA: s}
	}
	return text{Chars: s}
}

type entry struct {
	article
	html string
}

func (o *outlet) rss(list []entry, built time.Time) ([]byte, error) {
	doc := rssDocument{
		Version: "2.0",
		Content: "http://purl.org/rss/1.0/modules/content/",
		Creator: "http://purl.org/dc/elements/1.1/",
		Podcast: "http://www.itunes.com/dtds/podcast-1.0.dtd",
		Media:   "http://search.yahoo.com/mrss/",
		Channel: rssChannel{
			Title: o.title, Link: o.link("/"), Description: o.tagline,
			Language: o.language, Built: o.date(built, time.RFC1123Z), TTL: 30,
		},
	}
	for _, e := range list {
		item := rssItem{
			Title: e.title, Link: o.link(e.path), Author: e.author,
			Published: o.date(e.published, time.RFC1123Z), Tags: e.tags,
			Description: o.text(e.teaser()), Content: o.text(e.html),
		}
		switch o.guid {
		case "link":
			item.GUID = &rssGUID{Permalink: true, Value: o.link(e.path)}
		case "tag":
			item.GUID = &rssGUID{Value: o.tag(e.article)}
		}
		if e.audio.path != "" {
			item.Enclosure = &rssEnclosure{URL: o.link(e.audio.path), Length: e.audio.length, Type: "audio/mpeg"}
			item.Duration = clockTime(e.audio.play)
		}
		if e.image != "" {
			item.Media = &mediaContent{URL: o.link(e.image), Medium: "image", Type: "image/png"}
		}
		doc.Channel.Items = append(doc.Channel.Items, item)
	}
	return o.xml(doc)
}

type rdfDocument struct {
	XMLName xml.Name   `xml:"rdf:RDF"`
	RDF     string     `xml:"xmlns:rdf,attr"`
	RSS     string     `xml:"xmlns,attr"`
	DC      string     `xml:"xmlns:dc,attr"`
	Content string     `xml:"xmlns:content,attr"`
	Channel rdfChannel `xml:"channel"`
	Items   []rdfItem  `xml:"item"`
}

type rdfChannel struct {
	About       string  `xml:"rdf:about,attr"`
	Title       string  `xml:"title"`
	Link        string  `xml:"link"`
	Description string  `xml:"description"`
	Language    string  `xml:"dc:language"`
	Order       []rdfLI `xml:"items>rdf:Seq>rdf:li"`
}

type rdfLI struct {
	Resource string `xml:"rdf:resource,attr"`
}

type rdfItem struct {
	About       string   `xml:"rdf:about,attr"`
	Title       string   `xml:"title"`
	Link        string   `xml:"link"`
	Description text     `xml:"description"`
	Content     text     `xml:"content:encoded"`
	Creator     string   `xml:"dc:creator,omitempty"`
	Date        string   `xml:"dc:date"`
	Subject     []string `xml:"dc:subject"`
}

func (o *outlet) rdf(list []entry) ([]byte, error) {
	doc := rdfDocument{
		RDF:     "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
		RSS:     "http://purl.org/rss/1.0/",
		DC:      "http://purl.org/dc/elements/1.1/",
		Content: "http://purl.org/rss/1.0/modules/content/",
		Channel: rdfChannel{About: o.link("/"), Title: o.title, Link: o.link("/"), Description: o.tagline, Language: o.language},
	}
	for _, e := range list {
		link := o.link(e.path)
		doc.Channel.Order = append(doc.Channel.Order, rdfLI{link})
		doc.Items = append(doc.Items, rdfItem{
			About: link, Title: e.title, Link: link, Creator: e.author, Subject: e.tags,
			Description: o.text(e.teaser()), Content: o.text(e.html),
			Date: o.date(e.published, time.RFC3339),
		})
	}
	return o.xml(doc)
}

type atomFeed struct {
	XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Language string      `xml:"xml:lang,attr"`
	ID       string      `xml:"id"`
	Title    string      `xml:"title"`
	Subtitle string      `xml:"subtitle,omitempty"`
	Updated  string      `xml:"updated"`
	Links    []atomLink  `xml:"link"`
	Author   *atomPerson `xml:"author"`
	Entries  []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel    string `xml:"rel,attr"`
	Type   string `xml:"type,attr,omitempty"`
	Href   string `xml:"href,attr"`
	Length int64  `xml:"length,attr,omitempty"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomEntry struct {
	ID        string         `xml:"id"`
	Title     string         `xml:"title"`
	Links     []atomLink     `xml:"link"`
	Author    *atomPerson    `xml:"author"`
	Published string         `xml:"published"`
	Updated   string         `xml:"updated"`
	Tags      []atomCategory `xml:"category"`
	Summary   string         `xml:"summary"`
	Content   atomContent    `xml:"content"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

type atomContent struct {
	Type  string `xml:"type,attr"`
	Inner string `xml:",innerxml"`
	Chars string `xml:",chardata"`
}

func (o *outlet) atom(list []entry, built time.Time) ([]byte, error) {
	doc := atomFeed{
		Language: o.language, ID: "tag:" + o.host + ",2026:feed", Title: o.title, Subtitle: o.tagline,
		Updated: o.date(built, time.RFC3339), Author: &atomPerson{o.name},
		Links: []atomLink{
			{Rel: "alternate", Type: "text/html", Href: o.link("/")},
			{Rel: "self", Type: "application/atom+xml", Href: o.feedURL()},
		},
	}
	for _, e := range list {
		item := atomEntry{
			ID: o.tag(e.article), Title: e.title, Summary: e.teaser(),
			Links:     []atomLink{{Rel: "alternate", Type: "text/html", Href: o.link(e.path)}},
			Published: o.date(e.published, time.RFC3339), Updated: o.date(e.changed(), time.RFC3339),
			Content: atomContent{Type: "html", Chars: e.html},
		}
		if o.xhtml {
			item.Content = atomContent{Type: "xhtml", Inner: `<div xmlns="http://www.w3.org/1999/xhtml">` + e.html + `</div>`}
		}
		if e.author != "" {
			item.Author = &atomPerson{e.author}
		}
		if e.audio.path != "" {
			item.Links = append(item.Links, atomLink{Rel: "enclosure", Type: "audio/mpeg", Href: o.link(e.audio.path), Length: e.audio.length})
		}
		for _, tag := range e.tags {
			item.Tags = append(item.Tags, atomCategory{tag})
		}
		doc.Entries = append(doc.Entries, item)
	}
	return o.xml(doc)
}

func (o *outlet) xml(doc any) ([]byte, error) {
	body, err := xml.MarshalIndent(doc, "", " ")
	if err != nil {
		return nil, err
	}
	head := fmt.Sprintf("<?xml version=\"1.0\" encoding=%q?>\n", o.charset)
	// encoding/xml writes line ends as references; no publisher does.
	return o.encode(head + strings.ReplaceAll(string(body), "&#xA;", "\n") + "\n")
}

// tag is an id that is no link, as many systems make them.
func (o *outlet) tag(a article) string { return "tag:" + o.host + ",2026:" + a.path[1:] }

// date writes a time in the outlet's own zone.
func (o *outlet) date(t time.Time, layout string) string {
	if o.zone != nil {
		return t.In(o.zone).Format(layout)
	}
	return t.UTC().Format(layout)
}

func (a article) changed() time.Time {
	if a.updated.IsZero() {
		return a.published
	}
	return a.updated
}

func clockTime(d time.Duration) string {
	seconds := int(d.Seconds())
	return strconv.Itoa(seconds/60) + ":" + fmt.Sprintf("%02d", seconds%60)
}
