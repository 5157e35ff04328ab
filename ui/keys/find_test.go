package keys

import (
	"slices"
	"testing"
)

func TestAnActionIsFoundByItsName(t *testing.T) {
	b := Default()
	for _, c := range []struct {
		text    string
		action  Action
		several []Action
	}{
		{"refresh-all", RefreshAll, nil},
		{"  Refresh ALL ", RefreshAll, nil},
		{"refresh", Refresh, nil}, // whole, though refresh-all begins so
		{"qui", Quit, nil},
		{"next-h", None, []Action{NextHit, NextHeading}},
		{"", None, nil},
		{"nonsense", None, nil},
	} {
		action, several := b.Named(c.text)
		slices.Sort(several)
		slices.Sort(c.several)
		if action != c.action || !slices.Equal(several, c.several) {
			t.Errorf("%q is %q or one of %v, want %q, %v", c.text, action, several, c.action, c.several)
		}
	}
	if b.Where(NextHit) != InFind || b.Where(Unfold) != InSidebar || b.Where(Save) != Anywhere {
		t.Error("an action is said to be somewhere else")
	}
}

func TestMatchingPutsNamesBeforeTheirPartsAndThoseBeforeHelp(t *testing.T) {
	b := Default()
	var got []Action
	for _, r := range b.Matching("read") {
		got = append(got, r.Action)
	}
	if want := []Action{ToggleRead, MarkRead}; len(got) < 2 || !slices.Equal(got[:2], want) {
		t.Errorf("read gives %v, want first %v", got, want)
	}
	for _, c := range []struct {
		text string
		want Action
	}{{"pan", Pane1}, {"save", Save}, {"key sent", Gist}, {"link copy", CopyLink}} {
		if got := b.Matching(c.text); len(got) == 0 || got[0].Action != c.want {
			t.Errorf("%q gives %v, want %s", c.text, got, c.want)
		}
	}
	if n := len(b.Matching("")); n != len(b.Rows()) {
		t.Errorf("nothing typed gives %d of %d", n, len(b.Rows()))
	}
	if got := b.Matching("key nonsense"); len(got) > 0 {
		t.Errorf("nonsense gives %v", got)
	}
}
