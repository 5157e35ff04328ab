package timeline

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

const (
	roomyFrom    = 66 // width from which outlet and headline share a line
	timeAt       = 1
	markAt       = 8
	outletAt     = 10
	outletWidth  = 22
	deeper       = 2 // what follows an outlet's first article stands so much further in
	headlineRows = 2
)

// textLine is a line before the cursor's background is under it.
type textLine struct {
	pieces []piece
	entry  int // whose line it is, by its block; -1 for none
}

// piece is a text at a column, cut before another.
type piece struct {
	at, to int
	style  theme.Style
	text   string
}

// layout makes all lines. Their number is small, whatever the library's size.
func (p *Pane) layout() {
	p.text, p.blocks, p.folds = p.text[:0], p.blocks[:0], p.folds[:0]
	if p.width == 0 {
		return
	}
	switch {
	case p.failure != "":
		p.paragraph(p.th.Error, p.failure)
	case !p.known:
		p.paragraph(p.th.Muted, "Gathering the story …")
	default:
		p.days()
		p.absent()
	}
	p.scroll()
}

func (p *Pane) add(entry int, pieces ...piece) {
	slices.SortFunc(pieces, func(a, b piece) int { return a.at - b.at })
	p.text = append(p.text, textLine{pieces, entry})
}

func (p *Pane) gap() { p.add(-1) }

// paragraph puts a sentence on as many lines as it takes.
func (p *Pane) paragraph(st theme.Style, sentence string) {
	p.lined(-1, st, cells.Wrap(p.th.Measure, sentence, p.width-2*timeAt, 0))
}

// lined puts a text down that was put on lines.
func (p *Pane) lined(entry int, st theme.Style, lines []string) {
	for _, l := range lines {
		p.add(entry, piece{timeAt, p.width, st, l})
	}
}

// days lists the articles under the days they came out on.
func (p *Pane) days() {
	day := ""
	for i := range p.entries {
		if d := p.day(feeds.When(p.entries[i].Article)); d != day {
			if i > 0 {
				p.gap()
			}
			p.add(-1, piece{timeAt, p.width, p.th.Coverage, d})
			day = d
		}
		from := len(p.text)
		p.entry(i)
		p.blocks = append(p.blocks, block{from, len(p.text)})
	}
}

func (p *Pane) day(t time.Time) string {
	t = t.In(p.now.Location())
	date := func(t time.Time) string { return t.Format("2 January 2006") }
	switch {
	case date(t) == date(p.now):
		return "Today"
	case date(t) == date(p.now.AddDate(0, 0, -1)):
		return "Yesterday"
	case t.Year() == p.now.Year():
		return t.Format("Monday 2 January")
	}
	return date(t)
}

// entry draws an article: its time, whose it is, its headline, what is special.
func (p *Pane) entry(i int) {
	e := &p.entries[i]
	in := 0
	outlet := cells.Fold(e.Outlet)
	if e.role != tells {
		in, outlet = deeper, "↳ "+outlet
	}
	headline := p.th.Fresh
	pieces := []piece{{timeAt, markAt, p.th.Muted, feeds.When(e.Article).In(p.now.Location()).Format("15:04")}}
	if e.Read {
		headline = p.th.Read
	} else {
		pieces = append(pieces, piece{markAt, outletAt, p.th.Unread, "●"})
	}
	note := special(e)
	right := p.width - 1
	if note != "" {
		at := right - cells.Width(p.th.Measure, note)
		pieces = append(pieces, piece{at, right, p.th.Copy, note})
		right = at - 2
	}
	if p.width < roomyFrom {
		p.add(i, append(pieces, piece{outletAt + in, right, p.th.Outlet, outlet})...)
		for _, l := range cells.Wrap(p.th.Measure, cells.Fold(e.Headline()), p.width-outletAt-in-1, headlineRows) {
			p.add(i, piece{outletAt + in, p.width, headline, l})
		}
		return
	}
	at := outletAt + outletWidth
	pieces = append(pieces, piece{outletAt + in, at - 1, p.th.Outlet, outlet})
	for n, l := range cells.Wrap(p.th.Measure, cells.Fold(e.Headline()), right-at, headlineRows) {
		told := piece{at, p.width, headline, l}
		if n > 0 {
			p.add(i, told)
			continue
		}
		p.add(i, append(pieces, told)...)
	}
}

// special is what must be known of an article's text or time.
func special(e *entry) string {
	switch {
	case e.role == copies:
		return "same text"
	case e.Published.IsZero():
		return "undated: when it was seen"
	case e.Published.After(e.Fetched):
		return "dated ahead: when it was seen"
	}
	return ""
}

// absent tells who does not carry the story, and of whom that is not known.
func (p *Pane) absent() {
	m := p.missing
	p.group(silent, p.th.Strong, "Not carried by "+count(len(m.Silent), "outlet")+" of yours", m.Silent)
	p.group(failed, p.th.Warning, "Unknown (feed failed)", m.Failed)
	p.group(unread, p.th.Warning, "Unknown (not fetched since it broke)", m.Unread)
	p.group(undated, p.th.Warning, "Unknown (feed gives no dates)", m.Undated)
	if m.Checked > 0 && len(m.Silent)+len(m.Unknown()) == 0 {
		p.gap()
		p.paragraph(p.th.Muted, "All your outlets in this language carry it.")
	}
}

// group names some outlets under a heading. Of very many the first few are named,
// and the cursor can be put on the heading to have all of them.
func (p *Pane) group(g group, st theme.Style, heading string, names []string) {
	const shown, most = 2, 4 // lines of a group that folds, and of one that need not
	if len(names) == 0 {
		return
	}
	width := p.width - 2*timeAt
	all := cells.Wrap(p.th.Measure, cells.Fold(strings.Join(names, ", ")), width, 0)
	p.gap()
	if len(all) <= most {
		p.add(-1, piece{timeAt, p.width, st, heading})
		p.lined(-1, p.th.Muted, all)
		return
	}
	at, from := len(p.blocks), len(p.text)
	mark, of, lines := "▾ ", -1, all // a screenful of names is not all under the cursor
	if !p.whole[g] {
		mark, of = "▸ ", at
		few := sort.Search(len(names), func(n int) bool {
			return len(cells.Wrap(p.th.Measure, andMore(names, n+1), width, shown+1)) > shown
		})
		lines = cells.Wrap(p.th.Measure, andMore(names, few), width, 0)
	}
	p.add(at, piece{timeAt, p.width, st, mark + heading})
	p.lined(of, p.th.Muted, lines)
	p.folds, p.blocks = append(p.folds, g), append(p.blocks, block{from, len(p.text)})
}

// andMore is the first n names, and how many more there are.
func andMore(names []string, n int) string {
	if n == 0 {
		return count(len(names), "outlet")
	}
	return cells.Fold(strings.Join(names[:n], ", ")) + " and " + strconv.Itoa(len(names)-n) + " more"
}

// Lines draws what is in sight.
func (p *Pane) Lines(focused bool) []string {
	cursor := p.th.CursorResting
	if focused {
		cursor = p.th.Cursor
	}
	p.lines = p.lines[:0]
	for y := range p.height {
		var l textLine
		if i := p.top + y; i < len(p.text) {
			l = p.text[i]
		} else {
			l.entry = -1
		}
		var on theme.Style
		if l.entry >= 0 && l.entry == p.cursor {
			on = cursor
		}
		p.line.ResetOn(p.th, p.width, on)
		for _, piece := range l.pieces {
			p.line.To(piece.at)
			p.line.AddTo(piece.style, piece.text, piece.to)
		}
		p.lines = append(p.lines, p.line.String())
	}
	return p.lines
}
