package headlines

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/rank"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

var now = time.Date(2026, 3, 14, 9, 30, 0, 0, time.UTC)

func item(id feeds.ArticleID, outlet, title string, ago time.Duration, s feeds.Status) feeds.Item {
	return feeds.Item{Article: feeds.Article{ID: id, Outlet: outlet, Title: title, Published: now.Add(-ago), Fetched: now}, Status: s}
}

func shown(view feeds.View, width, height int, rows ...Row) *Pane {
	p := New(theme.New(theme.Plain, cells.Wc))
	p.Show(view, "Name")
	p.SetNow(now)
	p.Resize(width, height)
	p.SetWindow(rows, Edges{Start: true, End: true})
	return p
}

func picture(p *Pane) string {
	return "\n" + cells.Strip(strings.Join(p.Lines(true), "|\n")) + "|\n"
}

func sample() []Row {
	return []Row{
		NewRow(item(1, "Harbour Times", "Storm surge floods the quay", 12*time.Minute, feeds.Status{}), 0, []string{"a", "b", "c", "d", "e", "f", "g"}),
		NewRow(item(2, "海港日报", "风暴潮淹没东码头 and a headline that is far too long for the column it is in", 3*time.Hour, feeds.Status{Read: true, Saved: true}), 0, nil),
		NewRow(item(3, "The Long-Winded Quarterly Review", "", 26*time.Hour, feeds.Status{}), 0, []string{"a"}),
	}
}

func TestColumns(t *testing.T) {
	p := shown(feeds.View{Kind: feeds.ViewAll}, 80, 4, sample()...)
	want := `
▌ ● Harbour Times     Storm surge floods the quay            7 outlets      12m |
    海港日报          风暴潮淹没东码头 and a headline that…            ★≡    3h |
  ● The Long-Winded…  (untitled)                                             1d |
                                                                                |
`
	p.SetWhole(2, feeds.WholeHere)
	if got := picture(p); got != want {
		t.Errorf("got%swant%s", got, want)
	}
}

func TestTwoLines(t *testing.T) {
	p := shown(feeds.View{Kind: feeds.ViewAll}, 40, 7, sample()...)
	want := `
▌ ● Storm surge floods the quay         |
▌   7 outlets · Harbour Times       12m |
    风暴潮淹没东码头 and a headline … ★ |
    海港日报                       ≡ 3h |
  ● (untitled)                          |
    The Long-Winded Quarterly Rev… ≡ 1d |
                                        |
`
	p.SetWhole(2, feeds.WholeHere)
	p.SetWhole(3, feeds.WholeInFeed)
	p.SetWhole(1, feeds.WholeNone)
	if got := picture(p); got != want {
		t.Errorf("got%swant%s", got, want)
	}
}

func TestStories(t *testing.T) {
	lead := NewRow(item(1, "Harbour Times", "Quay under water", 2*time.Hour, feeds.Status{}), 7, []string{"Harbour Times", "Le Phare", "Wire", "Ledger", "Radio", "Tide"})
	told := Telling{Title: "Storm surge floods the quay", Latest: now.Add(-time.Hour), First: "Harbour Times", Since: now.Add(-5 * time.Hour)}
	grown := told
	grown.Grew = 3
	alone := NewRow(item(2, "Wire", "Alone", time.Hour, feeds.Status{}), 9, []string{"Wire"}).Telling(Telling{Latest: now.Add(-time.Hour)})
	other := lead
	other.Story = 8
	p := shown(feeds.View{Kind: feeds.ViewFront}, 80, 6, lead.Telling(told), other.Telling(grown), alone)
	want := `
▌ ● Storm surge floods the quay                                                 |
▌   6 outlets · first: Harbour Times, 5 h ago                                1h |
  ● Storm surge floods the quay                                                 |
    6 outlets ▲ 3 new · first: Harbour Times, 5 h ago                        1h |
  ● Alone                                                                       |
    Wire                                                                     1h |
`
	if got := picture(p); got != want {
		t.Errorf("got%swant%s", got, want)
	}
}

// Who does not carry a story is named where there is room for all, else counted;
// a feed that failed or was not read yet is never counted among the silent.
func TestStoriesTellWhoDoesNotCarryThem(t *testing.T) {
	sub := func(outlet, language string, s feeds.FetchStatus) feeds.Subscription {
		return feeds.Subscription{Feed: feeds.Feed{Outlet: outlet, Language: language}, Health: feeds.Health{Status: s, LastFetch: now}}
	}
	subscriptions := []feeds.Subscription{
		sub("Wire", "en", feeds.FetchOK), sub("Radio", "en", feeds.FetchOK), sub("Echo", "en", feeds.FetchOK),
		sub("Tide", "en", feeds.FetchOK), sub("Ledger", "en", feeds.FetchNotModified), sub("Mail", "en", feeds.FetchFailed), sub("Phare", "fr", feeds.FetchOK),
	}
	it := item(1, "Wire", "Quay under water", 2*time.Hour, feeds.Status{})
	it.Language = "en"
	lead := NewRow(it, 7, []string{"Wire", "Radio"}).Telling(Telling{Latest: now.Add(-time.Hour), First: "Wire", Since: now.Add(-5 * time.Hour), Reprints: []string{"Echo"}})
	p := shown(feeds.View{Kind: feeds.ViewFront}, 80, 4, lead)
	second := func() string { return strings.Split(picture(p), "\n")[2] }
	if got := second(); strings.Contains(got, "not in") {
		t.Errorf("without a roster: %s", got)
	}
	p.SetRoster(rank.NewRoster(subscriptions))
	if got, want := second(), "▌   2 outlets · first: Wire, 5 h ago · not in Ledger, Tide · unknown: Mail   1h |"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	p.Resize(62, 4)
	if got, want := second(), "▌   2 outlets · first: Wire, 5 h ago · not in 2, 1 unknown 1h |"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	// Sooner than who does not carry it, the time is given up, and more.
	for width, want := range map[int]string{
		60: "▌   2 outlets · first: Wire 5h · not in 2, 1 unknown     1h |",
		55: "▌   2 outlets · first: Wire · not in 2, 1 unknown   1h |",
		53: "▌   2 outlets · first: Wire · not in 2, 1 unknown 1h |",
		50: "▌   2 outlets · first: Wire · not in 2         1h |",
		38: "▌   2 outlets · not in 2           1h |",
	} {
		if p.Resize(width, 4); second() != want {
			t.Errorf("got  %s\nwant %s", second(), want)
		}
	}
	for i := range 1200 {
		subscriptions = append(subscriptions, sub(fmt.Sprint("Paper ", i), "", feeds.FetchOK))
	}
	p.SetRoster(rank.NewRoster(subscriptions))
	p.Resize(80, 4)
	if got, want := second(), "▌   2 outlets · first: Wire, 5 h ago · not in 1,202, 1 unknown               1h |"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// On a narrow page the name of who told it first and how the story grew make room
// for who does not carry it.
func TestWhoDoesNotCarryAStoryIsTheLastToGo(t *testing.T) {
	subscriptions := []feeds.Subscription{{Feed: feeds.Feed{Outlet: "Mail"}, Health: feeds.Health{Status: feeds.FetchFailed}}}
	for i := range 40 {
		subscriptions = append(subscriptions, feeds.Subscription{Feed: feeds.Feed{Outlet: fmt.Sprint("Paper ", i)}, Health: feeds.Health{Status: feeds.FetchOK, LastFetch: now}})
	}
	lead := NewRow(item(1, "The Harbour Chronicle", "Quay under water", 2*time.Hour, feeds.Status{}), 7, []string{"The Harbour Chronicle", "Radio"})
	lead = lead.Telling(Telling{Latest: now.Add(-time.Hour), First: "The Harbour Chronicle", Since: now.Add(-5 * time.Hour), Grew: 3})
	p := shown(feeds.View{Kind: feeds.ViewFront}, 80, 2, lead)
	p.SetRoster(rank.NewRoster(subscriptions))
	for width, want := range map[int]string{
		100: "▌   2 outlets ▲ 3 new · first: The Harbour Chronicle, 5 h ago · not in 40, 1 unknown             1h |",
		72:  "▌   2 outlets ▲ 3 new · first: The Harbour C… · not in 40, 1 unknown 1h |",
		66:  "▌   2 outlets ▲3 · first: The Harbour … · not in 40, 1 unknown 1h |",
		58:  "▌   2 outlets · first: The Har… · not in 40, 1 unknown 1h |",
		52:  "▌   2 outlets · first: The Harbour … · not in 40 1h |",
		46:  "▌   2 outlets · first: The Ha… · not in 40 1h |",
		40:  "▌   2 outlets · not in 40, 1 unknown 1h |",
		30:  "▌   2 outlets · not in 40  1h |",
		22:  "▌   2 outlets · f… 1h |",
	} {
		p.Resize(width, 2)
		if got := strings.Split(picture(p), "\n")[2]; got != want {
			t.Errorf("%d columns:\ngot  %s\nwant %s", width, got, want)
		}
	}
}

// Who does not carry a story is text to be read, not a mark that is barely there.
func TestWhoDoesNotCarryAStoryCanBeRead(t *testing.T) {
	th := theme.New(theme.Light, cells.Wc)
	p := New(th)
	p.Resize(100, 4)
	p.SetNow(now)
	p.Show(feeds.View{Kind: feeds.ViewFront}, "Front page")
	var rows []Row
	for id := range 2 {
		r := NewRow(item(feeds.ArticleID(id+1), "Wire", "Quay under water", time.Hour, feeds.Status{}), feeds.StoryID(id+1), []string{"Wire", "Radio"})
		rows = append(rows, r.Telling(Telling{Latest: now, First: "Wire", Since: now.Add(-time.Hour)}))
	}
	p.SetWindow(rows, Edges{Start: true, End: true})
	p.SetRoster(rank.NewRoster([]feeds.Subscription{{Feed: feeds.Feed{Outlet: "Ledger"}, Health: feeds.Health{Status: feeds.FetchOK, LastFetch: now}}}))
	if got := p.Lines(true)[3]; !strings.Contains(got, th.Muted.Render("not in Ledger")) {
		t.Errorf("it is drawn as %q", got)
	}
}

func TestEmptyViewsSayWhy(t *testing.T) {
	for view, want := range map[feeds.View]string{
		{Kind: feeds.ViewUnread}:            "Nothing unread.",
		{Kind: feeds.ViewAll, Unread: true}: "Nothing unread.",
		{Kind: feeds.ViewSaved}:             "Nothing saved yet.",
		{Kind: feeds.ViewFront}:             "No news",
		{Kind: feeds.ViewFeed, Feed: 1}:     "No articles here yet.",
	} {
		if got := picture(shown(view, 50, 9)); !strings.Contains(got, want) {
			t.Errorf("%+v shows%swant %q", view, got, want)
		}
	}
	p := New(theme.New(theme.Plain, cells.Wc))
	p.Show(feeds.View{Kind: feeds.ViewSaved}, "Saved")
	p.Resize(50, 9)
	if strings.TrimSpace(strings.Trim(picture(p), "|\n")) != "" && strings.Contains(picture(p), "saved") {
		t.Errorf("before anything is known it says%s", picture(p))
	}
}

func numbered(from, to int) []Row {
	var rows []Row
	for i := from; i < to; i++ {
		rows = append(rows, NewRow(item(feeds.ArticleID(i+1), "Wire", fmt.Sprintf("Item %d", i), time.Duration(i)*time.Minute, feeds.Status{Read: i%10 != 0}), 0, nil))
	}
	return rows
}

func TestWindowGrowsAndForgets(t *testing.T) {
	p := shown(feeds.View{Kind: feeds.ViewAll}, 80, 10)
	p.SetWindow(numbered(0, 200), Edges{Start: true})
	asked := 0
	for at := 200; at < 5000; {
		in := p.Act(keys.PageDown)
		want, ok := p.Need()
		if n, isNeed := in.(pane.NeedRows); isNeed {
			want, ok = n, true
		}
		if ok && want.After {
			asked++
			if again, yes := p.Need(); yes {
				t.Fatalf("asked for %+v twice", again)
			}
			p.Append(numbered(at, at+200), false)
			at += 200
		}
	}
	if asked < 20 {
		t.Errorf("asked for more %d times", asked)
	}
	if n := len(p.Rows()); n > maxWindow {
		t.Errorf("%d rows are held, more than %d", n, maxWindow)
	}
	if p.Edges().Start {
		t.Error("the window still claims to begin where the view does")
	}
	before, _ := p.Current()
	if _, need := p.Need(); need {
		t.Error("more is asked for in the middle of the window")
	}
	p.Prepend(numbered(int(p.Rows()[0].Item.ID)-201, int(p.Rows()[0].Item.ID)-1), false)
	if after, _ := p.Current(); after.Key() != before.Key() {
		t.Errorf("rows that came before moved the cursor from %v to %v", before.Key(), after.Key())
	}
	if n := len(p.Rows()); n > maxWindow+maxWindow/2 {
		t.Errorf("%d rows are held", n)
	}
}

func TestRowsThatComeTwiceAreHeldOnce(t *testing.T) {
	p := shown(feeds.View{Kind: feeds.ViewAll}, 80, 10, numbered(0, 20)...)
	p.Append(numbered(15, 30), true)
	if n := len(p.Rows()); n != 30 {
		t.Errorf("%d rows are held, want 30", n)
	}
}

func TestStepUnread(t *testing.T) {
	p := shown(feeds.View{Kind: feeds.ViewAll}, 80, 10, numbered(0, 25)...)
	for _, want := range []feeds.ArticleID{11, 21} {
		if r, _ := p.Current(); !p.StepUnread(+1) {
			t.Fatalf("nothing unread after %d", r.Item.ID)
		}
		if r, _ := p.Current(); r.Item.ID != want {
			t.Errorf("on %d, want %d", r.Item.ID, want)
		}
	}
	if p.StepUnread(+1) {
		t.Error("there is nothing unread after the last")
	}
	if !p.StepUnread(-1) {
		t.Error("there is something unread before")
	}
}

func TestStatusChangesShowAtOnce(t *testing.T) {
	p := shown(feeds.View{Kind: feeds.ViewAll}, 80, 4, sample()...)
	p.Lines(false) // drawn before
	yes := true
	p.SetStatus([]feeds.ArticleID{3}, feeds.StatusChange{Read: &yes, Saved: &yes})
	last := strings.Split(picture(p), "\n")[3]
	if strings.Contains(last, "●") || !strings.Contains(last, "★") {
		t.Errorf("the row still says %s", last)
	}
}

func TestNotes(t *testing.T) {
	p := shown(feeds.View{Kind: feeds.ViewAll}, 80, 4, sample()...)
	p.SetCounts(feeds.Counts{Total: 1234567, Unread: 1000})
	if got := p.Note(); got != "1,000 unread of 1,234,567" {
		t.Errorf("the note is %q", got)
	}
	p.SetCounts(feeds.Counts{Total: 1})
	if got := p.Note(); got != "1 article" {
		t.Errorf("the note is %q", got)
	}
}

// TestEveryRowFits draws hostile rows at every width.
func TestEveryRowFits(t *testing.T) {
	for width := range 130 {
		for _, view := range []feeds.ViewKind{feeds.ViewAll, feeds.ViewFront} {
			p := shown(feeds.View{Kind: view}, width, 7, sample()...)
			lines := p.Lines(true)
			if len(lines) != 7 {
				t.Fatalf("%d lines at width %d", len(lines), width)
			}
			for _, l := range lines {
				if w := cells.Width(cells.Wc, l); w != width {
					t.Fatalf("a line is %d cells wide, want %d: %q", w, width, l)
				}
			}
		}
	}
}

func TestTroubleIsReadInFull(t *testing.T) {
	p := shown(feeds.View{Kind: feeds.ViewFeed, Feed: 1}, 34, 8, sample()...)
	p.Act(keys.Down)
	p.SetTrouble("The feed https://ledger.example/feed cannot be read: the server answered 503.")
	got := picture(p)
	for _, part := range []string{"The feed", "ledger.example/feed", "answered 503.", "──"} {
		if !strings.Contains(got, part) {
			t.Errorf("%q is missing:%s", part, got)
		}
	}
	if at := strings.Index(got, "▌"); at < strings.Index(got, "503") {
		t.Errorf("the cursor's row is not in sight below it:%s", got)
	}
	rows := len(p.notice)
	if p.Click(rows-1) != nil || p.Click(rows) == nil {
		t.Error("a click is taken for another row")
	}

	p.SetWindow(nil, Edges{Start: true, End: true})
	if got := picture(p); !strings.Contains(got, "answered 503.") || strings.Contains(got, "──") {
		t.Errorf("an empty view says%s", got)
	}
	p.SetTrouble("")
	if got := picture(p); strings.Contains(got, "503") {
		t.Errorf("it is still said:%s", got)
	}
	for width := range 40 {
		for height := range 9 {
			p.Resize(width, height)
			p.SetTrouble("The feed cannot be read: the server answered 503.")
			if got := p.Lines(true); len(got) != height {
				t.Fatalf("%d lines at %dx%d", len(got), width, height)
			}
		}
	}
}

func TestHalfARowShowsThatThereAreMore(t *testing.T) {
	p := shown(feeds.View{Kind: feeds.ViewAll}, 40, 3, sample()...)
	want := `
▌ ● Storm surge floods the quay         |
▌   7 outlets · Harbour Times       12m |
    风暴潮淹没东码头 and a headline … ★ |
`
	if got := picture(p); got != want {
		t.Errorf("got%swant%s", got, want)
	}
	if in, ok := p.Click(2).(pane.OpenArticle); !ok || in.ID != 2 {
		t.Errorf("a click on it asks for %+v", in)
	}
}
