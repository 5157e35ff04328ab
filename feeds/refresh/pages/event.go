package pages

import (
	"time"

	"broadsheet/feeds"
)

// Request says what to pack.
type Request struct {
	// Articles, in the order in which they matter; nil: the unread ones of View,
	// newest or weightiest first, Limit at most.
	Articles []feeds.ArticleID
	View     feeds.View
	Limit    int // 0: 100

	Related  bool  // also what is most related to each
	Pictures bool  // also the pictures in their texts
	MaxBytes int64 // of pages and pictures, unpacked; what is under way when it is reached is finished. 0: 200 MB
}

// Limits that hold where a Request leaves a field zero.
const (
	DefaultLimit    = 100
	DefaultMaxBytes = 200_000_000
)

// EventKind says what an Event announces.
type EventKind uint8

const (
	EventStarted  EventKind = iota // it is known what is to be done: Total
	EventArticle                   // an article is done: Outcome
	EventPictures                  // the articles are done, pictures are under way: Done and Total are theirs
	EventEnded                     // all is over: Summary
)

// Event is what a run tells whoever watches it.
type Event struct {
	Kind    EventKind
	Done    int
	Total   int
	Bytes   int64
	Outcome Outcome
	Summary Summary
}

// Status says how a run left an article. The words are part of the JSON contract.
type Status string

const (
	Stored  Status = "stored"  // its whole text was fetched now
	Kept    Status = "kept"    // its whole text was there before, or is the feed's own
	None    Status = "none"    // its page gives no whole text; the feed's own stays
	Failed  Status = "failed"  // its page could not be fetched now
	Skipped Status = "skipped" // it was not asked for: robots.txt, the size limit, a busy server
)

// Outcome is how a run left one article.
type Outcome struct {
	Article feeds.ArticleID
	URL     string
	Related bool // it came along because it is related
	Status  Status
	State   feeds.WholeState // as the library has it now
	Words   int              // of the whole text, if it was stored now
	Bytes   int64            // of the page; 0 unless it was fetched for this article
	Error   string           // why there is no whole text, in a sentence; "" if there is
}

// Summary of a run.
type Summary struct {
	Articles                            int
	Stored, Kept, None, Failed, Skipped int
	Pictures, PicturesFailed            int
	Bytes                               int64
	Full                                bool // the size limit was reached
	Offline                             bool // there is no network
	Stopped                             bool // cut short by the reader
	Took                                time.Duration
}

// Readable is how many of the articles can now be read in full offline.
func (s Summary) Readable() int { return s.Stored + s.Kept }

func (s *Summary) count(status Status) {
	s.Articles++
	switch status {
	case Stored:
		s.Stored++
	case Kept:
		s.Kept++
	case None:
		s.None++
	case Failed:
		s.Failed++
	case Skipped:
		s.Skipped++
	}
}
