package feeds

import "time"

// EventKind says what an Event announces.
type EventKind uint8

const (
	EventStarted EventKind = iota // a refresh began: Total
	EventFeed                     // a feed is done: Outcome, Done, Total
	EventRelated                  // new articles were related; stories may have changed
	EventEnded                    // the refresh is over: Summary
)

// Event is what a refresh tells whoever watches it.
type Event struct {
	Kind    EventKind
	Done    int // feeds done
	Total   int // feeds to do
	Outcome Outcome
	Summary Summary
}

// Outcome is how one feed's refresh ended.
type Outcome struct {
	Feed    FeedID
	URL     string
	Status  FetchStatus
	New     int
	Updated int
	Error   string // one plain sentence; "" unless Status is FetchFailed
	Offline bool   // failed perhaps because there is no network: the summary says
	Took    time.Duration
}

// Summary of a refresh.
type Summary struct {
	Feeds       int
	OK          int
	NotModified int
	Failed      int
	New         int
	Updated     int
	Offline     bool // there is no network, and no feed is to blame for that
	Stopped     bool // cut short by the reader
	Took        time.Duration
}

// Fetched is what one feed's fetch yields, to be saved in one commit: the
// articles, and only with them the validators that say they came.
type Fetched struct {
	Feed     Feed // ID, and whatever of URL, Title, Site, Outlet, Language is to be set
	Health   Health
	Entries  []Entry   // those of the document, but what is as it was
	Imprints []Imprint // of what the document says, and said of Entries left out
	Same     int       // how many entries were left out, because the library has their imprints
}

// Imprint stands for all that makes an article of what a document says: entries
// of equal imprints are equal, but for their dates.
type Imprint [6]byte

// Stored is what saving a Fetched did.
type Stored struct {
	New     []ArticleID
	Updated []ArticleID
}
