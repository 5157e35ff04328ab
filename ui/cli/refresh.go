package cli

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/cobra"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh"
)

func (s *session) refreshCommand() *cobra.Command {
	var force bool
	c := &cobra.Command{
		Use:   "refresh [FEED…]",
		Short: "Fetch the feeds that are due, or all with --force",
		RunE: func(c *cobra.Command, which []string) error {
			return s.withLibrary(func(l Library) error {
				picked, err := pickAll(l, which)
				if err != nil {
					return err
				}
				q := refresh.Request{Force: force || len(which) > 0}
				for _, f := range picked {
					q.Feeds = append(q.Feeds, f.ID)
				}
				var watch watcher = quietly{}
				switch {
				case s.json:
					watch = &jsonLines{s: s}
				case s.quiet:
				case isTerminal(s.Stdout):
					watch = &progress{s: s}
				default:
					watch = totals{s: s}
				}
				summary, err := s.refresher(l).Run(c.Context(), q, watch.event)
				if err != nil {
					return err
				}
				unsaid := watch.end(summary)
				err = verdict(summary)
				if err == nil && !summary.Offline {
					err = s.prefetch(c.Context())
				}
				s.tendAfter(c.Context(), l)
				return cmp.Or(err, unsaid)
			})
		},
	}
	c.Flags().BoolVar(&force, "force", false, "fetch also what is not due yet")
	return c
}

// verdict fails a refresh only if every feed failed.
func verdict(sum feeds.Summary) error {
	switch {
	case sum.Stopped:
		return fmt.Errorf("the refresh was stopped after %s; what came is kept", count(sum.Feeds, "feed"))
	case sum.Feeds == 0 || sum.Failed < sum.Feeds:
		return nil
	case sum.Offline:
		return fmt.Errorf("there is no network; what is stored can be read, and refresh tried again later")
	case sum.Feeds == 1:
		return fmt.Errorf("the feed could not be fetched; broadsheet feeds says why")
	}
	return fmt.Errorf("none of the %d feeds could be fetched; broadsheet feeds says why", sum.Feeds)
}

// watcher shows a refresh. That something could not be written does not stop the
// refresh, and end says so.
type watcher interface {
	event(feeds.Event)
	end(feeds.Summary) error
}

type quietly struct{}

func (quietly) event(feeds.Event)       {}
func (quietly) end(feeds.Summary) error { return nil }

// totals is one line at the end.
type totals struct{ s *session }

func (t totals) event(feeds.Event) {}
func (t totals) end(sum feeds.Summary) error {
	line := fmt.Sprintf("%s: %d fetched, %d unchanged, %d failed%s; %d new, %d updated articles in %s",
		count(sum.Feeds, "feed"), sum.OK, sum.NotModified, sum.Failed, whyFailed(sum), sum.New, sum.Updated, sum.Took.Round(time.Millisecond))
	if sum.Feeds == 0 {
		line = "No feed is due; broadsheet refresh --force fetches all."
	}
	_, err := fmt.Fprintln(t.s.Stdout, line)
	return err
}

// whyFailed says where it is to be found why some feeds failed. If all did, the
// verdict says it.
func whyFailed(sum feeds.Summary) string {
	switch {
	case sum.Failed == 0 || sum.Failed == sum.Feeds:
		return ""
	case sum.Offline:
		return " (there is no network)"
	}
	return " (broadsheet feeds says why)"
}

// progress is one line that is drawn over, with failures above it.
type progress struct{ s *session }

const (
	progressWidth = 30
	clearLine     = "\r" + ansi.EraseEntireLine
)

func (p *progress) event(e feeds.Event) {
	if e.Kind == feeds.EventFeed && e.Outcome.Error != "" && !e.Outcome.Offline {
		fmt.Fprintf(p.s.Stderr, "%s! %s\n", clearLine, e.Outcome.Error)
	}
	if e.Kind == feeds.EventEnded {
		fmt.Fprint(p.s.Stderr, clearLine)
		return
	}
	p.s.bar(e.Done, e.Total, fmt.Sprintf("%d of %d feeds", e.Done, e.Total))
}

// bar draws the line over.
func (s *session) bar(done, total int, words string) {
	filled := 0
	if total > 0 {
		filled = progressWidth * done / total
	}
	fmt.Fprintf(s.Stderr, "%s%s%s %s", clearLine, strings.Repeat("━", filled), strings.Repeat("─", progressWidth-filled), words)
}

func (p *progress) end(sum feeds.Summary) error { return totals{p.s}.end(sum) }

// jsonLines is one object a feed, as it comes, then the summary.
type jsonLines struct {
	s      *session
	unsaid error // the first
}

func (j *jsonLines) put(v any) {
	j.unsaid = cmp.Or(j.unsaid, j.s.lines(func(put func(any)) { put(v) }))
}

func (j *jsonLines) event(e feeds.Event) {
	if e.Kind != feeds.EventFeed {
		return
	}
	o := e.Outcome
	j.put(outcomeJSON{FeedID: o.Feed.String(), URL: o.URL, Status: o.Status, New: o.New, Updated: o.Updated, Error: o.Error, MS: o.Took.Milliseconds()})
}

func (j *jsonLines) end(sum feeds.Summary) error {
	j.put(summaryJSON{totalsJSON{Feeds: sum.Feeds, OK: sum.OK, NotModified: sum.NotModified, Failed: sum.Failed, New: sum.New, Updated: sum.Updated, MS: sum.Took.Milliseconds()}})
	return j.unsaid
}
