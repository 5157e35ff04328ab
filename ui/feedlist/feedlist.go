// Package feedlist is the pane on the left: the smart views, then the folders
// with their feeds.
//
//	p := feedlist.New(th)
//	p.SetFeeds(feedlist.Sort(subscriptions), feedlist.Totals{Unread: 128, Saved: 4})
//	intent := p.Act(keys.Down) // pane.ShowView
package feedlist

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/line"
	"broadsheet/ui/list"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

// Totals are the counts beside the smart views.
type Totals struct {
	Unread int
	Saved  int
	All    int
	Muted  int // stories
}

// Pane is the feed list.
type Pane struct {
	th            *theme.Theme
	width, height int
	list          *list.List[feeds.View, row]
	feeds         Sorted
	totals        Totals
	folded        map[string]bool
	shown         feeds.View // the view in the headlines
	line          line.Builder
	lines         []string
	drawn         map[feeds.View]string // rows without the cursor, as last drawn
}

// row is a line of the list.
type row struct {
	view   feeds.View
	name   string
	count  int
	depth  int
	folder bool
	folded bool
	failed bool
	whole  bool // whole texts are always wanted
	gap    bool // an empty line between groups
}

// gapView is the identity of the empty line; no view has it.
var gapView = feeds.View{Kind: feeds.ViewFeed}

// New makes an empty feed list.
func New(th *theme.Theme) *Pane {
	p := &Pane{th: th, folded: map[string]bool{}, drawn: map[feeds.View]string{}}
	p.list = list.New(func(r row) feeds.View { return r.view })
	p.list.Skip(func(r row) bool { return r.gap })
	p.rebuild()
	return p
}

// Sorted are subscriptions as they are listed: by folder, then by name, their
// titles what they are called there.
type Sorted []feeds.Subscription

// Sort makes ready what SetFeeds takes. With hundreds of feeds that takes longer
// than a key may wait, so it is done where no key waits for it.
func Sort(subscriptions []feeds.Subscription) Sorted {
	type named struct {
		feeds.Subscription
		lower string
	}
	list := make([]named, len(subscriptions))
	for i, f := range subscriptions {
		f.Title = cells.Fold(f.Name())
		list[i] = named{f, strings.ToLower(f.Title)}
	}
	slices.SortStableFunc(list, func(a, b named) int {
		if c := byFolder(a.Folder, b.Folder); c != 0 {
			return c
		}
		return cmp.Or(strings.Compare(a.lower, b.lower), cmp.Compare(a.ID, b.ID))
	})
	sorted := make(Sorted, len(list))
	for i, f := range list {
		sorted[i] = f.Subscription
	}
	return sorted
}

// SetFeeds replaces what is listed. The cursor stays on its row. The pane owns
// the list from then on.
func (p *Pane) SetFeeds(list Sorted, totals Totals) {
	p.feeds, p.totals = list, totals
	p.rebuild()
}

// byFolder sorts folders by name, and what is in none after them.
func byFolder(a, b string) int {
	switch {
	case a == b:
		return 0
	case a == "":
		return 1
	case b == "":
		return -1
	}
	return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
}

func (p *Pane) rebuild() {
	rows := []row{
		{view: feeds.View{Kind: feeds.ViewFront}, name: "Front page"},
		{view: feeds.View{Kind: feeds.ViewUnread}, name: "Unread", count: p.totals.Unread},
		{view: feeds.View{Kind: feeds.ViewSaved}, name: "Saved", count: p.totals.Saved},
		{view: feeds.View{Kind: feeds.ViewAll}, name: "All"},
	}
	if p.totals.Muted > 0 || p.shown.Kind == feeds.ViewMuted {
		rows = append(rows, row{view: feeds.View{Kind: feeds.ViewMuted}, name: "Muted", count: p.totals.Muted})
	}
	if len(p.feeds) > 0 {
		rows = append(rows, row{gap: true, view: gapView})
	}
	head := -1
	for _, f := range p.feeds {
		if f.Folder != "" && (head < 0 || rows[head].view.Folder != f.Folder) {
			head = len(rows)
			rows = append(rows, row{
				view: feeds.View{Kind: feeds.ViewFolder, Folder: f.Folder}, name: cells.Fold(f.Folder),
				folder: true, folded: p.folded[f.Folder],
			})
		}
		r := row{view: feeds.View{Kind: feeds.ViewFeed, Feed: f.ID}, name: f.Title, count: f.Unread, failed: f.Status == feeds.FetchFailed || f.Error != "", whole: f.WholeText}
		if f.Folder != "" {
			r.depth = 1
			rows[head].count += f.Unread
			if rows[head].folded {
				rows[head].failed = rows[head].failed || r.failed
				continue
			}
		}
		rows = append(rows, r)
	}
	p.list.SetRows(rows)
	clear(p.drawn)
}

// SetShown tells which view the headlines show.
func (p *Pane) SetShown(v feeds.View) {
	v.Unread = false
	p.shown = v
	clear(p.drawn)
}

// Select puts the cursor on a view.
func (p *Pane) Select(v feeds.View) {
	v.Unread = false
	p.list.Select(v)
}

// SetWholeText tells of feeds whether their whole texts are always wanted.
func (p *Pane) SetWholeText(ids []feeds.FeedID, wanted bool) {
	for i := range p.feeds {
		if slices.Contains(ids, p.feeds[i].ID) {
			p.feeds[i].WholeText = wanted
		}
	}
	p.rebuild()
}

// Name is what a view is called.
func (p *Pane) Name(v feeds.View) string {
	switch v.Kind {
	case feeds.ViewFront:
		return "Front page"
	case feeds.ViewUnread:
		return "Unread"
	case feeds.ViewSaved:
		return "Saved"
	case feeds.ViewAll:
		return "All"
	case feeds.ViewMuted:
		return "Muted"
	case feeds.ViewFolder:
		return cells.Fold(v.Folder)
	}
	for _, f := range p.feeds {
		if f.ID == v.Feed {
			return f.Title
		}
	}
	return "Feed"
}

// Feed is the subscription a view shows; false if it shows more than one.
func (p *Pane) Feed(v feeds.View) (feeds.Subscription, bool) {
	for _, f := range p.feeds {
		if v.Kind == feeds.ViewFeed && f.ID == v.Feed {
			return f, true
		}
	}
	return feeds.Subscription{}, false
}

// Feeds are the ids of the feeds behind a view; nil for all of them.
func (p *Pane) Feeds(v feeds.View) []feeds.FeedID {
	switch v.Kind {
	case feeds.ViewFeed:
		return []feeds.FeedID{v.Feed}
	case feeds.ViewFolder:
		var ids []feeds.FeedID
		for _, f := range p.feeds {
			if f.Folder == v.Folder {
				ids = append(ids, f.ID)
			}
		}
		return ids
	}
	return nil
}

// Len is how many feeds there are.
func (p *Pane) Len() int { return len(p.feeds) }

func (p *Pane) Title() string { return "Feeds" }

func (p *Pane) SetTheme(th *theme.Theme) {
	p.th = th
	clear(p.drawn)
}

func (p *Pane) Resize(width, height int) {
	p.width, p.height = max(width, 0), max(height, 0)
	clear(p.drawn)
	p.list.SetHeight(p.height)
}

// Click puts the cursor on the row drawn at y.
func (p *Pane) Click(y int) pane.Intent {
	if i := p.list.Top() + y; i < p.list.Len() && !p.list.Row(i).gap {
		if i == p.list.Index() && p.list.Row(i).folder {
			p.fold()
		}
		p.list.MoveTo(i)
	}
	return p.show(false)
}

// Scroll moves the rows under the cursor.
func (p *Pane) Scroll(n int) pane.Intent {
	p.list.Scroll(n)
	return nil
}

func (p *Pane) Act(action keys.Action) pane.Intent {
	moved := true
	switch action {
	case keys.Down:
		moved = p.list.Move(1)
	case keys.Up:
		moved = p.list.Move(-1)
	case keys.Top:
		moved = p.list.MoveTo(0)
	case keys.Bottom:
		moved = p.list.MoveTo(p.list.Len() - 1)
	case keys.HalfDown:
		moved = p.list.Move(max(1, p.height/2))
	case keys.HalfUp:
		moved = p.list.Move(-max(1, p.height/2))
	case keys.PageUp:
		moved = p.list.Move(-max(1, p.height-1))
	case keys.PageDown:
		return p.fold()
	case keys.Enter:
		return p.show(true)
	default:
		return pane.Ignored{}
	}
	if !moved {
		return nil
	}
	return p.show(false)
}

func (p *Pane) show(focus bool) pane.Intent {
	r, ok := p.list.Current()
	if !ok {
		return nil
	}
	return pane.ShowView{View: r.view, Focus: focus}
}

// fold closes or opens the folder the cursor is on or in.
func (p *Pane) fold() pane.Intent {
	r, ok := p.list.Current()
	if !ok {
		return nil
	}
	folder := r.view.Folder
	if f, ok := p.Feed(r.view); ok {
		folder = f.Folder
	}
	if folder == "" {
		return nil
	}
	p.folded[folder] = !p.folded[folder]
	p.list.Select(feeds.View{Kind: feeds.ViewFolder, Folder: folder})
	p.rebuild()
	if r.folder {
		return nil
	}
	return p.show(false)
}

// Lines draws the pane.
func (p *Pane) Lines(focused bool) []string {
	p.lines = p.lines[:0]
	for i := range p.list.Visible() {
		p.lines = append(p.lines, p.row(p.list.Row(i), i == p.list.Index(), focused))
	}
	for len(p.lines) < p.height {
		p.lines = append(p.lines, cells.Spaces(p.width))
	}
	return p.lines
}

// row draws a row, or takes it as it was drawn before. The cursor's row is
// always drawn anew.
func (p *Pane) row(r row, cursor, focused bool) string {
	if cursor {
		return p.draw(r, true, focused)
	}
	text, ok := p.drawn[r.view]
	if !ok {
		text = p.draw(r, false, false)
		p.drawn[r.view] = text
	}
	return text
}

func (p *Pane) draw(r row, cursor, focused bool) string {
	th, l := p.th, &p.line
	switch {
	case r.gap:
		return cells.Spaces(p.width)
	case cursor && focused:
		l.ResetOn(th, p.width, th.Cursor)
		l.Add(th.Accent, "▌")
	case cursor:
		l.ResetOn(th, p.width, th.CursorResting)
		l.Add(th.Faint, "▌")
	default:
		l.Reset(th, p.width)
		l.To(1)
	}
	name := th.Text
	switch {
	case r.view == p.shown:
		name = th.Accent
	case r.folder:
		name = th.Strong
	case r.depth > 0 && r.count == 0:
		name = th.Muted
	}
	switch {
	case r.folder && r.folded:
		l.Add(th.Faint, "▸ ")
	case r.folder:
		l.Add(th.Faint, "▾ ")
	default:
		l.To(1 + 2*r.depth)
	}
	count := ""
	if r.count > 0 {
		count = short(r.count)
	}
	right := len(count) + 1
	if count != "" {
		right++
	}
	if r.failed {
		right += 2
	}
	if r.whole {
		right += 2
	}
	l.AddTo(name, r.name, p.width-right)
	l.To(p.width - right + 1)
	if r.whole {
		l.Add(th.Faint, theme.OfflineMark+" ")
	}
	if r.failed {
		l.Add(th.Error, "! ")
	}
	number := th.Unread
	if r.view.Kind == feeds.ViewSaved || r.folder {
		number = th.Muted
	}
	l.Add(number, count)
	return l.String()
}

// short is a number in at most five columns.
func short(n int) string {
	switch {
	case n < 100_000:
		return strconv.Itoa(n)
	case n < 1_000_000:
		return strconv.Itoa(n/1000) + "k"
	}
	tenths := n / 100_000
	return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10) + "M"
}
