package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"broadsheet/feeds"
)

func (s *session) markCommand() *cobra.Command {
	yes, no := true, false
	changes := map[string]feeds.StatusChange{
		"read": {Read: &yes}, "unread": {Read: &no}, "saved": {Saved: &yes}, "unsaved": {Saved: &no},
	}
	watches := map[string]feeds.Watch{"followed": feeds.Followed, "muted": feeds.Muted}
	copies := false
	c := &cobra.Command{
		Use:   "mark read|unread|saved|unsaved|followed|unfollowed|muted|unmuted ID…",
		Short: "Mark articles, or the stories they are in",
		Long: "Mark articles read or saved, or follow or mute the stories they are in: one that is followed comes first on the front page, " +
			"one that is muted is not on it, and its articles are marked read as they come.",
		ValidArgs: []string{"read", "unread", "saved", "unsaved", "followed", "unfollowed", "muted", "unmuted"},
		Args:      args(2, -1, "a mark and article ids: mark read 12 13"),
		RunE: func(c *cobra.Command, given []string) error {
			as := given[0]
			change, ok := changes[as]
			watch, off := watches[strings.TrimPrefix(as, "un")], strings.HasPrefix(as, "un")
			if !ok && watch == feeds.Unwatched {
				return wrongUsage(c, "articles are marked read, unread, saved or unsaved, their stories followed, unfollowed, muted or unmuted, not %q", as)
			}
			which := make([]feeds.ArticleID, len(given)-1)
			for i, text := range given[1:] {
				id, err := feeds.ParseArticleID(text)
				if err != nil {
					return wrongUsage(c, "%w", err)
				}
				which[i] = id
			}
			return s.withLibrary(func(l Library) error {
				if ok {
					return s.mark(l, which, change, as, copies)
				}
				return s.watch(l, which, watch, off, as)
			})
		},
	}
	c.Flags().BoolVar(&copies, "copies", false, "Mark the articles with the same text, too, as the screen does")
	return c
}

// mark changes all the articles, or none if one of them is not there.
func (s *session) mark(l Library, which []feeds.ArticleID, change feeds.StatusChange, as string, copies bool) error {
	items, err := toMark(l, which)
	if err != nil {
		return err
	}
	if copies {
		var others []feeds.ArticleID
		for _, i := range items {
			others = append(others, i.Copies...)
		}
		which = append(which, others...)
		slices.Sort(which)
		which = slices.Compact(which)
	}
	changed, err := l.SetStatus(which, change)
	if err != nil {
		return err
	}
	return s.marked(l, which, count(len(changed), "article")+" marked "+as)
}

// watch follows or mutes the stories of all the articles, or no longer, or does
// nothing if one of the articles is not there.
func (s *session) watch(l Library, which []feeds.ArticleID, w feeds.Watch, off bool, as string) error {
	if _, err := toMark(l, which); err != nil {
		return err
	}
	changed := 0
	for _, id := range which {
		item, err := l.Item(id) // as those before it left it
		switch {
		case err != nil:
			return err
		case (item.Watch == w) != off:
			continue
		}
		to := w
		if off {
			to = feeds.Unwatched
		}
		if _, err := l.Watch(id, to); err != nil {
			return err
		}
		changed++
	}
	text := strconv.Itoa(changed) + " stories " + as
	if changed == 1 {
		text = "1 story " + as
	}
	return s.marked(l, which, text)
}

// toMark are the articles to be marked, all of which must be there.
func toMark(l Library, which []feeds.ArticleID) ([]feeds.Item, error) {
	items, err := l.Items(which)
	if err != nil {
		return nil, err
	}
	there := make(map[feeds.ArticleID]bool, len(items))
	for _, i := range items {
		there[i.ID] = true
	}
	for _, id := range which {
		if !there[id] {
			return nil, fmt.Errorf("there is no article with the id %s, so nothing was marked; broadsheet articles lists them", id)
		}
	}
	return items, nil
}

// marked prints what was marked: the articles for a script, a sentence for a
// person.
func (s *session) marked(l Library, which []feeds.ArticleID, sentence string) error {
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
		fmt.Fprintln(s.Stdout, sentence)
	}
	return nil
}
