package refresh_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/refresh"
	"broadsheet/feeds/related"
	"broadsheet/store"
)

// late is a web of which one address answers only when it is let go.
type late struct {
	*web
	url  string
	free chan struct{}
}

func (l late) Get(ctx context.Context, r fetch.Request) (fetch.Result, error) {
	if r.URL == l.url {
		<-l.free
	}
	return l.web.Get(ctx, r)
}

// What has come is told in stories before the slowest feed has answered.
func TestStoriesDoNotWaitForTheSlowestFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, one, two)
		w.web.pages[one] = page{body: rss("One", "Apples", "Pears")}
		w.web.pages[two] = page{body: rss("Two", "Plums")}
		free := make(chan struct{})
		r := refresh.New(refresh.Options{Library: w.library, Fetcher: late{w.web, two, free}, Relater: related.New(w.library, w.clock), Clock: w.clock, Workers: 4})
		answered, looks := false, 0
		_, err := r.Run(t.Context(), refresh.Request{}, func(e feeds.Event) {
			switch {
			case e.Kind != feeds.EventRelated:
			case answered:
				looks++
			default:
				answered = true
				close(free) // the clock goes on only when all else waits: without a look, never
			}
		})
		if err != nil || !answered || looks != 1 {
			t.Errorf("answered %v, then %d more looks, %v", answered, looks, err)
		}
	})
}

func TestWhatWasSavedButNotRelatedIsRelatedNextTime(t *testing.T) {
	w := newWorld(t, one, two)
	const storm = "Storm shuts the port of Wexmouth as two cranes fall at the container quay"
	w.web.pages[one] = page{body: rss("One", storm)}
	w.web.pages[two] = page{body: rss("Two", "Two cranes fall in storm, container quay and port of Wexmouth shut")}
	disk := &fullDisk{Library: w.library, related: errors.New("the disk is full")}
	if _, err := w.refresher(disk).Run(t.Context(), refresh.Request{}, nil); err == nil {
		t.Error("the run ended without the library's error")
	}
	if w.total() != 2 {
		t.Fatalf("%d articles saved, want 2", w.total())
	}
	w.run(t.Context(), false) // nothing is due
	stories, err := w.library.Stories(time.Time{})
	if err != nil || len(stories) != 1 || len(stories[0].Articles) != 2 {
		t.Errorf("stories %+v, %v: want one of both articles", stories, err)
	}
}

// stopping is a relater that is told to stop as soon as it is to decide stories.
type stopping struct {
	*related.Engine
	stop func()
}

func (l stopping) AddUntil(ctx context.Context, docs []feeds.Document) (feeds.Relations, []feeds.IndexChange, error) {
	l.stop()
	return l.Engine.AddUntil(ctx, docs)
}

// Who stops a refresh need not wait until all stories are decided: the next one
// does that, of the articles that are in the index already.
func TestStoppingDoesNotWaitForStories(t *testing.T) {
	w := newWorld(t, one, two)
	w.web.pages[one] = page{body: rss("One", "Storm shuts the port of Wexmouth as two cranes fall at the container quay")}
	w.web.pages[two] = page{body: rss("Two", "Two cranes fall in storm, container quay and port of Wexmouth shut")}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	engine := stopping{related.New(w.library, w.clock), stop}
	r := refresh.New(refresh.Options{Library: w.library, Fetcher: w.web, Relater: engine, Clock: w.clock, Workers: 4})
	sum, err := r.Run(ctx, refresh.Request{}, nil)
	if err != nil || !sum.Stopped || sum.New != 2 {
		t.Errorf("the run ended with %+v, %v", sum, err)
	}
	told := func() (articles []int) {
		stories, err := w.library.Stories(time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range stories {
			articles = append(articles, len(s.Articles))
		}
		return articles
	}
	if got := told(); slices.Contains(got, 2) {
		t.Errorf("stories of %v articles were decided nevertheless", got)
	}
	if docs, err := w.library.Unrelated(0, 10); err != nil || len(docs) > 0 {
		t.Errorf("%d articles are to be put into the index again, %v", len(docs), err)
	}
	w.run(t.Context(), false) // nothing is due
	if got := told(); !slices.Equal(got, []int{2}) {
		t.Errorf("stories of %v articles, want one of both", got)
	}
}

// The articles of a feed that was given up are in the related index only until
// the next refresh.
func TestWhatLeftTheLibraryLeavesTheIndex(t *testing.T) {
	w := newWorld(t, one, two)
	w.web.pages[one] = page{body: rss("One", "Bridge at Ostrey closed for months", "Ferry to Skerry cancelled again")}
	w.web.pages[two] = page{body: rss("Two", "Ostrey bridge stays closed for months", "Skerry ferry cancelled once more")}
	w.run(t.Context(), true)
	size := func() (n int) {
		err := w.library.ViewIndex(func(v feeds.IndexView) error {
			v.Scan([]byte{0}, []byte{0xff}, func(k, b []byte) bool { n += len(b); return true })
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	was := size()
	gone := w.subscription(two)
	if err := w.library.RemoveFeed(gone.ID); err != nil {
		t.Fatal(err)
	}
	if ids, err := w.library.Left(10); err != nil || len(ids) != 2 {
		t.Fatalf("%d articles are to be forgotten, %v", len(ids), err)
	}
	w.run(t.Context(), true)
	if ids, err := w.library.Left(10); err != nil || len(ids) > 0 {
		t.Errorf("%v are still to be forgotten, %v", ids, err)
	}
	if is := size(); is >= was {
		t.Errorf("half of the articles are gone, and the index has %d bytes, had %d", is, was)
	}
	if problems, err := w.library.Check(); err != nil || len(problems) > 0 {
		t.Errorf("check: %v, %v", problems, err)
	}
}

// leaving is a library that loses a feed while its articles are related.
type leaving struct {
	*store.Library
	feed feeds.FeedID
}

func (l leaving) SaveRelations(r feeds.Relations, c []feeds.IndexChange, through feeds.ArticleID) error {
	return errors.Join(l.RemoveFeed(l.feed), l.Library.SaveRelations(r, c, through))
}

func TestWhatLeavesWhileItIsRelatedLeavesTheIndex(t *testing.T) {
	w := newWorld(t, one, two)
	w.web.pages[one] = page{body: rss("One", "Bridge at Ostrey closed for months")}
	w.web.pages[two] = page{body: rss("Two", "Ostrey bridge stays closed for months")}
	if _, err := w.refresher(leaving{w.library, w.subscription(two).ID}).Run(t.Context(), refresh.Request{}, nil); err != nil {
		t.Fatal(err)
	}
	engine := related.New(w.library, w.clock)
	for id := range feeds.ArticleID(2) {
		if rows, err := engine.Related(id+1, 10); err != nil || len(rows) > 0 {
			t.Errorf("beside article %d there is %v, %v: want nothing, the other has left", id+1, rows, err)
		}
	}
}

func TestAnEditedArticleIsRelatedAnew(t *testing.T) {
	w := newWorld(t, one, two)
	const storm = "Two cranes fall in storm, container quay and port of Wexmouth shut"
	w.web.pages[one] = page{body: rss("One", storm)}
	w.web.pages[two] = page{body: rss("Two", "To be announced")}
	w.run(t.Context(), true)
	w.web.pages[two] = page{body: rss("Two", "Storm shuts the port of Wexmouth as two cranes fall at the container quay")}
	w.run(t.Context(), true)
	stories, err := w.library.Stories(time.Time{})
	if err != nil || len(stories) != 1 || len(stories[0].Articles) != 2 {
		t.Errorf("stories %+v, %v: want one of both articles", stories, err)
	}
}

func TestACorrectionOutlivesTheNextRefresh(t *testing.T) {
	w := newWorld(t, one, two)
	w.web.pages[one] = page{body: rss("One", "Storm shuts the port of Wexmouth as two cranes fall at the container quay")}
	w.web.pages[two] = page{body: rss("Two", "Two cranes fall in storm, container quay and port of Wexmouth shut")}
	w.run(t.Context(), true)
	stories := func() int {
		t.Helper()
		list, err := w.library.Stories(time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		return len(list)
	}
	r := w.refresher(w.library)
	for _, c := range []struct {
		same bool
		want int
	}{{false, 2}, {true, 1}, {false, 2}} {
		if err := r.Correct([]feeds.Correction{{A: 1, B: 2, Same: c.same}}); err != nil {
			t.Fatal(err)
		}
		if got := stories(); got != c.want {
			t.Fatalf("told %t, there are %d stories, want %d", c.same, got, c.want)
		}
	}
	w.web.pages[one] = page{body: rss("One", "Storm shuts the port of Wexmouth as two cranes fall at the container quay", "A recipe for marmalade")}
	w.run(t.Context(), true)
	if got := stories(); got != 3 {
		t.Errorf("after a refresh there are %d stories, want 3", got)
	}
}

// editing is a library in which an article gets another title after it was given to
// be related, before what that found is stored.
type editing struct {
	*store.Library
	from, to string
	last     []feeds.Fetched
}

func (l *editing) SaveFetched(batch []feeds.Fetched) ([]feeds.Stored, error) {
	l.last = append(l.last, batch...)
	return l.Library.SaveFetched(batch)
}

func (l *editing) SaveRelations(r feeds.Relations, c []feeds.IndexChange, through feeds.ArticleID) error {
	for _, f := range l.last {
		for i := range f.Entries {
			if f.Entries[i].Title == l.from {
				f.Entries[i].Title = l.to
			}
		}
	}
	_, err := l.Library.SaveFetched(l.last)
	return errors.Join(err, l.Library.SaveRelations(r, c, through))
}

func TestAnEditWhileArticlesWaitIsNotLost(t *testing.T) {
	w := newWorld(t, one, two)
	w.web.pages[one] = page{body: rss("One", "Two cranes fall in storm, container quay and port of Wexmouth shut")}
	w.web.pages[two] = page{body: rss("Two", "To be announced")}
	l := &editing{Library: w.library, from: "To be announced", to: "Storm shuts the port of Wexmouth as two cranes fall at the container quay"}
	if _, err := w.refresher(l).Run(t.Context(), refresh.Request{}, nil); err != nil {
		t.Fatal(err)
	}
	w.run(t.Context(), false) // nothing is due
	stories, err := w.library.Stories(time.Time{})
	if err != nil || len(stories) != 1 || len(stories[0].Articles) != 2 {
		t.Errorf("stories %+v, %v: want one of both articles", stories, err)
	}
}

// A word of the reader's that cannot be stored makes the relater forget what it
// holds, which is not what the refresh gave it.
func TestAFailedCorrectionLosesNoArticle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, one, two)
		w.web.pages[one] = page{body: rss("One", "Two cranes fall in storm, container quay and port of Wexmouth shut")}
		w.web.pages[two] = page{body: rss("Two", "Storm shuts the port of Wexmouth as two cranes fall at the container quay")}
		disk := &fullDisk{Library: w.library, related: errors.New("the disk is full")}
		r := w.refresher(disk)
		if _, err := r.Run(t.Context(), refresh.Request{}, nil); err == nil {
			t.Error("the run ended without the library's error")
		}
		corrected := false
		w.web.before = func(string) {
			synctest.Wait() // until what was left behind is taken
			if !corrected {
				corrected = true
				if err := r.Correct([]feeds.Correction{{A: 1, B: 2, Same: true}}); err == nil {
					t.Error("the correction ended without the library's error")
				}
				disk.related = nil
			}
		}
		if _, err := r.Run(t.Context(), refresh.Request{Force: true, Feeds: []feeds.FeedID{w.subscription(one).ID}}, nil); err != nil || !corrected {
			t.Errorf("corrected %v, then %v", corrected, err)
		}
		stories, err := w.library.Stories(time.Time{})
		if err != nil || len(stories) != 1 || len(stories[0].Articles) != 2 {
			t.Errorf("stories %+v, %v: want one of both articles", stories, err)
		}
	})
}
