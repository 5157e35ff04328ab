package reader

import (
	"slices"
	"sort"

	"broadsheet/ui/find"
	"broadsheet/ui/keys"
	"broadsheet/ui/markdown"
	"broadsheet/ui/pane"
)

// finding is a search in the text. Unlike a view it leaves the text in sight
// and marks it. While hits are shown n and N walk along them.
type finding struct {
	query string
	text  *find.Text // of the words it was made of; nil before there were any
	of    string
	hits  []markdown.Range
	at    int   // the hit that is shown; -1 for none
	from  int   // the byte of the text that was in sight when it began
	began place // where the reading stood then
}

// StartFind begins to find in the text; false if there is none.
func (p *Pane) StartFind() bool {
	if p.state != shown {
		return false
	}
	p.view = nil
	f := &finding{at: -1, began: p.at(), from: p.page.body.FirstOf(p.page.lineAt(p.top))}
	if p.finding != nil { // it goes on from there
		f.text, f.of = p.finding.text, p.finding.of
	}
	p.finding = f
	p.layMarks()
	return true
}

// Find shows the hits for words, as far as these have been typed, and the first
// after where the finding began.
func (p *Pane) Find(query string) {
	f := p.finding
	if f == nil {
		return
	}
	f.query, f.at = query, -1
	p.layMarks()
	if f.at < 0 {
		p.goTo(f.began)
	}
	p.showHit()
}

// EndFind ends the finding. Unless what was found is to be kept in sight, the
// reading is back where it was.
func (p *Pane) EndFind(stay bool) {
	if p.finding == nil {
		return
	}
	began := p.finding.began
	p.finding = nil
	p.layMarks()
	if !stay {
		p.goTo(began)
	}
}

// Found is how many hits are shown; false if none are, because nothing is being
// looked for or something else is shown in the place of the text.
func (p *Pane) Found() (hits int, finding bool) {
	if p.finding == nil || p.view != nil {
		return 0, false
	}
	return len(p.finding.hits), true
}

// lay finds the words in the text as it is now and marks them.
func (f *finding) lay(p *Pane) {
	if f == nil {
		return
	}
	body := &p.page.body
	if f.text == nil || f.of != body.Text {
		f.text, f.of = find.New(body.Text), body.Text
	}
	f.hits = f.hits[:0]
	for _, h := range f.text.Hits(f.query) {
		f.hits = append(f.hits, markdown.Range{Start: h.Start, End: h.End})
	}
	if f.at = min(f.at, len(f.hits)-1); f.at < 0 && len(f.hits) > 0 {
		f.at = sort.Search(len(f.hits), func(i int) bool { return f.hits[i].End > f.from }) % len(f.hits)
	}
	p.mark(hits, p.th.Hit, slices.Clone(f.hits)...)
	f.point(p)
}

// point marks the hit that is shown.
func (f *finding) point(p *Pane) {
	if f.at < 0 {
		p.mark(hit, p.th.HitHere)
		return
	}
	p.mark(hit, p.th.HitHere, f.hits[f.at])
}

// note is "“bridge” 3 of 17".
func (f *finding) note() string {
	if len(f.hits) == 0 {
		return "not found"
	}
	return number(f.at+1) + " of " + number(len(f.hits))
}

// FindNote tells which hit is shown, of how many; "" if none is looked for.
func (p *Pane) FindNote() string {
	if p.finding == nil || p.finding.query == "" {
		return ""
	}
	return p.finding.note()
}

// actInFind walks along the hits, and ends the finding.
func (p *Pane) actInFind(action keys.Action) pane.Intent {
	f := p.finding
	switch action {
	case keys.NextHit, keys.PreviousHit:
		if len(f.hits) == 0 {
			return nil
		}
		n := 1
		if action == keys.PreviousHit {
			n = -1
		}
		f.at = (max(f.at, 0) + n + len(f.hits)) % len(f.hits)
		p.showHit()
	case keys.Back:
		p.EndFind(true)
	default:
		return pane.Ignored{}
	}
	return nil
}

// showHit brings the hit into sight, with text above it unless it was there.
func (p *Pane) showHit() {
	f := p.finding
	f.point(p)
	if f.at < 0 {
		return
	}
	h := f.hits[f.at]
	line := p.page.body.LineOf(h.Start)
	for _, piece := range p.page.body.Pieces(line) {
		if piece.Start <= h.Start && h.Start < piece.End {
			p.uncover(line, p.columnOf(piece, h.Start), p.columnOf(piece, min(h.End, piece.End)))
		}
	}
	row := p.page.rowOf(line)
	if row < p.top || row >= p.top+p.height {
		p.scrollTo(row - p.height/3)
	}
}
