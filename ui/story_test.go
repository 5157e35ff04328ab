package ui_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/uitest"
)

func TestTimelineOfAStory(t *testing.T) {
	l, ids := wired()
	bulletin := l.Add(feeds.Feed{URL: "https://bulletin.example", Title: "Bulletin", Outlet: "Bulletin", Language: "en"})
	l.Add(feeds.Feed{URL: "https://phare.example", Title: "Le Phare", Outlet: "Le Phare"})
	deaf := l.Add(feeds.Feed{URL: "https://deaf.example", Title: "Deaf", Outlet: "Deaf"})
	l.Fail(deaf, "Deaf did not answer.")
	l.Speak(ids[0], "en")
	old := uitest.Now().AddDate(0, -1, 0)
	l.Publish(feeds.Item{Article: feeds.Article{Feed: bulletin + 1, Title: "Des goélands", Language: "fr", Published: old, Fetched: old}}, "Texte.")
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Press("t")
	d.Contains(
		"Story · Storm surge floods the quay", "5 articles, 3 outlets",
		"07:30  ● Harbour Times         Storm surge floods the quay",
		"08:41  ●   ↳ Mirror", "same text",
		"Not carried by 1 outlet of yours", "Bulletin", "Unknown (feed failed)", "Deaf",
		"Enter open  q close",
	)
	d.Lacks(", Le Phare", "Le Phare,")
	d.Press("j", "enter")
	d.Contains("Text of Quay under water", "2 of 2 in trail")
	d.Lacks("Not carried")
	d.Press("T", "esc") // in the article t is something else
	d.Contains("Text of Quay under water")
	d.Press("T", "t")
	d.Lacks("Not carried")
}

// The front page tells who does not carry a story, and beside it who they are; a
// feed that failed is unknown, never silent.
func TestFrontPageTellsWhoIsSilent(t *testing.T) {
	l, ids := small()
	l.Add(feeds.Feed{URL: "https://bulletin.example", Title: "Bulletin", Outlet: "Bulletin", Language: "en"})
	deaf := l.Add(feeds.Feed{URL: "https://deaf.example", Title: "Deaf", Outlet: "Deaf"})
	phare := l.Add(feeds.Feed{URL: "https://phare.example", Title: "Le Phare", Outlet: "Le Phare"})
	l.Fail(deaf, "Deaf did not answer.")
	l.Speak(ids[0], "en")
	old := uitest.Now().AddDate(0, -1, 0)
	l.Publish(feeds.Item{Article: feeds.Article{Feed: phare, Title: "Des goélands", Language: "fr", Published: old, Fetched: old}}, "Texte.")
	d := uitest.New(t, uitest.Deps(l), 140, 40)
	d.Contains("2 outlets · first: Harbour Times, 2 h ago · not in 1, 1 unknown", "Not in Bulletin.", "Unknown (feed failed): Deaf.")
	d.Press("j")
	d.Lacks("Not in")
}

func TestTimelineOfALoneArticle(t *testing.T) {
	l, _ := small()
	d := uitest.New(t, uitest.Deps(l), 80, 24)
	d.Press("j", "t")
	d.Contains("Story · Council votes on the tram", "1 article, 1 outlet", "Not carried by 1 outlet of yours")
}

func TestAStoryThatComesLateIsNotShownElsewhere(t *testing.T) {
	l, _ := small()
	d := uitest.New(t, uitest.Deps(l), 80, 24)
	d.Tap("t", "q", "j", "t")
	d.Settle()
	d.Contains("Story · Council votes on the tram")
	d.Press("q", "k")
	d.Tap("t", "q")
	d.Settle()
	d.Lacks("Not carried")
}

func TestComparingTheOutletsOfAStory(t *testing.T) {
	l, ids := wired()
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Press("enter", "c")
	d.Contains("Compare ─", "3 outlets", "▸ Harbour Times", "● Morning Ledger", "● Echo", "Enter open  q close")
	d.Lacks("● Mirror", "● Parrot") // they only repeat Echo's text
	d.Press("esc")
	d.Lacks("Compare ─")
	d.Contains("Text of Storm surge")
	d.Press("c", "right", "right", "enter")
	d.Lacks("Compare ─")
	d.Contains("The wire tells it.", "Echo · ", "2 of 2 in trail")
	if !l.Status(ids[4]).Read || !l.Status(ids[6]).Read {
		t.Error("an article opened from the comparison is not read, or its copies are not")
	}
	d.Press("c")
	d.Contains("▸ Echo", "● Morning Ledger")
	d.Contains("3 outlets ─")
}

// toldBy is one story that so many outlets tell.
func toldBy(n int) *uitest.Library {
	l := &uitest.Library{}
	for i := range n {
		name := fmt.Sprint("Outlet ", i)
		f := l.Add(feeds.Feed{URL: fmt.Sprintf("https://%d.example", i), Title: name, Outlet: name})
		at := uitest.Now().Add(-time.Duration(i) * time.Minute)
		l.Publish(feeds.Item{Story: 1, Article: feeds.Article{Feed: f, Title: "Flood covers the quays of the old harbour", Published: at, Fetched: at}}, "Text.")
	}
	return l
}

// Of very many outlets the first are compared, and it is said of how many.
func TestComparingSaysOfHowManyOutlets(t *testing.T) {
	d := uitest.New(t, uitest.Deps(toldBy(25)), 120, 40)
	d.Press("c")
	d.Contains("18 of 25 outlets")
}

// On a narrow screen a timeline still says that it goes on.
func TestANarrowTimelineSaysThatThereIsMoreBelow(t *testing.T) {
	l := toldBy(25)
	for _, width := range []int{60, 80, 120} {
		d := uitest.New(t, uitest.Deps(l), width, 24)
		d.Press("t")
		d.Contains("25 articles", "more below")
	}
}

func TestNothingToCompareIsSaid(t *testing.T) {
	l, _ := small()
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Press("j", "c")
	d.Contains("There is nothing to compare: no other outlet tells this story yet.")
	d.Lacks("Compare ─")
}

func TestComparingShowsFirstSentencesAndFollowsTheScreen(t *testing.T) {
	l := uitest.NewLibrary()
	d := uitest.New(t, uitest.Deps(l), 180, 50)
	d.Press("c")
	d.Contains("The water came at four in the morning")
	rows := func() int { return strings.Count(d.Screen(), "The water came at four in the") }
	if rows() != 5 {
		t.Errorf("%d outlets show their first sentences, want 5:\n%s", rows(), d.Screen())
	}
	for _, size := range [][2]int{{120, 40}, {80, 24}, {40, 12}, {30, 8}, {200, 60}} {
		d.Resize(size[0], size[1])
		d.Press("j", "j", "k")
	}
}

// The timeline's box grows with what is unfolded in it.
func TestAllAbsentOutletsAreNamedOnDemand(t *testing.T) {
	l, _ := small()
	for i := range 90 {
		l.Add(feeds.Feed{URL: fmt.Sprintf("https://paper%d.example", i), Title: fmt.Sprint("The Paper ", i), Outlet: fmt.Sprint("The Paper ", i)})
	}
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Press("t")
	d.Contains("Not carried by 90 outlets of yours", "more")
	d.Lacks("The Paper 89")
	d.Press("j", "j", "enter")
	d.Contains("▾ Not carried by 90", "The Paper 0,", "The Paper 89")
	d.Press("f")
	d.Contains("You follow the story")
	d.Press("enter")
	d.Lacks("The Paper 89")
}
