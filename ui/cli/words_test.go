package cli

import (
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

func TestALossIsSaidInWords(t *testing.T) {
	for want, l := range map[string]feeds.Lost{
		"nothing lost":            {},
		"1 feed, 2 articles lost": {Feeds: 1, Articles: 2},
		"3 texts lost, and perhaps more, for parts of the file could not be read": {Texts: 3, More: true},
		"and something may be lost, for parts of the file could not be read":      {More: true},
	} {
		if got := loss(l); got != want {
			t.Errorf("%+v: %q, want %q", l, got, want)
		}
	}
}

// The table of articles has room for twelve columns.
func TestAnAgeFitsItsColumn(t *testing.T) {
	const day = 24 * time.Hour
	for want, d := range map[string]time.Duration{"just now": -time.Hour, "59 min ago": 59 * time.Minute, "47 h ago": 47 * time.Hour, "729 days ago": 729 * day, "2 years ago": 730 * day, "100 years ago": 100 * 366 * day} {
		if got := ago(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

func TestATryThatFailedIsNoFetch(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	s := &session{Env: &Env{Clock: func() time.Time { return now }}}
	for want, h := range map[string]feeds.Health{
		"never fetched":     {},
		"fetched 5 min ago": {LastFetch: now.Add(-5 * time.Minute), Status: feeds.FetchNotModified},
		"tried 5 min ago":   {LastFetch: now.Add(-5 * time.Minute), Status: feeds.FetchFailed},
	} {
		if got := s.fetchedWhen(h); got != want {
			t.Errorf("%+v: %q, want %q", h, got, want)
		}
	}
}

func TestARefreshSaysWhereToSeeWhatFailed(t *testing.T) {
	for want, sum := range map[string]feeds.Summary{
		"2 feeds: 1 fetched, 1 unchanged, 0 failed; 3 new, 0 updated articles in 0s\n":                             {Feeds: 2, OK: 1, NotModified: 1, New: 3},
		"2 feeds: 1 fetched, 0 unchanged, 1 failed (broadsheet feeds says why); 0 new, 0 updated articles in 0s\n": {Feeds: 2, OK: 1, Failed: 1},
		"2 feeds: 1 fetched, 0 unchanged, 1 failed (there is no network); 0 new, 0 updated articles in 0s\n":       {Feeds: 2, OK: 1, Failed: 1, Offline: true},
		"1 feed: 0 fetched, 0 unchanged, 1 failed; 0 new, 0 updated articles in 0s\n":                              {Feeds: 1, Failed: 1}, // the verdict says it
	} {
		var out strings.Builder
		s := &session{Env: &Env{Stdout: &out}}
		if err := (totals{s}).end(sum); err != nil || out.String() != want {
			t.Errorf("%+v: %q, %v, want %q", sum, out.String(), err, want)
		}
	}
}

func TestADayBeginsWhereTheReaderIs(t *testing.T) {
	zone := time.FixedZone("far east", 11*60*60)
	s := &session{Env: &Env{Clock: func() time.Time { return time.Date(2026, 11, 22, 9, 0, 0, 0, zone) }}}
	for text, want := range map[string]time.Time{
		"2026-11-22":           time.Date(2026, 11, 22, 0, 0, 0, 0, zone),
		"2026-11-22T00:00:00Z": time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC),
		"24h":                  time.Date(2026, 11, 21, 9, 0, 0, 0, zone),
	} {
		if got, err := s.since(nil, text); err != nil || !got.Equal(want) {
			t.Errorf("%s: %v, %v, want %v", text, got, err, want)
		}
	}
}
