package pages

import (
	"context"

	"broadsheet/feeds"
	"broadsheet/feeds/rank"
)

// How much belongs to what is packed.
const (
	relatedRows = 8   // of an article, coverage first
	pageRows    = 200 // articles read from a view at a time
)

// unread are the unread articles of a view. The front page's are the leads of
// its stories, as its headlines show them.
func (k *Keeper) unread(view feeds.View, limit int) ([]feeds.ArticleID, error) {
	ids := []feeds.ArticleID{} // not nil: nothing unread is not "see the view"
	if view.Kind == feeds.ViewFront {
		stories, err := k.o.Library.Stories(k.o.Clock().Add(-rank.Span))
		if err != nil {
			return nil, err
		}
		for _, s := range rank.Front(stories, k.o.Clock()) {
			if len(ids) == limit {
				break
			}
			lead, err := k.o.Library.Items([]feeds.ArticleID{s.Lead})
			if err != nil {
				return nil, err
			}
			if len(lead) > 0 && !lead[0].Read {
				ids = append(ids, s.Lead)
			}
		}
		return ids, nil
	}
	view.Unread = true
	for from := (feeds.Cursor{}); len(ids) < limit; {
		items, err := k.o.Library.Page(view, from, min(limit-len(ids), pageRows), false)
		if err != nil {
			return nil, err
		}
		if len(items) == 0 {
			break
		}
		for _, it := range items {
			ids = append(ids, it.ID)
		}
		from = feeds.At(items[len(items)-1].Article)
	}
	return ids, nil
}

// plan settles what is to be fetched, and reports what need not be.
func (p *packing) plan(ctx context.Context) ([]job, error) {
	subscriptions, err := p.o.Library.Subscriptions()
	if err != nil {
		return nil, err
	}
	home := homes(subscriptions)
	related, err := p.related(ctx)
	if err != nil {
		return nil, err
	}
	items, err := p.o.Library.Items(append(p.q.Articles[:len(p.q.Articles):len(p.q.Articles)], related...))
	if err != nil {
		return nil, err
	}
	asked := make(map[feeds.ArticleID]bool, len(p.q.Articles))
	for _, id := range p.q.Articles {
		asked[id] = true
	}
	var jobs []job
	var there []Outcome
	at := map[string]int{} // of each address in jobs
	planned := map[feeds.ArticleID]bool{}
	for _, it := range items {
		if planned[it.ID] {
			continue
		}
		planned[it.ID] = true
		if it.Whole.Settled() {
			o := Outcome{Article: it.ID, URL: it.URL, Related: !asked[it.ID], Status: Kept, State: it.Whole}
			if it.Whole == feeds.WholeNone {
				w, err := p.o.Library.Whole(it.ID)
				if err != nil {
					return nil, err
				}
				o.Status, o.Error = None, w.Reason
			}
			there = append(there, o)
			continue
		}
		if i, known := at[it.URL]; known && it.URL != "" {
			jobs[i].items = append(jobs[i].items, it)
			jobs[i].related = jobs[i].related && !asked[it.ID]
			continue
		}
		at[it.URL] = len(jobs)
		jobs = append(jobs, job{url: it.URL, home: home[it.Feed], items: []feeds.Item{it}, related: !asked[it.ID]})
	}
	p.total = len(planned)
	p.say(Event{Kind: EventStarted})
	for _, o := range there {
		p.outcome(o)
	}
	return jobs, nil
}

// related are the articles most related to those asked for.
func (p *packing) related(ctx context.Context) ([]feeds.ArticleID, error) {
	if !p.q.Related || p.o.Relater == nil {
		return nil, nil
	}
	var ids []feeds.ArticleID
	for _, id := range p.q.Articles {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		list, err := p.o.Relater.Related(id, relatedRows)
		if err != nil {
			return nil, err
		}
		for _, r := range list {
			ids = append(ids, r.Article)
		}
	}
	return ids, nil
}

// Bounds of a prefetch: what a reader may open before the next one.
const (
	prefetchOfFeed = 20
	prefetchAll    = 200
	prefetchBytes  = 60 << 20
)

// Prefetch fetches the whole texts of the newest unread articles of those feeds
// whose reader wants them always. It is for the time after a refresh.
func (k *Keeper) Prefetch(ctx context.Context, announce func(Event)) (Summary, error) {
	k.run.Lock()
	defer k.run.Unlock()
	subscriptions, err := k.o.Library.Subscriptions()
	if err != nil {
		return Summary{}, err
	}
	ids := []feeds.ArticleID{}
	for _, s := range subscriptions {
		if !s.WholeText || s.Unread == 0 {
			continue
		}
		items, err := k.o.Library.Page(feeds.View{Kind: feeds.ViewFeed, Feed: s.ID, Unread: true}, feeds.Cursor{}, prefetchOfFeed, false)
		if err != nil {
			return Summary{}, err
		}
		for _, it := range items {
			wanted, err := k.wanted(it)
			if err != nil {
				return Summary{}, err
			}
			if wanted && len(ids) < prefetchAll {
				ids = append(ids, it.ID)
			}
		}
	}
	if len(ids) == 0 {
		return Summary{}, nil
	}
	return k.fetchAll(ctx, Request{Articles: ids, MaxBytes: prefetchBytes}, announce)
}

// wanted reports whether a page is to be fetched without anyone asking.
func (k *Keeper) wanted(it feeds.Item) (bool, error) {
	if it.Whole.Settled() {
		return false, nil
	}
	w, err := k.o.Library.Whole(it.ID)
	return err == nil && due(w, k.o.Clock()), err
}
