package parse

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"

	"broadsheet/feeds"
)

// parseXML reads an XML feed: its normal form, by gofeed.
func parseXML(text []byte, url string, p *problems) (Document, error) {
	normal, format, items, err := normalise(text, url, p)
	if err != nil {
		return Document{}, err
	}
	doc, err := readNormal(normal, format, p)
	if err != nil {
		return Document{}, err
	}
	if len(doc.Entries) != items {
		return Document{}, fmt.Errorf("%w: %d of its %d items could be read", ErrNotFeed, len(doc.Entries), items)
	}
	doc.settle(url)
	return doc, nil
}

func readNormal(normal []byte, format format, p *problems) (Document, error) {
	if format == formatAtom {
		feed, err := new(atom.Parser).Parse(bytes.NewReader(normal))
		if err != nil {
			return Document{}, fmt.Errorf("%w: %w", ErrNotFeed, err)
		}
		return atomDocument(feed, p), nil
	}
	feed, err := new(rss.Parser).Parse(bytes.NewReader(normal))
	if err != nil {
		return Document{}, fmt.Errorf("%w: %w", ErrNotFeed, err)
	}
	return rssDocument(feed, p), nil
}

func rssDocument(feed *rss.Feed, p *problems) Document {
	f := fields(feed.Extensions)
	doc := Document{
		Title:       firstOf(feed.Title, f.first("atom:title", "dc:title")),
		Link:        firstOf(firstOf(feed.Links...), f.link(), f.first("b:link")),
		Description: firstOf(feed.Description, f.first("dc:description", "atom:subtitle", "itunes:summary", "itunes:subtitle")),
		Language:    languageTag(firstOf(feed.Language, f.first("dc:language", "b:lang"))),
		Updated:     f.date(p, "b:updated", "b:date", "dc:date", "dcterms:modified", "atom:updated", "dcterms:issued"),
		TTL:         f.ttl(feed.TTL),
	}
	for _, item := range feed.Items {
		doc.Entries = append(doc.Entries, rssEntry(item, p))
	}
	return doc
}

func rssEntry(item *rss.Item, p *problems) Entry {
	f := fields(item.Extensions)
	e := f.entry(p)
	e.Title = firstOf(item.Title, f.first("dc:title", "atom:title", "itunes:title", "media:title"))
	e.Summary = firstOf(item.Description, f.first("b:summary", "dc:description", "atom:summary"))
	e.Content = firstOf(item.Content, f.first("b:body", "atom:content"))
	e.Link = firstOf(f.first("feedburner:origLink"), firstOf(item.Links...), f.link(), f.first("b:link"))
	if item.GUID != nil {
		e.ID = item.GUID.Value
		if e.Link == "" && isWeb(e.ID) {
			e.Link = e.ID
		}
	}
	e.ID = firstOf(e.ID, f.first("b:id", "b:about"))
	if about := f.first("b:about"); e.Link == "" && isWeb(about) {
		e.Link = about
	}
	e.fillText(f)
	for _, c := range item.Enclosures {
		e.Enclosures = addEnclosure(e.Enclosures, feeds.Enclosure{URL: enclosureAddress(c.URL), Type: c.Type, Length: size(c.Length)})
	}
	e.Enclosures = f.media(e.Enclosures)
	if e.Link == "" && len(item.Enclosures) > 0 && item.GUID == nil {
		e.Link = enclosureAddress(item.Enclosures[0].URL)
	}
	return e
}

func atomDocument(feed *atom.Feed, p *problems) Document {
	f := fields(feed.Extensions)
	doc := Document{
		Title:       feed.Title,
		Link:        atomLink(feed.Links),
		Description: firstOf(feed.Subtitle, f.first("dc:description", "itunes:summary", "itunes:subtitle")),
		Language:    languageTag(f.first("b:lang", "b:language", "dc:language")),
		Updated:     f.date(p, "b:updated", "b:date", "dcterms:modified", "dc:date"),
		TTL:         f.ttl(f.first("b:ttl")),
	}
	author := authorName(f.all("b:author"))
	for _, entry := range feed.Entries {
		e := atomEntry(entry, p)
		e.Author = firstOf(e.Author, author)
		doc.Entries = append(doc.Entries, e)
	}
	return doc
}

func atomEntry(entry *atom.Entry, p *problems) Entry {
	f := fields(entry.Extensions)
	e := f.entry(p)
	e.ID = f.first("b:id")
	e.Title = firstOf(entry.Title, f.first("dc:title", "media:title"))
	e.Summary = firstOf(entry.Summary, f.first("dc:description"))
	if entry.Content != nil {
		e.Content = entry.Content.Value
	}
	e.Content = firstOf(e.Content, f.first("content:encoded", "b:body"))
	e.Link = firstOf(f.first("feedburner:origLink"), atomLink(entry.Links), f.first("b:link", "b:src"))
	if e.Link == "" && isWeb(e.ID) {
		e.Link = e.ID
	}
	e.fillText(f)
	for _, l := range entry.Links {
		if l.Rel == "enclosure" {
			e.Enclosures = addEnclosure(e.Enclosures, feeds.Enclosure{URL: enclosureAddress(l.Href), Type: l.Type, Length: size(l.Length), Title: l.Title})
		}
	}
	e.Enclosures = f.media(e.Enclosures)
	return e
}

// atomLink is the page among the links: what calls itself the alternate, HTML
// before other types; else what has no better word for itself than "related"
// or "self".
func atomLink(links []*atom.Link) string {
	best, rank := "", 0
	for _, l := range links {
		r := linkRank(l.Rel, l.Type)
		if l.Href != "" && r > rank {
			best, rank = l.Href, r
		}
	}
	return best
}

func linkRank(rel, kind string) int {
	switch strings.TrimPrefix(strings.ToLower(rel), "http://www.iana.org/assignments/relation/") {
	case "", "alternate":
		switch {
		case kind == "" || strings.Contains(kind, "html"):
			return 4
		case strings.Contains(kind, "json") || strings.Contains(kind, "xml"):
			return 2
		}
		return 3
	case "related", "via", "self":
		return 1
	}
	return 0
}

// link is the page among the Atom links that an RSS feed or item carries.
func (f fields) link() string {
	var links []*atom.Link
	for _, l := range f["atom"]["link"] {
		if rel := l.Attrs["rel"]; linkRank(rel, "") > 1 {
			links = append(links, &atom.Link{Href: l.Attrs["href"], Rel: rel, Type: l.Attrs["type"]})
		}
	}
	return atomLink(links)
}

// entry reads what RSS and Atom entries have in common.
func (f fields) entry(p *problems) Entry {
	return Entry{
		Author: firstOf(authorName(f.all("b:author")), authorName(f.all("dc:creator")), f.first("itunes:author")),
		Published: f.date(p, "b:published", "dcterms:issued", "dcterms:available", "dc:issued", "dc:date", "dcterms:date",
			"atom:published", "atom:issued", "dcterms:created", "dc:created", "atom:created"),
		Updated:  f.date(p, "b:updated", "dcterms:modified", "dc:modified", "atom:updated", "atom:modified"),
		Language: languageTag(f.first("b:lang", "dc:language")),
		Base:     f.first("b:base"),
	}
}

// fillText takes the text from where it may also stand, if an entry has none.
func (e *Entry) fillText(f fields) {
	if e.Summary == "" {
		e.Summary = f.first("media:description", "itunes:summary", "itunes:subtitle")
	}
}

// enclosureAddress is an enclosure's URL; one whose closing quote was missing
// goes on into the next attribute.
func enclosureAddress(s string) string {
	s = cleanAddress(s)
	if before, _, ok := strings.Cut(s, " "); ok && isWeb(s) {
		return before
	}
	return s
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// settle makes the addresses absolute, and the entries' bases known.
func (d *Document) settle(url string) {
	from := baseOf(url)
	d.Link = from.join(cleanAddress(d.Link))
	if site := baseOf(d.Link); site.url != nil {
		from = site
	}
	for i := range d.Entries {
		e := &d.Entries[i]
		b := baseOf(e.Base)
		if b.url == nil {
			b = from
		}
		e.Link = b.join(cleanAddress(e.Link))
		e.Base = b.String()
		for k := range e.Enclosures {
			e.Enclosures[k].URL = b.join(e.Enclosures[k].URL)
		}
		if e.Published.IsZero() {
			e.Published = e.Updated
		}
	}
}
