package ui

import (
	"context"
	"errors"
	"fmt"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh/pages"
	"broadsheet/ui/layout"
	"broadsheet/ui/reader"
	"broadsheet/ui/status"

	tea "charm.land/bubbletea/v2"
)

// An article has two texts: the feed's own, which came with it, and the whole
// one from its page, once that was fetched. Which of them is shown is the
// reader's choice, and is remembered. A page goes on being fetched when the
// reader leaves the article: what comes is kept, and is there at the next look.

// wholes is what goes on about whole texts.
type wholes struct {
	fetching map[feeds.ArticleID]context.CancelFunc // pages under way
	storing  map[feeds.ArticleID]*chore             // choices on their way into the library
}

// leave ends what is under way.
func (w *wholes) leave() {
	for _, cancel := range w.fetching {
		cancel()
	}
}

// text is the one of an article's texts that is shown.
func (b loadedBody) text() feeds.Body {
	if b.whole.Shown() {
		return b.whole.Body
	}
	return b.own
}

// shownItem is the article with the words that are counted for the time left.
func (b loadedBody) shownItem() feeds.Item {
	it := b.item
	it.Whole = b.whole.State
	if b.whole.Shown() {
		it.Words = b.whole.Words
	}
	return it
}

// loadText reads both texts of an article.
func loadText(lib Library, item feeds.Item) (loadedBody, error) {
	b := loadedBody{item: item, whole: feeds.Whole{Article: item.ID, State: item.Whole}}
	var err error
	if b.own, err = lib.Body(item.ID); err == nil && item.Whole != feeds.WholeUnknown {
		b.whole, err = lib.Whole(item.ID)
	}
	if err == nil {
		b.was, err = formerHeadline(lib, item)
	}
	return b, err
}

// tellSource tells the pane where the text of the open article comes from.
func (a *App) tellSource() {
	b := a.article.texts
	_, busy := a.wholes.fetching[a.article.id]
	a.reader.SetSource(a.article.id, reader.Source{State: b.whole.State, Page: b.whole.Shown(), Busy: busy, Reason: b.whole.Reason})
}

// toggleWhole turns to the article's other text, and fetches its page if it is
// not here.
func (a *App) toggleWhole() tea.Cmd {
	switch id, w := a.article.id, a.article.texts.whole; {
	case a.focus != layout.Article || !a.article.loaded:
		return nil
	case a.wholes.fetching[id] != nil:
		a.status.Say(status.Info, "The page is being fetched already.")
		return nil
	case w.Body == (feeds.Body{}):
		return a.fetchWhole(id)
	case w.State == feeds.WholeStale && w.Aside:
		return tea.Batch(a.turn(), a.fetchWhole(id))
	}
	return a.turn()
}

// turn shows the other of the two texts there are.
func (a *App) turn() tea.Cmd {
	id := a.article.id
	a.article.texts.whole.Aside = !a.article.texts.whole.Aside
	return tea.Batch(a.showText(), a.storeShown(id))
}

// showText shows the open article's text anew, as it is known now.
func (a *App) showText() tea.Cmd {
	b := a.article.texts
	a.article.bodies.put(b.item.ID, b)
	a.article.body = b.text()
	a.reader.SetArticle(b.shownItem(), a.deps.Clock())
	a.tellSource()
	a.reader.SetFormer(b.item.ID, b.was)
	return a.render()
}

// storeShown stores which of an article's texts is shown; of several choices the
// last is stored last.
func (a *App) storeShown(id feeds.ArticleID) tea.Cmd {
	held, ok := a.article.bodies.get(id)
	if !ok {
		return nil
	}
	if a.wholes.storing == nil {
		a.wholes.storing = map[feeds.ArticleID]*chore{}
	}
	c := a.wholes.storing[id]
	if c == nil {
		c = &chore{}
		a.wholes.storing[id] = c
	}
	if !c.begin() {
		return nil
	}
	lib, shown := a.deps.Library, !held.whole.Aside
	return func() tea.Msg { return shownMsg{id: id, err: lib.ShowWhole(id, shown)} }
}

func (a *App) tookShown(msg shownMsg) tea.Cmd {
	if msg.err != nil {
		a.fail(msg.err)
	}
	if a.wholes.storing[msg.id].end() {
		return a.storeShown(msg.id)
	}
	delete(a.wholes.storing, msg.id)
	return nil
}

// fetchWhole fetches an article's page.
func (a *App) fetchWhole(id feeds.ArticleID) tea.Cmd {
	if a.wholes.fetching == nil {
		a.wholes.fetching = map[feeds.ArticleID]context.CancelFunc{}
	}
	ctx, cancel := context.WithCancel(context.Background())
	a.wholes.fetching[id] = cancel
	a.tellSource()
	fetcher := a.deps.Pages
	return func() tea.Msg {
		defer cancel()
		w, err := fetcher.Whole(ctx, id)
		return wholeMsg{id: id, whole: w, fetched: true, err: err}
	}
}

// readWhole reads what the library has of an article's whole text, which a
// packing may have brought.
func (a *App) readWhole(id feeds.ArticleID) tea.Cmd {
	lib := a.deps.Library
	return func() tea.Msg {
		w, err := lib.Whole(id)
		return wholeMsg{id: id, whole: w, err: err}
	}
}

// tookWhole takes in what a page came to, wherever the reader is by now.
func (a *App) tookWhole(msg wholeMsg) tea.Cmd {
	if msg.fetched {
		delete(a.wholes.fetching, msg.id)
	}
	open := a.article.id == msg.id && a.article.loaded
	if msg.err != nil {
		if open {
			a.tellSource()
		}
		switch {
		case errors.Is(msg.err, context.Canceled):
		case errors.Is(msg.err, pages.ErrOffline):
			a.status.Say(status.Warning, sentenceOf(msg.err))
		default:
			a.fail(msg.err)
		}
		return nil
	}
	a.markWhole(msg.id, msg.whole.State)
	if held, ok := a.article.bodies.get(msg.id); ok {
		msg.whole.Aside = held.whole.Aside // may be on its way into the library yet
		held.whole = msg.whole
		a.article.bodies.put(msg.id, held)
	}
	if !open {
		return nil
	}
	a.article.texts.whole = msg.whole
	return a.showText()
}

// markWhole shows in the lists whether an article can be read in full offline.
func (a *App) markWhole(id feeds.ArticleID, state feeds.WholeState) {
	a.headlines.SetWhole(id, state)
	a.sidebar.SetWhole(id, state)
	a.article.related.each(func(r relatedRows) { r.setWhole(id, state) })
}

// toggleAlwaysWhole wants whole texts of the feeds of the view always, or of the
// feed of the article that is being read; or no longer.
func (a *App) toggleAlwaysWhole() tea.Cmd {
	if a.deps.Copy {
		a.status.Say(status.Info, "This is a copy; choose it in the Broadsheet that has the library open, or with broadsheet feeds --whole.")
		return nil
	}
	ids := a.feeds.Feeds(a.view)
	if item, ok := a.reader.Article(); ok && (a.focus == layout.Article || a.focus == layout.Related) {
		ids = []feeds.FeedID{item.Feed}
	}
	first, ok := feeds.Subscription{}, false
	if len(ids) > 0 {
		first, ok = a.feeds.Feed(feeds.View{Kind: feeds.ViewFeed, Feed: ids[0]})
	}
	if !ok {
		a.status.Say(status.Info, "Choose a feed or a folder first, or open one of its articles.")
		return nil
	}
	wanted := !first.WholeText
	whose := first.Title
	if len(ids) > 1 {
		whose = fmt.Sprintf("these %d feeds", len(ids))
	}
	a.feeds.SetWholeText(ids, wanted)
	text := "The whole texts of " + whose + " are fetched after each refresh from now on."
	if !wanted {
		text = "The whole texts of " + whose + " are no longer fetched; those that are here stay."
	}
	lib := a.deps.Library
	return func() tea.Msg { return alwaysMsg{text: text, wanted: wanted, err: lib.SetWholeText(ids, wanted)} }
}

// tookAlways tells that a choice for feeds is stored, and begins to act on it.
func (a *App) tookAlways(msg alwaysMsg) tea.Cmd {
	a.said(saidMsg{text: msg.text, err: msg.err})
	if msg.err != nil {
		return a.loadFeeds()
	}
	if !msg.wanted {
		return nil
	}
	return a.prefetch()
}
