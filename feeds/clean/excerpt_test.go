package clean

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestExcerpt(t *testing.T) {
	sentence := "The council voted on Monday to rebuild the old pier. " // 53 bytes
	chinese := "市议会星期一投票决定重建旧码头。"                                       // 48 bytes
	for name, c := range map[string]struct{ in, want string }{
		"a short text is whole":                   {"One line.\nAnother.", "One line. Another."},
		"whole sentences":                         {strings.Repeat(sentence, 8), strings.TrimSpace(strings.Repeat(sentence, 5))},
		"whole Chinese sentences":                 {strings.Repeat(chinese, 8), strings.Repeat(chinese, 6)},
		"a long sentence is cut at a word":        {strings.Repeat("lorem ipsum ", 40), strings.TrimSpace(strings.Repeat("lorem ipsum ", 24)) + " lorem…"},
		"a long word is cut":                      {strings.Repeat("é", 400), strings.Repeat("é", 148) + "…"},
		"no comma before the cut":                 {strings.Repeat("lorem, ", 60), strings.TrimSuffix(strings.Repeat("lorem, ", 42), ", ") + "…"},
		"a short first sentence is not enough":    {"Yes. " + strings.Repeat("lorem ipsum ", 40), "Yes. " + strings.Repeat("lorem ipsum ", 24) + "lor"},
		"an abbreviation ends no sentence":        {strings.Repeat("a", 110) + " met Mr. Smith of the U.S. Senate on Jan. 5 " + strings.Repeat("b ", 200), ""},
		"a closing quote belongs to its sentence": {strings.Repeat("x", 120) + " said “No.” " + strings.Repeat("y", 300), strings.Repeat("x", 120) + " said “No.”"},
		"no half of a flag at the cut":            {strings.Repeat("🇩🇪", 60), strings.Repeat("🇩🇪", 37) + "…"},
		"unsafe text is cleaned":                  {"a\x1b[31mb\u202e", "ab"},
		"empty":                                   {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := Excerpt(c.in)
			switch name {
			case "an abbreviation ends no sentence":
				if !strings.HasSuffix(got, "b…") {
					t.Errorf("got %q", got)
				}
			case "a short first sentence is not enough":
				if len(got) < MaxExcerpt-12 || !strings.HasSuffix(got, "…") {
					t.Errorf("got %q", got)
				}
			default:
				if got != c.want {
					t.Errorf("got  %q\nwant %q", got, c.want)
				}
			}
			if len(got) > MaxExcerpt {
				t.Errorf("%d bytes", len(got))
			}
		})
	}
}

func TestWords(t *testing.T) {
	for in, want := range map[string]int{
		"": 0, " \n ": 0, "one": 1, "one two\nthree": 3, "don't well-known 3.14 U.S.": 4, "a – b": 2, "(one) “two”, three!": 3,
		"中": 1, "中文": 1, "中文中文": 2, "我有 3 只猫 cats": 4, "日本語のテキスト": 4, "한국어 문장": 2,
		"ภาษาไทยเขียนไม่เว้นวรรค": 4, "слово за слово": 3, "كلمة أخرى": 2, "हिन्दी में": 2, "naïve café": 2, "می\u200cخواهم": 1, "12.5 % | 7": 2,
	} {
		if got := Words(in); got != want {
			t.Errorf("Words(%q) = %d, want %d", in, got, want)
		}
	}
}

// slowWords says plainly what Words counts in ASCII.
func slowWords(text string) int {
	n, inside := 0, false
	for _, c := range []byte(text) {
		switch {
		case '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z':
			if !inside {
				n++
			}
			inside = true
		case c != '\'' && c != '-' && c != '.' && c != ',':
			inside = false
		}
	}
	return n
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{"", "a.b ,c- 'd e''f g.\nh", "one,two -three - 4.5 @six [seven] \x7f\x00eight{nine}", "Zz09`/:"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if i := strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }); i >= 0 {
			s = s[:i]
		}
		if got, want := Words(s), slowWords(s); got != want {
			t.Errorf("Words(%q) = %d, want %d", s, got, want)
		}
	})
}
