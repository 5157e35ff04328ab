package uitest

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"broadsheet/feeds"
)

// Library is a library in memory. It is safe for concurrent use, as the store
// is. The zero value is empty.
type Library struct {
	mu       sync.Mutex
	feeds    []feeds.Subscription
	articles map[feeds.ArticleID]*record
	order    []*record // newest first
	stories  map[feeds.StoryID][]feeds.ArticleID

	// Broken makes every write fail with it.
	Broken error
	// Reads counts how many articles were handed out.
	Reads int
}

type record struct {
	feeds.Item
	body      feeds.Body
	revisions []feeds.Revision
	bookmark  feeds.Bookmark
	whole     feeds.Whole
}

// Add adds a feed and returns its id.
func (l *Library) Add(f feeds.Feed) feeds.FeedID {
	l.mu.Lock()
	defer l.mu.Unlock()
	f.ID = feeds.FeedID(len(l.feeds) + 1)
	l.feeds = append(l.feeds, feeds.Subscription{Feed: f, Health: feeds.Health{Status: feeds.FetchOK, LastFetch: now}})
	return f.ID
}

// Fail makes a feed one whose last fetch failed.
func (l *Library) Fail(id feeds.FeedID, sentence string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.feeds[id-1].Health = feeds.Health{Status: feeds.FetchFailed, Error: sentence}
}

// Publish adds an article; ID, outlet and story are filled in if they are not
// set. It returns its id.
func (l *Library) Publish(it feeds.Item, markdown string) feeds.ArticleID {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.articles == nil {
		l.articles = map[feeds.ArticleID]*record{}
		l.stories = map[feeds.StoryID][]feeds.ArticleID{}
	}
	it.ID = feeds.ArticleID(len(l.articles) + 1)
	if it.Outlet == "" && it.Feed != 0 {
		it.Outlet = l.feeds[it.Feed-1].Outlet
	}
	if it.Story == 0 {
		it.Story = feeds.StoryID(it.ID)
	}
	it.Words = len(strings.Fields(markdown))
	r := &record{Item: it, body: feeds.Body{Markdown: markdown, Text: markdown}}
	l.articles[it.ID] = r
	at, _ := slices.BinarySearchFunc(l.order, r, byNewest)
	l.order = slices.Insert(l.order, at, r)
	l.stories[it.Story] = append(l.stories[it.Story], it.ID)
	return it.ID
}

// Edit gives an article another headline and text and keeps the earlier ones.
func (l *Library) Edit(id feeds.ArticleID, title, markdown string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.articles[id]
	r.revisions = append(r.revisions, feeds.Revision{Title: r.Title, Body: r.body, Fetched: r.Fetched.Add(time.Duration(r.Revisions) * time.Hour)})
	r.Revisions++
	r.Title, r.body = title, feeds.Body{Markdown: markdown, Text: markdown}
}

// Reprint makes articles copies of each other: the same text.
func (l *Library) Reprint(ids ...feeds.ArticleID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, id := range ids {
		for _, other := range ids {
			if other != id {
				l.articles[id].Copies = append(l.articles[id].Copies, other)
			}
		}
	}
}

// Speak sets the language of an article.
func (l *Library) Speak(id feeds.ArticleID, language string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.articles[id].Language = language
}

// StoryOf is the story an article is in.
func (l *Library) StoryOf(id feeds.ArticleID) feeds.StoryID {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.articles[id].Story
}

// Move puts an article into another story; 0 for one of its own.
func (l *Library) Move(id feeds.ArticleID, to feeds.StoryID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.articles[id]
	l.stories[r.Story] = slices.DeleteFunc(slices.Clone(l.stories[r.Story]), func(o feeds.ArticleID) bool { return o == id })
	if len(l.stories[r.Story]) == 0 {
		delete(l.stories, r.Story)
	}
	if to == 0 {
		to = feeds.StoryID(1000 + id)
	}
	r.Story = to
	l.stories[to] = append(l.stories[to], id)
}

func byNewest(a, b *record) int {
	return cmp.Or(cmp.Compare(feeds.When(b.Article).Unix(), feeds.When(a.Article).Unix()), cmp.Compare(b.ID, a.ID))
}

// Status is an article's status as it is stored.
func (l *Library) Status(id feeds.ArticleID) feeds.Status {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.articles[id].Status
}

func (l *Library) AddFeeds(list []feeds.Feed) ([]feeds.Feed, error) {
	if l.Broken != nil {
		return nil, l.Broken
	}
	for i := range list {
		list[i].ID = l.Add(list[i])
	}
	return list, nil
}

func (l *Library) Subscriptions() ([]feeds.Subscription, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := slices.Clone(l.feeds)
	for _, r := range l.order {
		if r.Feed == 0 {
			continue
		}
		c := &list[r.Feed-1].Counts
		c.Total++
		if !r.Read {
			c.Unread++
		}
	}
	return list, nil
}

func (l *Library) in(v feeds.View, r *record) bool {
	if v.Unread && r.Read {
		return false
	}
	switch v.Kind {
	case feeds.ViewUnread:
		return !r.Read
	case feeds.ViewSaved:
		return r.Saved
	case feeds.ViewFeed:
		return r.Feed == v.Feed
	case feeds.ViewFolder:
		return r.Feed != 0 && l.feeds[r.Feed-1].Folder == v.Folder
	}
	return true
}

func (l *Library) Page(v feeds.View, from feeds.Cursor, limit int, back bool) ([]feeds.Item, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	place := func(r *record) int { // before, at or after the cursor
		if from == (feeds.Cursor{}) {
			return 1
		}
		at := feeds.At(r.Article)
		return cmp.Or(cmp.Compare(from.When, at.When), cmp.Compare(from.ID, at.ID))
	}
	var items []feeds.Item
	for _, r := range l.order {
		if p := place(r); l.in(v, r) && (back && p < 0 || !back && p > 0) {
			items = append(items, l.item(r))
			if !back && len(items) == limit {
				break
			}
		}
	}
	if back {
		items = items[max(0, len(items)-limit):]
	}
	l.Reads += len(items)
	return slices.Clone(items), nil
}

func (l *Library) Count(v feeds.View) (feeds.Counts, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var c feeds.Counts
	for _, r := range l.order {
		if l.in(v, r) {
			c.Total++
			if !r.Read {
				c.Unread++
			}
		}
	}
	return c, nil
}

func (l *Library) Items(ids []feeds.ArticleID) ([]feeds.Item, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var items []feeds.Item
	for _, id := range ids {
		if r, ok := l.articles[id]; ok {
			items = append(items, l.item(r))
		}
	}
	l.Reads += len(items)
	return items, nil
}

func (l *Library) Body(id feeds.ArticleID) (feeds.Body, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if r, ok := l.articles[id]; ok {
		return r.body, nil
	}
	return feeds.Body{}, errors.New("there is no such article")
}

func (l *Library) Revisions(id feeds.ArticleID) ([]feeds.Revision, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if r, ok := l.articles[id]; ok {
		return slices.Clone(r.revisions), nil
	}
	return nil, errors.New("there is no such article")
}

func (l *Library) Bookmark(id feeds.ArticleID) (feeds.Bookmark, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if r, ok := l.articles[id]; ok {
		return r.bookmark, nil
	}
	return feeds.Bookmark{}, nil
}

func (l *Library) SetBookmark(id feeds.ArticleID, m feeds.Bookmark) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.Broken != nil {
		return l.Broken
	}
	l.articles[id].bookmark = m
	return nil
}

func (l *Library) SearchEach(_ context.Context, query string, limit int, give func([]feeds.Item)) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	var items []feeds.Item
	for _, r := range l.order {
		if strings.Contains(strings.ToLower(r.Title+" "+r.body.Text), strings.ToLower(query)) && len(items) < limit {
			items = append(items, l.item(r))
		}
	}
	give(items)
	return nil
}

func (l *Library) StorySizes(since time.Time) ([]feeds.StorySize, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []feeds.StorySize
	for id := range l.stories {
		if s := l.story(id); !s.Latest.Before(since) {
			list = append(list, feeds.StorySize{ID: id, Articles: len(s.Articles), Latest: s.Latest, Watch: s.Watch})
		}
	}
	slices.SortFunc(list, func(a, b feeds.StorySize) int { return cmp.Compare(a.ID, b.ID) })
	return list, nil
}

func (l *Library) StoriesOf(ids []feeds.StoryID) ([]feeds.Story, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []feeds.Story
	for _, id := range ids {
		if len(l.stories[id]) > 0 {
			list = append(list, l.story(id))
		}
	}
	return list, nil
}

func (l *Library) Story(id feeds.StoryID) (feeds.Story, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.story(id), nil
}

func (l *Library) story(id feeds.StoryID) feeds.Story {
	s := feeds.Story{ID: id, Articles: l.stories[id], Watch: l.watch(id)}
	for _, a := range s.Articles {
		r := l.articles[a]
		when := feeds.When(r.Article)
		if s.First.IsZero() || when.Before(s.First) {
			s.First, s.Lead, s.Title = when, a, r.Headline()
		}
		if when.After(s.Latest) {
			s.Latest = when
		}
		if !slices.Contains(s.Outlets, r.Outlet) {
			s.Outlets = append(s.Outlets, r.Outlet)
		}
	}
	return s
}

// Related finds the other articles of the story, and for background those of
// the same feed.
func (l *Library) Related(id feeds.ArticleID, limit int) ([]feeds.Related, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	asked, ok := l.articles[id]
	if !ok {
		return nil, errors.New("there is no such article")
	}
	var list []feeds.Related
	folded := slices.Clone(asked.Copies)
	for _, other := range l.stories[asked.Story] {
		if other != id && !slices.Contains(folded, other) {
			copies := l.articles[other].Copies
			folded = append(folded, copies...)
			apart := l.articles[other].Published.Sub(asked.Published)
			list = append(list, feeds.Related{Article: other, Kind: feeds.Coverage, Score: .8, Why: feeds.Why{Apart: apart}, Copies: copies})
		}
	}
	for _, r := range l.order {
		if len(list) >= min(limit, 6) {
			break
		}
		if r.Feed == asked.Feed && r.Story != asked.Story {
			list = append(list, feeds.Related{Article: r.ID, Kind: feeds.Background, Score: .4, Why: feeds.Why{Apart: r.Published.Sub(asked.Published)}})
		}
	}
	return list[:min(len(list), limit)], nil
}

func (l *Library) SetStatus(ids []feeds.ArticleID, change feeds.StatusChange) ([]feeds.ArticleID, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var changed []feeds.ArticleID
	for _, id := range ids {
		r, ok := l.articles[id]
		if !ok {
			continue
		}
		if s := change.Apply(r.Status); s != r.Status {
			if l.Broken != nil { // what changes nothing is not written
				return nil, l.Broken
			}
			r.Status = s
			changed = append(changed, id)
		}
	}
	return changed, nil
}

func (l *Library) item(r *record) feeds.Item {
	it := r.Item
	it.Watch = l.watch(it.Story)
	return it
}

func (l *Library) CountWatched(w feeds.Watch) (int, error) {
	list, err := l.Watched(w)
	return len(list), err
}

func (l *Library) MarkRead(v feeds.View) ([]feeds.ArticleID, error) {
	l.mu.Lock()
	var ids []feeds.ArticleID
	for _, r := range l.order {
		if l.in(v, r) {
			ids = append(ids, r.ID)
		}
	}
	l.mu.Unlock()
	yes := true
	return l.SetStatus(ids, feeds.StatusChange{Read: &yes})
}

// Whole is what is known of an article's page.
func (l *Library) Whole(id feeds.ArticleID) (feeds.Whole, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r, ok := l.articles[id]
	if !ok {
		return feeds.Whole{}, errors.New("there is no such article")
	}
	r.whole.Article = id
	return r.whole, nil
}

// SaveWhole keeps what became of an article's page.
func (l *Library) SaveWhole(w feeds.Whole) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r := l.articles[w.Article]
	w.Aside = r.whole.Aside
	r.whole, r.Item.Whole = w, w.State
}

func (l *Library) ShowWhole(id feeds.ArticleID, whole bool) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.Broken != nil {
		return l.Broken
	}
	l.articles[id].whole.Aside = !whole
	return nil
}

func (l *Library) SetWholeText(ids []feeds.FeedID, wanted bool) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.Broken != nil {
		return l.Broken
	}
	for _, id := range ids {
		l.feeds[id-1].WholeText = wanted
	}
	return nil
}
