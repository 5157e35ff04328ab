package store

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// filled makes a library with a little of everything and gives its bytes, and
// the pages that are full of records, without the two at the beginning.
func filled(t *testing.T) (whole []byte, pages []int) {
	t.Helper()
	l := newTestLibrary(t)
	n := newNewsroom()
	for i := range 4 {
		f := l.feed(fmt.Sprint("https://f", i, ".example/feed"))
		var entries []feeds.Entry
		for range 30 {
			entries = append(entries, n.entry(testNow))
		}
		l.save(f.ID, entries...)
		entries[3].Title = "Edited"
		l.save(f.ID, entries...)
	}
	rel := feeds.Relations{
		Story:  map[feeds.ArticleID]feeds.StoryID{2: 1, 3: 1},
		Copies: map[feeds.ArticleID][]feeds.ArticleID{2: {3}, 3: {2}},
	}
	if err := l.SaveRelations(rel, []feeds.IndexChange{{Key: []byte("k"), Value: []byte("v")}}, 40); err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(l.file)
	if err != nil {
		t.Fatal(err)
	}
	db, err := bolt.Open(l.file, 0o600, &bolt.Options{ReadOnly: true, PreLoadFreelist: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.View(func(tx *bolt.Tx) error {
		for id := 2; ; id++ {
			page, err := tx.Page(id)
			if err != nil || page == nil {
				return err
			}
			if page.Type == "free" {
				continue
			}
			for i := range max(1, page.OverflowCount) { // the last of several may hold next to nothing
				pages = append(pages, id+i)
			}
			id += page.OverflowCount
		}
	}); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	l.open()
	return whole, pages
}

// askEverything calls every reading method and a writing one.
func askEverything(l *Library) (failed []error) {
	note := func(err error) {
		if err != nil {
			failed = append(failed, err)
		}
	}
	_, err := l.Subscriptions()
	note(err)
	for _, v := range []feeds.View{{Kind: feeds.ViewAll}, {Kind: feeds.ViewUnread}, {Kind: feeds.ViewFeed, Feed: 1}, {Kind: feeds.ViewFolder}} {
		_, err := l.Page(v, feeds.Cursor{}, 100, false)
		note(err)
		_, err = l.Count(v)
		note(err)
	}
	for id := range feeds.ArticleID(130) {
		_, err := l.Body(id + 1)
		if !errors.Is(err, ErrNotFound) {
			note(err)
		}
		if _, err = l.Revisions(id + 1); !errors.Is(err, ErrNotFound) {
			note(err)
		}
	}
	for _, q := range []string{"edited", "s", word(3), `"` + word(1) + " " + word(2) + `"`} {
		_, err := l.Search(q, 50)
		note(err)
	}
	_, err = l.Stories(time.Unix(0, 0))
	note(err)
	_, err = l.Unrelated(0, 100)
	note(err)
	note(l.ViewIndex(func(v feeds.IndexView) error {
		v.Scan(nil, []byte{0xff}, func(_, _ []byte) bool { return true })
		return nil
	}))
	read := true
	_, err = l.SetStatus([]feeds.ArticleID{1, 50, 100}, feeds.StatusChange{Read: &read})
	note(err)
	return failed
}

// Whatever is broken, the library says so: it does not panic, hang or hand out
// what it cannot vouch for.
func TestDamageIsReported(t *testing.T) {
	whole, pages := filled(t)
	r := rand.New(rand.NewPCG(3, 3))
	reported := 0
	n := rounds(40, 1000)
	for range n {
		broken := append([]byte(nil), whole...)
		at := pages[r.IntN(len(pages))] * 4096 // wholly or by a byte
		what := "a flipped byte"               // which may lie where nothing is
		switch r.IntN(3) {
		case 0:
			what = "a page of zeros"
			clear(broken[at : at+4096])
		case 1:
			what = "a page of noise"
			for i := range 4096 {
				broken[at+i] = byte(r.Uint32())
			}
		default:
			broken[at+r.IntN(4096)] ^= 1 << r.IntN(8)
		}
		path := filepath.Join(t.TempDir(), "library.db")
		if err := os.WriteFile(path, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := Open(path, Options{Clock: func() time.Time { return testNow }})
		failed := []error{err}
		if err == nil {
			failed = askEverything(l)
			if err := l.Close(); err != nil {
				t.Errorf("%s at %d: close: %v", what, at, err)
			}
		}
		for _, err := range failed {
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotLibrary) && !errors.Is(err, ErrNewer) {
				t.Errorf("%s at %d: %v", what, at, err)
			}
		}
		if len(failed) > 0 {
			reported++
		}
	}
	if reported < n*3/5 { // not every page is asked for, nor full
		t.Errorf("damage was noticed %d times of %d", reported, n)
	}
}

// A flipped byte in a record costs that record, not its neighbours.
func TestADamagedRecordDoesNotHideTheOthers(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	l.save(f.ID, entry("a", "One", "text", 1), entry("b", "Two", "text", 2), entry("c", "Three", "text", 3))
	var good []byte
	put := func(v []byte) {
		if err := l.update(func(tx *bolt.Tx) error { return tx.Bucket(bucketArticles).Put(articleKey(2), v) }); err != nil {
			t.Fatal(err)
		}
	}
	if err := l.view(func(tx *bolt.Tx) error { good = append(good, rawArticle(tx, 2)...); return nil }); err != nil {
		t.Fatal(err)
	}
	bad := append([]byte(nil), good...)
	bad[len(bad)/2] ^= 4
	put(bad)
	items, err := l.Page(feeds.View{Kind: feeds.ViewAll}, feeds.Cursor{}, 10, false)
	wantRefusal(t, err, ErrDamaged, l.file)
	if fmt.Sprint(ids(items)) != "[3 1]" {
		t.Errorf("page %v", ids(items))
	}
	put(good)
}

// After damage nothing more is written.
func TestADamagedLibraryIsNotWritten(t *testing.T) {
	l := newTestLibrary(t)
	l.broken.Store(&pageDamage{what: "a test"})
	_, err := l.AddFeeds([]feeds.Feed{{URL: "https://a.example/feed"}})
	wantRefusal(t, err, ErrDamaged, l.file)
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	l.open() // the lock was let go
	if list, err := l.Subscriptions(); err != nil || len(list) != 0 {
		t.Errorf("subscriptions %v, %v", list, err)
	}
}

func TestTheCallersPanicIsNotDamage(t *testing.T) {
	l := newTestLibrary(t)
	func() {
		defer func() {
			if r := recover(); fmt.Sprint(r) != "theirs" {
				t.Errorf("recovered %v", r)
			}
		}()
		_ = l.ViewIndex(func(v feeds.IndexView) error {
			v.Get([]byte("key"))
			panic("theirs")
		})
	}()
	l.feed("https://a.example/feed") // still writable
}

const crashFile = "BROADSHEET_TEST_CRASH_FILE"

// TestCrashChild is the process that TestKilledWhileSaving kills; alone it does
// nothing.
func TestCrashChild(t *testing.T) {
	path := os.Getenv(crashFile)
	if path == "" {
		return
	}
	l, err := Open(path, Options{Clock: func() time.Time { return testNow }, Timeout: 10 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	before, err := l.Count(feeds.View{Kind: feeds.ViewAll})
	if err != nil {
		t.Fatal(err)
	}
	n := newNewsroom()
	n.n, n.r = before.Total, rand.New(rand.NewPCG(uint64(before.Total), 0)) // so that its articles are new
	read := true
	for i := 0; ; i++ {
		var entries []feeds.Entry
		for range 40 {
			entries = append(entries, n.entry(testNow))
		}
		stored, err := l.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: 1}, Health: feeds.Health{Status: feeds.FetchOK, ETag: fmt.Sprint(i)}, Entries: entries}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := l.SetStatus(stored[0].New[:1], feeds.StatusChange{Read: &read}); err != nil {
			t.Fatal(err)
		}
		fmt.Println("saved", i, stored[0].New[0])
	}
}

// What was acknowledged before kill -9 is there after it, and all is whole.
func TestKilledWhileSaving(t *testing.T) {
	l := newTestLibrary(t)
	l.feed("https://outlet.example/feed")
	for round := range 3 {
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		round, first := killChild(t, l.file, 4+5*round)
		l.open()
		l.check()
		item, err := l.Item(first)
		if err != nil || !item.Read {
			t.Errorf("article %d was saved and read before the kill: %+v, %v", first, item, err)
		}
		list, err := l.Subscriptions()
		if err != nil {
			t.Fatal(err)
		}
		var n int
		if _, err := fmt.Sscan(list[0].ETag, &n); err != nil || n < round {
			t.Errorf("validator %q, %v; want at least %d", list[0].ETag, err, round)
		}
	}
}

// killChild lets the child commit some rounds, kills it in the middle of
// another, and gives the last it told of.
func killChild(t *testing.T, file string, rounds int) (round int, first feeds.ArticleID) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestCrashChild$")
	child.Env = append(os.Environ(), crashFile+"="+file)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	told := 0
	for told < rounds && lines.Scan() {
		if n, _ := fmt.Sscan(lines.Text(), new(string), &round, &first); n == 3 {
			told++
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
	}
	if err := child.Wait(); err == nil || told < rounds {
		t.Fatalf("the child ended by itself after %d rounds", told)
	}
	return round, first
}
