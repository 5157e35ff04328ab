package reader

import (
	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/markdown"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

// linkList is the list of an article's links, shown in the place of the text.
type linkList struct {
	rows   []linkRow
	cursor int
	top    int
	typed  string // the digits typed so far
}

type linkRow struct {
	number    int
	text, url string
}

func (p *Pane) openLinks() {
	if p.state == nothing {
		return
	}
	p.links = &linkList{}
	p.links.update(p.item, p.body)
}

// update takes up the links of the text and the article's media files, which
// are numbered after them. The article’s own page is number 0.
func (l *linkList) update(item feeds.Item, body markdown.Rendered) {
	if l == nil {
		return
	}
	l.rows = l.rows[:0]
	for _, link := range body.Links {
		l.rows = append(l.rows, linkRow{link.N, cells.Fold(link.Text), link.URL})
	}
	for _, e := range item.Enclosures {
		l.rows = append(l.rows, linkRow{len(l.rows) + 1, attachment(e), cells.Fold(e.URL)})
	}
	if item.URL != "" {
		l.rows = append(l.rows, linkRow{0, "The article’s own page", item.URL})
	}
	l.cursor = min(l.cursor, max(len(l.rows)-1, 0))
}

func (l *linkList) note() string {
	if l.typed != "" {
		return "number " + l.typed
	}
	return ""
}

func (l *linkList) move(n int) {
	l.cursor = max(0, min(l.cursor+n, len(l.rows)-1))
	l.typed = ""
}

func (p *Pane) actInLinks(action keys.Action) pane.Intent {
	l := p.links
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
	case keys.Enter, keys.Browser:
		return p.follow()
	case keys.Back, keys.Links:
		p.links = nil
	default:
		return pane.Ignored{}
	}
	return nil
}

// follow opens the link under the cursor and leaves the list.
func (p *Pane) follow() pane.Intent {
	l := p.links
	if len(l.rows) == 0 {
		p.links = nil
		return nil
	}
	url := l.rows[l.cursor].url
	p.links = nil
	return pane.OpenURL{URL: url}
}

// Typing reports whether keys are read as text: in the list of links, where
// digits choose.
func (p *Pane) Typing() bool { return p.links != nil }

// Type chooses a link by its number: at once if no other number begins with
// the digits typed, else with Enter. The letters that move elsewhere do so here.
func (p *Pane) Type(text string) pane.Intent {
	for _, r := range text {
		if p.links == nil {
			return nil
		}
		switch {
		case r >= '0' && r <= '9':
			if intent := p.digit(string(r)); intent != nil {
				return intent
			}
		default:
			if intent := p.letter(string(r)); intent != nil {
				return intent
			}
		}
	}
	return nil
}

// letter does what a key does by the bindings in force.
func (p *Pane) letter(key string) pane.Intent {
	if key == " " {
		key = "space"
	}
	intent := p.actInLinks(p.keys.Action(key))
	if _, ignored := intent.(pane.Ignored); ignored {
		return nil
	}
	return intent
}

func (p *Pane) digit(d string) pane.Intent {
	l := p.links
	typed := l.typed + d
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
		l.typed = ""
		return nil
	}
	l.typed = typed
	if found >= 0 {
		l.cursor = found
		if !longer {
			return p.follow()
		}
	}
	return nil
}

// Edit takes back digits.
func (p *Pane) Edit(e pane.Edit) pane.Intent {
	if p.links == nil {
		return nil
	}
	if n := len(p.links.typed); e == pane.EraseLetter && n > 0 {
		p.links.typed = p.links.typed[:n-1]
	} else {
		p.links.typed = ""
	}
	return nil
}

// drawLinks draws two lines for each link, its words and its address.
func (p *Pane) drawLinks() {
	l := p.links
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
			p.line.Add(p.th.Faint, row.url)
			p.lines = append(p.lines, p.line.String())
		}
	}
}
