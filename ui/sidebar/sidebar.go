// Package sidebar is the pane beside an article: how other outlets tell the
// same story, then what belongs to the topic. What repeats is folded: articles
// with the same text under one of them, an outlet's further articles under its
// best.
//
//	p := sidebar.New(th)
//	p.SetLoading(item)                  // at once; the last article's rows go
//	p.SetRelated(item, rows)            // when they are known
//	p.SetCarriers(story.Outlets, story.Reprints, story.First)
//	p.Act(keys.Unfold)                  // shows what is folded under the cursor's row
//	intent := p.Act(keys.Enter)         // pane.OpenArticle{Trail: true}
//	if id, ok := p.NextRelated(); ok {  // the root's ] key, wherever the focus is
//		open(id)                        // and keep the rows: they are the asked article's
//		p.SetOpen(id)
//	}
//
// Stepping with NextRelated and PreviousRelated walks one article's rows, so
// the root leaves them standing meanwhile; Enter makes the opened article's own
// rows take their place, by SetLoading and SetRelated.
package sidebar

import (
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/rank"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/line"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

// Row is a related article with the reason, and the articles that carry the
// same text.
type Row struct {
	Item    feeds.Item
	Related feeds.Related
	Copies  []feeds.Item
}

// Same is the Kind of a row with the text of the article asked about itself.
const Same feeds.Kind = "same"

// state is what is known of the related articles.
type state uint8

const (
	nothing state = iota // no article was asked for
	loading
	known
	failed
)

// Pane is the sidebar.
type Pane struct {
	th            *theme.Theme
	keys          keys.Bindings
	width, height int

	asked   feeds.Item
	state   state
	failure string
	groups  []row   // the rows that are not under another
	shown   []entry // the rows in sight, folds and all
	folds   folds
	cursor  int             // in shown
	open    feeds.ArticleID // the row that the article pane shows, 0 for none
	why     bool            // reasons are shown

	roster   *rank.Roster
	cut      bool     // there may be more coverage
	carriers []string // the outlets that tell the story, the earliest first; nil if not known
	reprints []string // those that carry it by copies alone
	broke    time.Time

	text   []textLine // all of the pane's lines
	top    int
	drawn  bool // text is up to date
	line   line.Builder
	blocks []block // of each row, in text
	lines  []string
}

// block is the lines of a row.
type block struct{ from, to int }

// New makes an empty sidebar.
func New(th *theme.Theme) *Pane { return &Pane{th: th} }

// SetKeys tells which keys its sentences should name.
func (p *Pane) SetKeys(b keys.Bindings) {
	p.keys = b
	p.drawn = false
}

// SetLoading asks about another article; its rows are to follow.
func (p *Pane) SetLoading(article feeds.Item) { p.ask(article, loading, nil) }

// SetRelated shows what is related to an article: its coverage and then its
// background, each in the order given. The cursor stays on its row if the
// article is the one asked about already.
func (p *Pane) SetRelated(article feeds.Item, rows []Row) { p.ask(article, known, rows) }

// SetCut tells whether there may be more coverage than the rows.
func (p *Pane) SetCut(cut bool) { p.cut = cut }

// SetCarriers tells which outlets carry the story of the article asked about, the
// earliest first: in their own words, and by copies alone; and when it broke.
func (p *Pane) SetCarriers(outlets, reprints []string, broke time.Time) {
	p.carriers, p.reprints, p.broke = outlets, reprints, broke
	p.drawn = false
}

// SetRoster tells who might carry it.
func (p *Pane) SetRoster(r *rank.Roster) {
	p.roster = r
	p.drawn = false
}

// SetError says in a sentence why the rows cannot be shown.
func (p *Pane) SetError(article feeds.Item, sentence string) {
	p.ask(article, failed, nil)
	p.failure = cells.Fold(sentence)
}

// Close empties the pane.
func (p *Pane) Close() { p.ask(feeds.Item{}, nothing, nil) }

func (p *Pane) ask(article feeds.Item, s state, rows []Row) {
	at := feeds.ArticleID(0)
	if p.asked.ID == article.ID && p.cursor < len(p.shown) {
		at = p.shown[p.cursor].Item.ID
	} else {
		p.open, p.top, p.folds = 0, 0, folds{}
	}
	p.asked, p.state, p.cursor = article, s, 0
	p.carriers, p.reprints, p.cut = nil, nil, false
	p.groups = group(article, rows)
	p.flatten()
	p.Select(at)
	p.drawn = false
}

// Asked is the article that the rows are related to.
func (p *Pane) Asked() feeds.Item { return p.asked }

// SetOpen marks the row that the article pane shows, unfolding what it is
// under; 0 for none.
func (p *Pane) SetOpen(id feeds.ArticleID) {
	p.open = id
	p.reveal(id)
	p.Select(id)
	p.drawn = false
}

// SetStatus changes what the rows of some articles show of their status.
func (p *Pane) SetStatus(set pane.Articles, change feeds.StatusChange) {
	for r := range everyRow(p.groups) {
		if set.Has(r.Item.ID) {
			r.Item.Status = change.Apply(r.Item.Status)
			p.drawn = false
		}
	}
}

// SetWatch tells what is wanted of a story.
func (p *Pane) SetWatch(story feeds.StoryID, w feeds.Watch) {
	if p.asked.Story == story {
		p.asked.Watch = w
	}
	for r := range everyRow(p.groups) {
		if r.Item.Story == story {
			r.Item.Watch = w
		}
	}
	p.drawn = false
}

// SetWhole tells whether the whole text of an article is kept.
func (p *Pane) SetWhole(id feeds.ArticleID, state feeds.WholeState) {
	for r := range everyRow(p.groups) {
		if r.Item.ID == id {
			r.Item.Whole = state
			p.drawn = false
		}
	}
}

// Select puts the cursor on an article's row, if it is in sight.
func (p *Pane) Select(id feeds.ArticleID) bool {
	i := p.find(id)
	if i < 0 {
		return false
	}
	p.moveTo(i)
	return true
}

// Current is the article under the cursor; false if there is none.
func (p *Pane) Current() (feeds.Item, bool) {
	if p.cursor >= len(p.shown) {
		return feeds.Item{}, false
	}
	return p.shown[p.cursor].Item, true
}

// Tells reports whether the row under the cursor is shown as telling the story
// of the article asked about.
func (p *Pane) Tells() bool {
	if p.cursor >= len(p.shown) {
		return false
	}
	e := p.shown[p.cursor]
	if e.role == copied {
		return e.over.Related.Kind != feeds.Background
	}
	return e.Related.Kind != feeds.Background
}

// NextRelated steps to the row after the open one, the first if none is open,
// and returns its article; false at the end. What is folded is passed over.
func (p *Pane) NextRelated() (feeds.ArticleID, bool) { return p.step(+1) }

// PreviousRelated steps to the row before the open one. From the first row it
// steps back to the article asked about.
func (p *Pane) PreviousRelated() (feeds.ArticleID, bool) { return p.step(-1) }

func (p *Pane) step(n int) (feeds.ArticleID, bool) {
	at := -1
	if p.open != 0 {
		at = p.holds(p.open)
	}
	to := at + n
	switch {
	case at < 0 && n < 0, to >= len(p.shown):
		return 0, false
	case to < 0:
		p.SetOpen(0)
		return p.asked.ID, p.asked.ID != 0
	}
	id := p.shown[to].Item.ID
	p.SetOpen(id)
	return id, true
}

// SetTheme changes the looks.
func (p *Pane) SetTheme(th *theme.Theme) {
	p.th = th
	p.drawn = false
}

// Resize tells the pane its size.
func (p *Pane) Resize(width, height int) {
	p.width, p.height = max(width, 0), max(height, 0)
	p.drawn = false
}

// Title names the pane.
func (p *Pane) Title() string { return "Related" }

// Note tells how many there are of each kind, what is folded counted once.
func (p *Pane) Note() string {
	coverage, background := p.count(feeds.Coverage), p.count(feeds.Background)
	switch {
	case p.state != known || coverage+background == 0:
		return ""
	case p.cut:
		return number(coverage) + " or more"
	case background > 0:
		return number(coverage) + " + " + number(background)
	}
	return number(coverage)
}

func (p *Pane) count(kind feeds.Kind) int {
	n := 0
	for i := range p.groups {
		if p.groups[i].Related.Kind == kind {
			n++
		}
	}
	return n
}

// Act moves among the rows, opens one, unfolds one, and shows the reasons.
func (p *Pane) Act(action keys.Action) pane.Intent {
	const page = 4
	switch action {
	case keys.Down:
		p.moveTo(p.cursor + 1)
	case keys.Up:
		p.moveTo(p.cursor - 1)
	case keys.HalfDown, keys.PageDown:
		p.moveTo(p.cursor + page)
	case keys.HalfUp, keys.PageUp:
		p.moveTo(p.cursor - page)
	case keys.Top:
		p.moveTo(0)
	case keys.Bottom:
		p.moveTo(len(p.shown) - 1)
	case keys.Why:
		if len(p.shown) == 0 {
			return pane.Ignored{}
		}
		p.ToggleWhy()
	case keys.Unfold:
		p.toggle()
	case keys.Enter:
		if item, ok := p.Current(); ok {
			return pane.OpenArticle{ID: item.ID, Trail: true}
		}
	default:
		return pane.Ignored{}
	}
	return nil
}

// ToggleWhy shows the reasons of the row under the cursor, or hides them. The
// root may call it from any pane.
func (p *Pane) ToggleWhy() { p.setWhy(!p.why) }

// ShowWhy shows them.
func (p *Pane) ShowWhy() { p.setWhy(true) }

func (p *Pane) setWhy(why bool) {
	p.why = why
	p.drawn = false
}

func (p *Pane) moveTo(i int) {
	i = max(0, min(i, len(p.shown)-1))
	if i != p.cursor {
		p.cursor = i
		p.drawn = false
	}
}

// Scroll moves the cursor by n rows.
func (p *Pane) Scroll(n int) pane.Intent {
	p.moveTo(p.cursor + n)
	return nil
}

// Click puts the cursor on the row drawn at y; on the cursor's own row, opens
// it.
func (p *Pane) Click(y int) pane.Intent {
	p.draw()
	for i, b := range p.blocks {
		if at := p.top + y; at >= b.from && at < b.to {
			if i == p.cursor {
				return p.Act(keys.Enter)
			}
			p.moveTo(i)
		}
	}
	return nil
}
