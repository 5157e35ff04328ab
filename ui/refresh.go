package ui

import (
	"strconv"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/status"

	tea "charm.land/bubbletea/v2"
)

// refreshing is what the screen knows of refreshes.
type refreshing struct {
	run       *refreshRun // nil when none is under way
	reloading bool        // a reload of the rows is due
	offline   bool
	done, of  int  // feeds of the one under way
	failed    bool // the last one got nothing from any feed
}

// refreshRun is a refresh under way.
type refreshRun struct {
	*errand[feeds.Event]
	request refresh.Request
	began   time.Time
}

// startRefresh refreshes some feeds, all if there are none named; force: even
// those that are not due.
func (a *App) startRefresh(list []feeds.FeedID, force bool) tea.Cmd {
	if a.refresh.run != nil {
		if force {
			a.status.Say(status.Info, "A refresh is under way already.")
		}
		return nil
	}
	if a.deps.Copy {
		if force {
			a.status.Say(status.Info, "This is a copy; refresh in the Broadsheet that has the library open, or with broadsheet refresh.")
		}
		return nil
	}
	run := &refreshRun{newErrand[feeds.Event](), refresh.Request{Feeds: list, Force: force}, a.deps.Clock()}
	a.refresh.run, a.refresh.done, a.refresh.of = run, 0, 0
	a.explain()
	return tea.Batch(runRefresh(a.deps, run), watchRefresh(run))
}

func (a *App) stopRefresh() tea.Cmd {
	a.refresh.run.cancel()
	a.status.Say(status.Info, "Stopping the refresh …")
	return nil
}

// between is how long a refresh leaves the screen alone once it has changed it:
// many feeds answer in a second, and each would have the screen drawn anew.
const between = 300 * time.Millisecond

// tookRefresh shows the progress of a refresh and, from time to time, what it
// brought.
func (a *App) tookRefresh(msg refreshMsg) tea.Cmd {
	if msg.run != a.refresh.run {
		return nil
	}
	changed := false
	for _, e := range msg.events {
		switch e.Kind {
		case feeds.EventStarted, feeds.EventFeed:
			if e.Total > 0 {
				a.status.Progress(e.Done, e.Total)
				a.refresh.done, a.refresh.of = e.Done, e.Total
			}
			changed = changed || e.Outcome.New > 0 || e.Outcome.Updated > 0
		case feeds.EventRelated:
			a.article.related.clear()
			changed = true
		}
	}
	a.explain()
	cmd := a.deps.After(between, watchMsg{msg.run})
	if !changed {
		return cmd
	}
	return tea.Batch(cmd, a.reloadSoon())
}

// reloadSoon shows what came in, together with what comes in shortly after.
func (a *App) reloadSoon() tea.Cmd {
	if a.refresh.reloading {
		return nil
	}
	a.refresh.reloading = true
	return a.deps.After(between, reloadMsg{})
}

// tookRefreshed tells how a refresh ended and shows all it brought.
func (a *App) tookRefreshed(msg refreshedMsg) tea.Cmd {
	if msg.run != a.refresh.run {
		return nil
	}
	a.refresh.run = nil
	a.status.Stop()
	s := msg.summary
	switch {
	case msg.err != nil:
		a.fail(msg.err)
	case s.Offline:
		a.refresh.offline = true
	case s.Feeds > 0 && !s.Stopped:
		a.refresh.offline = false
		a.status.Say(status.Info, summed(s)+msg.news.sentence())
	case s.Stopped:
		a.status.Say(status.Info, "Refresh stopped. "+summed(s)+msg.news.sentence())
	case msg.run.request.Force:
		a.status.Say(status.Info, "There was nothing to refresh.")
	}
	a.status.SetOffline(a.refresh.offline)
	a.refresh.failed = s.Failed > 0 && s.Failed == s.Feeds
	a.explain()
	a.article.related.clear()
	cmds := []tea.Cmd{a.reload()}
	if asked := a.sidebar.Asked().ID; asked != 0 && s.New+s.Updated > 0 {
		cmds = append(cmds, a.showRelated(asked))
	}
	if s.Updated > 0 {
		cmds = append(cmds, a.reread())
	}
	if !s.Stopped && !s.Offline {
		cmds = append(cmds, a.prefetch())
	}
	return tea.Batch(cmds...)
}

// explain says above the headlines why the feed they are of cannot be read, and
// in their place what goes on while the library has none at all, as before its
// first refresh.
func (a *App) explain() {
	f, _ := a.feeds.Feed(a.headlines.View())
	a.headlines.SetTrouble(f.Error)
	sentence := ""
	again := ""
	if key := a.bindings.Key(keys.RefreshAll); key != "" {
		again = " Press " + key + " to try again."
	}
	switch r := &a.refresh; {
	case a.articles > 0:
	case r.run != nil && r.of > 0:
		sentence = "Your feeds are being fetched for the first time, " + strconv.Itoa(r.done) + " of " + strconv.Itoa(r.of) + " so far. Articles appear here as they come."
	case r.run != nil:
		sentence = "Your feeds are being fetched for the first time. Articles appear here as they come."
	case r.offline:
		sentence = "There is no network, and nothing has been fetched before." + again
	case r.failed:
		sentence = "None of your feeds could be read; choose one on the left to see why." + again
	case a.deps.Settings.Refresh <= 0 && !a.deps.Demo && a.bindings.Key(keys.RefreshAll) != "":
		sentence = "No articles here yet. Press " + a.bindings.Key(keys.RefreshAll) + " to fetch your feeds."
	}
	a.headlines.SetInstead(sentence)
}

// summed is the outcome of a refresh in a sentence.
func summed(s feeds.Summary) string {
	text, noun := "Nothing new", " feeds"
	if s.Feeds == 1 {
		noun = " feed"
	}
	switch {
	case s.Failed == 1 && s.Feeds == 1 && !s.Offline:
		return "The feed could not be fetched; choose it to see why."
	case s.Failed > 0 && s.Failed == s.Feeds && !s.Offline:
		return "None of the " + cells.Number(s.Feeds) + noun + " could be fetched; choose one to see why."
	case s.New == 1:
		text = "1 new article"
	case s.New > 1:
		text = cells.Number(s.New) + " new articles"
	}
	text += " from " + strconv.Itoa(s.OK+s.NotModified) + " of " + strconv.Itoa(s.Feeds) + noun
	if s.Failed > 0 && !s.Offline {
		text += ", " + strconv.Itoa(s.Failed) + " failed"
	}
	return text + "."
}

// nextDue waits until it is time to look for due feeds again.
func (a *App) nextDue() tea.Cmd {
	if a.deps.Settings.Refresh <= 0 || a.deps.Demo {
		return nil
	}
	return a.deps.After(a.deps.Settings.Refresh, dueMsg{})
}
