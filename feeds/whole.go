package feeds

import "time"

// Whole is what became of looking for an article's whole text, which is on a
// page of its own. The text that the feed gave is kept beside it, always.
type Whole struct {
	Article  ArticleID
	State    WholeState
	Body     Body      // the page's text; empty if there is none
	Words    int       // of Body
	Reason   string    // why the page gave no text when it was last asked for, in a sentence; "" if it did
	Tried    time.Time // when the page was last asked for; zero if never
	Failures int       // attempts in a row that failed in passing
	Aside    bool      // the reader turned from it to the feed's own text
}

// Shown reports whether the page's text is the one to show.
func (w Whole) Shown() bool { return w.Body != (Body{}) && !w.Aside }

// WholeState says where an article's whole text is. Values are stored.
type WholeState uint8

const (
	WholeUnknown WholeState = iota // the feed gave a part, or nobody knows; the page was not asked for
	WholeInFeed                    // the feed's own text is the whole
	WholeHere                      // the page's text is kept
	WholeStale                     // it is kept, but the publisher has edited the article since
	WholeNone                      // the page gives none: see Reason
	WholeFailed                    // the page could not be fetched, perhaps only now: see Reason
)

// Offline reports whether the article can be read in full without a network.
func (s WholeState) Offline() bool { return s == WholeInFeed || s == WholeHere || s == WholeStale }

// Settled reports whether there is nothing to be gained by asking for the page.
func (s WholeState) Settled() bool { return s == WholeInFeed || s == WholeHere || s == WholeNone }
