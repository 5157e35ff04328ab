package history

import (
	"strings"
	"testing"
	"time"

	"broadsheet/ui/cells"
	"broadsheet/ui/keys"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

var (
	now  = time.Date(2026, 3, 14, 9, 30, 0, 0, time.UTC)
	dark = theme.New(theme.Dark, cells.Wc)
)

func versions() []Version {
	same := "One.\nTwo.\nThree.\n"
	return []Version{
		{"Bridge to cost 32 million", same + "It costs 32 million crowns.", now.Add(-5 * time.Hour)},
		{"Bridge to cost 23 million", same + "It costs 23 million crowns.", now.Add(-2 * time.Hour)},
		{"Bridge to cost 23 million", same + "It costs 23 million crowns. Work begins in May.", time.Time{}},
	}
}

func shown(width, height int) *Pane {
	p := New(dark, now)
	p.Resize(width, height)
	p.SetVersions("Harbour Times", versions())
	for step := range 2 {
		before, after, _ := p.Versions(step)
		p.SetChanges(step, Compare(before, after))
	}
	return p
}

func screen(p *Pane) string {
	var lines []string
	for _, l := range p.Lines(true) {
		lines = append(lines, strings.TrimRight(cells.Strip(l), " "))
	}
	return "\n" + strings.TrimRight(strings.Join(lines, "\n"), "\n") + "\n"
}

func TestAnEditIsToldBySigns(t *testing.T) {
	p := shown(60, 12)
	p.Act(keys.Left)
	want := `
 First version, seen 5 h ago → version 2, seen 2 h ago
 [-gone] [+added]

 Bridge to cost [-32] [+23] million

 … 3 paragraphs unchanged …

 It costs [-32] [+23] million crowns.
`
	if got := screen(p); got != want {
		t.Errorf("got%swant%s", got, want)
	}
	if p.Title() != "Edits · Harbour Times" || p.Note() != "edit 1 of 2" {
		t.Errorf("title %q, note %q", p.Title(), p.Note())
	}
}

func TestAnEditIsToldByStyleToo(t *testing.T) {
	all := strings.Join(shown(60, 12).Lines(true), "\n")
	if !strings.Contains(all, dark.Added.Render("[+Work begins in May.]")) {
		t.Errorf("what was added has no style of its own: %q", all)
	}
}

func TestWalkingAsksForWhatIsNotCompared(t *testing.T) {
	p := New(dark, now)
	p.Resize(60, 12)
	if got := screen(p); got != "\n Reading the versions …\n" {
		t.Errorf("while they are read:%s", got)
	}
	p.SetVersions("Harbour Times", versions())
	if p.Step() != 1 || !strings.Contains(screen(p), "Comparing …") {
		t.Errorf("step %d:%s", p.Step(), screen(p))
	}
	if got := p.Act(keys.Left); got != (pane.NeedEdits{Step: 0}) {
		t.Errorf("walking wants %v", got)
	}
	if got := p.Act(keys.Left); got != nil {
		t.Errorf("before the first version it wants %v", got)
	}
	before, after, _ := p.Versions(0)
	p.SetChanges(0, Compare(before, after))
	p.Act(keys.Right)
	if got := p.Act(keys.Left); got != nil {
		t.Errorf("what was compared is asked for again: %v", got)
	}
	for _, action := range []keys.Action{keys.Back, keys.Edits} {
		if _, closes := p.Act(action).(pane.Close); !closes {
			t.Errorf("%s does not close it", action)
		}
	}
}

func TestTheFirstVersionCanBeRead(t *testing.T) {
	p := shown(60, 12)
	p.Act(keys.Left)
	p.Act(keys.Enter)
	want := `
 As it stood first, seen 5 h ago

 Bridge to cost 32 million

 One.

 Two.

 Three.

 It costs 32 million crowns.
`
	if got := screen(p); got != want {
		t.Errorf("got%swant%s", got, want)
	}
}

func TestInItsPlace(t *testing.T) {
	p := shown(60, 4)
	p.SetVersions("Radio", versions()[:1])
	if got := screen(p); !strings.Contains(got, "has not been changed") || p.Note() != "" {
		t.Errorf("of one version:%s", got)
	}
	p.SetError("The library could not be read.")
	if got := screen(p); got != "\n The library could not be read.\n" {
		t.Errorf("when it fails:%s", got)
	}
}

func TestALongArticleIsCutAndSaysSo(t *testing.T) {
	long := strings.Repeat("The council met again on Monday. ", 8000)
	c := Compare(Version{Text: long}, Version{Text: "But " + long})
	if !c.Cut {
		t.Error("it is not said that the texts were cut")
	}
	p := shown(60, 12)
	p.SetChanges(1, c)
	p.Act(keys.Bottom)
	if got := screen(p); !strings.Contains(got, "The article goes on") {
		t.Errorf("the end is:%s", got)
	}
}

func FuzzEverySizeIsExact(f *testing.F) {
	f.Add(60, 12, "It cost 32 million.", "It cost 23 million.")
	f.Add(9, 3, strings.Repeat("字", 600), "क्षि 👨‍👩‍👧\nx")
	f.Add(0, 0, "", "x")
	f.Fuzz(func(t *testing.T, width, height int, before, after string) {
		if width < 0 || width > 200 || height < 0 || height > 60 || len(before)+len(after) > 4000 {
			return
		}
		a, b := Version{Headline: after, Text: before}, Version{Headline: before, Text: after, Since: now}
		p := New(dark, now)
		p.Wanted(width, height)
		p.Resize(width, height)
		p.SetVersions(before, []Version{a, b})
		p.SetChanges(0, Compare(a, b))
		for _, action := range []keys.Action{keys.None, keys.Down, keys.Bottom, keys.Enter, keys.PageUp} {
			p.Act(action)
			lines := p.Lines(true)
			if len(lines) != height {
				t.Fatalf("%d lines in %dx%d", len(lines), width, height)
			}
			for _, l := range lines {
				if w := cells.Width(dark.Measure, l); w != width {
					t.Fatalf("a line of %d columns in %dx%d: %q", w, width, height, l)
				}
			}
		}
	})
}
