package ui

import (
	"slices"
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

type faint struct{}

// Related gives background on both sides of half of what makes coverage.
func (faint) Related(feeds.ArticleID, int) ([]feeds.Related, error) {
	list := []feeds.Related{
		{Article: 2, Kind: feeds.Coverage, Score: .31}, {Article: 3, Kind: feeds.Background, Score: .15},
		{Article: 4, Kind: feeds.Background, Score: .14}, {Article: 5, Kind: feeds.Background, Score: .06},
	}
	for i := range list {
		list[i].Why.Gate = .3
	}
	list[3].Why.Said = true // the reader took it out and is to find it again
	return list, nil
}

// What has next to nothing to do with an article does not fill its sidebar.
func TestFaintBackgroundIsNotShown(t *testing.T) {
	got, err := loadRelated(anyItems{}, faint{}, 1)
	var shown []feeds.ArticleID
	for _, r := range got.rows {
		shown = append(shown, r.Item.ID)
	}
	if err != nil || !slices.Equal(shown, []feeds.ArticleID{2, 3, 5}) {
		t.Errorf("shown are %v, %v; want 2, 3 and 5", shown, err)
	}
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
