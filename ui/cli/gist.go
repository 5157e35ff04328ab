package cli

import (
	"bufio"
	"fmt"

	"github.com/spf13/cobra"

	"broadsheet/feeds"
	"broadsheet/feeds/clean"
	"broadsheet/feeds/gist"
	"broadsheet/feeds/refresh/pages"
)

// gistSentences is how many key sentences make a gist when nobody says.
const gistSentences = 3

func (s *session) gistCommand() *cobra.Command {
	var n int
	var story string
	c := &cobra.Command{
		Use:   "gist [FILE|-]",
		Short: "Print the key sentences of a text, or of a story, verbatim, one a line",
		Args:  args(0, 1, "one file, or - for standard input"),
		RunE: func(c *cobra.Command, file []string) error {
			switch {
			case n <= 0:
				return wrongUsage(c, "--sentences is a number from 1, and got %d", n)
			case story != "" && len(file) > 0:
				return wrongUsage(c, "gist takes a file or --story, not both")
			case story != "":
				id, err := feeds.ParseArticleID(story)
				if err != nil {
					return wrongUsage(c, "%w", err)
				}
				return s.withLibrary(func(l Library) error { return s.printStoryGist(l, id, n) })
			}
			in, err := s.readInput(file)
			if err != nil {
				return err
			}
			sentences := gist.Sentences(clean.Text(string(in)), n)
			if s.json {
				return s.lines(func(put func(any)) {
					for _, one := range sentences {
						put(sentenceJSON{one})
					}
				})
			}
			return s.text(func(w *bufio.Writer) {
				for _, one := range sentences {
					fmt.Fprintln(w, one)
				}
			})
		},
	}
	c.Flags().IntVar(&n, "sentences", gistSentences, "how many, at most")
	c.Flags().StringVar(&story, "story", "", "of the story with this id, or of the one that the article with this id is in")
	return c
}

// printStoryGist prints the sentences that tell the story of an article, each
// after its outlet.
func (s *session) printStoryGist(l Library, id feeds.ArticleID, n int) error {
	asked, err := l.Item(id)
	if err != nil {
		return err
	}
	story := feeds.Story{Articles: []feeds.ArticleID{id}}
	if asked.Story != 0 {
		if story, err = l.Story(asked.Story); err != nil {
			return err
		}
	}
	items, err := l.Items(story.Articles)
	if err != nil {
		return err
	}
	said, err := gist.OfStory(asked, items, shownText(l), n)
	if err != nil {
		return err
	}
	if s.json {
		return s.lines(func(put func(any)) {
			for _, one := range saidToJSON(said) {
				put(one)
			}
		})
	}
	return s.text(func(w *bufio.Writer) {
		for _, one := range said {
			fmt.Fprintf(w, "%s: %s\n", one.Item.Outlet, one.Text)
		}
	})
}

// gistOfStory quotes a story in the language of the article it is named after.
func gistOfStory(l Library, story feeds.Story, n int) ([]gist.Said, error) {
	items, err := l.Items(story.Articles)
	if err != nil || len(items) == 0 {
		return nil, err
	}
	asked := items[0]
	for _, it := range items {
		if it.ID == story.Lead {
			asked = it
			break
		}
	}
	return gist.OfStory(asked, items, shownText(l), n)
}

// shownText gives the text of an article that the reader shows.
func shownText(l Library) func(feeds.ArticleID) (feeds.Body, error) {
	return func(id feeds.ArticleID) (feeds.Body, error) { return pages.Shown(l, id) }
}

func saidToJSON(said []gist.Said) []saidJSON {
	out := make([]saidJSON, 0, len(said))
	for _, one := range said {
		out = append(out, saidJSON{one.Text, one.Item.Outlet, one.Item.ID.String()})
	}
	return out
}
