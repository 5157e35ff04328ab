package ui_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh"
	"broadsheet/ui/uitest"
)

// desk is a library of three stories: a quay that two outlets tell of, a tram, and
// a bridge of ten days ago.
func desk() (l *uitest.Library, quay, pumps, tram, bridge feeds.ArticleID) {
	l = &uitest.Library{}
	wire, star := l.Add(feeds.Feed{Title: "Wire", Outlet: "Wire"}), l.Add(feeds.Feed{Title: "Star", Outlet: "Star"})
	publish := func(f feeds.FeedID, story feeds.StoryID, title string, age time.Duration) feeds.ArticleID {
		at := uitest.Now().Add(-age)
		return l.Publish(feeds.Item{Story: story, Article: feeds.Article{Feed: f, Title: title, Published: at, Fetched: at}}, title+" in many words.")
	}
	quay = publish(wire, 0, "Quay under water", 2*time.Hour)
	pumps = publish(star, feeds.StoryID(quay), "Pumps at work on the quay", time.Hour)
	tram = publish(wire, 0, "Tram extended", 30*time.Minute)
	bridge = publish(star, 0, "Bridge opened", 240*time.Hour)
	return l, quay, pumps, tram, bridge
}

// order wants some texts on the screen one below the other.
func order(t *testing.T, d *uitest.Driver, texts ...string) {
	t.Helper()
	rest := d.Screen()
	for _, text := range texts {
		_, after, found := strings.Cut(rest, text)
		if !found {
			t.Fatalf("%q is not on the screen, or not below the one before, of %q:\n%s", text, texts, d.Screen())
		}
		rest = after
	}
}

func TestAFollowedStoryComesFirst(t *testing.T) {
	l, quay, _, tram, bridge := desk()
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	order(t, d, "Quay under water", "Tram extended")
	d.Lacks("Bridge opened", "◆")
	d.Press("j", "f")
	d.Contains("You follow the story: it comes first on the front page; f ends that.", "◆ You follow this story.", "◆ followed")
	order(t, d, "◆ Tram extended", "1 unread", "Quay under water")
	if l.Status(tram).Bears != feeds.Followed {
		t.Fatalf("the tram is %+v", l.Status(tram))
	}
	d.Press("enter") // and is read
	d.Contains("◆ Tram extended")
	d.Lacks("1 unread ·")
	d.Press("N")
	d.Contains("1 unread · ")
	d.Press("f")
	d.Contains("The story is no longer followed.")
	d.Lacks("◆")
	d.Press("z")
	d.Contains("Taken back.", "◆ followed")
	d.Press("z", "z") // unread, then followed
	d.Lacks("◆")
	if s := l.Status(tram); s.Bears != feeds.Unwatched {
		t.Errorf("after undo it is %+v", s)
	}

	// One of before the days of the front page, followed elsewhere.
	if _, err := l.Watch(bridge, feeds.Followed); err != nil {
		t.Fatal(err)
	}
	d = uitest.New(t, uitest.Deps(l), 120, 40)
	order(t, d, "◆ Bridge opened", "1 unread", "Quay under water")
	_ = quay
}

func TestAMutedStoryIsOffTheFrontPage(t *testing.T) {
	l, quay, pumps, _, _ := desk()
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Lacks("Muted")
	d.Press("x")
	d.Contains("Muted: off the front page, and its news is marked read; x ends that.", "1 story · 1 muted", "Muted                1")
	if !l.Status(quay).Read || !l.Status(pumps).Read {
		t.Error("its articles are unread")
	}
	d.Lacks("2 outlets", "This story is muted")
	d.Contains("Tram extended in many words.") // what the cursor is on now

	d.Press("1", "j", "j", "j", "j", "enter") // the list of what is muted
	d.Contains("─ 1 story ─", "Quay under water", "story muted", "This story is muted.")
	d.Press("t")
	d.Contains("muted, 2 articles")
	d.Press("x")
	d.Lacks("muted, 2 articles")
	d.Press("z")
	d.Contains("muted, 2 articles")
	d.Press("esc", "enter", "x")
	d.Contains("The story is no longer muted.", "No story is muted.")
	d.Press("1", "g", "enter")
	d.Contains("Quay under water")
	if !l.Status(quay).Read {
		t.Error("what is no longer muted is unread")
	}
}

func TestUndoingAMuteMakesUnreadAgainWhatItRead(t *testing.T) {
	l, quay, pumps, _, _ := desk()
	yes := true
	if _, err := l.SetStatus([]feeds.ArticleID{pumps}, feeds.StatusChange{Read: &yes}); err != nil {
		t.Fatal(err)
	}
	d := uitest.New(t, uitest.Deps(l), 100, 30)
	d.Press("x", "z")
	d.Contains("Taken back.", "● Quay under water")
	if l.Status(quay) != (feeds.Status{}) || !l.Status(pumps).Read {
		t.Errorf("the quay is %+v, the pumps %+v", l.Status(quay), l.Status(pumps))
	}
	if line := cursorLine(t, d); !strings.Contains(line, "Quay under water") {
		t.Errorf("the cursor is not on the story that came back but on %s", line)
	}
	d.Press("g", "x", "f") // of the next one
	d.Contains("◆ Tram extended")
}

// To end a mute among what is muted takes the story from the list; undo brings it
// back under the cursor. Where the story was there all along the cursor stays.
func TestTheCursorGoesToTheStoryThatUndoBringsBack(t *testing.T) {
	l, quay, _, tram, bridge := desk()
	for _, id := range []feeds.ArticleID{quay, tram, bridge} {
		if _, err := l.Watch(id, feeds.Muted); err != nil {
			t.Fatal(err)
		}
	}
	d := uitest.New(t, uitest.Deps(l), 100, 30)
	d.Press("1", "j", "j", "j", "j", "enter", "g")
	d.Contains("3 stories")
	before := cursorLine(t, d)
	d.Press("x")
	d.Contains("2 stories")
	d.Press("j", "z")
	if got := cursorLine(t, d); got != before {
		t.Errorf("the cursor was on %s, and is on %s", before, got)
	}
}

// A story that was there all along is not what the cursor goes to.
func TestTheCursorStaysWhereUndoBringsNothingBack(t *testing.T) {
	l, _, _, _, _ := desk()
	d := uitest.New(t, uitest.Deps(l), 100, 30)
	d.Press("f", "j")
	if line := cursorLine(t, d); !strings.Contains(line, "Tram extended") {
		t.Fatalf("the cursor is on %s", line)
	}
	d.Press("z")
	d.Contains("Taken back.")
	if line := cursorLine(t, d); !strings.Contains(line, "Tram extended") {
		t.Errorf("the cursor is on %s", line)
	}
}

func TestTheStoryAtHandIsTheOneUnderTheCursor(t *testing.T) {
	l, quay, pumps, tram, _ := desk()
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Press("4", "f") // the sidebar's row, of the same story
	if l.Status(pumps).Bears != feeds.Followed || l.Status(quay).Bears != feeds.Unwatched {
		t.Errorf("the quay is %+v, the pumps %+v", l.Status(quay), l.Status(pumps))
	}
	d.Contains("◆ Quay under water")
	d.Press("G", "x") // background of another story
	if l.Status(tram).Bears != feeds.Muted {
		t.Fatalf("the tram is %+v", l.Status(tram))
	}
	d.Contains("Wire muted")
	d.Press("3", "f") // the open article's story, which another bears
	if l.Status(pumps).Bears != feeds.Unwatched {
		t.Errorf("the pumps are %+v", l.Status(pumps))
	}
	d.Press("1", "j", "j", "j", "enter") // a plain list shows what is followed
	d.Press("f")
	d.Contains("◆ ")
}

func TestAWatchThatCannotBeStoredIsTakenBackAndSaid(t *testing.T) {
	l, _, _, _, _ := desk()
	d := uitest.New(t, uitest.Deps(l), 100, 30)
	l.Broken = errors.New("the disk is full")
	d.Press("f")
	d.Contains("the disk is full")
	d.Lacks("◆")
	l.Broken = nil
	d.Press("z")
	d.Contains("There is nothing to undo.")
}

func TestWhatWasSoAlreadyIsNotUndone(t *testing.T) {
	l, quay, _, _, _ := desk()
	d := uitest.New(t, uitest.Deps(l), 100, 30)
	if _, err := l.Watch(quay, feeds.Followed); err != nil { // by another program
		t.Fatal(err)
	}
	d.Press("f", "z")
	d.Contains("There is nothing to undo.", "◆ Quay under water")
}

func TestARefreshTellsWhatIsNewInFollowedStories(t *testing.T) {
	l, quay, _, tram, _ := desk()
	deps := uitest.Deps(l)
	brings := 0
	deps.Refresher = &uitest.Refresher{Do: func(context.Context, refresh.Request, func(feeds.Event)) (feeds.Summary, error) {
		for range brings {
			for _, of := range []feeds.ArticleID{quay, tram} {
				l.Publish(feeds.Item{Story: l.StoryOf(of), Article: feeds.Article{Feed: 1, Title: "More of it", Published: uitest.Now(), Fetched: uitest.Now()}}, "More.")
			}
		}
		return feeds.Summary{Feeds: 2, OK: 2, New: 2 * brings}, nil
	}}
	d := uitest.New(t, deps, 120, 40)
	d.Press("f")
	brings = 2
	d.Press("R")
	d.Contains("4 new articles from 2 of 2 feeds. 2 new on “Quay under water”, which you follow.", "4 unread")
	d.Press("j", "f")
	brings = 1
	d.Press("R")
	d.Contains("6 new on 2 stories you follow.") // the clock stands: those before count, too
	brings = 0
	d.Press("R")
	d.Lacks("you follow.")
}
