package store

import (
	"path/filepath"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// Check must see each kind of harm; that it is content with sound libraries
// the other tests show, since each ends with it.
func TestCheckFindsWhatIsWrong(t *testing.T) {
	firstKey := func(b *bolt.Bucket) []byte { k, _ := b.Cursor().First(); return k }
	drop := func(bucket []byte) func(*bolt.Tx) error {
		return func(tx *bolt.Tx) error { b := tx.Bucket(bucket); return b.Delete(firstKey(b)) }
	}
	spoil := func(bucket []byte) func(*bolt.Tx) error {
		return func(tx *bolt.Tx) error {
			b := tx.Bucket(bucket)
			k, v := b.Cursor().First()
			bad := append([]byte(nil), v...)
			bad[len(bad)/2] ^= 0x55
			return b.Put(k, bad)
		}
	}
	for name, harm := range map[string]func(*bolt.Tx) error{
		"an article that is damaged":            spoil(bucketArticles),
		"a body that is damaged":                spoil(bucketBodies),
		"a whole text that is damaged":          spoil(bucketPageTexts),
		"a whole text that is gone":             drop(bucketPageTexts),
		"a whole text that nobody knows of":     drop(bucketWholes),
		"counters that are damaged":             spoil(bucketCounters),
		"a note of what was indexed anew":       spoil(bucketReindexed),
		"an article that is gone":               drop(bucketArticles),
		"an article missing in a view":          drop(bucketUnread),
		"a feed that is not found by address":   drop(bucketFeedURLs),
		"a story whose list lost an article":    drop(bucketStories),
		"a full-text index that lost a segment": func(tx *bolt.Tx) error { b := tx.Bucket(bucketSegments); return b.DeleteBucket(firstKey(b)) },
		"a status of nobody":                    func(tx *bolt.Tx) error { return tx.Bucket(bucketStatus).Put(articleKey(99), []byte{1}) },
	} {
		t.Run(name, func(t *testing.T) {
			l, err := Open(filepath.Join(t.TempDir(), "library.db"), Options{Clock: func() time.Time { return testNow }})
			if err != nil {
				t.Fatal(err)
			}
			defer l.Close()
			added, err := l.AddFeeds([]feeds.Feed{{URL: "https://example.org/feed"}})
			if err != nil {
				t.Fatal(err)
			}
			entries := []feeds.Entry{entry("a", "Apples", "Apples fall.", time.Hour), entry("b", "Pears", "Pears fall.", 2*time.Hour)}
			if _, err := l.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: added[0].ID}, Entries: entries}}); err != nil {
				t.Fatal(err)
			}
			if err := l.SaveRelations(feeds.Relations{Story: map[feeds.ArticleID]feeds.StoryID{1: 1, 2: 1}}, nil, 2); err != nil {
				t.Fatal(err)
			}
			if err := l.SaveWholes([]feeds.Whole{here(2)}); err != nil {
				t.Fatal(err)
			}
			if problems, err := l.Check(); err != nil || len(problems) > 0 {
				t.Fatalf("before the harm: %v, %q", err, problems)
			}
			if err := l.db.Update(harm); err != nil {
				t.Fatal(err)
			}
			if problems, err := l.Check(); err != nil || len(problems) == 0 {
				t.Errorf("nothing is found: %v", err)
			}
		})
	}
}

// Notes of older libraries have no checksum, and hold.
func TestANoteOfAnArticleIndexedAnew(t *testing.T) {
	note := encodeReindexed(7, 300)
	for name, c := range map[string]struct {
		id   feeds.ArticleID
		note []byte
		ok   bool
	}{
		"as written":       {7, note, true},
		"of another":       {8, note, false},
		"without checksum": {7, segmentKey(300), true},
		"cut short":        {7, note[:segmentWidth+1], false},
		"none":             {7, nil, false},
	} {
		if n, ok := decodeReindexed(c.id, c.note); ok != c.ok || ok && n != 300 {
			t.Errorf("%s: %d, %v", name, n, ok)
		}
	}
}
