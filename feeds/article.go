package feeds

import "time"

// Article is one publisher's item, without its body. Its content is immutable;
// an edit by the publisher is a new Revision of it.
type Article struct {
	ID         ArticleID
	Feed       FeedID
	Outlet     string // copied from the feed, so a saved article outlives its feed
	URL        string // canonical http(s) address; "" when the feed gives none
	Title      string // one line; "" when the feed gives none: show Headline
	Author     string
	Published  time.Time // zero when unknown
	Updated    time.Time // zero when unknown
	Fetched    time.Time // when this program first saw it
	Language   string    // BCP 47; "" when unknown
	Excerpt    string    // the first sentences of the text, one line, at most 300 bytes
	Words      int       // words of the text (a CJK character counts half a word)
	Revisions  int       // how many earlier revisions are kept
	Enclosures []Enclosure
}

// Headline is the title, else the beginning of the excerpt, else the URL.
func (a Article) Headline() string {
	switch {
	case a.Title != "":
		return a.Title
	case a.Excerpt != "":
		return a.Excerpt
	case a.URL != "":
		return a.URL
	}
	return "(untitled)"
}

// When is the time an article is sorted and aged by: when it was published, or
// fetched if the feed does not say or says it lies in the future.
func When(a Article) time.Time {
	if a.Published.IsZero() || a.Published.After(a.Fetched) {
		return a.Fetched
	}
	return a.Published
}

// Enclosure is a media file that comes with an article.
type Enclosure struct {
	URL    string
	Type   string        // media type, as declared
	Length int64         // bytes; 0 when unknown
	Play   time.Duration // playing time; 0 when unknown
	Title  string
}

// Body is an article's content, kept compressed and apart from the Article.
type Body struct {
	Markdown string // safe to render: see feeds/clean
	Text     string // the same words without markup, paragraphs on lines of their own
}

// Bookmark is where the reading of an article was left, as it was drawn: the
// byte At of a text of Of bytes. Zero is the beginning.
type Bookmark struct{ At, Of int }

// Revision is an article's content as it was before an edit.
type Revision struct {
	Title   string
	Body    Body
	Fetched time.Time // when this content was first seen
}

// Status is what the reader did with an article. It is kept apart from the
// content and outlives it, so an item that vanishes and returns is not new.
type Status struct {
	Read  bool
	Saved bool
	Bears Watch // what the reader wants of the story it is in, where it is this article that says so
}

// Item is an article with its status and its place among the others: a row of
// a list.
type Item struct {
	Article
	Status
	Story  StoryID
	Watch  Watch       // what the reader wants of that story, whichever of its articles bears it
	Copies []ArticleID // other articles that carry the same text, by id
	Whole  WholeState  // whether its whole text is kept
}

// Entry is an article as a feed document gave it, cleaned, before it is saved.
type Entry struct {
	Key        string // identity within its feed: guid, else link, else content hash
	URL        string
	Title      string
	Author     string
	Published  time.Time
	Updated    time.Time
	Language   string
	Excerpt    string
	Words      int
	Enclosures []Enclosure
	Body       Body
	Complete   bool // as far as can be told Body is the whole article, not a part to make one curious
}

// StatusChange sets the parts of a Status that are not nil.
type StatusChange struct {
	Read  *bool
	Saved *bool
	Bears *Watch
}

// Apply is the status after the change.
func (c StatusChange) Apply(s Status) Status {
	if c.Read != nil {
		s.Read = *c.Read
	}
	if c.Saved != nil {
		s.Saved = *c.Saved
	}
	if c.Bears != nil {
		s.Bears = *c.Bears
	}
	return s
}
