package reader

import (
	"broadsheet/ui/markdown"
)

// page is all that the pane scrolls through, from top to bottom: the header,
// the text with what is laid between its lines, the ending. Three numberings
// must not be confused:
//
//	row   of the page: what the pane scrolls by
//	line  of the text: what markdown.Rendered counts
//	byte  of the text's words: what means the same in every width
//
// What wants to lay something over the words marks them (see marks.go); what
// wants rows of its own among the lines, as a picture does, adds an aside in
// Pane.layout.
type page struct {
	header []string // drawn rows before the text
	body   markdown.Rendered
	asides []aside
	footer []string // and after it
	drawn  []string // lines of the text, drawn when first seen
}

// aside are rows that stand between two lines of the text.
type aside struct {
	before int      // the line they stand before
	rows   []string // drawn, each as wide as the pane
}

// part is what a row of the page belongs to.
type part uint8

const (
	inHeader part = iota
	inText
	inAside
	inFooter
)

func (g *page) length() int {
	n := len(g.header) + len(g.body.Lines) + len(g.footer)
	for _, a := range g.asides {
		n += len(a.rows)
	}
	return n
}

// find is what row i is: the line i of the text, or i of the rows of a part.
func (g *page) find(row int) (what part, rows []string, i int) {
	if row < len(g.header) {
		return inHeader, g.header, row
	}
	row -= len(g.header)
	for _, a := range g.asides {
		if row < a.before {
			break
		}
		if row < a.before+len(a.rows) {
			return inAside, a.rows, row - a.before
		}
		row -= len(a.rows)
	}
	if row < len(g.body.Lines) {
		return inText, nil, row
	}
	return inFooter, g.footer, row - len(g.body.Lines)
}

// rowOf is the row in which a line of the text stands.
func (g *page) rowOf(line int) int {
	row := len(g.header) + line
	for _, a := range g.asides {
		if a.before > line {
			break
		}
		row += len(a.rows)
	}
	return row
}

// lineAt is the line of the text that stands in a row, or else the next one;
// negative in the header.
func (g *page) lineAt(row int) int {
	row -= len(g.header)
	if row < 0 {
		return row
	}
	for _, a := range g.asides {
		if row < a.before {
			break
		}
		row = max(row-len(a.rows), a.before)
	}
	return min(row, len(g.body.Lines))
}
