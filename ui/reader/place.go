package reader

import (
	"strconv"

	"broadsheet/feeds"
)

// place is where the reading of an article stands: the line at the top of the
// pane, in terms that survive another width.
type place struct {
	top   int     // counted from the first line of the header, while that is in sight
	line  int     // counted from the first line of the text; negative in the header
	width int     // the text was rendered for
	share float64 // of the text above that line
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
	at := place{top: p.top, line: p.top - len(p.header), width: p.body.Width}
	if n := len(p.body.Lines); n > 0 {
		at.share = float64(at.line) / float64(n)
	}
	return at
}

// goTo shows a place; if the text does not reach so far yet, as soon as it does.
func (p *Pane) goTo(to place) {
	p.places.wait = nil
	line := to.line
	if line < 0 {
		p.top = max(0, min(to.top, p.last()))
		return
	}
	if p.body.Width != to.width {
		line = int(to.share*float64(len(p.body.Lines)) + 0.5)
	}
	if p.state == loading || p.body.Partial && (p.body.Width != to.width || line+p.height > len(p.body.Lines)) {
		p.places.wait = &to
		return
	}
	p.top = max(0, min(len(p.header)+line, p.last()))
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

const wordsPerMinute = 230

// progress is how far the reading is: "42 % · 3 min left".
func (p *Pane) progress() string {
	if p.state != shown {
		return ""
	}
	minutes := func(words float64) string {
		return number(max(1, int(words/wordsPerMinute+0.5))) + " min"
	}
	if p.body.Partial || p.top == 0 && p.last() > 0 {
		if p.item.Words == 0 {
			return ""
		}
		return minutes(float64(p.item.Words))
	}
	below := float64(p.length()-p.top-p.height) / float64(max(p.length(), 1))
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
