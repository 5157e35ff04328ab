package ui

import (
	"bytes"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/greeting"
	"broadsheet/ui/history"
	"broadsheet/ui/keys"
	"broadsheet/ui/layout"
	"broadsheet/ui/pane"
	"broadsheet/ui/status"
	"broadsheet/ui/theme"

	tea "charm.land/bubbletea/v2"
)

// paint is what drawing keeps from one picture to the next.
type paint struct {
	buf    []byte
	last   string
	frame  *layout.Frame
	framed framed // what the frame was drawn for
}

// framed is all that a frame depends on.
type framed struct {
	screen layout.Screen
	focus  layout.Pane
	labels [layout.Panes]layout.Label
	th     *theme.Theme
}

// resize takes in the terminal's size.
func (a *App) resize(w, h int) tea.Cmd {
	a.size.w, a.size.h = max(w, 0), max(h, 0)
	shown := a.screen.Shows(layout.Article)
	cmd := a.arrange()
	if !shown && a.screen.Shows(layout.Article) {
		return tea.Batch(cmd, a.previewCurrent())
	}
	return cmd
}

// arrange lays the panes out, and has the text set anew if its width changed.
func (a *App) arrange() tea.Cmd {
	a.screen = layout.Compute(a.size.w, a.size.h, a.focus, a.splits)
	a.splits = a.screen.Splits
	for p, pn := range a.panes() {
		if a.screen.Shows(layout.Pane(p)) {
			r := a.screen.Panes[p]
			pn.Resize(r.W, r.H)
		}
	}
	if a.greeting != nil {
		a.greeting.Resize(a.size.w, a.size.h-1)
	}
	if a.dialog != nil {
		r := a.dialogRect()
		a.dialog.Resize(r.W, r.H)
	}
	if a.prompt.pane != nil {
		a.prompt.pane.Resize(a.size.w, 1)
	}
	a.hint()
	return a.rerender()
}

// hints are the actions named on the status line, by the pane that has the
// keys; what matters most comes first, because a narrow line cuts the rest.
var hints = [layout.Panes][]keys.Action{
	layout.Feeds:     {keys.Enter, keys.Help, keys.Search, keys.RefreshAll, keys.Quit},
	layout.Headlines: {keys.Enter, keys.Help, keys.NextUnread, keys.Save, keys.Timeline, keys.Search, keys.Follow, keys.Mute, keys.RefreshAll, keys.Filter, keys.Quit},
	layout.Article:   {keys.PageDown, keys.Help, keys.NextRelated, keys.WholeText, keys.Compare, keys.NextUnread, keys.Back, keys.Save, keys.Timeline, keys.Follow, keys.Mute, keys.Browser},
	layout.Related:   {keys.Enter, keys.Help, keys.Why, keys.Unfold, keys.TrailBack, keys.Compare, keys.Back, keys.Save},
}

// hint tells the status line which keys to name.
func (a *App) hint() {
	var list []status.Hint
	key := func(action keys.Action) string { return a.bindings.KeyIn(a.context(), action) }
	if t, ok := a.active().(pane.Typist); ok && t.Typing() {
		key = a.bindings.KeyWhileTyping
	}
	add := func(action keys.Action, word string) {
		if key := key(action); key != "" && word != "" {
			list = append(list, status.Hint{Key: keys.Name(key), Word: word})
		}
	}
	switch {
	case a.dialog != nil:
		if _, opens := a.dialog.(interface{ Current() (feeds.Item, bool) }); opens {
			add(keys.Enter, a.bindings.Hint(keys.Enter))
		}
		if h, ok := a.dialog.(*history.Pane); ok {
			for _, hint := range h.Hints() {
				add(hint.Action, hint.Word)
			}
		}
		add(keys.Back, "close")
	case a.mode == greets && a.greeting != nil:
		for _, h := range a.greeting.Hints() {
			add(h.Action, h.Word)
		}
	case a.focus == layout.Article && a.reader.ShowsGist():
		add(keys.Enter, "to its place")
		add(keys.Gist, "whole text")
		add(keys.Back, a.bindings.Hint(keys.Back))
	case a.focus == layout.Article && a.reader.Viewing():
		add(keys.Enter, a.bindings.Hint(keys.Enter))
		if a.reader.Typing() {
			list = append(list, status.Hint{Key: "0-9", Word: "choose"})
		}
		add(keys.Back, a.bindings.Hint(keys.Back))
	case a.context() == keys.InFind:
		for _, action := range []keys.Action{keys.NextHit, keys.PreviousHit, keys.FindText} {
			add(action, a.bindings.Hint(action))
		}
		add(keys.Back, "end")
	default:
		for _, action := range hints[a.focus] {
			add(action, a.bindings.Hint(action))
		}
	}
	a.status.SetHints(list)
}

// View draws the screen: as many rows as it has, each exactly as wide.
func (a *App) View() tea.View {
	v := tea.View{AltScreen: true, WindowTitle: "Broadsheet"}
	if a.deps.Settings.Mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	v.BackgroundColor, v.ForegroundColor = a.looks.paper(a.th)
	if a.size.w > 0 && a.size.h > 0 {
		v.Content = a.picture()
	}
	return v
}

func (a *App) picture() string {
	b := a.paint.buf[:0]
	switch {
	case a.screen.TooSmall:
		b = a.sentence(b)
	case a.mode == greets && a.greeting != nil:
		for _, l := range a.greeting.Lines(true) {
			b = append(append(b, l...), '\n')
		}
		b = append(b, a.status.Draw(a.size.w)...)
	default:
		b = a.drawPanes(b)
		b = append(b, a.bottom()...)
	}
	a.paint.buf = b
	if !a.screen.TooSmall {
		if a.dialog != nil {
			b = []byte(a.overlaid(bytes.Split(b, []byte{'\n'})))
		}
		b = a.lengthened(b)
	}
	return a.paint.picture(b)
}

// picture returns the text of a picture: while it stays as it is the very same one,
// as bubbletea compares it with the last one drawn each time it looks.
func (p *paint) picture(b []byte) string {
	if string(b) != p.last {
		p.last = string(b)
	}
	return p.last
}

// lengthened lays over the rows above the bottom one what has no room there: a
// message that is too long for it, or what a prompt offers to choose from.
func (a *App) lengthened(b []byte) []byte {
	var above []string
	if p := a.prompt.pane; p != nil {
		const most = 10
		above = p.Above(min(most, a.size.h-2))
	} else {
		above = a.status.Above(a.size.w)
	}
	if len(above) == 0 {
		return b
	}
	rows := bytes.Split(b, []byte{'\n'})
	for i, row := range above {
		if at := len(rows) - 1 - len(above) + i; at >= 0 {
			rows[at] = []byte("\x1b[m" + row)
		}
	}
	return bytes.Join(rows, []byte{'\n'})
}

// bottom is the last row: the status line, or the prompt in its place.
func (a *App) bottom() string {
	if a.prompt.pane != nil {
		return a.prompt.pane.Lines(true)[0]
	}
	return a.status.Draw(a.size.w)
}

// drawPanes draws the panes in their frame.
func (a *App) drawPanes(b []byte) []byte {
	now := framed{screen: a.screen, focus: a.focus, th: a.th}
	if a.dialog != nil {
		now.focus = -1
	}
	var lines [layout.Panes][]string
	for p, pn := range a.panes() {
		if !a.screen.Shows(layout.Pane(p)) {
			continue
		}
		now.labels[p] = labelOf(pn)
		lines[p] = pn.Lines(now.focus == layout.Pane(p))
	}
	if a.paint.frame == nil || a.paint.framed != now {
		a.paint.framed = now
		a.paint.frame = layout.NewFrame(a.th, now.screen, now.focus, &now.labels)
	}
	return a.paint.frame.Append(b, &lines)
}

func labelOf(p pane.Pane) layout.Label {
	l := layout.Label{Title: p.Title()}
	if n, ok := p.(pane.Noted); ok {
		l.Note = n.Note()
	}
	return l
}

// sentence asks for more room.
func (a *App) sentence(b []byte) []byte {
	text := "Broadsheet needs a larger window: 30 columns and 8 rows."
	parts := cells.Wrap(a.th.Measure, text, a.size.w, a.size.h)
	for y := range a.size.h {
		part := ""
		if y < len(parts) {
			part = parts[y]
		}
		b = append(b, cells.Fit(a.th.Measure, part, a.size.w)...)
		if y < a.size.h-1 {
			b = append(b, '\n')
		}
	}
	return b
}

var _ pane.Pane = (*greeting.Pane)(nil)
