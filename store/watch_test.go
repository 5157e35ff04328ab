package store

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// watchOf makes an article bear a watch, and returns what takes it back.
func (l *testLibrary) watchOf(id feeds.ArticleID, w feeds.Watch) []feeds.StatusOf {
	l.t.Helper()
	back, err := l.Watch(id, w)
	if err != nil {
		l.t.Fatal(err)
	}
	return back
}

// related puts articles into stories.
func (l *testLibrary) related(stories map[feeds.ArticleID]feeds.StoryID) {
	l.t.Helper()
	if err := l.SaveRelations(feeds.Relations{Story: stories}, nil, 0); err != nil {
		l.t.Fatal(err)
	}
}

// wantWatched wants of each article a letter: f and m for followed and muted, -
// for neither, large if it is unread.
func (l *testLibrary) wantWatched(what, want string) {
	l.t.Helper()
	var got []byte
	for id := range feeds.ArticleID(len(want)) {
		letter := byte('.')
		if it, err := l.Item(id + 1); err == nil {
			letter = "-fm"[it.Watch]
			if !it.Read {
				letter = "=FM"[it.Watch]
			}
		}
		got = append(got, letter)
	}
	if string(got) != want {
		l.t.Errorf("%s: %s, want %s", what, got, want)
	}
}

// six is a library of six articles of one feed, the first three of one story.
func six(t *testing.T) *testLibrary {
	t.Helper()
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	var list []feeds.Entry
	for i := range 6 { // the last of a document is saved first
		list = append(list, entry(fmt.Sprint(i), fmt.Sprint("Title ", i), fmt.Sprint("text ", i), time.Duration(i)*time.Hour))
	}
	l.save(f.ID, list...)
	l.related(map[feeds.ArticleID]feeds.StoryID{2: 1, 3: 1})
	return l
}

func TestAStoryIsWatchedWhereverItsBearerGoes(t *testing.T) {
	l := six(t)
	l.watchOf(2, feeds.Followed)
	l.wantWatched("followed", "FFF===")
	l.related(map[feeds.ArticleID]feeds.StoryID{4: 1})
	l.wantWatched("grown", "FFFF==")
	l.related(map[feeds.ArticleID]feeds.StoryID{2: 5, 3: 5})
	l.wantWatched("parted", "=FF=F=")
	l.related(map[feeds.ArticleID]feeds.StoryID{1: 6, 2: 6, 3: 6, 4: 6, 5: 6})
	l.wantWatched("joined under another id", "FFFFFF")
	l.reopen()
	l.wantWatched("after a restart", "FFFFFF")
	l.related(map[feeds.ArticleID]feeds.StoryID{1: 1, 2: 2, 3: 3, 4: 4, 5: 5})
	l.wantWatched("each by itself", "=F====")
	l.watchOf(2, feeds.Unwatched)
	l.wantWatched("no longer", "======")
}

func TestNothingNewComesOfAMutedStory(t *testing.T) {
	l := six(t)
	l.mark(false, true, 3)
	back := l.watchOf(1, feeds.Muted)
	l.wantWatched("muted", "mmm===")
	l.related(map[feeds.ArticleID]feeds.StoryID{4: 1})
	l.wantWatched("one joins", "mmmm==")
	l.mark(false, false, 4)
	l.related(map[feeds.ArticleID]feeds.StoryID{5: 1, 4: 1})
	l.wantWatched("another joins, and what the reader made unread stays so", "mmmMm=")
	if it, err := l.Item(3); err != nil || !it.Saved {
		t.Errorf("what was saved is %+v, %v", it.Status, err)
	}
	if n, err := l.Count(feeds.View{Kind: feeds.ViewUnread}); err != nil || n.Total != 2 {
		t.Errorf("%d are counted as unread (%v), want 2", n.Total, err)
	}
	if err := l.Restate(back); err != nil {
		t.Fatal(err)
	}
	l.wantWatched("taken back", "====-=")

	l.watchOf(6, feeds.Muted)
	l.related(map[feeds.ArticleID]feeds.StoryID{6: 1})
	l.wantWatched("the muted one joins a story", "mmmmmm")
}

func TestWhatIsUnreadInAMutedStoryStaysSoWhereverThatGoes(t *testing.T) {
	l := six(t)
	l.watchOf(1, feeds.Muted)
	l.mark(false, false, 2)
	l.wantWatched("one is made unread", "mMm===")
	l.related(map[feeds.ArticleID]feeds.StoryID{1: 4, 2: 4, 3: 4})
	l.wantWatched("the story joins another", "mMmm==")
}

func TestWhatIsFollowedIsNeverMuted(t *testing.T) {
	l := six(t)
	l.watchOf(1, feeds.Followed)
	l.watchOf(4, feeds.Muted)
	l.wantWatched("two stories", "FFFm==")
	l.related(map[feeds.ArticleID]feeds.StoryID{4: 1, 5: 1})
	l.wantWatched("joined", "FFFfF=")
	l.watchOf(2, feeds.Unwatched)
	l.wantWatched("no longer, and nothing is left of the other", "===-==")
}

func TestAWatchIsHandedOnByAnArticleThatLeaves(t *testing.T) {
	l := six(t)
	other := l.feed("https://b.example/feed")
	l.save(other.ID, entry("x", "Title x", "text x", 9*time.Hour), entry("y", "Title y", "text y", 30*time.Hour))
	l.related(map[feeds.ArticleID]feeds.StoryID{7: 1, 8: 1})
	l.watchOf(2, feeds.Followed)
	l.wantWatched("both feeds", "FFF===FF")
	if err := l.RemoveFeed(1); err != nil {
		t.Fatal(err)
	}
	l.wantWatched("one left", "......FF")
	if err := l.RemoveFeed(other.ID); err != nil {
		t.Fatal(err)
	}
	if n, err := l.CountWatched(feeds.Followed); n != 0 || err != nil {
		t.Errorf("%d stories without articles are followed (%v)", n, err)
	}
}

func TestWhatLeavesDoesNotMuteWhatIsFollowed(t *testing.T) {
	l := newTestLibrary(t)
	for _, name := range []string{"a", "b"} {
		l.save(l.feed("https://"+name+".example/feed").ID, entry(name, "Title "+name, "text "+name, time.Hour))
	}
	l.watchOf(1, feeds.Muted)
	l.watchOf(2, feeds.Followed)
	l.related(map[feeds.ArticleID]feeds.StoryID{1: 2})
	if err := l.RemoveFeed(1); err != nil {
		t.Fatal(err)
	}
	l.wantWatched("the muted one has left", ".F")
}

func TestWatchesSurviveTheLossOfTheLibrary(t *testing.T) {
	l := newTestLibrary(t)
	fill := func() {
		f := l.feed("https://a.example/feed")
		l.save(f.ID, entry("c", "Title c", "text c", 3*time.Hour), entry("b", "Title b", "text b", 2*time.Hour), entry("a", "Title a", "text a", time.Hour))
	}
	fill()
	l.related(map[feeds.ArticleID]feeds.StoryID{2: 1})
	l.watchOf(1, feeds.Muted)
	l.watchOf(3, feeds.Followed)
	l.shut()
	if err := os.Remove(l.file); err != nil {
		t.Fatal(err)
	}
	l.open()
	fill()
	l.wantWatched("fetched again", "m-F")
	l.related(map[feeds.ArticleID]feeds.StoryID{2: 1})
	l.wantWatched("related again", "mmF")
}

func TestRepairKeepsWatches(t *testing.T) {
	s := newNewsstand(t)
	s.watchOf(2, feeds.Muted)
	s.watchOf(70, feeds.Followed)
	s.shut()
	b, err := os.ReadFile(s.file)
	if err != nil {
		t.Fatal(err)
	}
	s.open()
	l, _ := s.repaired("nothing", b)
	for id, want := range map[feeds.ArticleID]feeds.Watch{1: feeds.Muted, 2: feeds.Muted, 3: feeds.Muted, 4: feeds.Unwatched, 70: feeds.Followed} {
		if it, err := l.Item(id); err != nil || it.Watch != want {
			t.Errorf("the story of article %d is %q (%v), want %q", id, it.Watch, err, want)
		}
	}
}

func TestALibraryOfSchema8IsBroughtUp(t *testing.T) {
	l := six(t)
	if err := l.update(func(tx *bolt.Tx) error {
		if err := tx.DeleteBucket(bucketWatched); err != nil {
			return err
		}
		return putSchema(tx, 8)
	}); err != nil {
		t.Fatal(err)
	}
	l.reopen()
	l.watchOf(1, feeds.Followed)
	l.wantWatched("followed", "FFF===")
}

func TestAListOfWatchesThatIsWrongIsFound(t *testing.T) {
	l := six(t)
	l.watchOf(1, feeds.Followed)
	for _, damage := range []func(b *bolt.Bucket) error{
		func(b *bolt.Bucket) error { return b.Delete(storyMemberKey(1, 1)) },
		func(b *bolt.Bucket) error { return b.Put(storyMemberKey(5, 5), []byte{byte(feeds.Muted)}) },
		func(b *bolt.Bucket) error { return b.Put(storyMemberKey(1, 1), []byte{byte(feeds.Muted)}) },
	} {
		if err := l.update(func(tx *bolt.Tx) error { return damage(tx.Bucket(bucketWatched)) }); err != nil {
			t.Fatal(err)
		}
		if problems, err := l.Check(); err != nil || len(problems) == 0 {
			t.Errorf("check finds %q (%v)", problems, err)
		}
		if err := l.update(func(tx *bolt.Tx) error {
			if err := putWatch(tx, 5, 5, feeds.Unwatched); err != nil {
				return err
			}
			return putWatch(tx, 1, 1, feeds.Followed)
		}); err != nil {
			t.Fatal(err)
		}
	}
}

// watch is what is wanted of a story.
func (m *model) watch(story feeds.StoryID) feeds.Watch {
	w := feeds.Unwatched
	for _, a := range m.articles {
		if a.story == story {
			w = w.With(a.Bears)
		}
	}
	return w
}

// bequeath hands on what an article that leaves bears.
func (m *model) bequeath(a *modelArticle) {
	var heir *modelArticle
	for _, b := range m.articles {
		if b != a && b.story == a.story && (heir == nil || newestFirst(b, heir) < 0) {
			heir = b
		}
	}
	if heir != nil {
		heir.Bears = heir.Bears.With(a.Bears)
	}
}

func (m *model) watchSome(t *testing.T, l *testLibrary, r *rand.Rand) {
	t.Helper()
	id, w := feeds.ArticleID(1+r.IntN(int(m.last)+1)), feeds.Watch(r.IntN(3))
	a := m.articles[id]
	if a == nil {
		if _, err := l.Watch(id, w); !errors.Is(err, ErrNotFound) {
			t.Fatalf("no article %d: %v", id, err)
		}
		return
	}
	before := map[*modelArticle]feeds.Status{}
	for _, b := range m.articles {
		if b.story == a.story {
			before[b] = b.Status
			b.Bears = feeds.Unwatched
			b.Read = b.Read || w == feeds.Muted
		}
	}
	a.Bears = w
	back, err := l.Watch(id, w)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, l, m, r)
	if r.IntN(2) == 0 {
		return
	}
	if err := l.Restate(back); err != nil {
		t.Fatal(err)
	}
	for b, s := range before {
		b.Status = s
	}
	compare(t, l, m, r)
}

func (m *model) compareWatched(t *testing.T, l *testLibrary) {
	t.Helper()
	for _, w := range []feeds.Watch{feeds.Followed, feeds.Muted} {
		var want []feeds.Story
		for _, s := range m.stories(time.Time{}) {
			if s.Watch == w {
				want = append(want, s)
			}
		}
		slices.SortFunc(want, func(a, b feeds.Story) int { return cmp.Or(b.Latest.Compare(a.Latest), cmp.Compare(b.ID, a.ID)) })
		got, err := l.Watched(w)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%s stories: %v, %v, want %v", w, got, err, want)
		}
		if n, err := l.CountWatched(w); err != nil || n != len(want) {
			t.Fatalf("%d %s stories, %v, want %d", n, w, err, len(want))
		}
	}
}
