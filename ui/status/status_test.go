package status

import (
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
		{"a long message is cut", 20, func(l *Line) { l.Say(Info, "Marked 1,234 articles read.") }, " Marked 1,234 arti… "},
		{"offline", 30, func(l *Line) { l.SetOffline(true) }, " offline   Enter open  ? help "},
		{"progress", 70, func(l *Line) { l.Progress(6, 12) }, " ━━━━━━━━──────── 6/12                     Enter open  ? help  Q quit "},
		{"progress on a narrow screen", 30, func(l *Line) { l.Progress(6, 12) }, " 6/12      Enter open  ? help "},
		{"progress over", 40, func(l *Line) { l.Progress(6, 12); l.Stop() }, "             Enter open  ? help  Q quit "},
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
				if w := cells.Width(cells.Wc, l.Draw(width)); w != width {
					t.Errorf("%d cells wide, want %d", w, width)
				}
			}
		})
	}
}
