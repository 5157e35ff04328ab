package cli

import (
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/rank"
	"broadsheet/feeds/related"
)

// ranked are the stories with an article since then, best first; the ones a
// single article makes up only if lone.
func (s *session) ranked(l Library, since time.Time, lone bool) ([]feeds.Story, error) {
	all, err := l.Stories(since)
	if err != nil {
		return nil, err
	}
	ranked := rank.Front(all, s.Clock())
	if lone {
		return ranked, nil
	}
	several := ranked[:0]
	for _, st := range ranked {
		if len(st.Articles) > 1 {
			several = append(several, st)
		}
	}
	return several, nil
}

// relatedItem is a related article with what a row shows of it.
type relatedItem struct {
	feeds.Related
	item feeds.Item
}

// relater returns a function that finds an article's related rows.
func (s *session) relater(l Library) func(feeds.ArticleID, int) ([]relatedItem, error) {
	engine := related.New(l, s.Clock)
	return func(id feeds.ArticleID, limit int) ([]relatedItem, error) {
		found, err := engine.Related(id, limit)
		if err != nil {
			return nil, err
		}
		which := make([]feeds.ArticleID, len(found))
		for i, r := range found {
			which[i] = r.Article
		}
		items, err := l.Items(which)
		if err != nil {
			return nil, err
		}
		byID := make(map[feeds.ArticleID]feeds.Item, len(items))
		for _, i := range items {
			byID[i.ID] = i
		}
		rows := make([]relatedItem, 0, len(found))
		for _, r := range found {
			if i, ok := byID[r.Article]; ok {
				rows = append(rows, relatedItem{r, i})
			}
		}
		return rows, nil
	}
}
