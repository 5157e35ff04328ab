package sidebar

import (
	"cmp"
	"iter"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
)

// row is a Row with its texts prepared, and the rows that fold under it.
type row struct {
	Row
	outlet, headline, excerpt string
	when                      string
	source                    string // the agency whose text it is, if a dateline names it

	copies []row // the same text elsewhere
	more   []row // the outlet's further articles on the story
	under  bool  // it is one of those
}

// entry is a row in sight.
type entry struct {
	*row
	role role
	over *row // what it can be folded under; nil for none
}

// role says why a row stands where it stands.
type role uint8

const (
	leads   role = iota // by itself
	copied              // as a copy of the row over it
	further             // as another article of the outlet of the row over it
)

// folds are the rows whose rows underneath are shown, by their articles.
type folds map[feeds.ArticleID]bool

// group prepares rows and folds them: those with the asked article's own text,
// then coverage, then background, each in the order given. In coverage an
// outlet's best row has its further ones under it.
func group(article feeds.Item, rows []Row) []row {
	var groups []row
	for _, kind := range []feeds.Kind{Same, feeds.Coverage, feeds.Background} {
		at := map[string]int{}
		for _, r := range rows {
			if r.Related.Kind != kind {
				continue
			}
			made := prepare(article, r)
			if i, ok := at[r.Item.Outlet]; ok && kind == feeds.Coverage && r.Item.Outlet != "" {
				made.under = true
				groups[i].more = append(groups[i].more, made)
				continue
			}
			at[r.Item.Outlet] = len(groups)
			groups = append(groups, made)
		}
	}
	return groups
}

func prepare(article feeds.Item, r Row) row {
	made := row{
		Row: r, outlet: cells.Fold(r.Item.Outlet), headline: cells.Fold(r.Item.Headline()),
		excerpt: cells.Fold(r.Item.Excerpt), when: apart(article.Article, r),
	}
	made.source = feeds.Dateline(made.excerpt)
	for _, c := range r.Copies {
		made.copies = append(made.copies, prepare(article, Row{Item: c}))
		made.source = cmp.Or(made.source, made.copies[len(made.copies)-1].source)
	}
	return made
}

// outlets is how many outlets carry the row's text.
func (r *row) outlets() int {
	names := map[string]bool{r.Item.Outlet: true}
	for i := range r.copies {
		names[r.copies[i].Item.Outlet] = true
	}
	return len(names)
}

// everyRow visits rows with all that is under them.
func everyRow(rows []row) iter.Seq[*row] {
	return func(yield func(*row) bool) { walk(rows, yield) }
}

func walk(rows []row, yield func(*row) bool) bool {
	for i := range rows {
		r := &rows[i]
		if !yield(r) || !walk(r.copies, yield) || !walk(r.more, yield) {
			return false
		}
	}
	return true
}

// flatten lists the rows in sight.
func (p *Pane) flatten() {
	p.shown = p.shown[:0]
	for i := range p.groups {
		r := &p.groups[i]
		p.list(entry{row: r})
		if !p.folds[r.Item.ID] {
			continue
		}
		for k := range r.more {
			p.list(entry{row: &r.more[k], role: further, over: r})
		}
	}
}

// list puts a row into sight, with its copies if they are unfolded.
func (p *Pane) list(e entry) {
	p.shown = append(p.shown, e)
	if p.folds[e.Item.ID] {
		for i := range e.copies {
			p.shown = append(p.shown, entry{row: &e.copies[i], role: copied, over: e.row})
		}
	}
}

// find is the place of an article's row in sight; -1 for none.
func (p *Pane) find(id feeds.ArticleID) int {
	for i, e := range p.shown {
		if e.Item.ID == id {
			return i
		}
	}
	return -1
}

// holds is the place of an article's row, or of the one in sight that it is
// folded under; -1 if there is none.
func (p *Pane) holds(id feeds.ArticleID) int {
	if i := p.find(id); i >= 0 {
		return i
	}
	for i, e := range p.shown {
		if walk([]row{*e.row}, func(r *row) bool { return r.Item.ID != id }) {
			continue
		}
		return i
	}
	return -1
}

// reveal unfolds what an article's row is under.
func (p *Pane) reveal(id feeds.ArticleID) {
	for p.find(id) < 0 {
		i := p.holds(id)
		if i < 0 || p.folds[p.shown[i].Item.ID] {
			return
		}
		p.fold(p.shown[i].row, false)
	}
}

// toggle folds or unfolds the cursor's row. One that has nothing under it is
// folded away under what it belongs to.
func (p *Pane) toggle() {
	if p.cursor >= len(p.shown) {
		return
	}
	e := p.shown[p.cursor]
	if len(e.copies)+len(e.more) > 0 {
		p.fold(e.row, p.folds[e.Item.ID])
	} else if e.over != nil {
		p.fold(e.over, true)
		p.Select(e.over.Item.ID)
	}
}

// fold hides or shows what is under a row. The cursor stays on its row.
func (p *Pane) fold(r *row, away bool) {
	on, _ := p.Current()
	if p.folds == nil {
		p.folds = folds{}
	}
	p.folds[r.Item.ID] = !away
	p.flatten()
	p.cursor = max(0, min(p.cursor, len(p.shown)-1))
	p.Select(on.ID)
	p.drawn = false
}
