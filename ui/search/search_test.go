package search

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

var now = time.Date(2026, 11, 24, 17, 10, 0, 0, time.UTC)

func found(n int) []feeds.Item {
	var items []feeds.Item
	for i := range n {
		items = append(items, feeds.Item{
			Article: feeds.Article{
				ID: feeds.ArticleID(i + 1), Outlet: "Gazette", Title: fmt.Sprintf("Vote %d survived", i+1), Published: now.Add(-time.Duration(i+1) * time.Hour), Fetched: now,
				Excerpt: "The government survived the vote on Tuesday.",
			},
			Status: feeds.Status{Read: i%2 == 1},
		})
	}
	return items
}

func start(width, height int) *Pane {
	p := New(theme.New(theme.Dark, cells.Wc))
	p.Start(now)
	p.Resize(width, height)
	return p
}

func drawn(p *Pane) string {
	var lines []string
	for _, l := range p.Lines(true) {
		lines = append(lines, strings.TrimRight(cells.Strip(l), " "))
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

func expect(t *testing.T, p *Pane, want string) {
	t.Helper()
	if got := drawn(p); got != strings.TrimPrefix(want, "\n") {
		t.Errorf("drawn:\n%s\nwant:%s", got, want)
	}
}

func TestFromPromptToResults(t *testing.T) {
	p := start(40, 9)
	expect(t, p, `
 / ▏
────────────────────────────────────────
 Words of the headline or the text, all
 of them; "in quotes" as they stand.`)

	if got, want := p.Type("vote"), (pane.NeedSearch{Query: "vote", Generation: 1}); got != want {
		t.Errorf("typing wants %v", got)
	}
	p.SetResults(1, found(2), 50, false)
	expect(t, p, `
 / vote▏
────────────────────────────────────────
● Vote 1 survived                    1h
  Gazette · …survived the vote on Tues…

  Vote 2 survived                    2h
  Gazette · …survived the vote on Tues…`)
	if got := p.Note(); got != "2 articles" {
		t.Errorf("note %q", got)
	}

	p.Act(keys.Down)
	if got, want := p.Act(keys.Enter), (pane.OpenArticle{ID: 2}); got != want {
		t.Errorf("Enter wants %v", got)
	}
	if got := p.Act(keys.Back); got != (pane.Close{}) {
		t.Errorf("Esc wants %v", got)
	}

	p.Type(" xyz")
	p.SetResults(2, nil, 50, false)
	expect(t, p, `
 / vote xyz▏
────────────────────────────────────────
 No article has all of this.`)
	if got := p.Act(keys.Enter); got != nil {
		t.Errorf("Enter without a result wants %v", got)
	}
	p.SetResults(2, found(50), 50, false)
	if got := p.Note(); got != "the first 50" {
		t.Errorf("note %q", got)
	}
}

func TestASearchThatGoesOnShowsWhatItHas(t *testing.T) {
	p := start(40, 9)
	p.Type("vote")
	p.SetResults(1, nil, 50, true)
	expect(t, p, `
 / vote▏                              …
────────────────────────────────────────
 Looking through the texts of the
 articles that have these words …`)
	if got := p.Note(); got != "" {
		t.Errorf("note %q", got)
	}
	p.SetResults(1, found(2), 50, true)
	if got := p.Note(); got != "at least 2" {
		t.Errorf("note %q", got)
	}
	p.Act(keys.Down)
	p.SetResults(1, found(3), 50, true)
	if got, want := p.Act(keys.Enter), (pane.OpenArticle{ID: 2}); got != want {
		t.Errorf("the cursor has moved: Enter wants %v", got)
	}
	p.SetResults(1, found(3), 50, false)
	if got := drawn(p); p.Note() != "3 articles" || strings.Contains(strings.Split(got, "\n")[0], "…") {
		t.Errorf("note %q of a search that has ended:\n%s", p.Note(), got)
	}
}

func TestAnOldAnswerIsDropped(t *testing.T) {
	p := start(40, 9)
	p.Type("vo")
	p.Type("te")
	p.SetResults(1, found(1), 50, false)
	if got := drawn(p); strings.Contains(got, "Gazette") || !strings.Contains(got, "…") {
		t.Errorf("the answer to the query before is shown, or nothing says one is waited for:\n%s", got)
	}
	p.SetError(1, "The library could not be read.")
	if strings.Contains(drawn(p), "could not") {
		t.Error("an error of the query before is shown")
	}
	p.SetResults(2, found(1), 50, false)
	if !strings.Contains(drawn(p), "Gazette") {
		t.Error("the answer is not shown")
	}
	p.Type("x")
	if got := p.Act(keys.Enter); got != nil {
		t.Errorf("Enter opens a result of the query before: %v", got)
	}
	p.SetError(3, "The library could not be read.")
	if !strings.Contains(drawn(p), "The library could not be read.") {
		t.Error("an error is not shown")
	}
}

func TestEditing(t *testing.T) {
	p := start(40, 9)
	for _, step := range []struct {
		do   func() pane.Intent
		want string
		asks bool
	}{
		{func() pane.Intent { return p.Type("two words") }, "two words", true},
		{func() pane.Intent { return p.Type(" ") }, "two words ", false}, // finds the same
		{func() pane.Intent { return p.Edit(pane.EraseLetter) }, "two words", false},
		{func() pane.Intent { return p.Edit(pane.EraseLetter) }, "two word", true},
		{func() pane.Intent { return p.Edit(pane.EraseWord) }, "two ", true},
		{func() pane.Intent { return p.Type("é漢") }, "two é漢", true},
		{func() pane.Intent { return p.Edit(pane.EraseLetter) }, "two é", true},
		{func() pane.Intent { return p.Edit(pane.EraseAll) }, "", false},
		{func() pane.Intent { return p.Edit(pane.EraseLetter) }, "", false},
		{func() pane.Intent { return p.Type("a\nb\x1b[2J") }, "a b[2J", true},
	} {
		asks := step.do() != nil
		if p.Query() != step.want || asks != step.asks {
			t.Errorf("the query is %q (asked for: %v), want %q (%v)", p.Query(), asks, step.want, step.asks)
		}
	}
	p.Edit(pane.EraseAll)
	p.Type(strings.Repeat("漢", 1000))
	if len(p.Query()) > maxQuery {
		t.Errorf("a query of %d bytes", len(p.Query()))
	}
}

func TestStartingAgainKeepsTheLastSearchUntilOneTypes(t *testing.T) {
	p := start(40, 9)
	p.Type("vote")
	p.SetResults(1, found(3), 50, false)
	p.Act(keys.Down)
	p.Start(now)
	if item, ok := p.Current(); !ok || item.ID != 2 || p.Query() != "vote" {
		t.Errorf("the cursor is on %d, the query %q", item.ID, p.Query())
	}
	p.Type("x")
	if p.Query() != "x" {
		t.Errorf("the first letter gives %q", p.Query())
	}
}

func TestWordsFoundAreMarked(t *testing.T) {
	for _, c := range []struct{ query, text, want string }{
		{"vote", "The vote, the voters, the devotee", "The <vote>, the <vote>rs, the devotee"},
		{"ele", "Élection: l’électeur", "<Éle>ction: l’<éle>cteur"},
		{"zurich", "ZÜRICH und Zürich und Zu\u0308rich", "<ZÜRICH> und <Zürich> und <Zu\u0308rich>"},
		{"地铁", "上海地铁事故", "上海<地铁>事故"},
		{"a ab", "abc a", "<ab>c <a>"},
		{"vote", "", ""},
		{"", "text", "text"},
		{"москва", "В Москве и Москва", "В Москве и <Москва>"},
	} {
		p := start(80, 9)
		p.words = wordsOf(c.query)
		var b strings.Builder
		for text := c.text; text != ""; {
			start, end := p.next(text)
			if start < 0 {
				b.WriteString(text)
				break
			}
			b.WriteString(text[:start] + "<" + text[start:end] + ">")
			text = text[end:]
		}
		if got := b.String(); got != c.want {
			t.Errorf("%q in %q: %q, want %q", c.query, c.text, got, c.want)
		}
	}
	p := start(80, 9)
	p.Type("vote")
	p.SetResults(1, found(1), 50, false)
	match := theme.New(theme.Dark, cells.Wc).Match.Render("Vote")
	if !strings.Contains(strings.Join(p.Lines(false)[3:4], ""), "vote") || !strings.Contains(withoutCursor(p), match) {
		t.Errorf("no match is marked in %q", withoutCursor(p))
	}
}

// withoutCursor draws the results below the cursor's.
func withoutCursor(p *Pane) string {
	p.SetResults(p.generation, found(2), 50, false)
	return strings.Join(p.Lines(false)[5:], "\n")
}

func TestWhatWasFoundLateInATextIsBroughtIntoSight(t *testing.T) {
	p := start(60, 9)
	p.Type("needle")
	items := found(1)
	items[0].Excerpt = strings.Repeat("hay and more hay ", 12) + "and a needle in it."
	p.SetResults(1, items, 50, false)
	if got := drawn(p); !strings.Contains(got, "needle in it") {
		t.Errorf("the word is out of sight:\n%s", got)
	}
}

func TestClicksAndStatus(t *testing.T) {
	p := start(40, 20)
	p.Type("vote")
	p.SetResults(1, found(3), 50, false)
	if got := p.Click(5); got != nil {
		t.Errorf("a click on another row wants %v", got)
	}
	if got, want := p.Click(6), (pane.OpenArticle{ID: 2}); got != want {
		t.Errorf("a click on the cursor's row wants %v", got)
	}
	for _, y := range []int{0, 1, 19} {
		if got := p.Click(y); got != nil {
			t.Errorf("a click on line %d wants %v", y, got)
		}
	}
	yes := true
	p.SetStatus([]feeds.ArticleID{1}, feeds.StatusChange{Read: &yes})
	if strings.Contains(drawn(p), "● Vote 1 ") {
		t.Error("a row that was read is drawn as unread")
	}
}

func FuzzEverySizeIsExact(f *testing.F) {
	f.Add(40, 12, "vote", "Vote survived", "The vote.", byte(5))
	f.Add(0, 0, "", "", "", byte(0))
	f.Add(1, 3, "漢", "漢字", "字漢", byte(2))
	f.Add(7, 30, "é क", "क्षि 👨‍👩‍👧 É", "x\ny\u0301", byte(7))
	f.Fuzz(func(t *testing.T, width, height int, query, title, excerpt string, n byte) {
		if width < 0 || width > 200 || height < 0 || height > 100 || len(title)+len(excerpt) > 2000 {
			return
		}
		p := New(theme.New(theme.Variant(n%3), cells.Measure(n%2)))
		exactly := func(width, height int) {
			lines := p.Lines(n%2 == 0)
			if len(lines) != height {
				t.Fatalf("%d lines in a pane of %dx%d", len(lines), width, height)
			}
			for i, l := range lines {
				if w := cells.Width(p.th.Measure, l); w != width {
					t.Fatalf("line %d is %d columns in a pane of %dx%d: %q", i, w, width, height, l)
				}
			}
		}
		p.Resize(width, height)
		p.Start(now)
		exactly(width, height)
		p.Type(query)
		exactly(width, height)
		items := found(int(n % 16))
		for i := range items {
			items[i].Title, items[i].Outlet, items[i].Excerpt = title, title, excerpt
		}
		p.SetResults(1, items, 10, false)
		exactly(width, height)
		p.Act(keys.Bottom)
		p.Resize(height, width%50)
		exactly(height, width%50)
	})
}

func BenchmarkLines(b *testing.B) {
	p := start(100, 50)
	p.Type("vote gov")
	p.SetResults(1, found(200), 200, false)
	b.ReportAllocs()
	for b.Loop() {
		if !p.Step(1) {
			p.Act(keys.Top)
		}
		p.Lines(true)
	}
}

// The last result in sight needs no blank line below it.
func TestAsManyResultsAsThereIsRoomFor(t *testing.T) {
	p := start(40, 10) // of which eight lines are for results
	p.Type("survived")
	p.SetResults(p.generation, found(5), 100, false)
	if got := drawn(p); !strings.Contains(got, "Vote 3 survived") || !strings.HasSuffix(got, "survived th…") {
		t.Errorf("drawn:\n%s", got)
	}
}
