package pane

import (
	"slices"

	"broadsheet/feeds"
)

// Articles is a set of articles, sorted: a whole view may be marked, and what a
// pane shows of it is found in a million as soon as in ten.
type Articles []feeds.ArticleID

// ArticlesOf makes one of articles in any order. It keeps those that are sorted.
func ArticlesOf(ids []feeds.ArticleID) Articles {
	if !slices.IsSorted(ids) {
		ids = slices.Sorted(slices.Values(ids))
	}
	return ids
}

// Has reports whether an article is in it.
func (a Articles) Has(id feeds.ArticleID) bool {
	_, found := slices.BinarySearch(a, id)
	return found
}
