package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/elsewhere"
	"broadsheet/ui/feedlist"
	"broadsheet/ui/markdown"
	"broadsheet/ui/picture"
	"broadsheet/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// aside has a command that brings what nobody waits for go on behind the others, as
// a refresh does, in which it comes a few times a second.
func (a *App) aside(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	leeway := a.deps.Leeway
	return func() (msg tea.Msg) {
		leeway.Aside(func() { msg = cmd() })
		return msg
	}
}

// readFeeds reads the subscriptions and the counts, those of the view shown
// among them.
func readFeeds(lib Library, n number, shown feeds.View) tea.Cmd {
	return func() tea.Msg {
		msg := feedsMsg{n: n, shown: shown}
		var saved, all feeds.Counts
		msg.subscriptions, msg.err = lib.Subscriptions()
		msg.list = feedlist.Sort(msg.subscriptions)
		for _, c := range []struct {
			view feeds.View
			into *feeds.Counts
		}{
			{feeds.View{Kind: feeds.ViewSaved}, &saved},
			{feeds.View{Kind: feeds.ViewAll}, &all},
			{shown, &msg.counts},
		} {
			if msg.err == nil && !c.view.Kind.OfStories() {
				*c.into, msg.err = lib.Count(c.view)
			}
		}
		if msg.err == nil {
			msg.totals.Muted, msg.err = lib.CountWatched(feeds.Muted)
		}
		msg.totals.Unread, msg.totals.Saved, msg.totals.All = all.Unread, saved.Total, all.Total
		return msg
	}
}

func readView(l loader, msg windowMsg, w wanted) tea.Cmd {
	return func() tea.Msg {
		msg.window, msg.err = l.load(msg.view, w)
		return msg
	}
}

func readMore(l loader, msg moreMsg, v feeds.View, from feeds.Cursor) tea.Cmd {
	return func() tea.Msg {
		msg.rows, msg.edge, msg.err = l.more(v, from, msg.back)
		return msg
	}
}

// findUnread looks for the next unread article of a view.
func findUnread(lib Library, msg jumpMsg, v feeds.View, from feeds.Cursor, back bool) tea.Cmd {
	v.Unread = true
	return func() tea.Msg {
		items, err := lib.Page(v, from, 1, back)
		msg.err = err
		if len(items) > 0 {
			msg.item, msg.found = items[0], true
		}
		return msg
	}
}

// readArticle reads an article and sets the beginning of its text.
func readArticle(lib Library, press *markdown.Press, msg articleMsg, id feeds.ArticleID, width int, th *theme.Theme) tea.Cmd {
	return func() tea.Msg {
		items, err := lib.Items([]feeds.ArticleID{id})
		if err == nil && len(items) == 0 {
			err = fmt.Errorf("the article %s is no longer in the library", id)
		}
		if err == nil {
			msg.texts, err = loadText(lib, items[0])
		}
		if err == nil {
			msg.bookmark, err = lib.Bookmark(id)
		}
		if err == nil {
			msg.head, err = press.Head(context.Background(), markdown.Job{Markdown: msg.texts.text().Markdown, Width: width, Theme: th})
		}
		msg.err = err
		return msg
	}
}

func storeBookmark(lib Library, id feeds.ArticleID, m feeds.Bookmark) tea.Cmd {
	return func() tea.Msg {
		if err := lib.SetBookmark(id, m); err != nil {
			return saidMsg{err: fmt.Errorf("the place in the article could not be kept: %w", err)}
		}
		return nil
	}
}

func renderArticle(ctx context.Context, press *markdown.Press, n number, id feeds.ArticleID, job markdown.Job) tea.Cmd {
	return func() tea.Msg {
		text, err := press.Render(ctx, job)
		return renderedMsg{n: n, id: id, text: text, err: err}
	}
}

// drawPicture draws a picture that is in the cache; if fetch says so, it is
// asked for first.
func drawPicture(ctx context.Context, from Pictures, h hanging, msg pictureMsg, fetch bool) tea.Cmd {
	return func() tea.Msg {
		if fetch {
			msg.fetched = true
			if _, msg.err = from.Fetch(ctx, msg.address); msg.err != nil {
				return msg
			}
		}
		m, err := from.Load(ctx, msg.address, func(width, height int) (int, int) {
			msg.grid = picture.Fit(width, height, h.room)
			if h.kitty {
				return msg.grid.Pixels(width, height, h.room.Cell)
			}
			return msg.grid.Samples()
		})
		switch {
		case err != nil:
			msg.err = err
		case h.kitty:
			msg.send, msg.lines, msg.err = picture.Kitty(m, msg.id, msg.grid)
		default:
			msg.lines = picture.Blocks(m, h.paint)
		}
		return msg
	}
}

// searchLimit is how many articles a search lists.
const searchLimit = 100

// find looks for the articles of a query.
func find(lib Library, run *searchRun, query string) tea.Cmd {
	return func() tea.Msg {
		run.run(func() {
			err := lib.SearchEach(run.ctx, query, searchLimit, func(some []feeds.Item) { run.announce(found{items: some}) })
			run.announce(found{err: err, all: true})
		})
		return nil
	}
}

// watchSearch waits for what a search finds.
func watchSearch(run *searchRun) tea.Cmd {
	return func() tea.Msg {
		if some := run.take(); len(some) > 0 {
			return searchedMsg{run: run, found: some}
		}
		return nil
	}
}

// storeMark stores a change of status; of articles that are marked one by one,
// also that of their copies.
func storeMark(lib Library, m mark) tea.Cmd {
	return func() tea.Msg {
		msg := markedMsg{mark: m}
		switch {
		case m.watch != nil:
			msg.back, msg.err = storeWatch(lib, *m.watch)
		case m.whole:
			msg.changed, msg.left, msg.err = markSeen(lib, m)
		case m.undoes:
			msg.changed, msg.err = lib.SetStatus(m.ids, m.change)
		default:
			var ids []feeds.ArticleID
			if ids, msg.err = withCopies(lib, slices.Concat(m.ids, m.also)); msg.err == nil {
				msg.changed, msg.err = lib.SetStatus(ids, m.change)
			}
		}
		return msg
	}
}

// markSeen marks a view read but for what came in above the rows that the reader
// could see, as a refresh under way puts it there; left is how much that is.
func markSeen(lib Library, m mark) (changed []feeds.ArticleID, left int, err error) {
	changed, err = lib.MarkRead(m.view)
	if err != nil || m.below == (feeds.Cursor{}) {
		return changed, 0, err
	}
	above, err := beyond(lib, m.view, m.below)
	if err != nil {
		return changed, 0, err
	}
	unseen := slices.DeleteFunc(slices.Clone(changed), func(id feeds.ArticleID) bool { return !above[id] })
	if len(unseen) == 0 {
		return changed, 0, nil
	}
	if _, err := lib.SetStatus(unseen, inverse(m.change)); err != nil {
		return changed, 0, err
	}
	return slices.DeleteFunc(changed, func(id feeds.ArticleID) bool { return above[id] }), len(unseen), nil
}

// beyond are the articles of a view above a place, read or not.
func beyond(lib Library, v feeds.View, from feeds.Cursor) (map[feeds.ArticleID]bool, error) {
	v.Unread = false
	if v.Kind == feeds.ViewUnread {
		v.Kind = feeds.ViewAll
	}
	ids := map[feeds.ArticleID]bool{}
	for {
		items, err := lib.Page(v, from, pageRows, true)
		if err != nil {
			return nil, err
		}
		for _, it := range items {
			ids[it.ID] = true
		}
		if len(items) < pageRows {
			return ids, nil
		}
		from = feeds.At(items[0].Article)
	}
}

// withCopies adds to articles those that carry the same text.
func withCopies(lib Library, ids []feeds.ArticleID) ([]feeds.ArticleID, error) {
	items, err := lib.Items(ids)
	if err != nil {
		return nil, err
	}
	all := slices.Clone(ids)
	for _, it := range items {
		all = append(all, it.Copies...)
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// runRefresh refreshes until it is done or stopped.
func runRefresh(deps Deps, run *refreshRun) tea.Cmd {
	return func() (msg tea.Msg) {
		run.run(func() {
			summary, err := deps.Refresher.Run(run.ctx, run.request, run.announce)
			if errors.Is(err, context.Canceled) {
				err, summary.Stopped = nil, true
			}
			done := refreshedMsg{run: run, summary: summary, err: err}
			if err == nil && summary.New > 0 {
				done.news, done.err = newsSince(deps.Library, run.began)
			}
			msg = done
		})
		return msg
	}
}

// watchRefresh waits for what a refresh announces.
func watchRefresh(run *refreshRun) tea.Cmd {
	return func() tea.Msg {
		if events := run.take(); len(events) > 0 {
			return refreshMsg{run: run, events: events}
		}
		return nil
	}
}

// watchOutside waits until another program changes the library.
func watchOutside(changed <-chan struct{}) tea.Cmd {
	if changed == nil {
		return nil
	}
	return func() tea.Msg {
		<-changed
		return outsideMsg{}
	}
}

func subscribe(lib Library, list []feeds.Feed, leftOut []string) tea.Cmd {
	return func() tea.Msg {
		added, err := lib.AddFeeds(list)
		return subscribedMsg{added: added, leftOut: leftOut, err: err}
	}
}

// importFile subscribes to the feeds that a file names.
func importFile(deps Deps, path string) tea.Cmd {
	return func() tea.Msg {
		path = elsewhere.Home(path)
		list, leftOut, err := deps.Import(path)
		if err == nil && len(list) == 0 {
			err = fmt.Errorf("%s names no feeds", path)
		}
		if err != nil {
			return subscribedMsg{err: err}
		}
		return subscribe(deps.Library, list, leftOut)()
	}
}

func readEditions(read func() ([]feeds.Edition, error)) tea.Cmd {
	return func() tea.Msg {
		editions, err := read()
		return editionsMsg{editions: editions, err: err}
	}
}

// nextMinute waits until ages must be drawn anew.
func (a *App) nextMinute() tea.Cmd {
	return a.deps.After(time.Minute, minuteMsg{})
}
