package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

func (l *testLibrary) tend(u feeds.Upkeep) {
	l.t.Helper()
	if err := l.Tend(context.Background(), u); err != nil {
		l.t.Fatal(err)
	}
}

// beside lists the files beside the library by what their names add to its.
func (l *testLibrary) beside() []string {
	l.t.Helper()
	entries, err := os.ReadDir(filepath.Dir(l.file))
	if err != nil {
		l.t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimPrefix(e.Name(), filepath.Base(l.file)))
	}
	return names
}

func TestADailyBackupIsKeptForThreeDays(t *testing.T) {
	l, _ := marked(t)
	u := feeds.Upkeep{Backups: 3}
	for range 5 {
		l.tend(u)
		l.tend(u) // once a day is enough
		l.now = l.now.Add(24 * time.Hour)
	}
	want := []string{"", ".backup-2026-11-22", ".backup-2026-11-23", ".backup-2026-11-24", marksName}
	if got := l.beside(); !slices.Equal(got, want) {
		t.Errorf("there are %q, want %q", got, want)
	}
	// A clock that was wrong for a day costs one of the others, not all.
	l.now = l.now.AddDate(10, 0, 0)
	l.tend(u)
	l.now = l.now.AddDate(-10, 0, 0)
	l.tend(u)
	list := DailyBackups(l.file, l.now)
	if len(list) != 3 || list[0].Day.Format(dayLayout) != "2026-11-25" {
		t.Errorf("backups %v", list)
	}
	// And one that cannot be made leaves the others.
	l.now = l.now.Add(24 * time.Hour)
	ended, end := context.WithCancel(context.Background())
	end()
	if err := l.Tend(ended, u); err != nil {
		t.Errorf("cut short: %v", err)
	}
	if again := DailyBackups(l.file, l.now); !slices.Equal(again, list) {
		t.Errorf("backups %v, want %v", again, list)
	}
}

// What a first refresh brought can be fetched again, so of much of it there is no
// copy until it is a day old.
func TestALargeLibraryIsNotCopiedWhenItIsBegun(t *testing.T) {
	for size, want := range map[int]int{copyAtOnce / 2: 1, copyAtOnce: 0} {
		l := newTestLibrary(t)
		l.save(l.feed("https://a.example/feed").ID, entry("a", "Title a-", "Text.", time.Hour))
		if err := l.SaveRelations(feeds.Relations{}, []feeds.IndexChange{{Key: []byte("much"), Value: make([]byte, size)}}, 0); err != nil {
			t.Fatal(err)
		}
		u := feeds.Upkeep{Backups: 3}
		for range 2 {
			l.tend(u)
			l.reopen()
			l.now = l.now.Add(daily / 2)
			if n := len(DailyBackups(l.file, l.now)); n != want {
				t.Errorf("of a library of %d bytes there are %d copies when it is begun, want %d", size, n, want)
			}
		}
		l.tend(u)
		if n := len(DailyBackups(l.file, l.now)); n == 0 {
			t.Errorf("of a library of %d bytes there is no copy a day later", size)
		}
	}
}

// A damaged library pushes no good backup out.
func TestADamagedLibraryIsNotBackedUp(t *testing.T) {
	s := newNewsstand(t)
	u := feeds.Upkeep{Backups: 1}
	s.tend(u)
	var block []byte
	if err := s.view(func(tx *bolt.Tx) error {
		_, v := tx.Bucket(bucketBodies).Cursor().First()
		block = bytes.Clone(v)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	s.shut()
	library, err := os.ReadFile(s.file)
	if err != nil {
		t.Fatal(err)
	}
	harmed := false
	for at := 0; ; { // also where it lies in free pages
		next := bytes.Index(library[at:], block)
		if next < 0 {
			break
		}
		at += next + len(block)
		library[at-100] ^= 1
		harmed = true
	}
	if !harmed {
		t.Fatal("the bodies are not in the file")
	}
	if err := os.WriteFile(s.file, library, 0o600); err != nil {
		t.Fatal(err)
	}
	s.open()
	s.now = s.now.Add(24 * time.Hour)
	wantRefusal(t, s.Tend(context.Background(), u), ErrDamaged, s.file)
	if got := s.beside(); !slices.Equal(got, []string{"", ".backup-2026-11-20", marksName}) {
		t.Errorf("there are %q", got)
	}
	s.shut()
	kept, err := Restore(s.file, s.file+".backup-2026-11-20", func() time.Time { return s.now })
	if err != nil || kept != s.file+".damaged-2026-11-21" {
		t.Errorf("kept %q, %v", kept, err)
	}
	s.open()
	if got := s.titled(); got != s.titles {
		t.Errorf("the backup holds %s", got)
	}
}

// A library of which nothing can be read is replaced by its backup.
func TestRepairOfNothingTakesTheBackup(t *testing.T) {
	s := newNewsstand(t)
	s.tend(feeds.Upkeep{Backups: 1})
	s.mark(true, true, 5)
	s.titles = s.titled()
	s.shut()
	if err := os.Truncate(s.file, 0); err != nil {
		t.Fatal(err)
	}
	_, err := Open(s.file, Options{})
	wantRefusal(t, err, ErrDamaged, s.file)
	done, err := Repair(s.file, func() time.Time { return s.now })
	if err != nil || done.Backup != s.file+".backup-2026-11-20" || done.Articles != 200 {
		t.Fatalf("repaired %+v, %v", done, err)
	}
	s.open()
	if got := s.titled(); got != s.titles {
		t.Errorf("there are %s\nwant %s", got, s.titles)
	}
}

// repairedInPlace repairs the file, beside which its backup lies, and opens it: all
// subscriptions are there.
func (s *newsstand) repairedInPlace() feeds.Repaired {
	s.t.Helper()
	done, err := Repair(s.file, func() time.Time { return s.now })
	if err != nil || done.Feeds != 5 || done.Lost.Feeds != 0 {
		s.t.Fatalf("repaired %+v, %v", done, err)
	}
	s.open()
	if got := s.titled(); got != s.titles {
		s.t.Errorf("there are %s\nwant %s", got, s.titles)
	}
	return done
}

// Subscriptions that cannot be read are taken from a backup.
func TestRepairFindsLostSubscriptionsInABackup(t *testing.T) {
	s := newNewsstand(t)
	s.tend(feeds.Upkeep{Backups: 1})
	s.shut()
	b, err := os.ReadFile(s.file)
	if err != nil {
		t.Fatal(err)
	}
	for at := 2; at < len(b)-20; at++ { // the beginning of every record of a feed
		if b[at-2] == recordVersion && string(b[at:at+9]) == "https://f" && strings.HasPrefix(string(b[at+10:at+20]), ".example/f") {
			b[at] ^= 1
		}
	}
	if err := os.WriteFile(s.file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	s.repairedInPlace()
}

// Nor are they lost with the beginning of the file, which leads to everything.
func TestRepairFindsTheSubscriptionsOfAFileWithoutABeginning(t *testing.T) {
	s := newNewsstand(t)
	s.tend(feeds.Upkeep{Backups: 1})
	s.shut()
	b, err := os.ReadFile(s.file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := openPages(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	clear(b[:2*f.pageSize])
	clear(b[int64(f.head.root)*f.pageSize:][:f.pageSize]) // the subscriptions are few, and lie in it
	if err := os.WriteFile(s.file, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if done := s.repairedInPlace(); !done.Lost.More {
		t.Errorf("the repair says of it: %+v", done)
	}
}

// old is a library of articles a day apart, with some read and some saved.
func old(t *testing.T) (*testLibrary, []feeds.Entry) {
	t.Helper()
	l := newTestLibrary(t)
	l.feed("https://a.example/feed")
	l.feed("https://b.example/feed")
	var entries []feeds.Entry
	for i := range 40 {
		entries = append(entries, entry(fmt.Sprint("k", i), fmt.Sprint("Title ", i, "-"), "Some text.", time.Duration(i)*24*time.Hour+time.Hour))
	}
	l.save(1, entries...)
	l.save(2, entries...)
	l.mark(false, true, 1, 41) // the oldest of each
	return l, entries
}

func keepDays(days map[feeds.FeedID]int) func(feeds.Feed) time.Duration {
	return func(f feeds.Feed) time.Duration { return time.Duration(days[f.ID]) * 24 * time.Hour }
}

func TestOldArticlesLeaveAndDoNotComeBack(t *testing.T) {
	l, entries := old(t)
	u := feeds.Upkeep{Keep: keepDays(map[feeds.FeedID]int{1: 10})}
	total := func(want int) {
		t.Helper()
		if c, err := l.Count(feeds.View{Kind: feeds.ViewAll}); err != nil || c.Total != want {
			t.Errorf("there are %d articles, %v; want %d", c.Total, err, want)
		}
	}
	l.tend(u) // the clock is looked at first
	total(80)
	l.now = l.now.Add(24 * time.Hour)
	l.tend(u)
	total(40 + 9 + 1) // of the first feed those of nine days, and the saved one
	l.check()
	if stored := l.save(1, entries...); len(stored.New) > 0 {
		t.Errorf("%v are new", stored.New)
	}
	edited := slices.Clone(entries)
	edited[30].Title = "Title 30- changed"
	if stored := l.save(1, edited...); len(stored.New)+len(stored.Updated) > 0 {
		t.Errorf("%v are new or updated", stored)
	}
	total(50)
	if found, err := l.Search("30", 10); err != nil || len(found) != 1 || found[0].Feed != 2 {
		t.Errorf("search found %v, %v", found, err)
	}
	l.reopen()
	total(50)
}

// A clock that is wrong by years takes nothing away.
func TestAWrongClockTakesNothingAway(t *testing.T) {
	for _, years := range []int{-20, 1, 20} {
		l, _ := old(t)
		u := feeds.Upkeep{Keep: keepDays(map[feeds.FeedID]int{1: 100, 2: 100})}
		l.tend(u)
		l.now = testNow.AddDate(years, 0, 0)
		l.tend(u)
		l.now = l.now.Add(time.Hour)
		l.tend(u)
		l.now = testNow.Add(48 * time.Hour)
		l.tend(u)
		if c, err := l.Count(feeds.View{Kind: feeds.ViewAll}); err != nil || c.Total != 80 {
			t.Errorf("%d years: there are %d articles, %v; want 80", years, c.Total, err)
		}
	}
}

// What is free the next refresh fills, so a file is compacted once a day at most.
func TestAFileIsCompactedOnceADay(t *testing.T) {
	l := newTestLibrary(t)
	fill := func() {
		for _, value := range [][]byte{make([]byte, compactLeast), nil} {
			if err := l.SaveRelations(feeds.Relations{}, []feeds.IndexChange{{Key: []byte("much"), Value: value}}, 0); err != nil {
				t.Fatal(err)
			}
		}
	}
	tend := func() (before, after int64) {
		before = l.size()
		l.tend(feeds.Upkeep{})
		l.reopen()
		return before, l.size()
	}
	for day := range 2 {
		fill()
		if before, after := tend(); before < compactLeast || after > before/4 {
			t.Errorf("day %d: the file had %d bytes and has %d", day, before, after)
		}
		fill()
		l.now = l.now.Add(daily - time.Second)
		if before, after := tend(); after < compactLeast {
			t.Errorf("day %d: the file had %d bytes and has %d", day, before, after)
		}
		l.now = l.now.Add(time.Second)
	}
}

// A file that is mostly free is made small when it is closed, and a file cut
// down to nothing but what it holds is the same library.
func TestAFileThatIsMostlyFreeIsCompacted(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	n := newNewsroom()
	for range 8 {
		var list []feeds.Entry
		for range 500 {
			e := n.entry(testNow.Add(-50 * 24 * time.Hour))
			e.Body.Text += n.words(400)
			list = append(list, e)
		}
		l.save(f.ID, list...)
	}
	l.save(f.ID, entry("new", "Title new-", "Text.", time.Hour))
	l.mark(true, true, 4001)
	before := l.size()
	u := feeds.Upkeep{Keep: keepDays(map[feeds.FeedID]int{1: 30})}
	l.tend(u)
	l.now = l.now.Add(24 * time.Hour)
	l.tend(u)
	l.reopen()
	if after := l.size(); before < compactLeast || after > before/4 {
		t.Errorf("the file had %d bytes and has %d", before, after)
	}
	if got := l.statuses(); got != "new-b" {
		t.Errorf("there is %q", got)
	}
	l.shut()
	link := filepath.Join(t.TempDir(), "link.db")
	if err := os.Symlink(l.file, link); err != nil {
		t.Fatal(err)
	}
	was, is, err := Compact(link)
	if err != nil || is > was || is != l.size() {
		t.Errorf("compacted from %d to %d, %v", was, is, err)
	}
	file, err := os.Open(l.file)
	if err != nil {
		t.Fatal(err)
	}
	pages, err := pagesOf(file)
	if err != nil || is != int64(pages.head.pages)*pages.pageSize {
		t.Errorf("the file has %d bytes for %d pages, %v", is, pages.head.pages, err)
	}
	if err := file.Close(); err != nil {
		t.Error(err)
	}
	l.open()
}

// A file grows by more than it needs at a time, and does not keep that.
func TestAClosedFileEndsWithItsLastPage(t *testing.T) {
	l := newTestLibrary(t)
	for i := range 3 {
		if err := l.SaveRelations(feeds.Relations{}, []feeds.IndexChange{{Key: []byte{byte(i)}, Value: make([]byte, 100<<10)}}, 0); err != nil {
			t.Fatal(err)
		}
		if l.size() < growth {
			t.Fatalf("the file has %d bytes, this proves nothing", l.size())
		}
		l.reopen()
		var used int64
		if err := l.view(func(tx *bolt.Tx) error { used = tx.Size(); return nil }); err != nil {
			t.Fatal(err)
		}
		if l.size() != used {
			t.Errorf("the file has %d bytes, its pages %d", l.size(), used)
		}
	}
}

func (l *testLibrary) size() int64 {
	l.t.Helper()
	info, err := os.Stat(l.file)
	if err != nil {
		l.t.Fatal(err)
	}
	return info.Size()
}

func TestNobodyElsesLibraryIsCompacted(t *testing.T) {
	l := newTestLibrary(t)
	_, _, err := compact(l.file, time.Millisecond)
	wantRefusal(t, err, ErrLocked, l.file)
	if _, err := Restore(l.file, l.file, time.Now); !errors.Is(err, ErrLocked) {
		t.Errorf("restored: %v", err)
	}
}
