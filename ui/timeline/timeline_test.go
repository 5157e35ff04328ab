package timeline

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

func item(id feeds.ArticleID, outlet, title string, ago time.Duration) feeds.Item {
	at := now.Add(-ago)
	return feeds.Item{Article: feeds.Article{ID: id, Outlet: outlet, Title: title, Published: at, Fetched: now, Language: "en"}}
}

// storm is a story in no order: a copy, a follow-up, an undated article.
func storm() []feeds.Item {
	wire := item(3, "Echo", "Surge hits quay", 13*time.Hour)
	copied := item(4, "Mirror", "Surge hits quay", 12*time.Hour)
	wire.Copies, copied.Copies = []feeds.ArticleID{4}, []feeds.ArticleID{3}
	read := item(2, "Morning Ledger", "Quay under water after the storm of the century, says the harbour master", 7*time.Hour)
	read.Read = true
	undated := item(6, "Le Phare", "Tempête", 0)
	undated.Published, undated.Fetched = time.Time{}, now.Add(-time.Hour)
	return []feeds.Item{read, copied, item(5, "Echo", "Quay to stay shut", 2*time.Hour), wire, undated}
}

func screen(p *Pane) string {
	var lines []string
	for _, l := range p.Lines(true) {
		lines = append(lines, strings.TrimRight(cells.Strip(l), " "))
	}
	return "\n" + strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

func shown(width, height int) *Pane {
	p := New(theme.New(theme.Dark, cells.Wc), now)
	p.Resize(width, height)
	p.SetStory("Storm floods the quay", storm(), rank.Missing{
		Checked: 9, Silent: []string{"Bitwright", "Touchline"}, Failed: []string{"The Tarrow Evening"}, Unread: []string{"https://new.example/feed"},
	})
	return p
}

func TestWhoPublishedWhatWhen(t *testing.T) {
	p := shown(84, 20)
	want := `
 Yesterday
 20:30  ● Echo                  Surge hits quay
 21:30  ●   ↳ Mirror            Surge hits quay                           same text

 Today
 02:30    Morning Ledger        Quay under water after the storm of the century,
                                says the harbour master
 07:30  ●   ↳ Echo              Quay to stay shut
 08:30  ● Le Phare              Tempête                   undated: when it was seen

 Not carried by 2 outlets of yours
 Bitwright, Touchline

 Unknown (feed failed)
 The Tarrow Evening

 Unknown (not fetched since it broke)
 https://new.example/feed
`
	if got := screen(p); got != want {
		t.Errorf("got%swant%s", got, want)
	}
	if p.Title() != "Story · Storm floods the quay" || p.Note() != "5 articles, 3 outlets" {
		t.Errorf("%q, %q", p.Title(), p.Note())
	}
}

func TestNarrowTimeline(t *testing.T) {
	p := shown(40, 12)
	want := `
 Yesterday
 20:30  ● Echo
          Surge hits quay
 21:30  ●   ↳ Mirror          same text
            Surge hits quay

 Today
 02:30    Morning Ledger
          Quay under water after the
          storm of the century, says…
 07:30  ●   ↳ Echo
            Quay to stay shut
`
	if got := screen(p); got != want {
		t.Errorf("got%swant%s", got, want)
	}
}

func TestMovingShowsTheEndAndOpens(t *testing.T) {
	p := shown(84, 8)
	for range 4 {
		p.Act(keys.Down)
	}
	if got, want := p.Act(keys.Enter), (pane.OpenArticle{ID: 6, Trail: true}); got != want {
		t.Errorf("Enter wants %v", got)
	}
	if strings.Contains(screen(p), "new.example") {
		t.Error("the end is in sight before the reader has gone there")
	}
	for range 12 {
		p.Act(keys.Down)
	}
	if got := screen(p); !strings.Contains(got, "new.example") {
		t.Errorf("what follows the last article cannot be reached:%s", got)
	}
	p.Act(keys.Top)
	if got := screen(p); !strings.HasPrefix(got, "\n Yesterday") {
		t.Errorf("at the top:%s", got)
	}
	p.Act(keys.Bottom)
	if got := screen(p); !strings.Contains(got, "new.example") {
		t.Errorf("at the bottom:%s", got)
	}
	for _, action := range []keys.Action{keys.Back, keys.Timeline} {
		if _, ok := p.Act(action).(pane.Close); !ok {
			t.Errorf("%s does not close it", action)
		}
	}
	if _, ok := p.Act(keys.Save).(pane.Ignored); !ok {
		t.Error("what means nothing here is not ignored")
	}
}

func TestWithoutAStory(t *testing.T) {
	p := New(theme.New(theme.Dark, cells.Wc), now)
	p.Resize(40, 5)
	if got := screen(p); got != "\n Gathering the story …\n" {
		t.Errorf("while it is read:%s", got)
	}
	p.SetError("The library could not be read.")
	if got := screen(p); got != "\n The library could not be read.\n" {
		t.Errorf("when it fails:%s", got)
	}
	if p.Act(keys.Enter) != nil {
		t.Error("Enter opens something")
	}
}

func TestReadMarksFollow(t *testing.T) {
	p := shown(84, 20)
	yes := true
	p.SetStatus([]feeds.ArticleID{3}, feeds.StatusChange{Read: &yes})
	if got := screen(p); strings.Contains(got, "● Echo") {
		t.Errorf("a row that was read is drawn as unread:%s", got)
	}
}

func TestNobodyIsSilent(t *testing.T) {
	p := New(theme.New(theme.Dark, cells.Wc), now)
	p.Resize(60, 8)
	p.SetStory("x", storm()[:1], rank.Missing{Checked: 1})
	if got := screen(p); !strings.Contains(got, "All your outlets in this language carry it.") {
		t.Errorf("when nobody is silent:%s", got)
	}
}

func FuzzEverySizeIsExact(f *testing.F) {
	f.Add(80, 20, "Outlet", "A headline", byte(3))
	f.Add(0, 0, "", "", byte(0))
	f.Add(1, 1, "漢", "漢字", byte(1))
	f.Add(12, 30, strings.Repeat("long ", 50), "क्षि 👨‍👩‍👧\nx", byte(9))
	f.Fuzz(func(t *testing.T, width, height int, outlet, title string, n byte) {
		if width < 0 || width > 200 || height < 0 || height > 100 || len(title) > 2000 || len(outlet) > 500 {
			return
		}
		var items []feeds.Item
		for i := range int(n % 12) {
			it := item(feeds.ArticleID(i+1), outlet, title, time.Duration(i*7)*time.Hour)
			if i > 4 {
				it.Copies = []feeds.ArticleID{2}
			}
			items = append(items, it)
		}
		p := New(theme.New(theme.Variant(n%3), cells.Measure(n%2)), now)
		p.Wanted(width, height)
		p.Resize(width, height)
		p.SetStory(title, items, rank.Missing{Silent: []string{outlet, title}, Failed: []string{outlet}})
		for range 4 {
			lines := p.Lines(true)
			if len(lines) != height {
				t.Fatalf("%d lines in a pane of %dx%d", len(lines), width, height)
			}
			for i, l := range lines {
				if w := cells.Width(p.th.Measure, l); w != width {
					t.Fatalf("line %d is %d columns in a pane of %dx%d: %q", i, w, width, height, l)
				}
			}
			p.Act(keys.HalfDown)
		}
	})
}

// papers is a story of one article, and many outlets that do not carry it.
func papers(n, height int) *Pane {
	p := New(theme.New(theme.Dark, cells.Wc), now)
	p.Resize(50, height)
	m := rank.Missing{Checked: n + 2, Failed: []string{"Mail"}}
	for i := range n {
		m.Silent = append(m.Silent, fmt.Sprint("The Paper ", i))
	}
	p.SetStory("x", storm()[3:4], m)
	return p
}

func TestManyAbsentOutletsAreNamedOnDemand(t *testing.T) {
	p := papers(300, 12)
	few := `
 Yesterday
 20:30  ● Echo
          Surge hits quay

 ▸ Not carried by 300 outlets of yours
 The Paper 0, The Paper 1, The Paper 2, The Paper
 3, The Paper 4, The Paper 5 and 294 more

 Unknown (feed failed)
 Mail
`
	if got := screen(p); got != few {
		t.Fatalf("got%swant%s", got, few)
	}
	p.Act(keys.Down)
	if intent := p.Act(keys.Enter); intent != nil {
		t.Errorf("Enter on the outlets is %v", intent)
	}
	if got := screen(p); !strings.Contains(got, "▾ Not carried by 300") || strings.Contains(got, "more") {
		t.Errorf("unfolded:%s", got)
	}
	seen := screen(p)
	for range 200 {
		p.Act(keys.Down)
		seen += screen(p)
	}
	for _, name := range []string{"Paper 7,", "Paper 150,", "Paper 299", "Mail"} {
		if !strings.Contains(seen, name) {
			t.Errorf("moving down does not come by %s", name)
		}
	}
	p.Act(keys.Enter)
	p.Act(keys.Top)
	if got := screen(p); got != few {
		t.Errorf("folded again:%s", got)
	}
	if item, ok := p.Current(); !ok || item.Outlet != "Echo" {
		t.Errorf("at the top is %v, %v", item, ok)
	}
}

// On a low screen the cursor comes to the outlets only when they are in sight.
func TestTheCursorGoesFromTheArticlesToTheOutlets(t *testing.T) {
	p := papers(300, 3)
	p.Act(keys.Down)
	if got := screen(p); strings.Contains(got, "more") {
		t.Errorf("one down:%s", got)
	}
	for range 4 {
		p.Act(keys.Down)
	}
	p.Act(keys.Enter)
	if got := screen(p); !strings.Contains(got, "▾ Not carried by 300") {
		t.Errorf("after Enter:%s", got)
	}
	p.Act(keys.Up)
	if got := screen(p); !strings.Contains(got, "Echo") {
		t.Errorf("up again:%s", got)
	}
}

func TestSomeAbsentOutletsAreAllNamed(t *testing.T) {
	if got := screen(papers(11, 14)); !strings.Contains(got, " Not carried by 11") || !strings.Contains(got, "Paper 10") || strings.Contains(got, "more") {
		t.Errorf("got%s", got)
	}
}
