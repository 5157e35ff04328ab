// Package compare shows side by side how outlets tell one story: each one's
// headline and first sentences, with the words marked that none of the others
// has.
//
//	p := compare.New(th, now)
//	p.SetTellings([]compare.Telling{{Item: item, Lead: "The water came at four."}, …}, 5)
//	intent := p.Act(keys.Enter) // pane.OpenArticle
//
// words.go finds the words, grid.go lays the tellings out; both are pure.
package compare

import (
	"strconv"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/line"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

// Telling is how one outlet tells the story.
type Telling struct {
	Item feeds.Item
	Lead string // the first sentences of its text
}

// Pane is the comparison.
type Pane struct {
	th            *theme.Theme
	now           time.Time
	width, height int

	known    bool
	failure  string
	open     feeds.ArticleID
	tellings []telling

	all    int // outlets that tell it
	cursor int
	top    int
	grid   grid
	line   line.Builder
	lines  []string
	buf    []byte
}

// telling is a Telling with its texts prepared, and what differs in them.
type telling struct {
	Telling
	outlet, headline, lead string
	inHeadline, inLead     []Span
}

// New makes a comparison that waits for its tellings. Ages are counted to now.
func New(th *theme.Theme, now time.Time) *Pane { return &Pane{th: th, now: now} }

// SetTellings shows how outlets tell a story, in the order given; the first is
// the article that is open. Of so many outlets in all they are the ones compared.
func (p *Pane) SetTellings(list []Telling, all int) {
	p.all = all
	p.known, p.failure, p.cursor, p.top = true, "", 0, 0
	p.tellings = prepare(list)
	p.open = 0
	if len(list) > 0 {
		p.open = list[0].Item.ID
	}
	p.layout()
}

// SetError says in a sentence why there is nothing to compare.
func (p *Pane) SetError(sentence string) {
	p.failure = cells.Fold(sentence)
	p.layout()
}

// SetStatus changes what is shown of the status of some articles.
func (p *Pane) SetStatus(set pane.Articles, change feeds.StatusChange) {
	for i := range p.tellings {
		if it := &p.tellings[i].Item; set.Has(it.ID) {
			it.Status = change.Apply(it.Status)
		}
	}
	p.layout()
}

// Current is the article under the cursor; false if there is none.
func (p *Pane) Current() (feeds.Item, bool) {
	if p.cursor >= len(p.tellings) {
		return feeds.Item{}, false
	}
	return p.tellings[p.cursor].Item, true
}

func (p *Pane) Title() string { return "Compare" }

// Note tells how many outlets there are, and that there is more below.
func (p *Pane) Note() string {
	if !p.known {
		return ""
	}
	note := strconv.Itoa(len(p.tellings)) + " outlets"
	if p.all > len(p.tellings) {
		note = strconv.Itoa(len(p.tellings)) + " of " + strconv.Itoa(p.all) + " outlets"
	}
	if p.top+p.height < p.grid.height {
		note += ", more below"
	}
	return note
}

// Wanted is the size the comparison would like on a screen: all of the width,
// and the rows it needs.
func (p *Pane) Wanted(width, height int) (w, h int) {
	if p.width != width {
		p.width = width
		p.layout()
	}
	const least = 8
	return width, min(height, max(least, p.grid.height))
}

func (p *Pane) Resize(width, height int) {
	p.width, p.height = max(width, 0), max(height, 0)
	p.layout()
}

func (p *Pane) SetTheme(th *theme.Theme) {
	p.th = th
	p.layout()
}

// Act moves from outlet to outlet, and opens one.
func (p *Pane) Act(action keys.Action) pane.Intent {
	columns := max(p.grid.columns, 1)
	page := max(p.height-2, 1)
	switch action {
	case keys.Down:
		p.down(columns)
	case keys.Up:
		p.up(columns)
	case keys.Right, keys.NextPane:
		p.moveTo(p.cursor + 1)
	case keys.Left, keys.PreviousPane:
		p.moveTo(p.cursor - 1)
	case keys.HalfDown, keys.PageDown:
		p.scrollTo(p.top + page)
	case keys.HalfUp, keys.PageUp:
		p.scrollTo(p.top - page)
	case keys.Top:
		p.moveTo(0)
	case keys.Bottom:
		p.moveTo(len(p.tellings) - 1)
	case keys.Enter:
		if item, ok := p.Current(); ok {
			return pane.OpenArticle{ID: item.ID, Trail: true}
		}
	case keys.Back, keys.Compare:
		return pane.Close{}
	default:
		return pane.Ignored{}
	}
	return nil
}

// step is how far the text moves at a time where a telling is higher than the
// pane.
const step = 3

// down goes to the telling below, once the end of this one has been in sight.
func (p *Pane) down(columns int) {
	_, to := p.grid.rows(p.cursor)
	if to > p.top+p.height {
		p.scrollTo(p.top + min(step, to-p.top-p.height))
		return
	}
	if p.cursor+columns < len(p.tellings) {
		p.moveTo(p.cursor + columns)
	} else if last := len(p.tellings) - 1; p.grid.rowOf(last) > p.grid.rowOf(p.cursor) {
		p.moveTo(last)
	}
}

func (p *Pane) up(columns int) {
	if from, _ := p.grid.rows(p.cursor); from < p.top {
		p.scrollTo(p.top - min(step, p.top-from))
		return
	}
	if p.cursor >= columns {
		p.moveTo(p.cursor - columns)
	}
}

// Scroll moves the text by n lines.
func (p *Pane) Scroll(n int) pane.Intent {
	p.scrollTo(p.top + n)
	return nil
}

func (p *Pane) moveTo(i int) {
	p.cursor = max(0, min(i, len(p.tellings)-1))
	from, to := p.grid.rows(p.cursor)
	p.top = min(max(p.top, to-p.height), from)
	p.scrollTo(p.top)
}

// scrollTo moves the text; the cursor comes along if it would be out of sight.
func (p *Pane) scrollTo(top int) {
	p.top = max(0, min(top, p.grid.height-p.height))
	for p.cursor < len(p.tellings)-1 {
		if _, to := p.grid.rows(p.cursor); to > p.top {
			break
		}
		p.cursor++
	}
	for p.cursor > 0 {
		if from, _ := p.grid.rows(p.cursor); from < p.top+max(p.height, 1) {
			break
		}
		p.cursor--
	}
}
