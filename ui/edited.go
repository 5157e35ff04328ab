package ui

import (
	"broadsheet/feeds"
	"broadsheet/ui/history"
	"broadsheet/ui/status"

	tea "charm.land/bubbletea/v2"
)

// reread reads the open article again, for it may have been edited, and forgets
// the texts of others. What is being read stays in sight.
func (a *App) reread() tea.Cmd {
	a.article.bodies.clear()
	if a.article.id == 0 || !a.article.loaded {
		return nil
	}
	a.stopRendering()
	a.article.asked = true
	msg := articleMsg{n: a.asks.next(askArticle), since: a.marks.now()}
	return readArticle(a.deps.Library, a.press, msg, a.article.id, a.textWidth(), a.th)
}

// openEdits shows how the current article was edited.
func (a *App) openEdits() tea.Cmd {
	item, ok := a.current()
	switch {
	case !ok:
		a.status.Say(status.Info, "Choose an article to see how it was edited.")
		return nil
	case item.Revisions == 0:
		a.status.Say(status.Info, "This article has not been changed since it was first seen.")
		return nil
	}
	return tea.Batch(
		a.openDialog(history.New(a.th, a.deps.Clock())),
		readVersions(a.deps.Library, versionsMsg{n: a.asks.next(askEdits), item: item}),
	)
}

func readVersions(lib Library, msg versionsMsg) tea.Cmd {
	return func() tea.Msg {
		revisions, err := lib.Revisions(msg.item.ID)
		if err != nil {
			msg.err = err
			return msg
		}
		body, err := lib.Body(msg.item.ID)
		if err != nil {
			msg.err = err
			return msg
		}
		for _, r := range revisions {
			msg.versions = append(msg.versions, history.Version{Headline: r.Title, Text: r.Body.Text, Since: r.Fetched})
		}
		now := history.Version{Headline: msg.item.Headline(), Text: body.Text}
		if n := len(revisions); n > 0 && msg.item.Updated.After(revisions[n-1].Fetched) {
			now.Since = msg.item.Updated
		}
		msg.versions = append(msg.versions, now)
		return msg
	}
}

// tookVersions shows the versions if their dialog is still there.
func (a *App) tookVersions(msg versionsMsg) tea.Cmd {
	p, ok := a.dialog.(*history.Pane)
	if !ok || a.asks.stale(askEdits, msg.n) {
		return nil
	}
	if msg.err != nil {
		p.SetError(msg.err.Error())
		return a.arrange()
	}
	p.SetVersions(msg.item.Outlet, msg.versions)
	return tea.Batch(a.arrange(), a.compareVersions(p.Step()))
}

// compareVersions has a step from one version to the next compared.
func (a *App) compareVersions(step int) tea.Cmd {
	p, ok := a.dialog.(*history.Pane)
	if !ok {
		return nil
	}
	before, after, ok := p.Versions(step)
	if !ok {
		return nil
	}
	n := a.asks.next(askEdits)
	return func() tea.Msg {
		return changesMsg{n: n, step: step, changes: history.Compare(before, after)}
	}
}

func (a *App) tookChanges(msg changesMsg) tea.Cmd {
	p, ok := a.dialog.(*history.Pane)
	if !ok || a.asks.stale(askEdits, msg.n) {
		return nil
	}
	p.SetChanges(msg.step, msg.changes)
	return a.arrange()
}

// formerHeadline is what an article's headline was before it was last changed;
// "" if it always was the same.
func formerHeadline(lib Library, item feeds.Item) (string, error) {
	if item.Revisions == 0 {
		return "", nil
	}
	revisions, err := lib.Revisions(item.ID)
	if err != nil {
		return "", err
	}
	for i := len(revisions) - 1; i >= 0; i-- {
		if r := revisions[i]; r.Title != "" && !feeds.ReadAlike(r.Title, item.Title) {
			return r.Title, nil
		}
	}
	return "", nil
}
