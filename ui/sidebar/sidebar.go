// Package sidebar is the pane beside an article: how other outlets tell the
// same story, then what belongs to the topic.
//
//	p := sidebar.New(th)
//	p.SetLoading(item)                  // at once; the last article's rows go
//	p.SetRelated(item, rows)            // when they are known
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
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/line"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

// Row is a related article with the reason.
type Row struct {
	Item    feeds.Item
	Related feeds.Related
}

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
	rows    []row
	cursor  int
	open    feeds.ArticleID // the row that the article pane shows, 0 for none
	why     bool            // reasons are shown

	text   []textLine // all of the pane's lines
	top    int
	drawn  bool // text is up to date
	line   line.Builder
	blocks []block // of each row, in text
	lines  []string
}

// row is a Row with its texts prepared.
type row struct {
	Row
	outlet, headline, excerpt string
	when                      string
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

// SetError says in a sentence why the rows cannot be shown.
func (p *Pane) SetError(article feeds.Item, sentence string) {
	p.ask(article, failed, nil)
	p.failure = cells.Fold(sentence)
}

// Close empties the pane.
func (p *Pane) Close() { p.ask(feeds.Item{}, nothing, nil) }

func (p *Pane) ask(article feeds.Item, s state, rows []Row) {
	at := feeds.ArticleID(0)
	if p.asked.ID == article.ID && p.cursor < len(p.rows) {
		at = p.rows[p.cursor].Item.ID
	} else {
		p.open, p.top = 0, 0
	}
	p.asked, p.state, p.cursor, p.rows = article, s, 0, p.rows[:0]
	for _, kind := range []feeds.Kind{feeds.Coverage, feeds.Background} {
		for _, r := range rows {
			if r.Related.Kind == kind {
				p.rows = append(p.rows, prepare(article, r))
			}
		}
	}
	p.Select(at)
	p.drawn = false
}

func prepare(article feeds.Item, r Row) row {
	return row{
		Row: r, outlet: cells.Fold(r.Item.Outlet), headline: cells.Fold(r.Item.Headline()),
		excerpt: cells.Fold(r.Item.Excerpt), when: apart(article.Article, r),
	}
}

// Asked is the article that the rows are related to.
func (p *Pane) Asked() feeds.Item { return p.asked }

// SetOpen marks the row that the article pane shows; 0 for none.
func (p *Pane) SetOpen(id feeds.ArticleID) {
	p.open = id
	p.Select(id)
	p.drawn = false
}

// SetStatus changes what the rows of some articles show of their status.
func (p *Pane) SetStatus(ids []feeds.ArticleID, change feeds.StatusChange) {
	for _, id := range ids {
		for i := range p.rows {
			if p.rows[i].Item.ID == id {
				p.rows[i].Item.Status = change.Apply(p.rows[i].Item.Status)
				p.drawn = false
			}
		}
	}
}

// Select puts the cursor on an article's row, if there is one.
func (p *Pane) Select(id feeds.ArticleID) bool {
	for i := range p.rows {
		if p.rows[i].Item.ID == id {
			p.moveTo(i)
			return true
		}
	}
	return false
}

// Current is the article under the cursor; false if there is none.
func (p *Pane) Current() (feeds.Item, bool) {
	if p.cursor >= len(p.rows) {
		return feeds.Item{}, false
	}
	return p.rows[p.cursor].Item, true
}

// NextRelated steps to the row after the open one, the first if none is open,
// and returns its article; false at the end.
func (p *Pane) NextRelated() (feeds.ArticleID, bool) { return p.step(+1) }

// PreviousRelated steps to the row before the open one. From the first row it
// steps back to the article asked about.
func (p *Pane) PreviousRelated() (feeds.ArticleID, bool) { return p.step(-1) }

func (p *Pane) step(n int) (feeds.ArticleID, bool) {
	at := -1
	for i := range p.rows {
		if p.rows[i].Item.ID == p.open {
			at = i
		}
	}
	to := at + n
	switch {
	case at < 0 && n < 0, to >= len(p.rows):
		return 0, false
	case to < 0:
		p.SetOpen(0)
		return p.asked.ID, p.asked.ID != 0
	}
	id := p.rows[to].Item.ID
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

// Note tells how many there are of each kind.
func (p *Pane) Note() string {
	if p.state != known || len(p.rows) == 0 {
		return ""
	}
	coverage := p.count(feeds.Coverage)
	if background := len(p.rows) - coverage; background > 0 {
		return number(coverage) + " + " + number(background)
	}
	return number(coverage)
}

func (p *Pane) count(kind feeds.Kind) int {
	n := 0
	for i := range p.rows {
		if p.rows[i].Related.Kind == kind {
			n++
		}
	}
	return n
}

// Act moves among the rows, opens one, and shows the reasons.
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
		p.moveTo(len(p.rows) - 1)
	case keys.Why:
		p.ToggleWhy()
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
func (p *Pane) ToggleWhy() {
	p.why = !p.why
	p.drawn = false
}

func (p *Pane) moveTo(i int) {
	i = max(0, min(i, len(p.rows)-1))
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

// apart is how much earlier or later than the article a related one came out,
// in words; "" if that is not known.
func apart(article feeds.Article, r Row) string {
	d := r.Related.Why.Apart
	if d == 0 {
		if article.Published.IsZero() || r.Item.Published.IsZero() {
			return ""
		}
		d = r.Item.Published.Sub(article.Published)
	}
	return between(d)
}

func between(d time.Duration) string {
	word := " later"
	if d < 0 {
		d, word = -d, " earlier"
	}
	switch {
	case d < time.Hour:
		return "same hour"
	case d < 36*time.Hour:
		return number(int((d+30*time.Minute)/time.Hour)) + " h" + word
	}
	return number(int((d+12*time.Hour)/(24*time.Hour))) + " days" + word
}
