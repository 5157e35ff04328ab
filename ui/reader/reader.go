// Package reader is the article pane: the text, and what one must know to read
// it — who published it, when, what became of it.
//
//	p := reader.New(th)
//	p.SetKeys(bindings)                       // it names keys in its sentences
//	p.SetArticle(item, now)                   // at once, from the row
//	job := markdown.Job{Markdown: body.Markdown, Width: p.BodyWidth(), Theme: th}
//	p.SetBody(item.ID, head)                  // the first screen
//	p.SetBody(item.ID, whole)                 // the rest; the position stays
//	p.SetPicture(address, picture)            // for each of p.Pictures()
//	intent := p.Act(keys.Links)               // lists the links; Enter: pane.OpenURL
//
// Whenever BodyWidth has changed after Resize the text must be rendered anew;
// until it comes the old lines are shown, cut. Bodies of articles that are no
// longer shown are ignored, so replies need no order.
package reader

import (
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/line"
	"broadsheet/ui/markdown"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

// state is what is known of the article's text.
type state uint8

const (
	nothing state = iota // no article is open
	loading              // it has been asked for
	shown                // it is here, the whole or its beginning
	missing              // the feed gave none
	failed               // it could not be read: see failure
)

// Pane is the article pane.
type Pane struct {
	th            *theme.Theme
	keys          keys.Bindings
	width, height int
	now           time.Time

	measure int // the widest the text gets

	item    feeds.Item
	source  Source
	state   state
	failure string
	page    page
	marks   [layers]marking
	shifts  map[int]int // how far wide tables are moved, by their first lines
	finding *finding    // nil while nothing is looked for in the text
	view    view        // nil while the text is shown
	trailN  int
	trailOf int
	top     int // the first row of the page in sight
	places  places
	told    *Told  // what was read before; nil while that is not shown
	former  string // the headline before the last change of it; "" for none
	sought  sought

	pictures gallery

	line  line.Builder
	lines []string
}

// New makes a pane with no article in it.
func New(th *theme.Theme) *Pane { return &Pane{th: th, measure: markdown.Column} }

// SetKeys tells which keys its sentences should name.
func (p *Pane) SetKeys(b keys.Bindings) {
	p.keys = b
	p.relayout()
}

// SetColumn sets how many columns wide the text gets at most, if the pane has
// them; 0 for the usual.
func (p *Pane) SetColumn(columns int) {
	if columns <= 0 {
		columns = markdown.Column
	}
	p.measure = columns
	p.relayout()
}

// SetArticle opens an article, whose text is to follow. It takes up the
// reading where it was left. The article already open is only updated.
func (p *Pane) SetArticle(item feeds.Item, now time.Time) {
	p.now = now
	same := p.state != nothing && p.item.ID == item.ID
	if !same {
		p.leave()
		p.source = Source{State: item.Whole}
		p.state, p.failure, p.view, p.finding, p.top = loading, "", nil, nil, 0
		clear(p.pictures.known)
		p.told, p.former, p.sought = nil, "", sought{}
		p.setText(markdown.Rendered{})
	}
	p.item = folded(item)
	if same {
		p.relayout()
		return
	}
	p.layout()
	p.resume()
}

// Close empties the pane.
func (p *Pane) Close() {
	p.leave()
	p.item, p.state, p.view, p.finding, p.top = feeds.Item{}, nothing, nil, nil, 0
	clear(p.pictures.known)
	p.setText(markdown.Rendered{})
	p.layout()
}

// Article is the one that is open; false if none is.
func (p *Pane) Article() (feeds.Item, bool) { return p.item, p.state != nothing }

// SetBody shows an article's text, or its beginning if it is Partial. It is
// ignored unless the article is open.
func (p *Pane) SetBody(id feeds.ArticleID, body markdown.Rendered) {
	if p.state == nothing || p.item.ID != id {
		return
	}
	if body.Partial && p.state == shown && !p.page.body.Partial && p.page.body.Width == body.Width {
		return // the whole was here first
	}
	was := p.at()
	p.state = shown
	p.setText(body)
	if len(body.Lines) == 0 && !body.Partial {
		p.state = missing
	}
	p.layout()
	p.goTo(was)
	if p.view != nil {
		p.view.update(p)
	}
	p.seek()
}

// setText puts a text, or none, in the place of the one before.
func (p *Pane) setText(body markdown.Rendered) {
	if body.Width != p.page.body.Width || len(body.Text) == 0 {
		p.shifts = nil
	}
	p.page.body = body
	p.layMarks()
}

// SetMissing says that the feed gives no text for an article.
func (p *Pane) SetMissing(id feeds.ArticleID) { p.SetBody(id, markdown.Rendered{}) }

// SetError says in a sentence why an article's text cannot be shown.
func (p *Pane) SetError(id feeds.ArticleID, sentence string) {
	if p.state == nothing || p.item.ID != id {
		return
	}
	p.state, p.failure = failed, cells.Fold(sentence)
	p.setText(markdown.Rendered{})
	p.relayout()
}

// SetStatus changes what the open article shows of its status.
func (p *Pane) SetStatus(set pane.Articles, change feeds.StatusChange) {
	if p.state != nothing && set.Has(p.item.ID) {
		p.item.Status = change.Apply(p.item.Status)
		p.relayout()
	}
}

// SetWatch tells what is wanted of a story.
func (p *Pane) SetWatch(story feeds.StoryID, w feeds.Watch) {
	if p.state != nothing && p.item.Story == story {
		p.item.Watch = w
		p.relayout()
	}
}

// SetTrail tells that the article is the nth of a trail of so many.
func (p *Pane) SetTrail(n, of int) { p.trailN, p.trailOf = n, of }

// SetNow tells the time that the age is counted to.
func (p *Pane) SetNow(now time.Time) {
	if !now.Truncate(time.Minute).Equal(p.now.Truncate(time.Minute)) {
		p.now = now
		p.relayout()
	}
}

// SetTheme changes the looks. The text must be rendered anew.
func (p *Pane) SetTheme(th *theme.Theme) {
	p.th = th
	p.layMarks()
	p.relayout()
}

// Resize tells the pane its size.
func (p *Pane) Resize(width, height int) {
	p.width, p.height = max(width, 0), max(height, 0)
	p.relayout()
}

// relayout keeps the place while what stands around the text changes.
func (p *Pane) relayout() {
	was := p.at()
	p.layout()
	p.goTo(was)
}

// BodyWidth is the width to render the article's text for.
func (p *Pane) BodyWidth() int {
	_, column := p.column()
	return column
}

// column is the left margin and the width of the text: at most a measured
// column, in the middle of a pane that has room to spare.
func (p *Pane) column() (margin, width int) {
	switch {
	case p.width < 24:
		return 0, min(p.width, p.measure)
	case p.width <= p.measure+4:
		margin = min(2, (p.width-20)/4)
		return margin, min(p.width-2*margin, p.measure)
	}
	return (p.width - p.measure) / 2, p.measure
}

// Title names the pane; once the headline is out of sight, the article.
func (p *Pane) Title() string {
	switch {
	case p.view != nil:
		return p.view.title()
	case p.state == nothing:
		return "Article"
	case p.top >= len(p.page.header)-1 && p.state == shown:
		return p.item.Outlet + " · " + p.item.Headline()
	}
	return "Article"
}

// Note tells how far the reading is, and where in the trail.
func (p *Pane) Note() string {
	if p.view != nil {
		return p.view.note()
	}
	note := ""
	if p.trailOf > 1 {
		note = number(p.trailN) + " of " + number(p.trailOf) + " in trail"
	}
	if p.finding != nil && p.finding.query != "" {
		return "“" + p.finding.query + "” " + p.finding.note()
	}
	if progress := p.progress(); progress != "" {
		if note != "" {
			note += " · "
		}
		note += progress
	}
	return note
}

// Act scrolls, and lists the links.
func (p *Pane) Act(action keys.Action) pane.Intent {
	if p.view != nil {
		return p.view.act(p, action)
	}
	p.sight()
	if p.finding != nil {
		intent := p.actInFind(action)
		if _, ignored := intent.(pane.Ignored); !ignored {
			return intent
		}
	}
	page := max(p.height-2, 1)
	switch action {
	case keys.Down:
		p.Scroll(1)
	case keys.Up:
		p.Scroll(-1)
	case keys.HalfDown:
		p.Scroll(max(p.height/2, 1))
	case keys.HalfUp:
		p.Scroll(-max(p.height/2, 1))
	case keys.PageDown:
		p.Scroll(page)
	case keys.PageUp:
		p.Scroll(-page)
	case keys.Top:
		p.scrollTo(0)
	case keys.Bottom:
		p.scrollTo(p.last())
	case keys.Links:
		p.openLinks()
	case keys.NextHeading:
		return p.toHeading(+1)
	case keys.PreviousHeading:
		return p.toHeading(-1)
	case keys.TableRight:
		return p.slide(+1)
	case keys.TableLeft:
		return p.slide(-1)
	default:
		return pane.Ignored{}
	}
	return nil
}

// Scroll moves the text by n lines.
func (p *Pane) Scroll(n int) pane.Intent {
	if p.view != nil {
		p.view.scroll(n)
		return nil
	}
	p.scrollTo(p.top + n)
	return nil
}

func (p *Pane) scrollTo(top int) {
	p.top = max(0, min(top, p.last()))
	p.places.wait = nil // the reader has gone elsewhere
}

// AtEnd reports whether the last line of a whole article is in sight.
func (p *Pane) AtEnd() bool { return p.state == shown && !p.page.body.Partial && p.top >= p.last() }

// last is the topmost line when the end is in sight.
func (p *Pane) last() int { return max(p.page.length()-p.height, 0) }
