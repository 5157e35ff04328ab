package demo

import (
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"

	"broadsheet/feeds"
)

//go:embed newsroom
var sources embed.FS

const (
	newsroomDir = "newsroom"
	wireDir     = "newsroom/wire"
)

// folders in the order in which the subscriptions are listed.
var folders = [...]string{"Calvenor", "Regions", "Money and machines", "Science, arts, sport", "World"}

// Feeds are the subscriptions of the sample newsroom, with their folders. There
// are none only if the embedded files are wrong, and then Transport tells how.
func Feeds() []feeds.Feed {
	all, err := outlets()
	if err != nil {
		return nil
	}
	list := make([]feeds.Feed, 0, len(all))
	for _, folder := range folders {
		for _, o := range all {
			if o.folder != folder {
				continue
			}
			list = append(list, feeds.Feed{
				URL:      o.feedURL(),
				Title:    o.name,
				Site:     o.link("/"),
				Outlet:   o.name,
				Folder:   o.folder,
				Language: o.language,
			})
		}
	}
	return list
}

// outlets reads the head of every file and leaves the articles for later: the
// first frame of the demo does not wait for them.
func outlets() ([]*outlet, error) {
	entries, err := fs.ReadDir(sources, newsroomDir)
	if err != nil {
		return nil, err
	}
	var all []*outlet
	for _, e := range entries {
		if e.IsDir() || !strings.HasSuffix(e.Name(), ".md") {
			continue
		}
		text, err := sources.ReadFile(path.Join(newsroomDir, e.Name()))
		if err != nil {
			return nil, err
		}
		o, err := parseOutlet(e.Name(), string(text))
		if err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	slices.SortStableFunc(all, func(a, b *outlet) int { return strings.Compare(a.name, b.name) })
	return all, nil
}
