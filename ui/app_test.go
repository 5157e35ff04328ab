package ui_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh"
	"broadsheet/ui/keys"
	"broadsheet/ui/uitest"

	tea "charm.land/bubbletea/v2"
)

// small is a library of few articles, for drawings: one story that two outlets
// tell, and two articles beside it.
func small() (*uitest.Library, []feeds.ArticleID) {
	l := &uitest.Library{}
	times := l.Add(feeds.Feed{URL: "https://times.example/feed", Title: "Harbour Times", Outlet: "Harbour Times", Folder: "Coast"})
	ledger := l.Add(feeds.Feed{URL: "https://ledger.example/feed", Title: "Morning Ledger", Outlet: "Morning Ledger", Folder: "Coast"})
	var ids []feeds.ArticleID
	publish := func(feed feeds.FeedID, story feeds.StoryID, ago time.Duration, title string) {
		at := uitest.Now().Add(-ago)
		ids = append(ids, l.Publish(feeds.Item{Story: story, Article: feeds.Article{
			Feed: feed, Title: title, URL: fmt.Sprintf("https://news.example/%d", len(ids)+1), Published: at, Fetched: at,
		}}, "Text of "+title+"."))
	}
	publish(times, 0, 2*time.Hour, "Storm surge floods the quay")
	publish(ledger, 1, time.Hour, "Quay under water after storm")
	publish(ledger, 0, 30*time.Minute, "Council votes on the tram")
	publish(times, 0, 26*time.Hour, "A good year for gulls")
	return l, ids
}

func TestNarrowScreen(t *testing.T) {
	l, _ := small()
	d := uitest.New(t, uitest.Deps(l), 46, 12)
	d.Equal(`
╭ Front page ──────────────────── 3 stories ─╮
│▌ ● Storm surge floods the quay             │
│▌   2 outlets · first: Harbour Times 2h  1h │
│  ● Council votes on the tram               │
│    Morning Ledger                      30m │
│  ● A good year for gulls                   │
│    Harbour Times                        1d │
│                                            │
│                                            │
│                                            │
╰────────────────────────────────────────────╯
         Enter open  ? help  n unread  s save
`)
	d.Press("h")
	d.Equal(`
╭ Feeds ─────────────────────────────────────╮
│▌Front page                                 │
│ Unread                                   4 │
│ Saved                                      │
│ All                                        │
│                                            │
│ ▾ Coast                                  4 │
│   Harbour Times                          2 │
│   Morning Ledger                         2 │
│                                            │
╰────────────────────────────────────────────╯
      Enter open  ? help  / search  R refresh
`)
}

func TestFirstPictureReadsNothing(t *testing.T) {
	l := uitest.NewLibrary()
	d := uitest.Start(t, uitest.Deps(l), 120, 40)
	d.Contains("Feeds", "Front page", "Article", "Related")
	if l.Reads != 0 {
		t.Errorf("%d articles were read before the first picture", l.Reads)
	}
	d.Settle()
	d.Contains("Resignation in the dredging affair")
}

func TestOpeningMarksReadAtOnce(t *testing.T) {
	l, ids := small()
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	d.Contains("Text of Storm surge") // a preview
	if l.Status(ids[0]).Read {
		t.Fatal("a preview marked its article read")
	}
	d.Press("enter")
	if !l.Status(ids[0]).Read {
		t.Error("opening did not mark the article read in the library")
	}
	d.Contains("Unread               3")
}

func TestMovingPreviewsWithoutMarking(t *testing.T) {
	l, ids := small()
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	d.Press("j")
	d.Contains("Text of Council votes")
	d.Press("j", "k", "k")
	d.Contains("Text of Storm surge")
	for _, id := range ids {
		if l.Status(id).Read {
			t.Errorf("article %d is marked read", id)
		}
	}
}

func TestCursorStaysWhileArticlesArrive(t *testing.T) {
	l := uitest.NewLibrary()
	deps := uitest.Deps(l)
	deps.Refresher = &uitest.Refresher{Do: func(_ context.Context, q refresh.Request, announce func(feeds.Event)) (feeds.Summary, error) {
		if !q.Force {
			return feeds.Summary{}, nil
		}
		for i := range 40 {
			at := uitest.Now().Add(-time.Duration(i%7) * time.Hour)
			l.Publish(feeds.Item{Article: feeds.Article{Feed: 1, Title: fmt.Sprintf("Just in %d", i), Published: at, Fetched: at}}, "News.")
			announce(feeds.Event{Kind: feeds.EventFeed, Done: i + 1, Total: 40, Outcome: feeds.Outcome{New: 1}})
		}
		return feeds.Summary{Feeds: 40, OK: 40, New: 40}, nil
	}}
	d := uitest.New(t, deps, 100, 30)
	d.Press("1", "j", "enter", "j", "j", "j", "j", "j", "j")
	line := cursorLine(t, d)
	d.Press("R")
	d.Contains("40 new articles from 40 of 40 feeds.")
	if after := cursorLine(t, d); after != line {
		t.Errorf("the cursor was on\n%s\nand is on\n%s", line, after)
	}
	d.Press("g")
	d.Contains("Just in 0")
}

func TestTheFirstRefreshFillsThePageFromTheTop(t *testing.T) {
	l := &uitest.Library{}
	f := l.Add(feeds.Feed{Title: "Wire", Outlet: "Wire"})
	deps := uitest.Deps(l)
	deps.Refresher = &uitest.Refresher{Do: func(_ context.Context, _ refresh.Request, announce func(feeds.Event)) (feeds.Summary, error) {
		for i := range 30 { // the oldest come first
			at := uitest.Now().Add(-time.Duration(30-i) * time.Hour)
			l.Publish(feeds.Item{Article: feeds.Article{Feed: f, Title: fmt.Sprintf("Item %d.", i), Published: at, Fetched: at}}, fmt.Sprintf("Text %d.", i))
			announce(feeds.Event{Kind: feeds.EventFeed, Done: i + 1, Total: 30, Outcome: feeds.Outcome{New: 1}})
		}
		return feeds.Summary{Feeds: 30, OK: 30, New: 30}, nil
	}}
	d := uitest.New(t, deps, 120, 40)
	d.Contains("│▌ ● Item 29.", "Text 29.")
}

// cursorLine is the row of the headlines that the cursor is on, with its
// place.
func cursorLine(t *testing.T, d *uitest.Driver) string {
	t.Helper()
	for y, row := range strings.Split(d.Screen(), "\n") {
		if strings.HasPrefix(row, "│▌") {
			return fmt.Sprint(y, row)
		}
	}
	t.Fatalf("there is no cursor:\n%s", d.Screen())
	return ""
}

func TestReadArticlesStayInUnreadUntilItIsShownAgain(t *testing.T) {
	l, _ := small()
	d := uitest.New(t, uitest.Deps(l), 100, 30)
	d.Press("1", "j", "enter")
	d.Contains("Unread ", "Council votes on the tram", "4 unread")
	d.Press("enter", "q", "R")
	d.Contains("Council votes on the tram", "3 unread")
	d.Press("1", "k", "j", "enter")
	d.Contains("3 unread")
	d.Lacks("● Morning Ledger    Council votes")
	if strings.Count(d.Screen(), "Council votes on the tram") > 1 {
		t.Errorf("the article that was read is still listed:\n%s", d.Screen())
	}
}

func TestMarkAllReadAndUndo(t *testing.T) {
	l, ids := small()
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	d.Press("1", "G", "k", "enter", "A") // Harbour Times
	d.Contains("Marked 2 articles read.")
	if !l.Status(ids[0]).Read || !l.Status(ids[3]).Read || l.Status(ids[1]).Read {
		t.Error("not exactly the feed's articles are read")
	}
	d.Press("z")
	d.Contains("Taken back for 2 articles.")
	if l.Status(ids[0]).Read || l.Status(ids[3]).Read {
		t.Error("undo did not take the marks back")
	}
	d.Press("z")
	d.Contains("There is nothing to undo.")
}

func TestTogglesAreStoredInOrder(t *testing.T) {
	l, ids := small()
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	d.Tap("N", "N", "N", "s", "s", "s")
	d.Settle()
	if s := l.Status(ids[0]); !s.Read || !s.Saved {
		t.Errorf("after an odd number of toggles the status is %+v", s)
	}
	d.Contains("★", "Saved                1")
}

func TestAMarkThatCannotBeStoredIsTakenBack(t *testing.T) {
	l, _ := small()
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	l.Broken = errors.New("the library cannot be written: the disk is full")
	d.Press("s")
	d.Contains("the disk is full")
	d.Lacks("★")
	d.Press("enter")
	d.Contains("the disk is full", "● Storm surge")
}

func TestNextUnreadReachesBeyondWhatIsLoaded(t *testing.T) {
	l := &uitest.Library{}
	f := l.Add(feeds.Feed{Title: "Wire", Outlet: "Wire"})
	for i := range 5000 {
		at := uitest.Now().Add(-time.Duration(i) * time.Minute)
		l.Publish(feeds.Item{
			Article: feeds.Article{Feed: f, Title: fmt.Sprintf("Item %d", i), Published: at, Fetched: at},
			Status:  feeds.Status{Read: i != 4321},
		}, "Text.")
	}
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	d.Press("1", "4", "1", "G", "enter", "n")
	d.Contains("▌ ● Item 4321", "Item 4320")
	d.Press("n")
	d.Contains("No more unread articles here.")
	d.Press("g", "n")
	d.Contains("Item 4321")
	if l.Reads > 3500 {
		t.Errorf("%d articles were read for a view of which a few windows are shown", l.Reads)
	}
}

func TestEndsOfALongView(t *testing.T) {
	l := &uitest.Library{}
	f := l.Add(feeds.Feed{Title: "Wire", Outlet: "Wire"})
	for i := range 5000 {
		at := uitest.Now().Add(-time.Duration(i) * time.Minute)
		l.Publish(feeds.Item{Article: feeds.Article{Feed: f, Title: fmt.Sprintf("Item %d.", i), Published: at, Fetched: at}}, "Text.")
	}
	d := uitest.New(t, uitest.Deps(l), 100, 40)
	d.Press("1", "G", "enter")
	for i := range 600 {
		d.Press("j")
		d.Contains(fmt.Sprintf("Item %d.", i+1))
	}
	d.Press("G")
	d.Contains("Item 4999.")
	for i := range 600 {
		d.Press("k")
		d.Contains(fmt.Sprintf("Item %d.", 4999-i-1))
	}
	d.Press("g")
	d.Contains("Item 0.", "Item 1.")
}

func TestFilterShowsOnlyUnread(t *testing.T) {
	l, _ := small()
	d := uitest.New(t, uitest.Deps(l), 100, 30)
	d.Press("N", "F")
	d.Contains("Front page · unread only", "2 stories")
	d.Press("F")
	d.Contains("3 stories")
}

func TestTrail(t *testing.T) {
	l, _ := small()
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Press("enter", "4", "enter")
	d.Contains("Text of Quay under water", "2 of 2 in trail")
	d.Press("H")
	d.Contains("Text of Storm surge", "1 of 2 in trail")
	d.Press("H")
	d.Contains("The trail ends here.")
	d.Press("L")
	d.Contains("Text of Quay under water")
}

func TestSteppingThroughRelatedKeepsTheirList(t *testing.T) {
	l, ids := small()
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Press("enter", "]")
	d.Contains("Text of Quay under water", "2 of 2 in trail", "▸ Morning Ledger")
	if !l.Status(ids[1]).Read {
		t.Error("an article stepped to is not read")
	}
	d.Press("]")
	d.Contains("Text of A good year for gulls", "2 of 2 in trail")
	d.Press("]")
	d.Contains("There are no more related articles this way.")
	d.Press("[", "[")
	d.Contains("Text of Storm surge")
}

func TestNextArticleWhileReading(t *testing.T) {
	l, ids := small()
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Press("enter", "J")
	d.Contains("Text of Council votes")
	if !l.Status(ids[2]).Read {
		t.Error("the article gone to is not read")
	}
	d.Press("K")
	d.Contains("Text of Storm surge")
}

func TestSearch(t *testing.T) {
	l, ids := small()
	d := uitest.New(t, uitest.Deps(l), 120, 40)
	d.Press("/")
	d.Type("gulls")
	d.Contains("Esc close")
	d.Contains("1 article", "A good year for gulls")
	d.Press("enter")
	d.Contains("Text of A good year for gulls")
	if !l.Status(ids[3]).Read {
		t.Error("an article opened from a search is not read")
	}
	d.Press("/", "esc")
	d.Contains("Text of A good year for gulls")
}

func TestHelpNamesEveryBinding(t *testing.T) {
	d := uitest.New(t, uitest.Deps(uitest.NewLibrary()), 120, 60)
	d.Press("?")
	for _, b := range keys.Default().Rows() {
		d.Contains(b.Does, keys.Name(b.Keys[0]))
	}
	d.Press("esc")
	d.Lacks("to the pane on the left")
}

func TestRemappedKeys(t *testing.T) {
	l, _ := small()
	deps := uitest.Deps(l)
	deps.Settings.Keys = map[string][]string{"save": {"ctrl+b"}, "help": {"h"}}
	d := uitest.New(t, deps, 120, 30)
	d.Contains("Ctrl-b save", "h help")
	d.Press("s")
	d.Lacks("★")
	d.Press("ctrl+b")
	d.Contains("★")
}

func TestCopyLink(t *testing.T) {
	l, _ := small()
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	d.Press("y")
	if d.Clipboard != "https://news.example/1" {
		t.Errorf("copied %q", d.Clipboard)
	}
}

func TestTooSmallAsksForRoom(t *testing.T) {
	d := uitest.New(t, uitest.Deps(uitest.NewLibrary()), 20, 5)
	d.Equal(`
Broadsheet needs a
larger window: 30
columns and 8 rows.


`)
	d.Resize(120, 40)
	d.Contains("Resignation in the dredging affair")
}

// Whoever leaves is told of what could not be kept, and leaves when asked again.
func TestAMarkThatCannotBeStoredIsSaidBeforeLeaving(t *testing.T) {
	l, _ := small()
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	l.Broken = errors.New("the library cannot be written: the disk is full")
	d.Tap("s", "Q")
	d.Settle()
	if d.Quit {
		t.Fatal("the program ended without a word")
	}
	d.Contains("the disk is full")
	d.Press("Q")
	if !d.Quit {
		t.Error("asked again the program does not end")
	}
}

func TestQuitWaitsForMarks(t *testing.T) {
	l, ids := small()
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	d.Tap("s", "Q")
	d.Settle()
	if !d.Quit {
		t.Error("the program does not end")
	}
	if !l.Status(ids[0]).Saved {
		t.Error("the mark was lost")
	}
}

func TestMouse(t *testing.T) {
	l, _ := small()
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	d.Send(tea.MouseClickMsg{X: 3, Y: 2, Button: tea.MouseLeft}) // Unread
	d.Contains("4 unread")
	d.Send(tea.MouseClickMsg{X: 40, Y: 3, Button: tea.MouseLeft})
	d.Contains("Text of Quay under water")
	d.Send(tea.MouseWheelMsg{X: 40, Y: 3, Button: tea.MouseWheelDown}, tea.MouseWheelMsg{X: 0, Y: 0, Button: tea.MouseWheelUp})
}
