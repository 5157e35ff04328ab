package reader

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/markdown"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

var (
	now  = time.Date(2026, 11, 24, 17, 10, 0, 0, time.UTC)
	dark = theme.New(theme.Dark, cells.Wc)
)

func article() feeds.Item {
	return feeds.Item{Article: feeds.Article{
		ID: 7, Outlet: "Harbour Gazette", Author: "Mere Tamihana", URL: "https://gazette.example/vote",
		Title: "Government survives the confidence vote after a long day", Excerpt: "The government survived on Tuesday.",
		Published: now.Add(-3 * time.Hour), Fetched: now.Add(-2 * time.Hour), Words: 460,
	}}
}

func rendered(t testing.TB, source string, width int) markdown.Rendered {
	t.Helper()
	out, err := markdown.New(dark).Render(t.Context(), source, width)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// opened is a pane with an article of n numbered lines.
func opened(t testing.TB, width, height, n int) *Pane {
	t.Helper()
	p := New(dark)
	p.SetKeys(keys.Default())
	p.Resize(width, height)
	p.SetArticle(article(), now)
	p.SetBody(7, rendered(t, numbered(n), p.BodyWidth()))
	return p
}

func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Line %d.  \n", i+1)
	}
	return b.String()
}

func drawn(p *Pane) string {
	lines := make([]string, 0, 40)
	for _, l := range p.Lines(true) {
		lines = append(lines, strings.TrimRight(cells.Strip(l), " "))
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

func expect(t *testing.T, p *Pane, want string) {
	t.Helper()
	if got := drawn(p); got != want {
		t.Errorf("drawn:\n%s\nwant:\n%s", got, want)
	}
}

func TestAnArticleInANarrowPane(t *testing.T) {
	item := article()
	item.Saved, item.Copies, item.Revisions = true, []feeds.ArticleID{8, 9}, 2
	p := New(dark)
	p.Resize(46, 18)
	p.SetArticle(item, now)
	p.SetBody(7, rendered(t, "The **government** [survived](https://example.org/v) on Tuesday, by two votes.\n\n> “Never again.”", p.BodyWidth()))
	expect(t, p, `
  Harbour Gazette · 14:10, 3 h ago
  Mere Tamihana
  Government survives the confidence vote
  after a long day
  ★ saved · 2 others carry this text · edit…
  ──────────────────────────────────────────

  The government survived[1] on Tuesday, by
  two votes.

  │ “Never again.”

  ■ gazette.example/vote`)
}

func TestAHeadlineWrittenFromTheRightStandsThere(t *testing.T) {
	item := article()
	item.Title, item.Outlet = "افتتاح الجسر الجديد فوق النهر", "Wire"
	p := New(dark)
	p.Resize(30, 8)
	p.SetArticle(item, now)
	p.SetBody(7, rendered(t, "وأضاف أن التكلفة بلغت", p.BodyWidth()))
	expect(t, p, `
  Wire · 14:10, 3 h ago
  Mere Tamihana
     افتتاح الجسر الجديد فوق
                       النهر
  ──────────────────────────

       وأضاف أن التكلفة بلغت`)
}

func TestTheTextStandsInTheMiddleOfAWidePane(t *testing.T) {
	p := opened(t, 120, 12, 3)
	for _, l := range p.Lines(true) {
		if text := cells.Strip(l); strings.TrimSpace(text) != "" && !strings.HasPrefix(text, cells.Spaces(24)) {
			t.Errorf("a line outside of the column: %q", text)
		}
	}
	if p.BodyWidth() != markdown.Column {
		t.Errorf("the column is %d wide", p.BodyWidth())
	}
}

func TestWhatStandsInThePlaceOfAText(t *testing.T) {
	without := article()
	without.URL = ""
	for name, c := range map[string]struct {
		item feeds.Item
		do   func(*Pane)
		want string
	}{
		"the excerpt while it loads": {article(), func(*Pane) {}, "The government survived on Tuesday."},
		"no text":                    {article(), func(p *Pane) { p.SetMissing(7) }, "This feed gives no text for this article; press t to fetch its page, or o to open it in the browser."},
		"neither text nor link":      {without, func(p *Pane) { p.SetMissing(7) }, "This feed gives neither a text nor a link for this article."},
		"an error":                   {article(), func(p *Pane) { p.SetError(7, "The library could not be read.") }, "The library could not be read."},
	} {
		p := New(dark)
		p.SetKeys(keys.Default())
		p.Resize(100, 20)
		p.SetArticle(c.item, now)
		c.do(p)
		if got := drawn(p); !strings.Contains(sentence(got), c.want) {
			t.Errorf("%s: %q is not in\n%s", name, c.want, got)
		}
	}
	p := New(dark)
	p.Resize(60, 9)
	if got := drawn(p); !strings.Contains(got, "Choose a headline") {
		t.Errorf("an empty pane says\n%s", got)
	}
	p.SetKeys(remapped(t))
	p.SetArticle(article(), now)
	p.SetMissing(7)
	if got := drawn(p); !strings.Contains(sentence(got), "or e to open") {
		t.Errorf("the sentence does not name the key that is bound:\n%s", got)
	}
}

// sentence undoes the wrapping.
func sentence(s string) string { return strings.Join(strings.Fields(s), " ") }

func remapped(t *testing.T) keys.Bindings {
	t.Helper()
	b := keys.Default()
	if err := b.Remap(map[string][]string{string(keys.Browser): {"e"}}); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestWhen(t *testing.T) {
	for _, c := range []struct {
		published time.Time
		want      string
	}{
		{now.Add(-30 * time.Second), "17:09, just now"},
		{now.Add(-12 * time.Minute), "16:58, 12 min ago"},
		{now.Add(-3 * time.Hour), "14:10, 3 h ago"},
		{now.Add(-20 * time.Hour), "Monday 21:10, 20 h ago"},
		{now.Add(-30 * time.Hour), "Monday 11:10, a day ago"},
		{now.Add(-80 * time.Hour), "Saturday 09:10, 3 days ago"},
		{now.AddDate(0, -2, 0), "24 September, 17:10"},
		{now.AddDate(-2, 0, 0), "24 November 2024, 17:10"},
		{now.Add(time.Hour), "dated 24 November 2026, 18:10"},
		{time.Time{}, "undated, seen 2 h ago"},
	} {
		a := article().Article
		a.Published = c.published
		if got := when(a, now); got != c.want {
			t.Errorf("%v: %q, want %q", c.published, got, c.want)
		}
	}
	if got := when(article().Article, now.In(time.FixedZone("", 13*3600))); got != "03:10, 3 h ago" {
		t.Errorf("on another clock: %q", got)
	}
}

func TestScrolling(t *testing.T) {
	p := opened(t, 40, 10, 60)
	first := func() string { l, _, _ := strings.Cut(drawn(p), "\n"); return strings.TrimSpace(l) }
	for _, step := range []struct {
		action keys.Action
		want   string
	}{
		{keys.Bottom, "Line 54."}, {keys.Up, "Line 53."}, {keys.PageUp, "Line 45."}, {keys.HalfUp, "Line 40."},
		{keys.HalfDown, "Line 45."}, {keys.PageDown, "Line 53."}, {keys.Down, "Line 54."}, {keys.Down, "Line 54."}, {keys.Top, ""},
	} {
		if intent := p.Act(step.action); intent != nil {
			t.Errorf("%s wants %v", step.action, intent)
		}
		if got := first(); got != step.want {
			t.Errorf("after %s the first line is %q, want %q", step.action, got, step.want)
		}
	}
	if _, ok := p.Act(keys.Save).(pane.Ignored); !ok {
		t.Error("an action that means nothing here is not ignored")
	}
}

func TestNoteTellsHowFar(t *testing.T) {
	p := opened(t, 40, 10, 60)
	p.SetTrail(2, 5)
	for _, c := range []struct {
		top  int
		want string
	}{{0, "2 of 5 in trail · 2 min"}, {28, "2 of 5 in trail · 47 % · 1 min left"}, {1000, "2 of 5 in trail · end"}} {
		p.Scroll(-1000)
		p.Scroll(c.top)
		if got := p.Note(); got != c.want {
			t.Errorf("at line %d: %q, want %q", c.top, got, c.want)
		}
	}
	if !p.AtEnd() {
		t.Error("the end is not the end")
	}
	if got := p.Title(); got != "Harbour Gazette · Government survives the confidence vote after a long day" {
		t.Errorf("with the headline out of sight the title is %q", got)
	}
}

func TestThePlaceIsKept(t *testing.T) {
	p := opened(t, 40, 10, 100)
	p.Scroll(57)
	at := drawn(p)

	other := article()
	other.ID = 8
	p.SetArticle(other, now)
	if p.top != 0 {
		t.Error("another article does not begin at its beginning")
	}
	p.SetArticle(article(), now)
	head := rendered(t, numbered(20), p.BodyWidth())
	head.Partial = true
	p.SetBody(7, head)
	p.SetBody(7, rendered(t, numbered(100), p.BodyWidth()))
	if got := drawn(p); got != at {
		t.Errorf("after coming back:\n%s\nwas:\n%s", got, at)
	}

	p.Resize(60, 10)
	p.SetBody(7, rendered(t, numbered(100), p.BodyWidth()))
	if got, want := drawn(p), strings.Fields(at)[1]; !strings.Contains(got, want) {
		t.Errorf("in another width line %s is not in sight:\n%s", want, got)
	}
	p.SetArticle(article(), now.Add(time.Minute)) // the same one again, as after a refresh
	if got, want := drawn(p), strings.Fields(at)[1]; !strings.Contains(got, want) {
		t.Errorf("an update of the article moved the text:\n%s", got)
	}
}

func TestScrollingCallsOffTheReturnToAPlace(t *testing.T) {
	p := opened(t, 40, 10, 100)
	p.Scroll(57)
	other := article()
	other.ID = 8
	p.SetArticle(other, now)
	p.SetArticle(article(), now)
	head := rendered(t, numbered(20), p.BodyWidth())
	head.Partial = true
	p.SetBody(7, head)
	p.Scroll(3)
	at := drawn(p)
	p.SetBody(7, rendered(t, numbered(100), p.BodyWidth()))
	if got := drawn(p); got != at {
		t.Errorf("the text jumped from\n%s\nto\n%s", at, got)
	}
}

func TestTheRestOfATextDoesNotMoveIt(t *testing.T) {
	p := opened(t, 40, 10, 0)
	head := rendered(t, numbered(40), p.BodyWidth())
	head.Partial = true
	p.SetBody(7, head)
	p.Scroll(20)
	at := drawn(p)
	p.SetBody(7, rendered(t, numbered(100), p.BodyWidth()))
	if got := drawn(p); got != at {
		t.Errorf("the text moved from\n%s\nto\n%s", at, got)
	}
	p.SetBody(7, head)
	if p.page.body.Partial {
		t.Error("a late head replaced the whole")
	}
	p.SetBody(99, markdown.Rendered{Lines: []string{"of another article"}})
	if got := drawn(p); got != at {
		t.Error("the text of another article is shown")
	}
}

func TestStatusIsShownAtOnce(t *testing.T) {
	p := opened(t, 60, 10, 3)
	yes := true
	p.SetStatus([]feeds.ArticleID{1, 7}, feeds.StatusChange{Saved: &yes})
	if got := drawn(p); !strings.Contains(got, "★ saved") {
		t.Errorf("a saved article is drawn\n%s", got)
	}
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

func FuzzEverySizeIsExact(f *testing.F) {
	f.Add(80, 24, "Title", "text [a](https://example.org)\n\n> q\n\n|a|b|\n|-|-|\n|1|2|", byte(0))
	f.Add(0, 0, "", "", byte(1))
	f.Add(1, 1, "漢字漢字", "漢字 क्षि 👨‍👩‍👧", byte(2))
	f.Add(200, 60, strings.Repeat("long ", 300), "# h", byte(3))
	f.Add(23, 1, "é́́́́", "مرحبا", byte(7))
	f.Fuzz(func(t *testing.T, width, height int, title, source string, how byte) {
		if width < 0 || width > 300 || height < 0 || height > 100 || len(source) > 4000 {
			return
		}
		th := dark
		if how&1 != 0 {
			th = theme.New(theme.Plain, cells.Grapheme)
		}
		p := New(th)
		exactly := func() { exact(t, p, width, height) }
		p.Resize(width, height)
		exactly()
		item := article()
		item.Title, item.Outlet, item.Saved = title, title, how&2 != 0
		p.SetArticle(item, now)
		exactly()
		body, err := markdown.New(th).Render(t.Context(), source, p.BodyWidth())
		if err != nil {
			t.Fatal(err)
		}
		p.SetBody(7, body)
		exactly()
		p.Act(keys.PageDown)
		p.Act(keys.Bottom)
		exactly()
		p.Resize(height, width%50) // before the text is rendered anew
		exact(t, p, height, width%50)
		p.Act(keys.Links)
		exact(t, p, height, width%50)
	})
}

func BenchmarkLines(b *testing.B) {
	p := opened(b, 120, 50, 5000)
	b.ReportAllocs()
	for b.Loop() {
		if p.AtEnd() {
			p.Act(keys.Top)
		}
		p.Act(keys.Down)
		p.Lines(true)
	}
}
