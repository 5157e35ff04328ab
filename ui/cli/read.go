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
	"broadsheet/ui/settings"
)

// read opens the reader on the library; a reader without feeds may ask for the
// demo instead.
func (s *session) read(ctx context.Context) error {
	if err := ui.CheckTerminal(); err != nil {
		return err
	}
	set, err := s.settings()
	if err != nil {
		return err
	}
	library, err := s.openForReading(s.path(set))
	if err != nil {
		return err
	}
	stop := tending(ctx, library, upkeep(set))
	err = s.show(ctx, set, library, s.refresher(library, s.fetcher()), false)
	stop()
	if err := errors.Join(err, library.Close()); !errors.Is(err, ui.ErrDemo) {
		return err
	}
	return s.demo(ctx)
}

func (s *session) show(ctx context.Context, set settings.Settings, library Library, refresher ui.Refresher, isDemo bool) error {
	return ui.Run(ctx, ui.Deps{
		Library:   library,
		Relater:   related.New(library, s.Clock),
		Refresher: refresher,
		Pictures:  s.pictures(set),
		Editions:  opml.Editions,
		Import:    readSubscriptionsFrom,
		Settings:  set,
		Clock:     s.Clock,
		Demo:      isDemo,
		Version:   s.Version,
	})
}

func readSubscriptionsFrom(path string) ([]feeds.Feed, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", path, bare(err))
	}
	defer f.Close()
	list, _, err := ReadSubscriptions(f, path)
	return list, err
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
	return s.show(ctx, set, library, &editedOnce{Refresher: s.refresher(library, s.fetcher())}, true)
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
