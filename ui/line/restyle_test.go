package line

import (
	"strings"
	"testing"

	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

func TestRestyleChangesTheColumnsAndNothingElse(t *testing.T) {
	th := theme.New(theme.Plain, cells.Wc)
	st := theme.New(theme.Plain, cells.Wc).Cursor // reverse
	on, _, _ := strings.Cut(st.Render("x"), "x")
	const bold, link, unlink = "\x1b[1m", "\x1b]8;id=1;https://example.org\x1b\\", "\x1b]8;;\x1b\\"
	for _, c := range []struct {
		text     string
		from, to int
		want     string
	}{
		{"plain words", 6, 11, "plain " + on + "words" + reset},
		{"plain words", 0, 5, on + "plain" + reset + " words"},
		{"plain words", 3, 3, "plain words"},
		{bold + "heavy words" + reset, 2, 4, bold + "he" + reset + on + "av" + reset + bold + "y words" + reset},
		{"a " + link + bold + "link" + reset + unlink + " b", 0, 4, on + "a " + reset + link + on + "li" + reset + bold + "nk" + reset + unlink + " b"},
		{"漢字漢字", 2, 4, "漢" + on + "字" + reset + "漢字"},
		{"e\u0301e\u0301e\u0301", 1, 2, "e\u0301" + on + "e\u0301" + reset + "e\u0301"},
	} {
		if got := Restyle(th, c.text, c.from, c.to, st); got != c.want {
			t.Errorf("Restyle(%q, %d, %d) = %q, want %q", c.text, c.from, c.to, got, c.want)
		}
	}
}

func FuzzRestyleKeepsTheText(f *testing.F) {
	f.Add("a \x1b[1mbold\x1b[m 漢字 e\u0301", 2, 5)
	f.Add("\x1b]8;;https://example.org\x1b\\x\x1b]8;;\x1b\\", 0, 1)
	th := theme.New(theme.Dark, cells.Wc)
	f.Fuzz(func(t *testing.T, text string, from, to int) {
		text = cells.Fold(text)
		got := Restyle(th, th.Text.Render(text), from, to, th.Match)
		if cells.Strip(got) != text {
			t.Errorf("restyled %q is %q", text, got)
		}
	})
}
