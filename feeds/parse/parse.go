package parse

import (
	"bytes"
	"errors"
	"time"

	"broadsheet/feeds"
)

// Document is what a feed says.
type Document struct {
	Title       string // HTML
	Link        string // the web page the feed belongs to
	Description string // HTML
	Language    string
	Updated     time.Time     // zero when unknown
	TTL         time.Duration // how long the publisher asks to wait before the next look; 0 when it does not say
	Entries     []Entry
	Problems    []string // what was repaired or guessed, in plain words
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
	p := &problems{}
	text := decode(body, contentType, p)
	var doc Document
	var err error
	if trimmed := bytes.TrimSpace(text); len(trimmed) > 0 && trimmed[0] == '{' {
		doc, err = parseJSON(trimmed, url, p)
	} else {
		doc, err = parseXML(text, url, p)
	}
	if err != nil {
		return Document{}, err
	}
	doc.Problems = p.list()
	return doc, nil
}
