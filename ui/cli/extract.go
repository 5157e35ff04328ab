package cli

import (
	"bufio"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"broadsheet/feeds/clean"
	"broadsheet/feeds/fulltext"
)

type extractJSON struct {
	URL       string `json:"url"`
	Title     string `json:"title"`
	Author    string `json:"author"`
	Language  string `json:"language"`
	Published stamp  `json:"published,omitzero"`
	Body      string `json:"body"`
}

func (s *session) extractCommand() *cobra.Command {
	var url, format string
	c := &cobra.Command{
		Use:   "extract [FILE|-]",
		Short: "Print the article of a web page",
		Args:  args(0, 1, "one file, or - for standard input"),
		RunE: func(c *cobra.Command, file []string) error {
			form, known := map[string]func(html string) string{
				"text":     func(html string) string { return clean.HTML(html, url).Text },
				"markdown": func(html string) string { return clean.HTML(html, url).Markdown },
				"html":     func(html string) string { return clean.Sanitize(html, url) },
			}[format]
			switch {
			case url == "":
				return wrongUsage(c, "extract needs --url, the address the page came from")
			case !known:
				return wrongUsage(c, "--format is text, markdown or html, and got %q", format)
			}
			in, err := s.readInput(file)
			if err != nil {
				return err
			}
			return s.extract(in, url, form)
		},
	}
	c.Flags().StringVar(&url, "url", "", "the address the page came from")
	c.Flags().StringVar(&format, "format", "text", "text, markdown or html")
	return c
}

// extract prints what a page shows even behind a paywall, and then fails with
// the reason why it is not the whole.
func (s *session) extract(in []byte, url string, form func(html string) string) error {
	page, failed := fulltext.Extract(in, url, "")
	if failed != nil && !(errors.Is(failed, fulltext.ErrPaywall) && page.HTML != "") {
		return fmt.Errorf("%s: %w", url, failed)
	}
	body := strings.TrimSpace(form(page.HTML))
	var err error
	if s.json {
		err = s.lines(func(put func(any)) {
			put(extractJSON{url, clean.Title(page.Title), clean.Line(page.Byline), clean.Line(page.Language), stamp{page.Published}, body})
		})
	} else {
		err = s.text(func(w *bufio.Writer) { fmt.Fprintln(w, body) })
	}
	if failed != nil {
		return fmt.Errorf("%s: %w", url, failed)
	}
	return err
}
