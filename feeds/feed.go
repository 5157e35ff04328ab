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

	// WholeText: the page of each new article is fetched for its whole text.
	WholeText bool
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
	return Shown(f.URL)
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
	Error     string    // one plain sentence when Status is FetchFailed or a document could not be read whole, else ""
	Failures  int       // failed attempts in a row

	// Validators for a conditional GET and the hash of the last document,
	// stored in the same commit as that document's articles and never before.
	ETag         string
	LastModified string
	BodyHash     uint64 // 0 when none

	// What the publisher asks for; a refresh by hand keeps to the first two.
	Wait  time.Time     // the server asked to be left alone until then
	Gone  bool          // the server said that the feed is gone for good
	Every time.Duration // how long the document asks to wait between two looks; 0 when it does not say
	Skip  SkipTimes

	// What is known of the document itself, to tell a feed from another at its
	// address.
	Moved      string // where permanent redirects have led of late; "" for nowhere
	MovedTimes int    // how often in a row
	LooseIDs   bool   // its ids change from one look to the next: see Entry.Key
	TitleHash  uint64 // of its title; 0 when none was seen
	SiteHash   uint64 // of the host of its web page; 0 when none was seen
}

// SkipTimes are the hours and days, in UTC, at which a publisher asks not to be
// looked at.
type SkipTimes struct {
	Hours uint32 // bit n stands for the hour from n o'clock
	Days  uint8  // bit n stands for time.Weekday(n)
}

// Next is the first time from t on that is not to be skipped; t itself if all
// are.
func (s SkipTimes) Next(t time.Time) time.Time {
	const hoursOfWeek = 7 * 24
	next := t.UTC()
	for range hoursOfWeek {
		if s.Hours>>next.Hour()&1 == 0 && s.Days>>next.Weekday()&1 == 0 {
			if next.Equal(t) {
				return t
			}
			return next
		}
		next = next.Truncate(time.Hour).Add(time.Hour)
	}
	return t
}

// Due reports whether the feed should be fetched at now. What was settled under
// a clock that was ahead says nothing.
func (h Health) Due(now time.Time) bool {
	return !h.Gone && (!now.Before(h.NextFetch) || h.LastFetch.After(now))
}

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
