package store

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

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
	if err := checkLibrary(l.Library); err != nil {
		l.t.Errorf("the library is not consistent: %v", err)
	}
}

// checkLibrary looks in a write transaction, because bbolt's own check must not
// run beside a writer.
func checkLibrary(l *Library) error {
	return guard(func() error {
		tx, err := l.db.Begin(true)
		if err != nil {
			return err
		}
		return errors.Join(checkInvariants(l, tx), tx.Rollback())
	})
}

// checkInvariants holds a library to what keys.go promises, bbolt's own check
// included.
func checkInvariants(l *Library, tx *bolt.Tx) error {
	var problems []error
	bad := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	for err := range tx.Check() {
		bad("bbolt: %w", err)
	}

	// Articles and the views they must be in, and no others.
	want := map[string]map[string]bool{}
	for _, b := range [][]byte{bucketByTime, bucketByFeed, bucketUnread, bucketUnreadByFeed, bucketSaved, bucketSavedUnread} {
		want[string(b)] = map[string]bool{}
	}
	counts := map[feeds.FeedID]counters{}
	articles := map[feeds.ArticleID]articleRecord{}
	last := feeds.ArticleID(tx.Bucket(bucketArticles).Sequence())
	_ = tx.Bucket(bucketArticles).ForEach(func(k, v []byte) error {
		id := parseArticleKey(k)
		a, ok := decodeArticle(id, v)
		if !ok {
			bad("article %d: damaged record", id)
			return nil
		}
		if id > last {
			bad("article %d is beyond the last id %d", id, last)
		}
		articles[id] = a
		ref, s := refOf(&a.Article), getStatus(tx, id)
		place, byFeed := string(ref.at[:]), string(feedPlaceKey(ref.feed, ref.at))
		want["bytime"][place], want["byfeed"][byFeed] = true, true
		if !s.Read {
			want["unread"][place], want["unreadbyfeed"][byFeed] = true, true
		}
		if s.Saved {
			want["saved"][place] = true
		}
		if s.Saved && !s.Read {
			want["savedunread"][place] = true
		}
		t := tally{}
		t.article(a.Feed, s, 1)
		for feed, c := range t {
			n := counts[feed]
			counts[feed] = counters{n.total + c.total, n.unread + c.unread, n.saved + c.saved, n.savedUnread + c.savedUnread}
		}
		if n := len(revisionNumbers(tx, id)); n != a.Revisions {
			bad("article %d counts %d revisions, %d are kept", id, a.Revisions, n)
		}
		return nil
	})
	for name, keys := range want {
		n := 0
		_ = tx.Bucket([]byte(name)).ForEach(func(k, _ []byte) error {
			if n++; !keys[string(k)] {
				bad("%s holds %x, which no article has", name, k)
			}
			return nil
		})
		if n != len(keys) {
			bad("%s holds %d keys, not %d", name, n, len(keys))
		}
	}
	_ = tx.Bucket(bucketCounters).ForEach(func(k, v []byte) error {
		id := parseFeedKey(k)
		if c, ok := decodeCounters(v); !ok || c != counts[id] {
			bad("counters of feed %d are %+v, not %+v", id, c, counts[id])
		}
		delete(counts, id)
		return nil
	})
	for id, c := range counts {
		bad("feed %d has no counters, want %+v", id, c)
	}

	checkOrphans(tx, articles, bad)
	checkStories(tx, articles, bad)
	checkFeeds(tx, bad)
	checkBlocks(l, tx, articles, bad)
	checkSegments(tx, articles, bad)
	return errors.Join(problems...)
}

// checkOrphans finds what is kept of articles that are not there.
func checkOrphans(tx *bolt.Tx, articles map[feeds.ArticleID]articleRecord, bad func(string, ...any)) {
	for _, name := range [][]byte{bucketStatus, bucketRevisions, bucketStoryOf, bucketCopies, bucketReindexed} {
		_ = tx.Bucket(name).ForEach(func(k, _ []byte) error {
			if _, ok := articles[parseArticleKey(k)]; !ok {
				bad("%s has a record of article %d, which is not there", name, parseArticleKey(k))
			}
			return nil
		})
	}
	_ = tx.Bucket(bucketIdentities).ForEach(func(k, v []byte) error {
		i, ok := decodeIdentity(v)
		if !ok || i.id == 0 || uint64(i.id) > tx.Bucket(bucketArticles).Sequence() {
			bad("identity %x is damaged", k)
		}
		if a, ok := articles[i.id]; ok && !bytes.HasPrefix(k, feedKey(a.Feed)) {
			bad("identity %x belongs to an article of feed %d", k, a.Feed)
		}
		return nil
	})
}

func checkStories(tx *bolt.Tx, articles map[feeds.ArticleID]articleRecord, bad func(string, ...any)) {
	n := 0
	_ = tx.Bucket(bucketStories).ForEach(func(k, _ []byte) error {
		n++
		story, id := feeds.StoryID(parseArticleKey(k)), parseArticleKey(k[articleWidth:])
		if storyOf(tx, id) != story || story == feeds.StoryID(id) {
			bad("story %d lists article %d, which is of story %d", story, id, storyOf(tx, id))
		}
		return nil
	})
	_ = tx.Bucket(bucketStoryOf).ForEach(func(_, _ []byte) error { n--; return nil })
	if n != 0 {
		bad("stories and storyof differ by %d", n)
	}
	_ = tx.Bucket(bucketCopies).ForEach(func(k, v []byte) error {
		ids, ok := decodeCopies(v)
		if !ok || !slices.IsSorted(ids) || len(ids) == 0 {
			bad("copies of %x are damaged", k)
		}
		for _, id := range ids {
			if _, ok := articles[id]; !ok {
				bad("article %d is a copy of %d, which is not there", parseArticleKey(k), id)
			}
		}
		return nil
	})
}

func checkFeeds(tx *bolt.Tx, bad func(string, ...any)) {
	n := 0
	_ = tx.Bucket(bucketFeeds).ForEach(func(k, v []byte) error {
		n++
		id := parseFeedKey(k)
		f, ok := decodeFeed(id, v)
		if !ok {
			bad("feed %d is damaged", id)
			return nil
		}
		if feedByURL(tx, f.URL) != id {
			bad("feed %d is not found by its URL", id)
		}
		if !slices.Contains(folderFeeds(tx, f.Folder), id) {
			bad("feed %d is not in its folder", id)
		}
		return nil
	})
	for _, name := range [][]byte{bucketFeedURLs, bucketFolders} {
		m := 0
		_ = tx.Bucket(name).ForEach(func(_, _ []byte) error { m++; return nil })
		if m != n {
			bad("%s has %d keys for %d feeds", name, m, n)
		}
	}
	_ = tx.Bucket(bucketHealth).ForEach(func(k, _ []byte) error {
		if tx.Bucket(bucketFeeds).Get(k) == nil {
			bad("health of feed %d, which is not there", parseFeedKey(k))
		}
		return nil
	})
}

func checkBlocks(l *Library, tx *bolt.Tx, articles map[feeds.ArticleID]articleRecord, bad func(string, ...any)) {
	last := feeds.ArticleID(0)
	_ = tx.Bucket(bucketBodies).ForEach(func(k, _ []byte) error {
		first, b, err := l.readBlock(tx, parseArticleKey(k))
		if err != nil || len(b) == 0 {
			bad("block %d is damaged or empty: %v", first, err)
		}
		for i := range b {
			if id := b[i].id; id < first || id <= last {
				bad("block %d holds article %d after %d", first, id, last)
			}
			last = b[i].id
			if _, ok := articles[last]; !ok {
				bad("block %d holds the body of article %d, which is not there", first, last)
			}
		}
		return nil
	})
}

// checkSegments makes sure that each article is found by exactly one segment.
func checkSegments(tx *bolt.Tx, articles map[feeds.ArticleID]articleRecord, bad func(string, ...any)) {
	holders := map[feeds.ArticleID]int{}
	_ = tx.Bucket(bucketSegments).ForEach(func(k, _ []byte) error {
		p, err := readSegment(tx, k)
		if err != nil || !intact(p.docs) || !intact(p.title) || !intact(p.text) {
			bad("segment %d is damaged: %v", parseSegmentKey(k), err)
			return nil
		}
		docs := docTable(p.docs)
		for i := range docs.count() {
			at := docs.place(i)
			if i > 0 && at.compare(docs.place(i-1)) >= 0 {
				bad("segment %d is not newest first", parseSegmentKey(k))
			}
			if current(tx, parseSegmentKey(k), at) {
				holders[at.id()]++
				if a := articles[at.id()]; refOf(&a.Article).at != at {
					bad("segment %d has article %d at another place", parseSegmentKey(k), at.id())
				}
			}
		}
		for _, part := range [][]byte{p.title, p.text} {
			d, err := openDict(part)
			if err != nil {
				bad("segment %d: %v", parseSegmentKey(k), err)
				continue
			}
			last := ""
			c := d.entries(0)
			for c.next() {
				if string(c.term) <= last {
					bad("segment %d: term %q after %q", parseSegmentKey(k), c.term, last)
				}
				last = string(c.term)
				var list []uint32
				err := c.postings.each(docs.count(), func(n uint32) { list = append(list, n) })
				if err != nil || len(list) == 0 {
					bad("segment %d: postings of %q: %v, %v", parseSegmentKey(k), c.term, list, err)
				}
			}
			if c.bad {
				bad("segment %d has damaged terms", parseSegmentKey(k))
			}
		}
		return nil
	})
	for id := range articles {
		if holders[id] != 1 {
			bad("article %d is found by %d segments", id, holders[id])
		}
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
