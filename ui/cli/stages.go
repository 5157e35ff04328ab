package cli

import (
	"bufio"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"broadsheet/feeds/clean"
	"broadsheet/feeds/discover"
	"broadsheet/feeds/parse"
)

// The stages of the pipeline, each on its own: for scripts and bug reports.

func (s *session) parseCommand() *cobra.Command {
	var url, contentType string
	c := &cobra.Command{
		Use:   "parse [FILE|-]",
		Short: "Print a feed document as JSON",
		Args:  args(0, 1, "one file, or - for standard input"),
		RunE: func(_ *cobra.Command, file []string) error {
			in, err := s.readInput(file)
			if err != nil {
				return err
			}
			document, err := parse.Parse(in, url, contentType)
			if err != nil {
				return err // which is a sentence
			}
			return s.lines(func(put func(any)) { put(parsedToJSON(document, url)) })
		},
	}
	c.Flags().StringVar(&url, "url", "", "the address the document came from")
	c.Flags().StringVar(&contentType, "content-type", "", "the Content-Type header it came with")
	return c
}

func parsedToJSON(d parse.Document, base string) parsedJSON {
	link, _ := clean.URL(d.Link, base)
	out := parsedJSON{
		Feed: parsedFeedJSON{
			Title: clean.Title(d.Title), Link: link, Description: clean.Sanitize(d.Description, cmp.Or(link, base)),
			Language: clean.Line(d.Language), Updated: stamp{d.Updated},
		},
		Entries: []parsedEntryJSON{}, Problems: []string{},
	}
	for _, p := range d.Problems {
		out.Problems = append(out.Problems, clean.Line(p))
	}
	for _, e := range d.Entries {
		within := base
		if e.Base != "" {
			within = e.Base
		}
		link, _ := clean.URL(e.Link, within)
		row := parsedEntryJSON{
			ID: clean.Line(e.ID), Title: clean.Title(e.Title), Link: link, Author: clean.Line(e.Author), Published: stamp{e.Published}, Updated: stamp{e.Updated},
			Summary: clean.Sanitize(e.Summary, within), Content: clean.Sanitize(e.Content, within), Enclosures: []enclosureJSON{},
		}
		for _, m := range e.Enclosures {
			if at, ok := clean.URL(m.URL, within); ok {
				row.Enclosures = append(row.Enclosures, enclosureJSON{at, clean.Line(m.Type), m.Length})
			}
		}
		out.Entries = append(out.Entries, row)
	}
	return out
}

func (s *session) discoverCommand() *cobra.Command {
	var url string
	c := &cobra.Command{
		Use:   "discover [FILE|-]",
		Short: "Print the feeds that a web page names, best first",
		Args:  args(0, 1, "one file, or - for standard input"),
		RunE: func(c *cobra.Command, file []string) error {
			if url == "" {
				return wrongUsage(c, "discover needs --url, the address the page came from")
			}
			in, err := s.readInput(file)
			if err != nil {
				return err
			}
			// What a page merely links to may be no feed; add tries it, a
			// script is told only what the page declares.
			found := slices.DeleteFunc(discover.Feeds(in, url, ""), func(f discover.Candidate) bool { return !f.Declared })
			if len(found) == 0 {
				return fmt.Errorf("%s names no feed", url)
			}
			if s.json {
				return s.lines(func(put func(any)) {
					for _, f := range found {
						put(candidateJSON{f.URL, clean.Line(f.Title), clean.Line(f.Type)})
					}
				})
			}
			return s.text(func(w *bufio.Writer) {
				for _, f := range found {
					fmt.Fprintln(w, clean.Line(strings.TrimSpace(f.URL+"  "+f.Title)))
				}
			})
		},
	}
	c.Flags().StringVar(&url, "url", "", "the address the page came from")
	return c
}
