package ui_test

import (
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
	"broadsheet/ui/uitest"
)

const flooded = `The river Alder burst its banks at Millford on Monday night after three days of rain.

Some residents had gone to bed early. A dog was found on a roof.

## What is known

Rescue boats took 240 people from the flooded streets of Millford before the river fell on Tuesday.

The council opened a shelter in the school for people from the flooded streets. Breakfast was tea and toast.

Engineers said the river Alder would rise again with the rain forecast for Millford on Thursday.`

// floods is a library in which three outlets tell of a flood, one of them in
// words of its own only in part.
func floods() (*uitest.Library, []feeds.ArticleID) {
	l := &uitest.Library{}
	var ids []feeds.ArticleID
	story := feeds.StoryID(0)
	for i, a := range []struct{ outlet, title, text string }{
		{"Harbour Times", "Flood at Millford", flooded},
		{"Morning Ledger", "Millford under water", "Rescue boats took 240 people from the flooded streets of Millford before the river fell on Tuesday.\n\nThe bridge at Aldby, built in 1911, was swept away at noon. The river Alder burst its banks at Millford on Monday night after three days of rain."},
		{"Tidewater Radio", "Boats in the streets", "Rescue boats took 420 people from the flooded streets of Millford before the river fell on Tuesday."},
	} {
		feed := l.Add(feeds.Feed{URL: "https://" + strings.ReplaceAll(a.outlet, " ", "") + ".example", Title: a.outlet, Outlet: a.outlet})
		at := uitest.Now().Add(-time.Duration(3-i) * time.Hour)
		id := l.Publish(feeds.Item{Story: story, Article: feeds.Article{Feed: feed, Title: a.title, Language: "en", URL: "https://x.example/" + a.outlet[:1], Published: at, Fetched: at}}, a.text)
		if story == 0 {
			story = feeds.StoryID(id)
		}
		ids = append(ids, id)
	}
	return l, ids
}

func TestKeySentencesAndBackToTheText(t *testing.T) {
	l, _ := floods()
	d := uitest.New(t, uitest.Deps(l), 100, 40)
	d.Press("enter")
	d.Contains("A dog was found on a", "What is known")
	d.Press("i")
	d.Contains("Enter to its place  i whole text  q back", "Key sentences", "3 of 7", "Flood at Millford", "The river Alder burst its banks", "Rescue boats took 240 people")
	d.Lacks("dog", "What is known", "toast")
	d.Press("i")
	d.Contains("A dog was found on a")
	d.Press("i", "esc")
	d.Contains("A dog was found on a")
}

// styled reports whether the screen shows words in a style.
func styled(d *uitest.Driver, st theme.Style, words string) bool {
	open, _, _ := strings.Cut(st.Render("x"), "x")
	return strings.Contains(d.App.View().Content, open+words)
}

func TestAKeySentenceLeadsToItsPlace(t *testing.T) {
	l, _ := floods()
	d := uitest.New(t, uitest.Deps(l), 100, 20)
	d.Press("enter")
	d.Lacks("Rescue boats")
	d.Press("i", "j", "enter")
	d.Lacks("Key sentences")
	here := theme.New(theme.Dark, cells.Wc).HitHere
	if !styled(d, here, "Rescue boats took 240") {
		t.Errorf("the sentence is not marked where it stands:\n%s", d.Screen())
	}
	d.Press("k")
	if styled(d, here, "Rescue boats") {
		t.Error("the mark stays after the next key")
	}
}

func TestAStoryInBrief(t *testing.T) {
	l, _ := floods()
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Press("i")
	d.Contains("In brief", "3 outlets", "● Harbour Times", "3 h ago", "● Morning Ledger", "The bridge at Aldby", "Enter open  q close")
	if n := strings.Count(d.Screen(), "The river Alder burst"); n != 1 {
		t.Errorf("a sentence that two outlets have is quoted %d times:\n%s", n, d.Screen())
	}
	d.Press("c")
	d.Contains("Compare")
	d.Press("i")
	d.Contains("In brief")
	d.Press("t")
	d.Contains("Story ·")
	d.Press("i", "i")
	d.Lacks("In brief", "Story ·")
}

func TestASentenceOfADigestIsOpenedWhereItStands(t *testing.T) {
	l, ids := floods()
	d := uitest.New(t, uitest.Deps(l), 120, 24)
	d.Press("i", "G", "enter")
	d.Lacks("In brief")
	d.Contains("Millford under water", "2 of 2 in trail")
	if !styled(d, theme.New(theme.Dark, cells.Wc).HitHere, "The bridge at Aldby") || !l.Status(ids[1]).Read {
		t.Errorf("the sentence is not marked, or the article not read:\n%s", d.Screen())
	}
}

func TestALoneArticleInBrief(t *testing.T) {
	l, _ := small()
	d := uitest.New(t, uitest.Deps(l), 80, 24)
	d.Press("j", "i")
	d.Contains("In brief · Council votes on the tram", "1 sentence, 1 outlet", "Text of Council votes on the tram.")
}

// reading opens articles by Enter and ] until one with a text is open.
func reading(d *uitest.Driver, words string) {
	for range 4 {
		if strings.Contains(d.Screen(), words) {
			return
		}
		d.Press("]")
	}
}

// markRead marks articles read in the library.
func markRead(t *testing.T, l *uitest.Library, ids ...feeds.ArticleID) {
	t.Helper()
	read := true
	if _, err := l.SetStatus(ids, feeds.StatusChange{Read: &read}); err != nil {
		t.Fatal(err)
	}
}

func TestWhatWasReadElsewhereIsDimmed(t *testing.T) {
	l, ids := floods()
	markRead(t, l, ids[0])
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Press("3", "]", "v")
	reading(d, "The bridge at Aldby")
	d.Contains("1 of 3 sentences new since Harbour Times, 3 h ago")
	told := theme.New(theme.Dark, cells.Wc).Told
	if !styled(d, told, "Rescue boats took 240") || styled(d, told, "The bridge at Aldby") {
		t.Errorf("dimmed is what is new, or what was read is not:\n%q", d.App.View().Content)
	}
	d.Resize(90, 30)
	d.Contains("1 of 3 sentences new")
	if !styled(d, told, "Rescue boats took 240") {
		t.Error("in another width nothing is dimmed")
	}
	d.Press("v")
	d.Lacks("sentences new since")
	if styled(d, told, "Rescue boats took 240") {
		t.Error("it stays dimmed")
	}
}

func TestAnotherNumberIsNewToAReader(t *testing.T) {
	l, ids := floods()
	markRead(t, l, ids[:2]...)
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Press("v", "enter")
	reading(d, "420 people")
	d.Contains("All new since Morning Ledger and another, 2 h ago")
}

func TestNothingElseRead(t *testing.T) {
	l, _ := floods()
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Press("enter", "v")
	if !strings.Contains(d.Status(), "You have read nothing else on this story yet.") {
		t.Errorf("the status line says %q", d.Status())
	}
}

func TestACopyMarkedReadAlongIsNotWhatWasRead(t *testing.T) {
	l, ids := floods()
	l.Reprint(ids[0], ids[1])
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Press("enter", "v")
	if !l.Status(ids[1]).Read || !strings.Contains(d.Status(), "nothing else") {
		t.Errorf("the status line says %q:\n%s", d.Status(), d.Screen())
	}
}

func TestAnEditedArticleCountsOnlyByWhatAllItsVersionsSay(t *testing.T) {
	l, ids := floods()
	l.Edit(ids[0], "Flood at Millford", flooded+"\n\nThe bridge at Aldby, built in 1911, was swept away at noon.")
	markRead(t, l, ids[0])
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Press("v", "enter")
	reading(d, "of 3 sentences")
	d.Contains("1 of 3 sentences new since Harbour Times") // the bridge came by the edit, and may not have been read
}
