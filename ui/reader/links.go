package reader

import (
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

// linkList is the list of an article's links, shown in the place of the text.
type linkList struct {
	rows   []linkRow
	cursor int
	top    int
	typing string // the digits typed so far
}

type linkRow struct {
	number    int
	text, url string
	plays     bool // audio or video
}

func (p *Pane) openLinks() {
	if p.state == nothing {
		return
	}
	l := &linkList{}
	l.update(p)
	p.view = l
}

// update takes up the links of the text and the article's media files, which
// are numbered after them. The article’s own page is number 0.
func (l *linkList) update(p *Pane) {
	item := p.item
	l.rows = l.rows[:0]
	for _, link := range p.page.body.Links {
		l.rows = append(l.rows, linkRow{number: link.N, text: cells.Fold(link.Text), url: link.URL})
	}
	for _, e := range item.Enclosures {
		l.rows = append(l.rows, linkRow{len(l.rows) + 1, attachment(e), e.URL, plays(e)})
	}
	if item.URL != "" {
		l.rows = append(l.rows, linkRow{text: "The article’s own page", url: item.URL})
	}
	l.cursor = min(l.cursor, max(len(l.rows)-1, 0))
}

func (l *linkList) title() string { return "Links" }

func (l *linkList) note() string {
	if l.typing != "" {
		return "number " + l.typing
	}
	return ""
}

func (l *linkList) move(n int) {
	l.cursor = max(0, min(l.cursor+n, len(l.rows)-1))
	l.typing = ""
}

func (l *linkList) scroll(rows int) { l.move(rows) }

func (l *linkList) act(p *Pane, action keys.Action) pane.Intent {
	page := max(p.height/2-1, 1)
	switch action {
	case keys.Down:
		l.move(1)
	case keys.Up:
		l.move(-1)
	case keys.HalfDown, keys.PageDown:
		l.move(page)
	case keys.HalfUp, keys.PageUp:
		l.move(-page)
	case keys.Top:
		l.move(-len(l.rows))
	case keys.Bottom:
		l.move(len(l.rows))
	case keys.Enter:
		return l.follow(p)
	case keys.Browser:
		return l.browse(p)
	case keys.Back, keys.Links:
		p.view = nil
	default:
		return pane.Ignored{}
	}
	return nil
}

// follow opens the link under the cursor and leaves the list: audio and video
// in the player, any other in the browser.
func (l *linkList) follow(p *Pane) pane.Intent {
	if len(l.rows) > 0 && l.rows[l.cursor].plays {
		p.view = nil
		return pane.Play{URL: l.rows[l.cursor].url}
	}
	return l.browse(p)
}

// browse opens the link under the cursor in the browser and leaves the list.
func (l *linkList) browse(p *Pane) pane.Intent {
	p.view = nil
	if len(l.rows) == 0 {
		return nil
	}
	return pane.OpenURL{URL: l.rows[l.cursor].url}
}

// typed chooses a link by its number: at once if no other number begins with
// the digits typed, else with Enter. The letters that move elsewhere do so here.
func (l *linkList) typed(p *Pane, text string) pane.Intent {
	for _, r := range text {
		var intent pane.Intent
		switch {
		case p.view != l:
			return nil
		case r >= '0' && r <= '9':
			intent = l.digit(p, string(r))
		default:
			intent = l.letter(p, string(r))
		}
		if intent != nil {
			return intent
		}
	}
	return nil
}

// letter does what a key does by the bindings in force.
func (l *linkList) letter(p *Pane, key string) pane.Intent {
	if key == " " {
		key = "space"
	}
	intent := l.act(p, p.keys.Action(key))
	if _, ignored := intent.(pane.Ignored); ignored {
		return nil
	}
	return intent
}

func (l *linkList) digit(p *Pane, d string) pane.Intent {
	typed := l.typing + d
	found, longer := -1, false
	for i, row := range l.rows {
		n := number(row.number)
		if n == typed {
			found = i
		} else if len(n) > len(typed) && n[:len(typed)] == typed {
			longer = true
		}
	}
	if found < 0 && !longer {
		l.typing = ""
		return pane.Say{Text: "There is no link " + typed + "."}
	}
	l.typing = typed
	if found >= 0 {
		l.cursor = found
		if !longer {
			return l.follow(p)
		}
	}
	return nil
}

// edit takes back digits.
func (l *linkList) edit(e pane.Edit) {
	if n := len(l.typing); e == pane.EraseLetter && n > 0 {
		l.typing = l.typing[:n-1]
	} else {
		l.typing = ""
	}
}

// draw draws two lines for each link, its words and its address.
func (l *linkList) draw(p *Pane) {
	if len(l.rows) == 0 {
		p.lines = append(p.lines, p.blank(), p.row(2, p.th.Muted.Render("This article has no links.")))
		p.lines = p.lines[:min(len(p.lines), p.height)]
		return
	}
	fit := max(p.height/2, 1)
	l.top = max(min(l.top, l.cursor), l.cursor-fit+1)
	for i := l.top; i < len(l.rows) && len(p.lines) < p.height; i++ {
		row := l.rows[i]
		var on theme.Style
		if i == l.cursor {
			on = p.th.Cursor
		}
		p.line.ResetOn(p.th, p.width, on)
		p.line.Add(p.th.Accent, cells.FitRight(p.th.Measure, number(row.number), 4)+"  ")
		p.line.Add(p.th.Text, row.text)
		p.lines = append(p.lines, p.line.String())
		if len(p.lines) < p.height {
			p.line.ResetOn(p.th, p.width, on)
			p.line.To(6)
			p.line.Add(p.th.Muted, cells.Fold(row.url))
			p.lines = append(p.lines, p.line.String())
		}
	}
}
