package cli

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"broadsheet/feeds"
)

func (s *session) markCommand() *cobra.Command {
	yes, no := true, false
	changes := map[string]feeds.StatusChange{
		"read": {Read: &yes}, "unread": {Read: &no}, "saved": {Saved: &yes}, "unsaved": {Saved: &no},
	}
	copies := false
	c := &cobra.Command{
		Use:       "mark read|unread|saved|unsaved ID…",
		Short:     "Mark articles",
		ValidArgs: []string{"read", "unread", "saved", "unsaved"},
		Args:      args(2, -1, "a mark and article ids: mark read 12 13"),
		RunE: func(c *cobra.Command, given []string) error {
			change, ok := changes[given[0]]
			if !ok {
				return wrongUsage(c, "articles are marked read, unread, saved or unsaved, not %q", given[0])
			}
			which := make([]feeds.ArticleID, len(given)-1)
			for i, text := range given[1:] {
				id, err := feeds.ParseArticleID(text)
				if err != nil {
					return wrongUsage(c, "%w", err)
				}
				which[i] = id
			}
			return s.withLibrary(func(l Library) error { return s.mark(l, which, change, given[0], copies) })
		},
	}
	c.Flags().BoolVar(&copies, "copies", false, "Mark the articles with the same text, too, as the screen does")
	return c
}

// mark changes all the articles, or none if one of them is not there.
func (s *session) mark(l Library, which []feeds.ArticleID, change feeds.StatusChange, as string, copies bool) error {
	items, err := l.Items(which)
	if err != nil {
		return err
	}
	there := make(map[feeds.ArticleID]bool, len(items))
	var others []feeds.ArticleID
	for _, i := range items {
		there[i.ID] = true
		others = append(others, i.Copies...)
	}
	for _, id := range which {
		if !there[id] {
			return fmt.Errorf("there is no article with the id %s, so nothing was marked; broadsheet articles lists them", id)
		}
	}
	if copies {
		which = append(which, others...)
		slices.Sort(which)
		which = slices.Compact(which)
	}
	changed, err := l.SetStatus(which, change)
	if err != nil {
		return err
	}
	switch {
	case s.json:
		return s.printArticles(l, func(put func(feeds.Item)) error {
			items, err := l.Items(which)
			for _, i := range items {
				put(i)
			}
			return err
		})
	case !s.quiet:
		fmt.Fprintf(s.Stdout, "%s marked %s\n", count(len(changed), "article"), as)
	}
	return nil
}
