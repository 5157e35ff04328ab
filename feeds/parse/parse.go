package parse

import (
	"bytes"
	"errors"
	"time"

	"github.com/mmcdole/gofeed"

	"broadsheet/feeds"
)

// Document is what a feed says.
type Document struct {
	Title    string
	Link     string // the web page the feed belongs to
	Language string
	Updated  time.Time     // zero when unknown
	TTL      time.Duration // how long the publisher asks to wait before the next look; 0 when it does not say
	Entries  []Entry
	Problems []string // what was repaired or guessed, in plain words
}

// Entry is one article as the feed gives it.
type Entry struct {
	ID         string
	Title      string // HTML
	Link       string
	Author     string
	Published  time.Time // zero when unknown
	Updated    time.Time // zero when unknown
	Language   string
	Summary    string // HTML, still hostile
	Content    string // HTML, still hostile
	Base       string // what relative addresses in Summary and Content are relative to
	Enclosures []feeds.Enclosure
}

// ErrNotFeed is returned for bytes that are no feed.
var ErrNotFeed = errors.New("this is not a feed")

// ErrHTML is returned for a web page.
var ErrHTML = errors.New("this is a web page, not a feed")

// Parse reads a feed. The url is where it came from, the contentType what the
// server said it is; both may be empty.
func Parse(body []byte, url, contentType string) (Document, error) {
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		if bytes.Contains(bytes.ToLower(body[:min(len(body), 1024)]), []byte("<html")) {
			return Document{}, ErrHTML
		}
		return Document{}, ErrNotFeed
	}
	doc := Document{Title: feed.Title, Link: feed.Link, Language: feed.Language}
	if feed.UpdatedParsed != nil {
		doc.Updated = *feed.UpdatedParsed
	}
	for _, item := range feed.Items {
		e := Entry{ID: item.GUID, Title: item.Title, Link: item.Link, Summary: item.Description, Content: item.Content, Base: url}
		if item.Author != nil {
			e.Author = item.Author.Name
		}
		if item.PublishedParsed != nil {
			e.Published = *item.PublishedParsed
		}
		if item.UpdatedParsed != nil {
			e.Updated = *item.UpdatedParsed
		}
		for _, enc := range item.Enclosures {
			e.Enclosures = append(e.Enclosures, feeds.Enclosure{URL: enc.URL, Type: enc.Type})
		}
		doc.Entries = append(doc.Entries, e)
	}
	return doc, nil
}
