package reader

import (
	"broadsheet/feeds"
	"broadsheet/ui/keys"
	"broadsheet/ui/markdown"
	"broadsheet/ui/pane"
	"broadsheet/ui/quotes"
)

// gist is the article's key sentences, shown in the place of the text. Enter
// goes to where one stands.
type gist struct {
	sentences []markdown.Range
	of        int // sentences of the whole text
	list      quotes.List
}

// Words are what an article's text says. A range of one means the same in the
// other, and in every width.
type Words struct {
	Text  string
	Prose string // without headings, tables, code and pictures: spaces stand in their place
}

// Words are those of the text that is shown; false while there is only its
// beginning.
func (p *Pane) Words() (Words, bool) {
	body := &p.page.body
	if p.state != shown && p.state != missing || body.Partial {
		return Words{}, false
	}
	prose := []byte(body.Text)
	for _, b := range body.Blocks {
		if b.Kind == markdown.Paragraph {
			continue
		}
		for i := b.Range.Start; i < b.Range.End; i++ {
			if prose[i] != '\n' {
				prose[i] = ' '
			}
		}
	}
	return Words{Text: body.Text, Prose: string(prose)}, true
}

// ShowGist shows key sentences of an article, of so many, in the place of the
// text they are ranges of. It is ignored if another text is shown.
func (p *Pane) ShowGist(id feeds.ArticleID, text string, sentences []markdown.Range, of int) {
	if p.state != shown || p.item.ID != id || p.page.body.Text != text {
		return
	}
	g := &gist{sentences: sentences, of: of}
	list := make([]quotes.Quote, len(sentences))
	for i, r := range sentences {
		list[i].Text = text[r.Start:r.End]
	}
	g.list.Set(list)
	p.view = g
	p.sight()
}

// ShowsGist reports whether key sentences stand in the place of the text.
func (p *Pane) ShowsGist() bool {
	_, shows := p.view.(*gist)
	return shows
}

func (g *gist) title() string { return "Key sentences" }

func (g *gist) note() string { return number(len(g.sentences)) + " of " + number(g.of) }

func (g *gist) update(*Pane) {}

func (g *gist) scroll(rows int) {
	action := keys.Down
	if rows < 0 {
		action = keys.Up
	}
	g.list.Act(action, 1)
}

func (g *gist) act(p *Pane, action keys.Action) pane.Intent {
	switch {
	case g.list.Act(action, p.height):
	case action == keys.Enter:
		p.view = nil
		if i := g.list.Cursor(); i >= 0 {
			p.goToWords(g.sentences[i])
		}
	case action == keys.Back || action == keys.Gist:
		p.view = nil
	default:
		return pane.Ignored{}
	}
	return nil
}

// draw draws them under the headline, if there is room for both.
func (g *gist) draw(p *Pane) {
	margin, column := p.column()
	head := p.page.header
	if len(head) > p.height/2 {
		head = head[:min(1, len(head))]
	}
	p.lines = append(p.lines, head...)
	p.lines = p.lines[:min(len(p.lines), p.height)]
	from := len(p.lines)
	p.lines = g.list.Append(p.lines, p.th, column, p.height-from, true)
	for i := from; i < len(p.lines); i++ {
		p.lines[i] = p.row(margin, p.lines[i])
	}
}

// Seek goes to words of an article's text, and marks them: at once, or when the
// text is here.
func (p *Pane) Seek(id feeds.ArticleID, words string) {
	if p.state == nothing || p.item.ID != id || words == "" {
		return
	}
	p.sought.words = words
	p.seek()
}

// sought are words to go to.
type sought struct {
	words string         // not found yet; "" for none
	at    markdown.Range // found, and marked until the next key
}

// seek looks for the words that are sought in the text as it is now.
func (p *Pane) seek() {
	if p.sought.words == "" || p.state != shown {
		return
	}
	r, found := p.page.body.Locate(p.sought.words, 0)
	if !found {
		if !p.page.body.Partial {
			p.sought.words = ""
		}
		return
	}
	p.view = nil
	p.goToWords(r)
}

// goToWords shows where words stand, with some text above them.
func (p *Pane) goToWords(r markdown.Range) {
	p.sought = sought{at: r}
	p.mark(target, p.th.HitHere, r)
	p.scrollTo(p.page.rowOf(p.page.body.LineOf(r.Start)) - p.height/4)
}

// sight takes the mark off what was sought: it has been seen.
func (p *Pane) sight() {
	if p.sought.at != (markdown.Range{}) {
		p.sought.at = markdown.Range{}
		p.mark(target, p.th.HitHere)
	}
}
