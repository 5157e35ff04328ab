package ui_test

import (
	"strings"
	"testing"

	"broadsheet/feeds"
	"broadsheet/ui/uitest"
)

// one is a library of a single article.
func one(text string, more ...feeds.Enclosure) *uitest.Library {
	l := &uitest.Library{}
	f := l.Add(feeds.Feed{Title: "Wire", Outlet: "Wire"})
	l.Publish(feeds.Item{Article: feeds.Article{
		Feed: f, Title: "The bridge", URL: "https://wire.example/bridge", Published: uitest.Now(), Fetched: uitest.Now(), Enclosures: more,
	}}, text)
	return l
}

func TestFindingInTheArticle(t *testing.T) {
	text := "A bridge first.\n\n" + strings.Repeat("Filler.\n\n", 40) + "The long Brídge at\nthe end.\n\nNo more."
	d := uitest.New(t, uitest.Deps(one(text)), 80, 24)
	d.Press("enter", "/")
	if got := d.Status(); got != " Find: ▏" {
		t.Errorf("the prompt is %q", got)
	}
	d.Type("bridge")
	if got := d.Status(); !strings.Contains(got, "Find: bridge▏") || !strings.HasSuffix(got, "1 of 2") {
		t.Errorf("the prompt is %q", got)
	}
	d.Press("enter")
	d.Contains("“bridge” 1 of 2", "n next", "q end")
	d.Press("n")
	d.Contains("“bridge” 2 of 2", "The long Brídge")
	d.Press("n") // round to the first
	d.Contains("“bridge” 1 of 2", "A bridge first.")
	d.Press("N")
	d.Contains("“bridge” 2 of 2", "The long Brídge")
	d.Press("esc")
	d.Lacks("“bridge”")
	d.Contains("The long Brídge") // the reading stays where it was found

	d.Press("/", "enter") // what was found last is offered
	d.Contains("“bridge” 2 of 2")
	d.Press("/")
	d.Type("at the end. no more")
	d.Lacks("not found")
	d.Type(" seagull")
	d.Contains("not found")
	d.Press("esc")
	d.Contains("The long Brídge")
	d.Press("g", "/")
	d.Type("seagull")
	d.Press("enter")
	d.Contains("“seagull” is not in this article.", "A bridge first.")
}

func TestElsewhereTheKeysOfFindingDoWhatTheyAlwaysDo(t *testing.T) {
	d := uitest.New(t, uitest.Deps(one("A bridge.\n\nA bridge.")), 120, 30)
	d.Press("/") // in the headlines
	d.Contains("Search ─")
	d.Press("esc", "enter", "/")
	d.Type("bridge")
	d.Press("enter", "2")
	d.Press("N")
	d.Contains("● The bridge") // marked unread, as N does there
	d.Press("3", "N")
	d.Contains("“bridge” 2 of 2", "● The bridge")
}

func TestFindingGoesOnInTheWholeTextAndInAnotherWidth(t *testing.T) {
	text := strings.Repeat("Some filler words stand here.\n\n", 400) + "The only bridge."
	d := uitest.New(t, uitest.Deps(one(text)), 100, 24)
	d.Press("enter", "/")
	d.Type("bridge")
	d.Contains("1 of 1", "The only bridge.")
	d.Press("enter")
	d.Resize(70, 20)
	d.Contains("“bridge” 1 of 1")
	d.Press("g", "n")
	d.Contains("The only bridge.")
}

func TestTheListOfLinksHasKeysOfItsOwnWhileFinding(t *testing.T) {
	d := uitest.New(t, uitest.Deps(one("A [bridge](https://example.org/b), a bridge.")), 100, 24)
	d.Press("enter", "/")
	d.Type("bridge")
	d.Press("enter", "u")
	d.Contains("Enter open  0-9 choose")
	d.Press("esc")
	d.Contains("“bridge” 1 of 2", "n next")
}

func TestHeadingsAreJumpedBetween(t *testing.T) {
	filler := strings.Repeat("Filler.\n\n", 20)
	d := uitest.New(t, uitest.Deps(one("Lead.\n\n"+filler+"## First part\n\n"+filler+"## Second part\n\n"+filler)), 80, 24)
	d.Press("enter", "}")
	if _, below, _ := strings.Cut(d.Screen(), "├ Wire · The bridge"); !strings.Contains(strings.Split(below, "\n")[1], "First part") {
		t.Errorf("the first heading is not on top:\n%s", d.Screen())
	}
	d.Press("}")
	d.Contains("Second part")
	d.Lacks("First part")
	d.Press("}")
	d.Contains("There are no more headings this way.")
	d.Press("{")
	d.Contains("First part")
	d.Press("{")
	d.Contains("Lead.")

	plain := uitest.New(t, uitest.Deps(one("No heading.")), 80, 24)
	plain.Press("enter", "}")
	plain.Contains("This article has no headings.")
}
