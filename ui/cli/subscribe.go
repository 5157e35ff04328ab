package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"broadsheet/feeds"
	"broadsheet/feeds/clean"
	"broadsheet/feeds/opml"
	"broadsheet/feeds/refresh"
)

func (s *session) editionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "edition [NAME…]",
		Short: "List the built-in editions, or subscribe to some",
		ValidArgsFunction: func(*cobra.Command, []string, string) (names []string, _ cobra.ShellCompDirective) {
			editions, _ := opml.Editions()
			for _, e := range editions {
				names = append(names, e.Name+"\t"+e.Title)
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, names []string) error {
			editions, err := opml.Editions()
			if err != nil {
				return err
			}
			if len(names) == 0 {
				return s.listEditions(editions)
			}
			var list []feeds.Feed
			for _, name := range names {
				i := slices.IndexFunc(editions, func(e feeds.Edition) bool {
					return strings.EqualFold(e.Name, name) || strings.EqualFold(e.Title, name)
				})
				if i < 0 {
					return fmt.Errorf("there is no edition %q; broadsheet edition lists them", name)
				}
				list = append(list, editions[i].Feeds...)
			}
			return s.withNewLibrary(func(l Library) error { return s.subscribe(l, list) })
		},
	}
}

func (s *session) listEditions(editions []feeds.Edition) error {
	if s.json {
		return s.lines(func(put func(any)) {
			for _, e := range editions {
				urls := make([]string, len(e.Feeds))
				for i, f := range e.Feeds {
					urls[i] = f.URL
				}
				put(editionJSON{e.Name, e.Title, urls})
			}
		})
	}
	return s.text(func(w *bufio.Writer) {
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, e := range editions {
			fmt.Fprintf(t, "%s\t%s\t%d feeds\n", e.Name, e.Title, len(e.Feeds))
		}
		t.Flush()
	})
}

// subscribe adds feeds that an edition or an import names, without fetching
// them.
func (s *session) subscribe(l Library, list []feeds.Feed) error {
	added, err := l.AddFeeds(list)
	if err != nil {
		return err
	}
	if s.json {
		return s.printFeeds(l, added)
	}
	if s.quiet {
		return nil
	}
	return s.text(func(w *bufio.Writer) {
		fmt.Fprintf(w, "%s added", count(len(added), "feed"))
		if known := len(list) - len(added); known > 0 {
			fmt.Fprintf(w, ", %d known already", known)
		}
		if len(added) > 0 {
			fmt.Fprint(w, "; broadsheet refresh fetches them")
		}
		fmt.Fprintln(w)
	})
}

// printFeeds prints the named subscriptions as JSON.
func (s *session) printFeeds(l Library, list []feeds.Feed) error {
	all, err := l.Subscriptions()
	if err != nil {
		return err
	}
	return s.lines(func(put func(any)) {
		for _, sub := range all {
			if slices.ContainsFunc(list, func(f feeds.Feed) bool { return f.ID == sub.ID }) {
				put(feedToJSON(sub))
			}
		}
	})
}

func (s *session) addCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "add URL…",
		Short: "Subscribe to a feed, or to the feed that a web page names",
		Args:  args(1, -1, "the address of a feed or of a web page"),
		RunE: func(c *cobra.Command, addresses []string) error {
			return s.withNewLibrary(func(l Library) error { return s.add(c.Context(), l, addresses) })
		},
	}
}

// add finds, subscribes to and fetches each address; one that fails does not
// keep the others out.
func (s *session) add(ctx context.Context, l Library, addresses []string) error {
	r := s.refresher(l)
	var errs []error
	var added []feeds.Feed
	for _, address := range addresses {
		feed, err := r.Find(ctx, address)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		fresh, err := l.AddFeeds([]feeds.Feed{feed})
		if err != nil {
			return err
		}
		if len(fresh) == 0 && !s.quiet && !s.json {
			fmt.Fprintf(s.Stdout, "%s is subscribed to already\n", feeds.Shown(feed.URL))
		}
		added = append(added, fresh...)
	}
	if len(added) > 0 {
		if err := s.fetchAdded(ctx, l, r, added); err != nil {
			return err
		}
	}
	if err := errors.Join(errs...); err != nil {
		for _, e := range errs {
			say(s.Stderr, e.Error())
		}
		return errSaid
	}
	return nil
}

func (s *session) fetchAdded(ctx context.Context, l Library, r refresher, added []feeds.Feed) error {
	which := make([]feeds.FeedID, len(added))
	for i, f := range added {
		which[i] = f.ID
	}
	articles := map[feeds.FeedID]int{}
	_, err := r.Run(ctx, refresh.Request{Feeds: which, Force: true}, func(e feeds.Event) {
		if e.Kind == feeds.EventFeed {
			articles[e.Outcome.Feed] = e.Outcome.New
		}
	})
	if err != nil {
		return err
	}
	if s.json {
		return s.printFeeds(l, added)
	}
	if s.quiet {
		return nil
	}
	return s.text(func(w *bufio.Writer) {
		for _, f := range added {
			fmt.Fprintf(w, "%s added with %s\n", f.Name(), count(articles[f.ID], "article"))
		}
	})
}

func (s *session) removeCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "remove FEED…",
		Short: "Unsubscribe; saved articles stay",
		Args:  args(1, -1, "a feed's id, address or title"),
		RunE: func(_ *cobra.Command, which []string) error {
			return s.withLibrary(func(l Library) error {
				picked, err := pickAll(l, which)
				if err != nil {
					return err
				}
				for _, f := range picked {
					if err := l.RemoveFeed(f.ID); err != nil {
						return err
					}
					if !s.quiet && !s.json {
						fmt.Fprintf(s.Stdout, "%s removed; its saved articles stay\n", f.Name())
					}
				}
				return nil
			})
		},
	}
}

func (s *session) importCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "import FILE|-",
		Short: "Subscribe to the feeds of an OPML file, or of newsboat's urls",
		Args:  args(1, 1, "one file, or - for standard input"),
		RunE: func(_ *cobra.Command, file []string) error {
			in, name, err := s.input(file)
			if err != nil {
				return err
			}
			defer in.Close()
			list, notes, err := ReadSubscriptions(io.TeeReader(in, &s.typed), name)
			if err != nil {
				return err
			}
			return s.withNewLibrary(func(l Library) error {
				if !s.quiet { // here, where whoever has the library open has not said it already
					for _, note := range notes {
						say(s.Stderr, note)
					}
				}
				return s.subscribe(l, list)
			})
		},
	}
}

func (s *session) exportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "export",
		Short: "Print the subscriptions as OPML",
		Args:  args(0, 0, ""),
		RunE: func(*cobra.Command, []string) error {
			return s.withLibrary(func(l Library) error {
				all, err := l.Subscriptions()
				if err != nil {
					return err
				}
				list := make([]feeds.Feed, len(all))
				locked := 0
				for i, sub := range all {
					list[i] = sub.Feed
					if list[i].URL = feeds.Shown(sub.URL); list[i].URL != sub.URL {
						locked++
					}
				}
				if locked > 0 && !s.quiet {
					say(s.Stderr, fmt.Sprintf("the names and passwords in the addresses of %s are left out, so that the list can be passed on", count(locked, "feed")))
				}
				return opml.Write(s.Stdout, "Broadsheet subscriptions", list)
			})
		},
	}
}

func (s *session) feedsCommand() *cobra.Command {
	var whole string
	c := &cobra.Command{
		Use:   "feeds [FEED…]",
		Short: "List the subscriptions with their health and counts",
		RunE: func(c *cobra.Command, which []string) error {
			switch {
			case whole != "" && whole != "on" && whole != "off":
				return wrongUsage(c, "--whole is on or off, and got %q", whole)
			case whole != "" && len(which) == 0:
				return wrongUsage(c, "--whole %s needs the feeds it is for: their ids, addresses or titles", whole)
			}
			return s.withLibrary(func(l Library) error {
				picked, err := pickAll(l, which)
				if err != nil {
					return err
				}
				var ids []feeds.FeedID
				for _, f := range picked {
					ids = append(ids, f.ID)
				}
				if whole != "" {
					if err := l.SetWholeText(ids, whole == "on"); err != nil {
						return err
					}
				}
				return s.listFeeds(l, ids)
			})
		},
	}
	c.Flags().StringVar(&whole, "whole", "", "on: after each refresh fetch the whole texts of these feeds' articles from their pages; off: no longer")
	return c
}

// listFeeds lists some feeds, all if none are named.
func (s *session) listFeeds(l Library, ids []feeds.FeedID) error {
	all, err := l.Subscriptions()
	if err != nil {
		return err
	}
	if len(ids) > 0 {
		all = slices.DeleteFunc(all, func(sub feeds.Subscription) bool { return !slices.Contains(ids, sub.ID) })
	}
	if s.json {
		return s.lines(func(put func(any)) {
			for _, sub := range all {
				put(feedToJSON(sub))
			}
		})
	}
	return s.text(func(w *bufio.Writer) { s.printFeedTable(w, all) })
}

func (s *session) printFeedTable(w *bufio.Writer, all []feeds.Subscription) {
	if len(all) == 0 {
		fmt.Fprintln(w, "No feeds yet: broadsheet edition lists editions to subscribe to, broadsheet add URL adds one feed.")
		return
	}
	slices.SortStableFunc(all, func(a, b feeds.Subscription) int { return strings.Compare(a.Folder, b.Folder) })
	folder := ""
	for _, f := range all {
		if f.Folder != folder {
			folder = f.Folder
			fmt.Fprintln(w, clean.Line(folder))
		}
		count := fmt.Sprintf("%d unread of %d", f.Unread, f.Total)
		fmt.Fprintf(w, "%5s  %s  %s  %s  %s\n", f.ID, column(f.Name(), 32), column(count, 20), column(s.fetchedWhen(f.Health), 20), clean.Line(feeds.Shown(f.URL)))
		if f.WholeText {
			fmt.Fprintln(w, "       whole texts are always fetched")
		}
		if f.Error != "" {
			fmt.Fprintf(w, "       ! %s\n", f.Error)
		}
	}
}

func (s *session) fetchedWhen(h feeds.Health) string {
	if h.LastFetch.IsZero() {
		return "never fetched"
	}
	if h.Status == feeds.FetchFailed {
		return "tried " + ago(s.Clock().Sub(h.LastFetch))
	}
	return "fetched " + ago(s.Clock().Sub(h.LastFetch))
}
