package pane

import (
	"slices"
	"testing"

	"broadsheet/feeds"
)

func TestASetHasWhatItWasMadeOf(t *testing.T) {
	given := []feeds.ArticleID{7, 2, 9, 2}
	set := ArticlesOf(given)
	for id := range feeds.ArticleID(12) {
		if set.Has(id) != slices.Contains(given, id) {
			t.Errorf("has %d: %t", id, set.Has(id))
		}
	}
	if !slices.Equal(given, []feeds.ArticleID{7, 2, 9, 2}) {
		t.Errorf("what was given is now %v", given)
	}
	if ArticlesOf(nil).Has(0) {
		t.Error("an empty one has something")
	}
}
