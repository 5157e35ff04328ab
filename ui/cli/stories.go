package cli

import (
	"bufio"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"broadsheet/feeds"
	"broadsheet/feeds/gist"
	"broadsheet/feeds/rank"
	"broadsheet/ui"
)

// storiesOptions says which stories are listed, and with what.
type storiesOptions struct {
	since         time.Time
	limit         int // 0 for all
	all           bool
	gist, missing bool

	followed, muted bool // of whatever age
}

func (s *session) storiesCommand() *cobra.Command {
	var o storiesOptions
	var since string
	c := &cobra.Command{
		Use:   "stories",
		Short: "List stories, ranked by the independent outlets that carry them",
		Args:  args(0, 0, ""),
		RunE: func(c *cobra.Command, _ []string) error {
			var err error
			if o.since, err = s.since(c, since); err != nil {
				return err
			}
			switch {
			case o.limit < 0:
				return wrongUsage(c, "--limit is a number of stories, 0 for all, and got %d", o.limit)
			case o.followed && o.muted, (o.followed || o.muted) && (o.all || since != ""):
				return wrongUsage(c, "--followed and --muted stories are of whatever age; give one of them, without --all or --since")
			case o.all && !c.Flags().Changed("limit"):
				o.limit = 0
			case o.all:
			case since == "":
				o.since = s.Clock().Add(-rank.Span)
			}
			return s.withLibrary(func(l Library) error { return s.printStories(l, o) })
		},
	}
	c.Flags().BoolVar(&o.all, "all", false, "every story of the library, those of one article too")
	c.Flags().BoolVar(&o.followed, "followed", false, "the stories that are followed, of whatever age, the latest first")
	c.Flags().BoolVar(&o.muted, "muted", false, "the stories that are muted, of whatever age, the latest first")
	c.Flags().StringVar(&since, "since", "", "stories with an article younger than this age (3 days if not given, any with --all)")
	c.Flags().IntVar(&o.limit, "limit", 50, "at most this number of stories; 0 for all")
	c.Flags().BoolVar(&o.gist, "gist", false, "with each story's key sentences, by outlet")
	c.Flags().BoolVar(&o.missing, "missing", false, "with who had each story first, and which of your outlets do not carry it")
	return c
}

// toldStory is a story with what was asked for besides.
type toldStory struct {
	feeds.Story
	said    []gist.Said
	missing *rank.Missing
}

func (s *session) printStories(l Library, o storiesOptions) error {
	ranked, err := s.wanted(l, o)
	if err != nil {
		return err
	}
	if o.limit > 0 {
		ranked = ranked[:min(o.limit, len(ranked))]
	}
	list := make([]toldStory, len(ranked))
	for i, st := range ranked {
		list[i].Story = st
		if !o.gist {
			continue
		}
		if list[i].said, err = gistOfStory(l, st, gistSentences); err != nil {
			return err
		}
	}
	if o.missing {
		if err := findMissing(l, list); err != nil {
			return err
		}
	}
	if s.json {
		return s.lines(func(put func(any)) {
			for _, st := range list {
				put(storyToJSON(st))
			}
		})
	}
	return s.text(func(w *bufio.Writer) {
		if o.gist || o.missing {
			s.printBriefs(w, list)
			return
		}
		t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, st := range list {
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", st.ID, count(len(st.Outlets), "outlet"), ago(s.Clock().Sub(st.Latest)), titled(st))
		}
		t.Flush()
	})
}

// wanted are the stories that the options are about.
func (s *session) wanted(l Library, o storiesOptions) ([]feeds.Story, error) {
	switch {
	case o.followed:
		return l.Watched(feeds.Followed)
	case o.muted:
		return l.Watched(feeds.Muted)
	}
	return s.ranked(l, o.since, o.all)
}

// titled is a story's title, and what the reader wants of it.
func titled(st toldStory) string {
	if st.Watch == feeds.Unwatched {
		return st.Title
	}
	return st.Title + " (" + st.Watch.String() + ")"
}

// findMissing tells of each story which outlets do not carry it.
func findMissing(l Library, list []toldStory) error {
	roster, err := ui.LoadRoster(l)
	if err != nil {
		return err
	}
	for i, st := range list {
		items, err := l.Items(st.Articles)
		if err != nil {
			return err
		}
		var languages []string
		for _, it := range items {
			languages = append(languages, it.Language)
		}
		m := roster.Missing(slices.Concat(st.Outlets, st.Reprints), languages, st.First)
		list[i].missing = &m
	}
	return nil
}

func storyToJSON(st toldStory) storyJSON {
	out := storyJSON{
		ID: st.ID.String(), Title: st.Title, Outlets: len(st.Outlets), Articles: len(st.Articles),
		First: stamp{st.First}, Latest: stamp{st.Latest}, ArticleIDs: ids(st.Articles), Gist: saidToJSON(st.said),
	}
	if m := st.missing; m != nil {
		out.Missing = &missingJSON{Silent: append([]string{}, m.Silent...), Unknown: append([]string{}, m.Unknown()...)}
	}
	return out
}

// printBriefs prints stories with what is said of them underneath.
func (s *session) printBriefs(w *bufio.Writer, list []toldStory) {
	for _, st := range list {
		fmt.Fprintf(w, "%s  %s  %s  %s\n", st.ID, count(len(st.Outlets), "outlet"), ago(s.Clock().Sub(st.Latest)), titled(st))
		for _, one := range st.said {
			fmt.Fprintf(w, "    %s: %s\n", one.Item.Outlet, one.Text)
		}
		if st.missing == nil {
			continue
		}
		if len(st.Outlets) > 1 {
			fmt.Fprintf(w, "    first: %s\n", st.Outlets[0])
		}
		for _, group := range []struct {
			words   string
			outlets []string
		}{{"not in", st.missing.Silent}, {"unknown, feed failed", st.missing.Failed}, {"unknown, not fetched since", st.missing.Unread}, {"unknown, no dates", st.missing.Undated}} {
			if len(group.outlets) > 0 {
				fmt.Fprintf(w, "    %s: %s\n", group.words, strings.Join(group.outlets, ", "))
			}
		}
	}
}
