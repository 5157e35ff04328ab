package headlines

import (
	"strconv"
	"strings"

	"broadsheet/feeds"
	"broadsheet/ui/age"
	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

// columnsFrom is the width from which a row has one line, in columns. Below
// it, and on the front page, it has two: headline, and what is known of it.
const columnsFrom = 72

func (p *Pane) rowHeight() int {
	if p.view.Kind.OfStories() || p.width < columnsFrom {
		return 2
	}
	return 1
}

// Lines draws the pane.
func (p *Pane) Lines(focused bool) []string {
	p.lines = p.lines[:0]
	if p.list.Len() > 0 {
		p.lines = append(p.lines, p.notice...)
	}
	two := p.rowHeight() == 2
	for i := range p.list.Visible() {
		d := p.row(i, focused)
		p.lines = append(p.lines, d.first)
		if two {
			p.lines = append(p.lines, d.second)
		}
	}
	if next := p.list.Top() + p.list.Height(); two && len(p.lines) < p.height && next > 0 && next < p.list.Len() {
		p.lines = append(p.lines, p.row(next, focused).first) // half a row, to show that there are more
	}
	if p.list.Len() == 0 {
		p.empty()
	}
	for len(p.lines) < p.height {
		p.lines = append(p.lines, cells.Spaces(p.width))
	}
	return p.lines[:p.height]
}

// row draws a row, or takes it as it was drawn before. The cursor's row is
// always drawn anew.
func (p *Pane) row(i int, focused bool) drawnRow {
	r := p.list.Row(i)
	if i == p.list.Index() {
		if focused {
			return p.draw(r, p.th.Cursor, &p.th.Accent)
		}
		return p.draw(r, p.th.CursorResting, &p.th.Faint)
	}
	if d, ok := p.drawn[r.Key()]; ok {
		return d
	}
	if len(p.drawn) > 8*max(p.height, 1) {
		clear(p.drawn)
	}
	d := p.draw(r, theme.Style{}, nil)
	p.drawn[r.Key()] = d
	return d
}

// draw draws a row, marked with a bar of a style if it is the cursor's.
func (p *Pane) draw(r Row, on theme.Style, bar *theme.Style) drawnRow {
	if p.rowHeight() == 1 {
		return drawnRow{first: p.columns(r, on, bar)}
	}
	return p.twoLines(r, on, bar)
}

// columns is a row on one line: outlet, headline, size, saved, whole, age.
func (p *Pane) columns(r Row, on theme.Style, bar *theme.Style) string {
	const sizeWidth, rightMargin = 11, 1
	th, l := p.th, &p.line
	right := p.width - rightMargin - age.Width - 2 - sizeWidth
	outlet := min(20, p.width/5)
	p.begin(r, on, bar)
	l.AddTo(th.Outlet, r.outlet, 4+outlet)
	l.To(4 + outlet + 2)
	p.headline(r, right-1)
	l.To(right)
	if n := len(r.Outlets); n > 1 {
		l.Add(th.Badge, cells.FitRight(th.Measure, size(n), sizeWidth-1))
	}
	l.To(right + sizeWidth)
	if r.Saved {
		l.Add(th.Saved, "★")
	}
	l.To(right + sizeWidth + 1)
	p.offline(r)
	l.To(right + sizeWidth + 2)
	l.Add(th.Muted, cells.FitRight(th.Measure, age.Of(r.when, p.now), age.Width))
	return l.String()
}

// twoLines is a row's headline, and below it what is known of the article.
func (p *Pane) twoLines(r Row, on theme.Style, bar *theme.Style) drawnRow {
	th, l := p.th, &p.line
	p.begin(r, on, bar)
	mark := 1
	if r.Saved {
		mark = 3
	}
	p.headline(r, p.width-mark)
	if r.Saved {
		l.To(p.width - 2)
		l.Add(th.Saved, "★")
	}
	first := l.String()

	p.line.ResetOn(th, p.width, on)
	p.bar(bar)
	l.To(4)
	when := age.Of(r.when, p.now)
	to := p.width - 2 - len(when)
	if r.Whole.Offline() {
		to -= 2
	}
	if n := len(r.news); n > 0 && r.Watch == feeds.Followed {
		l.AddTo(th.Unread, cells.Number(n)+" unread", to)
		l.AddTo(th.Faint, " · ", to)
	}
	if n := len(r.Outlets); n > 1 {
		l.AddTo(th.Badge, size(n), to)
		p.story(r, to)
	} else {
		l.AddTo(th.Outlet, r.outlet, to)
	}
	l.To(to + 1)
	p.offline(r)
	l.To(p.width - 1 - len(when))
	l.Add(th.Muted, when)
	return drawnRow{first: first, second: l.String()}
}

// offline marks an article that can be read in full without a network.
func (p *Pane) offline(r Row) {
	if r.Whole.Offline() {
		p.line.Add(p.th.Faint, theme.OfflineMark)
	}
}

// begin starts a row's first line: bar, dot, and where the text goes.
func (p *Pane) begin(r Row, on theme.Style, bar *theme.Style) {
	p.line.ResetOn(p.th, p.width, on)
	p.bar(bar)
	p.line.To(2)
	switch {
	case !r.Read:
		p.line.Add(p.th.Unread, "●")
	case r.Item.ID == p.open && p.open != 0:
		p.line.Add(p.th.Accent, "▸")
	}
	p.line.To(4)
}

// bar marks the cursor's row in its first column.
func (p *Pane) bar(bar *theme.Style) {
	if bar != nil {
		p.line.Add(*bar, "▌")
	}
}

// headline is a row's headline up to a column, with a mark before it if its story
// is followed and one behind it if the article was edited.
func (p *Pane) headline(r Row, to int) {
	const mark = " ±"
	if r.Watch == feeds.Followed {
		p.line.AddTo(p.th.Accent, theme.FollowMark+" ", to)
	}
	if r.Item.Revisions == 0 {
		p.line.AddTo(p.headlineStyle(r), r.headline, to)
		return
	}
	p.line.AddTo(p.headlineStyle(r), r.headline, to-cells.Width(p.th.Measure, mark))
	p.line.AddTo(p.th.Edited, mark, to)
}

func (p *Pane) headlineStyle(r Row) theme.Style {
	if r.Read {
		return p.th.Read
	}
	return p.th.Fresh
}

// drawTrouble is what is wrong with the view as it stands above the rows, over
// a rule. Most of the pane stays with the rows.
func (p *Pane) drawTrouble() []string {
	const margin = 2
	most := p.height / 2
	if p.trouble == "" || p.width <= 2*margin || most < 2 {
		return nil
	}
	var rows []string
	for _, part := range cells.Wrap(p.th.Measure, p.trouble, p.width-2*margin, most-1) {
		p.line.Reset(p.th, p.width)
		p.line.To(margin)
		p.line.Add(p.th.Warning, part)
		rows = append(rows, p.line.String())
	}
	p.line.Reset(p.th, p.width)
	p.line.To(margin)
	p.line.Add(p.th.Rule, strings.Repeat("─", p.width-2*margin))
	return append(rows, p.line.String())
}

// empty says why there is nothing.
func (p *Pane) empty() {
	if !p.loaded || p.height == 0 {
		return
	}
	text, style := "No articles here yet.", p.th.Muted
	switch {
	case p.trouble != "":
		text, style = p.trouble, p.th.Warning
	case p.instead != "":
		text = p.instead
	case p.view.Kind == feeds.ViewUnread || p.view.Unread:
		text = "Nothing unread. You are up to date."
	case p.view.Kind == feeds.ViewSaved:
		text = "Nothing saved yet."
	case p.view.Kind == feeds.ViewMuted:
		text = "No story is muted."
	case p.view.Kind == feeds.ViewFront:
		text = "No news of the last days yet."
	}
	parts := cells.Wrap(p.th.Measure, text, p.width-4, p.height)
	for range min(p.height/3, p.height-len(parts)) {
		p.lines = append(p.lines, cells.Spaces(p.width))
	}
	for _, part := range parts {
		p.line.Reset(p.th, p.width)
		p.line.To((p.width - cells.Width(p.th.Measure, part)) / 2)
		p.line.Add(style, part)
		p.lines = append(p.lines, p.line.String())
	}
}

func size(n int) string { return strconv.Itoa(n) + " outlets" }

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return cells.Number(n) + " " + many
}
