package sidebar

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/keys"
)

func TestWhyShowsWhatTheMatchRestsOn(t *testing.T) {
	p := story(37, 30)
	p.Act(keys.Why)
	got := drawn(p)
	for _, want := range []string{
		"  confidence      ━━━━━━━━━━━━ 0.20",
		"  floor           ━━━━━━       0.10",
		"  and 3 more                   0.22",
		"  3 h earlier\n  score 0.82, coverage from 0.24",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
	p.Act(keys.Down)
	if strings.Contains(drawn(p), "confidence   ") {
		t.Error("the reasons of a row without the cursor are shown")
	}
	p.Act(keys.Why)
	if strings.Contains(drawn(p), "Why") {
		t.Error("the reasons cannot be hidden")
	}
}

func TestWhySaysWhatTheReaderSaid(t *testing.T) {
	p := New(dark)
	p.Resize(37, 20)
	row := related(7, feeds.Coverage, "Echo", "Vote survived", time.Hour)
	row.Related.Why.Said = true
	p.SetRelated(asked(), []Row{row})
	p.Act(keys.Why)
	if got := drawn(p); !strings.Contains(got, "  Why\n  you joined these\n  1 h later\n") {
		t.Errorf("drawn:\n%s", got)
	}
	row.Related.Kind = feeds.Background
	row.Related.Why.Terms = []feeds.TermWeight{{Term: "vote", Weight: 0.5}}
	for range whyTerms + 3 {
		row.Related.Why.Terms = append(row.Related.Why.Terms, feeds.TermWeight{Term: "quay", Weight: 0.1})
	}
	row.Related.Why.Terms = append(row.Related.Why.Terms, feeds.TermWeight{Term: "your correction", Weight: -0.3})
	p.SetRelated(asked(), []Row{row})
	got := drawn(p)
	for _, want := range []string{"  Why\n  you took this out\n", "and 4 more                   0.40\n", "your correction             −0.30\n"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

// What is shown adds up, however the parts are rounded.
func TestThePartsShownAddUpToTheScore(t *testing.T) {
	for _, c := range []struct {
		parts []float64
		want  string
	}{
		{[]float64{.3333, .3333, .3333}, "0.34 0.33 0.33 "},
		{[]float64{.104, .094, .054, .034, .034, .034, .034, .034, .134}, "0.11 0.10 0.06 0.03 0.03 0.03 0.20 "},
		{[]float64{.2, .004, .004, .004}, "0.20 0.01 0.00 0.00 "},
		{[]float64{.1556, .1, -.0156}, "0.16 0.10 −0.02 "},
	} {
		p := New(dark)
		p.Resize(37, 40)
		row := related(7, feeds.Coverage, "Echo", "Vote survived", time.Hour)
		row.Related.Score = 0
		for i, w := range c.parts {
			row.Related.Score += w
			row.Related.Why.Terms = append(row.Related.Why.Terms, feeds.TermWeight{Term: fmt.Sprint("term", i), Weight: w})
		}
		p.SetRelated(asked(), []Row{row})
		p.Act(keys.Why)
		got, sum := "", 0.0
		for _, l := range strings.Split(drawn(p), "\n") {
			if words := strings.Fields(l); len(words) > 1 && (strings.HasPrefix(words[0], "term") || words[0] == "and") {
				part := words[len(words)-1]
				got += part + " "
				x, err := strconv.ParseFloat(strings.Replace(part, "−", "-", 1), 64)
				if err != nil {
					t.Fatal(err)
				}
				sum += x
			}
		}
		if !strings.Contains(drawn(p), "score "+weight(sum)) || got != c.want {
			t.Errorf("%v is shown as %s, want %s; the sum is %s in\n%s", c.parts, got, c.want, weight(sum), drawn(p))
		}
	}
}

// In a low pane the score and its gate are in sight with the row they are of.
func TestWhyInALowPane(t *testing.T) {
	for height := 12; height < 20; height++ {
		p := story(26, height)
		p.SetCarriers(nil, nil, time.Time{})
		p.Act(keys.Why)
		got := strings.Join(strings.Fields(drawn(p)), " ")
		for _, want := range []string{"Southern …", "Why", "0.20", " more", "coverage from"} {
			if !strings.Contains(got, want) {
				t.Errorf("%d lines: %q is not in\n%s", height, want, got)
			}
		}
	}
}

// A word that had nothing to add to the score is no part of it.
func TestWhyOfAWordThatAddedNothing(t *testing.T) {
	p := New(dark)
	p.Resize(37, 30)
	row := related(7, feeds.Coverage, "Echo", "Vote survived", time.Hour)
	row.Related.Score = .33
	row.Related.Why = feeds.Why{Gate: .3, Said: true, Terms: []feeds.TermWeight{{Term: "vote", Weight: .33}, {Term: "your correction", Weight: 0}}}
	p.SetRelated(asked(), []Row{row})
	p.Act(keys.Why)
	if got := drawn(p); strings.Contains(got, "your correction") || !strings.Contains(got, "you joined these") {
		t.Errorf("drawn:\n%s", got)
	}
}

func TestWhyOfWhatTheReaderJoinedOrTookOut(t *testing.T) {
	p := New(dark)
	p.Resize(27, 30)
	row := related(7, feeds.Coverage, "Echo", "Vote survived", time.Hour)
	row.Related.Score = .27
	row.Related.Why = feeds.Why{Gate: .27, Said: true, Terms: []feeds.TermWeight{{Term: "your correction", Weight: .19}, {Term: "vote", Weight: .08}}}
	p.SetRelated(asked(), []Row{row})
	p.Act(keys.Why)
	if got := drawn(p); !strings.Contains(got, "your correction    0.19") {
		t.Errorf("what the reader's word added is not said in full:\n%s", got)
	}
	row.Related.Kind, row.Related.Score = feeds.Background, .269
	p.SetRelated(asked(), []Row{row})
	if got := drawn(p); !strings.Contains(got, "score just under 0.27,\n  where coverage begins") {
		t.Errorf("the score of background reads like that of coverage:\n%s", got)
	}
}
