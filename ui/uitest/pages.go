package uitest

import (
	"context"
	"strings"
	"sync"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh/pages"
)

// WholeText is what every page says, unless the test has it otherwise.
const WholeText = "The whole text begins like the other.\n\nIt goes on where that one stopped.\n\nIt ends with the heron."

// Pages fetches pages out of nothing.
type Pages struct {
	Library *Library
	// Fetch says what an article's page comes to; nil: WholeText.
	Fetch func(ctx context.Context, id feeds.ArticleID) (feeds.Whole, error)

	mu sync.Mutex
	// Asked are the articles whose pages were asked for so far.
	Asked []feeds.ArticleID
	// Packed are the packings so far, and Prefetched how many prefetches.
	Packed     []pages.Request
	Prefetched int
}

// Whole fetches one page.
func (p *Pages) Whole(ctx context.Context, id feeds.ArticleID) (feeds.Whole, error) {
	p.mu.Lock()
	p.Asked = append(p.Asked, id)
	p.mu.Unlock()
	w := feeds.Whole{State: feeds.WholeHere, Body: feeds.Body{Markdown: WholeText, Text: WholeText}, Words: len(strings.Fields(WholeText))}
	if p.Fetch != nil {
		var err error
		if w, err = p.Fetch(ctx, id); err != nil {
			return w, err
		}
	}
	w.Article = id
	p.Library.SaveWhole(w)
	return p.Library.Whole(id)
}

// Pack fetches the pages of the articles, or of what is unread of the view.
func (p *Pages) Pack(ctx context.Context, q pages.Request, announce func(pages.Event)) (pages.Summary, error) {
	p.mu.Lock()
	p.Packed = append(p.Packed, q)
	p.mu.Unlock()
	ids := q.Articles
	if ids == nil {
		view := q.View
		view.Unread = true
		if view.Kind == feeds.ViewFront {
			view = feeds.View{Kind: feeds.ViewUnread}
		}
		items, err := p.Library.Page(view, feeds.Cursor{}, 20, false)
		if err != nil {
			return pages.Summary{}, err
		}
		for _, it := range items {
			ids = append(ids, it.ID)
		}
	}
	sum := pages.Summary{}
	announce(pages.Event{Kind: pages.EventStarted, Total: len(ids)})
	for _, id := range ids {
		w, err := p.Whole(ctx, id)
		if err != nil {
			sum.Stopped = ctx.Err() != nil
			break
		}
		o := pages.Outcome{Article: id, Status: pages.Stored, State: w.State, Error: w.Reason}
		sum.Articles++
		if w.State == feeds.WholeHere {
			sum.Stored++
		} else {
			o.Status = pages.None
			sum.None++
		}
		sum.Bytes += 50_000
		announce(pages.Event{Kind: pages.EventArticle, Done: sum.Articles, Total: len(ids), Bytes: sum.Bytes, Outcome: o})
	}
	announce(pages.Event{Kind: pages.EventEnded, Done: sum.Articles, Total: len(ids), Summary: sum})
	return sum, nil
}

// Prefetch only counts.
func (p *Pages) Prefetch(context.Context, func(pages.Event)) (pages.Summary, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Prefetched++
	return pages.Summary{}, nil
}
