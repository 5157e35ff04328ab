package digest

import (
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/gist"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

var (
	now  = time.Date(2026, 3, 14, 9, 30, 0, 0, time.UTC)
	dark = theme.New(theme.Dark, cells.Wc)
)

func shown(width, height int) *Pane {
	p := New(dark, now)
	item := func(id feeds.ArticleID, outlet string) feeds.Item {
		at := now.Add(-time.Duration(id) * time.Hour)
		return feeds.Item{Article: feeds.Article{ID: id, Outlet: outlet, Published: at, Fetched: at}}
	}
	p.Resize(width, height)
	p.SetQuotes("Storm floods quay", []gist.Said{{Item: item(2, "Harbour Times"), Text: "The water came at four."}, {Item: item(1, "Ledger"), Text: "Nobody was hurt."}})
	return p
}

func screen(p *Pane) string {
	var lines []string
	for _, l := range p.Lines(true) {
		lines = append(lines, strings.TrimRight(cells.Strip(l), " "))
	}
	return "\n" + strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

func TestEachSentenceNamesItsOutlet(t *testing.T) {
	p := shown(40, 8)
	want := `
 ● Harbour Times                2 h ago
   The water came at four.

 ● Ledger                       1 h ago
   Nobody was hurt.
`
	if got := screen(p); got != want {
		t.Errorf("got%swant%s", got, want)
	}
	if p.Title() != "In brief · Storm floods quay" || p.Note() != "2 sentences, 2 outlets" {
		t.Errorf("title %q, note %q", p.Title(), p.Note())
	}
	read := true
	p.SetStatus([]feeds.ArticleID{1}, feeds.StatusChange{Read: &read})
	if got := screen(p); strings.Contains(got, "● Ledger") || !strings.Contains(got, "● Harbour") {
		t.Errorf("once one is read:%s", got)
	}
}

func TestEnterOpensTheArticleAtTheSentence(t *testing.T) {
	p := shown(40, 8)
	p.Act(keys.Down)
	if got := p.Act(keys.Enter); got != (pane.OpenArticle{ID: 1, Trail: true, Words: "Nobody was hurt."}) {
		t.Errorf("Enter wants %+v", got)
	}
	if item, ok := p.Current(); !ok || item.ID != 1 {
		t.Errorf("current %v, %v", item.ID, ok)
	}
	p.Scroll(-3)
	if item, _ := p.Current(); item.ID != 2 {
		t.Errorf("the wheel leads to %d", item.ID)
	}
	for _, action := range []keys.Action{keys.Back, keys.Gist} {
		if _, closes := p.Act(action).(pane.Close); !closes {
			t.Errorf("%s does not close it", action)
		}
	}
	if _, ignored := p.Act(keys.Compare).(pane.Ignored); !ignored {
		t.Error("what means nothing here is not ignored")
	}
}

func TestInItsPlace(t *testing.T) {
	p := New(dark, now)
	p.Resize(50, 3)
	if got := screen(p); got != "\n Reading the story …\n" {
		t.Errorf("while it is read:%s", got)
	}
	p.SetQuotes("", nil)
	if got := screen(p); !strings.Contains(got, "The feeds give no text for this story") || p.Note() != "" {
		t.Errorf("of nothing:%s", got)
	}
	if _, ok := p.Current(); ok || p.Act(keys.Enter) != nil {
		t.Error("nothing can be opened")
	}
	p.SetError("The library could not be read.")
	if got := screen(p); got != "\n The library could not be read.\n" {
		t.Errorf("when it fails:%s", got)
	}
}

func TestEverySizeIsExact(t *testing.T) {
	for _, size := range [][2]int{{0, 0}, {1, 1}, {2, 5}, {17, 3}, {84, 30}} {
		for _, p := range []*Pane{shown(size[0], size[1]), New(dark, now)} {
			p.Resize(size[0], size[1])
			lines := p.Lines(true)
			if len(lines) != size[1] {
				t.Errorf("%d lines in %v", len(lines), size)
			}
			for _, l := range lines {
				if w := cells.Width(dark.Measure, l); w != size[0] {
					t.Errorf("a line of %d columns in %v: %q", w, size, l)
				}
			}
		}
	}
}
