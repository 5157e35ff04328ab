package reader

import (
	"strconv"

	"broadsheet/feeds"
)

// place is where the reading of an article stands: the line at the top of the
// pane, in terms that survive another width.
type place struct {
	top   int // the row, while the header is in sight
	at    int // the byte of the text that the line begins with; negative in the header
	of    int // bytes of the text that at was counted in; 0 if that was not known whole
	after int // how many rows below that line the top is: in the ending, or in an aside
}

// maxPlaces bounds how many articles' places are remembered.
const maxPlaces = 1000

type places struct {
	of    map[feeds.ArticleID]place
	order []feeds.ArticleID // oldest first
	wait  *place            // to go to once the text is long enough
}

// at is the place in sight.
func (p *Pane) at() place {
	if p.places.wait != nil {
		return *p.places.wait
	}
	line := p.page.lineAt(p.top)
	if line < 0 || len(p.page.body.Lines) == 0 {
		return place{top: p.top, at: -1}
	}
	at := p.page.body.FirstOf(line)
	to := place{at: at, after: p.top - p.page.rowOf(p.page.body.LineOf(at))}
	if !p.page.body.Partial {
		to.of = len(p.page.body.Text)
	}
	return to
}

// goTo shows a place; if the text does not reach so far yet, as soon as it does.
func (p *Pane) goTo(to place) {
	p.places.wait = nil
	if to.at < 0 {
		p.top = max(0, min(to.top, p.last()))
		return
	}
	at := to.at
	if n := len(p.page.body.Text); to.of > 0 && to.of != n && !p.page.body.Partial { // another text of the article
		at = int(float64(at) / float64(to.of) * float64(n))
	}
	top := p.page.rowOf(p.page.body.LineOf(at)) + to.after
	if p.state == loading || p.page.body.Partial && (to.at >= len(p.page.body.Text) || top > p.last()) {
		p.places.wait = &to
		return
	}
	p.top = max(0, min(top, p.last()))
}

// leave remembers where the open article was left.
func (p *Pane) leave() {
	if p.state == nothing {
		return
	}
	at := p.at()
	p.places.wait = nil
	if p.places.of == nil {
		p.places.of = map[feeds.ArticleID]place{}
	}
	if _, known := p.places.of[p.item.ID]; !known {
		p.places.order = append(p.places.order, p.item.ID)
	}
	p.places.of[p.item.ID] = at
	if len(p.places.order) > maxPlaces {
		delete(p.places.of, p.places.order[0])
		p.places.order = p.places.order[1:]
	}
}

// resume goes to where the open article was left, if it was.
func (p *Pane) resume() {
	if at, ok := p.places.of[p.item.ID]; ok {
		p.goTo(at)
	}
}

// Bookmark is where the reading of the open article stands, zero at its
// beginning and once it has been read to its end; false while that cannot be
// told.
func (p *Pane) Bookmark() (feeds.ArticleID, feeds.Bookmark, bool) {
	if p.state != shown || p.page.body.Partial || p.places.wait != nil {
		return 0, feeds.Bookmark{}, false
	}
	at := p.at()
	if at.at <= 0 || p.AtEnd() {
		return p.item.ID, feeds.Bookmark{}, true
	}
	return p.item.ID, feeds.Bookmark{At: at.at, Of: at.of}, true
}

// SetBookmark goes to where the reading of the open article was left when the
// program ran before, unless the reader has been elsewhere in it since.
func (p *Pane) SetBookmark(id feeds.ArticleID, m feeds.Bookmark) {
	if _, been := p.places.of[id]; been || m.At == 0 || p.state == nothing || p.item.ID != id || p.top > 0 || p.places.wait != nil {
		return
	}
	p.goTo(place{at: m.At, of: m.Of})
}

const wordsPerMinute = 230

// progress is how far the reading is: "42 % · 3 min left".
func (p *Pane) progress() string {
	if p.state != shown {
		return ""
	}
	minutes := func(words float64) string {
		return number(max(1, int(words/wordsPerMinute+0.5))) + " min"
	}
	if p.page.body.Partial || p.top == 0 && p.last() > 0 {
		if p.item.Words == 0 {
			return ""
		}
		return minutes(float64(p.item.Words))
	}
	below := float64(p.page.length()-p.top-p.height) / float64(max(p.page.length(), 1))
	if p.top >= p.last() {
		if p.last() == 0 {
			return ""
		}
		return "end"
	}
	share := number(int(float64(p.top)/float64(p.last())*100+0.5)) + " %"
	if p.item.Words == 0 {
		return share
	}
	return share + " · " + minutes(float64(p.item.Words)*below) + " left"
}

func number(n int) string { return strconv.Itoa(n) }
