package reader

import (
	"slices"
	"strings"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/age"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/theme"
)

const maxHeadline = 8 // lines

// folded is an item whose texts every terminal measures alike.
func folded(item feeds.Item) feeds.Item {
	item.Title, item.Outlet, item.Author = cells.Fold(item.Title), cells.Fold(item.Outlet), cells.Fold(item.Author)
	item.Excerpt, item.URL = cells.Fold(item.Excerpt), cells.Fold(item.URL)
	return item
}

// SetFormer tells what the open article's headline was before it was changed.
func (p *Pane) SetFormer(id feeds.ArticleID, headline string) {
	if p.state == nothing || p.item.ID != id {
		return
	}
	p.former = cells.Fold(headline)
	p.relayout()
}

// layout draws what stands before, between and after the lines of the text. It
// is done when something changes, never to draw a frame.
func (p *Pane) layout() {
	g := &p.page
	g.header, g.asides, g.footer = g.header[:0], g.asides[:0], g.footer[:0]
	g.drawn = make([]string, len(g.body.Lines))
	if p.state == nothing || p.width == 0 {
		p.findPictures()
		return
	}
	margin, column := p.column()
	p.layPictures(margin, column)
	g.header = append(g.header, p.blank())
	for _, l := range p.kicker(column) {
		g.header = append(g.header, p.row(margin, l))
	}
	g.header = append(g.header, p.wrapped(p.th.Strong, p.item.Headline(), maxHeadline)...)
	if p.former != "" {
		g.header = append(g.header, p.wrapped(p.th.Muted, "Headline was: "+p.former, 2)...)
	}
	if fate := p.fate(); fate != "" {
		g.header = append(g.header, p.row(margin, cells.Cut(p.th.Measure, fate, column)))
	}
	if from := p.provenance(); from.text != "" {
		g.header = append(g.header, p.wrapped(from.style, from.text, 0)...)
	}
	g.header = append(g.header, p.row(margin, p.th.Rule.Render(strings.Repeat("─", column))))
	if p.told != nil && (p.Dims() || g.body.Partial) {
		g.header = append(g.header, p.wrapped(p.th.Good, p.told.sentence(p.now), 2)...)
	}
	g.header = append(g.header, p.blank())
	for _, part := range p.instead() {
		g.header = append(g.header, p.wrapped(part.style, part.text, 0)...)
		g.header = append(g.header, p.blank())
	}
	p.hintTables()
	slices.SortStableFunc(g.asides, func(a, b aside) int { return a.before - b.before })
	if p.state == shown && !g.body.Partial {
		g.footer = p.ending(margin, column)
	}
}

// wrapped is a text in the column, on at most so many lines; from the right if
// it is written so.
func (p *Pane) wrapped(st theme.Style, text string, most int) []string {
	margin, column := p.column()
	lines := cells.Wrap(p.th.Measure, text, column, most)
	right := cells.RightToLeft(text)
	for i, l := range lines {
		from := margin
		if right {
			from += column - cells.Width(p.th.Measure, l)
		}
		lines[i] = p.row(from, st.Render(l))
	}
	return lines
}

type styled struct {
	style theme.Style
	text  string
}

// kicker is the line over the headline: outlet, time and age, author; in a
// narrow pane on as many lines as it takes.
func (p *Pane) kicker(column int) []string {
	parts := []styled{{p.th.Outlet, p.item.Outlet}, {p.th.Muted, when(p.item.Article, p.now)}, {p.th.Muted, p.item.Author}}
	const between = " · "
	var lines []string
	var b strings.Builder
	used := 0
	for _, part := range parts {
		text := cells.Cut(p.th.Measure, part.text, column)
		w := cells.Width(p.th.Measure, text)
		switch {
		case w == 0:
			continue
		case used > 0 && used+len(between)+w > column:
			lines = append(lines, b.String())
			b.Reset()
			used = 0
		case used > 0:
			b.WriteString(p.th.Faint.Render(between))
			used += cells.Width(p.th.Measure, between)
		}
		b.WriteString(part.style.Render(text))
		used += w
	}
	if used > 0 {
		lines = append(lines, b.String())
	}
	return lines
}

// fate is what became of the article: its story followed, saved, copied, edited.
func (p *Pane) fate() string {
	var marks []string
	switch p.item.Watch {
	case feeds.Followed:
		marks = append(marks, p.th.Accent.Render(theme.FollowMark+" followed"))
	case feeds.Muted:
		marks = append(marks, p.th.Warning.Render("story muted"))
	}
	if p.item.Saved {
		marks = append(marks, p.th.Saved.Render("★ saved"))
	}
	switch n := len(p.item.Copies); {
	case n == 1:
		marks = append(marks, p.th.Copy.Render("one other article carries this text"))
	case n > 1:
		marks = append(marks, p.th.Copy.Render(number(n)+" others carry this text"))
	}
	if p.item.Revisions > 0 {
		marks = append(marks, p.th.Warning.Render("edited "+times(p.item.Revisions)+p.shows(keys.Edits)))
	}
	return strings.Join(marks, p.th.Faint.Render(" · "))
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return number(n) + " times"
}

// shows names the key that shows something; "" if it has none.
func (p *Pane) shows(action keys.Action) string {
	key := p.keys.Key(action)
	if key == "" {
		return ""
	}
	return "; " + keys.Name(key) + " shows how"
}

// instead is what stands in the place of a text that is not there.
func (p *Pane) instead() []styled {
	var parts []styled
	if p.state != shown && p.state != failed && p.item.Excerpt != "" && p.item.Title != "" {
		parts = append(parts, styled{p.th.Text, p.item.Excerpt})
	}
	switch p.state {
	case missing:
		parts = append(parts, styled{p.th.Muted, p.noText()})
	case failed:
		parts = append(parts, styled{p.th.Error, p.failure})
	}
	return parts
}

func (p *Pane) noText() string {
	if p.item.URL == "" {
		return "This feed gives neither a text nor a link for this article."
	}
	var ways []string
	if key := p.keys.Key(keys.WholeText); key != "" && p.source.Reason == "" {
		ways = append(ways, keys.Name(key)+" to fetch its page")
	}
	if key := p.keys.Key(keys.Browser); key != "" {
		ways = append(ways, keys.Name(key)+" to open it in the browser")
	}
	if len(ways) == 0 {
		return "This feed gives no text for this article; its page has it."
	}
	return "This feed gives no text for this article; press " + strings.Join(ways, ", or ") + "."
}

// ending is what follows the text.
func (p *Pane) ending(margin, column int) []string {
	lines := []string{p.blank()}
	if p.page.body.Cut {
		for _, l := range cells.Wrap(p.th.Measure, "The article goes on; this is as much as Broadsheet shows.", column, 0) {
			lines = append(lines, p.row(margin, p.th.Warning.Render(l)))
		}
	}
	lines = append(lines, p.files(margin, column)...)
	address := strings.TrimPrefix(strings.TrimPrefix(p.item.URL, "https://"), "http://")
	mark := "■"
	if address != "" {
		mark += " " + address
	}
	return append(lines, p.row(margin, p.th.Muted.Render(cells.Cut(p.th.Measure, mark, column))), p.blank())
}

// when is the published time on the reader's clock, with its age.
func when(a feeds.Article, now time.Time) string {
	if a.Published.IsZero() {
		if a.Fetched.IsZero() {
			return ""
		}
		return "undated, seen " + age.Ago(a.Fetched, now)
	}
	t := a.Published.In(now.Location())
	d := now.Sub(t)
	switch {
	case d < 0: // the feed says what cannot be so; it is the feed that says it
		return "dated " + t.Format("2 January 2006, 15:04")
	case sameDay(t, now):
		return t.Format("15:04") + ", " + age.Ago(t, now)
	case d < 7*24*time.Hour:
		return t.Format("Monday 15:04") + ", " + age.Ago(t, now)
	case t.Year() == now.Year():
		return t.Format("2 January, 15:04")
	}
	return t.Format("2 January 2006, 15:04")
}

func sameDay(a, b time.Time) bool {
	return a.Year() == b.Year() && a.YearDay() == b.YearDay()
}
