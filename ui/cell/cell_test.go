package cell

import (
	"strings"
	"testing"
	"unicode/utf8"

	"broadsheet/ui/theme"

	"github.com/charmbracelet/x/ansi"
)

// hostile are texts that terminals disagree about, or that break lines.
var hostile = []string{
	"", "plain", "Île-de-France", "東京で桜が満開", "한국어 제목", "عاجل: قمة المناخ", "👩‍👩‍👧‍👦 family", "👍🏽 thumbs", "❤️ heart", "1️⃣ first",
	"🇦🇺 Australia", "e\u0301 combining", "z\u0335\u0321\u0322 zalgo", "tab\there", "line\nbreak", "\x1b[31mred", "\u200bzero\u200dwidth", "नमस्ते दुनिया", "ไทยน้ำ",
	"\xff\xfe", "\u0085next", "☎︎ text", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 England", "ﷺ", "\u1100\u1161\u11a8", "🇦", "\u0301alone",
}

func TestFoldedTextHasOneWidthEverywhere(t *testing.T) {
	for _, s := range hostile {
		checkFold(t, s)
	}
}

func FuzzFold(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(checkFold)
}

func checkFold(t *testing.T, s string) {
	got := Fold(s)
	if !utf8.ValidString(got) {
		t.Fatalf("Fold(%q) = %q: not UTF-8", s, got)
	}
	if a, b := ansi.StringWidth(got), ansi.StringWidthWc(got); a != b {
		t.Errorf("Fold(%q) = %q: %d cells by clusters, %d by runes", s, got, a, b)
	}
	for _, r := range got {
		if r < 0x20 || r >= 0x7f && r < 0xa0 {
			t.Errorf("Fold(%q) = %q keeps control character %U", s, got, r)
		}
	}
	if again := Fold(got); again != got {
		t.Errorf("Fold(Fold(%q)) = %q, want %q", s, again, got)
	}
	for width := range 12 {
		if w := ansi.StringWidth(Pad(got, width)); w != width {
			t.Errorf("Pad(%q, %d) is %d cells wide", got, width, w)
		}
		if w := ansi.StringWidth(PadLeft(got, width)); w != width {
			t.Errorf("PadLeft(%q, %d) is %d cells wide", got, width, w)
		}
	}
}

func TestTruncate(t *testing.T) {
	for _, c := range []struct {
		in    string
		width int
		want  string
	}{
		{"headline", 8, "headline"},
		{"headline", 7, "headli…"},
		{"a headline", 3, "a…"},
		{"headline", 1, "…"},
		{"headline", 0, ""},
		{"東京で桜", 5, "東京…"},
		{"東京で桜", 8, "東京で桜"},
	} {
		if got := Truncate(c.in, c.width); got != c.want {
			t.Errorf("Truncate(%q, %d) = %q, want %q", c.in, c.width, got, c.want)
		}
	}
}

func TestWrap(t *testing.T) {
	got := strings.Join(Wrap("the quick brown fox jumps", 10, 2), "|")
	if want := "the quick|brown fox…"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	got = strings.Join(Wrap("one two three", 7, 0), "|")
	if want := "one two|three"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestLineIsExactlyItsWidth(t *testing.T) {
	for _, v := range []theme.Variant{theme.Dark, theme.Light, theme.Plain} {
		th := theme.New(v)
		for _, s := range hostile {
			for _, on := range []theme.Style{{}, th.Cursor} {
				for width := range 30 {
					var l Line
					l.ResetOn(width, on)
					l.Add(th.Unread, "● ")
					l.AddTo(th.Text, Fold(s), width-4)
					l.Right(th.Muted, "12m")
					if w := ansi.StringWidth(l.String()); w != width {
						t.Fatalf("a line with %q is %d cells wide, want %d", s, w, width)
					}
				}
			}
		}
	}
}

func TestLineShape(t *testing.T) {
	th := theme.New(theme.Plain)
	var l Line
	l.Reset(20)
	l.Add(th.Text, "The Harbour Times reports")
	if got, want := l.String(), "The Harbour Times r…"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	l.Reset(20)
	l.AddTo(th.Text, "The Harbour Times", 12)
	l.Right(th.Text, "12m")
	if got, want := l.String(), "The Harbour…     12m"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
