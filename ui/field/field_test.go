package field

import (
	"strings"
	"testing"

	"broadsheet/ui/cells"
	"broadsheet/ui/line"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

func TestTypingAndErasing(t *testing.T) {
	f := Field{Most: 20}
	f.Set("last query", true)
	f.Type("two")
	f.Type(" words\n\x1b[2Jé")
	if got, want := f.Text(), "two words [2Jé"; got != want {
		t.Errorf("typed %q, want %q", got, want)
	}
	f.Edit(pane.EraseLetter)
	f.Edit(pane.EraseWord)
	if got, want := f.Text(), "two words "; got != want {
		t.Errorf("after erasing %q, want %q", got, want)
	}
	f.Type(strings.Repeat("é", 30))
	if got, want := f.Text(), "two words éééé"; !strings.HasPrefix(got, want) || len(got) > 20 {
		t.Errorf("a long paste gives %q", got)
	}
	f.Edit(pane.EraseAll)
	f.Edit(pane.EraseLetter)
	f.Edit(pane.EraseWord)
	if f.Text() != "" {
		t.Errorf("after erasing all %q", f.Text())
	}
	path := Field{Most: 100, Part: '/'}
	path.Set("/home/ana/news.md", false)
	path.Edit(pane.EraseWord)
	path.Edit(pane.EraseWord)
	if got := path.Text(); got != "/home/" {
		t.Errorf("of a path is left %q", got)
	}
}

func TestTheEndOfALongTextIsShown(t *testing.T) {
	th := theme.New(theme.Plain, cells.Wc)
	var row line.Builder
	f := Field{Most: 100}
	f.Set("漢字漢字 and the end", false)
	row.Reset(th, 14)
	f.Draw(&row, th, th.Text, 2)
	if got, want := row.String(), " and the end▏ "; cells.Width(cells.Wc, got) != 14 || !strings.Contains(cells.Strip(got), "the end▏") {
		t.Errorf("drawn %q, want about %q", got, want)
	}
}
