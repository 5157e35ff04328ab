package uitest

import (
	"cmp"
	"slices"

	"broadsheet/feeds"
)

// What readers follow and mute.

func (l *Library) watch(story feeds.StoryID) feeds.Watch {
	w := feeds.Unwatched
	for _, id := range l.stories[story] {
		w = w.With(l.articles[id].Bears)
	}
	return w
}

func (l *Library) Watch(id feeds.ArticleID, w feeds.Watch) (back []feeds.StatusOf, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.Broken != nil {
		return nil, l.Broken
	}
	for _, other := range l.stories[l.articles[id].Story] {
		r := l.articles[other]
		was := r.Status
		r.Bears, r.Read = feeds.Unwatched, was.Read || w == feeds.Muted
		if other == id {
			r.Bears = w
		}
		c := feeds.StatusOf{Article: other}
		if r.Bears != was.Bears {
			c.Change.Bears = &was.Bears
		}
		if r.Read != was.Read {
			c.Change.Read = &was.Read
		}
		if r.Status != was {
			back = append(back, c)
		}
	}
	return back, nil
}

func (l *Library) Restate(changes []feeds.StatusOf) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.Broken != nil {
		return l.Broken
	}
	for _, c := range changes {
		r := l.articles[c.Article]
		r.Status = c.Change.Apply(r.Status)
	}
	return nil
}

func (l *Library) Watched(w feeds.Watch) ([]feeds.Story, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []feeds.Story
	for id := range l.stories {
		if s := l.story(id); s.Watch == w {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b feeds.Story) int { return cmp.Or(b.Latest.Compare(a.Latest), cmp.Compare(b.ID, a.ID)) })
	return list, nil
}
