package compare

import (
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/age"
	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

// layout lays the tellings out, or what is said in their place.
func (p *Pane) layout() {
	p.grid = grid{}
	if p.known && p.failure == "" && p.width > 0 {
		p.grid = arrange(p.th.Measure, p.tellings, p.width)
	}
	p.scrollTo(p.top)
}

// Lines draws what is in sight.
func (p *Pane) Lines(focused bool) []string {
	p.lines = p.lines[:0]
	if len(p.grid.tiles) == 0 {
		return p.sentence()
	}
	cursor := p.th.CursorResting
	if focused {
		cursor = p.th.Cursor
	}
	row := 0
	for y := p.top; y < p.top+p.height; y++ {
		for row+1 < len(p.grid.from)-1 && y >= p.grid.from[row+1] {
			row++
		}
		p.lines = append(p.lines, p.row(row, y-p.grid.from[row], cursor))
	}
	return p.lines
}

// row draws line n of a row of tiles.
func (p *Pane) row(row, n int, cursor theme.Style) string {
	p.buf = p.buf[:0]
	for c := range p.grid.columns {
		i := row*p.grid.columns + c
		lead := margin
		if c > 0 {
			lead = gutter
		}
		p.buf = append(p.buf, cells.Spaces(lead)...)
		var on theme.Style
		if i == p.cursor && i < len(p.grid.tiles) && n < len(p.grid.tiles[i]) {
			on = cursor
		}
		p.line.ResetOn(p.th, p.grid.width, on)
		if i < len(p.grid.tiles) && n < len(p.grid.tiles[i]) {
			p.tileLine(&p.tellings[i], &p.grid.tiles[i][n])
		}
		p.buf = append(p.buf, p.line.String()...)
	}
	return cells.Fit(p.th.Measure, string(p.buf), p.width)
}

func (p *Pane) tileLine(t *telling, l *tileLine) {
	const indent = 2
	style := p.th.Text
	switch l.part {
	case byline:
		p.byline(t)
		return
	case headline:
		style = p.th.Strong
	}
	p.line.To(indent)
	at := 0
	for _, m := range l.marks {
		p.line.Add(style, l.text[at:m.Start])
		p.line.Add(p.th.Differs, l.text[m.Start:m.End])
		at = m.End
	}
	p.line.Add(style, l.text[at:])
}

// moment is when something was told: of what "a day ago" and "2 days ago" would
// make the same, the day and the time, so that it shows who was before whom.
func moment(then, now time.Time) string {
	const day = 24 * time.Hour
	if d := now.Sub(then); d < day || d >= 6*day {
		return age.Ago(then, now)
	}
	return then.In(now.Location()).Format("Monday 15:04")
}

// byline is whose a telling is, and when.
func (p *Pane) byline(t *telling) {
	switch {
	case t.Item.ID == p.open:
		p.line.Add(p.th.Accent, "▸")
	case !t.Item.Read:
		p.line.Add(p.th.Unread, "●")
	}
	p.line.To(2)
	when := moment(feeds.When(t.Item.Article), p.now)
	at := p.grid.width - cells.Width(p.th.Measure, when) - 1
	p.line.AddTo(p.th.Outlet, t.outlet, at-1)
	p.line.To(at)
	p.line.Add(p.th.Muted, when)
}

// sentence is what is said in the place of the tellings.
func (p *Pane) sentence() []string {
	style, text := p.th.Muted, "Gathering the outlets …"
	switch {
	case p.failure != "":
		style, text = p.th.Error, p.failure
	case p.known:
		text = "No other outlet tells this story yet."
	}
	for _, l := range cells.Wrap(p.th.Measure, text, p.width-2*margin, 0) {
		p.line.Reset(p.th, p.width)
		p.line.To(margin)
		p.line.Add(style, l)
		p.lines = append(p.lines, p.line.String())
	}
	for len(p.lines) < p.height {
		p.lines = append(p.lines, cells.Spaces(p.width))
	}
	return p.lines[:p.height]
}
