package timeline

import (
	"cmp"
	"slices"

	"broadsheet/feeds"
)

// role says how an article stands to those before it.
type role uint8

const (
	tells   role = iota // the first of its outlet
	follows             // its outlet told the story before
	copies              // its text was there before
)

// entry is an article in its place.
type entry struct {
	feeds.Item
	role role
}

// order puts the articles of a story in the order they came out.
func order(items []feeds.Item) []entry {
	items = slices.Clone(items)
	slices.SortStableFunc(items, func(a, b feeds.Item) int {
		return cmp.Or(feeds.When(a.Article).Compare(feeds.When(b.Article)), cmp.Compare(a.ID, b.ID))
	})
	before := map[feeds.ArticleID]bool{}
	outlets := map[string]bool{}
	list := make([]entry, len(items))
	for i, it := range items {
		list[i].Item = it
		switch {
		case slices.ContainsFunc(it.Copies, func(id feeds.ArticleID) bool { return before[id] }):
			list[i].role = copies
		case outlets[it.Outlet] && it.Outlet != "":
			list[i].role = follows
		}
		before[it.ID] = true
		outlets[it.Outlet] = true
	}
	return list
}
