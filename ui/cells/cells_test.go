package cells

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFoldGivesEmojiOneWidthEverywhere(t *testing.T) {
	for in, want := range map[string]string{
		"plain":         "plain",
		"👍🏽 yes":        "👍 yes",
		"👨‍👩‍👧":         "👨👩👧",
		"❤️":            "❤",
		"1️⃣":           "1⃣",
		"🏳️‍🌈":          "🏳🌈",
		"می\u200cخواهم": "می\u200cخواهم", // a non-joiner is spelling
		"क्\u200dष":     "क्\u200dष",     // so is a joiner between letters
		"हिन्दी ภาษาไทย": "हिन्दी ภาษาไทย",
		"a\nb\x1b[31mc":   "a b[31mc",
		"\u0301a \u0903b": "a b", // marks with no letter to stand on
		"end\u0605":       "end",
		"bad\xff byte":    "bad byte",
	} {
		got := Fold(in)
		if got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
	for _, s := range []string{"👍🏽", "👨‍👩‍👧", "❤️", "1️⃣", "🏳️‍🌈", "🇦🇺", "☎️", "中文", "한글", "é"} {
		if f := Fold(s); Width(Wc, f) != Width(Grapheme, f) {
			t.Errorf("%q folds to %q: %d columns by rune, %d by cluster", s, f, Width(Wc, f), Width(Grapheme, f))
		}
	}
}

func FuzzFoldedTextAddsUp(f *testing.F) {
	for _, s := range []string{"plain", "👨‍👩‍👧 ❤️", "हिन्दी", "مرحب\u0605", "\u0903a", "\u1100", "🇦", "ก\u0e33", "\r\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		folded := Fold(s)
		if Fold(folded) != folded {
			t.Fatalf("folding %q twice gives another text", folded)
		}
		for _, m := range []Measure{Wc, Grapheme} {
			if got, want := Width(m, "  "+folded+"  "), Width(m, folded)+4; got != want {
				t.Fatalf("%q is %d columns, between spaces %d", folded, want-4, got-4)
			}
		}
	})
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text       string
		width, max int
		want       []string
	}{
		{"the quick brown fox", 10, 0, []string{"the quick", "brown fox"}},
		{"the quick brown fox", 10, 1, []string{"the quick…"}},
		{"the quick brown fox", 9, 1, []string{"the quic…"}},
		{"the quick", 20, 1, []string{"the quick"}},
		{"costs 3.14 billion", 9, 0, []string{"costs", "3.14", "billion"}},
		{"上海地铁事故，伤亡。", 8, 0, []string{"上海地铁", "事故，伤", "亡。"}},
		{"上海地铁，", 8, 0, []string{"上海地", "铁，"}}, // no line begins with a comma
		{"abcdefghijkl", 5, 0, []string{"abcde", "fghij", "kl"}},
		{"one\ntwo", 10, 0, []string{"one", "two"}},
		{"one\n\ntwo", 10, 0, []string{"one", "", "two"}},
		{"中", 1, 0, nil},
		{"a中b", 1, 0, []string{"a", "b"}},
		{"", 5, 0, nil},
		{"anything", 0, 0, nil},
		{"well-known fact", 8, 0, []string{"well-", "known", "fact"}},
		{"  indented", 20, 0, []string{"indented"}},
	} {
		if got := Wrap(Wc, c.text, c.width, c.max); !slices.Equal(got, c.want) {
			t.Errorf("Wrap(%q, %d, %d) = %q, want %q", c.text, c.width, c.max, got, c.want)
		}
	}
}

func TestFitIsExact(t *testing.T) {
	for _, s := range []string{"", "a", "plain text", "上海地铁", "हिन्दी", "\x1b[1mbold\x1b[m text", "é́́", "🇦🇺🇳🇿"} {
		for width := range 12 {
			for _, m := range []Measure{Wc, Grapheme} {
				if got := Width(m, Fit(m, s, width)); got != width {
					t.Errorf("Fit(%q, %d) is %d columns", s, width, got)
				}
				if got := Width(m, FitRight(m, s, width)); got != width {
					t.Errorf("FitRight(%q, %d) is %d columns", s, width, got)
				}
			}
		}
	}
}

func TestWindow(t *testing.T) {
	for _, c := range []struct {
		text     string
		from, to int
		want     string
	}{
		{"abcdef", 2, 4, "cd"}, {"abcdef", 4, 9, "ef   "}, {"abc", 5, 7, "  "}, {"abc", 2, 2, ""},
		{"漢字漢字", 1, 5, " 字 "}, {"漢字漢字", 2, 6, "字漢"}, {"漢字漢字", 1, 6, " 字漢"},
		{"\x1b[1mabc\x1b[mdef", 1, 4, "\x1b[1mbc\x1b[md"}, {"\x1b[1mabc\x1b[mdef", 4, 5, "\x1b[1m\x1b[me"},
		{"e\u0301e\u0301e\u0301", 1, 2, "e\u0301"},
	} {
		if got := Window(Wc, c.text, c.from, c.to); got != c.want {
			t.Errorf("Window(%q, %d, %d) = %q, want %q", c.text, c.from, c.to, got, c.want)
		}
	}
	for _, s := range []string{"plain text", "上海地铁", "हिन्दी", "\x1b[1mbold\x1b[m text", "é́́", "🇦🇺🇳🇿"} {
		for from := range 10 {
			for to := from; to < 12; to++ {
				for _, m := range []Measure{Wc, Grapheme} {
					if got := Width(m, Window(m, s, from, to)); got != to-from {
						t.Errorf("Window(%q, %d, %d) is %d columns", s, from, to, got)
					}
				}
			}
		}
	}
}

func FuzzWrap(f *testing.F) {
	f.Add("the quick brown fox", 10, 2, false)
	f.Add("上海地铁事故，伤亡。", 7, 0, true)
	f.Add("क्षि 👨\u200d👩\u200d👧 ภาษา", 1, 0, false)
	f.Add("a\n\n b\u2028c", 3, 1, true)
	f.Fuzz(func(t *testing.T, text string, width, most int, grapheme bool) {
		if width > 500 || len(text) > 10_000 || !utf8.ValidString(text) {
			return
		}
		m := Wc
		if grapheme {
			m = Grapheme
		}
		folded := Fold(text)
		lines := Wrap(m, folded, width, most)
		if most > 0 && len(lines) > most {
			t.Fatalf("%d lines of at most %d", len(lines), most)
		}
		for _, l := range lines {
			if Width(m, l) > width {
				t.Fatalf("line %q is %d columns of %d", l, Width(m, l), width)
			}
		}
		if width >= 4 && most <= 0 {
			if got, want := letters(strings.Join(lines, "")), letters(folded); got != want {
				t.Fatalf("wrapping %q lost text: %q", want, got)
			}
		}
	})
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ' ' || strings.ContainsRune(breaks, r) {
			return -1
		}
		return r
	}, s)
}

func BenchmarkWrapHeadline(b *testing.B) {
	for b.Loop() {
		Wrap(Wc, "Government survives confidence vote after day of high drama in the capital’s old parliament", 40, 3)
	}
}
