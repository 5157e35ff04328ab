package store

import (
	"errors"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

func (l *testLibrary) bookmarked(id feeds.ArticleID, want feeds.Bookmark) {
	l.t.Helper()
	if got, err := l.Bookmark(id); err != nil || got != want {
		l.t.Errorf("the bookmark of %d is %+v (%v), want %+v", id, got, err, want)
	}
}

func (l *testLibrary) setBookmarkOf(id feeds.ArticleID, m feeds.Bookmark) {
	l.t.Helper()
	if err := l.SetBookmark(id, m); err != nil {
		l.t.Fatal(err)
	}
}

func TestBookmarksAreKept(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	l.save(f.ID, entry("a", "One", "text", time.Hour), entry("b", "Two", "text", 2*time.Hour))
	l.bookmarked(1, feeds.Bookmark{})
	l.setBookmarkOf(1, feeds.Bookmark{At: 700, Of: 90_000})
	l.setBookmarkOf(2, feeds.Bookmark{At: 5, Of: 9})
	l.setBookmarkOf(2, feeds.Bookmark{At: 6, Of: 9})
	l.reopen()
	l.bookmarked(1, feeds.Bookmark{At: 700, Of: 90_000})
	l.bookmarked(2, feeds.Bookmark{At: 6, Of: 9})
	l.setBookmarkOf(2, feeds.Bookmark{})
	l.setBookmarkOf(1, feeds.Bookmark{At: 10, Of: 9}) // nonsense
	l.bookmarked(2, feeds.Bookmark{})
	l.bookmarked(1, feeds.Bookmark{})
	if err := l.SetBookmark(99, feeds.Bookmark{At: 1, Of: 2}); !errors.Is(err, ErrNotFound) {
		t.Errorf("of no article: %v", err)
	}
}

func TestBookmarksGoWithTheirArticles(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	l.save(f.ID, entry("a", "One", "text", time.Hour))
	l.setBookmarkOf(1, feeds.Bookmark{At: 1, Of: 4})
	if err := l.RemoveFeed(f.ID); err != nil {
		t.Fatal(err)
	}
	l.bookmarked(1, feeds.Bookmark{}) // and the check at the end finds no orphan
}

func TestADamagedBookmarkIsFoundAndKeepsNobodyFromReading(t *testing.T) {
	l, err := Open(t.TempDir()+"/library.db", Options{Clock: func() time.Time { return testNow }})
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	added, err := l.AddFeeds([]feeds.Feed{{URL: "https://example.org/feed"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: added[0].ID}, Entries: []feeds.Entry{entry("a", "One", "text", time.Hour)}}}); err != nil {
		t.Fatal(err)
	}
	if err := l.db.Update(func(tx *bolt.Tx) error { return tx.Bucket(bucketBookmarks).Put(articleKey(1), []byte("bad")) }); err != nil {
		t.Fatal(err)
	}
	if m, err := l.Bookmark(1); err != nil || m != (feeds.Bookmark{}) {
		t.Errorf("got %+v, %v", m, err)
	}
	if problems, err := l.Check(); err != nil || len(problems) != 1 {
		t.Errorf("check finds %q (%v)", problems, err)
	}
}

func TestALibraryOfSchema3IsBroughtUp(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	l.save(f.ID, entry("a", "One", "text", time.Hour))
	err := l.update(func(tx *bolt.Tx) error {
		if err := tx.DeleteBucket(bucketBookmarks); err != nil {
			return err
		}
		if err := unshelve(tx); err != nil {
			return err
		}
		return putSchema(tx, 3)
	})
	if err != nil {
		t.Fatal(err)
	}
	l.reopen()
	l.setBookmarkOf(1, feeds.Bookmark{At: 1, Of: 4})
	l.bookmarked(1, feeds.Bookmark{At: 1, Of: 4})
}
