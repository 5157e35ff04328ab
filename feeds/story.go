package feeds

import "time"

// Story is the articles about one event.
type Story struct {
	ID       StoryID
	Title    string      // the headline of its best article
	Lead     ArticleID   // that article
	Outlets  []string    // independent outlets that carry it, earliest first; copies do not count
	Reprints []string    // outlets that carry it by copies alone, earliest first
	Articles []ArticleID // all of them, copies too, earliest first
	First    time.Time   // when the earliest was published
	Latest   time.Time   // when the latest was published
	Watch    Watch       // what the reader wants of it
}

// StorySize is what of a story is known without reading its articles.
type StorySize struct {
	ID       StoryID
	Articles int       // how many it has
	Latest   time.Time // when the latest was published, to the second
	Watch    Watch     // what the reader wants of it
}

// Kind says how a related article is related.
type Kind string

const (
	Coverage   Kind = "coverage"   // it tells the same event
	Background Kind = "background" // it belongs to the same topic
)

// Related is one article related to another, with the reason.
type Related struct {
	Article ArticleID
	Kind    Kind
	Score   float64 // 0 to 1, comparable within one Kind
	Why     Why
	Copies  []ArticleID // articles with the same text, folded under this one
}

// Faint reports whether a row is background by so little that it would be noise
// to a reader: less than half of what makes coverage. Of such rows not one in six
// was on the topic, of the stronger ones every other one (gnews, by its labels).
func (r Related) Faint() bool {
	return r.Kind == Background && !r.Why.Said && r.Score < r.Why.Gate/2
}

// Why a related article was chosen.
type Why struct {
	Terms []TermWeight  // what carried the match, heaviest first
	Apart time.Duration // published after the asked article (negative: before); zero when either time is unknown
	Gate  float64       // what Score had to reach to be coverage; 0 if nothing had to be
	Said  bool          // the reader said so: see Correction
}

// TermWeight is one term's part in a score.
type TermWeight struct {
	Term   string
	Weight float64
}

// Document is what the related index needs to know of an article.
type Document struct {
	ID        ArticleID
	Feed      FeedID
	Outlet    string
	Author    string
	Title     string
	Text      string
	Language  string
	Published time.Time // zero when unknown
	Fetched   time.Time // when it was first seen; zero for now
	Story     StoryID   // the one it was in when it was related before; 0 or its own if in none
}

// Relations is what relating found for a batch of articles, to be stored in
// one commit with the index that found it.
type Relations struct {
	Story  map[ArticleID]StoryID     // each article whose story is new or changed
	Copies map[ArticleID][]ArticleID // each article whose set of copies is new or changed
}
