package cli_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds/clean"
	"broadsheet/feeds/related"
	"broadsheet/store"
	"broadsheet/ui/cli"
	"broadsheet/ui/uitest"
)

// serving answers every request with one document.
type serving []byte

func (s serving) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {"application/rss+xml"}}, Body: io.NopCloser(bytes.NewReader(s)), ContentLength: int64(len(s)),
	}, nil
}

// kept is a library that stays open from command to command.
type kept struct{ *store.Library }

func (kept) Close() error { return nil }

// drawnBy are the only sequences in a picture: looks, and links to where a link
// may lead.
var drawnBy = regexp.MustCompile(`\x1b\[[0-9;:]*m|\x1b\]8;(id=[0-9]+)?;((https?://|mailto:)[!-~]*)?\x1b\\`)

// Whatever a feed says, what the commands print is text, and what the screen
// draws is text and the program's own sequences.
func FuzzFeedToBytes(f *testing.F) {
	for _, p := range payloads {
		f.Add([]byte(trapped(p)))
	}
	f.Add([]byte(reports(3)))
	clock := func() time.Time { return uitest.Now() }
	f.Fuzz(func(t *testing.T, document []byte) {
		path := filepath.Join(t.TempDir(), "l.db")
		library, err := store.Open(path, store.Options{Clock: clock})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = library.Close() }()
		for _, args := range [][]string{{"import", "-"}, {"refresh", "--json"}, {"feeds"}, {"feeds", "--json"}, {"articles"}, {"articles", "--json"}, {"article", "1"},
			{"article", "1", "--format", "text"}, {"article", "1", "--json"}, {"related", "--all"}, {"stories", "--all"}, {"export"}} {
			var out bytes.Buffer
			cli.Run(context.Background(), cli.Env{
				Args: append(args, "--library", path), Stdin: strings.NewReader("https://a.example/feed\n"), Stdout: &out, Stderr: &out,
				Getenv: func(string) string { return "" }, Version: "test", Clock: clock, Transport: serving(document),
				Open: func(string, func() time.Time) (cli.Library, error) { return kept{library}, nil },
			})
			for line := range strings.Lines(out.String()) {
				if !clean.Safe(strings.TrimSuffix(line, "\n")) {
					t.Errorf("broadsheet %s wrote %q", strings.Join(args, " "), line)
				}
			}
		}

		deps := uitest.Deps(uitest.NewLibrary())
		deps.Library, deps.Relater = library, related.New(library, clock)
		d := uitest.New(t, deps, 120, 40)
		for _, key := range []string{"j", "enter", "u", "esc", "w", "4", "?", "esc", "c", "esc", "1", "j", "j", "j", "enter", "i"} {
			d.Press(key)
			view := d.App.View()
			for line := range strings.Lines(view.Content) {
				if rest := drawnBy.ReplaceAllString(strings.TrimSuffix(line, "\n"), ""); !clean.Safe(rest) {
					t.Fatalf("after %s the screen has %q", key, line)
				}
			}
			if !clean.Safe(view.WindowTitle) {
				t.Fatalf("after %s the window is called %q", key, view.WindowTitle)
			}
		}
	})
}
