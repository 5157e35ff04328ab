// Package timeline shows how a story was told: who published what, when, the
// oldest first; and at the end which of the reader's outlets do not carry it.
//
//	p := timeline.New(th, now)
//	p.SetStory("Storm floods the quay", items, roster.Missing(outlets, languages, story.First))
//	intent := p.Act(keys.Enter) // pane.OpenArticle
package timeline

import (
	"strconv"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/rank"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/line"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

// Pane is the timeline.
type Pane struct {
	th            *theme.Theme
	now           time.Time
	width, height int

	title   string
	known   bool
	failure string
	entries []entry
	missing rank.Missing

	cursor int // on an entry, or behind them on a group that folds
	top    int
	text   []textLine // all lines at the present width
	blocks []block    // of each entry and of each group that folds, in text
	folds  []group    // those groups
	whole  map[group]bool
	line   line.Builder
	lines  []string
}

// group is outlets that do not carry the story, or of which that is not known.
type group int

const (
	silent group = iota
	failed
	unread
	undated
)

// block is the lines of an entry, or of a group.
type block struct{ from, to int }

// New makes a timeline that waits for its story. Times are shown on now's clock.
func New(th *theme.Theme, now time.Time) *Pane { return &Pane{th: th, now: now} }

// SetStory shows the articles of a story, given in any order.
func (p *Pane) SetStory(title string, items []feeds.Item, missing rank.Missing) {
	p.title, p.known, p.failure = cells.Fold(title), true, ""
	p.entries, p.missing = order(items), missing
	p.cursor, p.top, p.whole = 0, 0, map[group]bool{}
	p.layout()
}

// SetError says in a sentence why there is no story to show.
func (p *Pane) SetError(sentence string) {
	p.failure = cells.Fold(sentence)
	p.layout()
}

// SetStatus changes what the rows of some articles show of their status.
func (p *Pane) SetStatus(set pane.Articles, change feeds.StatusChange) {
	for i := range p.entries {
		if it := &p.entries[i]; set.Has(it.ID) {
			it.Status = change.Apply(it.Status)
		}
	}
	p.layout()
}

// SetWatch tells what is wanted of a story.
func (p *Pane) SetWatch(story feeds.StoryID, w feeds.Watch) {
	for i := range p.entries {
		if p.entries[i].Story == story {
			p.entries[i].Watch = w
		}
	}
}

// Select puts the cursor on an article, if it is there.
func (p *Pane) Select(id feeds.ArticleID) {
	for i := range p.entries {
		if p.entries[i].ID == id {
			p.moveTo(i)
		}
	}
}

// Current is the article under the cursor, the last if that is behind them all;
// false if there is none.
func (p *Pane) Current() (feeds.Item, bool) {
	if len(p.entries) == 0 {
		return feeds.Item{}, false
	}
	return p.entries[min(p.cursor, len(p.entries)-1)].Item, true
}

func (p *Pane) Title() string {
	if p.title == "" {
		return "Story"
	}
	return "Story · " + p.title
}

// Note tells how much there is, and that there is more below; outlets that only
// reprint do not count, and on a narrow screen none does.
func (p *Pane) Note() string {
	if !p.known {
		return ""
	}
	outlets := map[string]bool{}
	for _, e := range p.entries {
		if e.role != copies {
			outlets[e.Outlet] = true
		}
	}
	note := count(len(p.entries), "article")
	if p.width >= roomyFrom { // else there would be no room for any of it
		note += ", " + count(len(outlets), "outlet")
	}
	if len(p.entries) > 0 && p.entries[0].Watch != feeds.Unwatched {
		note = p.entries[0].Watch.String() + ", " + note
	}
	if p.top < p.last() {
		note += ", more below"
	}
	return note
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return strconv.Itoa(n) + " " + word + "s"
}

// Wanted is the size the timeline would like on a screen.
func (p *Pane) Wanted(width, height int) (w, h int) {
	const widest, least = 110, 8
	w = min(width, widest)
	if p.width != w {
		p.width = w
		p.layout()
	}
	return w, min(height, max(least, len(p.text)))
}

func (p *Pane) Resize(width, height int) {
	p.width, p.height = max(width, 0), max(height, 0)
	p.layout()
}

func (p *Pane) SetTheme(th *theme.Theme) {
	p.th = th
	p.layout()
}

// Act moves along the story, and opens one of its articles.
func (p *Pane) Act(action keys.Action) pane.Intent {
	const page = 6
	switch action {
	case keys.Down:
		p.move(1)
	case keys.Up:
		p.move(-1)
	case keys.HalfDown, keys.PageDown:
		p.move(page)
	case keys.HalfUp, keys.PageUp:
		p.move(-page)
	case keys.Top:
		p.moveTo(0)
	case keys.Bottom:
		p.moveTo(len(p.blocks) - 1)
		p.top = p.last()
	case keys.Enter:
		if n := p.cursor - len(p.entries); n >= 0 && n < len(p.folds) {
			p.whole[p.folds[n]] = !p.whole[p.folds[n]]
			p.layout()
		} else if item, ok := p.Current(); ok {
			return pane.OpenArticle{ID: item.ID, Trail: true}
		}
	case keys.Pack:
		return pane.Pack{Articles: p.unread()}
	case keys.Back, keys.Timeline:
		return pane.Close{}
	default:
		return pane.Ignored{}
	}
	return nil
}

// unread are the articles of the story that are to be packed: the unread ones, or
// all if there are none.
func (p *Pane) unread() []feeds.ArticleID {
	all, fresh := []feeds.ArticleID{}, []feeds.ArticleID{}
	for _, e := range p.entries {
		all = append(all, e.ID)
		if !e.Read {
			fresh = append(fresh, e.ID)
		}
	}
	if len(fresh) == 0 {
		return all
	}
	return fresh
}

// Scroll moves the cursor by n rows.
func (p *Pane) Scroll(n int) pane.Intent {
	p.move(n)
	return nil
}

// move moves the cursor; beyond the last article what follows it comes into sight
// first, then the cursor goes from group to group.
func (p *Pane) move(n int) {
	next := p.cursor + n
	if n > 0 && p.cursor < len(p.entries)-1 {
		next = min(next, len(p.entries)-1)
	} else if n > 0 {
		next = p.cursor + 1
		if next >= len(p.blocks) || p.blocks[next].from >= p.top+p.height {
			p.top = min(p.top+n, p.last())
			return
		}
	}
	p.moveTo(next)
}

func (p *Pane) moveTo(i int) {
	p.cursor = max(0, min(i, len(p.blocks)-1))
	p.scroll()
}

// last is the topmost line when the end is in sight.
func (p *Pane) last() int { return max(len(p.text)-p.height, 0) }

// scroll brings the cursor's entry into sight, with the heading above the first.
func (p *Pane) scroll() {
	if p.cursor < len(p.blocks) {
		b := p.blocks[p.cursor]
		if p.cursor == 0 {
			b.from = 0
		}
		p.top = max(p.top, b.to-p.height)
		p.top = min(p.top, b.from)
	}
	p.top = max(0, min(p.top, p.last()))
}
