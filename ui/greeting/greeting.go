// Package greeting is what a reader without any feeds sees: a choice of
// editions, a file to import, or the demo.
//
//	p := greeting.New(th, editions)
//	intent := p.Act(keys.Enter) // pane.Subscribe, pane.ImportFile, pane.ShowDemo
package greeting

import (
	"slices"
	"strings"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/field"
	"broadsheet/ui/keys"
	"broadsheet/ui/line"
	"broadsheet/ui/list"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

// page is which question is asked.
type page uint8

const (
	pageChoices page = iota
	pageEditions
	pageImport
)

// The choices, in order.
const (
	chooseEditions = iota
	chooseImport
	chooseDemo
)

var choices = [...]struct{ name, about string }{
	chooseEditions: {"Choose editions", "bundles of feeds, by country and subject"},
	chooseImport:   {"Import a file", "OPML, or newsboat's urls"},
	chooseDemo:     {"Look at the demo", "a made-up newsroom; touches no network"},
}

// Pane is the greeting.
type Pane struct {
	th            *theme.Theme
	width, height int
	page          page
	choice        int
	editions      *list.List[string, feeds.Edition]
	chosen        map[string]bool
	path          field.Field
	problem       string
	line          line.Builder
}

// New makes the greeting.
func New(th *theme.Theme, editions []feeds.Edition) *Pane {
	const longest = 4096 // as long as a path can be
	p := &Pane{th: th, chosen: map[string]bool{}, path: field.Field{Most: longest, Part: '/'}}
	p.editions = list.New(func(e feeds.Edition) string { return e.Name })
	p.editions.Reset(slices.Clone(editions))
	return p
}

// Fail shows why what was asked for could not be done.
func (p *Pane) Fail(problem string) { p.problem = cells.Fold(problem) }

// Hint is a key and what it does on the page shown.
type Hint struct {
	Action keys.Action
	Word   string
}

// Hints are the keys to name on the page shown.
func (p *Pane) Hints() []Hint {
	switch p.page {
	case pageEditions:
		return []Hint{{keys.PageDown, "tick"}, {keys.Enter, "subscribe" + p.toWhat()}, {keys.Back, "back"}}
	case pageImport:
		return []Hint{{keys.Enter, "import"}, {keys.Back, "back"}}
	}
	return []Hint{{keys.Down, "down"}, {keys.Enter, "choose"}, {keys.Help, "help"}, {keys.Quit, "quit"}}
}

// toWhat names what would be subscribed to while nothing is ticked.
func (p *Pane) toWhat() string {
	e, ok := p.editions.Current()
	if !ok || p.ticked() {
		return ""
	}
	return " to " + cells.Fold(e.Title)
}

// ticked reports whether any edition is.
func (p *Pane) ticked() bool {
	return slices.ContainsFunc(p.editions.Rows(), func(e feeds.Edition) bool { return p.chosen[e.Name] })
}

func (p *Pane) Title() string { return "Broadsheet" }

func (p *Pane) SetTheme(th *theme.Theme) { p.th = th }

func (p *Pane) Resize(width, height int) {
	p.width, p.height = max(width, 0), max(height, 0)
	p.editions.SetHeight(max(1, p.height-p.headHeight()-4))
}

func (p *Pane) Act(action keys.Action) pane.Intent {
	p.problem = ""
	switch p.page {
	case pageEditions:
		return p.actEditions(action)
	case pageImport:
		return p.actImport(action)
	}
	switch action {
	case keys.Down, keys.NextPane:
		p.choice = (p.choice + 1) % len(choices)
	case keys.Up, keys.PreviousPane:
		p.choice = (p.choice + len(choices) - 1) % len(choices)
	case keys.Top:
		p.choice = 0
	case keys.Bottom:
		p.choice = len(choices) - 1
	case keys.Enter:
		switch p.choice {
		case chooseEditions:
			p.page = pageEditions
		case chooseImport:
			p.page = pageImport
		case chooseDemo:
			return pane.ShowDemo{}
		}
	default:
		return pane.Ignored{}
	}
	return nil
}

func (p *Pane) actEditions(action keys.Action) pane.Intent {
	half := max(1, p.editions.Height()/2)
	switch action {
	case keys.Down:
		p.editions.Move(1)
	case keys.Up:
		p.editions.Move(-1)
	case keys.Top:
		p.editions.MoveTo(0)
	case keys.Bottom:
		p.editions.MoveTo(p.editions.Len() - 1)
	case keys.HalfDown:
		p.editions.Move(half)
	case keys.HalfUp, keys.PageUp:
		p.editions.Move(-half)
	case keys.PageDown: // the space bar ticks
		if e, ok := p.editions.Current(); ok {
			p.chosen[e.Name] = !p.chosen[e.Name]
		}
	case keys.Enter:
		return p.subscribe()
	case keys.Back:
		p.page = pageChoices
	default:
		return pane.Ignored{}
	}
	return nil
}

// subscribe asks for the ticked editions, or the one under the cursor if none
// is.
func (p *Pane) subscribe() pane.Intent {
	var all []feeds.Feed
	for _, e := range p.editions.Rows() {
		if p.chosen[e.Name] {
			all = append(all, e.Feeds...)
		}
	}
	if e, ok := p.editions.Current(); ok && !p.ticked() {
		all = e.Feeds
	}
	if len(all) == 0 {
		return nil
	}
	return pane.Subscribe{Feeds: all}
}

func (p *Pane) actImport(action keys.Action) pane.Intent {
	switch action {
	case keys.Enter:
		if path := strings.TrimSpace(p.path.Text()); path != "" {
			return pane.ImportFile{Path: path}
		}
	case keys.Back:
		p.page = pageChoices
	}
	return nil
}

// Typing reports whether a path is being asked for.
func (p *Pane) Typing() bool { return p.page == pageImport }

// Type adds to the path.
func (p *Pane) Type(text string) pane.Intent {
	p.problem = ""
	p.path.Type(text)
	return nil
}

// Edit takes something off the path.
func (p *Pane) Edit(e pane.Edit) pane.Intent {
	p.path.Edit(e)
	return nil
}
