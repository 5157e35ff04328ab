package feedlist

import (
	"strings"
	"testing"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

func sub(id feeds.FeedID, title, folder string, unread int, status feeds.FetchStatus) feeds.Subscription {
	return feeds.Subscription{
		Feed: feeds.Feed{ID: id, Title: title, Folder: folder}, Health: feeds.Health{Status: status}, Counts: feeds.Counts{Unread: unread, Total: 9},
	}
}

func sample() *Pane {
	p := New(theme.New(theme.Plain, cells.Wc))
	p.SetFeeds(Sort([]feeds.Subscription{
		sub(1, "Zephyr", "", 0, feeds.FetchOK),
		sub(2, "morning Ledger", "Coast", 3, feeds.FetchOK),
		sub(3, "Harbour Times", "Coast", 120_000, feeds.FetchFailed),
		sub(4, "海港日报", "World", 7, feeds.FetchOK),
	}), Totals{Unread: 128, Saved: 4})
	p.SetShown(feeds.View{Kind: feeds.ViewUnread, Unread: true})
	p.Resize(24, 12)
	return p
}

func picture(p *Pane) string {
	return "\n" + cells.Strip(strings.Join(p.Lines(true), "|\n")) + "|\n"
}

func TestRows(t *testing.T) {
	want := `
▌Front page             |
 Unread             128 |
 Saved                4 |
 All                    |
                        |
 ▾ Coast           120k |
   Harbour Times ! 120k |
   morning Ledger     3 |
 ▾ World              7 |
   海港日报           7 |
 Zephyr                 |
                        |
`
	if got := picture(sample()); got != want {
		t.Errorf("got%swant%s", got, want)
	}
}

func TestFoldingKeepsCountsAndErrors(t *testing.T) {
	p := sample()
	p.Select(feeds.View{Kind: feeds.ViewFeed, Feed: 2})
	if in := p.Act(keys.PageDown); in != (pane.ShowView{View: feeds.View{Kind: feeds.ViewFolder, Folder: "Coast"}}) {
		t.Errorf("folding from inside asks for %#v", in)
	}
	want := `
 Front page             |
 Unread             128 |
 Saved                4 |
 All                    |
                        |
▌▸ Coast         ! 120k |
 ▾ World              7 |
   海港日报           7 |
 Zephyr                 |
                        |
                        |
                        |
`
	if got := picture(p); got != want {
		t.Errorf("got%swant%s", got, want)
	}
	p.Act(keys.PageDown)
	if !strings.Contains(picture(p), "Harbour Times") {
		t.Errorf("the folder does not unfold:%s", picture(p))
	}
}

func TestCursorStaysWhenFeedsCome(t *testing.T) {
	p := sample()
	p.Select(feeds.View{Kind: feeds.ViewFeed, Feed: 4})
	p.SetFeeds(Sort([]feeds.Subscription{sub(4, "海港日报", "World", 7, feeds.FetchOK), sub(9, "Aardvark", "Coast", 1, feeds.FetchOK)}), Totals{})
	if in := p.Act(keys.Enter); in != (pane.ShowView{View: feeds.View{Kind: feeds.ViewFeed, Feed: 4}, Focus: true}) {
		t.Errorf("the cursor is on %#v", in)
	}
}

func TestMovingSkipsTheGapAndAsksForViews(t *testing.T) {
	p := sample()
	p.Act(keys.Down)
	p.Act(keys.Down)
	p.Act(keys.Down)
	if in := p.Act(keys.Down); in != (pane.ShowView{View: feeds.View{Kind: feeds.ViewFolder, Folder: "Coast"}}) {
		t.Errorf("below All comes %#v", in)
	}
	p.Act(keys.Bottom)
	if in := p.Act(keys.Down); in != nil {
		t.Errorf("below the last row comes %#v", in)
	}
	if _, ok := p.Act(keys.Save).(pane.Ignored); !ok {
		t.Error("an action that means nothing here is not left to the root")
	}
}

func TestNamesAndFeedsOfViews(t *testing.T) {
	p := sample()
	if n := p.Name(feeds.View{Kind: feeds.ViewFeed, Feed: 3}); n != "Harbour Times" {
		t.Errorf("feed 3 is called %q", n)
	}
	if ids := p.Feeds(feeds.View{Kind: feeds.ViewFolder, Folder: "Coast"}); len(ids) != 2 {
		t.Errorf("the folder has feeds %v", ids)
	}
	if ids := p.Feeds(feeds.View{Kind: feeds.ViewAll}); ids != nil {
		t.Errorf("All has feeds %v, want nil for every feed", ids)
	}
}

func TestClicks(t *testing.T) {
	p := sample()
	if in := p.Click(7); in != (pane.ShowView{View: feeds.View{Kind: feeds.ViewFeed, Feed: 2}}) {
		t.Errorf("row 7 is %#v", in)
	}
	p.Click(4)  // the gap
	p.Click(99) // below the rows
	p.Click(5)
	p.Click(5) // a second click on a folder folds it
	if !strings.Contains(picture(p), "▸ Coast") {
		t.Errorf("the folder is not folded:%s", picture(p))
	}
}

// A feed that can be read in part is marked as well as one that cannot be read.
func TestWhatIsSaidOfAFeedIsMarked(t *testing.T) {
	p := sample()
	all := []feeds.Subscription{sub(1, "Harbour Times", "", 1, feeds.FetchOK), sub(2, "Ledger", "", 1, feeds.FetchOK)}
	all[1].Error = "https://ledger.example/ can be read only in part"
	p.SetFeeds(Sort(all), Totals{})
	if got := picture(p); !strings.Contains(got, "Ledger             ! 1") || strings.Contains(got, "Times             ! 1") {
		t.Errorf("got%s", got)
	}
}

func TestCountsOfLargeLibrariesAreShort(t *testing.T) {
	for n, want := range map[int]string{99_999: "99999", 100_000: "100k", 999_999: "999k", 1_000_000: "1.0M", 1_149_999: "1.1M", 23_000_000: "23.0M"} {
		if got := short(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}
