package help

import (
	"strings"
	"testing"

	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

func TestEveryBindingIsThereAtAnySize(t *testing.T) {
	b := keys.Default()
	for _, size := range [][2]int{{40, 10}, {60, 100}, {120, 40}, {200, 60}} {
		p := New(theme.New(theme.Plain, cells.Wc), b, "Keys")
		w, h := p.Wanted(size[0], size[1])
		if w > size[0] || h > size[1] {
			t.Fatalf("of %v it wants %dx%d", size, w, h)
		}
		p.Resize(w, h)
		seen := ""
		for range 80 {
			for _, l := range p.Lines(true) {
				if n := cells.Width(cells.Wc, l); n != w {
					t.Fatalf("a line is %d cells wide, want %d: %q", n, w, l)
				}
			}
			seen += cells.Strip(strings.Join(p.Lines(true), "\n")) + "\n"
			p.Act(keys.Down)
		}
		for _, sign := range []string{"●", "★", "≡", "±", "▲", "◆", "!"} {
			if !strings.Contains(seen, sign) {
				t.Errorf("at %v %s is not told", size, sign)
			}
		}
		for _, r := range b.Rows() {
			if !strings.Contains(seen, keys.Names(r.Keys)) || w > 60 && !strings.Contains(seen, r.Does) {
				t.Errorf("at %v there is no %q, %q", size, keys.Names(r.Keys), r.Does)
			}
		}
	}
}

func TestRemappedKeysShow(t *testing.T) {
	b := keys.Default()
	if err := b.Remap(map[string][]string{"save": {"ctrl+b"}, "undo": {}}); err != nil {
		t.Fatal(err)
	}
	p := New(theme.New(theme.Plain, cells.Wc), b, "Keys")
	p.Resize(60, 100)
	text := cells.Strip(strings.Join(p.Lines(true), "\n"))
	if !strings.Contains(text, "Ctrl-b") || strings.Contains(text, "undo the last mark") {
		t.Errorf("the help does not tell the bindings in force:\n%s", text)
	}
}

func TestItClosesAndScrolls(t *testing.T) {
	p := New(theme.New(theme.Plain, cells.Wc), keys.Default(), "Keys")
	p.Resize(50, 5)
	first := strings.Join(p.Lines(true), "\n")
	if p.Note() == "" {
		t.Error("nothing tells that there is more")
	}
	p.Act(keys.Bottom)
	if strings.Join(p.Lines(true), "\n") == first || p.Note() != "" {
		t.Error("it does not go to the end")
	}
	p.Act(keys.PageUp)
	p.Act(keys.PageDown)
	p.Act(keys.Up)
	p.Act(keys.Top)
	if strings.Join(p.Lines(true), "\n") != first {
		t.Error("it does not come back")
	}
	for _, a := range []keys.Action{keys.Back, keys.Help, keys.Enter} {
		if p.Act(a) != (pane.Close{}) {
			t.Errorf("%s does not close it", a)
		}
	}
}
