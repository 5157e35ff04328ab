package ui

import (
	"slices"
	"strconv"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/pane"
	"broadsheet/ui/status"

	tea "charm.land/bubbletea/v2"
)

// mark is a change of status to be stored.
type mark struct {
	ids    []feeds.ArticleID // shown at once
	also   []feeds.ArticleID // shown once they are stored
	change feeds.StatusChange
	view   feeds.View // marked read as a whole, if whole
	whole  bool
	below  feeds.Cursor // of the whole view, only from here on; the zero Cursor for all
	told   bool         // how many it changed is to be said
	undoes bool         // it takes a mark back
	opens  bool         // opening an article, or taking back what that marked
	watch  *watching    // following or muting a story
}

// marks are the changes of status on their way into the library: one at a
// time, in the order they were made, so that the last one wins.
type marks struct {
	queue []mark // the first is being stored
	done  []step // for undo, the last on top: what would take it back

	// opened takes back what opening the last article marked. It is no step of
	// its own: nothing is opened to mark it, and a hundred articles opened must
	// not bury a list that was marked by mistake. What is done after it is done
	// takes its place.
	opened *mark

	// What was shown of late. An answer read from the library before a mark was
	// made may come after it; the mark is then made again on the screen.
	shown []mark
	first int // the number of the first of them
}

// now is the number of the next mark.
func (m *marks) now() int { return m.first + len(m.shown) }

// note remembers that a mark was shown.
func (m *marks) note(ids pane.Articles, change feeds.StatusChange) {
	const enough = 64
	m.shown = append(m.shown, mark{ids: ids, change: change})
	if over := len(m.shown) - enough; over > 0 {
		m.shown = m.shown[over:]
		m.first += over
	}
}

// replay shows the marks made from a number on again.
func (m *marks) replay(since int, show func(pane.Articles, feeds.StatusChange)) {
	for i := max(since-m.first, 0); i < len(m.shown); i++ {
		show(m.shown[i].ids, m.shown[i].change)
	}
}

// step is what undo does: a mark, or the words of a correction.
type step struct {
	mark  mark
	words []feeds.Correction
}

// remember puts a step on top of what undo takes back.
func (m *marks) remember(s step) {
	const undoable = 100
	m.opened = nil
	m.done = append(m.done, s)
	if len(m.done) > undoable {
		m.done = m.done[1:]
	}
}

// long reports whether storing it may take a while.
func (m mark) long() bool {
	const many = 5000
	return m.whole || len(m.ids)+len(m.also) >= many
}

func (m *marks) idle() bool { return len(m.queue) == 0 }

func yes() *bool { b := true; return &b }

func to(b bool) *bool { return &b }

// inverse takes a change back, for articles that it did change.
func inverse(c feeds.StatusChange) feeds.StatusChange {
	var back feeds.StatusChange
	if c.Read != nil {
		back.Read = to(!*c.Read)
	}
	if c.Saved != nil {
		back.Saved = to(!*c.Saved)
	}
	return back
}

// makeMark shows a change of status at once and has it stored.
func (a *App) makeMark(m mark) tea.Cmd {
	a.change(m.ids, m.change)
	a.marks.queue = append(a.marks.queue, m)
	a.tellMarking()
	if len(a.marks.queue) > 1 {
		return nil
	}
	return storeMark(a.deps.Library, m)
}

// tellMarking says that very much is being marked for as long as it is, whatever
// keys are pressed meanwhile.
func (a *App) tellMarking() {
	words := ""
	if n := slices.IndexFunc(a.marks.queue, mark.long); n >= 0 {
		words = "marking …"
		if a.marks.queue[n].undoes {
			words = "taking back …"
		}
	}
	a.status.Task(status.Marking, words)
}

// change shows a change of status, and remembers it for answers under way.
func (a *App) change(ids []feeds.ArticleID, c feeds.StatusChange) {
	if len(ids) == 0 {
		return
	}
	set := pane.ArticlesOf(ids)
	a.marks.note(set, c)
	a.showStatus(set, c)
}

// showStatus changes what every pane, and what is kept at hand, shows of some
// articles' status.
func (a *App) showStatus(set pane.Articles, c feeds.StatusChange) {
	a.headlines.SetStatus(set, c)
	a.reader.SetStatus(set, c)
	a.sidebar.SetStatus(set, c)
	a.search.SetStatus(set, c)
	if d, ok := a.dialog.(interface {
		SetStatus(pane.Articles, feeds.StatusChange)
	}); ok && a.dialog != pane.Pane(a.search) {
		d.SetStatus(set, c)
	}
	for id, held := range a.article.bodies.values {
		if set.Has(id) {
			held.item.Status = c.Apply(held.item.Status)
			a.article.bodies.values[id] = held
		}
	}
	for _, held := range a.article.related.values {
		held.setStatus(set, c)
	}
}

// tookMarked goes on to the next mark once one is stored. One that could not
// be stored is taken back from the screen, and said.
func (a *App) tookMarked(msg markedMsg) tea.Cmd {
	a.marks.queue = a.marks.queue[1:]
	a.tellMarking()
	var cmds []tea.Cmd
	if msg.err != nil {
		a.fail(msg.err)
		a.quits = false // the reader is to see it, and leaves when asked again
		a.change(msg.mark.ids, inverse(msg.mark.change))
		if w := msg.mark.watch; w != nil {
			a.showWatch(w.story, w.from)
		}
		cmds = append(cmds, a.reload())
	} else if msg.mark.watch != nil {
		cmds = append(cmds, a.watched(msg))
	} else {
		a.stored(msg.mark, msg.changed)
		a.readAlong(msg)
		if msg.left > 0 {
			a.status.Say(status.Info, "Marked "+articles(len(msg.changed))+" read, but not the "+cells.Number(msg.left)+" that came in meanwhile.")
			cmds = append(cmds, a.reload())
		}
	}
	if !a.marks.idle() {
		return tea.Batch(append(cmds, storeMark(a.deps.Library, a.marks.queue[0]))...)
	}
	if a.quits && a.corrections.idle() {
		return a.end()
	}
	return tea.Batch(append(cmds, a.loadFeeds())...)
}

// stored shows what a mark changed and remembers how to take it back.
func (a *App) stored(m mark, changed []feeds.ArticleID) {
	// What was marked by hand is shown already, and may have been marked again
	// since. Its copies, or a whole view, are not.
	copies := slices.DeleteFunc(slices.Clone(changed), pane.ArticlesOf(m.ids).Has)
	a.change(copies, m.change)
	switch {
	case m.told && len(changed) == 0:
		a.status.Say(status.Info, "All of it was read before.")
	case m.told:
		a.status.Say(status.Info, "Marked "+articles(len(changed))+" read.")
	}
	back := mark{ids: changed, change: inverse(m.change), undoes: true, opens: m.opens}
	switch {
	case m.undoes && m.opens:
		a.status.Say(status.Info, "Unread again, as before you opened it"+alongWith(len(changed)-1)+".")
	case m.undoes:
		a.status.Say(status.Info, "Taken back for "+articles(len(changed))+".")
	case len(changed) == 0:
	case m.opens:
		a.marks.opened = &back
	default:
		a.marks.remember(step{mark: back})
	}
}

// alongWith tells of the copies of an article that changed as it did.
func alongWith(n int) string {
	switch {
	case n < 1:
		return ""
	case n == 1:
		return ", and its copy with it"
	}
	return ", and its " + strconv.Itoa(n) + " copies with it"
}

func articles(n int) string {
	if n == 1 {
		return "1 article"
	}
	return cells.Number(n) + " articles"
}

// markOpened marks an article read because it was opened.
func (a *App) markOpened(id feeds.ArticleID) tea.Cmd {
	a.gallery.opened = id // from now on its pictures may be fetched, if they always are
	return a.makeMark(mark{ids: []feeds.ArticleID{id}, change: feeds.StatusChange{Read: yes()}, opens: true})
}

func (a *App) toggleSaved() tea.Cmd {
	item, ok := a.current()
	if !ok {
		return nil
	}
	saved := "Saved."
	if item.Saved {
		saved = "No longer saved."
	}
	a.status.Say(status.Info, saved)
	return a.makeMark(mark{ids: []feeds.ArticleID{item.ID}, change: feeds.StatusChange{Saved: to(!item.Saved)}})
}

func (a *App) toggleRead() tea.Cmd {
	item, ok := a.current()
	if !ok {
		return nil
	}
	return a.makeMark(mark{ids: []feeds.ArticleID{item.ID}, change: feeds.StatusChange{Read: to(!item.Read)}})
}

// markViewRead marks all articles of the view read; on the front page, those of
// the stories shown.
func (a *App) markViewRead() tea.Cmd {
	v, rows := a.headlines.View(), a.headlines.Rows()
	if len(rows) == 0 {
		a.status.Say(status.Info, "There is nothing here to mark read.")
		return nil
	}
	m := mark{change: feeds.StatusChange{Read: yes()}, told: true}
	if !v.Kind.OfStories() {
		m.view, m.whole = v, true
		if a.headlines.Edges().Start {
			m.below = feeds.At(rows[0].Article)
		}
		return a.makeMark(m)
	}
	for _, r := range rows {
		if !r.Read {
			m.ids = append(m.ids, r.Item.ID)
		}
		m.also = append(m.also, r.Tells...)
	}
	return a.makeMark(m)
}

// undo takes the last mark or correction back; before that what opening an
// article marked, if that was later.
func (a *App) undo() tea.Cmd {
	if m := a.marks.opened; m != nil {
		a.marks.opened = nil
		return a.makeMark(*m)
	}
	n := len(a.marks.done)
	if n == 0 {
		a.status.Say(status.Info, "There is nothing to undo.")
		return nil
	}
	last := a.marks.done[n-1]
	a.marks.done = a.marks.done[:n-1]
	if last.words != nil {
		a.status.Say(status.Info, "Taking your correction back …")
		return a.correct(correction{words: last.words, undoes: true})
	}
	if w := last.mark.watch; w != nil {
		a.showWatch(w.story, w.to)
	} else if !last.mark.long() {
		a.status.Say(status.Info, "Taking it back …")
	}
	return a.makeMark(last.mark)
}
