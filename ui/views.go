package ui

import (
	"fmt"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/greeting"
	"broadsheet/ui/headlines"
	"broadsheet/ui/layout"
	"broadsheet/ui/pane"
	"broadsheet/ui/status"

	tea "charm.land/bubbletea/v2"
)

// rest is how long the cursor rests on a row before what it names is loaded: long
// enough that who goes from headline to headline waits for nothing, each key being
// answered by one frame and by no work for the row before; short enough that what
// is then shown is there within a tenth of a second, which is felt as at once
// (R. Miller, Response time in man-computer conversational transactions, 1968).
const rest = 80 * time.Millisecond

// settle waits for the cursor to rest; only the last of several waits counts.
func (a *App) settle(msg settledMsg) tea.Cmd {
	msg.n = a.asks.next(askPreview)
	return a.deps.After(rest, msg)
}

// settled loads what the cursor came to rest on.
func (a *App) settled(msg settledMsg) tea.Cmd {
	switch {
	case a.asks.stale(askPreview, msg.n):
		return nil
	case msg.article != 0:
		return a.preview(msg.article)
	case msg.view != a.view:
		return a.showView(msg.view)
	}
	return nil
}

// showView asks for a view. The one shown stays until the rows are here.
func (a *App) showView(v feeds.View) tea.Cmd {
	a.view = v
	if f, ok := a.feeds.Feed(v); ok && f.Error != "" && !a.screen.Shows(layout.Headlines) {
		a.status.Say(status.Warning, f.Error)
	}
	return a.loadView(v, wanted{place: toFirst})
}

func (a *App) loader() loader {
	return loader{lib: a.deps.Library, now: a.deps.Clock()}
}

// loadView asks for a part of a view, in the place of any asked for before. The
// chore of loading rows is under way until the last part asked for is here.
func (a *App) loadView(v feeds.View, w wanted) tea.Cmd {
	a.rows.busy = true
	return readView(a.loader(), windowMsg{n: a.asks.next(askView), view: v, place: w.place, since: a.marks.now()}, w)
}

// tookWindow shows the rows of a view.
func (a *App) tookWindow(msg windowMsg) tea.Cmd {
	if a.asks.stale(askView, msg.n) {
		return nil
	}
	again := a.rows.end()
	if msg.err != nil {
		a.fail(msg.err)
		if again {
			return a.reload()
		}
		return nil
	}
	starting := !a.headlines.Loaded()
	before, filled := a.headlines.Current()
	first := !filled || !a.headlines.Loaded() || msg.view != a.headlines.View()
	if msg.view != a.headlines.View() {
		a.headlines.Show(msg.view, a.feeds.Name(msg.view))
		a.feeds.SetShown(msg.view)
	}
	a.headlines.SetCounts(msg.window.counts)
	a.headlines.SetMuted(msg.window.muted)
	a.headlines.SetWindow(msg.window.rows, msg.window.edges)
	a.marks.replay(msg.since, a.headlines.SetStatus)
	rows := a.headlines.Rows()
	switch {
	case msg.place == toFirst && len(rows) > 0:
		a.headlines.Select(rows[0].Key())
	case msg.place == toLast && len(rows) > 0:
		a.headlines.Select(rows[len(rows)-1].Key())
	case msg.place == toAnchor:
		a.headlines.SelectArticle(msg.window.anchor)
	}
	if a.returns != 0 && (a.headlines.Select(headlines.ID{Story: a.returns}) || !again) {
		a.returns = 0
	}
	a.explain()
	a.arrange()
	var cmds []tea.Cmd
	if again {
		cmds = append(cmds, a.reload())
	}
	if starting {
		cmds = append(cmds, a.loadRoster())
	}
	// The row that the cursor was on may be gone, as when its story was muted.
	if now, _ := a.headlines.Current(); first || msg.place != stay || now.Key() != before.Key() {
		cmds = append(cmds, a.previewCurrent())
	}
	return tea.Batch(cmds...)
}

// previewCurrent shows the article under the cursor, unless one is being read.
func (a *App) previewCurrent() tea.Cmd {
	r, ok := a.headlines.Current()
	if !ok || a.focus == layout.Article || a.focus == layout.Related {
		return nil
	}
	return a.preview(r.Item.ID)
}

// reload reads anew what the headlines show, because the library has changed.
// The cursor and what was read under it stay. While rows are on their way it
// comes after them: they may have been read before the change.
func (a *App) reload() tea.Cmd {
	a.refresh.reloading = false
	counts := a.aside(a.loadFeeds())
	if !a.rows.begin() {
		return counts
	}
	w := wanted{place: toFirst} // what was asked for last could not be read
	if a.headlines.View() == a.view && a.headlines.Loaded() {
		w = a.present()
	}
	return tea.Batch(counts, a.aside(a.loadView(a.view, w)))
}

// present is the part of the view that is shown.
func (a *App) present() wanted {
	rows := a.headlines.Rows()
	w := wanted{place: stay, rows: len(rows)}
	if !a.touched {
		// The first refresh of a morning fills the page from anywhere. Until the
		// reader does something the best of it is what to show.
		w.place = toFirst
	}
	for _, r := range rows {
		w.held = append(w.held, r.Item.ID)
	}
	if r, ok := a.headlines.Current(); ok && !a.headlines.Edges().Start {
		w.anchor = feeds.At(r.Article)
	}
	return w
}

// needRows loads what lies beyond the window if the cursor is near its edge.
func (a *App) needRows() tea.Cmd {
	if need, ok := a.headlines.Need(); ok {
		return a.loadMore(need)
	}
	return nil
}

func (a *App) loadMore(need pane.NeedRows) tea.Cmd {
	rows := a.headlines.Rows()
	if len(rows) == 0 {
		return nil
	}
	edge := rows[len(rows)-1]
	if need.Before {
		edge = rows[0]
	}
	msg := moreMsg{n: a.asks.next(askMore), back: need.Before, since: a.marks.now()}
	return readMore(a.loader(), msg, a.headlines.View(), feeds.At(edge.Article))
}

func (a *App) tookMore(msg moreMsg) tea.Cmd {
	switch {
	case a.asks.stale(askMore, msg.n):
		return nil
	case msg.err != nil:
		a.fail(msg.err)
		return nil
	case msg.back:
		a.headlines.Prepend(msg.rows, msg.edge)
	default:
		a.headlines.Append(msg.rows, msg.edge)
	}
	a.marks.replay(msg.since, a.headlines.SetStatus)
	return a.needRows()
}

// loadEnd goes to an end of the view that is not in the window.
func (a *App) loadEnd(last bool) tea.Cmd {
	w := wanted{place: toFirst}
	if last {
		w.place = toLast
	}
	return a.loadView(a.view, w)
}

// jumpUnread goes to the next unread article in a direction: among the rows
// held if it is there, else where the library says it is.
func (a *App) jumpUnread(direction int) tea.Cmd {
	opens := a.focus == layout.Article || a.focus == layout.Related
	if a.headlines.StepUnread(direction) {
		return tea.Batch(a.needRows(), a.landed(opens))
	}
	edges := a.headlines.Edges()
	r, ok := a.headlines.Current()
	if !ok || direction > 0 && edges.End || direction < 0 && edges.Start {
		a.status.Say(status.Info, "No more unread articles here.")
		return nil
	}
	return findUnread(a.deps.Library, jumpMsg{n: a.asks.next(askJump), open: opens}, a.headlines.View(), feeds.At(r.Article), direction < 0)
}

// landed shows the article that a jump led to.
func (a *App) landed(opens bool) tea.Cmd {
	r, ok := a.headlines.Current()
	switch {
	case !ok:
		return nil
	case opens:
		return a.open(r.Item.ID, false)
	}
	return a.settle(settledMsg{article: r.Item.ID})
}

func (a *App) tookJump(msg jumpMsg) tea.Cmd {
	switch {
	case a.asks.stale(askJump, msg.n):
		return nil
	case msg.err != nil:
		a.fail(msg.err)
		return nil
	case !msg.found:
		a.status.Say(status.Info, "No more unread articles here.")
		return nil
	}
	cmd := a.loadView(a.view, wanted{place: toAnchor, anchor: feeds.At(msg.item.Article)})
	if msg.open {
		return tea.Batch(cmd, a.open(msg.item.ID, false))
	}
	return tea.Batch(cmd, a.preview(msg.item.ID))
}

// stepArticle goes to the next or previous article of the list, and opens it
// if one is being read.
func (a *App) stepArticle(n int) tea.Cmd {
	if !a.headlines.Step(n) {
		a.status.Say(status.Info, "There are no more articles this way.")
		return a.needRows()
	}
	return tea.Batch(a.needRows(), a.landed(a.focus == layout.Article || a.focus == layout.Related))
}

// loadFeeds asks for the subscriptions and the counts.
func (a *App) loadFeeds() tea.Cmd {
	if !a.counts.begin() {
		return nil
	}
	return readFeeds(a.deps.Library, a.asks.next(askFeeds), a.headlines.View())
}

func (a *App) tookFeeds(msg feedsMsg) tea.Cmd {
	var again tea.Cmd
	if a.counts.end() {
		again = a.loadFeeds()
	}
	if msg.err != nil {
		a.fail(msg.err)
		return again
	}
	a.feeds.SetFeeds(msg.list, msg.totals)
	a.feeds.SetShown(a.view)
	a.articles = msg.totals.All
	a.explain()
	if msg.shown == a.headlines.View() && a.headlines.Loaded() {
		a.headlines.SetCounts(msg.counts)
	}
	a.roster.of = msg.subscriptions
	roster := a.loadRoster()
	if a.mode == starts {
		return tea.Batch(again, a.begin(len(msg.subscriptions)), roster)
	}
	return tea.Batch(again, roster)
}

// begin leaves the first moment: for reading, or for the greeting if there is
// nothing to read.
func (a *App) begin(subscriptions int) tea.Cmd {
	if subscriptions == 0 {
		a.mode = greets
		a.greeting = greeting.New(a.th, nil)
		a.arrange()
		return readEditions(a.deps.Editions)
	}
	a.mode = reads
	a.arrange()
	if a.deps.Settings.Refresh <= 0 && !a.deps.Demo {
		a.explain()
		return nil
	}
	return tea.Batch(a.startRefresh(nil, false), a.nextDue())
}

func (a *App) tookEditions(msg editionsMsg) tea.Cmd {
	if msg.err != nil {
		a.fail(msg.err)
		return nil
	}
	a.greeting = greeting.New(a.th, msg.editions)
	a.arrange()
	return nil
}

// tookSubscribed begins reading once there are feeds.
func (a *App) tookSubscribed(msg subscribedMsg) tea.Cmd {
	if msg.err != nil {
		a.fail(msg.err)
		if a.greeting != nil {
			a.greeting.Fail(msg.err.Error())
			a.status.Clear()
		}
		return nil
	}
	a.greeting = nil
	a.mode = reads
	a.arrange()
	if n := len(msg.leftOut); n > 0 {
		text := "Not all of the file was taken: " + msg.leftOut[0]
		if n > 1 {
			text += fmt.Sprintf(" (and %d more, which broadsheet import lists)", n-1)
		}
		a.status.Say(status.Warning, text)
	}
	return tea.Batch(a.loadFeeds(), a.startRefresh(nil, false), a.nextDue())
}

// rowOf is the row of an article among the headlines; false if it is not held.
func (a *App) rowOf(id feeds.ArticleID) (headlines.Row, bool) {
	for _, r := range a.headlines.Rows() {
		if r.Item.ID == id {
			return r, true
		}
	}
	return headlines.Row{}, false
}
