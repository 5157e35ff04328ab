package prompt

import (
	"strings"
	"testing"

	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/pane"
)

var some = []Choice{{"next-hit", "n", "next hit"}, {"next-heading", "}", "next heading"}, {"compare", "c", "compare the outlets"}}

func TestTabCompletesWhatChoicesHaveInCommonAndThenGoesThroughThem(t *testing.T) {
	p := New(dark, "Command", "")
	p.Resize(60, 1)
	p.Type("n")
	p.SetChoices(some, "")
	if got := p.Act(keys.NextPane); got != (pane.Typed{Text: "next-h"}) {
		t.Fatalf("Tab gives %v", got)
	}
	if got := p.Act(keys.Enter); got != (pane.Entered{Text: "next-h"}) {
		t.Errorf("Enter before a choice gives %v", got)
	}
	for _, c := range []struct {
		key  keys.Action
		want string
	}{
		{keys.NextPane, "next-hit"}, {keys.NextPane, "next-heading"}, {keys.Down, "compare"}, {keys.Down, "next-hit"},
		{keys.Up, "compare"}, {keys.PreviousPane, "next-heading"},
	} {
		if got := p.Act(c.key); got != nil {
			t.Errorf("%s gives %v", c.key, got)
		}
		if got := p.Act(keys.Enter); got != (pane.Entered{Text: c.want}) {
			t.Errorf("after %s Enter gives %v, want %s", c.key, got, c.want)
		}
	}
	p.SetChoices(some[1:], "compare")
	if got := p.Act(keys.Enter); got != (pane.Entered{Text: "compare"}) {
		t.Errorf("Enter gives %v, want the one meant", got)
	}
	p.SetChoices(nil, "compare")
	if got := p.Act(keys.Enter); got != (pane.Entered{Text: "next-h"}) || p.Act(keys.NextPane) != nil || p.Act(keys.Up) != nil {
		t.Errorf("without choices Enter gives %v, want what was typed", got)
	}
	if plain := New(dark, "Find", ""); plain.Act(keys.Down) != (pane.Ignored{}) {
		t.Error("a prompt without choices takes arrows")
	}
}

func TestChoicesAreDrawnInTheRoomThereIs(t *testing.T) {
	p := New(dark, "Command", "")
	if p.Resize(80, 1); p.Above(9) != nil {
		t.Error("rows without choices")
	}
	p.SetChoices(some, "")
	if rows := strings.Join(p.Above(9), "\n"); strings.Contains(rows, "▌") || !strings.Contains(cells.Strip(rows), " compare           c            compare the outlets ") {
		t.Errorf("drawn\n%s", cells.Strip(rows))
	}
	p.Act(keys.Up)
	if rows := p.Above(3); len(rows) != 3 || !strings.Contains(rows[2], "▌") || !strings.Contains(rows[2], "compare") {
		t.Errorf("the choice is out of sight: %q", rows)
	}
	if p.Above(1) != nil {
		t.Error("a rule without choices")
	}
	for width := range 70 {
		p.Resize(width, 1)
		for _, row := range p.Above(4) {
			if w := cells.Width(cells.Wc, row); w != width {
				t.Errorf("%d columns of %d", w, width)
			}
		}
	}
}
