package store

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

const markedFeed = "https://outlet.example/feed"

// marked makes a library whose articles 1 to 4 are read, saved, both, and read
// but then unread again.
func marked(t *testing.T) (*testLibrary, []feeds.Entry) {
	t.Helper()
	l := newTestLibrary(t)
	f := l.feed(markedFeed)
	var entries []feeds.Entry
	for i := range 6 {
		entries = append(entries, entry(fmt.Sprint("key", 6-i), fmt.Sprint("Title ", 6-i), "Some text.", 0))
	}
	l.save(f.ID, entries...)
	l.mark(true, false, 1, 4)
	l.mark(false, true, 2)
	l.mark(true, true, 3)
	l.mark(false, false, 4)
	return l, entries
}

func (l *testLibrary) mark(read, saved bool, which ...feeds.ArticleID) {
	l.t.Helper()
	if _, err := l.SetStatus(which, feeds.StatusChange{Read: &read, Saved: &saved}); err != nil {
		l.t.Fatal(err)
	}
}

// statuses tells the status of every article by its title.
func (l *testLibrary) statuses() string {
	l.t.Helper()
	items, err := l.Page(feeds.View{Kind: feeds.ViewAll}, feeds.Cursor{}, 10_000, false)
	if err != nil {
		l.t.Fatal(err)
	}
	list := make([]string, len(items))
	for i, a := range items {
		list[i] = strings.TrimPrefix(a.Title, "Title ") + string(statusLetters[encodeStatus(a.Status)[0]])
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

const wantMarks = "1r 2s 3b 4- 5- 6-"

func (l *testLibrary) wantMarks() {
	l.t.Helper()
	if got := l.statuses(); got != wantMarks {
		l.t.Errorf("the marks are %q, want %q", got, wantMarks)
	}
}

func (l *testLibrary) shut() {
	l.t.Helper()
	if err := l.Close(); err != nil {
		l.t.Fatal(err)
	}
}

// The library is gone; its feed is subscribed to again, under another id, and
// what comes is as it was marked.
func TestALostLibraryDoesNotLoseTheMarks(t *testing.T) {
	l, entries := marked(t)
	l.wantMarks()
	l.shut()
	if err := os.Remove(l.file); err != nil {
		t.Fatal(err)
	}
	l.open()
	l.feed("https://another.example/feed")
	f := l.feed(markedFeed)
	l.save(f.ID, entries[3:]...)
	l.reopen() // the other marks are still waited for
	l.save(f.ID, entries...)
	l.wantMarks()
	l.check()
	waiting := 0
	if err := l.view(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketMarks).ForEach(func(_, _ []byte) error { waiting++; return nil })
	}); err != nil || waiting != 0 {
		t.Errorf("%d marks are still kept for articles to come, %v", waiting, err)
	}
	if c, err := l.Count(feeds.View{Kind: feeds.ViewAll}); err != nil || c.Unread != 4 {
		t.Errorf("counts %v, %v", c, err)
	}
}

// A library put back from a backup takes up what was marked since.
func TestALibraryPutBackTakesUpTheMarks(t *testing.T) {
	l, _ := marked(t)
	l.mark(false, false, 1, 2, 3)
	l.shut()
	old, err := os.ReadFile(l.file)
	if err != nil {
		t.Fatal(err)
	}
	l.open()
	l.mark(true, false, 1)
	l.mark(false, true, 2)
	l.mark(true, true, 3)
	l.shut()
	if err := os.WriteFile(l.file, old, 0o600); err != nil {
		t.Fatal(err)
	}
	l.open()
	l.wantMarks()
}

// Whatever happens to the journal, the library writes it anew, so that the
// next loss loses nothing either.
func TestTheJournalIsMadeWhole(t *testing.T) {
	for name, harm := range map[string]func(t *testing.T, path string){
		"it is gone": func(t *testing.T, path string) {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		},
		"its last line is torn": func(t *testing.T, path string) { cutFile(t, path, 5) },
		"it is emptied":         func(t *testing.T, path string) { cutFile(t, path, 1<<20) },
		"its head is damaged": func(t *testing.T, path string) {
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			b[3] ^= 1
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			l, entries := marked(t)
			l.shut()
			harm(t, l.file+marksName)
			l.open()
			l.wantMarks()
			l.shut()
			if err := os.Remove(l.file); err != nil {
				t.Fatal(err)
			}
			l.open()
			l.save(l.feed(markedFeed).ID, entries...)
			l.wantMarks()
		})
	}
}

func cutFile(t *testing.T, path string, bytes int64) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, max(0, info.Size()-bytes)); err != nil {
		t.Fatal(err)
	}
}

func TestDamagedLinesAreLeftOut(t *testing.T) {
	var k markKey
	copy(k[:], "twelve bytes")
	line := appendMark(nil, k, feeds.Status{Saved: true})
	if len(line) != markLine {
		t.Errorf("a line is %d bytes, want %d", len(line), markLine)
	}
	line = line[:markLine-1]
	if got, s, ok := readMark(line); !ok || got != k || s != (feeds.Status{Saved: true}) {
		t.Errorf("read %q, %v, %v", got, s, ok)
	}
	for bit := range 8 * len(line) {
		bad := bytes.Clone(line)
		bad[bit/8] ^= 1 << (bit % 8)
		if got, s, ok := readMark(bad); ok && (got != k || s != (feeds.Status{Saved: true})) {
			t.Errorf("bit %d changed gives %q, %v", bit, got, s)
		}
	}
}

// A journal in which most lines are out of date is written anew.
func TestTheJournalDoesNotGrowWithoutEnd(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed(markedFeed)
	var entries []feeds.Entry
	var which []feeds.ArticleID
	for i := range 1000 {
		entries = append(entries, entry(fmt.Sprint(i), "Title", "Text.", 0))
		which = append(which, feeds.ArticleID(i+1))
	}
	l.save(f.ID, entries...)
	for i := range 50 {
		l.mark(i%2 == 0, true, which...)
	}
	l.reopen() // its worker has ended
	if err := l.tidyMarks(); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(l.file + marksName)
	if err != nil || info.Size() > marksLeast {
		t.Errorf("the journal takes %d bytes, %v", info.Size(), err)
	}
	marks, _, err := readMarks(l.file + marksName)
	if err != nil || len(marks) != 1000 {
		t.Errorf("the journal holds %d marks, %v", len(marks), err)
	}
}

// A journal that cannot be read is not replaced: it may know what the library
// does not.
func TestAJournalThatCannotBeReadIsLeft(t *testing.T) {
	l, _ := marked(t)
	l.shut()
	path := l.file + marksName
	if err := os.Rename(path, path+".aside"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := Open(l.file, Options{})
	wantRefusal(t, err, ErrUnwritable, path)
	if err := os.Rename(path+".aside", path); err == nil {
		t.Error("the directory was replaced")
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	l.open()
	l.wantMarks()
}

// When the library has a mark and its journal cannot take it, that is said, and
// made good by the next one.
func TestAJournalThatCannotBeWrittenIsSaid(t *testing.T) {
	l, entries := marked(t)
	if err := l.marks.file.Close(); err != nil {
		t.Fatal(err)
	}
	read := true
	changed, err := l.SetStatus([]feeds.ArticleID{5}, feeds.StatusChange{Read: &read})
	wantRefusal(t, err, ErrUnwritable, l.file+marksName)
	if len(changed) != 1 {
		t.Errorf("changed %v", changed)
	}
	l.mark(false, true, 6)
	l.shut()
	if err := os.Remove(l.file); err != nil {
		t.Fatal(err)
	}
	l.open()
	l.save(l.feed(markedFeed).ID, entries...)
	if got, want := l.statuses(), "1r 2s 3b 4- 5r 6s"; got != want {
		t.Errorf("the marks are %q, want %q", got, want)
	}
}
