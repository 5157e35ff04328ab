package edits

import (
	"strings"
	"testing"

	"broadsheet/feeds"
)

// show writes changes as [-gone-] and {+added+}.
func show(list []Paragraph) string {
	var b strings.Builder
	for i, p := range list {
		if i > 0 {
			b.WriteByte('\n')
		}
		for _, piece := range p {
			switch piece.Kind {
			case Same:
				b.WriteString(piece.Text)
			case Gone:
				b.WriteString("[-" + piece.Text + "-]")
			case Added:
				b.WriteString("{+" + piece.Text + "+}")
			case Folded:
				b.WriteString("(…" + piece.Text + ")")
			}
		}
	}
	return b.String()
}

func TestBetween(t *testing.T) {
	for name, c := range map[string]struct{ before, after, want string }{
		"nothing":            {"It rained.", "It rained.", "It rained."},
		"a number":           {"It cost 32 million, he said.", "It cost 23 million, he said.", "It cost [-32 -]{+23 +}million, he said."},
		"a number's point":   {"It grew 1.5 percent.", "It grew 1,500 percent.", "It grew [-1.5 -]{+1,500 +}percent."},
		"a word at the end":  {"The mayor resigned.", "The mayor resigned today.", "The mayor resigned {+today+}."},
		"a word at the head": {"Police said so.", "On Monday police said so.", "[-Police -]{+On Monday police +}said so."},
		"a mark":             {"He won.", "He won?", "He won[-.-]{+?+}"},
		"a paragraph more":   {"One is here.\nThree is here.", "One is here.\nTwo was never there before.\nThree is here.", "One is here.\n{+Two was never there before.+}\nThree is here."},
		"a paragraph less":   {"One is here.\nTwo is there.\nThree.", "One is here.\nThree.", "One is here.\n[-Two is there.-]\nThree."},
		"two neighbours changed, one of them new": {
			"The council met on Monday evening.\nNobody was hurt in the flood.",
			"The council met on Tuesday evening.\nIt will meet again soon, it says.\nNobody was killed in the flood.",
			"The council met on [-Monday -]{+Tuesday +}evening.\n{+It will meet again soon, it says.+}\nNobody was [-hurt -]{+killed +}in the flood.",
		},
		"another text":            {"The sea is calm tonight.", "Prices fell by half.", "[-The sea is calm tonight.-]\n{+Prices fell by half.+}"},
		"little words between":    {"The old dog of a farmer barked at us all.", "The young cat of a baker mewed at us all.", "The [-old dog of a farmer barked -]{+young cat of a baker mewed +}at us all."},
		"style only":              {"\"Yes,\" she said - twice.", "“Yes,” she said – twice.", "“Yes,” she said – twice."},
		"an apostrophe in a word": {"They don't know it.", "They didn’t know it.", "They [-don't -]{+didn’t +}know it."},
		"Chinese":                 {"港口周一关闭了。", "港口周二关闭了。", "港口周[-一-]{+二+}关闭了。"},
		"Japanese":                {"知事は辞任しないと述べた。", "知事は辞任すると述べた。", "知事は辞任[-しない-]{+する+}と述べた。"},
		"Thai keeps its marks":    {"เขาไม่มา", "เขาไม่ไป", "เขาไม่[-มา-]{+ไป+}"},
		"Arabic":                  {"قتل ثلاثة في الحريق", "قتل خمسة في الحريق", "قتل [-ثلاثة -]{+خمسة +}في الحريق"},
		"from nothing":            {"", "All is new.", "{+All is new.+}"},
		"to nothing":              {"All was here.", "", "[-All was here.-]"},
	} {
		if got := show(Between(c.before, c.after)); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, c.want)
		}
	}
}

func TestFoldLeavesOutWhatIsFarFromAChange(t *testing.T) {
	long := strings.Repeat("word after word ", 40)
	before := "First.\nSecond.\nThird.\n" + long + "32 crowns. " + long + "\nAlone.\nThe council meets today."
	after := "First.\nSecond.\nThird.\n" + long + "23 crowns. " + long + "\nAlone.\nThe council meets tomorrow."
	folded := Fold(Between(before, after))
	got := show(folded)
	if !strings.HasPrefix(got, "(…3)\n(…)") || !strings.HasSuffix(got, "(…)\nAlone.\nThe council meets [-today-]{+tomorrow+}.") {
		t.Errorf("got %s", got)
	}
	if !strings.Contains(got, "word [-32 -]{+23 +}crowns. word") || len(got) > 500 {
		t.Errorf("around the change: %s", got)
	}
	if show(Fold(nil)) != "" {
		t.Error("folding nothing gives something")
	}
}

// version puts a version together again.
func version(list []Paragraph, kind Kind) string {
	var out []string
	for _, p := range list {
		var b strings.Builder
		for _, piece := range p {
			if piece.Kind == Same || piece.Kind == kind {
				b.WriteString(piece.Text)
			}
		}
		out = append(out, b.String())
	}
	return plain(strings.Join(out, "\n"))
}

func plain(s string) string {
	var out []string
	for l := range strings.Lines(s) {
		if l = strings.Join(strings.Fields(feeds.OneStyle(l)), ""); l != "" {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

func FuzzBothVersionsAreKept(f *testing.F) {
	f.Add("It cost 32 million.\nNobody knew.", "It cost 23 million.\nEverybody knew.\n港口关闭了")
	f.Add("\"a\" - b", "“a” — c")
	f.Add("x\xff\xfe y", "x\xff z\u0301")
	f.Add(strings.Repeat("a b c d ", 90), strings.Repeat("d c b a ", 90))
	f.Fuzz(func(t *testing.T, before, after string) {
		got := Between(before, after)
		if v := version(got, Gone); v != plain(before) {
			t.Errorf("before %q, got %q", plain(before), v)
		}
		if v := version(got, Added); v != plain(after) {
			t.Errorf("after %q, got %q", plain(after), v)
		}
		Fold(got)
	})
}

func BenchmarkHostile(b *testing.B) {
	one := strings.Repeat("the cat sat on a mat ", 50_000)
	for name, c := range map[string]struct{ before, after string }{
		"one line of 1 MB":    {one, strings.ReplaceAll(one, "cat", "dog")},
		"a line a word":       {strings.ReplaceAll(one, " ", "\n"), strings.ReplaceAll(one, " ", "x\n")},
		"ideographs":          {strings.Repeat("港口关闭了", 70_000), strings.Repeat("港关口闭了", 70_000)},
		"an ordinary edit":    {strings.Repeat("The council met.\n", 60), strings.Repeat("The council met.\n", 30) + "It did.\n" + strings.Repeat("The council met.\n", 30)},
		"everything shuffled": {one, strings.Repeat("mat a on sat cat the ", 50_000)},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Fold(Between(c.before, c.after))
			}
		})
	}
}
