package ui

import (
	"cmp"
	"math"
	"slices"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/rank"
	"broadsheet/ui/headlines"
)

// How much of a view is loaded.
const (
	pageRows    = 200 // rows at a time
	frontLength = 200 // stories on the front page

	growthTime    = 3 * time.Hour // a story has grown by what came since
	growthCounted = 24            // so many articles at most
)

// place says where the cursor goes when rows come.
type place uint8

const (
	stay place = iota // on the row it is on
	toFirst
	toLast
	toAnchor
)

// window is a part of a view, loaded.
type window struct {
	rows   []headlines.Row
	edges  headlines.Edges
	counts feeds.Counts
	anchor feeds.ArticleID
	muted  int // stories that are not on the front page because they are muted
}

// wanted says which part of a view to load.
type wanted struct {
	place  place
	anchor feeds.Cursor      // for toAnchor, and for stay in the middle of a view
	held   []feeds.ArticleID // rows that stay even if the view has lost them, such as an unread one just read
	rows   int               // at least so many
}

// endOfView is the place after every article.
var endOfView = feeds.Cursor{When: math.MinInt64}

// loader reads what the headlines show. It runs in commands.
type loader struct {
	lib Library
	now time.Time
}

// load reads a part of a view.
func (l loader) load(v feeds.View, w wanted) (window, error) {
	if v.Kind.OfStories() {
		return l.stories(v)
	}
	items, edges, err := l.page(v, w)
	if err != nil {
		return window{}, err
	}
	items, err = l.keep(items, edges, w.held)
	if err != nil {
		return window{}, err
	}
	rows, err := l.rows(items)
	if err != nil {
		return window{}, err
	}
	counts, err := l.lib.Count(v)
	return window{rows: rows, edges: edges, counts: counts, anchor: w.anchor.ID}, err
}

func (l loader) page(v feeds.View, w wanted) ([]feeds.Item, headlines.Edges, error) {
	limit := max(pageRows, w.rows)
	switch {
	case w.place == toLast:
		items, err := l.lib.Page(v, endOfView, pageRows, true)
		return items, headlines.Edges{Start: len(items) < pageRows, End: true}, err
	case w.anchor != feeds.Cursor{}:
		before, err := l.lib.Page(v, w.anchor, limit/2, true)
		if err != nil {
			return nil, headlines.Edges{}, err
		}
		after, err := l.lib.Page(v, w.anchor, limit, false)
		if err != nil {
			return nil, headlines.Edges{}, err
		}
		anchor, err := l.lib.Items([]feeds.ArticleID{w.anchor.ID})
		return slices.Concat(before, anchor, after), headlines.Edges{Start: len(before) < limit/2, End: len(after) < limit}, err
	}
	items, err := l.lib.Page(v, feeds.Cursor{}, limit, false)
	return items, headlines.Edges{Start: true, End: len(items) < limit}, err
}

// keep adds the held articles that lie within the part loaded.
func (l loader) keep(items []feeds.Item, edges headlines.Edges, held []feeds.ArticleID) ([]feeds.Item, error) {
	have := make(map[feeds.ArticleID]bool, len(items))
	for _, it := range items {
		have[it.ID] = true
	}
	missing := slices.DeleteFunc(slices.Clone(held), func(id feeds.ArticleID) bool { return have[id] })
	if len(missing) == 0 {
		return items, nil
	}
	kept, err := l.lib.Items(missing)
	if err != nil {
		return nil, err
	}
	for _, it := range kept {
		within := (edges.Start || len(items) > 0 && newestFirst(it, items[0]) > 0) &&
			(edges.End || len(items) > 0 && newestFirst(it, items[len(items)-1]) < 0)
		if within {
			items = append(items, it)
		}
	}
	slices.SortStableFunc(items, newestFirst)
	return items, nil
}

// newestFirst is the order of a view.
func newestFirst(a, b feeds.Item) int {
	return cmp.Or(cmp.Compare(feeds.At(b.Article).When, feeds.At(a.Article).When), cmp.Compare(b.ID, a.ID))
}

// more reads the rows beyond a cursor.
func (l loader) more(v feeds.View, from feeds.Cursor, back bool) ([]headlines.Row, bool, error) {
	items, err := l.lib.Page(v, from, pageRows, back)
	if err != nil {
		return nil, false, err
	}
	rows, err := l.rows(items)
	return rows, len(items) < pageRows, err
}

// rows prepares articles for drawing, each with the size of its story.
func (l loader) rows(items []feeds.Item) ([]headlines.Row, error) {
	rows := make([]headlines.Row, 0, len(items))
	outlets := map[feeds.StoryID][]string{}
	for _, it := range items {
		names, known := outlets[it.Story]
		if !known && it.Story != 0 {
			s, err := l.lib.Story(it.Story)
			if err != nil {
				return nil, err
			}
			names = s.Outlets
			outlets[it.Story] = names
		}
		rows = append(rows, headlines.NewRow(it, 0, names))
	}
	return rows, nil
}

// stories reads a view of stories, each by its lead.
func (l loader) stories(v feeds.View) (window, error) {
	w := window{edges: headlines.Edges{Start: true, End: true}}
	var stories []feeds.Story
	var err error
	if v.Kind == feeds.ViewMuted {
		stories, err = l.lib.Watched(feeds.Muted)
	} else {
		stories, w.muted, err = l.front()
	}
	if err != nil {
		return window{}, err
	}
	stories = stories[:min(len(stories), frontLength)]
	ids := make([]feeds.ArticleID, len(stories))
	for i, s := range stories {
		ids[i] = s.Lead
	}
	leads, err := itemsByID(l.lib, ids)
	if err != nil {
		return window{}, err
	}
	for _, s := range stories {
		lead, ok := leads[s.Lead]
		if !ok || v.Unread && lead.Read && s.Watch != feeds.Followed {
			continue
		}
		t, err := l.telling(s)
		if err != nil {
			return window{}, err
		}
		if v.Unread && lead.Read && len(t.Unread) == 0 {
			continue
		}
		w.rows = append(w.rows, headlines.NewRow(lead, s.ID, s.Outlets).Telling(t))
	}
	w.counts = feeds.Counts{Total: len(w.rows)}
	return w, nil
}

// front are the stories of the front page: those that are followed, however old,
// the latest first; then those of the last days, ranked. It counts those that
// are not there because they are muted.
func (l loader) front() (stories []feeds.Story, muted int, err error) {
	followed, err := l.lib.Watched(feeds.Followed)
	if err != nil {
		return nil, 0, err
	}
	recent, err := l.lib.StorySizes(l.now.Add(-rank.Span))
	if err != nil {
		return nil, 0, err
	}
	there := make(map[feeds.StoryID]bool, len(followed))
	for _, s := range followed {
		there[s.ID] = true
	}
	recent = slices.DeleteFunc(recent, func(s feeds.StorySize) bool {
		if s.Watch == feeds.Muted {
			muted++
		}
		return s.Watch != feeds.Unwatched || there[s.ID]
	})
	best, err := rank.Best(recent, frontLength, l.now, l.lib.StoriesOf)
	return slices.Concat(followed, best), muted, err
}

// telling is what is said of a story beside its headline.
func (l loader) telling(s feeds.Story) (headlines.Telling, error) {
	t := headlines.Telling{Title: s.Title, Tells: s.Articles, Latest: s.Latest, Reprints: s.Reprints}
	if s.Watch == feeds.Followed {
		news, err := unreadOf(l.lib, s)
		if err != nil {
			return t, err
		}
		for _, it := range news {
			t.Unread = append(t.Unread, it.ID)
		}
	}
	if len(s.Outlets) < 2 {
		return t, nil
	}
	t.First, t.Since = s.Outlets[0], s.First
	from := l.now.Add(-growthTime)
	if s.Latest.Before(from) || !s.First.Before(from) {
		return t, nil
	}
	items, err := l.lib.Items(s.Articles[max(0, len(s.Articles)-growthCounted):])
	if err != nil {
		return t, err
	}
	counted := map[feeds.ArticleID]bool{}
	for _, it := range items {
		again := slices.ContainsFunc(it.Copies, func(id feeds.ArticleID) bool { return counted[id] })
		if counted[it.ID] = true; !again && !feeds.When(it.Article).Before(from) {
			t.Grew++
		}
	}
	return t, nil
}

// unreadOf are the unread articles of a story; of those with the same text one.
func unreadOf(lib Library, s feeds.Story) ([]feeds.Item, error) {
	items, err := lib.Items(s.Articles[max(0, len(s.Articles)-storyLimit):])
	if err != nil {
		return nil, err
	}
	counted := map[feeds.ArticleID]bool{}
	return slices.DeleteFunc(items, func(it feeds.Item) bool {
		if it.Read || slices.ContainsFunc(it.Copies, func(id feeds.ArticleID) bool { return counted[id] }) {
			return true
		}
		counted[it.ID] = true
		return false
	}), nil
}
