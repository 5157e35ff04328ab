package feeds

// Watch is what the reader wants of a story. It hangs on one of the story's
// articles, which bears it, and so goes where that article goes when stories
// grow, are joined or parted.
type Watch uint8

const (
	Unwatched Watch = iota
	Followed        // its news comes first
	Muted           // no news of it: its articles are marked read as they come
)

// With is the watch of a story of which one article bears w and another v:
// what somebody wants to see is never kept from them.
func (w Watch) With(v Watch) Watch {
	if w == Followed || v == Unwatched {
		return w
	}
	return v
}

// String is the word for it; "" for Unwatched.
func (w Watch) String() string {
	switch w {
	case Followed:
		return "followed"
	case Muted:
		return "muted"
	}
	return ""
}

// StatusOf is a change of one article's status.
type StatusOf struct {
	Article ArticleID
	Change  StatusChange
}
