package layout

import (
	"fmt"
	"strings"
	"testing"

	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

// drawn is the frame of a screen with each pane filled by its first letter.
func drawn(width, height int, focus Pane, splits Splits) string {
	s := Compute(width, height, focus, splits)
	if s.TooSmall {
		return "too small"
	}
	names := [Panes]string{"Feeds", "Headlines", "Article", "Related"}
	var lines [Panes][]string
	var labels [Panes]Label
	for p := range Panes {
		labels[p] = Label{Title: names[p]}
		for range s.Panes[p].H {
			lines[p] = append(lines[p], strings.Repeat(strings.ToLower(names[p][:1]), s.Panes[p].W))
		}
	}
	f := NewFrame(theme.New(theme.Plain, cells.Wc), s, focus, &labels)
	return cells.Strip(string(f.Append(nil, &lines)))
}

func TestArrangements(t *testing.T) {
	for _, c := range []struct {
		name          string
		width, height int
		focus         Pane
		want          string
	}{
		{"narrow shows one pane", 40, 8, Headlines, `
╭ Headlines ───────────────────────────╮
│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│
│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│
│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│
│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│
│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│
╰──────────────────────────────────────╯
`},
		{"medium stacks", 80, 17, Headlines, `
╭ Headlines ───────────────────────────────────────────────────────────────────╮
│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│
│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│
│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│
│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│
│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│
├ Article ───────────────────────────────────────────┬ Related ────────────────┤
│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrr│
│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrr│
│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrr│
│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrr│
│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrr│
│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrr│
│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrr│
│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrr│
╰────────────────────────────────────────────────────┴─────────────────────────╯
`},
		{"in medium the feeds slide in", 80, 17, Feeds, `
╭ Feeds ───────────────────┬ Headlines ────────────────────────────────────────╮
│ffffffffffffffffffffffffff│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│
│ffffffffffffffffffffffffff│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│
│ffffffffffffffffffffffffff│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│
│ffffffffffffffffffffffffff│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│
│ffffffffffffffffffffffffff│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│
├ Article ─────────────────┴─────────────────────────┬ Related ────────────────┤
│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrr│
│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrr│
│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrr│
│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrr│
│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrr│
│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrr│
│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrr│
│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrr│
╰────────────────────────────────────────────────────┴─────────────────────────╯
`},
		{"wide has them all", 120, 18, Feeds, `
╭ Feeds ─────────────────┬ Headlines ─────────────────────────────────────────────────┬ Related ───────────────────────╮
│ffffffffffffffffffffffff│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr│
│ffffffffffffffffffffffff│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr│
│ffffffffffffffffffffffff│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr│
│ffffffffffffffffffffffff│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr│
│ffffffffffffffffffffffff│hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh│rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr│
│ffffffffffffffffffffffff├ Article ───────────────────────────────────────────────────┤rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr│
│ffffffffffffffffffffffff│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr│
│ffffffffffffffffffffffff│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr│
│ffffffffffffffffffffffff│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr│
│ffffffffffffffffffffffff│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr│
│ffffffffffffffffffffffff│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr│
│ffffffffffffffffffffffff│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr│
│ffffffffffffffffffffffff│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr│
│ffffffffffffffffffffffff│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr│
│ffffffffffffffffffffffff│aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa│rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr│
╰────────────────────────┴────────────────────────────────────────────────────────────┴────────────────────────────────╯
`},
		{"too small", 20, 5, Headlines, "\ntoo small"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, want := drawn(c.width, c.height, c.focus, Splits{}), strings.TrimPrefix(c.want, "\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestEveryScreenIsWhole(t *testing.T) {
	for width := 1; width <= 210; width += 7 {
		for height := 1; height <= 64; height += 5 {
			for focus := range Panes {
				for _, splits := range []Splits{{}, {Feeds: 99, Related: 99, Middle: 99}, {Feeds: -99, Related: -99, Middle: -99}, {Feeds: 7, Related: -5, Middle: 3}} {
					checkWhole(t, width, height, focus, splits)
				}
			}
		}
	}
}

func checkWhole(t *testing.T, width, height int, focus Pane, splits Splits) {
	t.Helper()
	at := fmt.Sprintf("%dx%d, focus %d, splits %v", width, height, focus, splits)
	s := Compute(width, height, focus, splits)
	if s.TooSmall {
		if width >= minWidth && height >= minHeight {
			t.Errorf("%s: too small", at)
		}
		return
	}
	if !s.Shows(focus) {
		t.Fatalf("%s: the pane that has the keys is not shown", at)
	}
	if again := Compute(width, height, focus, s.Splits); again != s {
		t.Errorf("%s: the splits settled on give another screen", at)
	}
	for p, r := range s.Panes {
		if r.W < 0 || r.H < 0 || r.W > 0 && (r.H < 3 || r.X+r.W >= width || r.Y+r.H >= height-1) {
			t.Fatalf("%s: pane %d lies at %+v", at, p, r)
		}
	}
	rows := strings.Split(strings.TrimSuffix(drawn(width, height, focus, splits), "\n"), "\n")
	if len(rows) != height-1 {
		t.Fatalf("%s: %d rows", at, len(rows))
	}
	for y, row := range rows {
		if w := cells.Width(cells.Wc, row); w != width {
			t.Fatalf("%s: row %d is %d cells wide: %s", at, y, w, row)
		}
	}
}

func TestSplitsMoveBorders(t *testing.T) {
	usual := Compute(140, 40, Headlines, Splits{})
	moved := Compute(140, 40, Headlines, Splits{Feeds: 4, Related: -6, Middle: 5})
	for p, want := range [Panes]Rect{{W: 4}, {W: 2, H: 5}, {W: 2, H: -5}, {W: -6}} {
		got := Rect{W: moved.Panes[p].W - usual.Panes[p].W, H: moved.Panes[p].H - usual.Panes[p].H}
		if got != want {
			t.Errorf("pane %d changed by %+v, want %+v", p, got, want)
		}
	}
}

func TestAtFindsThePane(t *testing.T) {
	s := Compute(120, 40, Headlines, Splits{})
	for p, r := range s.Panes {
		if got, ok := s.At(r.X, r.Y); !ok || got != Pane(p) {
			t.Errorf("at %d,%d: %v %v, want pane %d", r.X, r.Y, got, ok, p)
		}
		if _, ok := s.At(r.X-1, r.Y); ok {
			t.Errorf("the border at %d,%d belongs to a pane", r.X-1, r.Y)
		}
	}
}

func TestLabelsAreCutToTheirPane(t *testing.T) {
	s := Compute(40, 8, Headlines, Splits{})
	labels := [Panes]Label{Headlines: {Title: "東京で桜が満開になり大勢の人が訪れた公園の様子を伝える", Note: "120 unread"}}
	lines := [Panes][]string{Headlines: {"", "", "", "", ""}}
	f := NewFrame(theme.New(theme.Dark, cells.Wc), s, Headlines, &labels)
	first, _, _ := strings.Cut(cells.Strip(string(f.Append(nil, &lines))), "\n")
	if w := cells.Width(cells.Wc, first); w != 40 {
		t.Errorf("%d cells wide: %s", w, first)
	}
	if !strings.Contains(first, "… ") || !strings.HasSuffix(first, "─ 120 unread ─╮") {
		t.Errorf("the title is not cut with an ellipsis before the note: %s", first)
	}
	labels[Headlines].Note = strings.Repeat("so much to say ", 2)
	first, _, _ = strings.Cut(cells.Strip(string(NewFrame(theme.New(theme.Dark, cells.Wc), s, Headlines, &labels).Append(nil, &lines))), "\n")
	if !strings.Contains(first, "大勢") || strings.Contains(first, "so much") {
		t.Errorf("a long note takes the room of the title: %s", first)
	}
}

func TestReadingGetsMoreOfALowScreen(t *testing.T) {
	for _, c := range []struct {
		height  int
		focus   Pane
		article int
	}{{24, Headlines, 12}, {24, Article, 15}, {24, Related, 15}, {50, Headlines, 28}, {50, Article, 28}} {
		if got := Compute(100, c.height, c.focus, Splits{}).Panes[Article].H; got != c.article {
			t.Errorf("of %d rows the article has %d with focus on %d, want %d", c.height, got, c.focus, c.article)
		}
	}
}
