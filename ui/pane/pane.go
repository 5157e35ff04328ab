// Package pane says what a pane is: a rectangle of the screen with a cursor of
// its own, which is told actions and answers with intents. The root model
// alone acts on an intent; panes know neither each other nor the library.
//
//	if intent := focused.Act(keys.Down); intent != nil {
//		return app.carryOut(intent)
//	}
//	rows := focused.Lines(true) // exactly the pane's height, each exactly its width
package pane

import (
	"broadsheet/feeds"
	"broadsheet/ui/keys"
	"broadsheet/ui/theme"
)

// Pane is one pane of the screen. Its methods do no I/O and return at once.
type Pane interface {
	// Title is shown in the pane's border.
	Title() string
	// Resize tells the pane its inner size in cells. Either may be 0.
	Resize(width, height int)
	// SetTheme changes how the pane looks, or how columns are counted.
	SetTheme(th *theme.Theme)
	// Act does what the action means here and says what it wants of the root:
	// nil for nothing.
	Act(action keys.Action) Intent
	// Lines draws the pane: exactly height lines of exactly width cells.
	Lines(focused bool) []string
}

// Intent is what a pane wants done. It is one of the types below.
type Intent interface{ intent() }

// ShowView asks for a view in the headlines. Focus: and go there.
type ShowView struct {
	View  feeds.View
	Focus bool
}

// OpenArticle asks for an article in the article pane.
type OpenArticle struct {
	ID feeds.ArticleID
	// Trail: opened from a related row, so the trail grows instead of starting
	// anew.
	Trail bool
	// Preview: the cursor merely came to rest on it; it is not marked read and
	// the focus stays.
	Preview bool
}

// NeedRows asks for more rows of a list: After the last row held, or Before
// the first.
type NeedRows struct {
	After, Before bool
}

// OpenURL asks for an address in the browser.
type OpenURL struct{ URL string }

// Ignored says the action means nothing in this pane; the root may use it.
type Ignored struct{}

func (ShowView) intent()    {}
func (OpenArticle) intent() {}
func (NeedRows) intent()    {}
func (OpenURL) intent()     {}
func (Ignored) intent()     {}
