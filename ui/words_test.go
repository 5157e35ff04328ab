package ui_test

import (
	"testing"

	"broadsheet/feeds"
	"broadsheet/ui/uitest"
)

// two is a library of two articles, the first of which links elsewhere.
func two() *uitest.Library {
	l := one("A [quay](https://harbour.example/quay).")
	l.Publish(feeds.Item{Article: feeds.Article{
		Feed: 1, Title: "The ferry", URL: "https://wire.example/ferry", Published: uitest.Now().Add(-1), Fetched: uitest.Now(),
	}}, "A ferry.")
	return l
}

func TestAKeyThatDoesNothingSaysSo(t *testing.T) {
	d := uitest.New(t, uitest.Deps(one("A bridge.")), 120, 30)
	for _, c := range []struct{ pane, key, says string }{
		{"2", "}", "} is a key of the article; 3 goes there."},
		{"1", "<", "< is a key of the article; 3 goes there."},
		{"3", "w", "There is no related article to explain."},
		{"4", "w", "There is no related article to explain."},
		{"4", "X", "There is no related article to take out."},
	} {
		d.Press(c.pane, c.key)
		d.Contains(c.says)
	}
	d.Resize(60, 20)
	d.Press("+")
	d.Contains("In a window this narrow a pane has all of it.")
}

func TestInANarrowWindowTheArticleIsTheOneUnderTheCursor(t *testing.T) {
	d := uitest.New(t, uitest.Deps(two()), 60, 20)
	d.Press("enter")
	d.Contains("A quay")
	d.Press("q", "j", "tab")
	d.Contains("A ferry.")
	d.Press("q", "k", "u")
	d.Contains("harbour.example/quay", "0-9 choose")
	d.Press("q", "q", "j", "3")
	d.Contains("A ferry.")
	d.Press("q", "tab") // the cursor has not moved
	d.Contains("A ferry.")
}

func TestInANarrowWindowKeysGoToWhereWhatTheyDoIsSeen(t *testing.T) {
	d := uitest.New(t, uitest.Deps(uitest.NewLibrary()), 60, 20)
	d.Press("1", "n")
	d.Contains("Front page ──")
	d.Press("enter", "w")
	d.Contains("Related ──", "Why")
}

func TestALongSentenceIsSaidToItsEnd(t *testing.T) {
	deps := uitest.Deps(one("A [film](https://wire.example/film.mp4).", feeds.Enclosure{URL: "https://wire.example/film.mp4", Type: "video/mp4"}))
	d := uitest.New(t, deps, 80, 24)
	d.Press("enter", "u", "j", "enter")
	d.Contains("No player is set", "The browser opens it too.", "? help")
	d.Press("?") // gone with the next key
	d.Lacks("No player is set")
}
