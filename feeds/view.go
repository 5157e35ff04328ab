package feeds

// ViewKind says what a View selects.
type ViewKind uint8

const (
	ViewFront  ViewKind = iota // stories, ranked; not a range of articles
	ViewUnread                 // unread articles, newest first
	ViewSaved                  // saved articles, newest first
	ViewAll                    // every article, newest first
	ViewFeed                   // one feed's articles, newest first
	ViewFolder                 // the articles of a folder's feeds, newest first
	ViewMuted                  // the stories that are muted, latest first; not a range of articles
)

// OfStories reports whether a kind of view is of stories: no range of articles,
// which the library could page through.
func (k ViewKind) OfStories() bool { return k == ViewFront || k == ViewMuted }

// View is a selection of articles that a list can show. It is comparable, so
// it can be a map key.
type View struct {
	Kind   ViewKind
	Feed   FeedID // for ViewFeed
	Folder string // for ViewFolder
	Unread bool   // only unread ones, for any kind
}

// Cursor is a place in a view: just after the article it names, in the view's
// order (newest first). The zero Cursor is the beginning.
type Cursor struct {
	When int64 // seconds since 1970, of When(article)
	ID   ArticleID
}

// At is the cursor that stands on an article.
func At(a Article) Cursor { return Cursor{When: When(a).Unix(), ID: a.ID} }
