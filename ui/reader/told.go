package reader

import (
	"slices"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/age"
	"broadsheet/ui/markdown"
)

// Told is what of an article its reader has read before, in others on its story.
type Told struct {
	Text   string           // that Ranges are of
	Ranges []markdown.Range // the sentences that were read
	New    int              // how many were not
	Since  string           // the outlet of the latest of those others
	More   int              // how many others there are besides
	When   time.Time        // when that one was published
}

// SetTold dims what was read before, and says over the text how much is new. It
// is ignored unless the article is open.
func (p *Pane) SetTold(id feeds.ArticleID, told *Told) {
	if p.state == nothing || p.item.ID != id {
		return
	}
	p.told = told
	p.layMarks()
	p.relayout()
}

// ClearTold shows the whole text alike again.
func (p *Pane) ClearTold() {
	if p.told == nil {
		return
	}
	p.told = nil
	p.layMarks()
	p.relayout()
}

// Dims reports whether it is shown what was read before of the text as it is.
func (p *Pane) Dims() bool { return p.told != nil && p.told.Text == p.page.body.Text }

// lay marks what was read, if the text shown is the one it was found in.
func (t *Told) lay(p *Pane) {
	if t == nil || t.Text != p.page.body.Text {
		return
	}
	p.mark(old, p.th.Told, slices.Clone(t.Ranges)...)
}

// sentence tells how much is new: "6 of 21 sentences new since ABC, 2 h ago".
func (t *Told) sentence(now time.Time) string {
	since := t.Since
	switch {
	case t.More == 1:
		since += " and another"
	case t.More > 1:
		since += " and " + number(t.More) + " others"
	}
	if when := age.Ago(t.When, now); when != "" {
		since += ", " + when
	}
	all := t.New + len(t.Ranges)
	switch {
	case t.New == 0:
		return "Nothing new since " + since
	case len(t.Ranges) == 0 && all == 1:
		return "All new since " + since
	case len(t.Ranges) == 0:
		return "All " + number(all) + " sentences new since " + since
	}
	return number(t.New) + " of " + number(all) + " sentences new since " + since
}
