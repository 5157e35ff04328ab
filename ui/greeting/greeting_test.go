package greeting

import (
	"strings"
	"testing"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

func sample() *Pane {
	var editions []feeds.Edition
	for _, name := range []string{"Australia", "Österreich", "世界"} {
		editions = append(editions, feeds.Edition{Name: name, Title: name, Feeds: []feeds.Feed{{Title: name + " 1"}, {Title: name + " 2"}}})
	}
	p := New(theme.New(theme.Plain, cells.Wc), editions)
	p.Resize(50, 10)
	return p
}

func picture(p *Pane) string {
	rows := strings.Split(cells.Strip(strings.Join(p.Lines(true), "\n")), "\n")
	for i := range rows {
		rows[i] = strings.TrimRight(rows[i], " ")
	}
	return "\n" + strings.Join(rows, "\n") + "\n"
}

func TestTheGreetingSaysHowASingleFeedIsAdded(t *testing.T) {
	p := sample()
	p.Resize(80, 23)
	if got := picture(p); !strings.Contains(got, "broadsheet add URL.") {
		t.Error(got)
	}
	p.Resize(40, 9) // no room for half of it
	if got := picture(p); strings.Contains(got, "A single feed") || !strings.Contains(got, "Look at the demo") {
		t.Error(got)
	}
}

func TestChoosingEditions(t *testing.T) {
	p := sample()
	p.Act(keys.Enter)
	p.Act(keys.PageDown)
	p.Act(keys.Bottom)
	p.Act(keys.PageDown)
	want := `
               B R O A D S H E E T
      ──────────────────────────────────────
   4 feeds chosen.

   [x] Australia                         2 feeds
   [ ] Österreich                        2 feeds
 ▌ [x] 世界                              2 feeds



`
	if got := picture(p); got != want {
		t.Errorf("got%swant%s", got, want)
	}
	in, ok := p.Act(keys.Enter).(pane.Subscribe)
	if !ok || len(in.Feeds) != 4 || in.Feeds[3].Title != "世界 2" {
		t.Errorf("it asks for %+v", in)
	}
}

func TestNothingTickedMeansTheOneUnderTheCursor(t *testing.T) {
	p := sample()
	p.Act(keys.Enter)
	p.Act(keys.Down)
	in, ok := p.Act(keys.Enter).(pane.Subscribe)
	if !ok || len(in.Feeds) != 2 || in.Feeds[0].Title != "Österreich 1" {
		t.Errorf("it asks for %+v", in)
	}
}

func TestTypingAPath(t *testing.T) {
	p := sample()
	p.Act(keys.Down)
	p.Act(keys.Enter)
	if !p.Typing() {
		t.Fatal("the path cannot be typed")
	}
	p.Type("~/news")
	p.Type("/mine\n\x1b[31m.opml")
	p.Edit(pane.EraseLetter)
	if in := p.Act(keys.Enter); in != (pane.ImportFile{Path: "~/news/mine [31m.opm"}) {
		t.Errorf("it asks for %#v", in)
	}
	p.Edit(pane.EraseWord)
	if in := p.Act(keys.Enter); in != (pane.ImportFile{Path: "~/news/"}) {
		t.Errorf("it asks for %#v", in)
	}
	p.Edit(pane.EraseAll)
	p.Edit(pane.EraseLetter)
	if in := p.Act(keys.Enter); in != nil {
		t.Errorf("without a path it asks for %#v", in)
	}
	p.Fail("/x is no OPML file.")
	if !strings.Contains(picture(p), "/x is no OPML file.") {
		t.Errorf("it does not say what went wrong:%s", picture(p))
	}
	p.Act(keys.Back)
	if p.Typing() {
		t.Error("going back does not end the typing")
	}
}

func TestEverySizeIsWhole(t *testing.T) {
	for width := range 90 {
		for _, height := range []int{0, 1, 3, 7, 15, 16, 30} {
			for page := pageChoices; page <= pageImport; page++ {
				p := sample()
				p.page = page
				p.Type(strings.Repeat("世界/long/", 20))
				p.Fail("What was asked for could not be done, and this says why at some length.")
				p.Resize(width, height)
				lines := p.Lines(true)
				if len(lines) != height {
					t.Fatalf("page %d at %dx%d has %d lines", page, width, height, len(lines))
				}
				for _, l := range lines {
					if w := cells.Width(cells.Wc, l); w != width {
						t.Fatalf("page %d at %dx%d has a line of %d cells: %q", page, width, height, w, l)
					}
				}
			}
		}
	}
}
