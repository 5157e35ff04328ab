package store

import (
	"reflect"
	"testing"
	"time"

	"broadsheet/feeds"
)

func TestSavedArticlesComeBackWhole(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	e := feeds.Entry{
		Key: "k", URL: "https://a.example/1", Title: "A title", Author: "An author",
		Published: testNow.Add(-time.Hour), Updated: testNow.Add(-time.Minute), Language: "en-AU",
		Excerpt: "An excerpt", Words: 3,
		Enclosures: []feeds.Enclosure{{URL: "https://a.example/1.mp3", Type: "audio/mpeg", Length: 7, Play: time.Minute, Title: "Listen"}},
		Body:       feeds.Body{Markdown: "**An** excerpt here", Text: "An excerpt here"},
	}
	stored := l.save(f.ID, e)
	if !reflect.DeepEqual(stored.New, []feeds.ArticleID{1}) || stored.Updated != nil {
		t.Fatalf("stored %+v", stored)
	}
	l.reopen()
	got, err := l.Item(1)
	want := feeds.Item{
		Article: feeds.Article{
			ID: 1, Feed: f.ID, Outlet: f.Outlet, URL: e.URL, Title: e.Title, Author: e.Author,
			Published: e.Published, Updated: e.Updated, Fetched: testNow, Language: e.Language,
			Excerpt: e.Excerpt, Words: e.Words, Enclosures: e.Enclosures,
		},
		Story: 1,
	}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v, %v\nwant %+v", got, err, want)
	}
	if b, err := l.Body(1); err != nil || b != e.Body {
		t.Errorf("body %+v, %v", b, err)
	}
}
