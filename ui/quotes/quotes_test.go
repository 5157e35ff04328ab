package quotes

import (
	"strings"
	"testing"

	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/theme"
)

var dark = theme.New(theme.Dark, cells.Wc)

func three() []Quote {
	return []Quote{
		{Text: "The water came at four in the morning.", By: "Harbour Times", When: "2 h ago", Mark: true},
		{Text: "Nobody was hurt.", By: "Harbour Times", When: "2 h ago"},
		{Text: "The quay is closed.", By: "Radio", When: "1 h ago"},
	}
}

func drawn(l *List, width, height int) string {
	var out []string
	for _, line := range l.Append(nil, dark, width, height, true) {
		out = append(out, strings.TrimRight(cells.Strip(line), " "))
	}
	return "\n" + strings.Join(out, "\n") + "\n"
}

func TestQuotesUnderTheirOutlets(t *testing.T) {
	var l List
	l.Set(three())
	want := `
● Harbour Times        2 h ago
  The water came at four in
  the morning.

  Nobody was hurt.

  Radio                1 h ago
  The quay is closed.
`
	if got := drawn(&l, 30, 20); got != want {
		t.Errorf("got%swant%s", got, want)
	}
	if n := l.Height(dark, 30); n != 8 {
		t.Errorf("height %d", n)
	}
}

func TestWhatIsWrittenFromTheRightStandsThere(t *testing.T) {
	var l List
	l.Set([]Quote{{Text: "وصل القارب."}})
	if got := drawn(&l, 30, 1); got != "\n"+strings.Repeat(" ", 19)+"وصل القارب.\n" {
		t.Errorf("got %q", got)
	}
}

func TestTheCursorStaysInSight(t *testing.T) {
	var l List
	l.Set(three())
	drawn(&l, 30, 3)
	for _, step := range []struct {
		action keys.Action
		want   int
		shows  string
	}{
		{keys.Down, 1, "Nobody"}, {keys.Down, 2, "closed"}, {keys.Down, 2, "closed"}, {keys.Up, 1, "Nobody"}, {keys.Top, 0, "Harbour Times"},
		{keys.Bottom, 2, "Radio"}, {keys.PageUp, 0, "water"}, {keys.PageUp, 0, "water"}, {keys.PageDown, 1, "Nobody"},
	} {
		if !l.Act(step.action, 3) || l.Cursor() != step.want {
			t.Errorf("after %s the cursor is on %d, want %d", step.action, l.Cursor(), step.want)
		}
		if got := drawn(&l, 30, 3); !strings.Contains(got, step.shows) {
			t.Errorf("after %s:%s", step.action, got)
		}
	}
	if l.Act(keys.Enter, 3) {
		t.Error("Enter moves the cursor")
	}
}

func TestNoQuotes(t *testing.T) {
	var l List
	if l.Cursor() != -1 || l.Append(nil, dark, 30, 5, true) != nil {
		t.Error("an empty list has something in it")
	}
	l.Act(keys.Down, 5)
	if l.Cursor() != -1 {
		t.Error("the cursor moves where nothing is")
	}
}

func FuzzEverySizeIsExact(f *testing.F) {
	f.Add(30, 10, "漢字の文。", "Outlet")
	f.Add(0, 0, "x", "")
	f.Add(3, 2, strings.Repeat("long ", 400), "क्षि 👨‍👩‍👧\nx")
	f.Fuzz(func(t *testing.T, width, height int, text, by string) {
		if width < 0 || width > 200 || height < 0 || height > 60 || len(text) > 4000 || len(by) > 500 {
			return
		}
		var l List
		l.Set([]Quote{{Text: text, By: by, When: "1 h ago"}, {Text: by, By: text}})
		for _, action := range []keys.Action{keys.None, keys.Down, keys.PageUp, keys.Bottom} {
			l.Act(action, height)
			lines := l.Append(nil, dark, width, height, false)
			if len(lines) > height {
				t.Fatalf("%d lines in a list of %d", len(lines), height)
			}
			for _, line := range lines {
				if w := cells.Width(dark.Measure, line); w != width {
					t.Fatalf("a line of %d columns in a list of %d: %q", w, width, line)
				}
			}
		}
	})
}
