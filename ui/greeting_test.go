package ui_test

import (
	"strings"
	"testing"

	"broadsheet/feeds"
	"broadsheet/ui/uitest"
)

func TestGreetingOfAnEmptyLibrary(t *testing.T) {
	l := &uitest.Library{}
	refresher := &uitest.Refresher{}
	deps := uitest.Deps(l)
	deps.Refresher = refresher
	d := uitest.New(t, deps, 80, 24)
	d.Contains("B R O A D S H E E T", "Choose editions", "Import a file", "Look at the demo")
	d.Press("j", "enter")
	d.Type("/tmp/q?.opml")
	d.Contains("/tmp/q?.opml")
	d.Press("enter")
	d.Contains("is no OPML file")
	if strings.Contains(d.Status(), "is no OPML file") {
		t.Error("what went wrong is said twice")
	}
	d.Press("backspace", "esc", "k", "enter")
	d.Contains("Space tick  Enter subscribe to Coast")
	d.Press("j")
	d.Contains("Enter subscribe to World")
	d.Press("space")
	d.Contains("[x] World", "[ ] Coast", "1 feed chosen", "Enter subscribe  ")
	d.Press("enter")
	d.Contains("Front page")
	if subs, _ := l.Subscriptions(); len(subs) != 1 || subs[0].Title != "World" {
		t.Errorf("subscribed to %+v", subs)
	}
	if len(refresher.Asked) != 1 {
		t.Errorf("%d refreshes were begun, want 1", len(refresher.Asked))
	}
}

func TestWhatAnImportLeavesOutIsSaid(t *testing.T) {
	for says, notes := range map[string][]string{
		"": nil,
		"Not all of the file was taken: line 3: a query is not a feed; left out":                                             {"line 3: a query is not a feed; left out"},
		"Not all of the file was taken: line 3: a query is not a feed; left out (and 2 more, which broadsheet import lists)": {"line 3: a query is not a feed; left out", "b", "c"},
	} {
		deps := uitest.Deps(&uitest.Library{})
		deps.Settings.Refresh = 0
		deps.Import = func(string) ([]feeds.Feed, []string, error) {
			return []feeds.Feed{{URL: "https://coast.example/feed", Title: "Coast"}}, notes, nil
		}
		d := uitest.New(t, deps, 160, 24)
		d.Press("j", "enter")
		d.Type("urls")
		d.Press("enter")
		d.Contains("Coast")
		if got := d.Status(); !strings.Contains(got, says+"  ") || says == "" && strings.Contains(got, "taken") {
			t.Errorf("%d notes: %q", len(notes), got)
		}
	}
}

func TestGreetingLeadsToTheDemo(t *testing.T) {
	d := uitest.New(t, uitest.Deps(&uitest.Library{}), 80, 24)
	d.Press("G", "enter")
	if !d.Quit || !d.App.WantsDemo() {
		t.Error("choosing the demo does not leave for it")
	}
}
