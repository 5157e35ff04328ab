package status

import (
	"slices"
	"strings"
	"testing"

	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

func TestDraw(t *testing.T) {
	hints := []Hint{{"Enter", "open"}, {"?", "help"}, {"Q", "quit"}}
	for _, c := range []struct {
		name  string
		width int
		set   func(*Line)
		want  string
	}{
		{"hints", 40, func(*Line) {}, "             Enter open  ? help  Q quit "},
		{"fewer hints where there is less room", 20, func(*Line) {}, " Enter open  ? help "},
		{"none", 5, func(*Line) {}, "     "},
		{"a message takes their room", 40, func(l *Line) { l.Say(Error, "The library\ncannot be written") }, " The library cannot be written          "},
		{"a long message lies above", 20, func(l *Line) { l.Say(Info, "Marked 1,234 articles read.") }, " Enter open  ? help "},
		{"offline", 30, func(l *Line) { l.SetOffline(true) }, " offline   Enter open  ? help "},
		{"progress", 70, func(l *Line) { l.Progress(6, 12) }, " ━━━━━━━━──────── 6/12                     Enter open  ? help  Q quit "},
		{"progress on a narrow screen", 30, func(l *Line) { l.Progress(6, 12) }, " 6/12      Enter open  ? help "},
		{"progress over", 40, func(l *Line) { l.Progress(6, 12); l.Stop() }, "             Enter open  ? help  Q quit "},
		{"what else goes on", 60, func(l *Line) { l.Task(Marking, "marking …"); l.Task(Packing, "packing 3/40") }, " packing 3/40  marking …         Enter open  ? help  Q quit "},
		{"what else has ended", 60, func(l *Line) { l.Task(Marking, "marking …"); l.Task(Packing, "packing 3/40"); l.Task(Packing, "") }, " marking …                       Enter open  ? help  Q quit "},
		{"progress of nothing", 70, func(l *Line) { l.Progress(0, 0) }, " ──────────────── 0/0                      Enter open  ? help  Q quit "},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := New(theme.New(theme.Plain, cells.Wc))
			l.SetHints(hints)
			c.set(l)
			got := cells.Strip(l.Draw(c.width))
			if got != c.want {
				t.Errorf("got\n%q, want\n%q", got, c.want)
			}
			for width := range 100 {
				for _, row := range append(l.Above(width), l.Draw(width)) {
					if w := cells.Width(cells.Wc, row); w != width {
						t.Errorf("%d cells wide, want %d", w, width)
					}
				}
			}
		})
	}
}

func TestWhatIsLongerThanTheLineLiesAboveIt(t *testing.T) {
	l := New(theme.New(theme.Plain, cells.Wc))
	l.Say(Error, "Marked 1,234 articles read.")
	if rows := l.Above(40); rows != nil {
		t.Errorf("a message that fits lies above the line too: %q", rows)
	}
	want := []string{" Marked 1,234       ", " articles read.     "}
	if got := l.Above(20); !slices.EqualFunc(got, want, func(g, w string) bool { return cells.Strip(g) == w }) {
		t.Errorf("got %q, want %q", got, want)
	}
	l.Task(Packing, "packing 3/40 · 12 kB") // what goes on takes its room
	if got := l.Above(40); len(got) != 1 {
		t.Errorf("beside a task it is %q", got)
	}
	l.Say(Info, strings.Repeat("on and ", 60))
	if got := l.Above(40); len(got) != 3 || !strings.Contains(got[2], "…") {
		t.Errorf("without end: %q", got)
	}
}
