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

// Noted is a pane with something to say at the right end of its border: how
// many rows, how far down.
type Noted interface{ Note() string }

// Scroller is a pane whose rows the mouse wheel moves.
type Scroller interface{ Scroll(rows int) Intent }

// Clicker is a pane whose rows can be clicked; row counts from the top.
type Clicker interface{ Click(row int) Intent }

// Typist is a pane that takes text: a search, a path. While Typing says so the
// root sends it printed keys as text; Enter, Esc and the arrows stay actions.
type Typist interface {
	Typing() bool
	// Type adds text at the end. It may be a paste, control characters and all.
	Type(text string) Intent
	Edit(e Edit) Intent
}

// Edit is what a key does to a text that is being typed.
type Edit uint8

const (
	EraseLetter Edit = iota // backspace
	EraseWord               // ctrl+w
	EraseAll                // ctrl+u
)

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
	// Words of its text to go to; "" for where the reading was left.
	Words string
	// Preview: the cursor merely came to rest on it; it is not marked read and
	// the focus stays.
	Preview bool
}

// NeedRows asks for more rows of a list: After the last row held, or Before
// the first.
type NeedRows struct {
	After, Before bool
}

// NeedEnd asks for the first or the Last rows of a list, and the cursor there.
type NeedEnd struct{ Last bool }

// NeedSearch asks for the articles that match a query. The answer goes to the
// search pane with the same Generation; an answer to an older one is dropped.
type NeedSearch struct {
	Query      string
	Generation int
}

// NeedEdits asks what an article's history changed from one version, counted
// from 0, to the next.
type NeedEdits struct{ Step int }

// OpenURL asks for an address in the browser.
type OpenURL struct{ URL string }

// Typed says that the text of a prompt is now another.
type Typed struct{ Text string }

// Entered says that the text of a prompt is what is meant.
type Entered struct{ Text string }

// Say asks for a sentence on the status line.
type Say struct{ Text string }

// Play asks for an audio or video file in the player.
type Play struct{ URL string }

// Pack asks for some articles to be made ready for reading without a network.
type Pack struct{ Articles []feeds.ArticleID }

// Close asks to be taken off the screen: a dialog, a search.
type Close struct{}

// Subscribe asks for feeds to be added to the library.
type Subscribe struct{ Feeds []feeds.Feed }

// ImportFile asks for a file of subscriptions to be read and added.
type ImportFile struct{ Path string }

// ShowDemo asks to leave for the bundled newsroom.
type ShowDemo struct{}

// Ignored says the action means nothing in this pane; the root may use it.
type Ignored struct{}

func (ShowView) intent()    {}
func (OpenArticle) intent() {}
func (NeedRows) intent()    {}
func (NeedEnd) intent()     {}
func (NeedSearch) intent()  {}
func (NeedEdits) intent()   {}
func (OpenURL) intent()     {}
func (Play) intent()        {}
func (Typed) intent()       {}
func (Entered) intent()     {}
func (Say) intent()         {}
func (Pack) intent()        {}
func (Close) intent()       {}
func (Subscribe) intent()   {}
func (ImportFile) intent()  {}
func (ShowDemo) intent()    {}
func (Ignored) intent()     {}
