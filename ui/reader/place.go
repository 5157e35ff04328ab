package reader

import (
	"strconv"

	"broadsheet/feeds"
)

// place is where the reading of an article stands, in terms that survive
// another width: a line of the header, or how far down the text.
type place struct {
	header int     // lines from the top, while there
	text   float64 // share of the text above the top of the pane; < 0 in the header
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
	if p.top < len(p.header) || len(p.body.Lines) == 0 {
		return place{header: p.top, text: -1}
	}
	return place{text: float64(p.top-len(p.header)) / float64(len(p.body.Lines))}
}

// goTo shows a place; if the text is not here yet, as soon as it is.
func (p *Pane) goTo(to place) {
	p.places.wait = nil
	if to.text < 0 {
		p.top = max(0, min(to.header, p.last()))
		return
	}
	if p.state == loading || p.body.Partial {
		p.places.wait = &to
		if p.body.Partial {
			return
		}
	}
	p.top = max(0, min(len(p.header)+int(to.text*float64(len(p.body.Lines))+0.5), p.last()))
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
