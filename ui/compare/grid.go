package compare

import (
	"strings"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
)

// The widths from which there are so many columns: those of a screen of 160
// and of 100 columns, less what is around the comparison.
const (
	threeFrom = 154
	twoFrom   = 94
	gutter    = 3 // between columns
	margin    = 1
)

// How much of a telling is shown.
const (
	headlineRows = 4
	leadRows     = 14
)

// grid is where the tellings stand: in rows of so many columns.
type grid struct {
	columns int
	width   int // of a column
	tiles   []tile
	from    []int // the first line of each row of tiles, and the end of the last
	height  int
}

// tile is the lines of a telling.
type tile []tileLine

// tileLine is a line of a telling.
type tileLine struct {
	part  part
	text  string
	marks []Span // in text
}

// part is what a line belongs to.
type part uint8

const (
	byline part = iota
	headline
	lead
)

// columnsOf is how many columns a width has.
func columnsOf(width, tellings int) int {
	n := 1
	switch {
	case width >= threeFrom:
		n = 3
	case width >= twoFrom:
		n = 2
	}
	return max(1, min(n, tellings))
}

// arrange lays tellings out at a width.
func arrange(m cells.Measure, list []telling, width int) grid {
	g := grid{columns: columnsOf(width, len(list)), from: []int{0}}
	g.width = (width - 2*margin - (g.columns-1)*gutter) / g.columns
	row := 0
	for i := range list {
		t := list[i].tile(m, max(g.width-2, 0))
		g.tiles = append(g.tiles, t)
		row = max(row, len(t))
		if (i+1)%g.columns == 0 || i == len(list)-1 {
			g.from = append(g.from, g.from[len(g.from)-1]+row+1)
			row = 0
		}
	}
	g.height = max(g.from[len(g.from)-1]-1, 0) // no empty line after the last
	return g
}

// rowOf is the row of tiles that a telling is in.
func (g *grid) rowOf(i int) int { return max(i, 0) / max(g.columns, 1) }

// rows are the lines of a telling: from the first to before the end.
func (g *grid) rows(i int) (from, to int) {
	if i < 0 || i >= len(g.tiles) {
		return 0, 0
	}
	from = g.from[g.rowOf(i)]
	return from, from + len(g.tiles[i])
}

// tile sets a telling in a column.
func (t *telling) tile(m cells.Measure, width int) tile {
	out := tile{{part: byline}}
	out = set(out, m, headline, t.headline, t.inHeadline, width, headlineRows)
	return set(out, m, lead, t.lead, t.inLead, width, leadRows)
}

// set breaks a text into lines, each with its marks.
func set(out tile, m cells.Measure, p part, text string, marks []Span, width, limit int) tile {
	n := 0
	cells.Spans(m, text, width, func(s cells.Span) bool {
		l := tileLine{part: p, text: text[s.Start:s.End]}
		end := s.End
		if n++; n == limit && strings.TrimSpace(text[s.End:]) != "" {
			l.text = cells.Wrap(m, text[s.Start:], width, 1)[0]
			end = s.Start + len(strings.TrimSuffix(l.text, cells.Ellipsis))
		}
		for _, mark := range marks {
			if from, to := max(mark.Start, s.Start), min(mark.End, end); from < to {
				l.marks = append(l.marks, Span{from - s.Start, to - s.Start})
			}
		}
		out = append(out, l)
		return n < limit
	})
	return out
}

// prepare finds what differs between tellings. Only those in one language are
// held against each other.
func prepare(list []Telling) []telling {
	out := make([]telling, len(list))
	groups := map[string][]int{}
	for i, t := range list {
		out[i] = telling{Telling: t, outlet: cells.Fold(t.Item.Outlet), headline: cells.Fold(t.Item.Headline()), lead: cells.Fold(t.Lead)}
		tag := primary(t.Item)
		groups[tag] = append(groups[tag], i)
	}
	for _, group := range groups {
		texts := make([]string, len(group))
		for n, i := range group {
			texts[n] = out[i].headline + "\n" + out[i].lead
		}
		for n, spans := range Differing(texts) {
			t := &out[group[n]]
			after := len(t.headline) + 1
			for _, s := range spans {
				if s.Start < after {
					t.inHeadline = append(t.inHeadline, s)
				} else {
					t.inLead = append(t.inLead, Span{s.Start - after, s.End - after})
				}
			}
		}
	}
	return out
}

// primary is the language of an article without its region.
func primary(it feeds.Item) string {
	tag, _, _ := strings.Cut(strings.ReplaceAll(it.Language, "_", "-"), "-")
	return strings.ToLower(tag)
}
