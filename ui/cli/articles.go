package cli

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"broadsheet/feeds"
)

// pageSize is how many rows one look at the library takes.
const pageSize = 500

type articlesFlags struct {
	unread, saved bool
	feed          string
	since         string
	limit         int
}

func (s *session) articlesCommand() *cobra.Command {
	var f articlesFlags
	c := &cobra.Command{
		Use:   "articles",
		Short: "List articles, newest first",
		Args:  args(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			since, err := s.since(c, f.since)
			if err != nil {
				return err
			}
			if f.limit < 0 {
				return wrongUsage(c, "--limit is a number of articles, 0 for all, and got %d", f.limit)
			}
			return s.withLibrary(func(l Library) error {
				view := feeds.View{Kind: feeds.ViewAll, Unread: f.unread}
				switch {
				case f.feed != "":
					picked, err := pickAll(l, []string{f.feed})
					if err != nil {
						return err
					}
					view.Kind, view.Feed = feeds.ViewFeed, picked[0].ID
				case f.saved:
					view.Kind = feeds.ViewSaved
				case f.unread:
					view = feeds.View{Kind: feeds.ViewUnread}
				}
				keep := func(i feeds.Item) bool { return !f.saved || i.Saved }
				return s.printArticles(l, func(put func(feeds.Item)) error { return walk(l, view, since, f.limit, keep, put) })
			})
		},
	}
	c.Flags().BoolVar(&f.unread, "unread", false, "only unread ones")
	c.Flags().BoolVar(&f.saved, "saved", false, "only saved ones")
	c.Flags().StringVar(&f.feed, "feed", "", "only those of this feed (id, address or title)")
	c.Flags().StringVar(&f.since, "since", "", "only those younger than this age: 24h, 7d, or a date")
	c.Flags().IntVar(&f.limit, "limit", 0, "at most this number of them; 0 for all")
	return c
}

// walk goes through a view, page by page.
func walk(l Library, view feeds.View, since time.Time, limit int, keep func(feeds.Item) bool, put func(feeds.Item)) error {
	var from feeds.Cursor
	for n := 0; ; {
		page, err := l.Page(view, from, pageSize, false)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, i := range page {
			if feeds.When(i.Article).Before(since) || limit > 0 && n == limit {
				return nil
			}
			if keep(i) {
				put(i)
				n++
			}
		}
		from = feeds.At(page[len(page)-1].Article)
	}
}

// printArticles prints what walk puts, as it comes.
func (s *session) printArticles(l Library, walk func(put func(feeds.Item)) error) error {
	names, err := feedNames(l)
	if err != nil {
		return err
	}
	var failed error
	if s.json {
		err = s.lines(func(put func(any)) {
			failed = walk(func(i feeds.Item) { put(articleToJSON(i, names[i.Feed])) })
		})
	} else {
		err = s.text(func(w *bufio.Writer) {
			failed = walk(func(i feeds.Item) { fmt.Fprintln(w, s.articleLine(i)) })
		})
	}
	if failed != nil {
		return failed
	}
	return err
}

func (s *session) articleLine(i feeds.Item) string {
	mark := " "
	switch {
	case i.Saved:
		mark = "*"
	case !i.Read:
		mark = "•"
	}
	return fmt.Sprintf("%6s %s %s %s %s", i.ID, mark, column(s.age(i.Article), 12), column(i.Outlet, 24), i.Headline())
}

func (s *session) age(a feeds.Article) string { return ago(s.Clock().Sub(feeds.When(a))) }

func feedNames(l Library) (map[feeds.FeedID]string, error) {
	all, err := l.Subscriptions()
	if err != nil {
		return nil, err
	}
	names := make(map[feeds.FeedID]string, len(all))
	for _, f := range all {
		names[f.ID] = f.Name()
	}
	return names, nil
}

// since reads an age (90m, 24h, 7d) or a date into a time; "" is the beginning
// of time.
func (s *session) since(c *cobra.Command, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if days, ok := strings.CutSuffix(text, "d"); ok {
		if n, err := strconv.Atoi(days); err == nil && n >= 0 && n < 100_000 {
			return s.Clock().AddDate(0, 0, -n), nil
		}
	}
	if d, err := time.ParseDuration(text); err == nil && d >= 0 {
		return s.Clock().Add(-d), nil
	}
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.ParseInLocation(layout, text, s.Clock().Location()); err == nil { // a day is the reader's
			return t, nil
		}
	}
	return time.Time{}, wrongUsage(c, "--since is an age like 24h or 7d, or a date like 2026-11-22, and got %q", text)
}

func (s *session) searchCommand() *cobra.Command {
	var limit int
	c := &cobra.Command{
		Use:   "search QUERY",
		Short: "Find articles by the words of their titles and texts",
		Long: "Search finds the articles that have all of the words: those with all in the title first, of each the newest. " +
			"Words in quotes must stand together, which the shell has to be told: broadsheet search '\"sea wall\" harbour'. " +
			"Of the last word the beginning is enough, unless it is in quotes.",
		Args: args(1, -1, "words to look for"),
		RunE: func(c *cobra.Command, words []string) error {
			if limit <= 0 {
				return wrongUsage(c, "--limit is a number of articles from 1, and got %d", limit)
			}
			return s.withLibrary(func(l Library) error {
				return s.printArticles(l, func(put func(feeds.Item)) error {
					return l.SearchEach(c.Context(), strings.Join(words, " "), limit, func(found []feeds.Item) {
						for _, i := range found {
							put(i)
						}
					})
				})
			})
		},
	}
	c.Flags().IntVar(&limit, "limit", 50, "at most this number of articles")
	return c
}
