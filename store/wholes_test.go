package store

import (
	"errors"
	"reflect"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

var wholeText = feeds.Body{Markdown: "The **harbour** was dredged by night.\n\nNobody asked the herons.", Text: "The harbour was dredged by night.\nNobody asked the herons."}

func here(id feeds.ArticleID) feeds.Whole {
	return feeds.Whole{Article: id, State: feeds.WholeHere, Body: wholeText, Words: 10, Tried: testNow}
}

func (l *testLibrary) wholes(list ...feeds.Whole) {
	l.t.Helper()
	if err := l.SaveWholes(list); err != nil {
		l.t.Fatal(err)
	}
}

func (l *testLibrary) found(query string) []feeds.ArticleID {
	l.t.Helper()
	items, err := l.Search(query, 10)
	if err != nil {
		l.t.Fatal(err)
	}
	return ids(items)
}

func (l *testLibrary) state(id feeds.ArticleID) feeds.WholeState {
	l.t.Helper()
	item, err := l.Item(id)
	if err != nil {
		l.t.Fatal(err)
	}
	return item.Whole
}

func TestAWholeTextIsKeptBesideTheFeedsOwn(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	l.save(f.ID, entry("a", "Dredging", "The quay is closed.", time.Hour), entry("b", "Herons", "No herons today.", 2*time.Hour))
	if w, err := l.Whole(2); err != nil || !reflect.DeepEqual(w, feeds.Whole{Article: 2}) {
		t.Fatalf("before anyone looked: %+v, %v", w, err)
	}
	l.wholes(here(2), feeds.Whole{Article: 99, State: feeds.WholeHere, Body: wholeText})
	l.reopen()
	if w, err := l.Whole(2); err != nil || !reflect.DeepEqual(w, here(2)) || !w.Shown() {
		t.Errorf("got %+v, %v", w, err)
	}
	if b, err := l.Body(2); err != nil || b.Text != "The quay is closed." {
		t.Errorf("the feed's own text is %+v, %v", b, err)
	}
	if l.state(2) != feeds.WholeHere || l.state(1) != feeds.WholeUnknown {
		t.Errorf("states %d, %d", l.state(2), l.state(1))
	}
	if _, err := l.Whole(99); !errors.Is(err, ErrNotFound) {
		t.Errorf("of no article: %v", err)
	}
	for query, want := range map[string][]feeds.ArticleID{
		"dredged night":        {2},
		"quay closed":          {2},
		"herons":               {1, 2}, // title first
		`"asked the herons"`:   {2},
		`"the quay is closed"`: {2},
		"dredging harbour":     {2},
	} {
		if got := l.found(query); !reflect.DeepEqual(got, want) {
			t.Errorf("%s finds %v, want %v", query, got, want)
		}
	}
}

func TestWhichTextIsShownIsRemembered(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	l.save(f.ID, entry("a", "Dredging", "The quay is closed.", time.Hour))
	l.wholes(here(1))
	if err := l.ShowWhole(1, false); err != nil {
		t.Fatal(err)
	}
	l.wholes(here(1)) // fetched again
	l.reopen()
	if w, err := l.Whole(1); err != nil || w.Shown() || w.Body != wholeText {
		t.Errorf("got %+v, %v", w, err)
	}
	if err := l.ShowWhole(1, true); err != nil {
		t.Fatal(err)
	}
	if w, err := l.Whole(1); err != nil || !w.Shown() {
		t.Errorf("turned back: %+v, %v", w, err)
	}
	if err := l.ShowWhole(7, true); !errors.Is(err, ErrNotFound) {
		t.Errorf("of no article: %v", err)
	}
}

func TestAWholeTextOutlivesItsPage(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	l.save(f.ID, entry("a", "Dredging", "The quay is closed.", time.Hour))
	l.wholes(here(1))
	later := testNow.Add(time.Hour)
	l.wholes(feeds.Whole{Article: 1, State: feeds.WholeNone, Reason: "It is behind a wall now.", Tried: later})
	w, err := l.Whole(1)
	if err != nil || w.State != feeds.WholeHere || w.Body != wholeText || w.Words != 10 || w.Reason == "" || !w.Tried.Equal(later) {
		t.Errorf("got %+v, %v", w, err)
	}
}

func TestAnEditMakesAWholeTextStale(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	edited := entry("a", "Dredging", "The quay is open again.", time.Hour)
	l.save(f.ID, entry("a", "Dredging", "The quay is closed.", time.Hour))
	l.wholes(here(1))
	l.save(f.ID, edited)
	if l.state(1) != feeds.WholeStale || !l.state(1).Offline() || l.state(1).Settled() {
		t.Errorf("state %d", l.state(1))
	}
	if got := l.found("dredged open"); !reflect.DeepEqual(got, []feeds.ArticleID{1}) {
		t.Errorf("the edited article is found by %v", got)
	}
	if got := l.found("quay closed"); len(got) > 0 {
		t.Errorf("by words that are gone: %v", got)
	}
	l.wholes(feeds.Whole{Article: 1, State: feeds.WholeFailed, Reason: "Not now.", Failures: 1, Tried: testNow})
	if w, err := l.Whole(1); err != nil || w.State != feeds.WholeStale || w.Body != wholeText || w.Failures != 1 {
		t.Errorf("after a failure: %+v, %v", w, err)
	}
}

func TestWhatAFeedGivesWhole(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	e := entry("a", "Dredging", "All there is to say.", time.Hour)
	e.Complete = true
	l.save(f.ID, e)
	if l.state(1) != feeds.WholeInFeed {
		t.Errorf("a whole entry has state %d", l.state(1))
	}
	e.Body.Text, e.Body.Markdown, e.Complete = "A part…", "A part…", false
	l.save(f.ID, e)
	if l.state(1) != feeds.WholeUnknown {
		t.Errorf("after it was cut the state is %d", l.state(1))
	}
	e.Body.Text, e.Body.Markdown, e.Complete = "All there is to say now.", "All there is to say now.", true
	l.save(f.ID, e)
	if l.state(1) != feeds.WholeInFeed {
		t.Errorf("whole again it has state %d", l.state(1))
	}
}

func TestWholeTextsGoWithTheirArticles(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	l.save(f.ID, entry("a", "One", "text", time.Hour), entry("b", "Two", "text", 2*time.Hour))
	l.wholes(here(1), here(2))
	saved := true
	if _, err := l.SetStatus([]feeds.ArticleID{1}, feeds.StatusChange{Saved: &saved}); err != nil {
		t.Fatal(err)
	}
	if err := l.RemoveFeed(f.ID); err != nil {
		t.Fatal(err)
	}
	if got := l.found("herons"); !reflect.DeepEqual(got, []feeds.ArticleID{1}) {
		t.Errorf("found %v", got)
	}
	err := l.view(func(tx *bolt.Tx) error {
		if n := tx.Bucket(bucketPageTexts).Stats().KeyN; n != 1 {
			t.Errorf("%d texts are left, want that of the saved article", n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWholeTextsAreWantedByFeed(t *testing.T) {
	l := newTestLibrary(t)
	a, b := l.feed("https://a.example/feed"), l.feed("https://b.example/feed")
	if err := l.SetWholeText([]feeds.FeedID{b.ID, 99}, true); err != nil {
		t.Fatal(err)
	}
	l.save(b.ID, entry("a", "One", "text", time.Hour)) // writes the feed anew
	l.reopen()
	list, err := l.Subscriptions()
	if err != nil || list[0].WholeText || !list[1].WholeText {
		t.Errorf("feeds %d and %d: %+v, %v", a.ID, b.ID, list, err)
	}
}

// A library of schema 1 has neither the buckets nor the flags of its feeds.
func TestALibraryOfSchema1IsBroughtUp(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	l.save(f.ID, entry("a", "One", "text", time.Hour))
	err := l.update(func(tx *bolt.Tx) error {
		for _, name := range [][]byte{bucketWholes, bucketPageTexts} {
			if err := tx.DeleteBucket(name); err != nil {
				return err
			}
		}
		now := encodeFeed(&f)
		old := encoder{b: now[:len(now)-sumWidth-1]} // without the flags
		if err := tx.Bucket(bucketFeeds).Put(feedKey(f.ID), old.seal()); err != nil {
			return err
		}
		if err := unshelve(tx); err != nil {
			return err
		}
		return putSchema(tx, 1)
	})
	if err != nil {
		t.Fatal(err)
	}
	l.reopen()
	list, err := l.Subscriptions()
	if err != nil || len(list) != 1 || !reflect.DeepEqual(list[0].Feed, f) {
		t.Errorf("feeds %+v, %v, want %+v", list, err, f)
	}
	l.wholes(here(1))
	if l.state(1) != feeds.WholeHere {
		t.Errorf("state %d", l.state(1))
	}
}
