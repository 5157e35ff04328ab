// Package history shows how an article was edited: what is gone and what was
// added from one version to the next, by style and by sign, and each version
// whole.
//
//	p := history.New(th, now)
//	p.SetVersions("Harbour Times", versions)     // earliest first
//	step := p.Step()                             // which two to compare
//	p.SetChanges(step, changes)                  // made by Compare, off the loop
//	intent := p.Act(keys.Left)                   // pane.NeedEdits, for the step before
//
// rows.go lays the words out.
package history

import (
	"strconv"
	"time"

	"broadsheet/feeds/edits"
	"broadsheet/ui/age"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/line"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

// Version is an article's content as it stood for a while.
type Version struct {
	Headline string
	Text     string
	Since    time.Time // when it was first seen; zero when unknown
}

// Changes are what differs between a version and the next.
type Changes struct {
	Headline []edits.Paragraph
	Text     []edits.Paragraph
	Cut      bool // the texts were too long to be compared to their ends
}

// mostBytes of a text are compared and shown: as much as the reader shows of an
// article.
const mostBytes = 128 << 10

// Compare finds the changes between two versions. It takes its time: call it in
// a Cmd.
func Compare(before, after Version) Changes {
	old, oldCut := cut(before.Text)
	now, nowCut := cut(after.Text)
	return Changes{
		Headline: edits.Between(before.Headline, after.Headline),
		Text:     edits.Fold(edits.Between(old, now)),
		Cut:      oldCut || nowCut,
	}
}

// Pane is an article's history.
type Pane struct {
	th            *theme.Theme
	now           time.Time
	width, height int

	failure  string
	outlet   string
	versions []Version
	step     int // from this version to the next
	changes  map[int]Changes
	whole    bool // the earlier version is shown instead

	rows  []row
	top   int
	line  line.Builder
	lines []string
}

// New makes a history that waits for its versions. Ages are counted to now.
func New(th *theme.Theme, now time.Time) *Pane {
	return &Pane{th: th, now: now, changes: map[int]Changes{}}
}

// SetVersions shows an outlet's article, the earliest version first; the last
// change is shown first.
func (p *Pane) SetVersions(outlet string, versions []Version) {
	p.failure, p.outlet, p.versions = "", cells.Fold(outlet), versions
	p.step = max(len(versions)-2, 0)
	p.layout()
}

// Step is the version that is compared with the one after it.
func (p *Pane) Step() int { return p.step }

// Versions are the two that a step leads from and to; false if there are none.
func (p *Pane) Versions(step int) (before, after Version, ok bool) {
	if step < 0 || step+1 >= len(p.versions) {
		return Version{}, Version{}, false
	}
	return p.versions[step], p.versions[step+1], true
}

// SetChanges shows what a step changed.
func (p *Pane) SetChanges(step int, c Changes) {
	p.changes[step] = c
	p.layout()
}

// SetError says in a sentence why there is nothing to show.
func (p *Pane) SetError(sentence string) {
	p.failure = cells.Fold(sentence)
	p.layout()
}

func (p *Pane) Title() string {
	if p.outlet == "" {
		return "Edits"
	}
	return "Edits · " + p.outlet
}

// Note tells which step is shown, and how to walk.
func (p *Pane) Note() string {
	switch n := len(p.versions); {
	case n < 2:
		return ""
	case p.whole:
		return "version " + strconv.Itoa(p.step+1) + " of " + strconv.Itoa(n)
	default:
		return "edit " + strconv.Itoa(p.step+1) + " of " + strconv.Itoa(n-1)
	}
}

// Hint is a key and what it does now.
type Hint struct {
	Action keys.Action
	Word   string
}

// Hints are the keys to name.
func (p *Pane) Hints() []Hint {
	if len(p.versions) < 2 {
		return nil
	}
	list := []Hint{{keys.Enter, "the earlier version"}}
	if p.whole {
		list[0].Word = "what changed"
	}
	if len(p.versions) > 2 {
		list = append(list, Hint{keys.Left, "earlier"}, Hint{keys.Right, "later"})
	}
	return list
}

// Wanted is the size the history would like on a screen.
func (p *Pane) Wanted(width, height int) (w, h int) {
	const widest, least = 100, 10
	w = min(width, widest)
	if p.width != w {
		p.width = w
		p.layout()
	}
	return w, min(height, max(least, len(p.rows)))
}

func (p *Pane) Resize(width, height int) {
	p.width, p.height = max(width, 0), max(height, 0)
	p.layout()
}

func (p *Pane) SetTheme(th *theme.Theme) {
	p.th = th
	p.layout()
}

// Act scrolls, walks along the versions, and shows the earlier one whole.
func (p *Pane) Act(action keys.Action) pane.Intent {
	page := max(p.height-2, 1)
	switch action {
	case keys.Down:
		p.Scroll(1)
	case keys.Up:
		p.Scroll(-1)
	case keys.HalfDown, keys.PageDown:
		p.Scroll(page)
	case keys.HalfUp, keys.PageUp:
		p.Scroll(-page)
	case keys.Top:
		p.Scroll(-len(p.rows))
	case keys.Bottom:
		p.Scroll(len(p.rows))
	case keys.Left, keys.PreviousPane, keys.PreviousRelated:
		return p.walk(-1)
	case keys.Right, keys.NextPane, keys.NextRelated:
		return p.walk(+1)
	case keys.Enter:
		p.whole, p.top = !p.whole, 0
		p.layout()
	case keys.Back, keys.Edits:
		return pane.Close{}
	default:
		return pane.Ignored{}
	}
	return nil
}

// walk goes to the change before or after.
func (p *Pane) walk(n int) pane.Intent {
	to := p.step + n
	if _, _, ok := p.Versions(to); !ok {
		return nil
	}
	p.step, p.top = to, 0
	p.layout()
	if _, known := p.changes[to]; known {
		return nil
	}
	return pane.NeedEdits{Step: to}
}

// Scroll moves the text by n lines.
func (p *Pane) Scroll(n int) pane.Intent {
	p.top = max(0, min(p.top+n, len(p.rows)-p.height))
	return nil
}

// since tells when a version was first seen.
func (p *Pane) since(v Version) string {
	if v.Since.IsZero() {
		return ""
	}
	return age.Ago(v.Since, p.now)
}
