package store

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"broadsheet/feeds"
)

// The model is what the library should be, in the plainest way: maps, and a
// linear scan for every question.
type model struct {
	feeds    []feeds.Feed // in the order in which they were added
	lastFeed feeds.FeedID
	articles map[feeds.ArticleID]*modelArticle
	known    map[string]feeds.ArticleID // feed and key
	last     feeds.ArticleID
	through  feeds.ArticleID
	revised  map[feeds.ArticleID]bool // since they were related
	unseen   map[feeds.ArticleID]bool // revised since they were given to be
}

type modelArticle struct {
	feeds.Article
	feeds.Status
	body      feeds.Body
	revisions []feeds.Revision
	since     time.Time
	story     feeds.StoryID
	copies    []feeds.ArticleID
}

func newModel() *model {
	return &model{articles: map[feeds.ArticleID]*modelArticle{}, known: map[string]feeds.ArticleID{}, revised: map[feeds.ArticleID]bool{}, unseen: map[feeds.ArticleID]bool{}}
}

func (m *model) save(f feeds.Feed, entries []feeds.Entry, now time.Time) (s feeds.Stored) {
	seen := map[string]bool{}
	var distinct []feeds.Entry
	for _, e := range entries {
		if !seen[e.Key] {
			seen[e.Key] = true
			distinct = append(distinct, e)
		}
	}
	for _, e := range slices.Backward(distinct) {
		key := fmt.Sprint(f.ID, "/", e.Key)
		id, known := m.known[key]
		if !known {
			m.last++
			m.known[key] = m.last
			m.articles[m.last] = &modelArticle{
				Article: feeds.Article{
					ID: m.last, Feed: f.ID, Outlet: f.Outlet, URL: e.URL, Title: e.Title, Published: e.Published,
					Fetched: now, Excerpt: e.Excerpt, Words: e.Words,
				},
				body: e.Body, since: now, story: feeds.StoryID(m.last),
			}
			s.New = append(s.New, m.last)
			continue
		}
		a := m.articles[id]
		if a == nil {
			continue
		}
		folded := func(s string) string { return strings.Join(strings.Fields(s), " ") }
		if folded(a.Title) != folded(e.Title) || folded(a.body.Text) != folded(e.Body.Text) {
			a.revisions = append(a.revisions, feeds.Revision{Title: a.Title, Body: a.body, Fetched: a.since})
			a.Revisions++
			m.revised[a.ID], m.unseen[a.ID] = true, true
			a.since = now
			s.Updated = append(s.Updated, id)
		}
		a.Title, a.body, a.URL, a.Excerpt, a.Words = e.Title, e.Body, e.URL, e.Excerpt, e.Words
	}
	return s
}

func (m *model) remove(id feeds.FeedID) {
	m.feeds = slices.DeleteFunc(m.feeds, func(f feeds.Feed) bool { return f.ID == id })
	leaving := m.view(feeds.View{Kind: feeds.ViewFeed, Feed: id})
	for _, a := range leaving {
		aid := a.ID
		if a.Saved {
			continue
		}
		m.bequeath(a)
		delete(m.articles, aid)
		delete(m.revised, aid)
		delete(m.unseen, aid)
		for _, other := range m.articles {
			other.copies = slices.DeleteFunc(other.copies, func(c feeds.ArticleID) bool { return c == aid })
		}
	}
}

func (m *model) in(v feeds.View, a *modelArticle) bool {
	switch v.Kind {
	case feeds.ViewUnread:
		return !a.Read
	case feeds.ViewSaved:
		if !a.Saved {
			return false
		}
	case feeds.ViewFeed:
		if a.Feed != v.Feed {
			return false
		}
	case feeds.ViewFolder:
		if !slices.ContainsFunc(m.feeds, func(f feeds.Feed) bool { return f.ID == a.Feed && f.Folder == v.Folder }) {
			return false
		}
	}
	return !v.Unread || !a.Read
}

// newestFirst is the order of every view.
func newestFirst(a, b *modelArticle) int {
	return cmp.Or(feeds.When(b.Article).Compare(feeds.When(a.Article)), cmp.Compare(b.ID, a.ID))
}

func (m *model) view(v feeds.View) (list []*modelArticle) {
	for _, a := range m.articles {
		if m.in(v, a) {
			list = append(list, a)
		}
	}
	slices.SortFunc(list, newestFirst)
	return list
}

func (m *model) items(list []*modelArticle) []feeds.Item {
	items := make([]feeds.Item, len(list))
	for i, a := range list {
		items[i] = feeds.Item{Article: a.Article, Status: a.Status, Story: a.story, Watch: m.watch(a.story), Copies: nil}
		if len(a.copies) > 0 {
			items[i].Copies = a.copies
		}
	}
	return items
}

func (m *model) page(v feeds.View, from feeds.Cursor, limit int, back bool) []feeds.Item {
	list := m.view(v)
	after := func(a *modelArticle) bool { // the article comes after the cursor
		if from == (feeds.Cursor{}) {
			return true
		}
		w := feeds.When(a.Article).Unix()
		return w < from.When || w == from.When && a.ID < from.ID
	}
	at := func(a *modelArticle) bool { return feeds.At(a.Article) == from }
	if back {
		list = slices.DeleteFunc(list, func(a *modelArticle) bool { return after(a) || at(a) })
		return m.items(list[max(0, len(list)-limit):])
	}
	list = slices.DeleteFunc(list, func(a *modelArticle) bool { return !after(a) })
	return m.items(list[:min(limit, len(list))])
}

func (m *model) search(q string) []feeds.Item {
	hasWords := func(text string) bool {
		text = " " + strings.ToLower(text) + " "
		words := strings.Fields(q)
		for i, w := range words {
			if i < len(words)-1 {
				w += " "
			}
			if !strings.Contains(text, " "+w) {
				return false
			}
		}
		return true
	}
	var list []*modelArticle
	for _, a := range m.articles {
		if hasWords(a.Title + " " + a.body.Text) {
			list = append(list, a)
		}
	}
	slices.SortFunc(list, func(a, b *modelArticle) int {
		if x, y := hasWords(a.Title), hasWords(b.Title); x != y {
			if x {
				return -1
			}
			return 1
		}
		return newestFirst(a, b)
	})
	return m.items(list)
}

func (m *model) stories(since time.Time) []feeds.Story {
	of := map[feeds.StoryID][]*modelArticle{}
	for _, a := range m.articles {
		of[a.story] = append(of[a.story], a)
	}
	var list []feeds.Story
	latest := map[feeds.StoryID]*modelArticle{}
	for id, articles := range of {
		slices.SortFunc(articles, func(a, b *modelArticle) int { return newestFirst(b, a) })
		last := articles[len(articles)-1]
		s := feeds.Story{ID: id, Watch: m.watch(id), First: feeds.When(articles[0].Article), Latest: feeds.When(last.Article)}
		if s.Latest.Before(since) {
			continue
		}
		latest[id] = last
		titled := false
		s.Lead, s.Title = articles[0].ID, articles[0].Headline()
		for i, a := range articles {
			s.Articles = append(s.Articles, a.ID)
			if slices.ContainsFunc(articles[:i], func(b *modelArticle) bool { return slices.Contains(a.copies, b.ID) }) {
				s.Reprints = append(s.Reprints, a.Outlet)
				continue
			}
			if !slices.Contains(s.Outlets, a.Outlet) {
				s.Outlets = append(s.Outlets, a.Outlet)
			}
			if a.Words > 0 && !titled {
				s.Lead, s.Title, titled = a.ID, a.Headline(), true
			}
		}
		seen := slices.Clone(s.Outlets)
		s.Reprints = slices.DeleteFunc(s.Reprints, func(name string) bool {
			again := slices.Contains(seen, name)
			seen = append(seen, name)
			return again
		})
		list = append(list, s)
	}
	slices.SortFunc(list, func(a, b feeds.Story) int { return newestFirst(latest[a.ID], latest[b.ID]) })
	return list
}
