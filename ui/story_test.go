package ui_test

import (
	"testing"

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
	d.Press("t", "esc")
	d.Contains("Text of Quay under water")
	d.Press("t", "t")
	d.Lacks("Not carried")
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
