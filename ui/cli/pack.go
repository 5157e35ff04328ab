package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh/pages"
)

type packFlags struct {
	view            string
	limit           int
	related, images bool
	size            string
}

func (s *session) packCommand() *cobra.Command {
	var f packFlags
	c := &cobra.Command{
		Use:   "pack",
		Short: "Fetch whole texts for a journey: what is unread can then be read offline",
		Long: "Pack fetches the pages of unread articles and keeps their whole texts, so that they can be read without a network.\n\n" +
			"It asks no host for more than two pages at once, pauses between them, and does what robots.txt says. " +
			"It may be stopped with Ctrl-C; run again, it goes on where it stopped.",
		Args: args(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			if f.limit <= 0 {
				return wrongUsage(c, "--limit is a number of articles from 1, and got %d", f.limit)
			}
			set, err := s.settings()
			if err != nil {
				return err
			}
			q := pages.Request{Limit: f.limit, Related: f.related, Pictures: f.images, MaxBytes: set.Pack}
			if f.size != "" {
				if q.MaxBytes, err = pages.ParseSize(f.size); err != nil {
					return wrongUsage(c, "--max-size: %w", err)
				}
			}
			return s.withLibrary(func(l Library) error {
				if q.View, err = packView(l, f.view); err != nil {
					return err
				}
				return s.pack(c.Context(), s.host.keeper, q)
			})
		},
	}
	c.Flags().StringVar(&f.view, "view", "unread", "front, unread, saved, all, or a feed (id, address or title) or folder; of each what is unread")
	c.Flags().IntVar(&f.limit, "limit", pages.DefaultLimit, "at most this number of articles, those related to them not counted")
	c.Flags().BoolVar(&f.related, "with-related", false, "also what is most related to each article")
	c.Flags().BoolVar(&f.images, "images", false, "also the pictures in the texts")
	c.Flags().StringVar(&f.size, "max-size", "", "fetch at most about this much, such as 200MB or 1GB (the setting pack_limit if not given)")
	return c
}

// packView is the view that a word means.
func packView(l Library, word string) (feeds.View, error) {
	switch strings.ToLower(word) {
	case "front":
		return feeds.View{Kind: feeds.ViewFront}, nil
	case "unread":
		return feeds.View{Kind: feeds.ViewUnread}, nil
	case "saved":
		return feeds.View{Kind: feeds.ViewSaved}, nil
	case "all":
		return feeds.View{Kind: feeds.ViewAll}, nil
	}
	all, err := l.Subscriptions()
	if err != nil {
		return feeds.View{}, err
	}
	for _, f := range all {
		if f.Folder != "" && strings.EqualFold(f.Folder, word) {
			return feeds.View{Kind: feeds.ViewFolder, Folder: f.Folder}, nil
		}
	}
	f, err := pick(all, word)
	return feeds.View{Kind: feeds.ViewFeed, Feed: f.ID}, err
}

func (s *session) pack(ctx context.Context, keeper *pages.Keeper, q pages.Request) error {
	watch := s.watchPack()
	sum, err := keeper.Pack(ctx, q, watch)
	if err != nil {
		return err
	}
	switch {
	case s.json:
		err = s.lines(func(put func(any)) {
			put(packSummaryJSON{packTotalsJSON{
				Articles: sum.Articles, Stored: sum.Stored, Kept: sum.Kept, None: sum.None, Failed: sum.Failed, Skipped: sum.Skipped,
				Pictures: sum.Pictures, PicturesFailed: sum.PicturesFailed, Bytes: sum.Bytes, Full: sum.Full, MS: sum.Took.Milliseconds(),
			}})
		})
	case !s.quiet:
		fmt.Fprintln(s.Stdout, packTotals(sum, q.Pictures))
	}
	switch {
	case err != nil:
		return err
	case sum.Stopped:
		return errors.New("packing was stopped; what is done stays done, and broadsheet pack goes on from there")
	case sum.Offline:
		return errors.New("there is no network; what is packed already can be read, and broadsheet pack tried again later")
	}
	return nil
}

// watchPack shows a packing as it goes on.
func (s *session) watchPack() func(pages.Event) {
	switch {
	case s.json:
		return func(e pages.Event) {
			if o := e.Outcome; e.Kind == pages.EventArticle {
				_ = s.lines(func(put func(any)) { // a reader that hung up does not stop it
					put(packedJSON{o.Article.String(), o.URL, o.Related, o.Status, o.Words, o.Bytes, o.Error})
				})
			}
		}
	case s.quiet || !isTerminal(s.Stdout):
		return nil
	}
	return s.packProgress
}

func (s *session) packProgress(e pages.Event) {
	what := "articles"
	switch e.Kind {
	case pages.EventEnded:
		fmt.Fprint(s.Stderr, clearLine)
		return
	case pages.EventPictures:
		what = "pictures"
	}
	if o := e.Outcome; o.Status == pages.Failed {
		fmt.Fprintf(s.Stderr, "%s! %s: %s\n", clearLine, o.URL, o.Error)
	}
	s.bar(e.Done, e.Total, fmt.Sprintf("%d of %d %s, %s", e.Done, e.Total, what, pages.Size(e.Bytes)))
}

// packTotals is the outcome of a packing in a line.
func packTotals(sum pages.Summary, pictures bool) string {
	if sum.Articles == 0 {
		return "There is nothing unread to pack."
	}
	line := fmt.Sprintf("%s: %d can be read in full offline (%d fetched now, %d before); %d give no whole text, %d could not be fetched, %d were not asked for",
		count(sum.Articles, "article"), sum.Readable(), sum.Stored, sum.Kept, sum.None, sum.Failed, sum.Skipped)
	if pictures {
		line += fmt.Sprintf("; %s", count(sum.Pictures, "picture"))
	}
	line += fmt.Sprintf("; %s in %s", pages.Size(sum.Bytes), sum.Took.Round(time.Millisecond))
	if sum.Full {
		line += "; the size limit was reached"
	}
	return line
}

// prefetch fetches, after a refresh, the whole texts of the feeds that want them
// always.
func (s *session) prefetch(ctx context.Context) error {
	watch := s.watchPack()
	if s.json {
		watch = nil // the lines of a refresh are its feeds
	}
	sum, err := s.host.keeper.Prefetch(ctx, watch)
	if err != nil {
		return err
	}
	if sum.Stored > 0 && !s.quiet && !s.json {
		fmt.Fprintf(s.Stdout, "%s fetched from their pages\n", count(sum.Stored, "whole text"))
	}
	return nil
}
