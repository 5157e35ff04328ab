package newsworld

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"broadsheet/feeds/parse"
)

var small = World{Seed: 3, Feeds: 7, PerDay: 50, Articles: 300, End: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}

// Every article is in exactly one feed, and the feeds have them in the order
// of time.
func TestFeedsShareTheArticlesOut(t *testing.T) {
	seen := map[int]bool{}
	for feed := range small.Feeds {
		last := -1
		for k := range small.FeedArticles(feed) {
			a := small.Article(small.number(feed, k))
			if a.Feed != feed || a.N <= last || seen[a.N] {
				t.Fatalf("article %d of feed %d is number %d of feed %d", k, feed, a.N, a.Feed)
			}
			last, seen[a.N] = a.N, true
		}
	}
	if len(seen) != small.Articles {
		t.Fatalf("%d of %d articles are in feeds", len(seen), small.Articles)
	}
}

// What is served is what there is, as our own parser reads it, and a poll
// without news is answered 304.
func TestServedFeedsAreRead(t *testing.T) {
	h := small.Handler(10, 2)
	get := func(tag string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", "/feed/1", nil)
		r.Header.Set("If-None-Match", tag)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	first := get("")
	if again := get(first.Header().Get("ETag")); again.Code != http.StatusNotModified || again.Body.Len() > 0 {
		t.Fatalf("an unchanged feed: %d, %d bytes", again.Code, again.Body.Len())
	}
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("POST", "/advance?new=2", nil))
	if w := get(first.Header().Get("ETag")); w.Code != http.StatusOK {
		t.Fatalf("a feed with new articles: %d", w.Code)
	}
	for feed := range 2 { // RSS and Atom
		d, err := parse.Parse(small.Document(feed, 12, 10), "http://127.0.0.1/", "application/xml")
		if err != nil || len(d.Problems) > 0 || len(d.Entries) != 10 {
			t.Fatalf("feed %d: %d entries, problems %q, %v", feed, len(d.Entries), d.Problems, err)
		}
		want := small.Article(small.number(feed, 11))
		got := d.Entries[0]
		if got.Title != want.Title || got.Link != want.URL || !got.Published.Equal(want.Published) || len(got.Content) < 2000 {
			t.Errorf("feed %d: %+v, want %+v", feed, got, want)
		}
	}
}

// An event is in the news of several feeds.
func TestEventsAreShared(t *testing.T) {
	feeds := map[int]map[int]bool{}
	for n := range small.Articles {
		if a := small.Article(n); a.Event >= 0 {
			if feeds[a.Event] == nil {
				feeds[a.Event] = map[int]bool{}
			}
			feeds[a.Event][a.Feed] = true
		}
	}
	told := 0
	for _, f := range feeds {
		if len(f) > 1 {
			told++
		}
	}
	if told*10 < len(feeds)*8 {
		t.Errorf("%d of %d events are told by more than one feed", told, len(feeds))
	}
}
