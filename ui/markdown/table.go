package markdown

import (
	"strings"

	extast "github.com/yuin/goldmark/extension/ast"

	"broadsheet/ui/cells"
)

const (
	tableGap   = 2  // columns between two columns of a table
	leastCell  = 12 // a table whose columns would be narrower is set wider than the text, to be scrolled sideways
	wideCell   = 32 // there a column gets at most so much
	maxColumns = 64 // a table of more is set row by row
	leastTable = 30 // so is one that does not fit where there is less room than this
)

// grid is a table's cells, styled but not yet broken into lines.
type grid struct {
	rows  [][]paragraph // the first is the head
	align []extast.Alignment
	wide  []int // natural width of each column
}

func (l *layout) table(n *extast.Table) {
	b := Block{Kind: Table}
	l.leaf(&b, func() {
		g := l.read(n)
		if len(g.rows) == 0 || len(g.wide) == 0 {
			return
		}
		widths, ok := fit(g.wide, l.width)
		switch {
		case ok:
			l.columns(g, widths)
		case len(g.wide) > maxColumns || l.width < leastTable:
			l.rowByRow(g)
		default:
			widths = limited(g.wide, min(wideCell, l.width))
			b.Wide = l.wide(widths)
			l.columns(g, widths)
		}
	})
	l.gap = true
}

// wide says how a table of columns of these widths is scrolled.
func (l *layout) wide(widths []int) Wide {
	w := Wide{Fixed: l.indent()}
	w.Columns = w.Fixed + total(widths)
	first := widths[0] + tableGap
	if first <= l.width/3 { // what a row is about stays in sight
		w.Fixed += first
	}
	at := l.indent()
	for _, n := range widths {
		if at >= w.Fixed {
			w.Stops = append(w.Stops, at-w.Fixed)
		}
		at += n + tableGap
	}
	return w
}

func (l *layout) read(n *extast.Table) grid {
	g := grid{align: n.Alignments}
	for row := n.FirstChild(); row != nil && l.proceed(); row = row.NextSibling() {
		var cols []paragraph
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			if len(cols) == len(g.align) {
				break
			}
			p := l.inlines(cell)
			if i := len(cols); i == len(g.wide) {
				g.wide = append(g.wide, 0)
			}
			g.wide[len(cols)] = max(g.wide[len(cols)], cells.Width(l.theme().Measure, p.text))
			cols = append(cols, p)
		}
		g.rows = append(g.rows, cols)
	}
	return g
}

// fit finds the widths of columns that share width: as wide as they need to be,
// the widest giving way to one common limit. It fails if there is no room.
func fit(natural []int, width int) ([]int, bool) {
	room := width - tableGap*(len(natural)-1)
	if len(natural) > maxColumns || room < 1 {
		return nil, false
	}
	limit := 0
	for limit < room && sumTo(natural, limit+1) <= room {
		limit++
	}
	widths := limited(natural, limit)
	for _, n := range natural {
		if n > limit && limit < leastCell {
			return nil, false
		}
	}
	return widths, sumTo(widths, width) <= room
}

// limited are the widths with none above a limit, and none of nothing.
func limited(natural []int, limit int) []int {
	widths := make([]int, len(natural))
	for i, n := range natural {
		widths[i] = max(min(n, limit), 1)
	}
	return widths
}

// total is how wide a table of columns is.
func total(widths []int) int {
	sum := tableGap * (len(widths) - 1)
	for _, n := range widths {
		sum += n
	}
	return sum
}

// sumTo is the sum of the numbers, none counted for more than limit.
func sumTo(numbers []int, limit int) int {
	sum := 0
	for _, n := range numbers {
		sum += min(n, limit)
	}
	return sum
}

// columns sets a table as columns, the cells of a row wrapped beside each other.
func (l *layout) columns(g grid, widths []int) {
	m := l.theme().Measure
	for y, row := range g.rows {
		base := open(l.theme().Text)
		if y == 0 {
			base = open(l.theme().Strong)
		}
		set := make([][]placed, len(row))
		height := 0
		for x, p := range row {
			l.wrap(p, widths[x], base, func(line placed) { set[x] = append(set[x], line) })
			height = max(height, len(set[x]))
		}
		for i := range height {
			l.emit(beside(m, set, i, widths, g.align))
		}
		if y == 0 {
			l.emit(placed{text: l.theme().Rule.Render(strings.Repeat("─", total(widths)))})
		}
	}
}

// beside joins line i of each cell of a row.
func beside(m cells.Measure, set [][]placed, i int, widths []int, align []extast.Alignment) placed {
	var out placed
	var b strings.Builder
	column := 0
	for x, lines := range set {
		if x > 0 {
			b.WriteString(cells.Spaces(tableGap))
			column += tableGap
		}
		var cell placed
		if i < len(lines) {
			cell = lines[i]
		}
		left := 0
		switch room := widths[x] - cells.Width(m, cell.text); align[x] {
		case extast.AlignRight:
			left = max(room, 0)
		case extast.AlignCenter:
			left = max(room/2, 0)
		}
		b.WriteString(cells.Fit(m, cells.Spaces(left)+cell.text, widths[x]))
		for _, s := range cell.pieces {
			s.column += int32(column + left)
			out.pieces = append(out.pieces, s)
		}
		out.links = append(out.links, cell.links...)
		column += widths[x]
	}
	out.text = strings.TrimRight(b.String(), " ")
	return out
}

// rowByRow sets a table that is too wide as a list of its rows, each cell
// behind the head of its column.
func (l *layout) rowByRow(g grid) {
	base := open(l.theme().Text)
	for y, row := range g.rows {
		if y == 0 && len(g.rows) > 1 {
			continue
		}
		if y > 1 {
			l.gap = true
		}
		for x, p := range row {
			if strings.TrimSpace(p.text) == "" {
				continue
			}
			head := ""
			if y > 0 && x < len(g.rows[0]) {
				head = strings.TrimSpace(g.rows[0][x].text)
			}
			if head == "" {
				l.flow(p, base)
				continue
			}
			head = cells.Cut(l.theme().Measure, head, max(l.width/2, 1)) + ": "
			l.inside("", "  ", 2, func() { l.flow(behind(head, open(l.theme().Muted), p), base) })
		}
	}
}

// behind puts a styled text before a paragraph.
func behind(head, sgr string, p paragraph) paragraph {
	joined := paragraph{text: head + p.text, runs: []run{{end: len(head), sgr: sgr}}}
	for _, r := range p.runs {
		r.start, r.end = r.start+len(head), r.end+len(head)
		joined.runs = append(joined.runs, r)
	}
	return joined
}
