package find

import (
	"strings"
	"testing"
)

func hits(text, query string) []string {
	var found []string
	for _, h := range New(text).Hits(query) {
		found = append(found, text[h.Start:h.End])
	}
	return found
}

func TestHits(t *testing.T) {
	for _, c := range []struct {
		text, query string
		want        []string
	}{
		{"The bridge, a Bridge, BRIDGES", "bridge", []string{"bridge", "Bridge", "BRIDGE"}},
		{"the bridge", "BRIDGE", []string{"bridge"}},
		{"São Tomé e Príncipe", "sao tome", []string{"São Tomé"}},
		{"Sao Tome", "são tomé", []string{"Sao Tome"}},
		{"re\u0301sume\u0301 here", "resume", []string{"re\u0301sume\u0301"}},
		{"wrapped\nacross  a\u00a0line", "wrapped across a line", []string{"wrapped\nacross  a\u00a0line"}},
		{"“Don’t,” she said — twice", `"don't," she said - twice`, []string{"“Don’t,” she said — twice"}},
		{"市长说：今天下午，市长", "市长", []string{"市长", "市长"}},
		{"ＦＩＦＡ 2026", "fifa 2026", []string{"ＦＩＦＡ 2026"}},
		{"서울에서 서울", "서울", []string{"서울", "서울"}},
		{"がく かく", "がく", []string{"がく"}},
		{"Straße, STRASSE", "strasse", []string{"Straße", "STRASSE"}},
		{"Ελλάδας ΕΛΛΆΔΑΣ", "ελλαδας", []string{"Ελλάδας", "ΕΛΛΆΔΑΣ"}},
		{"مُحَمَّد", "محمد", []string{"مُحَمَّد"}},
		{"aaaa", "aa", []string{"aa", "aa"}},
		{"anything", "", nil},
		{"any thing", "  ", nil},
		{"", "x", nil},
		{"İstanbul Istanbul ıstanbul", "istanbul", []string{"İstanbul", "Istanbul", "ıstanbul"}},
		{"end word  \n next", "word", []string{"word"}},
		{"the last", " last ", []string{"last"}},
		{"हिन्दी में", "हिन्दी", []string{"हिन्दी"}},
	} {
		if got := hits(c.text, c.query); strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%q in %q: %q, want %q", c.query, c.text, got, c.want)
		}
	}
}

func FuzzHitsLieInTheText(f *testing.F) {
	f.Add("Straße ﬁn “quoted” e\u0301e\u0301", "s")
	f.Add("  a \u3000 b", "a b")
	f.Add("\xff\xfeß", "ss")
	f.Fuzz(func(t *testing.T, text, query string) {
		last := 0
		for _, h := range New(text).Hits(query) {
			if h.Start < last || h.End <= h.Start || h.End > len(text) {
				t.Fatalf("hit %v after %d in %d bytes", h, last, len(text))
			}
			last = h.End
			if again := New(text[h.Start:h.End]).Hits(query); len(again) == 0 {
				t.Fatalf("what was found, %q, does not hold %q", text[h.Start:h.End], query)
			}
		}
	})
}

func BenchmarkNew(b *testing.B) {
	for name, text := range map[string]string{
		"english": strings.Repeat("The mayor’s bridge was closed on Tuesday; nobody knows why. ", 17_000),
		"chinese": strings.Repeat("今天下午，市政府召开新闻发布会。", 21_000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				New(text)
			}
		})
	}
}

func BenchmarkHits(b *testing.B) {
	t := New(strings.Repeat("The mayor’s bridge was closed on Tuesday; nobody knows why. ", 17_000))
	for _, query := range []string{"e", "bridge", "nowhere"} {
		b.Run(query, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				t.Hits(query)
			}
		})
	}
}
