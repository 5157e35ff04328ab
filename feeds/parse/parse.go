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
	Updated     time.Time       // zero when unknown
	TTL         time.Duration   // how long the publisher asks to wait before the next look; 0 when it does not say
	Skip        feeds.SkipTimes `json:",omitzero"`
	Entries     []Entry
	Problems    []string // what was repaired or guessed, in plain words
	Missing     string   // what of the document is known to be lost, in plain words; "" for nothing
}

// Entry is one article as the feed gives it. Any field may be empty, and an
// item that says nothing at all is an Entry too.
type Entry struct {
	ID         string // as the feed has it: guid, id or rdf:about; "" when it has none
	Title      string // HTML
	Link       string // absolute if anything says to what; not always http
	Author     string
	Published  time.Time // Updated if the feed says only that; zero when unknown
	Updated    time.Time // zero when unknown
	Language   string
	Summary    string // HTML, still hostile
	Content    string // HTML, still hostile
	Base       string // what addresses in Summary and Content are relative to, where no xml:base made them absolute
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
	doc.Problems, doc.Missing = p.list(), p.missing
	return doc, nil
}
