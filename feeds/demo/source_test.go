package demo

import (
	"strings"
	"testing"
	"time"
)

var newYear = time.Date(2027, 1, 1, 0, 10, 0, 0, time.UTC)

// Whenever the demo is opened, nothing in it is of tomorrow and nothing is
// older than eight days.
func TestEveryTimeIsOfThisWeek(t *testing.T) {
	all, err := outlets()
	if err != nil {
		t.Fatal(err)
	}
	berlin := time.FixedZone("", 2*3600)
	far := time.FixedZone("", -11*3600)
	zones := []*time.Location{time.UTC, berlin, far}
	if summer, err := time.LoadLocation("Europe/Berlin"); err == nil {
		zones = append(zones, summer)
	}
	for _, zone := range zones {
		for step := range 60 {
			// An odd step meets every hour, across a change of clocks.
			now := time.Date(2026, 10, 24, 0, 0, 0, 0, zone).Add(time.Duration(step) * 67 * time.Minute)
			for _, o := range all {
				list, err := o.read(now)
				if err != nil {
					t.Fatal(err)
				}
				for _, a := range list {
					for _, at := range []time.Time{a.published, a.changed()} {
						if at.After(now) || now.Sub(at) > 8*24*time.Hour {
							t.Fatalf("%s%s: %v seen from %v", o.host, a.path, at, now)
						}
					}
					if a.changed().Before(a.published) {
						t.Fatalf("%s%s was changed before it was published", o.host, a.path)
					}
				}
			}
		}
	}
}

func TestOnlyPairsOfVersionsShareAPath(t *testing.T) {
	all, err := outlets()
	if err != nil {
		t.Fatal(err)
	}
	edits := 0
	for _, o := range all {
		list, err := o.read(newYear)
		if err != nil {
			t.Fatal(err)
		}
		versions := make(map[string]int)
		for _, a := range list {
			if versions[a.path]&(1<<a.version) != 0 || versions[a.path]&1 != 0 {
				t.Errorf("%s%s is there twice", o.host, a.path)
			}
			versions[a.path] |= 1 << a.version
		}
		for path, v := range versions {
			switch v {
			case 1:
			case 1<<1 | 1<<2:
				edits++
			default:
				t.Errorf("%s%s has one version only", o.host, path)
			}
		}
	}
	if edits != 2 {
		t.Errorf("%d articles in two versions, want 2", edits)
	}
}

func TestClock(t *testing.T) {
	for _, c := range []struct {
		value, want string
	}{
		{"06:30", "2026-12-31T06:30:00Z"},    // not yet today
		{"00:05", "2027-01-01T00:05:00Z"},    // just now
		{"00:10 0", "2027-01-01T00:10:00Z"},  // this moment
		{"06:30 -2", "2026-12-29T06:30:00Z"}, // two days before the latest
	} {
		at, err := latest(c.value, newYear)
		if err != nil || at.Format(time.RFC3339) != c.want {
			t.Errorf("latest(%q) = %v, %v; want %s", c.value, at, err, c.want)
		}
	}
	for _, bad := range []string{"", "25:00", "06:30 1", "06:30 x"} {
		if at, err := latest(bad, newYear); err == nil {
			t.Errorf("latest(%q) = %v, want an error", bad, at)
		}
	}
}

func TestWeekdays(t *testing.T) {
	got, err := weekdays("from {weekday 25h} to {weekday -24h}.", newYear) // a Friday
	if want := "from Wednesday to Saturday."; err != nil || got != want {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	for _, bad := range []string{"{weekday 3h", "{weekday x}"} {
		if got, err := weekdays(bad, newYear); err == nil {
			t.Errorf("weekdays(%q) = %q, want an error", bad, got)
		}
	}
}

func TestWireLeavesParagraphsOut(t *testing.T) {
	whole, err := wire("rate-cut")
	if err != nil {
		t.Fatal(err)
	}
	cut, err := wire("rate-cut 2 8")
	if err != nil {
		t.Fatal(err)
	}
	p := paragraphs(whole)
	want := strings.Join(append(append([]string{p[0]}, p[2:7]...), p[8:]...), "\n\n")
	if cut != want {
		t.Errorf("got\n%s\nwant\n%s", cut, want)
	}
	for _, bad := range []string{"", "no-such-text", "rate-cut two"} {
		if _, err := wire(bad); err == nil {
			t.Errorf("wire(%q) gives no error", bad)
		}
	}
}

// A slip in a source file is told with its file and article.
func TestSlipsInASourceFileAreTold(t *testing.T) {
	const head = "name: N\nhost: n.example\nfeed: /f\nformat: rss\nfolder: World\n"
	for name, text := range map[string]string{
		"no host":         "name: N\nfeed: /f\nformat: rss\nfolder: World\n",
		"unknown key":     head + "fromat: rss\n",
		"bad zone":        head + "zone: noon\n",
		"no title":        head + "\n=== a\nago: 1h\n\ntext",
		"no time":         head + "\n=== a\ntitle: T\n\ntext",
		"bad time":        head + "\n=== a\ntitle: T\nago: yesterday\n\ntext",
		"bad audio":       head + "\n=== a\ntitle: T\nago: 1h\naudio: /x.mp3 long\n\ntext",
		"unknown key in":  head + "\n=== a\ntitle: T\nago: 1h\nauthro: A\n\ntext",
		"unknown format":  strings.Replace(head, "rss", "html", 1),
		"unknown charset": head + "charset: utf-7\n",
	} {
		o, err := parseOutlet("n.md", text)
		if err == nil {
			_, _, err = o.document(newYear, 1)
		}
		if err == nil || !strings.Contains(err.Error(), "n.md") {
			t.Errorf("%s: error %v, want one that names the file", name, err)
		}
	}
}

func TestTeasersArePlainText(t *testing.T) {
	for markdown, want := range map[string]string{
		"### Head\n\n**Bold**, *and* [a link](https://n.example/a) to `code`.\n\nMore.": "Bold, and a link to code.",
		"- a list\n- of two\n\n1. and\n2. another\n\n41,000 cars. Every day.":           "41,000 cars. Every day.",
		"> Quoted.\n\n| a | table |\n\n```sh\ncode\n```\n\n<p>HTML</p>":                 "The headline",
	} {
		a := article{title: "The headline", markdown: markdown}
		if got := a.teaser(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	a := article{summary: "As its author put it.", markdown: "Otherwise."}
	if got := a.teaser(); got != a.summary {
		t.Errorf("%q, want the article's own summary", got)
	}
}
