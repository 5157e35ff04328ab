package cli

import (
	"fmt"
	"io"

	"broadsheet/feeds"
	"broadsheet/feeds/clean"
	"broadsheet/feeds/opml"
)

// ReadSubscriptions reads a list of feeds from a file somebody hands us, and
// makes its names and addresses safe. The notes say in a sentence each what was
// left out; a file without a single feed that can be fetched is an error.
func ReadSubscriptions(in io.Reader, name string) (good []feeds.Feed, notes []string, err error) {
	list, notes, err := opml.Read(in)
	if err != nil {
		return nil, nil, fmt.Errorf("%s cannot be imported: %w", name, err)
	}
	for i, note := range notes {
		notes[i] = clean.Line(note)
	}
	for _, f := range list {
		if f.URL, err = feeds.Address(f.URL); err != nil {
			notes = append(notes, clean.Line(err.Error()))
			continue
		}
		f.Title, f.Folder, f.Language = clean.Line(f.Title), clean.Line(f.Folder), clean.Line(f.Language)
		f.Site, _ = clean.URL(f.Site, "")
		good = append(good, f)
	}
	if len(good) == 0 {
		return nil, notes, fmt.Errorf("%s names no feed that can be fetched; it should be OPML, or newsboat's urls", name)
	}
	return good, notes, nil
}
