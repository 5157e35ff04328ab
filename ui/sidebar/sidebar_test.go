package sidebar

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

var (
	now  = time.Date(2026, 11, 24, 17, 10, 0, 0, time.UTC)
	dark = theme.New(theme.Dark, cells.Wc)
)

func asked() feeds.Item {
	return feeds.Item{Article: feeds.Article{ID: 1, Outlet: "Gazette", Title: "Vote survived", Published: now}}
}

func related(id feeds.ArticleID, kind feeds.Kind, outlet, title string, apart time.Duration) Row {
	return Row{
		Item:    feeds.Item{Article: feeds.Article{ID: id, Outlet: outlet, Title: title, Published: now.Add(apart)}},
		Related: feeds.Related{Article: id, Kind: kind, Score: .82, Why: feeds.Why{Apart: apart}},
	}
}

// story is a sidebar with three rows of coverage and one of background.
func story(width, height int) *Pane {
	p := New(dark)
	p.Resize(width, height)
	first := related(2, feeds.Coverage, "Southern Cross", "PM holds on by two votes as three cross the floor", -3*time.Hour)
	first.Item.Excerpt = "The prime minister survived by two votes."
	first.Copies = []feeds.Item{
		related(20, feeds.Coverage, "Northern Star", "PM holds on by two votes as three cross the floor", -2*time.Hour).Item,
		related(21, feeds.Coverage, "Evening Post", "PM holds on", -time.Hour).Item,
		related(22, feeds.Coverage, "Southern Cross", "PM holds on (again)", 0).Item,
	}
	first.Related.Why.Terms = []feeds.TermWeight{
		{Term: "confidence", Weight: .2}, {Term: "floor", Weight: .1}, {Term: "votes", Weight: .1}, {Term: "minister", Weight: .1},
		{Term: "prime", Weight: .05}, {Term: "holds", Weight: .05}, {Term: "two", Weight: .08}, {Term: "three", Weight: .08}, {Term: "crossed", Weight: .06},
	}
	first.Related.Why.Gate = .24
	read := related(3, feeds.Coverage, "Radio Capital", "A day in the chamber", 20*time.Minute)
	read.Item.Read = true
	p.SetRelated(asked(), []Row{ // kinds mixed: the pane parts them
		first,
		related(9, feeds.Background, "Weekly", "What a confidence vote is", -100*time.Hour),
		read,
		related(4, feeds.Coverage, "Ledger", "Markets calm after vote", 30*time.Hour),
		related(5, feeds.Coverage, "Radio Capital", "Who the three are", 2*time.Hour),
		related(6, feeds.Coverage, "Radio Capital", "Reactions", 3*time.Hour),
	})
	p.SetCarriers([]string{"Southern Cross", "Gazette", "Radio Capital", "Ledger"}, []string{"Northern Star", "Evening Post"}, time.Time{})
	return p
}

func drawn(p *Pane) string {
	var lines []string
	for _, l := range p.Lines(true) {
		line := strings.TrimRight(cells.Strip(l), " ")
		lines = append(lines, strings.TrimPrefix(line, cells.Spaces(p.pad())))
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

func expect(t *testing.T, p *Pane, want string) {
	t.Helper()
	if got := drawn(p); got != strings.TrimPrefix(want, "\n") {
		t.Errorf("drawn:\n%s\nwant:%s", got, want)
	}
}

func TestCoverageThenBackground(t *testing.T) {
	p := story(37, 24)
	expect(t, p, `
2nd of 4 outlets; Southern Cross
had it first.

Coverage
● Southern Cross        3 h earlier
  PM holds on by two votes as three
  cross the floor
▸ same text · 3 outlets
  The prime minister survived by
  two votes.

  Radio Capital           same hour
  A day in the chamber
▸ +2 more

● Ledger                 30 h later
  Markets calm after vote

Background
● Weekly             4 days earlier
  What a confidence vote is`)
	if got := p.Note(); got != "3 + 1" {
		t.Errorf("note %q", got)
	}
}

// A fold says whose text it is if a dateline tells, and there is room to.
func TestWhoseTextIsFolded(t *testing.T) {
	row := related(2, feeds.Coverage, "Southern Cross", "PM holds on", -3*time.Hour)
	row.Copies = []feeds.Item{related(20, feeds.Coverage, "Northern Star", "PM holds on", 0).Item}
	row.Copies[0].Excerpt = "CAPITAL CITY (Meridian Wire) — The prime minister survived by two votes."
	p := New(dark)
	p.Resize(37, 24)
	p.SetRelated(asked(), []Row{row})
	if got := drawn(p); !strings.Contains(got, "▸ Meridian Wire text · 2 outlets") {
		t.Errorf("drawn:\n%s", got)
	}
	if p.Resize(26, 24); !strings.Contains(drawn(p), "▸ same text · 2 outlets") {
		t.Errorf("drawn in a narrow pane:\n%s", drawn(p))
	}
}

// What is under the cursor is said at once, but for the text that stands beside it.
func TestTheTextBesideItIsNotSaidAgain(t *testing.T) {
	same := related(2, Same, "Southern Cross", "PM holds on", -3*time.Hour)
	same.Item.Excerpt = "The prime minister survived."
	p := New(dark)
	p.Resize(37, 24)
	p.SetRelated(asked(), []Row{same})
	if got := drawn(p); strings.Contains(got, "survived") {
		t.Errorf("drawn:\n%s", got)
	}
}

func TestUnfolding(t *testing.T) {
	p := story(37, 40)
	p.Act(keys.Unfold)
	if got := drawn(p); !strings.Contains(got, `
▾ same text · 3 outlets
  The prime minister survived by
  two votes.
  ● Northern Star       2 h earlier
  ● Evening Post        1 h earlier
    PM holds on
  ● Southern Cross        same hour
    PM holds on (again)

  Radio Capital`) {
		t.Errorf("the copies are drawn as\n%s", got)
	}
	p.Act(keys.Down)
	if got, want := p.Act(keys.Enter), (pane.OpenArticle{ID: 20, Trail: true}); got != want {
		t.Errorf("Enter on a copy wants %v", got)
	}
	p.Act(keys.Why)
	if got := drawn(p); !strings.Contains(got, "It is the text of Southern") {
		t.Errorf("why a copy stands here is not said:\n%s", got)
	}
	p.Act(keys.Why)
	p.Act(keys.Unfold)
	if item, _ := p.Current(); item.ID != 2 || strings.Contains(drawn(p), "Northern Star") {
		t.Errorf("folding a copy away leaves the cursor on %d:\n%s", item.ID, drawn(p))
	}
	p.Act(keys.Down)
	p.Act(keys.Unfold)
	if got := drawn(p); !strings.Contains(got, `
  Radio Capital           same hour
  A day in the chamber
▾ +2 more
  ● Radio Capital         2 h later
    Who the three are
  ● Radio Capital         3 h later
    Reactions

● Ledger `) {
		t.Errorf("an outlet's further articles are drawn as\n%s", got)
	}
	if p.Note() != "3 + 1" {
		t.Errorf("unfolded, the note is %q", p.Note())
	}
	p.SetRelated(asked(), nil)
	p.Act(keys.Unfold) // of nothing
}

func TestWhatIsFoldedIsUnfoldedToShowTheOpenArticle(t *testing.T) {
	p := story(37, 60)
	p.SetOpen(6)
	if got := drawn(p); !strings.Contains(got, "  ▸ Radio Capital         3 h later\n    Reactions") {
		t.Errorf("the open article is not in sight:\n%s", got)
	}
	p.Act(keys.Unfold)
	if id, ok := p.NextRelated(); id != 4 || !ok {
		t.Errorf("the row after a folded one is %d", id)
	}
}

func TestTheAskedArticlesOwnTextElsewhere(t *testing.T) {
	p := New(dark)
	p.Resize(37, 20)
	row := related(7, Same, "Echo", "Vote survived", time.Hour)
	row.Copies = []feeds.Item{related(8, Same, "Mirror", "Vote survived", 2*time.Hour).Item}
	p.SetRelated(asked(), []Row{row})
	p.Act(keys.Why)
	expect(t, p, `
No other outlet tells this story in
its own words yet.

The same text
● Echo                    1 h later
  Vote survived
▸ same text · 3 outlets
  Why
  It is the text of the article
  beside it.`)
	if p.Note() != "" {
		t.Errorf("a text carried elsewhere counts as coverage: %q", p.Note())
	}
}

func TestWhoDoesNotCarryTheStory(t *testing.T) {
	sub := func(outlet string, s feeds.FetchStatus) feeds.Subscription {
		return feeds.Subscription{Feed: feeds.Feed{Outlet: outlet}, Health: feeds.Health{Status: s}}
	}
	p := story(37, 40)
	p.SetRoster(rank.NewRoster([]feeds.Subscription{
		sub("Gazette", feeds.FetchOK), sub("Northern Star", feeds.FetchOK), sub("Bitwright", feeds.FetchOK), sub("Echo", feeds.FetchNotModified),
		sub("Mirror", feeds.FetchOK), sub("Parallax", feeds.FetchOK), sub("Tide", feeds.FetchOK), sub("Tarrow Mail", feeds.FetchFailed), sub("Young", feeds.FetchNever),
		sub("Ledger", feeds.FetchOK), // not of the story, but shown to cover it
	}))
	p.SetCarriers(nil, nil, time.Time{})
	if got := drawn(p); strings.Contains(got, "Not in") {
		t.Errorf("outlets are said to be silent on a story that is not known:\n%s", got)
	}
	p.SetCarriers([]string{"Gazette"}, []string{"Northern Star"}, time.Time{})
	want := `
● Ledger                 30 h later
  Markets calm after vote

Not in Bitwright, Echo, Mirror and
2 more.

Unknown (feed failed): Tarrow Mail.

Unknown (not fetched since): Young.

Background
`
	if got := drawn(p); !strings.Contains(got, want) {
		t.Errorf("drawn:\n%s\nwant in it:%s", got, want)
	}
	p.SetCarriers([]string{"Gazette"}, nil, time.Time{})
	if got := drawn(p); strings.Contains(got, "Not in") {
		t.Errorf("of an article that is alone others are said to be silent:\n%s", got)
	}
}

func TestWhatIsSaidWithoutRows(t *testing.T) {
	p := New(dark)
	p.Resize(40, 6)
	if got := drawn(p); got != "" {
		t.Errorf("without an article: %q", got)
	}
	p.SetLoading(asked())
	expect(t, p, "Looking for related stories…")
	p.SetRelated(asked(), nil)
	expect(t, p, "No other outlet tells this story yet.")
	p.SetError(asked(), "The library could not be read.")
	expect(t, p, "The library could not be read.")
	p.SetRelated(asked(), []Row{related(9, feeds.Background, "Weekly", "What it is", 0)})
	expect(t, p, `
No other outlet tells this story yet.

Background
● Weekly                     same hour
  What it is`)
	p.Close()
	if got := drawn(p); got != "" {
		t.Errorf("closed: %q", got)
	}
}

func TestPlaceInTheStory(t *testing.T) {
	coverage, background := []Row{related(2, feeds.Coverage, "A", "x", time.Hour)}, []Row{related(2, feeds.Background, "A", "x", -time.Hour)}
	for _, c := range []struct {
		name     string
		rows     []Row
		carriers []string
		want     string
	}{
		{"first", coverage, []string{"Gazette", "A", "B"}, "First of 3 outlets to tell it."},
		{"third", coverage, []string{"B", "A", "Gazette"}, "3rd of 3 outlets; B had it first."},
		{"it reprints", coverage, []string{"B", "A"}, "2 outlets tell it; B had it first."},
		{"only the same outlet", coverage, []string{"Gazette"}, "Coverage"},
		{"its story is not known", coverage, nil, "Coverage"},
		{"others tell it, but as background", background, []string{"A", "Gazette"}, "2nd of 2 outlets; A had it first."},
		{"nobody tells it", background, []string{"Gazette"}, "No other outlet tells this story yet."},
	} {
		p := New(dark)
		p.Resize(60, 12)
		p.SetRelated(asked(), c.rows)
		p.SetCarriers(c.carriers, nil, time.Time{})
		got := drawn(p)
		if first, _, _ := strings.Cut(got, "\n"); first != c.want || len(c.carriers) > 1 && strings.Contains(got, "No other") {
			t.Errorf("%s: want first %q, drawn:\n%s", c.name, c.want, got)
		}
	}
	if got := []string{ordinal(1), ordinal(2), ordinal(3), ordinal(4), ordinal(11), ordinal(12), ordinal(22), ordinal(113)}; fmt.Sprint(got) != "[1st 2nd 3rd 4th 11th 12th 22nd 113th]" {
		t.Errorf("ordinals %v", got)
	}
}

func TestTimeBetween(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "same hour", 59 * time.Minute: "same hour", -59 * time.Minute: "same hour", time.Hour: "1 h later",
		-100 * time.Minute: "2 h earlier", 35 * time.Hour: "35 h later", 36 * time.Hour: "2 days later", -240 * time.Hour: "10 days earlier",
	} {
		if got := between(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
	undated := related(2, feeds.Coverage, "A", "x", 0)
	undated.Item.Published = time.Time{}
	if got := apart(asked().Article, undated); got != "" {
		t.Errorf("with a time unknown: %q", got)
	}
	if exactly(-190*time.Minute) != "3 h 10 min earlier" || exactly(5*time.Minute) != "5 min later" {
		t.Errorf("%s, %s", exactly(-190*time.Minute), exactly(5*time.Minute))
	}
}

func TestMovingAndOpening(t *testing.T) {
	p := story(37, 12)
	for _, step := range []struct {
		action keys.Action
		want   feeds.ArticleID
	}{{keys.Down, 3}, {keys.Down, 4}, {keys.Down, 9}, {keys.Down, 9}, {keys.Up, 4}, {keys.Top, 2}, {keys.Bottom, 9}} {
		if intent := p.Act(step.action); intent != nil {
			t.Errorf("%s wants %v", step.action, intent)
		}
		item, _ := p.Current()
		if item.ID != step.want {
			t.Errorf("after %s the cursor is on %d, want %d", step.action, item.ID, step.want)
		}
		if !strings.Contains(drawn(p), "● "+item.Outlet) && !strings.Contains(drawn(p), "  "+item.Outlet) {
			t.Errorf("after %s the cursor's row is out of sight:\n%s", step.action, drawn(p))
		}
	}
	if got, want := p.Act(keys.Enter), (pane.OpenArticle{ID: 9, Trail: true}); got != want {
		t.Errorf("Enter wants %v", got)
	}
	if _, ok := p.Act(keys.Save).(pane.Ignored); !ok {
		t.Error("what means nothing here is not ignored")
	}
	empty := New(dark)
	if got := empty.Act(keys.Enter); got != nil {
		t.Errorf("Enter in an empty sidebar wants %v", got)
	}
}

func TestSteppingThroughTheRelated(t *testing.T) {
	p := story(37, 40)
	var ids []feeds.ArticleID
	for {
		id, ok := p.NextRelated()
		if !ok {
			break
		}
		ids = append(ids, id)
	}
	if fmt.Sprint(ids) != "[2 3 4 9]" {
		t.Errorf("] visits %v", ids)
	}
	if !strings.Contains(drawn(p), "▸ Weekly") {
		t.Errorf("the open row is not marked:\n%s", drawn(p))
	}
	ids = nil
	for {
		id, ok := p.PreviousRelated()
		if !ok {
			break
		}
		ids = append(ids, id)
	}
	if fmt.Sprint(ids) != "[4 3 2 1]" {
		t.Errorf("[ visits %v, and should end at the article asked about", ids)
	}
}

func TestTheCursorStaysWhenRowsCome(t *testing.T) {
	p := story(37, 40)
	p.Select(4)
	more := []Row{related(30, feeds.Coverage, "New", "Just in", time.Hour), related(4, feeds.Coverage, "Ledger", "Markets calm after vote", 30*time.Hour)}
	p.SetRelated(asked(), more)
	if item, _ := p.Current(); item.ID != 4 {
		t.Errorf("the cursor went to %d", item.ID)
	}
	other := asked()
	other.ID = 77
	p.SetRelated(other, more)
	if item, _ := p.Current(); item.ID != 30 {
		t.Errorf("beside another article the cursor is on %d, not the first", item.ID)
	}
}

func TestStatusAndClicks(t *testing.T) {
	p := story(37, 40)
	yes := true
	p.SetStatus([]feeds.ArticleID{2}, feeds.StatusChange{Read: &yes})
	if got := drawn(p); strings.Contains(got, "● Southern") {
		t.Errorf("a row that was read is drawn as unread:\n%s", got)
	}
	y := strings.Count(strings.Split(drawn(p), "Markets")[0], "\n")
	if intent := p.Click(y); intent != nil {
		t.Errorf("a click on another row wants %v", intent)
	}
	y = strings.Count(strings.Split(drawn(p), "Markets")[0], "\n")
	if got, want := p.Click(y), (pane.OpenArticle{ID: 4, Trail: true}); got != want {
		t.Errorf("a click on the cursor's row wants %v", got)
	}
	if got := p.Click(0); got != nil {
		t.Errorf("a click beside the rows wants %v", got)
	}
}

func FuzzEverySizeIsExact(f *testing.F) {
	f.Add(36, 20, "Outlet", "A headline", "Excerpt.", "term", byte(3))
	f.Add(0, 0, "", "", "", "", byte(0))
	f.Add(1, 1, "漢", "漢字", "字", "é", byte(1))
	f.Add(2, 30, strings.Repeat("long ", 50), "क्षि 👨‍👩‍👧", "x\ny", "語", byte(9))
	f.Fuzz(func(t *testing.T, width, height int, outlet, title, excerpt, term string, n byte) {
		if width < 0 || width > 200 || height < 0 || height > 100 || len(title)+len(excerpt) > 2000 {
			return
		}
		p := New(theme.New(theme.Variant(n%3), cells.Measure(n%2)))
		var rows []Row
		for i := range int(n % 20) {
			r := related(feeds.ArticleID(i+2), []feeds.Kind{feeds.Coverage, feeds.Background}[i%2], outlet, title, time.Duration(i-5)*time.Hour)
			r.Item.Excerpt = excerpt
			r.Related.Why.Terms = []feeds.TermWeight{{Term: term, Weight: float64(n)}, {Term: term}}
			for k := range i % 3 {
				r.Copies = append(r.Copies, related(feeds.ArticleID(100*i+k+50), "", title, outlet, 0).Item)
			}
			rows = append(rows, r)
		}
		p.Resize(width, height)
		p.SetLoading(asked())
		exact(t, p, width, height)
		p.SetRelated(asked(), rows)
		p.Act(keys.Why)
		exact(t, p, width, height)
		for range 6 {
			p.Act(keys.HalfDown)
			p.Act(keys.Unfold)
			exact(t, p, width, height)
			p.NextRelated()
			exact(t, p, width, height)
		}
		p.Resize(height, width%50)
		exact(t, p, height, width%50)
	})
}

// exact fails unless the pane draws exactly its size.
func exact(t *testing.T, p *Pane, width, height int) {
	t.Helper()
	lines := p.Lines(true)
	if len(lines) != height {
		t.Fatalf("%d lines in a pane of %dx%d", len(lines), width, height)
	}
	for i, l := range lines {
		if w := cells.Width(p.th.Measure, l); w != width {
			t.Fatalf("line %d is %d columns in a pane of %dx%d: %q", i, w, width, height, l)
		}
	}
}

func BenchmarkLines(b *testing.B) {
	p := story(40, 50)
	b.ReportAllocs()
	for b.Loop() {
		p.Act(keys.Down)
		p.Lines(true)
		p.Act(keys.Up)
		p.Lines(true)
	}
}

func TestInALowPaneTheExcerptLeavesRoomForOtherRows(t *testing.T) {
	row := related(2, feeds.Coverage, "Southern Cross", "PM holds on", -3*time.Hour)
	row.Item.Excerpt = strings.Repeat("The prime minister survived by two votes. ", 8)
	for height, want := range map[int]int{8: 2, 16: 4, 60: excerptLines} {
		p := New(dark)
		p.Resize(32, height)
		p.SetRelated(asked(), []Row{row})
		if got := strings.Count(drawn(p), "\n") - strings.Count(strings.SplitAfter(drawn(p), "PM holds on")[0], "\n"); got != want {
			t.Errorf("%d rows high: %d lines of the excerpt, want %d:\n%s", height, got, want, drawn(p))
		}
	}
}
