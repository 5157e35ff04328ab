package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"broadsheet/feeds"
	"broadsheet/feeds/demo"
	"broadsheet/feeds/opml"
	"broadsheet/feeds/refresh"
	"broadsheet/feeds/related"
	"broadsheet/ui"
	"broadsheet/ui/cli/relay"
	"broadsheet/ui/settings"
)

// read opens the reader on the library; a reader without feeds may ask for the
// demo instead.
func (s *session) read(ctx context.Context) error {
	if err := s.mineOnly("reading on a screen"); err != nil {
		return err
	}
	if err := ui.CheckTerminal(); err != nil {
		return err
	}
	set, err := s.settings()
	if err != nil {
		return err
	}
	library, err := s.openForReading(s.path(set))
	switch {
	case locked(err):
		if err = s.readCopy(ctx, set, err); errors.Is(err, ui.ErrDemo) {
			return s.demo(ctx)
		}
		return err
	case err != nil:
		return err
	}
	stop := tending(ctx, library, upkeep(set))
	end := s.share(s.path(set), library)
	err = s.show(ctx, set, library, s.refresher(library), ui.Deps{})
	end(false)
	stop()
	if err := errors.Join(err, library.Close()); !errors.Is(err, ui.ErrDemo) {
		return err
	}
	return s.demo(ctx)
}

// readCopy opens the reader on a copy of a library that another Broadsheet has
// open; inUse says so.
func (s *session) readCopy(ctx context.Context, set settings.Settings, inUse error) (err error) {
	dir, err := os.MkdirTemp("", "broadsheet-copy-")
	if err != nil {
		return inUse
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	file := filepath.Join(dir, "library.db")
	if err := s.copyOf(ctx, s.path(set), file); errors.Is(err, relay.ErrNobody) {
		return inUse
	} else if err != nil {
		return err
	}
	library, err := s.Open(file, s.Clock)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, library.Close()) }()
	s.host = s.newHost(library)
	return s.show(ctx, set, library, s.refresher(library), ui.Deps{Copy: true})
}

// show opens the reader; with says what is special about the library.
func (s *session) show(ctx context.Context, set settings.Settings, library Library, refresher ui.Refresher, with ui.Deps) error {
	with.Library, with.Refresher = library, refresher
	with.Relater = related.New(library, s.Clock)
	with.Pages, with.Pictures = s.host.keeper, s.host.shelf
	with.Editions, with.Import = opml.Editions, readSubscriptionsFrom
	with.Settings, with.Clock, with.Version = set, s.Clock, s.Version
	with.Outside, with.Leeway = s.host.changed, s.host.leeway
	// To the screen Ctrl-C is a key; as a signal it is meant for the command that
	// an article is being given to.
	s.reading(true)
	defer s.reading(false)
	return ui.Run(ctx, with)
}

func readSubscriptionsFrom(path string) (list []feeds.Feed, leftOut []string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("%s cannot be read: %w", path, bare(err))
	}
	defer f.Close()
	return ReadSubscriptions(f, path)
}

func (s *session) demoCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "demo",
		Short: "Open the reader on a sample newsroom; touches no network",
		Args:  args(0, 0, ""),
		RunE:  func(c *cobra.Command, _ []string) error { return s.demo(c.Context()) },
	}
}

// demo opens the reader on a library of its own, which is gone afterwards. The
// newsroom answers through the same pipeline as any other feed.
func (s *session) demo(ctx context.Context) (err error) {
	if err := s.mineOnly("the demo"); err != nil {
		return err
	}
	if err := ui.CheckTerminal(); err != nil {
		return err
	}
	set, err := s.settings()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "broadsheet-demo-")
	if err != nil {
		return fmt.Errorf("the demo needs a temporary directory: %w", bare(err))
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	s.libraryPath = filepath.Join(dir, "library.db")
	library, err := s.Open(s.libraryPath, s.Clock)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, library.Close()) }()
	if _, err := library.AddFeeds(demo.Feeds()); err != nil {
		return err
	}
	s.Transport = demo.Transport(s.Clock())
	if set.Pictures == settings.PicturesAsk {
		set.Pictures = settings.PicturesAlways // nobody hears of it
	}
	s.host = s.newHost(library)
	return s.show(ctx, set, library, &editedOnce{Refresher: s.host.refresher}, ui.Deps{Demo: true})
}

// editedOnce refreshes a second time after the first, so that the article the
// newsroom corrects meanwhile shows up corrected.
type editedOnce struct {
	*refresh.Refresher
	done bool
}

func (e *editedOnce) Run(ctx context.Context, q refresh.Request, announce func(feeds.Event)) (feeds.Summary, error) {
	sum, err := e.Refresher.Run(ctx, q, announce)
	if e.done || err != nil || ctx.Err() != nil {
		return sum, err
	}
	e.done = true
	again, err := e.Refresher.Run(ctx, refresh.Request{Force: true}, func(feeds.Event) {})
	sum.Updated += again.Updated
	return sum, err
}
