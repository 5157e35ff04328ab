package ui

import (
	"context"
	"image"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh"
	"broadsheet/feeds/refresh/pages"
	"broadsheet/ui/settings"

	tea "charm.land/bubbletea/v2"
)

// Library is what the screen needs of the store. It is called from commands
// only, from several goroutines at a time.
type Library interface {
	AddFeeds(list []feeds.Feed) (added []feeds.Feed, err error)
	Subscriptions() ([]feeds.Subscription, error)

	Page(view feeds.View, from feeds.Cursor, limit int, back bool) ([]feeds.Item, error)
	Count(view feeds.View) (feeds.Counts, error)
	Items(ids []feeds.ArticleID) ([]feeds.Item, error)
	Body(id feeds.ArticleID) (feeds.Body, error)
	Revisions(id feeds.ArticleID) ([]feeds.Revision, error)
	Bookmark(id feeds.ArticleID) (feeds.Bookmark, error)
	Whole(id feeds.ArticleID) (feeds.Whole, error)
	SearchEach(ctx context.Context, query string, limit int, give func(found []feeds.Item)) error
	StorySizes(since time.Time) ([]feeds.StorySize, error)
	StoriesOf(ids []feeds.StoryID) ([]feeds.Story, error)
	Story(id feeds.StoryID) (feeds.Story, error)

	SetStatus(ids []feeds.ArticleID, change feeds.StatusChange) (changed []feeds.ArticleID, err error)
	SetBookmark(id feeds.ArticleID, m feeds.Bookmark) error
	Watch(id feeds.ArticleID, w feeds.Watch) (back []feeds.StatusOf, err error)
	Restate(changes []feeds.StatusOf) error
	Watched(w feeds.Watch) ([]feeds.Story, error)
	CountWatched(w feeds.Watch) (int, error)
	MarkRead(view feeds.View) (changed []feeds.ArticleID, err error)
	ShowWhole(id feeds.ArticleID, whole bool) error
	SetWholeText(ids []feeds.FeedID, wanted bool) error
}

// Relater finds what is related to an article.
type Relater interface {
	Related(id feeds.ArticleID, limit int) ([]feeds.Related, error)
}

// Refresher fetches feeds. Run returns when the refresh is over or ctx is done.
// Correct takes the reader's word on which articles tell one story, after a
// refresh that is under way.
type Refresher interface {
	Correct(corrections []feeds.Correction) error
	Run(ctx context.Context, request refresh.Request, announce func(feeds.Event)) (feeds.Summary, error)
}

// Pictures keeps the pictures of articles. Load decodes one that is here and
// scales it to what size makes of its width and height in pixels; Fetch asks the
// network for it, which tells its server that it is being read.
type Pictures interface {
	Fetch(ctx context.Context, address string) (bytes int64, err error)
	Load(ctx context.Context, address string, size func(width, height int) (int, int)) (*image.RGBA, error)
}

// Pages fetches the pages of articles for their whole texts: one, those of a
// request, or those of feeds that want it always.
type Pages interface {
	Whole(ctx context.Context, id feeds.ArticleID) (feeds.Whole, error)
	Pack(ctx context.Context, request pages.Request, announce func(pages.Event)) (pages.Summary, error)
	Prefetch(ctx context.Context, announce func(pages.Event)) (pages.Summary, error)
}

// Deps is everything the screen works with.
type Deps struct {
	Library   Library
	Relater   Relater
	Refresher Refresher
	Pages     Pages
	Pictures  Pictures
	Editions  func() ([]feeds.Edition, error)                                    // asked only when the library is empty
	Import    func(path string) (list []feeds.Feed, leftOut []string, err error) // reads a file of subscriptions; a sentence for what was not taken
	Settings  settings.Settings
	Clock     func() time.Time
	Demo      bool // the library is the bundled newsroom's
	Copy      bool // the library is a copy of one that another Broadsheet has open: what is marked in it is not kept
	Version   string
	Leeway    *feeds.Leeway // which a key takes from work in the background; nil if there is none

	// Outside holds a token when another program has changed the library; nil
	// if that cannot be.
	Outside <-chan struct{}

	// Exec runs a command on the terminal and waits for it; nil for tea.Exec.
	Exec func(tea.ExecCommand, tea.ExecCallback) tea.Cmd

	// After sends a message after a while; nil for the real clock. Tests send
	// it at once.
	After func(d time.Duration, msg tea.Msg) tea.Cmd
}
