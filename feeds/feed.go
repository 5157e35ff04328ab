package feeds

import "time"

// Feed is a subscription: one URL that yields articles.
type Feed struct {
	ID       FeedID
	URL      string // where the document is fetched from; follows permanent redirects
	Title    string // the reader's or the import's name for it, else the document's own
	Site     string // the web page it belongs to
	Outlet   string // the publisher behind it, by the name all feeds of that publisher share; "" until the first fetch
	Folder   string // the edition or folder it is kept in; "" for none
	Language string // BCP 47, as the feed declares it; "" when unknown
	Added    time.Time
}

// Name is what the reader sees for the feed: its title, else its outlet, else
// its URL.
func (f Feed) Name() string {
	switch {
	case f.Title != "":
		return f.Title
	case f.Outlet != "":
		return f.Outlet
	}
	return f.URL
}

// FetchStatus says how the last attempt to fetch a feed ended. The words are
// part of the JSON contract.
type FetchStatus string

const (
	FetchNever       FetchStatus = "never"        // not fetched yet
	FetchOK          FetchStatus = "ok"           // a document came and was read
	FetchNotModified FetchStatus = "not_modified" // the server, or the document's hash, said nothing changed
	FetchFailed      FetchStatus = "failed"       // see Health.Error
)

// Health is what is known of a feed's fetches. It is kept apart from the Feed,
// which is the reader's.
type Health struct {
	Status    FetchStatus
	LastFetch time.Time // last attempt; zero before the first
	NextFetch time.Time // when the next one is due; zero means at once
	Error     string    // one plain sentence when Status is FetchFailed, else ""
	Failures  int       // failed attempts in a row

	// Validators for a conditional GET and the hash of the last document,
	// stored in the same commit as that document's articles and never before.
	ETag         string
	LastModified string
	BodyHash     uint64 // 0 when none
}

// Due reports whether the feed should be fetched at now.
func (h Health) Due(now time.Time) bool { return !now.Before(h.NextFetch) }

// Counts of a feed's articles.
type Counts struct {
	Total  int
	Unread int
}

// Subscription is a feed with its health and counts: a row of the feed list.
type Subscription struct {
	Feed
	Health
	Counts
}
