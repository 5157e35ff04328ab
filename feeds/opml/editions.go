package opml

import (
	"bytes"
	"cmp"
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"

	"broadsheet/feeds"
)

//go:embed editions/*.opml
var editions embed.FS

// Editions lists the built-in editions by title. Their feeds lie in a folder
// of the edition's title.
func Editions() ([]feeds.Edition, error) {
	const dir = "editions"
	entries, err := editions.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("the built-in editions are missing from this program: %w; build it anew", err)
	}
	all := make([]feeds.Edition, 0, len(entries))
	for _, entry := range entries {
		file, err := editions.ReadFile(path.Join(dir, entry.Name()))
		if err != nil {
			return nil, fmt.Errorf("the built-in edition %s is missing from this program: %w; build it anew", entry.Name(), err)
		}
		l, err := read(bytes.NewReader(file))
		if err != nil {
			return nil, fmt.Errorf("the built-in edition %s is damaged: %w; build the program anew", entry.Name(), err)
		}
		edition := feeds.Edition{Name: strings.TrimSuffix(entry.Name(), ".opml"), Title: l.title, Feeds: l.feeds}
		for i := range edition.Feeds {
			edition.Feeds[i].Folder = edition.Title
		}
		all = append(all, edition)
	}
	slices.SortFunc(all, func(a, b feeds.Edition) int { return cmp.Compare(a.Title, b.Title) })
	return all, nil
}
