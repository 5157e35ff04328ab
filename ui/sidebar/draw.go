package sidebar

import (
	"slices"
	"strings"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

const (
	headlineLines = 3
	excerptLines  = 8
	leastExcerpt  = 2 // in a low pane, so that the rows around it stay in sight
)

// textLine is a line of the pane before the cursor's background is under it.
type textLine struct {
	left, right           string
	leftStyle, rightStyle theme.Style
	indent                int
	flag                  string // behind left: the article was edited
	mark                  string // before the indent
	markStyle             theme.Style
	row                   int // whose line it is, -1 for none
}

// draw lays out the rows. Their number is small, whatever the library's size.
func (p *Pane) draw() {
	if p.drawn {
		return
	}
	p.drawn = true
	p.text, p.blocks = p.text[:0], p.blocks[:0]
	p.watched()
	p.place()
	switch {
	case p.state == nothing:
	case p.state == loading:
		p.say(p.th.Muted, "Looking for related stories…")
	case p.state == failed:
		p.say(p.th.Error, p.failure)
	default:
		p.sections()
	}
	p.scroll()
}

func (p *Pane) sections() {
	if p.count(feeds.Coverage) == 0 && len(p.carriers) < 2 {
		sentence := "No other outlet tells this story yet."
		if p.count(Same) > 0 {
			sentence = "No other outlet tells this story in its own words yet."
		}
		p.say(p.th.Muted, sentence)
	}
	last, told := feeds.Kind(""), false
	for i, e := range p.shown {
		if e.role == leads {
			kind := e.Related.Kind
			if i > 0 {
				p.gap()
			}
			if kind == feeds.Background && !told {
				told = true
				p.absent()
			}
			if kind != last {
				p.heading(kind)
			}
			last = kind
		}
		from := len(p.text)
		p.row(i)
		p.blocks = append(p.blocks, block{from, len(p.text)})
	}
	if !told {
		p.gap()
		p.absent()
	}
}

// absent tells which of the reader's outlets do not carry a story that several
// do, and of which that is not known.
func (p *Pane) absent() {
	if p.roster == nil || len(p.carriers)+len(p.reprints) < 2 {
		return
	}
	m := p.roster.Missing(p.tellers(), []string{p.asked.Language}, p.broke)
	if len(m.Silent) > 0 {
		p.say(p.th.Muted, "Not in "+names(m.Silent)+".")
	}
	for _, unknown := range []struct {
		outlets []string
		why     string
	}{{m.Failed, "feed failed"}, {m.Unread, "not fetched since"}, {m.Undated, "no dates"}} {
		if len(unknown.outlets) > 0 {
			p.say(p.th.Muted, "Unknown ("+unknown.why+"): "+names(unknown.outlets)+".")
		}
	}
}

// tellers are the outlets that carry the story, and those that are shown to cover
// it though they were not made part of it.
func (p *Pane) tellers() []string {
	out := slices.Concat(p.carriers, p.reprints)
	for i := range p.groups {
		if p.groups[i].Related.Kind == feeds.Background {
			continue
		}
		for r := range everyRow(p.groups[i : i+1]) {
			out = append(out, r.Item.Outlet)
		}
	}
	return out
}

// names lists some outlets, and how many there are besides.
func names(outlets []string) string {
	const most = 3
	if n := len(outlets) - most; n > 1 {
		outlets = append(slices.Clone(outlets[:most]), number(n)+" more")
	}
	last := len(outlets) - 1
	if last == 0 {
		return cells.Fold(outlets[0])
	}
	return cells.Fold(strings.Join(outlets[:last], ", ") + " and " + outlets[last])
}

func (p *Pane) add(l textLine) { p.text = append(p.text, l) }

func (p *Pane) gap() { p.add(textLine{row: -1}) }

func (p *Pane) heading(kind feeds.Kind) {
	l := textLine{left: "Coverage", leftStyle: p.th.Coverage, row: -1}
	switch kind {
	case Same:
		l.left = "The same text"
	case feeds.Background:
		l.left, l.leftStyle = "Background", p.th.Backdrop
	}
	p.add(l)
}

// say puts a sentence on as many lines as it takes.
func (p *Pane) say(st theme.Style, sentence string) {
	for _, l := range cells.Wrap(p.th.Measure, sentence, p.room(), 0) {
		p.add(textLine{left: l, leftStyle: st, row: -1})
	}
	p.gap()
}

// indent is the room for a row's mark.
const indent = 2

// pad keeps the text off the borders, where there is room to.
func (p *Pane) pad() int {
	if p.width < 24 {
		return 0
	}
	return 1
}

// room is the width of the text with its marks.
func (p *Pane) room() int { return p.width - 2*p.pad() }

func (p *Pane) row(i int) {
	e := p.shown[i]
	mark, markStyle := "●", p.th.Unread
	headline := p.th.Fresh
	if e.Item.Read {
		mark, headline = " ", p.th.Read
	}
	if e.Item.ID == p.open && p.open != 0 {
		mark, markStyle = "▸", p.th.Accent
	}
	flag := ""
	if e.Item.Revisions > 0 {
		flag = " ±"
	}
	if e.Item.Story != p.asked.Story { // of the story asked about it is said above
		switch e.Item.Watch {
		case feeds.Followed:
			flag += " " + theme.FollowMark
		case feeds.Muted:
			flag += " muted"
		}
	}
	p.add(textLine{left: e.outlet, flag: flag, leftStyle: p.th.Outlet, right: e.right(), rightStyle: p.th.Muted, indent: e.indent(), mark: mark, markStyle: markStyle, row: i})
	if e.role != copied || e.headline != e.over.headline {
		p.wrapped(i, headline, e.headline, headlineLines)
	}
	p.underneath(i)
	if i != p.cursor {
		return
	}
	switch {
	case p.why: // in the place of the excerpt: a low pane has not room for both
		p.reasons(i)
	case e.Related.Kind == Same: // it stands beside it
	case e.role != copied && e.excerpt != "" && e.excerpt != e.headline:
		p.wrapped(i, p.th.Text, e.excerpt, min(excerptLines, max(leastExcerpt, p.height/4)))
	}
}

// right is when the article came, behind the sign that it can be read offline.
func (e entry) right() string {
	if !e.Item.Whole.Offline() {
		return e.when
	}
	if e.when == "" {
		return theme.OfflineMark
	}
	return theme.OfflineMark + " " + e.when
}

// indent is the room for a row's mark: more for what is under another.
func (e entry) indent() int {
	switch {
	case e.role == leads:
		return indent
	case e.role == copied && e.over.under:
		return 3 * indent
	}
	return 2 * indent
}

// underneath tells what is folded under a row, or was.
func (p *Pane) underneath(i int) {
	e := p.shown[i]
	arrow := "▸"
	if p.folds[e.Item.ID] {
		arrow = "▾"
	}
	say := func(text string) {
		p.add(textLine{left: text, leftStyle: p.th.Copy, indent: e.indent(), mark: arrow, markStyle: p.th.Copy, row: i})
	}
	if n := len(e.copies); n > 0 {
		outlets := e.outlets()
		if e.Related.Kind == Same {
			outlets++ // the article asked about, whose text it is
		}
		told := " text · " + number(outlets) + " outlets"
		if outlets == 1 {
			told = " text · " + number(n+1) + " times"
		}
		if whose := e.source + told; e.source != "" && cells.Width(p.th.Measure, whose) <= p.room()-e.indent() {
			say(whose)
		} else {
			say("same" + told)
		}
	}
	if n := len(e.more); n > 0 {
		say("+" + number(n) + " more")
	}
}

func (p *Pane) wrapped(i int, st theme.Style, text string, limit int) {
	in := p.shown[i].indent()
	for _, l := range cells.Wrap(p.th.Measure, text, p.room()-in, limit) {
		p.add(textLine{left: l, leftStyle: st, indent: in, row: i})
	}
}

// watched tells what is wanted of the story of the article asked about.
func (p *Pane) watched() {
	switch {
	case p.state != known:
	case p.asked.Watch == feeds.Followed:
		p.say(p.th.Accent, theme.FollowMark+" You follow this story.")
	case p.asked.Watch == feeds.Muted:
		p.say(p.th.Warning, "This story is muted.")
	}
}

// place tells where the outlet of the article asked about stands among those
// that tell its story in their own words.
func (p *Pane) place() {
	n := len(p.carriers)
	if p.state != known || n < 2 || p.asked.Published.IsZero() {
		return
	}
	first := cells.Fold(p.carriers[0])
	switch i := slices.Index(p.carriers, p.asked.Outlet); i {
	case 0:
		p.say(p.th.Muted, "First of "+number(n)+" outlets to tell it.")
	case -1:
		p.say(p.th.Muted, number(n)+" outlets tell it; "+first+" had it first.")
	default:
		p.say(p.th.Muted, ordinal(i+1)+" of "+number(n)+" outlets; "+first+" had it first.")
	}
}

func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return number(n) + suffix
}

// scroll brings the cursor's row into sight, its beginning rather than its end,
// with the heading above the first.
func (p *Pane) scroll() {
	if p.cursor < len(p.blocks) {
		b := p.blocks[p.cursor]
		from := b.from
		if p.cursor == 0 {
			from = 0
		}
		p.top = max(p.top, b.to-p.height)
		p.top = min(p.top, b.from)
		if b.to-from <= p.height {
			p.top = min(p.top, from)
		}
	}
	p.top = max(0, min(p.top, len(p.text)-p.height))
}

// Lines draws what is in sight.
func (p *Pane) Lines(focused bool) []string {
	p.draw()
	p.lines = p.lines[:0]
	cursor := p.th.CursorResting
	if focused {
		cursor = p.th.Cursor
	}
	for y := range p.height {
		i := p.top + y
		if i >= len(p.text) {
			p.lines = append(p.lines, cells.Spaces(p.width))
			continue
		}
		l := &p.text[i]
		var on theme.Style
		if l.row >= 0 && l.row == p.cursor {
			on = cursor
		}
		p.line.ResetOn(p.th, p.width, on)
		p.line.To(p.pad() + max(l.indent-indent, 0))
		p.line.Add(l.markStyle, l.mark)
		p.line.To(p.pad() + l.indent)
		if l.right == "" {
			p.line.Add(l.leftStyle, l.left)
		} else {
			at := p.pad() + p.room() - cells.Width(p.th.Measure, l.right)
			p.line.AddTo(l.leftStyle, l.left, at-1-cells.Width(p.th.Measure, l.flag))
			p.line.AddTo(p.th.Edited, l.flag, at-1)
			p.line.To(at)
			p.line.Add(l.rightStyle, l.right)
		}
		p.lines = append(p.lines, p.line.String())
	}
	return p.lines
}
