package ui

import (
	"testing"

	"broadsheet/feeds"
)

type anyItems struct{ Library }

func (anyItems) Items(ids []feeds.ArticleID) ([]feeds.Item, error) {
	items := make([]feeds.Item, len(ids))
	for i, id := range ids {
		items[i].ID = id
	}
	return items, nil
}

type endless struct{}

// Related gives three rows of coverage and background for as long as asked.
func (endless) Related(_ feeds.ArticleID, limit int) ([]feeds.Related, error) {
	list := make([]feeds.Related, limit)
	for i := range list {
		list[i] = feeds.Related{Article: feeds.ArticleID(i + 2), Kind: feeds.Background}
		if i < 3 {
			list[i].Kind = feeds.Coverage
		}
	}
	return list, nil
}

func TestBackgroundIsAFewRowsHoweverMuchThereIs(t *testing.T) {
	got, err := loadRelated(anyItems{}, endless{}, 1)
	if err != nil || len(got.rows) != 3+backgroundLimit {
		t.Fatalf("%d rows, %v; want 3 of coverage and %d of background", len(got.rows), err, backgroundLimit)
	}
	for i, r := range got.rows {
		if want := feeds.ArticleID(i + 2); r.Item.ID != want {
			t.Errorf("row %d is article %d, want %d: the best stay", i, r.Item.ID, want)
		}
	}
}
