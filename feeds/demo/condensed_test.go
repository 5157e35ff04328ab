package demo_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/demo"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/gist"
	"broadsheet/feeds/novelty"
	"broadsheet/feeds/refresh"
	"broadsheet/feeds/related"
	"broadsheet/store"
)

// paper is the newsroom read twice into a library, as the demo does it.
func paper(t *testing.T) *store.Library {
	t.Helper()
	clock := func() time.Time { return noon }
	library, err := store.Open(filepath.Join(t.TempDir(), "library.db"), store.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := library.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := library.AddFeeds(demo.Feeds()); err != nil {
		t.Fatal(err)
	}
	r := refresh.New(refresh.Options{
		Library: library, Clock: clock, Relater: related.New(library, clock),
		Fetcher: fetch.New(fetch.Options{Transport: demo.Transport(noon), Clock: clock}),
	})
	for range 2 {
		if _, err := r.Run(context.Background(), refresh.Request{Force: true}, func(feeds.Event) {}); err != nil {
			t.Fatal(err)
		}
	}
	return library
}

// find is the article of a link.
func find(t *testing.T, l *store.Library, link string) (feeds.Item, feeds.Body) {
	t.Helper()
	items, err := l.Page(feeds.View{Kind: feeds.ViewAll}, feeds.Cursor{}, 1000, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range items {
		if it.URL == "https://"+link {
			body, err := l.Body(it.ID)
			if err != nil {
				t.Fatal(err)
			}
			return it, body
		}
	}
	t.Fatalf("there is no %s", link)
	return feeds.Item{}, feeds.Body{}
}

func TestOneArticleIsEditedAndOneOnlyHasMoreComments(t *testing.T) {
	l := paper(t)
	items, err := l.Page(feeds.View{Kind: feeds.ViewAll}, feeds.Cursor{}, 1000, false)
	if err != nil {
		t.Fatal(err)
	}
	for _, it := range items {
		if want := it.URL == edited; it.Revisions > 0 != want {
			t.Errorf("%s has %d revisions", it.URL, it.Revisions)
		}
	}
	if _, body := find(t, l, "dailylantern.example/news/ferry-wedding"); !strings.Contains(body.Text, "1,048 comments") {
		t.Errorf("the count of comments is not brought up to date:\n%s", body.Text)
	}
}

func TestWhatTwoOutletsQuoteIsReadOnce(t *testing.T) {
	l := paper(t)
	_, courier := find(t, l, "stellhavencourier.example/city/repair-plan")
	bill, gazette := find(t, l, strings.TrimPrefix(edited, "https://"))
	sentences := gist.Split(gazette.Text)
	read := novelty.Read(novelty.Text{Language: "en", Sentences: gist.Split(courier.Text)})
	var told []string
	for i, old := range read.Told(novelty.Text{Language: "en", Sentences: sentences}) {
		if old {
			told = append(told, sentences[i])
		}
	}
	if all := strings.Join(told, "\n"); len(told) != 3 || !strings.Contains(all, "136 hangers") || !strings.Contains(all, "a little wind in it") {
		t.Errorf("read already are\n%s", all)
	}

	story, err := l.Story(bill.Story)
	if err != nil {
		t.Fatal(err)
	}
	items, err := l.Items(story.Articles)
	if err != nil {
		t.Fatal(err)
	}
	said, err := gist.OfStory(bill, items, l.Body, 7)
	if err != nil {
		t.Fatal(err)
	}
	outlets := map[string]bool{}
	times := map[string]int{}
	for _, s := range said {
		outlets[s.Item.Outlet] = true
		times[s.Text]++
	}
	if len(said) != 7 || len(outlets) != 3 || len(times) != 7 {
		t.Errorf("the story in brief is %d sentences of %d outlets: %v", len(said), len(outlets), times)
	}
}
