package store

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

// words of the random articles: few, so that they meet.
var modelWords = strings.Fields("flood river storm minister court strike vote market goal fire bridge school farm mine coast train")

func randomText(r *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		words[i] = modelWords[r.IntN(len(modelWords))]
	}
	return strings.Join(words, " ")
}

func randomEntry(r *rand.Rand) feeds.Entry {
	text := randomText(r, r.IntN(30))
	key := fmt.Sprint("key", r.IntN(40))
	title := randomText(r, r.IntN(4))
	if title != "" {
		title += " of " + key // the model knows nothing of loose ids
	}
	e := feeds.Entry{
		Key: key, Title: title, URL: fmt.Sprint("https://x.example/", r.IntN(3)),
		Body: feeds.Body{Markdown: text, Text: text}, Words: len(strings.Fields(text)),
	}
	switch r.IntN(4) {
	case 0: // no date
	case 1:
		e.Published = testNow.Add(time.Duration(r.IntN(3)-1) * time.Hour) // collides, or lies ahead
	case 2:
		e.Published = time.Unix(int64(r.IntN(5)-3), 0).UTC() // about 1970
	default:
		e.Published = testNow.Add(-time.Duration(r.IntN(300)) * time.Minute)
	}
	if r.IntN(5) == 0 {
		e.Body.Markdown = "**" + text + "**"
	}
	return e
}

// TestLibraryAgreesWithTheModel does random things to a library and to the
// model and asks both everything.
func TestLibraryAgreesWithTheModel(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed", seed), func(t *testing.T) {
			l, m := newTestLibrary(t), newModel()
			r := rand.New(rand.NewPCG(seed, 1))
			for range 120 {
				oneStep(t, l, m, r)
				l.now = l.now.Add(time.Duration(r.IntN(90)) * time.Second)
			}
			compare(t, l, m, r)
		})
	}
}

func oneStep(t *testing.T, l *testLibrary, m *model, r *rand.Rand) {
	t.Helper()
	switch n := r.IntN(22); {
	case n == 0 || len(m.feeds) == 0:
		m.addFeeds(t, l, r)
	case n == 1 && len(m.feeds) > 3:
		id := m.feeds[r.IntN(len(m.feeds))].ID
		if err := l.RemoveFeed(id); err != nil {
			t.Fatal(err)
		}
		m.remove(id)
	case n < 8:
		m.saveSome(t, l, r)
	case n < 12:
		m.setSome(t, l, r)
	case n == 12:
		m.markSome(t, l, r)
	case n < 16:
		m.relateSome(t, l, r)
	case n == 16:
		l.reopen()
		clear(m.unseen)
	case n == 17:
		if _, err := l.mergeSome(); err != nil {
			t.Fatal(err)
		}
	case n == 18 || n == 19:
		m.watchSome(t, l, r)
	default:
		compare(t, l, m, r)
	}
}

func (m *model) addFeeds(t *testing.T, l *testLibrary, r *rand.Rand) {
	var list []feeds.Feed
	for range 1 + r.IntN(4) {
		list = append(list, feeds.Feed{
			URL: fmt.Sprint("https://f", r.IntN(12), ".example/feed"), Outlet: fmt.Sprint("Outlet ", r.IntN(4)),
			Folder: fmt.Sprint("Folder ", r.IntN(3)),
		})
	}
	var want []feeds.Feed
	for _, f := range list {
		if slices.ContainsFunc(m.feeds, func(g feeds.Feed) bool { return g.URL == f.URL }) {
			continue
		}
		m.lastFeed++
		f.ID, f.Added = m.lastFeed, l.now
		m.feeds, want = append(m.feeds, f), append(want, f)
	}
	if got, err := l.AddFeeds(list); err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("added %+v, %v; want %+v", got, err, want)
	}
}

func (m *model) saveSome(t *testing.T, l *testLibrary, r *rand.Rand) {
	var batch []feeds.Fetched
	var want []feeds.Stored
	for _, i := range r.Perm(len(m.feeds))[:1+r.IntN(min(3, len(m.feeds)))] {
		f := m.feeds[i]
		var entries []feeds.Entry
		for range r.IntN(12) {
			entries = append(entries, randomEntry(r))
		}
		batch = append(batch, feeds.Fetched{Feed: feeds.Feed{ID: f.ID}, Entries: entries})
		want = append(want, m.save(f, entries, l.now))
	}
	got, err := l.SaveFetched(batch)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("stored %+v, %v; want %+v", got, err, want)
	}
	if again, err := l.SaveFetched(batch); err != nil {
		t.Fatalf("saved again: %v", err)
	} else if n := slices.IndexFunc(again, func(s feeds.Stored) bool { return s.New != nil || s.Updated != nil }); n >= 0 {
		t.Fatalf("saving the same again stored %+v", again)
	}
}

func (m *model) someIDs(r *rand.Rand) (list []feeds.ArticleID) {
	for range r.IntN(10) {
		list = append(list, feeds.ArticleID(r.IntN(int(m.last)+3)))
	}
	return list
}

func (m *model) setSome(t *testing.T, l *testLibrary, r *rand.Rand) {
	var c feeds.StatusChange
	if r.IntN(3) > 0 {
		read := r.IntN(3) > 0
		c.Read = &read
	}
	if r.IntN(3) == 0 {
		saved := r.IntN(3) > 0
		c.Saved = &saved
	}
	list := m.someIDs(r)
	want := m.apply(list, c)
	if got, err := l.SetStatus(list, c); err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("changed %v, %v; want %v", got, err, want)
	}
}

func (m *model) apply(list []feeds.ArticleID, c feeds.StatusChange) (changed []feeds.ArticleID) {
	for _, id := range list {
		if a := m.articles[id]; a != nil {
			was := a.Status
			if a.Status = c.Apply(was); a.Status != was {
				changed = append(changed, id)
			}
		}
	}
	slices.Sort(changed)
	return changed
}

func (m *model) randomView(r *rand.Rand) feeds.View {
	v := feeds.View{Kind: feeds.ViewKind(1 + r.IntN(5)), Unread: r.IntN(2) == 0}
	switch v.Kind {
	case feeds.ViewFeed:
		v.Feed = feeds.FeedID(1 + r.IntN(int(m.lastFeed)+1))
	case feeds.ViewFolder:
		v.Folder = fmt.Sprint("Folder ", r.IntN(4))
	}
	return v
}

func (m *model) markSome(t *testing.T, l *testLibrary, r *rand.Rand) {
	v := m.randomView(r)
	var list []feeds.ArticleID
	for _, a := range m.view(v) {
		list = append(list, a.ID)
	}
	read := true
	want := m.apply(list, feeds.StatusChange{Read: &read})
	if got, err := l.MarkRead(v); err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("marked %v, %v; want %v", got, err, want)
	}
}

func (m *model) relateSome(t *testing.T, l *testLibrary, r *rand.Rand) {
	rel := feeds.Relations{Story: map[feeds.ArticleID]feeds.StoryID{}, Copies: map[feeds.ArticleID][]feeds.ArticleID{}}
	list := m.someIDs(r)
	muted := map[feeds.ArticleID]bool{}
	for id, a := range m.articles {
		muted[id] = m.watch(a.story) == feeds.Muted
	}
	for _, id := range list {
		if a := m.articles[id]; a != nil {
			// Any article founds a story, but a founder does not join another
			// article that has left its own.
			to := feeds.StoryID(1 + r.IntN(int(m.last)))
			rel.Story[id], a.story = to, to
		}
	}
	for id, a := range m.articles { // nothing comes up as new of a story that is muted
		if m.watch(a.story) == feeds.Muted && !muted[id] {
			a.Read = true
		}
	}
	if group := slices.Compact(slices.Sorted(slices.Values(list))); r.IntN(2) == 0 {
		for _, id := range group {
			a := m.articles[id]
			if a == nil {
				continue
			}
			for _, old := range a.copies { // it leaves its old group
				o := m.articles[old]
				o.copies = slices.DeleteFunc(slices.Clone(o.copies), func(c feeds.ArticleID) bool { return c == id })
				rel.Copies[old] = o.copies
			}
			a.copies = nil
		}
		for _, id := range group {
			if a := m.articles[id]; a != nil {
				for _, other := range group {
					if other != id && m.articles[other] != nil {
						a.copies = append(a.copies, other)
					}
				}
				rel.Copies[id] = a.copies
			}
		}
	}
	through := feeds.ArticleID(r.IntN(int(m.last) + 1))
	maps.DeleteFunc(m.revised, func(id feeds.ArticleID, _ bool) bool { return id <= through && !m.unseen[id] })
	m.through = max(m.through, through)
	if err := l.SaveRelations(rel, nil, through); err != nil {
		t.Fatal(err)
	}
}

func compare(t *testing.T, l *testLibrary, m *model, r *rand.Rand) {
	t.Helper()
	agree := func(what string, got any, err error, want any) {
		t.Helper()
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%s:\ngot  %+v, %v\nwant %+v", what, got, err, want)
		}
	}
	for range 12 {
		v, limit, back := m.randomView(r), 1+r.IntN(30), r.IntN(2) == 0
		from := feeds.Cursor{}
		switch list := m.view(v); {
		case len(list) > 0 && r.IntN(3) > 0:
			from = feeds.At(list[r.IntN(len(list))].Article)
		case r.IntN(3) == 0:
			from.When = math.MinInt64
		case r.IntN(2) == 0:
			from = feeds.Cursor{When: testNow.Unix() - int64(r.IntN(20000)), ID: feeds.ArticleID(r.IntN(100))}
		}
		if back && from == (feeds.Cursor{}) {
			from.When = math.MinInt64
		}
		got, err := l.Page(v, from, limit, back)
		agree(fmt.Sprintf("page of %+v from %+v, back %v", v, from, back), got, err, m.page(v, from, limit, back))

		want := feeds.Counts{Total: len(m.view(v))}
		unread := v
		unread.Unread = true
		want.Unread = len(m.view(unread))
		counts, err := l.Count(v)
		agree(fmt.Sprintf("count of %+v", v), counts, err, want)
	}
	list := m.someIDs(r)
	var known []*modelArticle
	for _, id := range list {
		if a := m.articles[id]; a != nil {
			known = append(known, a)
			body, err := l.Body(id)
			agree("body", body, err, a.body)
			revisions, err := l.Revisions(id)
			agree("revisions", revisions, err, a.revisions)
		}
	}
	items, err := l.Items(list)
	agree("items", items, err, m.items(known))

	q := randomText(r, 1+r.IntN(3))
	q = q[:len(q)-r.IntN(3)] // the last word is still being typed
	items, err = l.Search(q, 1000)
	want := m.search(q)
	agree("search for "+q, items, err, want)
	few := 1 + r.IntN(6)
	items, err = l.Search(q, few)
	agree("search for few "+q, items, err, want[:min(few, len(want))])

	since := testNow.Add(-time.Duration(r.IntN(300)) * time.Minute)
	stories, err := l.Stories(since)
	agree("stories", stories, err, m.stories(since))
	m.compareSizes(t, l, since, stories)
	if len(stories) > 0 {
		s := stories[r.IntN(len(stories))]
		one, err := l.Story(s.ID)
		agree("story", one, err, s)
	}
	m.compareWatched(t, l)
	m.compareFeeds(t, l)
	m.compareUnrelated(t, l, r)
}

// compareSizes compares what is told of stories without reading them.
func (m *model) compareSizes(t *testing.T, l *testLibrary, since time.Time, stories []feeds.Story) {
	t.Helper()
	sizes, err := l.StorySizes(since)
	if err != nil || len(sizes) != len(stories) {
		t.Fatalf("%d sizes of %d stories, %v", len(sizes), len(stories), err)
	}
	ids := []feeds.StoryID{feeds.StoryID(maxArticle)} // there is none with this one
	for i, s := range stories {
		if want := (feeds.StorySize{ID: s.ID, Articles: len(s.Articles), Latest: s.Latest, Watch: s.Watch}); sizes[i] != want {
			t.Fatalf("size %d: %+v, want %+v", i, sizes[i], want)
		}
		ids = append(ids, s.ID)
	}
	read, err := l.StoriesOf(ids)
	if err != nil || len(read) != len(stories) || len(read) > 0 && !reflect.DeepEqual(read, stories) {
		t.Fatalf("by their ids:\ngot  %+v, %v\nwant %+v", read, err, stories)
	}
}

func (m *model) compareFeeds(t *testing.T, l *testLibrary) {
	t.Helper()
	var want []feeds.Subscription
	for _, f := range m.feeds {
		all, unread := m.view(feeds.View{Kind: feeds.ViewFeed, Feed: f.ID}), m.view(feeds.View{Kind: feeds.ViewFeed, Feed: f.ID, Unread: true})
		want = append(want, feeds.Subscription{
			Feed: f, Health: feeds.Health{Status: feeds.FetchNever}, Counts: feeds.Counts{Total: len(all), Unread: len(unread)},
		})
	}
	if got, err := l.Subscriptions(); err != nil || !reflect.DeepEqual(got, want) {
		t.Fatalf("subscriptions:\ngot  %+v, %v\nwant %+v", got, err, want)
	}
}

func (m *model) compareUnrelated(t *testing.T, l *testLibrary, r *rand.Rand) {
	t.Helper()
	limit := 1 + r.IntN(20)
	after := feeds.ArticleID(0)
	if r.IntN(2) == 0 {
		after = feeds.ArticleID(r.IntN(int(m.last) + 1))
	}
	var want []feeds.ArticleID
	for _, id := range slices.Sorted(maps.Keys(m.articles)) {
		if id > after && (id > m.through || m.revised[id]) && len(want) < limit {
			want = append(want, id)
		}
	}
	docs, err := l.Unrelated(after, limit)
	maps.DeleteFunc(m.unseen, func(id feeds.ArticleID, _ bool) bool { return after == 0 || slices.Contains(want, id) })
	if err != nil {
		t.Fatal(err)
	}
	var got []feeds.ArticleID
	for _, d := range docs {
		got = append(got, d.ID)
		a := m.articles[d.ID]
		if d.Text != a.body.Text || d.Title != a.Title || d.Outlet != a.Outlet || !d.Published.Equal(a.Published) {
			t.Fatalf("document %+v is not article %+v", d, a)
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("unrelated: got %v, want %v", got, want)
	}
}
