package cli

import (
	"bufio"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"broadsheet/feeds"
	"broadsheet/feeds/gist"
	"broadsheet/ui/export"
)

func (s *session) articleCommand() *cobra.Command {
	var format string
	var short, own bool
	c := &cobra.Command{
		Use:   "article ID",
		Short: "Print an article",
		Args:  args(1, 1, "one article id"),
		RunE: func(c *cobra.Command, given []string) error {
			id, err := feeds.ParseArticleID(given[0])
			if err != nil {
				return wrongUsage(c, "%w", err)
			}
			switch format {
			case "json":
				s.json, format = true, "markdown"
			case "markdown", "text":
			default:
				return wrongUsage(c, "--format is markdown, text or json, and got %q", format)
			}
			return s.withLibrary(func(l Library) error { return s.printArticle(l, id, format, short, own) })
		},
	}
	c.Flags().StringVar(&format, "format", "markdown", "markdown, text or json")
	c.Flags().BoolVar(&own, "feed-text", false, "the feed's own text, even if the whole text from the page is kept")
	c.Flags().BoolVar(&short, "gist", false, "only its key sentences")
	return c
}

// printArticle prints the text that the reader sees on the screen: the whole one
// if it is kept and was not set aside. own asks for the feed's.
func (s *session) printArticle(l Library, id feeds.ArticleID, format string, short, own bool) error {
	item, err := l.Item(id)
	if err != nil {
		return err
	}
	text := shownText(l)
	if own {
		text = l.Body
	}
	body, err := text(id)
	if err != nil {
		return err
	}
	in := func(b feeds.Body) string {
		switch {
		case short:
			return strings.Join(gist.Sentences(b.Text, gistSentences), "\n")
		case format == "text":
			return b.Text
		}
		return b.Markdown
	}
	if s.json {
		names, err := feedNames(l)
		if err != nil {
			return err
		}
		out := wholeArticleJSON{articleJSON: articleToJSON(item, names[item.Feed]), Body: in(body), Revisions: []revisionJSON{}}
		revisions, err := l.Revisions(id)
		if err != nil {
			return err
		}
		for _, r := range revisions {
			out.Revisions = append(out.Revisions, revisionJSON{r.Title, in(r.Body), stamp{r.Fetched}})
		}
		return s.lines(func(put func(any)) { put(out) })
	}
	return s.text(func(w *bufio.Writer) {
		write := export.Markdown
		if format == "text" {
			write = export.Text
		}
		fmt.Fprint(w, write(item, feeds.Body{Markdown: in(body), Text: in(body)}, time.Local))
	})
}

func (s *session) relatedCommand() *cobra.Command {
	var all bool
	var limit int
	c := &cobra.Command{
		Use:   "related ID",
		Short: "List how other outlets tell an article's story, then its background",
		RunE: func(c *cobra.Command, given []string) error {
			switch {
			case all && len(given) > 0:
				return wrongUsage(c, "related takes an article id or --all, not both")
			case !all && len(given) != 1:
				return wrongUsage(c, "related needs one article id, or --all")
			case limit <= 0:
				return wrongUsage(c, "--limit is a number of rows from 1, and got %d", limit)
			}
			var id feeds.ArticleID
			if !all {
				var err error
				if id, err = feeds.ParseArticleID(given[0]); err != nil {
					return wrongUsage(c, "%w", err)
				}
			}
			return s.withLibrary(func(l Library) error {
				if all {
					return s.printAllRelated(l, limit)
				}
				item, err := l.Item(id)
				if err != nil {
					return err
				}
				return s.printRelated(l, limit, func(put func(feeds.Item)) error { put(item); return nil })
			})
		},
	}
	c.Flags().BoolVar(&all, "all", false, "one line for every article")
	c.Flags().IntVar(&limit, "limit", 20, "at most this number of rows an article")
	return c
}

func (s *session) printAllRelated(l Library, limit int) error {
	return s.printRelated(l, limit, func(put func(feeds.Item)) error {
		return walk(l, feeds.View{Kind: feeds.ViewAll}, time.Time{}, 0, func(feeds.Item) bool { return true }, put)
	})
}

func (s *session) printRelated(l Library, limit int, walk func(put func(feeds.Item)) error) error {
	find := s.relater(l)
	var failed error
	show := func(each func(item feeds.Item, rows []relatedItem)) error {
		return walk(func(item feeds.Item) {
			if failed != nil {
				return
			}
			var rows []relatedItem
			if rows, failed = find(item.ID, limit); failed == nil {
				each(item, rows)
			}
		})
	}
	var walked error
	var err error
	if s.json {
		err = s.lines(func(put func(any)) {
			walked = show(func(item feeds.Item, rows []relatedItem) { put(relatedToJSON(item, rows)) })
		})
	} else {
		err = s.text(func(w *bufio.Writer) {
			walked = show(func(item feeds.Item, rows []relatedItem) { printRelatedRows(w, item, rows) })
		})
	}
	return errors.Join(failed, walked, err)
}

func relatedToJSON(item feeds.Item, rows []relatedItem) relatedJSON {
	out := relatedJSON{ID: item.ID.String(), URL: item.URL, Title: item.Title, Related: []relatedRowJSON{}}
	for i, r := range rows {
		row := relatedRowJSON{
			Rank: i + 1, ID: r.item.ID.String(), URL: r.item.URL, Outlet: r.item.Outlet, Title: r.item.Title, Published: stamp{r.item.Published},
			Score: r.Score, Kind: r.Kind, Why: whyJSON{Terms: []termJSON{}, Hours: r.Why.Apart.Hours()}, Copies: ids(r.Copies),
		}
		for _, t := range r.Why.Terms {
			row.Why.Terms = append(row.Why.Terms, termJSON{t.Term, t.Weight})
		}
		out.Related = append(out.Related, row)
	}
	return out
}

func printRelatedRows(w *bufio.Writer, item feeds.Item, rows []relatedItem) {
	fmt.Fprintf(w, "%s %s: %s\n", item.ID, item.Outlet, item.Headline())
	rows = slices.DeleteFunc(rows, func(r relatedItem) bool { return r.Faint() })
	if len(rows) == 0 {
		fmt.Fprintln(w, "  No other outlet tells this story.")
	}
	var kind feeds.Kind
	for _, r := range rows {
		if r.Kind != kind {
			kind = r.Kind
			fmt.Fprintf(w, "  %s\n", kind)
		}
		folded := ""
		if len(r.Copies) > 0 {
			folded = " (+" + count(len(r.Copies), "copy") + ")"
		}
		fmt.Fprintf(w, "  %6s %s %s %s%s\n", r.item.ID, column(apart(r.Why.Apart), 9), column(r.item.Outlet, 24), r.item.Headline(), folded)
	}
}

// apart is how much earlier (-) or later (+) an article came.
func apart(d time.Duration) string {
	switch h := d.Hours(); {
	case h <= -48 || h >= 48:
		return fmt.Sprintf("%+.0f days", h/24)
	case h <= -1 || h >= 1:
		return fmt.Sprintf("%+.0f h", h)
	}
	return fmt.Sprintf("%+.0f min", d.Minutes())
}
