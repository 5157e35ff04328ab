package store

import (
	"path/filepath"
	"testing"
	"time"

	"broadsheet/feeds"
)

var testNow = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// A testLibrary checks itself when the test ends.
type testLibrary struct {
	*Library
	t    testing.TB
	file string
	now  time.Time
}

func newTestLibrary(t testing.TB) *testLibrary {
	t.Helper()
	l := &testLibrary{t: t, file: filepath.Join(t.TempDir(), "library.db"), now: testNow}
	l.open()
	t.Cleanup(func() {
		l.check()
		if err := l.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return l
}

func (l *testLibrary) open() {
	l.t.Helper()
	lib, err := Open(l.file, Options{Clock: func() time.Time { return l.now }})
	if err != nil {
		l.t.Fatalf("open: %v", err)
	}
	l.Library = lib
}

// reopen is what a restart does.
func (l *testLibrary) reopen() {
	l.t.Helper()
	if err := l.Close(); err != nil {
		l.t.Fatalf("close: %v", err)
	}
	l.open()
}

func (l *testLibrary) check() {
	l.t.Helper()
	problems, err := l.Check()
	if err != nil || len(problems) > 0 {
		l.t.Errorf("the library is not sound: %v, %q", err, problems)
	}
}

// Small helpers of the tests.

func (l *testLibrary) feed(url string) feeds.Feed {
	l.t.Helper()
	added, err := l.AddFeeds([]feeds.Feed{{URL: url, Outlet: "Outlet of " + url}})
	if err != nil || len(added) != 1 {
		l.t.Fatalf("adding %s: %v, %v", url, added, err)
	}
	return added[0]
}

func (l *testLibrary) save(feed feeds.FeedID, entries ...feeds.Entry) feeds.Stored {
	l.t.Helper()
	stored, err := l.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: feed}, Entries: entries}})
	if err != nil || len(stored) != 1 {
		l.t.Fatalf("saving: %v, %v", stored, err)
	}
	return stored[0]
}

func entry(key, title, text string, age time.Duration) feeds.Entry {
	return feeds.Entry{
		Key: key, Title: title, URL: "https://example.org/" + key, Published: testNow.Add(-age),
		Excerpt: text, Words: len(text) / 5, Body: feeds.Body{Markdown: text, Text: text},
	}
}

func ids(items []feeds.Item) []feeds.ArticleID {
	list := make([]feeds.ArticleID, len(items))
	for i := range items {
		list[i] = items[i].ID
	}
	return list
}
