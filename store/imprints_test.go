package store

import (
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

func imprintsOf(said ...string) (list []feeds.Imprint) {
	for _, s := range said {
		h := hash(s)
		list = append(list, feeds.Imprint(h[:]))
	}
	return list
}

// imprint saves what a document without a new entry says.
func (l *testLibrary) imprint(f feeds.FeedID, said ...string) {
	l.t.Helper()
	if _, err := l.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: f}, Imprints: imprintsOf(said...), Same: len(said)}}); err != nil {
		l.t.Fatal(err)
	}
}

func (l *testLibrary) wantImprints(when string, f feeds.FeedID, said ...string) {
	l.t.Helper()
	want := imprintsOf(said...)
	slices.SortFunc(want, compareImprints)
	if list, err := l.Imprints(f); err != nil || !slices.Equal(list, want) {
		l.t.Errorf("%s: imprints %x, %v; want %x", when, list, err, want)
	}
}

func TestImprintsAreThoseOfTheLastDocument(t *testing.T) {
	l := newTestLibrary(t)
	f, other := l.feed("https://a.example/feed").ID, l.feed("https://b.example/feed").ID
	l.wantImprints("at first", f)
	l.imprint(f, "1", "2", "3")
	l.imprint(other, "7")
	l.wantImprints("of one document", f, "1", "2", "3")
	l.imprint(f, "4", "2", "2")
	l.wantImprints("of the next", f, "4", "2")
	before := l.commits()
	l.imprint(f, "2", "4")
	if n := l.commits() - before; n != 0 {
		t.Errorf("%d commits for the same imprints", n)
	}
	if _, err := l.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: f}, Health: feeds.Health{Status: feeds.FetchFailed}}}); err != nil {
		t.Fatal(err)
	}
	l.reopen()
	l.wantImprints("when no document came", f, "4", "2")
	l.save(f, entry("a", "One", "text", 1))
	l.wantImprints("when entries came without", f)
	l.wantImprints("all the time", other, "7")
	if err := l.RemoveFeed(other); err != nil {
		t.Fatal(err)
	}
	l.wantImprints("of a feed that is removed", other)
	l.check()
}

// What a repaired library has lost must not be passed over as known.
func TestARepairedLibraryHasNoImprints(t *testing.T) {
	s := newNewsstand(t)
	s.wantImprints("of the newsstand", 1, "0", "same")
	s.shut()
	if _, err := Repair(s.file, s.clock); err != nil {
		t.Fatal(err)
	}
	s.open()
	s.wantImprints("repaired", 1)
	s.check()
}

func TestDamagedImprintsAreNone(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed").ID
	l.imprint(f, "1")
	if err := l.update(func(tx *bolt.Tx) error {
		b := tx.Bucket(bucketImprints)
		v := slices.Clone(b.Get(feedKey(f)))
		v[3] ^= 1
		return b.Put(feedKey(f), v)
	}); err != nil {
		t.Fatal(err)
	}
	l.wantImprints("damaged", f)
	if problems, err := l.Check(); err != nil || len(problems) != 1 {
		t.Errorf("check finds %q, %v; want them named", problems, err)
	}
	l.imprint(f, "1")
	l.wantImprints("made anew", f, "1")
	l.check()
}

// A library of before imprints has none, and gets them at the next look.
func TestALibraryOfBeforeImprintsIsReadWhole(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed").ID
	l.save(f, entry("a", "One", "text", 1))
	if err := l.update(func(tx *bolt.Tx) error {
		if err := tx.DeleteBucket(bucketImprints); err != nil {
			return err
		}
		return putSchema(tx, 7)
	}); err != nil {
		t.Fatal(err)
	}
	l.reopen()
	l.wantImprints("at first", f)
	l.imprint(f, "1")
	l.wantImprints("then", f, "1")
	l.check()
}
