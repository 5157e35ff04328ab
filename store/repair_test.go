package store

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// newsstand is a library with a little of everything, and what its feeds gave.
type newsstand struct {
	*testLibrary
	entries map[string][]feeds.Entry // by feed
	whole   []byte                   // the file
	titles  string
}

func newNewsstand(t *testing.T) *newsstand {
	t.Helper()
	l := newTestLibrary(t)
	s := &newsstand{testLibrary: l, entries: map[string][]feeds.Entry{}}
	n := newNewsroom()
	for i := range 5 {
		url := fmt.Sprint("https://f", i, ".example/feed")
		f := l.feed(url)
		var list []feeds.Entry
		for j := range 40 {
			e := n.entry(testNow.Add(-time.Duration(j) * time.Hour))
			e.Key = fmt.Sprint("id:", i, "-", j)
			e.Title = fmt.Sprint("Title ", i, "-", j, " ", e.Title)
			list = append(list, e)
		}
		l.save(f.ID, list...)
		list[3].Title += " corrected and changed"
		l.save(f.ID, list...)
		l.imprint(f.ID, fmt.Sprint(i), "same", "same")
		s.entries[url] = list
	}
	l.mark(true, false, 1, 60, 120, 190)
	l.mark(false, true, 2, 70, 150)
	if err := l.SaveWholes([]feeds.Whole{{Article: 9, State: feeds.WholeHere, Body: feeds.Body{Markdown: "The page.", Text: "The page."}}}); err != nil {
		t.Fatal(err)
	}
	rel := feeds.Relations{
		Story:  map[feeds.ArticleID]feeds.StoryID{2: 1, 3: 1},
		Copies: map[feeds.ArticleID][]feeds.ArticleID{2: {3}, 3: {2}},
	}
	index := []feeds.IndexChange{{Key: []byte("c1"), Value: []byte("computed")}, {Key: []byte("w1"), Value: []byte("said")}}
	if _, err := l.Unrelated(0, 100); err != nil {
		t.Fatal(err)
	}
	if err := l.SaveRelations(rel, index, 100); err != nil {
		t.Fatal(err)
	}
	s.titles = s.titled()
	l.shut()
	b, err := os.ReadFile(l.file)
	if err != nil {
		t.Fatal(err)
	}
	f, err := openPages(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	s.whole = b[:int64(f.head.pages)*f.pageSize]
	l.open()
	return s
}

// titled lists all articles by the numbers in their titles, each once, with
// their marks.
func (l *testLibrary) titled() string {
	l.t.Helper()
	items, err := l.Page(feeds.View{Kind: feeds.ViewAll}, feeds.Cursor{}, 10_000, false)
	if err != nil {
		l.t.Fatal(err)
	}
	var list []string
	for _, a := range items {
		list = append(list, strings.Fields(a.Title)[1]+string(statusLetters[encodeStatus(a.Status)[0]]))
	}
	slices.Sort(list)
	return strings.Join(slices.Compact(list), " ")
}

// saveAgain is what the next refresh does.
func (s *newsstand) saveAgain(l *testLibrary) {
	s.t.Helper()
	list, err := l.Subscriptions()
	if err != nil {
		s.t.Fatal(err)
	}
	have := map[string]feeds.FeedID{}
	for _, f := range list {
		have[f.URL] = f.ID
	}
	for url, entries := range s.entries {
		id, ok := have[url]
		if !ok {
			id = l.feed(url).ID // the reader subscribes again
		}
		l.save(id, entries...)
	}
}

// repaired puts damaged bytes in the library's place and repairs them.
func (s *newsstand) repaired(what string, damaged []byte) (*testLibrary, feeds.Repaired) {
	s.t.Helper()
	l := &testLibrary{t: s.t, file: filepath.Join(s.t.TempDir(), "library.db"), now: testNow}
	if err := os.WriteFile(l.file, damaged, 0o600); err != nil {
		s.t.Fatal(err)
	}
	if marks, err := os.ReadFile(s.file + marksName); err != nil || os.WriteFile(l.file+marksName, marks, 0o600) != nil {
		s.t.Fatal(err)
	}
	done, err := Repair(l.file, func() time.Time { return testNow })
	if err != nil {
		s.t.Fatalf("%s: %v", what, err)
	}
	if kept, err := os.ReadFile(done.Kept); err != nil || !bytes.Equal(kept, damaged) {
		s.t.Errorf("%s: the damaged file was not kept as it was: %v", what, err)
	}
	l.open()
	return l, done
}

// wantBack wants every article as it was marked. Of a feed that was lost, and
// where an article's identity was, there may be the saved one too.
func (s *newsstand) wantBack(what string, l *testLibrary, done feeds.Repaired) {
	s.t.Helper()
	got, want := strings.Fields(l.titled()), strings.Fields(s.titles)
	for _, w := range want {
		if !slices.Contains(got, w) {
			s.t.Errorf("%s: after the next refresh %s is missing among %s", what, w, got)
		}
	}
	if len(got) > len(want) && done.Feeds == len(s.entries) && done.Lost.Others == 0 { // of a file cut short nobody can count the feeds that are lost
		s.t.Errorf("%s: after the next refresh there are %d articles, want %d: %+v\n%s", what, len(got), len(want), done, got)
	}
}

// Whatever page is damaged, every record beside it is saved, the library is
// sound, what is lost is counted, and the next refresh brings it back as it was
// marked.
func TestRepairSavesWhatCanBeRead(t *testing.T) {
	s := newNewsstand(t)
	random := rand.New(rand.NewPCG(7, 7))
	pages := len(s.whole) / 4096
	saved := 0
	n := rounds(8, 1000)
	for range n {
		damaged := bytes.Clone(s.whole)
		at := (2 + random.IntN(pages-2)) * 4096
		what := fmt.Sprintf("page %d of zeros", at/4096)
		switch random.IntN(3) {
		case 0:
			clear(damaged[at : at+4096])
		case 1:
			what = fmt.Sprintf("page %d of noise", at/4096)
			for i := range 4096 {
				damaged[at+i] = byte(random.Uint32())
			}
		default:
			bit := random.IntN(8 * 4096)
			damaged[at+bit/8] ^= 1 << (bit % 8)
			what = fmt.Sprintf("bit %d of page %d", bit, at/4096)
		}
		l, done := s.repaired(what, damaged)
		if problems, err := l.Check(); err != nil || len(problems) > 0 {
			t.Fatalf("%s: %v, %q", what, err, problems)
		}
		if c, err := l.Count(feeds.View{Kind: feeds.ViewAll}); err != nil || c.Total != done.Articles || done.Articles+done.Lost.Articles < 200 && done.Lost.None() {
			t.Errorf("%s: %d articles, %v; said %+v", what, c.Total, err, done)
		}
		saved += done.Articles
		s.saveAgain(l)
		s.wantBack(what, l, done)
		l.check()
		l.shut()
	}
	if saved < n*150 {
		t.Errorf("%d articles of %d were saved", saved, n*200)
	}
}

// What bbolt cannot open can be repaired too.
func TestRepairOfWhatCannotBeOpened(t *testing.T) {
	s := newNewsstand(t)
	for what, harm := range map[string]func(b []byte) []byte{
		"cut in the middle": func(b []byte) []byte { return b[:len(b)/2/4096*4096] },
		"cut within a page": func(b []byte) []byte { return b[:len(b)/3] },
		"both heads zeroed": func(b []byte) []byte { clear(b[:8192]); return b },
		"a root of zeros": func(b []byte) []byte {
			f, err := openPages(bytes.NewReader(b), int64(len(b)))
			if err != nil {
				t.Fatal(err)
			}
			clear(b[int64(f.head.root)*4096:][:4096])
			return b
		},
	} {
		t.Run(what, func(t *testing.T) {
			l, done := s.repaired(what, harm(bytes.Clone(s.whole)))
			defer l.shut()
			if done.Articles == 0 {
				t.Errorf("nothing was saved: %+v", done)
			}
			if strings.Contains(what, "zero") && !done.Lost.More {
				t.Errorf("what lay on the lost pages is unknown, and it was said that nothing else is lost: %+v", done)
			}
			l.check()
			s.saveAgain(l)
			s.wantBack(what, l, done)
		})
	}
}

// What is lost and cannot be counted is said, and of what is counted or computed
// anew nothing more is said.
func TestRepairSaysWhatItCannotCount(t *testing.T) {
	s := newNewsstand(t)
	for _, c := range []struct {
		bucket []byte
		more   bool
	}{
		{bucketRevisions, true},
		{bucketArticles, false}, {bucketBodies, false}, {bucketIdentities, false}, {bucketByTime, false}, {bucketUnread, false},
	} {
		f, err := openPages(bytes.NewReader(s.whole), int64(len(s.whole)))
		if err != nil {
			t.Fatal(err)
		}
		b := newSalvage(f, nil).buckets[string(c.bucket)]
		damaged := bytes.Clone(s.whole)
		what := fmt.Sprintf("the root of %s", c.bucket)
		if b.root == 0 {
			t.Fatalf("%s has no page of its own", what)
		}
		clear(damaged[int64(b.root)*f.pageSize:][:f.pageSize])
		l, done := s.repaired(what, damaged)
		if done.Lost.More != c.more {
			t.Errorf("%s is lost: more may be lost: %v, want %v", what, done.Lost.More, c.more)
		}
		l.shut()
	}
}

// A sound library comes through repair as it was, with all that relating found.
func TestRepairOfASoundLibraryChangesNothing(t *testing.T) {
	s := newNewsstand(t)
	l, done := s.repaired("nothing", s.whole)
	defer l.shut()
	if !done.Lost.None() || done.Articles != 200 || done.Feeds != 5 {
		t.Errorf("repaired %+v", done)
	}
	if got := l.titled(); got != s.titles {
		t.Errorf("there are %s", got)
	}
	story, err := l.Story(1)
	if err != nil || len(story.Articles) != 3 {
		t.Errorf("story %+v, %v", story, err)
	}
	if docs, err := l.Unrelated(0, 1000); err != nil || len(docs) != 100 {
		t.Errorf("%d articles are to be related, %v; want 100", len(docs), err)
	}
	err = l.ViewIndex(func(v feeds.IndexView) error {
		if string(v.Get([]byte("c1"))) != "computed" || string(v.Get([]byte("w1"))) != "said" {
			t.Error("the related index is not what it was")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found, err := l.Search("page", 10); err != nil || len(found) == 0 || found[0].ID != 9 {
		t.Errorf("search found %v, %v", ids(found), err)
	}
	for _, id := range []feeds.ArticleID{1, 100, 200} {
		was, err := s.Body(id)
		if err != nil {
			t.Fatal(err)
		}
		if is, err := l.Body(id); err != nil || is != was {
			t.Errorf("the body of %d has changed, %v", id, err)
		}
	}
}

// When the related index is lost, stories and copies stay as they were told until
// all is related anew, and each article says which story it was in.
func TestRepairOfALostIndexKeepsStories(t *testing.T) {
	s := newNewsstand(t)
	l, done := s.repaired("the index", bytes.ReplaceAll(s.whole, []byte("computed"), []byte("Computed")))
	defer l.shut()
	if done.Lost.Others == 0 {
		t.Fatalf("repaired %+v: the index was not damaged, this proves nothing", done)
	}
	err := l.ViewIndex(func(v feeds.IndexView) error {
		if v.Get([]byte("c1")) != nil || string(v.Get([]byte("w1"))) != "said" {
			t.Error("of the index not only the reader's words are left")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	copies := func(id feeds.ArticleID) []feeds.ArticleID {
		item, err := l.Item(id)
		if err != nil {
			t.Fatal(err)
		}
		return item.Copies
	}
	if story, err := l.Story(1); err != nil || len(story.Articles) != 3 || len(copies(2)) != 1 {
		t.Errorf("story %+v, %v, copies of the second %v", story, err, copies(2))
	}
	docs, err := l.Unrelated(0, 1000)
	if err != nil || len(docs) != 200 {
		t.Fatalf("%d articles are to be related, %v; want all", len(docs), err)
	}
	for _, d := range docs {
		if want := map[feeds.ArticleID]feeds.StoryID{2: 1, 3: 1}[d.ID]; d.Story != want {
			t.Errorf("%d was in story %d, want %d", d.ID, d.Story, want)
		}
	}
	if err := l.SaveRelations(feeds.Relations{Story: map[feeds.ArticleID]feeds.StoryID{2: 1, 3: 1}}, nil, 200); err != nil {
		t.Fatal(err)
	}
	if story, err := l.Story(1); err != nil || len(story.Articles) != 3 || len(copies(2)) != 0 {
		t.Errorf("related anew: story %+v, %v, copies of the second %v", story, err, copies(2))
	}
	l.check()
}

// A library of before the tables comes through repair too.
func TestRepairOfAnOlderLibrary(t *testing.T) {
	s := newNewsstand(t)
	if err := s.update(func(tx *bolt.Tx) error {
		if err := unshelve(tx); err != nil {
			return err
		}
		return putSchema(tx, tableSchema-1)
	}); err != nil {
		t.Fatal(err)
	}
	s.shut()
	older, err := os.ReadFile(s.file)
	if err != nil {
		t.Fatal(err)
	}
	s.open()
	l, done := s.repaired("an older library", older)
	defer l.shut()
	if !done.Lost.None() || done.Articles != 200 || l.titled() != s.titles {
		t.Errorf("repaired %+v: %s", done, l.titled())
	}
	if story, err := l.Story(1); err != nil || len(story.Articles) != 3 {
		t.Errorf("story %+v, %v", story, err)
	}
	l.check()
	s.saveAgain(l)
	s.wantBack("an older library", l, done)
}

// Of a damaged shelf of identities those are kept that are as they were, so that
// their articles do not come again.
func TestRepairKeepsTheOtherIdentitiesOfAShelf(t *testing.T) {
	s := newNewsstand(t)
	var value []byte
	if err := s.view(func(tx *bolt.Tx) error {
		_, v := tx.Bucket(bucketIdentities).Cursor().First()
		value = bytes.Clone(v)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	wrong := bytes.Clone(value)
	wrong[len(wrong)/2] ^= 1
	damaged := bytes.ReplaceAll(s.whole, value, wrong) // a free page may have it too
	if bytes.Equal(damaged, s.whole) {
		t.Fatal("the shelf is not in the file")
	}
	l, done := s.repaired("a bit of a shelf", damaged)
	defer l.shut()
	if done.Articles != 200 || done.Lost.Others < 1 || done.Lost.Others > 2 { // the one, and its article is given another
		t.Errorf("repaired %+v", done)
	}
}

// A library that somebody has open is left alone.
func TestRepairWaitsForNobody(t *testing.T) {
	l := newTestLibrary(t)
	_, err := Repair(l.file, time.Now)
	wantRefusal(t, err, ErrLocked, l.file)
}
