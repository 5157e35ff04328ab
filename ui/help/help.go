// Package help is the overview of the keys, made from the bindings in force.
//
//	p := help.New(th, bindings, "Broadsheet 1.0")
//	w, h := p.Wanted(screenWidth, screenHeight)
//	p.Resize(w, h)
package help

import (
	"strings"

	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/line"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

// Pane is the help.
type Pane struct {
	th            *theme.Theme
	title         string
	groups        []group
	width, height int
	top           int
	rows          []string // all rows at the present width
	line          line.Builder
}

// group is a heading with its entries.
type group struct {
	name    keys.Group
	entries []entry
}

type entry struct{ keys, does string }

const (
	keysWidth   = 15
	columnWidth = 46
	columnGap   = 3
)

// New makes the help for the bindings.
func New(th *theme.Theme, bindings keys.Bindings, title string) *Pane {
	p := &Pane{th: th, title: title}
	for _, b := range bindings.Rows() {
		if len(b.Keys) == 0 {
			continue
		}
		if n := len(p.groups); n == 0 || p.groups[n-1].name != b.Group {
			p.groups = append(p.groups, group{name: b.Group})
		}
		last := &p.groups[len(p.groups)-1]
		last.entries = append(last.entries, entry{keys: keys.Names(b.Keys), does: b.Does})
	}
	p.groups = append(p.groups, group{name: "Signs", entries: signs})
	return p
}

// signs are what stands beside headlines.
var signs = []entry{
	{"●  ▸", "unread; open now"},
	{"★", "saved"},
	{theme.OfflineMark, "can be read in full offline"},
	{theme.OfflineMark + " at a feed", "its whole texts are fetched"},
	{"±", "edited by its outlet"},
	{theme.FollowMark + " 3 unread", "a story you follow, its news"},
	{"▲ 2 new", "how much a story grew of late"},
	{"!", "could not be fetched"},
}

// Wanted is the size the help would like on a screen, at most the screen's.
func (p *Pane) Wanted(width, height int) (w, h int) {
	w = columnWidth
	if width >= 2*columnWidth+columnGap {
		w = 2*columnWidth + columnGap
	}
	w = min(w, width)
	return w, min(len(p.layOut(w)), height)
}

func (p *Pane) Title() string { return p.title }

// Note tells that there is more below.
func (p *Pane) Note() string {
	if p.top+p.height < len(p.rows) {
		return "more below"
	}
	return ""
}

func (p *Pane) SetTheme(th *theme.Theme) {
	p.th = th
	p.rows = p.layOut(p.width)
}

func (p *Pane) Resize(width, height int) {
	p.width, p.height = max(width, 0), max(height, 0)
	p.rows = p.layOut(p.width)
	p.scroll(0)
}

func (p *Pane) Act(action keys.Action) pane.Intent {
	switch action {
	case keys.Down:
		p.scroll(1)
	case keys.Up:
		p.scroll(-1)
	case keys.PageDown, keys.HalfDown:
		p.scroll(max(1, p.height/2))
	case keys.PageUp, keys.HalfUp:
		p.scroll(-max(1, p.height/2))
	case keys.Top:
		p.scroll(-len(p.rows))
	case keys.Bottom:
		p.scroll(len(p.rows))
	case keys.Back, keys.Help, keys.Enter:
		return pane.Close{}
	default:
		return pane.Ignored{}
	}
	return nil
}

func (p *Pane) scroll(n int) { p.top = max(0, min(p.top+n, len(p.rows)-p.height)) }

// Lines draws the help.
func (p *Pane) Lines(bool) []string {
	lines := make([]string, p.height)
	for i := range lines {
		if at := p.top + i; at < len(p.rows) {
			lines[i] = p.rows[at]
		} else {
			lines[i] = cells.Spaces(p.width)
		}
	}
	return lines
}

// layOut draws all rows at a width, in two columns if there is room.
func (p *Pane) layOut(width int) []string {
	if width < 2*columnWidth+columnGap {
		var rows []string
		for _, g := range p.groups {
			rows = append(rows, p.drawGroup(g, width)...)
		}
		return trimmed(rows)
	}
	w := (width - columnGap) / 2
	var left, right []string
	for _, g := range p.groups {
		rows := p.drawGroup(g, w)
		if len(left) <= len(right) {
			left = append(left, rows...)
		} else {
			right = append(right, rows...)
		}
	}
	left, right = trimmed(left), trimmed(right)
	rows := make([]string, max(len(left), len(right)))
	at := func(column []string, i, width int) string {
		if i < len(column) {
			return column[i]
		}
		return cells.Spaces(width)
	}
	for i := range rows {
		rows[i] = at(left, i, w) + cells.Spaces(width-2*w) + at(right, i, w)
	}
	return rows
}

// trimmed is the rows without the empty ones at the end.
func trimmed(rows []string) []string {
	for len(rows) > 0 && strings.TrimSpace(rows[len(rows)-1]) == "" {
		rows = rows[:len(rows)-1]
	}
	return rows
}

func (p *Pane) drawGroup(g group, width int) []string {
	l := &p.line
	l.Reset(p.th, width)
	l.To(1)
	l.Add(p.th.Heading, string(g.name))
	rows := []string{l.String()}
	for _, e := range g.entries {
		l.Reset(p.th, width)
		l.To(1)
		l.AddTo(p.th.Accent, e.keys, keysWidth)
		l.To(keysWidth + 1)
		l.AddTo(p.th.Text, e.does, width-1)
		rows = append(rows, l.String())
	}
	return append(rows, cells.Spaces(width))
}
