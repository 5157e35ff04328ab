package compare

import (
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

var (
	now  = time.Date(2026, 3, 14, 9, 30, 0, 0, time.UTC)
	dark = theme.New(theme.Dark, cells.Wc)
)

func told(id feeds.ArticleID, outlet, title, lead string) Telling {
	at := now.Add(-time.Duration(id) * time.Hour)
	return Telling{Item: feeds.Item{Article: feeds.Article{ID: id, Outlet: outlet, Title: title, Published: at, Fetched: at, Language: "en"}}, Lead: lead}
}

func four() []Telling {
	list := []Telling{
		told(1, "Harbour Times", "Storm floods quay", "The quay was under water at four."),
		told(2, "Ledger", "Quay under water", "Hundreds were led away from the quay by night, as the storm came in."),
		told(3, "Radio", "Storm: hundreds flee", "They fled."),
		told(4, "Le Phare", "Tempête sur le quai", "La mer est venue."),
	}
	list[2].Item.Read = true
	list[3].Item.Language = "fr"
	return list
}

func shown(width, height int) *Pane {
	p := New(dark, now)
	p.Resize(width, height)
	p.SetTellings(four(), 4)
	return p
}

func screen(p *Pane) string {
	var lines []string
	for _, l := range p.Lines(true) {
		lines = append(lines, strings.TrimRight(cells.Strip(l), " "))
	}
	return "\n" + strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

func TestStackedOnANarrowScreen(t *testing.T) {
	want := `
 ▸ Harbour Times                  1 h ago
   Storm floods quay
   The quay was under water at four.

 ● Ledger                         2 h ago
   Quay under water
   Hundreds were led away from the quay by
   night, as the storm came in.

   Radio                          3 h ago
   Storm: hundreds flee
`
	if got := screen(shown(43, 11)); got != want {
		t.Errorf("got%swant%s", got, want)
	}
}

func TestTwoColumns(t *testing.T) {
	want := `
 ▸ Harbour Times                      1 h ago    ● Ledger                             2 h ago
   Storm floods quay                               Quay under water
   The quay was under water at four.               Hundreds were led away from the quay by
                                                   night, as the storm came in.

   Radio                              3 h ago    ● Le Phare                           4 h ago
   Storm: hundreds flee                            Tempête sur le quai
   They fled.                                      La mer est venue.
`
	if got := screen(shown(96, 12)); got != want {
		t.Errorf("got%swant%s", got, want)
	}
}

func TestColumnsOfAScreen(t *testing.T) {
	for _, c := range []struct{ width, tellings, want int }{{93, 9, 1}, {94, 9, 2}, {153, 9, 2}, {154, 9, 3}, {154, 2, 2}, {300, 9, 3}, {40, 0, 1}} {
		if got := columnsOf(c.width, c.tellings); got != c.want {
			t.Errorf("%d tellings in %d columns of text: %d beside each other, want %d", c.tellings, c.width, got, c.want)
		}
	}
}

func TestWhatDiffersIsMarked(t *testing.T) {
	p := shown(96, 12)
	var drawn strings.Builder
	for _, l := range p.Lines(false) {
		drawn.WriteString(l)
	}
	for _, word := range []string{"led away", "night", "fled"} {
		if !strings.Contains(drawn.String(), p.th.Differs.Render(word)) {
			t.Errorf("%q is not marked", word)
		}
	}
	for _, shared := range []string{"Storm", "quay", "Tempête", "mer"} { // in no other language is anything shared
		if strings.Contains(drawn.String(), p.th.Differs.Render(shared)) {
			t.Errorf("%q is marked", shared)
		}
	}
}

func TestMovingAndOpening(t *testing.T) {
	p := shown(96, 5)
	for _, step := range []struct {
		action keys.Action
		want   feeds.ArticleID
	}{
		{keys.Right, 2}, {keys.Down, 4}, {keys.Left, 3}, {keys.Up, 1}, {keys.Down, 3}, {keys.Down, 3}, {keys.Top, 1}, {keys.Bottom, 4}, {keys.NextPane, 4}, {keys.PreviousPane, 3},
	} {
		p.Act(step.action)
		if got := p.Act(keys.Enter); got != (pane.OpenArticle{ID: step.want, Trail: true}) {
			t.Errorf("after %s Enter wants %v, want %d", step.action, got, step.want)
		}
		item, _ := p.Current()
		if !strings.Contains(screen(p), item.Outlet) {
			t.Errorf("after %s the cursor is out of sight:%s", step.action, screen(p))
		}
	}
	for _, action := range []keys.Action{keys.Back, keys.Compare} {
		if _, ok := p.Act(action).(pane.Close); !ok {
			t.Errorf("%s does not close it", action)
		}
	}
	if _, ok := p.Act(keys.Save).(pane.Ignored); !ok {
		t.Error("what means nothing here is not ignored")
	}
}

func TestATellingHigherThanThePaneIsScrolled(t *testing.T) {
	p := New(dark, now)
	p.Resize(30, 5)
	list := four()[:2]
	list[0].Lead = strings.Repeat("More and more water came. ", 8) + "The end."
	p.SetTellings(list, len(list))
	if p.Note() != "2 outlets, more below" {
		t.Errorf("note %q", p.Note())
	}
	seen := ""
	for range 6 {
		if item, _ := p.Current(); item.ID != 1 {
			break
		}
		p.Act(keys.Down)
		seen += screen(p)
	}
	if !strings.Contains(seen, "The end.") || !strings.Contains(screen(p), "Ledger") {
		t.Errorf("walking down does not show all:%s", seen)
	}
	p.Act(keys.Up)
	for range 6 {
		p.Act(keys.Up)
	}
	if got := screen(p); !strings.Contains(got, "Harbour Times") {
		t.Errorf("walking up does not lead to the beginning:%s", got)
	}
	p.Scroll(100)
	if item, _ := p.Current(); item.ID != 2 {
		t.Errorf("scrolled to the end the cursor stays on %d", item.ID)
	}
}

func TestALongLeadEndsInAnEllipsis(t *testing.T) {
	p := New(dark, now)
	p.Resize(40, 60)
	list := four()[:2]
	list[0].Lead = strings.Repeat("wörter ", 200)
	p.SetTellings(list, len(list))
	if got := screen(p); strings.Count(got, "…") != 1 || strings.Count(got, "wörter") > 90 {
		t.Errorf("drawn:%s", got)
	}
}

// Of two that told it on one day it is shown who was first.
func TestWhenAStoryOfDaysWasTold(t *testing.T) {
	list := four()[:3]
	for i, ago := range []time.Duration{26 * time.Hour, 27 * time.Hour, 9 * 24 * time.Hour} {
		list[i].Item.Published = now.Add(-ago)
	}
	p := New(dark, now)
	p.Resize(60, 20)
	p.SetTellings(list, len(list))
	for _, want := range []string{"Friday 07:30\n", "Friday 06:30\n", "9 days ago\n"} {
		if !strings.Contains(screen(p), want) {
			t.Errorf("%q is not in%s", want, screen(p))
		}
	}
}

func TestWithoutTellings(t *testing.T) {
	p := New(dark, now)
	p.Resize(50, 4)
	if got := screen(p); got != "\n Gathering the outlets …\n" {
		t.Errorf("while they are read:%s", got)
	}
	p.SetTellings(nil, 0)
	if got := screen(p); got != "\n No other outlet tells this story yet.\n" {
		t.Errorf("of nothing:%s", got)
	}
	p.SetError("The library could not be read.")
	if got := screen(p); got != "\n The library could not be read.\n" {
		t.Errorf("when it fails:%s", got)
	}
}

func FuzzEverySizeIsExact(f *testing.F) {
	f.Add(160, 20, "Outlet", "A headline", "It is told.", byte(7))
	f.Add(0, 0, "", "", "", byte(0))
	f.Add(76, 0, "x", "x", "x", byte(0))
	f.Add(1, 1, "漢", "漢字", "字", byte(1))
	f.Add(98, 30, strings.Repeat("long ", 50), "क्षि 👨‍👩‍👧\nx", strings.Repeat("字", 600), byte(9))
	f.Fuzz(func(t *testing.T, width, height int, outlet, title, lead string, n byte) {
		if width < 0 || width > 250 || height < 0 || height > 100 || len(title)+len(lead) > 4000 || len(outlet) > 500 {
			return
		}
		var list []Telling
		for i := range int(n % 9) {
			list = append(list, told(feeds.ArticleID(i+1), outlet, title+strings.Repeat("x", i), lead[:len(lead)*i/9]))
		}
		p := New(theme.New(theme.Variant(n%3), cells.Measure(n%2)), now)
		p.Wanted(width, height)
		p.Resize(width, height)
		p.SetTellings(list, len(list))
		for _, action := range []keys.Action{keys.None, keys.Down, keys.Right, keys.PageDown, keys.Bottom, keys.Up, keys.PageUp} {
			p.Act(action)
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
	})
}

func BenchmarkLines(b *testing.B) {
	p := shown(154, 40)
	b.ReportAllocs()
	for b.Loop() {
		p.Lines(true)
	}
}
