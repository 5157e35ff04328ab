package ui

import (
	"broadsheet/feeds"
	"broadsheet/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// A searchRun is a search under way. What it finds is shown as it comes; the
// next one ends it.
type searchRun struct {
	*errand[found]
	generation int // the search pane's number of the query
	since      int // marks made before it was read
	items      []feeds.Item
}

// found is a part of what was found.
type found struct {
	items []feeds.Item
	all   bool // nothing comes after it
	err   error
}

// openSearch shows the search, as it was left.
func (a *App) openSearch() tea.Cmd {
	a.search.SetTheme(a.th)
	a.search.Start(a.deps.Clock())
	return a.openDialog(a.search)
}

// find begins a search.
func (a *App) find(in pane.NeedSearch) tea.Cmd {
	if a.finding != nil {
		a.finding.cancel()
	}
	run := &searchRun{errand: newErrand[found](), generation: in.Generation, since: a.marks.now()}
	a.finding = run
	return tea.Batch(find(a.deps.Library, run, in.Query), watchSearch(run))
}

// tookSearched shows what a search has found.
func (a *App) tookSearched(msg searchedMsg) tea.Cmd {
	run := msg.run
	if run != a.finding {
		return nil
	}
	for _, f := range msg.found {
		run.items = append(run.items, f.items...)
		if f.err != nil {
			a.search.SetError(run.generation, f.err.Error())
			return nil
		}
	}
	all := msg.found[len(msg.found)-1].all
	a.search.SetResults(run.generation, run.items, searchLimit, !all)
	a.marks.replay(run.since, a.search.SetStatus)
	if all {
		return nil
	}
	return watchSearch(run)
}
