package reader

import (
	"broadsheet/ui/markdown"
	"broadsheet/ui/pane"
)

// toHeading scrolls to the next or previous heading of the text. The top of
// the page counts as one.
func (p *Pane) toHeading(n int) pane.Intent {
	var rows []int
	for _, b := range p.page.body.Blocks {
		if b.Kind == markdown.Title {
			rows = append(rows, p.page.rowOf(b.Line))
		}
	}
	if len(rows) == 0 {
		return pane.Say{Text: "This article has no headings."}
	}
	to := -1
	if n < 0 && p.top > 0 {
		to = 0
	}
	for _, row := range rows {
		row = min(row, p.last())
		if n > 0 && row > p.top {
			to = row
			break
		}
		if n < 0 && row < p.top {
			to = row
		}
	}
	if to < 0 {
		return pane.Say{Text: "There are no more headings this way."}
	}
	p.scrollTo(to)
	return nil
}
