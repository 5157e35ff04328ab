// Package opml reads and writes lists of subscriptions, and holds the built-in
// editions, which are such lists.
//
//	list, notes, err := opml.Read(file)   // OPML 1 or 2, or newsboat's urls
//	err = opml.Write(os.Stdout, "My feeds", list)
//	editions, err := opml.Editions()
//
// Reading never opens, includes or runs anything that a file names. Titles and
// folders are the file's own words, valid UTF-8 but hostile; feeds/clean makes
// them safe to show.
package opml

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"broadsheet/feeds"
	"broadsheet/feeds/charset"
)

const (
	// maxFile bounds a list; two thousand feeds take about half a megabyte.
	maxFile = 16 << 20
	// maxDepth bounds folders in folders; what lies deeper is kept, in the
	// deepest folder allowed.
	maxDepth = 16
	// maxURL bounds an address; servers refuse longer ones.
	maxURL = 8 << 10
	// maxNotes bounds what is said of a file in which nothing is right.
	maxNotes = 50
)

// list is what a file holds.
type list struct {
	title string
	feeds []feeds.Feed
	known map[string]bool
	notes []string
	more  int // notes not kept
	twice int // feeds the file names again
}

// Read reads a list of subscriptions: OPML (outlines become folders, joined
// with "/") or newsboat's urls (the first tag becomes the folder), told apart
// by content. Each feed has its URL, and what the file tells of Title, Site,
// Folder and Language. Notes say, a sentence each, what was left out or
// changed; a file of which nothing can be used is an error instead.
func Read(r io.Reader) (found []feeds.Feed, notes []string, err error) {
	l, err := read(r)
	if err != nil {
		return nil, nil, err
	}
	return l.feeds, l.said(), nil
}

func read(r io.Reader) (*list, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("the list of feeds could not be read to its end: %w; try again", err)
	}
	if len(raw) > maxFile {
		return nil, fmt.Errorf("the list of feeds is larger than %d MiB; split it", maxFile>>20)
	}
	text, _ := charset.Decode(raw, "")
	l := &list{known: make(map[string]bool)}
	switch text = bytes.TrimSpace(text); {
	case len(text) == 0:
		return nil, errors.New("the list of feeds is empty; export your subscriptions as OPML and import that")
	case text[0] == '<':
		return l, l.readOPML(text)
	}
	return l, l.readURLs(text)
}

// add takes a feed into the list, or says why not.
func (l *list) add(place string, f feeds.Feed) {
	whole := strings.Contains(f.URL, "://") || strings.HasPrefix(strings.ToLower(f.URL), "feed:")
	if !whole || len(f.URL) > maxURL {
		l.note("%s: %.80q is not a whole web address; left out", place, f.URL)
		return
	}
	address, err := feeds.Address(f.URL)
	if err != nil {
		l.note("%s: %v; left out", place, err)
		return
	}
	if l.known[address] {
		l.twice++
		return
	}
	l.known[address] = true
	if f.Title == f.URL {
		f.Title = "" // what Write puts there for a feed without a title
	}
	f.URL = address
	if site, err := feeds.Address(f.Site); err != nil || !strings.Contains(f.Site, "://") {
		f.Site = ""
	} else {
		f.Site = site
	}
	l.feeds = append(l.feeds, f)
}

func (l *list) note(format string, args ...any) {
	if len(l.notes) >= maxNotes {
		l.more++
		return
	}
	l.notes = append(l.notes, fmt.Sprintf(format, args...))
}

func (l *list) said() []string {
	notes := l.notes
	if l.more > 0 {
		notes = append(notes, fmt.Sprintf("%d more lines like these were left out", l.more))
	}
	if l.twice > 0 {
		notes = append(notes, fmt.Sprintf("feeds listed more than once were taken once: %d", l.twice))
	}
	return notes
}
