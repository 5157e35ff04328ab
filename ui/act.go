package ui

import (
	"broadsheet/feeds"
	"broadsheet/feeds/refresh/pages"
	"broadsheet/ui/help"
	"broadsheet/ui/keys"
	"broadsheet/ui/layout"
	"broadsheet/ui/pane"
	"broadsheet/ui/status"

	tea "charm.land/bubbletea/v2"
)

// key does what a key means: as text where one is being typed, else as an
// action, first of the pane that has the keys and then of the program.
func (a *App) key(msg tea.KeyPressMsg) tea.Cmd {
	a.status.Clear()
	a.touched = true
	name := msg.String()
	action := a.bindings.ActionIn(a.context(), name)
	if a.screen.TooSmall && action != keys.Quit {
		return nil
	}
	if action != keys.Quit || msg.Text != "" {
		if cmd, typed := a.typed(msg, name); typed {
			return cmd
		}
	}
	if action == keys.None {
		a.elsewhere(name)
		return nil
	}
	return a.do(action)
}

// elsewhere says of a key that does nothing here where it does something.
func (a *App) elsewhere(key string) {
	if a.mode == reads && a.dialog == nil && a.prompt.pane == nil && a.bindings.ActionIn(keys.InReader, key) != keys.None {
		a.status.Say(status.Info, keys.Name(key)+" is a key of the article; "+keys.Name(a.bindings.Key(keys.Pane3))+" goes there.")
	}
}

// context is where a key is pressed, for those that do something of their own
// there.
func (a *App) context() keys.Context {
	if a.dialog != nil || a.prompt.pane != nil || a.mode != reads {
		return keys.Anywhere
	}
	switch a.focus {
	case layout.Related:
		return keys.InSidebar
	case layout.Article:
		if _, finding := a.reader.Found(); finding {
			return keys.InFind
		}
		return keys.InReader
	}
	return keys.Anywhere
}

// typed gives a key to the pane that is being typed into, if one is.
func (a *App) typed(msg tea.KeyPressMsg, name string) (tea.Cmd, bool) {
	t, ok := a.active().(pane.Typist)
	if !ok || !t.Typing() {
		return nil, false
	}
	switch {
	case msg.Text != "":
		return a.carryOut(t.Type(msg.Text)), true
	case name == "backspace":
		return a.carryOut(t.Edit(pane.EraseLetter)), true
	case name == "ctrl+w" || name == "alt+backspace":
		return a.carryOut(t.Edit(pane.EraseWord)), true
	case name == "ctrl+u":
		return a.carryOut(t.Edit(pane.EraseAll)), true
	}
	return nil, false
}

// paste gives pasted text to the pane that is being typed into.
func (a *App) paste(text string) tea.Cmd {
	if t, ok := a.active().(pane.Typist); ok && t.Typing() {
		return a.carryOut(t.Type(text))
	}
	return nil
}

// active is the pane that has the keys.
func (a *App) active() pane.Pane {
	switch {
	case a.prompt.pane != nil:
		return a.prompt.pane
	case a.dialog != nil:
		return a.dialog
	case a.mode == greets && a.greeting != nil:
		return a.greeting
	}
	return a.panes()[a.focus]
}

// do performs an action.
func (a *App) do(action keys.Action) tea.Cmd {
	intent := a.act(action)
	if _, ignored := intent.(pane.Ignored); !ignored {
		a.hint() // the pane may be on another page now
		return a.carryOut(intent)
	}
	switch action {
	case keys.Suspend:
		return a.stop()
	case keys.Quit:
		return a.quit()
	case keys.Help:
		return a.openDialog(help.New(a.th, a.bindings, "Broadsheet "+a.deps.Version))
	}
	if a.dialog != nil || a.prompt.pane != nil {
		return a.otherDialog(action)
	}
	if a.mode == greets {
		if action == keys.Back {
			return a.quit()
		}
		return nil
	}
	if cmd, ok := a.walk(action); ok {
		return cmd
	}
	return a.program(action)
}

// walk moves between panes and changes their sizes.
func (a *App) walk(action keys.Action) (tea.Cmd, bool) {
	switch action {
	case keys.Left:
		return a.goTo(max(a.focus-1, 0)), true
	case keys.Right:
		return a.goTo(min(a.focus+1, layout.Panes-1)), true
	case keys.NextPane:
		return a.goTo((a.focus + 1) % layout.Panes), true
	case keys.PreviousPane:
		return a.goTo((a.focus + layout.Panes - 1) % layout.Panes), true
	case keys.Pane1:
		return a.goTo(layout.Feeds), true
	case keys.Pane2:
		return a.goTo(layout.Headlines), true
	case keys.Pane3:
		return a.goTo(layout.Article), true
	case keys.Pane4:
		return a.goTo(layout.Related), true
	case keys.Back:
		if a.focus == layout.Feeds {
			return a.quit(), true
		}
		return a.goTo(a.focus - 1), true
	case keys.Grow:
		return a.grow(+2), true
	case keys.Shrink:
		return a.grow(-2), true
	}
	return nil, false
}

// goTo gives the keys to a pane that the reader goes to.
func (a *App) goTo(p layout.Pane) tea.Cmd {
	var cmd tea.Cmd
	if p == layout.Article || p == layout.Related {
		cmd = a.catchUp()
	}
	return tea.Batch(cmd, a.setFocus(p))
}

// setFocus gives the keys to a pane.
func (a *App) setFocus(p layout.Pane) tea.Cmd {
	a.focus = p
	return a.arrange()
}

// grow makes the pane that has the keys larger, or smaller.
func (a *App) grow(n int) tea.Cmd {
	if a.screen.Mode == layout.Narrow {
		a.status.Say(status.Info, "In a window this narrow a pane has all of it.")
		return nil
	}
	switch a.focus {
	case layout.Feeds:
		a.splits.Feeds += n
	case layout.Related:
		a.splits.Related += n
	case layout.Headlines:
		a.splits.Middle += n / 2
	case layout.Article:
		a.splits.Middle -= n / 2
	}
	return a.arrange()
}

// program performs the actions that are the same in every pane.
func (a *App) program(action keys.Action) tea.Cmd {
	if a.focus == layout.Feeds && !a.screen.Shows(layout.Headlines) && listed(action) {
		return tea.Batch(a.setFocus(layout.Headlines), a.program(action))
	}
	switch action {
	case keys.NextUnread:
		return a.jumpUnread(+1)
	case keys.PreviousUnread:
		return a.jumpUnread(-1)
	case keys.NextArticle:
		return a.stepArticle(+1)
	case keys.PreviousArticle:
		return a.stepArticle(-1)
	case keys.NextRelated, keys.PreviousRelated:
		return a.stepRelated(action)
	case keys.TrailBack:
		return a.walkTrail(-1)
	case keys.TrailForward:
		return a.walkTrail(+1)
	case keys.Why:
		return a.showWhy()
	case keys.Compare:
		return a.openCompare()
	case keys.Timeline:
		return a.openTimeline()
	case keys.Gist:
		return a.openGist()
	case keys.New:
		return a.toggleNew()
	case keys.Edits:
		return a.openEdits()
	case keys.Join:
		return a.join()
	case keys.TakeOut:
		return a.takeOut()
	case keys.Browser:
		return a.browse()
	case keys.CopyLink:
		return a.copyLink()
	case keys.Links:
		return a.listLinks()
	case keys.WholeText:
		return a.toggleWhole()
	case keys.AlwaysWhole:
		return a.toggleAlwaysWhole()
	case keys.Pack:
		return a.pack()
	case keys.FindText:
		return a.findInText()
	case keys.Pipe:
		return a.askPipe()
	case keys.SaveFile:
		return a.askSave()
	case keys.Pictures:
		return a.togglePictures()
	case keys.Save:
		return a.toggleSaved()
	case keys.ToggleRead:
		return a.toggleRead()
	case keys.MarkRead:
		return a.markViewRead()
	case keys.Follow:
		return a.toggleWatch(feeds.Followed)
	case keys.Mute:
		return a.toggleWatch(feeds.Muted)
	case keys.Undo:
		return a.undo()
	case keys.Refresh:
		return a.startRefresh(a.feeds.Feeds(a.view), true)
	case keys.RefreshAll:
		if a.refresh.run != nil {
			return a.stopRefresh()
		}
		return a.startRefresh(nil, true)
	case keys.Command:
		return a.askCommand()
	case keys.Search:
		return a.openSearch()
	case keys.Filter:
		v := a.view
		v.Unread = !v.Unread
		return a.showView(v)
	}
	return nil
}

// listed reports whether what an action does shows in the headlines only.
func listed(action keys.Action) bool {
	switch action {
	case keys.NextUnread, keys.PreviousUnread, keys.NextArticle, keys.PreviousArticle, keys.Filter:
		return true
	}
	return false
}

// carryOut does what a pane wants.
func (a *App) carryOut(intent pane.Intent) tea.Cmd {
	switch in := intent.(type) {
	case pane.ShowView:
		if in.Focus {
			return tea.Batch(a.setFocus(layout.Headlines), a.showView(in.View))
		}
		return a.settle(settledMsg{view: in.View})
	case pane.OpenArticle:
		if in.Preview {
			return tea.Batch(a.needRows(), a.settle(settledMsg{article: in.ID}))
		}
		var close tea.Cmd
		if a.dialog != nil {
			close = a.closeDialog()
		}
		open := a.open(in.ID, in.Trail)
		a.seek(in.ID, in.Words)
		return tea.Batch(close, open)
	case pane.NeedRows:
		return a.loadMore(in)
	case pane.NeedEnd:
		return a.loadEnd(in.Last)
	case pane.OpenURL:
		return a.openURL(in.URL)
	case pane.Play:
		return a.play(in.URL)
	case pane.NeedSearch:
		return a.find(in)
	case pane.Typed:
		return a.prompt.job.typed(a, in.Text)
	case pane.Entered:
		return a.entered(in.Text)
	case pane.Say:
		a.status.Say(status.Info, in.Text)
	case pane.NeedEdits:
		return a.compareVersions(in.Step)
	case pane.Pack:
		return a.startPack(pages.Request{Articles: in.Articles, Related: true})
	case pane.Close:
		if a.prompt.pane != nil {
			return a.leavePrompt()
		}
		return a.closeDialog()
	case pane.Subscribe:
		return subscribe(a.deps.Library, in.Feeds, nil)
	case pane.ImportFile:
		return importFile(a.deps, in.Path)
	case pane.ShowDemo:
		a.wantsDemo = true
		return a.quit()
	}
	return nil
}

// wheel moves the rows under the pointer.
func (a *App) wheel(m tea.Mouse) tea.Cmd {
	a.touched = true
	const rows = 3
	n := rows
	switch m.Button {
	case tea.MouseWheelUp:
		n = -rows
	case tea.MouseWheelDown:
	default:
		return nil
	}
	if a.mode != reads || a.dialog != nil {
		if s, ok := a.active().(pane.Scroller); ok {
			return a.carryOut(s.Scroll(n))
		}
		return nil
	}
	p, ok := a.screen.At(m.X, m.Y)
	if !ok {
		return nil
	}
	if s, ok := a.panes()[p].(pane.Scroller); ok {
		return a.carryOut(s.Scroll(n))
	}
	return nil
}

// click gives the keys to the pane under the pointer, and the click to it.
func (a *App) click(m tea.Mouse) tea.Cmd {
	a.touched = true
	if m.Button != tea.MouseLeft || a.mode != reads || a.dialog != nil {
		return nil
	}
	p, ok := a.screen.At(m.X, m.Y)
	if !ok {
		return nil
	}
	row := m.Y - a.screen.Panes[p].Y
	cmd := a.setFocus(p)
	if c, ok := a.panes()[p].(pane.Clicker); ok {
		return tea.Batch(cmd, a.carryOut(c.Click(row)))
	}
	return cmd
}

// quit ends the program once every mark and correction is stored; asked again,
// at once.
func (a *App) quit() tea.Cmd {
	if a.refresh.run != nil {
		a.refresh.run.cancel()
	}
	if a.packing.run != nil {
		a.packing.run.cancel()
	}
	a.wholes.leave()
	if a.marks.idle() && a.corrections.idle() || a.quits {
		return a.end()
	}
	a.quits = true
	a.status.Say(status.Info, "Saving what was marked …")
	return nil
}

// end ends the program once the place in the article is kept, and leaves nothing
// of its pictures in the terminal.
func (a *App) end() tea.Cmd {
	last := []tea.Cmd{a.keepPlace()}
	if send := a.gallery.forget(); send != "" {
		last = append(last, tea.Raw(send))
	}
	return tea.Sequence(append(last, tea.Quit)...)
}

// current is the article that marks and links are about: the one under the
// cursor of a list, or the open one.
func (a *App) current() (feeds.Item, bool) {
	switch a.focus {
	case layout.Article:
		return a.reader.Article()
	case layout.Related:
		if item, ok := a.sidebar.Current(); ok {
			return item, true
		}
		return a.reader.Article()
	}
	r, ok := a.headlines.Current()
	return r.Item, ok
}

// listLinks shows the links of the article that is open, wherever the keys are.
func (a *App) listLinks() tea.Cmd {
	catchUp := a.catchUp()
	if _, ok := a.reader.Article(); !ok {
		a.status.Say(status.Info, "No article is open.")
		return nil
	}
	cmd := a.setFocus(layout.Article)
	links := a.carryOut(a.reader.Act(keys.Links))
	a.hint()
	return tea.Batch(catchUp, cmd, links)
}
