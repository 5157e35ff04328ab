package clean

// Limits of a table that is shown as one; glamour lays out every cell.
const (
	maxColumns = 30
	maxRows    = 1000
)

// tabular tells data from layout. A table is data if it has two columns or
// more, several rows or a header, and cells that hold at most a line or two.
func tabular(t *block) bool {
	columns, filled, heads := 0, 0, 0
	for _, r := range t.kids {
		columns = max(columns, len(r.kids))
		for _, c := range r.kids {
			if !simple(c) {
				return false
			}
			if c.head {
				heads++
			}
			if len(c.kids) > 0 {
				filled++
			}
		}
	}
	return !t.layout && columns >= 2 && columns <= maxColumns && len(t.kids) <= maxRows &&
		(len(t.kids) >= 2 || heads > 0) && filled > columns
}

// simple reports whether a cell can be written on one line.
func simple(c *block) bool {
	const long = 1000
	n := 0
	for _, k := range c.kids {
		if k.kind != paragraph && k.kind != heading {
			return false
		}
		n += len(k.text)
	}
	return len(c.kids) <= 4 && n <= long
}
