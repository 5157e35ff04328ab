package ui_test

import (
	"context"
	"os"
	"reflect"
	"strings"
	"testing"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh"
	"broadsheet/ui"
	"broadsheet/ui/uitest"
)

func TestReadingColumnOfTheSettings(t *testing.T) {
	l := &uitest.Library{}
	f := l.Add(feeds.Feed{Title: "Wire", Outlet: "Wire"})
	l.Publish(feeds.Item{Article: feeds.Article{Feed: f, Title: "Long", Published: uitest.Now(), Fetched: uitest.Now()}}, strings.Repeat("word ", 40))
	deps := uitest.Deps(l)
	deps.Settings.Column = 34
	d := uitest.New(t, deps, 160, 30)
	d.Contains("word word word word word word word")
	d.Lacks("word word word word word word word word")
}

// slow is a library whose first page of one view comes late.
type slow struct {
	*uitest.Library
	view    feeds.View
	release chan struct{}
}

func (s slow) Page(v feeds.View, from feeds.Cursor, limit int, back bool) ([]feeds.Item, error) {
	if v == s.view {
		<-s.release
	}
	return s.Library.Page(v, from, limit, back)
}

func TestALateAnswerDoesNotReplaceWhatWasAskedSince(t *testing.T) {
	l, _ := small()
	late := slow{l, feeds.View{Kind: feeds.ViewUnread}, make(chan struct{})}
	deps := uitest.Deps(l)
	deps.Library = late
	d := uitest.New(t, deps, 120, 30)
	d.Press("1")
	d.Held = 1 // the page of Unread
	d.Press("j", "enter")
	d.Contains("Front page ─") // still, for the rows are not here
	d.Press("1", "j", "j", "enter")
	d.Contains("All ─")
	close(late.release)
	d.Held = 0
	d.Settle()
	d.Contains("All ─", "4 unread of 4")
}

func TestOnlyWebAddressesAreOpened(t *testing.T) {
	l := &uitest.Library{}
	f := l.Add(feeds.Feed{Title: "Wire", Outlet: "Wire"})
	l.Publish(feeds.Item{Article: feeds.Article{Feed: f, Title: "A", URL: "javascript:alert(1)", Published: uitest.Now(), Fetched: uitest.Now()}}, "Text")
	deps := uitest.Deps(l)
	opened := t.TempDir() + "/opened"
	deps.Settings.Browser = []string{"touch", opened}
	d := uitest.New(t, deps, 120, 30)
	d.Press("o")
	d.Contains("only http and https addresses")
	if _, err := os.Stat(opened); err == nil {
		t.Error("the browser was started")
	}
}

func TestABrowserThatIsNotThereIsSaid(t *testing.T) {
	l, _ := small()
	deps := uitest.Deps(l)
	deps.Settings.Browser = []string{"/nonexistent/browser", "--tab"}
	d := uitest.New(t, deps, 120, 30)
	d.Press("o")
	d.Contains(`the browser "/nonexistent/browser" cannot be started`)
}

func TestRunNeedsATerminal(t *testing.T) {
	t.Setenv("TERM", "dumb")
	l, _ := small()
	if err := ui.Run(context.Background(), uitest.Deps(l)); err == nil || !strings.Contains(err.Error(), "TERM is dumb") {
		t.Errorf("on a dumb terminal: %v", err)
	}
}

func TestRefreshingOneFeedAndAFolder(t *testing.T) {
	l, _ := small()
	refresher := &uitest.Refresher{}
	deps := uitest.Deps(l)
	deps.Refresher = refresher
	d := uitest.New(t, deps, 120, 30)
	d.Press("1", "G", "enter", "r") // Morning Ledger
	d.Press("1", "k", "k", "enter", "r", "R")
	want := []refresh.Request{{}, {Feeds: []feeds.FeedID{2}, Force: true}, {Feeds: []feeds.FeedID{1, 2}, Force: true}, {Force: true}}
	if !reflect.DeepEqual(refresher.Asked, want) {
		t.Errorf("asked for %+v, want %+v", refresher.Asked, want)
	}
	d.Contains("There was nothing to refresh.")
}

func TestAFailedFeedSaysWhy(t *testing.T) {
	l, _ := small()
	gone := l.Add(feeds.Feed{Title: "Zenith", Outlet: "Zenith", Folder: "Coast"})
	l.Fail(2, "Morning Ledger answered 503 (service unavailable) when it was asked for its feed; it will be tried again in an hour.")
	l.Fail(gone, "https://zenith.example/a/very/long/address/of/a/feed.xml is gone for good (410); remove the feed, or find its new address.")
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	d.Contains("Morning Ledger   ! 2")
	d.Press("1", "G")
	d.Contains("is gone for good", "address.")
	d.Press("k")
	d.Contains("answered 503", "hour.", "Council votes on the tram")
	d.Press("k")
	d.Lacks("answered 503", "is gone for good")
	d.Resize(46, 16)
	d.Press("1", "G")
	d.Contains("zenith.example") // of which the headlines say the rest
	d.Press("enter")
	d.Contains("address.")
}

func TestTheLibraryBeforeItsFirstArticle(t *testing.T) {
	l := &uitest.Library{}
	l.Add(feeds.Feed{Title: "Wire", Outlet: "Wire"})
	l.Add(feeds.Feed{Title: "Post", Outlet: "Post"})
	summary := feeds.Summary{Feeds: 2, Failed: 2, Offline: true}
	deps := uitest.Deps(l)
	release := make(chan struct{})
	deps.Refresher = &uitest.Refresher{Do: func(_ context.Context, _ refresh.Request, announce func(feeds.Event)) (feeds.Summary, error) {
		announce(feeds.Event{Kind: feeds.EventFeed, Done: 1, Total: 2})
		<-release
		return summary, nil
	}}
	d := uitest.Start(t, deps, 120, 30)
	d.Held = 1
	d.Begin()
	d.Until("1 of 2")
	d.Contains("Your feeds are being fetched for the first time")
	d.Held = 0
	close(release)
	d.Settle()
	d.Contains("There is no network, and nothing has been fetched", "Press R to try again.")
	summary.Offline = false
	d.Press("R")
	d.Contains("None of your feeds could be read")
	d.Lacks("There is no network")
	l.Publish(feeds.Item{Article: feeds.Article{Feed: 1, Title: "At last", Published: uitest.Now(), Fetched: uitest.Now()}}, "Text.")
	summary = feeds.Summary{Feeds: 2, OK: 2, New: 1}
	d.Press("R")
	d.Contains("At last")
	d.Press("1", "G", "k", "enter")
	d.Contains("No articles here yet.")
}

func TestLinksAreListedFromAnyPane(t *testing.T) {
	l, _ := small()
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	d.Press("u")
	d.Contains("The article’s own page")
	d.Press("q", "4", "u")
	d.Contains("Links ─", "The article’s own page")
}

func TestTheDemoSaysSo(t *testing.T) {
	l, _ := small()
	deps := uitest.Deps(l)
	d := uitest.New(t, deps, 120, 30)
	if strings.Contains(d.Status(), "demo") {
		t.Errorf("the reader's own library is called a demo: %s", d.Status())
	}
	deps.Demo = true
	d = uitest.New(t, deps, 80, 24)
	if !strings.HasPrefix(d.Status(), " demo ") {
		t.Errorf("the demo does not say what it is: %s", d.Status())
	}
}

func TestAWideReadingColumn(t *testing.T) {
	l := &uitest.Library{}
	f := l.Add(feeds.Feed{Title: "Wire", Outlet: "Wire"})
	l.Publish(feeds.Item{Article: feeds.Article{Feed: f, Title: "Long", Published: uitest.Now(), Fetched: uitest.Now()}}, strings.Repeat("word ", 60))
	deps := uitest.Deps(l)
	deps.Settings.Column = 100
	d := uitest.New(t, deps, 240, 40)
	d.Contains(strings.Repeat("word ", 19)+"word", strings.Repeat("─", 100))
	d.Lacks(strings.Repeat("word ", 21))
	for _, row := range strings.Split(d.Screen(), "\n") {
		if text := strings.Index(row, "word word"); text >= 0 && !strings.HasPrefix(row[text-1:], " word") {
			t.Errorf("the text does not begin at the margin: %q", row)
		}
	}
}

func TestCheckTerminalRefusesWhatCannotShowTheScreen(t *testing.T) {
	t.Setenv("TERM", "dumb")
	if err := ui.CheckTerminal(); err == nil || !strings.Contains(err.Error(), "TERM is dumb") {
		t.Errorf("a dumb terminal: %v", err)
	}
	t.Setenv("TERM", "xterm")
	stdin := os.Stdin
	defer func() { os.Stdin = stdin }()
	file, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	os.Stdin = file
	if err := ui.CheckTerminal(); err == nil || !strings.Contains(err.Error(), "needs a terminal") {
		t.Errorf("no terminal: %v", err)
	}
}
