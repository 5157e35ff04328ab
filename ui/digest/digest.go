// Package digest shows a story in a few sentences, quoted from the outlets that
// tell it.
//
//	p := digest.New(th, now)
//	p.SetQuotes("Storm floods quay", []gist.Said{{Item: item, Text: "The water came at four."}, …})
//	intent := p.Act(keys.Enter) // pane.OpenArticle, at the sentence
package digest

import (
	"strconv"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/gist"
	"broadsheet/ui/age"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/pane"
	"broadsheet/ui/quotes"
	"broadsheet/ui/theme"
)

// Pane is the digest of a story.
type Pane struct {
	th            *theme.Theme
	now           time.Time
	width, height int

	known   bool
	failure string
	title   string
	quotes  []gist.Said
	list    quotes.List
	lines   []string
}

// New makes a digest that waits for its sentences. Ages are counted to now.
func New(th *theme.Theme, now time.Time) *Pane { return &Pane{th: th, now: now} }

// SetQuotes shows sentences that tell a story, in the order given.
func (p *Pane) SetQuotes(title string, list []gist.Said) {
	p.known, p.failure, p.title, p.quotes = true, "", cells.Fold(title), list
	shown := make([]quotes.Quote, len(list))
	for i, q := range list {
		shown[i] = quotes.Quote{Text: q.Text, By: q.Item.Outlet, When: age.Ago(feeds.When(q.Item.Article), p.now), Mark: !q.Item.Read}
	}
	p.list.Set(shown)
}

// SetError says in a sentence why there is nothing to show.
func (p *Pane) SetError(sentence string) { p.failure = cells.Fold(sentence) }

// SetStatus changes what is shown of the status of some articles.
func (p *Pane) SetStatus(set pane.Articles, change feeds.StatusChange) {
	for i := range p.quotes {
		if it := &p.quotes[i].Item; set.Has(it.ID) {
			it.Status = change.Apply(it.Status)
			p.list.Mark(i, !it.Read)
		}
	}
}

// Current is the article of the sentence under the cursor; false if there is
// none.
func (p *Pane) Current() (feeds.Item, bool) {
	i := p.list.Cursor()
	if i < 0 {
		return feeds.Item{}, false
	}
	return p.quotes[i].Item, true
}

func (p *Pane) Title() string {
	if p.title == "" {
		return "In brief"
	}
	return "In brief · " + p.title
}

// Note tells how many sentences there are, of how many outlets.
func (p *Pane) Note() string {
	if !p.known || len(p.quotes) == 0 {
		return ""
	}
	outlets := map[string]bool{}
	for _, q := range p.quotes {
		outlets[q.Item.Outlet] = true
	}
	return count(len(p.quotes), "sentence") + ", " + count(len(outlets), "outlet")
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}

const margin = 1

// Wanted is the size the digest would like on a screen: a column that reads
// well, and the rows its sentences need.
func (p *Pane) Wanted(width, height int) (w, h int) {
	const widest, least = 84, 8
	w = min(width, widest)
	return w, min(height, max(least, p.list.Height(p.th, w-2*margin)))
}

func (p *Pane) Resize(width, height int) { p.width, p.height = max(width, 0), max(height, 0) }

func (p *Pane) SetTheme(th *theme.Theme) { p.th = th }

// Act moves from sentence to sentence, and opens an article where one stands.
func (p *Pane) Act(action keys.Action) pane.Intent {
	switch {
	case p.list.Act(action, p.height):
	case action == keys.Enter:
		if i := p.list.Cursor(); i >= 0 {
			return pane.OpenArticle{ID: p.quotes[i].Item.ID, Trail: true, Words: p.quotes[i].Text}
		}
	case action == keys.Back || action == keys.Gist:
		return pane.Close{}
	default:
		return pane.Ignored{}
	}
	return nil
}

// Scroll moves the cursor.
func (p *Pane) Scroll(n int) pane.Intent {
	action := keys.Down
	if n < 0 {
		action = keys.Up
	}
	p.list.Act(action, p.height)
	return nil
}

// Lines draws the sentences, or what is said in their place.
func (p *Pane) Lines(focused bool) []string {
	p.lines = p.lines[:0]
	style, sentence := p.th.Muted, ""
	switch {
	case p.failure != "":
		style, sentence = p.th.Error, p.failure
	case !p.known:
		sentence = "Reading the story …"
	case len(p.quotes) == 0:
		sentence = "The feeds give no text for this story; the outlets’ pages have it."
	}
	room := max(p.width-2*margin, 0)
	if sentence != "" {
		for _, l := range cells.Wrap(p.th.Measure, sentence, room, p.height) {
			p.lines = append(p.lines, style.Render(l))
		}
	} else {
		p.lines = p.list.Append(p.lines, p.th, room, p.height, focused)
	}
	for i, l := range p.lines {
		p.lines[i] = cells.Fit(p.th.Measure, cells.Spaces(min(margin, p.width))+l, p.width)
	}
	for len(p.lines) < p.height {
		p.lines = append(p.lines, cells.Spaces(p.width))
	}
	return p.lines[:p.height]
}
