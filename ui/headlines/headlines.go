// Package headlines is the pane in the middle: the articles of a view, or the
// stories of the front page.
//
//	p := headlines.New(th)
//	p.Show(view, "Unread")
//	p.SetWindow(rows, headlines.Edges{Start: true})
//	intent := p.Act(keys.Down) // pane.OpenArticle to preview, pane.NeedRows near an edge
//
// It holds a window of the view, not the view: near an edge that is not the
// view's own it asks for more rows.
package headlines

import (
	"slices"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/rank"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/line"
	"broadsheet/ui/list"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

// Row is an article of the list, or a story of the front page by its leading
// article. Make one with NewRow.
type Row struct {
	feeds.Item
	Story   feeds.StoryID     // set on the front page only: the row's identity is the story
	Outlets []string          // the independent outlets on its story; nil when not known
	Tells   []feeds.ArticleID // all articles of its story; set on the front page only

	reprints []string // the outlets that carry copies alone

	headline string
	outlet   string
	when     time.Time
	first    string // who had the story first
	since    time.Time
	grew     int
	news     []feeds.ArticleID // what is unread of a story that is followed
}

// NewRow prepares an article for drawing. On the front page story is set.
func NewRow(item feeds.Item, story feeds.StoryID, outlets []string) Row {
	return Row{
		Item: item, Story: story, Outlets: outlets,
		headline: cells.Fold(item.Headline()), outlet: cells.Fold(item.Outlet), when: feeds.When(item.Article),
	}
}

// Telling is what the front page says of a story beside its headline.
type Telling struct {
	Title  string            // the story's headline, in the place of its leading article's; "" for none
	Tells  []feeds.ArticleID // all its articles
	Latest time.Time         // of its articles
	First  string            // the outlet that had it first; "" if only one has it
	Since  time.Time         // when that was
	Grew   int               // how many articles came in the last hours, after the first ones

	Reprints []string // the outlets that carry copies alone

	Unread []feeds.ArticleID // what is unread of a story that is followed
}

// Telling is the row with what is said of its story.
func (r Row) Telling(t Telling) Row {
	if t.Title != "" {
		r.headline = cells.Fold(t.Title)
	}
	r.Tells, r.reprints, r.news = t.Tells, t.Reprints, t.Unread
	r.when, r.first, r.since, r.grew = t.Latest, cells.Fold(t.First), t.Since, t.Grew
	return r
}

// ID is a row's identity in the list.
type ID struct {
	Story   feeds.StoryID
	Article feeds.ArticleID
}

// Key is the row's identity: its story on the front page, else its article.
func (r Row) Key() ID {
	if r.Story != 0 {
		return ID{Story: r.Story}
	}
	return ID{Article: r.Item.ID}
}

// Edges says which ends of the window are ends of the view.
type Edges struct{ Start, End bool }

// Pane is the headline list.
type Pane struct {
	th            *theme.Theme
	width, height int
	list          *list.List[ID, Row]
	view          feeds.View
	name          string
	counts        feeds.Counts
	edges         Edges
	loaded        bool
	instead       string // said of an empty list; "" for the view's own sentence
	muted         int
	trouble       string        // said above the rows, or of an empty list before anything else
	notice        []string      // the trouble as it is drawn above the rows
	asked         pane.NeedRows // asked for and not yet here
	open          feeds.ArticleID
	now           time.Time
	line          line.Builder
	lines         []string
	drawn         map[ID]drawnRow
	roster        *rank.Roster
	absent        map[ID]missing // who does not carry a story
}

// drawnRow is a row as it was last drawn without the cursor.
type drawnRow struct{ first, second string }

// New makes an empty list.
func New(th *theme.Theme) *Pane {
	return &Pane{th: th, list: list.New(Row.Key), drawn: map[ID]drawnRow{}, absent: map[ID]missing{}}
}

// Show turns to another view, empty until its rows come.
func (p *Pane) Show(view feeds.View, name string) {
	p.view, p.name, p.loaded, p.edges, p.counts = view, cells.Fold(name), false, Edges{}, feeds.Counts{}
	p.asked = pane.NeedRows{}
	p.list.Reset(nil)
	p.forget()
}

// View is the view shown.
func (p *Pane) View() feeds.View { return p.view }

// Loaded reports whether the view's rows have come.
func (p *Pane) Loaded() bool { return p.loaded }

// SetCounts tells how many articles the view has.
func (p *Pane) SetCounts(c feeds.Counts) { p.counts = c }

// SetInstead sets the sentence that an empty list says; "" for the usual.
func (p *Pane) SetInstead(sentence string) { p.instead = cells.Fold(sentence) }

// SetTrouble sets what is wrong with the view, to be read in full above its rows
// or in their place; "" for nothing.
func (p *Pane) SetTrouble(sentence string) {
	if sentence = cells.Fold(sentence); p.trouble != sentence {
		p.trouble = sentence
		p.Resize(p.width, p.height)
	}
}

// SetWindow replaces the rows; the cursor stays on its row.
func (p *Pane) SetWindow(rows []Row, edges Edges) {
	p.loaded, p.edges, p.asked = true, edges, pane.NeedRows{}
	p.list.SetRows(rows)
	clear(p.absent)
	p.forget()
}

// SetRoster tells who might carry the stories of the front page.
func (p *Pane) SetRoster(r *rank.Roster) {
	p.roster = r
	clear(p.absent)
	p.forget()
}

// maxWindow is how many rows are held before those far from the cursor go.
const maxWindow = 1200

// Append adds the rows after the last; end tells that the view ends there.
func (p *Pane) Append(rows []Row, end bool) {
	all := append(slices.Clip(p.list.Rows()), p.unheld(rows)...)
	p.asked.After = false
	p.edges.End = end
	if over := min(len(all)-maxWindow, p.list.Index()-maxWindow/4); over > 0 {
		all = slices.Clone(all[over:])
		p.edges.Start = false
	}
	p.list.SetRows(all)
}

// Prepend adds the rows before the first; start tells that the view begins
// there.
func (p *Pane) Prepend(rows []Row, start bool) {
	rows = p.unheld(rows)
	all := append(slices.Clip(rows), p.list.Rows()...)
	p.asked.Before = false
	p.edges.Start = start
	index := p.list.Index() + len(rows)
	if keep := max(maxWindow, index+maxWindow/4); len(all) > keep {
		all = slices.Clone(all[:keep])
		p.edges.End = false
	}
	p.list.SetRows(all)
}

// unheld are those rows that are not in the window already.
func (p *Pane) unheld(rows []Row) []Row {
	held := make(map[ID]bool, p.list.Len())
	for _, r := range p.list.Rows() {
		held[r.Key()] = true
	}
	return slices.DeleteFunc(slices.Clone(rows), func(r Row) bool { return held[r.Key()] })
}

// Rows are the rows held. They must not be changed.
func (p *Pane) Rows() []Row { return p.list.Rows() }

// Edges tells which ends of the view are held.
func (p *Pane) Edges() Edges { return p.edges }

// Current is the row under the cursor.
func (p *Pane) Current() (Row, bool) { return p.list.Current() }

// Holds reports whether a row is held.
func (p *Pane) Holds(id ID) bool { return p.list.Find(id) >= 0 }

// Select puts the cursor on a row, if it is held.
func (p *Pane) Select(id ID) bool { return p.list.Select(id) }

// SelectArticle puts the cursor on the row of an article, if it is held.
func (p *Pane) SelectArticle(id feeds.ArticleID) bool {
	i := slices.IndexFunc(p.list.Rows(), func(r Row) bool { return r.Item.ID == id })
	if i < 0 {
		return false
	}
	p.list.MoveTo(i)
	return true
}

// SetOpen marks the article that the article pane shows.
func (p *Pane) SetOpen(id feeds.ArticleID) {
	if p.open != id {
		p.open = id
		p.forget()
	}
}

// SetStatus changes what the rows of some articles show of their status.
func (p *Pane) SetStatus(set pane.Articles, change feeds.StatusChange) {
	rows := p.list.Rows()
	for i := range rows {
		if set.Has(rows[i].Item.ID) {
			rows[i].Status = change.Apply(rows[i].Status)
			delete(p.drawn, rows[i].Key())
		}
		if rows[i].Watch == feeds.Followed && change.Read != nil && rows[i].countUnread(set, *change.Read) {
			delete(p.drawn, rows[i].Key())
		}
	}
}

// countUnread takes in that articles were read, or made unread, and reports
// whether that is news of its story.
func (r *Row) countUnread(set pane.Articles, read bool) bool {
	before := len(r.news)
	if read {
		r.news = slices.DeleteFunc(slices.Clone(r.news), set.Has)
		return len(r.news) != before
	}
	for _, id := range r.Tells {
		if set.Has(id) && !slices.Contains(r.news, id) {
			r.news = append(slices.Clip(r.news), id)
		}
	}
	return len(r.news) != before
}

// SetWatch tells what is wanted of a story.
func (p *Pane) SetWatch(story feeds.StoryID, w feeds.Watch) {
	rows := p.list.Rows()
	for i := range rows {
		if rows[i].Item.Story == story {
			rows[i].Watch = w
			delete(p.drawn, rows[i].Key())
		}
	}
}

// SetMuted tells how many stories are not on the front page because they are
// muted.
func (p *Pane) SetMuted(n int) { p.muted = n }

// SetWhole tells whether the whole text of an article is kept.
func (p *Pane) SetWhole(id feeds.ArticleID, state feeds.WholeState) {
	rows := p.list.Rows()
	for i := range rows {
		if rows[i].Item.ID == id {
			rows[i].Whole = state
			delete(p.drawn, rows[i].Key())
		}
	}
}

// Step moves by n rows and reports whether it moved.
func (p *Pane) Step(n int) bool { return p.list.Move(n) }

// StepUnread moves to the next unread row in a direction and reports whether
// there is one among the rows held.
func (p *Pane) StepUnread(direction int) bool {
	rows := p.list.Rows()
	for i := p.list.Index() + direction; i >= 0 && i < len(rows); i += direction {
		if !rows[i].Read {
			p.list.MoveTo(i)
			return true
		}
	}
	return false
}

// SetNow tells the time that ages are counted to.
func (p *Pane) SetNow(now time.Time) {
	if !now.Truncate(time.Minute).Equal(p.now.Truncate(time.Minute)) {
		p.now = now
		p.forget()
	}
}

// forget drops what was drawn.
func (p *Pane) forget() { clear(p.drawn) }

func (p *Pane) Title() string {
	if p.view.Unread && p.view.Kind != feeds.ViewUnread {
		return p.name + " · unread only"
	}
	return p.name
}

// Note tells how much there is.
func (p *Pane) Note() string {
	switch {
	case !p.loaded:
		return ""
	case p.view.Kind.OfStories():
		note := plural(p.list.Len(), "story", "stories")
		if p.muted > 0 {
			note += " · " + cells.Number(p.muted) + " muted"
		}
		return note
	case p.view.Kind == feeds.ViewUnread || p.view.Unread:
		return cells.Number(p.counts.Unread) + " unread"
	case p.counts.Unread > 0 && p.view.Kind != feeds.ViewSaved:
		return cells.Number(p.counts.Unread) + " unread of " + cells.Number(p.counts.Total)
	}
	return plural(p.counts.Total, "article", "articles")
}

func (p *Pane) SetTheme(th *theme.Theme) {
	p.th = th
	p.forget()
	p.Resize(p.width, p.height)
}

func (p *Pane) Resize(width, height int) {
	width, height = max(width, 0), max(height, 0)
	if width != p.width {
		p.forget()
	}
	p.width, p.height = width, height
	p.notice = p.drawTrouble()
	p.list.SetHeight((height - len(p.notice)) / p.rowHeight())
}

// Scroll moves the rows under the cursor.
func (p *Pane) Scroll(n int) pane.Intent {
	p.list.Scroll(n)
	return p.need()
}

// Click puts the cursor on the row drawn at y.
func (p *Pane) Click(y int) pane.Intent {
	y -= len(p.notice)
	i := p.list.Top() + y/p.rowHeight()
	if y < 0 || i >= p.list.Len() {
		return nil
	}
	if i == p.list.Index() {
		return p.Act(keys.Enter)
	}
	p.list.MoveTo(i)
	return p.preview()
}

func (p *Pane) Act(action keys.Action) pane.Intent {
	page := max(1, p.list.Height()-1)
	n := 0
	switch action {
	case keys.Down:
		n = 1
	case keys.Up:
		n = -1
	case keys.HalfDown:
		n = max(1, page/2)
	case keys.HalfUp:
		n = -max(1, page/2)
	case keys.PageDown:
		n = page
	case keys.PageUp:
		n = -page
	case keys.Top, keys.Bottom:
		return p.end(action)
	case keys.Enter:
		if r, ok := p.list.Current(); ok {
			return pane.OpenArticle{ID: r.Item.ID}
		}
		return nil
	default:
		return pane.Ignored{}
	}
	if !p.list.Move(n) {
		return p.need()
	}
	return p.preview()
}

// end goes to an end of the view, which may have to be loaded first.
func (p *Pane) end(action keys.Action) pane.Intent {
	if action == keys.Top && !p.edges.Start || action == keys.Bottom && !p.edges.End {
		if p.loaded {
			return pane.NeedEnd{Last: action == keys.Bottom}
		}
		return nil
	}
	i := 0
	if action == keys.Bottom {
		i = p.list.Len() - 1
	}
	if !p.list.MoveTo(i) {
		return nil
	}
	return p.preview()
}

func (p *Pane) preview() pane.Intent {
	r, ok := p.list.Current()
	if !ok {
		return nil
	}
	return pane.OpenArticle{ID: r.Item.ID, Preview: true}
}

// near is how close to an edge of the window the cursor asks for more.
const near = 80

// Need says whether rows are wanted beyond the window, once for each time they
// are.
func (p *Pane) Need() (pane.NeedRows, bool) {
	want := pane.NeedRows{
		After:  p.loaded && !p.edges.End && !p.asked.After && p.list.Index() > p.list.Len()-near,
		Before: p.loaded && !p.edges.Start && !p.asked.Before && p.list.Index() < near,
	}
	p.asked.After = p.asked.After || want.After
	p.asked.Before = p.asked.Before || want.Before
	return want, want.After || want.Before
}

func (p *Pane) need() pane.Intent {
	if want, ok := p.Need(); ok {
		return want
	}
	return nil
}
