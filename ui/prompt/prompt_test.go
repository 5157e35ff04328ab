package prompt

import (
	"strings"
	"testing"

	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

var dark = theme.New(theme.Dark, cells.Wc)

func drawn(p *Pane) string { return strings.TrimRight(cells.Strip(p.Lines(true)[0]), " ") }

func TestAPromptAsksForOneText(t *testing.T) {
	p := New(dark, "Find", "harbour")
	p.Resize(40, 1)
	if got := drawn(p); got != " Find: harbour▏" {
		t.Errorf("offered: %q", got)
	}
	if got := p.Act(keys.Enter); got != (pane.Entered{Text: "harbour"}) {
		t.Errorf("Enter gives %v", got)
	}
	if got := p.Type("br"); got != (pane.Typed{Text: "br"}) {
		t.Errorf("typing gives %v", got)
	}
	p.SetNote("3 of 17")
	if got := drawn(p); got != " Find: br▏                      3 of 17" {
		t.Errorf("with a note: %q", got)
	}
	if got := p.Edit(pane.EraseLetter); got != (pane.Typed{Text: "b"}) {
		t.Errorf("erasing gives %v", got)
	}
	if got := p.Act(keys.Back); got != (pane.Close{}) {
		t.Errorf("Esc gives %v", got)
	}
}

func TestAnOfferedPathIsTypedOn(t *testing.T) {
	p := NewPath(dark, "Save as", "/home/ana/vote.md")
	p.Edit(pane.EraseWord)
	if got := p.Type("a.html"); got != (pane.Typed{Text: "/home/ana/a.html"}) {
		t.Errorf("typed: %v", got)
	}
}

func TestEveryWidthIsExact(t *testing.T) {
	p := New(dark, "Find", "")
	p.Type(strings.Repeat("漢字 word ", 20))
	p.SetNote("3 of 17")
	for width := range 60 {
		p.Resize(width, 1)
		if w := cells.Width(cells.Wc, p.Lines(true)[0]); w != width {
			t.Errorf("%d columns of %d", w, width)
		}
	}
}
