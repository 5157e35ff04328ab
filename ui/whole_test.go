package ui_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"broadsheet/feeds"
	"broadsheet/feeds/refresh"
	"broadsheet/feeds/refresh/pages"
	"broadsheet/ui"
	"broadsheet/ui/uitest"
)

const heron = "It ends with the heron."

// fetching is a screen on the small library with the pages it fetches.
func fetching(t *testing.T) (*uitest.Driver, *uitest.Library, *uitest.Pages, ui.Deps) {
	t.Helper()
	l, _ := small()
	deps := uitest.Deps(l)
	return uitest.New(t, deps, 120, 40), l, deps.Pages.(*uitest.Pages), deps
}

func TestWholeTextAndBack(t *testing.T) {
	d, _, p, deps := fetching(t)
	d.Press("enter", "t")
	d.Contains(heron, "Whole text, from the page; t shows the feed’s own.")
	d.Press("t")
	d.Contains("Text of Storm surge", "The feed’s own text; t shows the whole text.")
	d.Lacks(heron)
	again := uitest.New(t, deps, 120, 40)
	again.Press("enter")
	again.Contains("Text of Storm surge", "The feed’s own text;")
	d.Press("t")
	d.Contains(heron)
	again = uitest.New(t, deps, 120, 40)
	again.Press("enter")
	again.Contains(heron)
	if len(p.Asked) != 1 {
		t.Errorf("the page was asked for %d times", len(p.Asked))
	}
}

// held keeps every page until it is let go.
func held(p *uitest.Pages) (letGo func()) {
	c := make(chan struct{})
	p.Fetch = func(ctx context.Context, id feeds.ArticleID) (feeds.Whole, error) {
		select {
		case <-c:
			return feeds.Whole{State: feeds.WholeHere, Body: feeds.Body{Markdown: heron, Text: heron}, Words: 5}, nil
		case <-ctx.Done():
			return feeds.Whole{}, ctx.Err()
		}
	}
	return func() { close(c) }
}

func TestWholeTextAskedForTwiceIsFetchedOnce(t *testing.T) {
	d, _, p, _ := fetching(t)
	letGo := held(p)
	d.Press("enter")
	d.Tap("t")
	d.Contains("The page is being fetched for the whole text", "Text of Storm surge")
	d.Tap("t")
	d.Contains("The page is being fetched already.")
	letGo()
	d.Settle()
	d.Contains(heron)
	if len(p.Asked) != 1 {
		t.Errorf("the page was asked for %d times", len(p.Asked))
	}
}

func TestAPageThatArrivesLateIsKeptAndNotShownElsewhere(t *testing.T) {
	d, _, p, _ := fetching(t)
	letGo := held(p)
	d.Press("enter")
	d.Held = 1
	d.Press("t", "J")
	d.Contains("Text of Council votes")
	d.Held = 0
	letGo()
	d.Settle()
	d.Contains("Text of Council votes", "≡")
	d.Lacks(heron, "being fetched")
	d.Press("K")
	d.Contains(heron)
	if len(p.Asked) != 1 {
		t.Errorf("pages asked for: %v", p.Asked)
	}
}

func TestWithoutAWholeTextTheFeedsOwnStays(t *testing.T) {
	d, l, p, _ := fetching(t)
	const why = "The publisher shows only the beginning."
	p.Fetch = func(context.Context, feeds.ArticleID) (feeds.Whole, error) {
		return feeds.Whole{State: feeds.WholeNone, Reason: why}, nil
	}
	d.Press("enter", "t")
	d.Contains(why, "Text of Storm surge")
	d.Lacks("≡")
	p.Fetch = func(context.Context, feeds.ArticleID) (feeds.Whole, error) { return feeds.Whole{}, pages.ErrOffline }
	d.Press("J", "t")
	d.Contains("There is no network", "Text of Council")
	if w, _ := l.Whole(3); w.State != feeds.WholeUnknown {
		t.Errorf("noted %+v", w)
	}
	p.Fetch = func(context.Context, feeds.ArticleID) (feeds.Whole, error) {
		return feeds.Whole{}, errors.New("the disk is full")
	}
	d.Press("t")
	d.Contains("the disk is full", "Text of Council")
}

func TestAWholeTextBeforeAnEdit(t *testing.T) {
	l, ids := small()
	body := feeds.Body{Markdown: "Old. " + heron, Text: "Old. " + heron}
	l.SaveWhole(feeds.Whole{Article: ids[0], State: feeds.WholeStale, Body: body, Words: 6})
	deps := uitest.Deps(l)
	d := uitest.New(t, deps, 120, 40)
	d.Press("enter")
	d.Contains("Old. It ends", "from the page as it was before the article")
	d.Press("t")
	d.Contains("Text of Storm surge")
	d.Press("t") // fetches it anew
	d.Contains("It goes on where that one stopped.", "Whole text, from the page; t shows")
	d.Lacks("Old. It ends", "before the article was edited")
}

func TestPackingMarksWhatCanBeReadOffline(t *testing.T) {
	d, l, p, _ := fetching(t)
	p.Fetch = func(_ context.Context, id feeds.ArticleID) (feeds.Whole, error) {
		if id == 4 {
			return feeds.Whole{State: feeds.WholeNone, Reason: "No."}, nil
		}
		return feeds.Whole{State: feeds.WholeHere, Body: feeds.Body{Markdown: heron, Text: heron}, Words: 5}, nil
	}
	d.Lacks("≡")
	d.Press("P")
	d.Contains("3 of 4 articles can be read in full offline; of 1 the page gives no whole text.", "≡ 30m", "≡ 1 h later")
	if len(p.Packed) != 1 || p.Packed[0].Articles != nil || p.Packed[0].View.Kind != feeds.ViewFront || !p.Packed[0].Related || p.Packed[0].Pictures || p.Packed[0].MaxBytes != 200_000_000 {
		t.Errorf("packed %+v", p.Packed)
	}
	d.Press("enter")
	d.Contains(heron)
	if items, _ := l.Items([]feeds.ArticleID{4}); items[0].Whole.Offline() {
		t.Error("an article without a whole text is marked")
	}
}

func TestAStoryIsPackedFromItsTimeline(t *testing.T) {
	d, _, p, _ := fetching(t)
	d.Press("t", "P")
	if len(p.Packed) != 1 || !slices.Equal(p.Packed[0].Articles, []feeds.ArticleID{1, 2}) {
		t.Errorf("packed %+v", p.Packed)
	}
	d.Press("esc", "enter", "P")
	if len(p.Packed) != 2 || !slices.Equal(p.Packed[1].Articles, []feeds.ArticleID{1}) || !p.Packed[1].Related {
		t.Errorf("packed %+v", p.Packed)
	}
}

func TestPackingStops(t *testing.T) {
	d, _, p, _ := fetching(t)
	held(p)
	d.Tap("P")
	d.Until("packing 0/4")
	d.Press("P")
	d.Contains("Stopped: 0 of 0 articles")
	d.Lacks("packing 0/4")
}

func TestLeavingWaitsForNoPage(t *testing.T) {
	d, _, p, _ := fetching(t)
	held(p)
	d.Press("enter")
	d.Tap("t", "P")
	d.Tap("Q")
	for !d.Quit {
		d.Settle()
	}
}

// In a copy nothing is kept, so nothing is promised for the refreshes to come.
func TestACopyPromisesNoWholeTexts(t *testing.T) {
	l, _ := small()
	deps := uitest.Deps(l)
	deps.Copy = true
	d := uitest.New(t, deps, 120, 40)
	d.Press("1", "j", "j", "j", "j", "j", "W")
	d.Contains("This is a copy; choose it in the Broadsheet that has the library open")
	if subs, _ := l.Subscriptions(); subs[0].WholeText {
		t.Error("the choice was made")
	}
}

func TestAFeedThatWantsWholeTextsAlways(t *testing.T) {
	l, _ := small()
	deps := uitest.Deps(l)
	r := deps.Refresher.(*uitest.Refresher)
	r.Do = func(context.Context, refresh.Request, func(feeds.Event)) (feeds.Summary, error) {
		return feeds.Summary{Feeds: 2, OK: 2}, nil
	}
	d := uitest.New(t, deps, 120, 40)
	p := deps.Pages.(*uitest.Pages)
	if p.Prefetched != 1 {
		t.Errorf("after the first refresh %d prefetches", p.Prefetched)
	}
	d.Press("W")
	d.Contains("Choose a feed or a folder first")
	d.Press("1", "j", "j", "j", "j", "j", "W")
	d.Contains("The whole texts of Harbour Times are fetched after each refresh from now on.")
	row := ""
	for line := range strings.Lines(d.Screen()) {
		if strings.Contains(line, "│▌") {
			row = line
		}
	}
	if !strings.Contains(row[:60], "Harbour Times") || !strings.Contains(row[:60], "≡") {
		t.Errorf("the feed is not marked: %q", row)
	}
	if subs, _ := l.Subscriptions(); !subs[0].WholeText || subs[1].WholeText || p.Prefetched != 2 {
		t.Errorf("%+v, %d prefetches", subs, p.Prefetched)
	}
	d.Press("W")
	d.Contains("no longer fetched")
	if subs, _ := l.Subscriptions(); subs[0].WholeText {
		t.Error("it is wanted still")
	}
	d.Press("R")
	if p.Prefetched != 3 {
		t.Errorf("%d prefetches after a refresh", p.Prefetched)
	}
}
