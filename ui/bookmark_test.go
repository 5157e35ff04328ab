package ui_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"broadsheet/feeds"
	"broadsheet/ui/uitest"
)

// long is a text of n numbered paragraphs.
func long(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Paragraph %d of the story.\n\n", i+1)
	}
	return b.String()
}

func TestTheReadingGoesOnWhereItWasLeft(t *testing.T) {
	l := one(long(400))
	d := uitest.New(t, uitest.Deps(l), 100, 24)
	d.Press("enter", "/")
	d.Type("paragraph 300 ")
	d.Press("enter", "esc")
	d.Contains("Paragraph 300")
	d.Press("ctrl+c")
	if !d.Quit {
		t.Fatal("the program does not end")
	}

	d = uitest.New(t, uitest.Deps(l), 70, 30) // in another width
	d.Press("enter")
	d.Contains("Paragraph 300")
	d.Press("G", "ctrl+c")
	d = uitest.New(t, uitest.Deps(l), 100, 24)
	d.Contains("Paragraph 1 ") // it was read to its end

	d.Press("enter", "space", "space", "g", "ctrl+c")
	if m, err := l.Bookmark(1); err != nil || m != (feeds.Bookmark{}) {
		t.Errorf("at the beginning the bookmark is %+v", m)
	}
}

func TestALeftArticleHasItsPlaceKept(t *testing.T) {
	l := one(long(60))
	other := l.Publish(feeds.Item{Article: feeds.Article{Feed: 1, Title: "Another", Published: uitest.Now(), Fetched: uitest.Now()}}, long(60))
	d := uitest.New(t, uitest.Deps(l), 100, 40)
	d.Press("enter", "space", "J")
	marks := map[feeds.ArticleID]feeds.Bookmark{}
	for _, id := range []feeds.ArticleID{1, other} {
		m, err := l.Bookmark(id)
		if err != nil {
			t.Fatal(err)
		}
		marks[id] = m
	}
	left := feeds.ArticleID(1)
	if marks[1] == (feeds.Bookmark{}) {
		left = other
	}
	if m := marks[left]; m.At == 0 || m.At > m.Of || marks[other+1-left] != (feeds.Bookmark{}) {
		t.Errorf("the bookmarks are %+v", marks)
	}
	d.Press("K", "J") // both are read now, and only the place is left to be written
	l.Broken = errors.New("the disk is full")
	d.Press("space", "K")
	d.Contains("the place in the article could not be kept: the disk is full")
}
