package compare

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// marked puts brackets around what differs.
func marked(texts ...string) []string {
	out := make([]string, len(texts))
	for i, spans := range Differing(texts) {
		at := 0
		for _, s := range spans {
			out[i] += texts[i][at:s.Start] + "[" + texts[i][s.Start:s.End] + "]"
			at = s.End
		}
		out[i] += texts[i][at:]
	}
	return out
}

func TestWordsThatDiffer(t *testing.T) {
	for name, c := range map[string]struct{ texts, want []string }{
		"what only one says": {
			[]string{"Minister resigns over dredging", "Minister sacked over dredging"},
			[]string{"Minister [resigns] over dredging", "Minister [sacked] over dredging"},
		},
		"shared by two of three": {
			[]string{"Hundreds flee flood", "Flood: hundreds saved", "Flood kills two"},
			[]string{"Hundreds [flee] flood", "Flood: hundreds [saved]", "Flood [kills two]"},
		},
		"forms of one word, cases and possessives": {
			[]string{"Evacuated: the minister's town", "MINISTER EVACUATES TOWNS"},
			[]string{"Evacuated: the minister's [town]", "MINISTER EVACUATES [TOWNS]"},
		},
		"stop words say nothing": {
			[]string{"The quay is shut and it was old", "A quay has been shut for months"},
			[]string{"The quay is shut and it was [old]", "A quay has been shut for [months]"},
		},
		"numbers as they stand": {
			[]string{"43.6 degrees, 1,500 ill", "43.7 degrees, 1,500 ill"},
			[]string{"[43.6] degrees, 1,500 ill", "[43.7] degrees, 1,500 ill"},
		},
		"French elision": {
			[]string{"L’hôtel brûle", "Un hôtel sauvé"},
			[]string{"L’hôtel [brûle]", "Un hôtel [sauvé]"},
		},
		"ideographs by pairs": {
			[]string{"风暴潮淹没东码头", "风暴潮摧毁码头"},
			[]string{"风暴潮[淹没东]码头", "风暴潮[摧毁]码头"},
		},
		"Arabic": {
			[]string{"افتتاح الجسر", "إغلاق الجسر"},
			[]string{"[افتتاح] الجسر", "[إغلاق] الجسر"},
		},
		"alone nothing differs": {[]string{"Minister resigns"}, []string{"Minister resigns"}},
		"neighbours across lines are apart": {
			[]string{"quay shut\nboats wait", "quay"}, []string{"quay [shut]\n[boats wait]", "quay"},
		},
	} {
		if got := marked(c.texts...); fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s:\ngot  %q\nwant %q", name, got, c.want)
		}
	}
}

func FuzzDiffering(f *testing.F) {
	f.Add("Minister resigns", "l'hôtel 43.6", "风暴潮 x")
	f.Add("", "'’.,", "\xff\xfe")
	f.Add("a’", "1,", "字1字")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		texts := []string{a, b, c}
		for i, spans := range Differing(texts) {
			at := 0
			for _, s := range spans {
				if s.Start < at || s.End <= s.Start || s.End > len(texts[i]) {
					t.Fatalf("span %v after %d in %q", s, at, texts[i])
				}
				if utf8.ValidString(texts[i]) && !utf8.ValidString(texts[i][s.Start:s.End]) {
					t.Fatalf("span %v cuts a letter of %q", s, texts[i])
				}
				at = s.End
			}
		}
		for _, spans := range Differing([]string{a, a}) {
			if len(spans) > 0 {
				t.Fatalf("%q differs from itself", a)
			}
		}
	})
}

func BenchmarkDiffering(b *testing.B) {
	texts := make([]string, 12)
	for i := range texts {
		texts[i] = strings.Repeat(fmt.Sprintf("The minister of outlet %d resigned over the dredging affair. ", i), 5)
	}
	b.ReportAllocs()
	for b.Loop() {
		Differing(texts)
	}
}
