package store

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// commits counts how often the library has been written, with the journal of marks
// that a new one soon gets by itself.
func (l *testLibrary) commits() (n int) {
	l.t.Helper()
	if err := l.tidyMarks(); err != nil {
		l.t.Fatal(err)
	}
	if err := l.view(func(tx *bolt.Tx) error { n = tx.ID(); return nil }); err != nil {
		l.t.Fatal(err)
	}
	return n
}

func TestSavingTheSameAgainWritesNothing(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	batch := []feeds.Fetched{{
		Feed:    feeds.Feed{ID: f.ID, Title: "A", Language: "en"},
		Health:  feeds.Health{Status: feeds.FetchOK, LastFetch: testNow.Add(5 * time.Millisecond), ETag: "1"},
		Entries: []feeds.Entry{entry("a", "One", "text", 1), entry("b", "Two", "text", 2)},
	}}
	if _, err := l.SaveFetched(batch); err != nil {
		t.Fatal(err)
	}
	before := l.commits()
	l.now = l.now.Add(time.Hour)
	stored, err := l.SaveFetched(batch)
	if err != nil || !reflect.DeepEqual(stored, []feeds.Stored{{}}) {
		t.Errorf("stored %+v, %v", stored, err)
	}
	if n := l.commits() - before; n != 0 {
		t.Errorf("%d commits for nothing new", n)
	}
}

func TestEdits(t *testing.T) {
	const text = "The bridge is closed."
	for name, c := range map[string]struct {
		change   func(e *feeds.Entry)
		revision bool
	}{
		"a changed title": {func(e *feeds.Entry) { e.Title = "Bridge reopened" }, true},
		"a changed text": {func(e *feeds.Entry) {
			e.Body = feeds.Body{Markdown: "It is open.", Text: "It is open."}
		}, true},
		"white space": {func(e *feeds.Entry) { e.Title = " Bridge  closed"; e.Body.Text = "The bridge\nis closed. " }, false},
		"what counts up": {func(e *feeds.Entry) {
			e.Body = feeds.Body{Markdown: text + "\n\n12 comments", Text: text + "\n12 comments"}
		}, false},
		"a moved link": {func(e *feeds.Entry) { e.URL = "https://a.example/new" }, false},
		"other markup": {func(e *feeds.Entry) { e.Body.Markdown = "**The** bridge is closed." }, false},
		"a date":       {func(e *feeds.Entry) { e.Published = testNow; e.Updated = testNow }, false},
		"an enclosure and a new author": {func(e *feeds.Entry) {
			e.Author = "B"
			e.Enclosures = []feeds.Enclosure{{URL: "https://a.example/x.mp3"}}
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			l := newTestLibrary(t)
			f := l.feed("https://a.example/feed")
			e := entry("k", "Bridge closed", text, 3*time.Hour)
			old := e.Body
			l.save(f.ID, entry("other", "Another", "later", time.Hour), e)
			read := true
			if _, err := l.SetStatus([]feeds.ArticleID{1}, feeds.StatusChange{Read: &read, Saved: &read}); err != nil {
				t.Fatal(err)
			}
			before, err := l.Item(1)
			if err != nil {
				t.Fatal(err)
			}
			c.change(&e)
			l.now = l.now.Add(time.Hour)
			stored := l.save(f.ID, e)
			if got := len(stored.Updated) == 1; got != c.revision || stored.New != nil {
				t.Errorf("stored %+v", stored)
			}
			after, err := l.Item(1)
			if err != nil {
				t.Fatal(err)
			}
			if after.Status != before.Status || feeds.At(after.Article) != feeds.At(before.Article) {
				t.Errorf("the article moved: %+v, was %+v", after, before)
			}
			revisions, err := l.Revisions(1)
			if err != nil || len(revisions) != after.Revisions {
				t.Errorf("revisions %v, %v; the article counts %d", revisions, err, after.Revisions)
			}
			if c.revision && !reflect.DeepEqual(revisions, []feeds.Revision{{Title: "Bridge closed", Body: old, Fetched: testNow}}) {
				t.Errorf("revisions %+v", revisions)
			}
			if name != "a date" { // which is the article's place, and stays
				if body, err := l.Body(1); err != nil || body != e.Body || after.Title != e.Title || after.URL != e.URL || after.Author != e.Author {
					t.Errorf("the article is %+v, %+v, %v; want %+v", after, body, err, e)
				}
			}
			for _, q := range []string{"reopened", "open"} {
				items, err := l.Search(q, 9)
				want := slices.Contains(termsOf(e.Title+" "+e.Body.Text), q)
				if err != nil || (len(items) == 1) != want {
					t.Errorf("search for %s: %v, %v", q, ids(items), err)
				}
			}
		})
	}
}

func TestRevisionsKeepTheFirstAndTheLatest(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	for i := range 3 * maxRevisions {
		l.save(f.ID, entry("live", fmt.Sprint("Version ", i), fmt.Sprint("text ", i), time.Hour))
	}
	list, err := l.Revisions(1)
	if err != nil || len(list) != maxRevisions {
		t.Fatalf("%d revisions, %v", len(list), err)
	}
	last := fmt.Sprint("Version ", 3*maxRevisions-2)
	if list[0].Title != "Version 0" || list[maxRevisions-1].Title != last {
		t.Errorf("from %q to %q", list[0].Title, list[maxRevisions-1].Title)
	}
}

func TestEntriesWithoutADateAreListedAsInTheDocument(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	var entries []feeds.Entry
	for _, k := range []string{"first", "second", "third", "second"} {
		entries = append(entries, feeds.Entry{Key: k, Title: k + fmt.Sprint(len(entries))})
	}
	l.save(f.ID, entries...)
	items, err := l.Page(feeds.View{Kind: feeds.ViewFeed, Feed: f.ID}, feeds.Cursor{}, 9, false)
	var titles []string
	for _, i := range items {
		titles = append(titles, i.Title)
	}
	if err != nil || fmt.Sprint(titles) != "[first0 second1 third2]" {
		t.Errorf("listed %v, %v", titles, err)
	}
}

func TestEntriesWithoutAKey(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	entries := []feeds.Entry{{URL: "https://a.example/1"}, {URL: "https://a.example/2"}, {Title: "T"}, {Title: "U"}, {Title: "U"}}
	if s := l.save(f.ID, entries...); len(s.New) != 4 {
		t.Errorf("stored %+v, want 4 new", s)
	}
	if s := l.save(f.ID, entries...); s.New != nil {
		t.Errorf("stored %+v again", s)
	}
}

func TestWhatAFetchSetsOnItsFeed(t *testing.T) {
	l := newTestLibrary(t)
	f, other, third := l.feed("https://a.example/feed"), l.feed("https://b.example/feed"), l.feed("https://c.example/feed")
	health := feeds.Health{Status: feeds.FetchFailed, LastFetch: testNow, NextFetch: testNow.Add(time.Hour), Error: "No.", Failures: 2, ETag: "e", LastModified: "m", BodyHash: 1 << 63,
		Wait: testNow.Add(2 * time.Hour), Gone: true, Every: time.Minute, Skip: feeds.SkipTimes{Hours: 1 << 23, Days: 1 << 6},
		Moved: "https://example.org/there", MovedTimes: 2, LooseIDs: true, TitleHash: 1 << 63, SiteHash: 3}
	stored, err := l.SaveFetched([]feeds.Fetched{
		{Feed: feeds.Feed{ID: f.ID, URL: "https://a.example/moved", Title: "T", Site: "https://a.example/", Outlet: "O", Language: "de", Folder: "F"}, Health: health},
		{Feed: feeds.Feed{ID: 99}, Entries: []feeds.Entry{{Key: "gone"}}}, // removed while it was fetched
		{Feed: feeds.Feed{ID: other.ID, URL: "https://a.example/moved"}},  // taken: it stays where it is
	})
	if err != nil || len(stored) != 3 || stored[1].New != nil {
		t.Fatalf("stored %+v, %v", stored, err)
	}
	want := []feeds.Subscription{
		{Feed: feeds.Feed{ID: 1, URL: "https://a.example/moved", Title: "T", Site: "https://a.example/", Outlet: "O", Language: "de", Folder: "F", Added: testNow}, Health: health},
		{Feed: other, Health: feeds.Health{Status: feeds.FetchNever}},
		{Feed: third, Health: feeds.Health{Status: feeds.FetchNever}},
	}
	if list, err := l.Subscriptions(); err != nil || !reflect.DeepEqual(list, want) {
		t.Errorf("subscriptions\ngot  %+v, %v\nwant %+v", list, err, want)
	}
	if _, err := l.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: other.ID, URL: third.URL}}}); err != nil {
		t.Fatal(err)
	}
	if list, err := l.Subscriptions(); err != nil || list[1].URL != other.URL {
		t.Errorf("moved to another feed's address: %v, %v", list, err)
	}
	if added, err := l.AddFeeds([]feeds.Feed{{URL: "https://a.example/feed"}, {URL: "https://a.example/moved"}}); err != nil || len(added) != 1 {
		t.Errorf("added %v, %v", added, err)
	}
	if _, err := l.AddFeeds([]feeds.Feed{{Title: "No address"}}); err == nil {
		t.Error("added a feed without an address")
	}
}

func TestRemovingAFeedKeepsWhatIsSaved(t *testing.T) {
	l := newTestLibrary(t)
	f, other := l.feed("https://a.example/feed"), l.feed("https://b.example/feed")
	var entries []feeds.Entry
	for i := range 3*removeBatch + 7 {
		entries = append(entries, entry(fmt.Sprint("k", i), fmt.Sprint("Title ", i), "text", time.Duration(i)*time.Minute))
	}
	l.save(f.ID, entries...)
	l.save(other.ID, entries[:10]...)
	saved := true
	kept := []feeds.ArticleID{5, 400, 700}
	if _, err := l.SetStatus(kept, feeds.StatusChange{Saved: &saved}); err != nil {
		t.Fatal(err)
	}
	if err := l.RemoveFeed(f.ID); err != nil {
		t.Fatal(err)
	}
	items, err := l.Page(feeds.View{Kind: feeds.ViewSaved}, feeds.Cursor{}, 10, false)
	if err != nil || len(items) != 3 || items[0].Outlet != f.Outlet {
		t.Errorf("saved: %+v, %v", items, err)
	}
	if n, err := l.Count(feeds.View{Kind: feeds.ViewAll}); err != nil || n != (feeds.Counts{Total: 13, Unread: 13}) {
		t.Errorf("counts %+v, %v", n, err)
	}
	if err := l.RemoveFeed(f.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
	again := l.feed("https://a.example/feed")
	if again.ID <= other.ID {
		t.Errorf("id %d is used again", again.ID)
	}
	if s := l.save(again.ID, entries[0]); len(s.New) != 1 {
		t.Errorf("stored %+v", s)
	}
}

// An article that is saved while its feed is being removed stays.
func TestSavedWhileItsFeedIsRemoved(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	l.save(f.ID, entry("a", "One", "text", 1), entry("b", "Two", "text", 2))
	saved := true
	if _, err := l.SetStatus([]feeds.ArticleID{1}, feeds.StatusChange{Saved: &saved}); err != nil {
		t.Fatal(err)
	}
	blocks := newBlockSet(l.Library)
	err := l.update(func(tx *bolt.Tx) error {
		if err := blocks.load(tx, 1); err != nil {
			return err
		}
		return removeArticles(tx, []feeds.ArticleID{1, 2}, blocks) // chosen before it was saved
	})
	if err != nil {
		t.Fatal(err)
	}
	if b, err := l.Body(1); err != nil || b.Text != "text" {
		t.Errorf("body %+v, %v", b, err)
	}
	if _, err := l.Item(2); !errors.Is(err, ErrNotFound) {
		t.Errorf("the other one: %v", err)
	}
}

// A removal cut short is finished after the next start.
func TestRemovalCutShort(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	l.save(f.ID, entry("a", "One", "text", 1), entry("b", "Two", "text", 2))
	if err := l.unsubscribe(f.ID); err != nil {
		t.Fatal(err)
	}
	l.reopen()
	for {
		left, err := l.removing()
		if err != nil {
			t.Fatal(err)
		}
		if len(left) == 0 {
			break
		}
		runtime.Gosched()
	}
	if n, err := l.Count(feeds.View{Kind: feeds.ViewAll}); err != nil || n.Total != 0 {
		t.Errorf("counts %+v, %v", n, err)
	}
}

// Readers and writers of every kind at once, under the race detector.
func TestEveryoneAtOnce(t *testing.T) {
	l := newTestLibrary(t)
	var list []feeds.FeedID
	for i := range 4 {
		list = append(list, l.feed(fmt.Sprint("https://f", i, ".example/feed")).ID)
	}
	n := newNewsroom()
	batches := make([][]feeds.Entry, 6)
	for i := range batches {
		for range 10 {
			batches[i] = append(batches[i], n.entry(testNow))
		}
	}
	check := func(err error) {
		if err != nil && !errors.Is(err, ErrNotFound) {
			t.Error(err)
		}
	}
	var writers, readers sync.WaitGroup
	for _, feed := range list {
		writers.Go(func() {
			for _, entries := range batches {
				stored, err := l.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: feed}, Entries: entries}})
				check(err)
				read := true
				_, err = l.SetStatus(stored[0].New, feeds.StatusChange{Read: &read})
				check(err)
				docs, err := l.Unrelated(0, 10)
				check(err)
				rel := feeds.Relations{Story: map[feeds.ArticleID]feeds.StoryID{}}
				for _, d := range docs {
					rel.Story[d.ID] = feeds.StoryID(docs[0].ID)
				}
				check(l.SaveRelations(rel, []feeds.IndexChange{{Key: []byte(fmt.Sprint(feed)), Value: []byte("x")}}, 0))
			}
			if feed == list[3] {
				check(l.RemoveFeed(feed))
			}
		})
	}
	done := make(chan struct{})
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				items, err := l.Page(feeds.View{Kind: feeds.ViewAll}, feeds.Cursor{}, 20, false)
				check(err)
				for _, i := range items {
					_, err := l.Body(i.ID)
					check(err)
				}
				_, err = l.Search(word(3)+" s", 20)
				check(err)
				_, err = l.Stories(testNow.Add(-time.Hour))
				check(err)
				_, err = l.Subscriptions()
				check(err)
			}
		})
	}
	writers.Wait()
	close(done)
	readers.Wait()
	if c, err := l.Count(feeds.View{Kind: feeds.ViewAll}); err != nil || c != (feeds.Counts{Total: 3 * 60}) {
		t.Errorf("counts %+v, %v", c, err)
	}
}

func TestABadIndexKeyChangesNothing(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	l.save(f.ID, entry("a", "One", "text", 1), entry("b", "Two", "text", 2))
	rel := feeds.Relations{Story: map[feeds.ArticleID]feeds.StoryID{2: 1}}
	for _, key := range [][]byte{nil, make([]byte, maxIndexKey+1)} {
		changes := []feeds.IndexChange{{Key: []byte("good"), Value: []byte("v")}, {Key: key, Value: []byte("v")}}
		if err := l.SaveRelations(rel, changes, 2); err == nil {
			t.Errorf("a key of %d bytes was taken", len(key))
		}
	}
	if item, err := l.Item(2); err != nil || item.Story != 2 {
		t.Errorf("item %+v, %v", item, err)
	}
	theirs := errors.New("theirs")
	err := l.ViewIndex(func(v feeds.IndexView) error {
		if v.Get([]byte("good")) != nil || v.Get(nil) != nil {
			t.Error("part of a refused change was kept")
		}
		return theirs
	})
	if err != theirs {
		t.Errorf("the caller's error came back as %v", err)
	}
}

func TestTheRelatedIndexIsAnOrderedMap(t *testing.T) {
	l := newTestLibrary(t)
	put := func(key, value string) feeds.IndexChange {
		return feeds.IndexChange{Key: []byte(key), Value: []byte(value)}
	}
	changes := []feeds.IndexChange{put("b", "2"), put("a", "1"), put("c", "3"), put("d", ""), {Key: []byte("b")}}
	if err := l.SaveRelations(feeds.Relations{}, changes, 0); err != nil {
		t.Fatal(err)
	}
	l.reopen()
	var got []string
	err := l.ViewIndex(func(v feeds.IndexView) error {
		v.Scan([]byte("a"), []byte("z"), func(k, value []byte) bool {
			got = append(got, string(k)+string(value))
			return true
		})
		v.Scan([]byte("a"), []byte("z"), func(k, _ []byte) bool {
			got = append(got, "first "+string(k))
			return false
		})
		v.Scan([]byte("a"), []byte("c"), func(k, _ []byte) bool {
			got = append(got, "before c "+string(k))
			return true
		})
		if v.Get([]byte("d")) == nil || v.Get([]byte("b")) != nil {
			t.Error("an empty value is not a missing one")
		}
		return nil
	})
	if err != nil || fmt.Sprint(got) != "[a1 c3 d first a before c a]" {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestHugeAndEmptyBodies(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	texts := []string{"small", "", strings.Repeat("long winded ", 100_000), "small again", "", strings.Repeat("x", blockSize), "last"}
	for i, text := range texts {
		l.save(f.ID, entry(fmt.Sprint(i), "T", text, 1))
	}
	l.save(f.ID, entry("1", "T", "no longer empty", 1), entry("0", "T", "", 1))
	texts[1], texts[0] = "no longer empty", ""
	l.reopen()
	for i, text := range texts {
		if b, err := l.Body(feeds.ArticleID(i + 1)); err != nil || b.Text != text || b.Markdown != text {
			t.Errorf("body %d: %d bytes, %v; want %d", i, len(b.Text), err, len(text))
		}
	}
	if _, err := l.Body(99); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if _, err := l.Item(1 << 60); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if _, err := l.Page(feeds.View{}, feeds.Cursor{}, 1, false); !errors.Is(err, ErrNoRange) {
		t.Errorf("the front page: %v", err)
	}
}

func TestAHealthRecordOfTheFirstVersionIsRead(t *testing.T) {
	e := newEncoder(0)
	e.string("ok")
	e.time(testNow)
	e.time(testNow.Add(time.Hour))
	e.string("")
	e.uint(0)
	e.string("tag")
	e.string("")
	e.uint(7)
	want := feeds.Health{Status: feeds.FetchOK, LastFetch: testNow, NextFetch: testNow.Add(time.Hour), ETag: "tag", BodyHash: 7}
	if got, ok := decodeHealth(e.seal()); !ok || got != want {
		t.Errorf("got %+v, %v; want %+v", got, ok, want)
	}
}
