package novelty

import (
	"slices"
	"strings"
	"testing"

	"broadsheet/feeds/gist"
)

func TestShortSentencesThatNameNothingNeedANeighbour(t *testing.T) {
	read := Read(Text{"en", []string{
		"Anna Lee, the harbour master of Aldby, was arrested on Monday.",
		"She declined to comment on it.",
		"The company declined to comment.",
		"No.",
	}})
	for _, c := range []struct {
		now  []string
		want []bool
	}{
		{[]string{"Anna Lee, the harbour master of Aldby, was arrested on Monday.", "She declined to comment on it."}, []bool{true, true}},
		{[]string{"Maria Moss, the mayor of Osby, was arrested on Monday.", "She declined to comment on it."}, []bool{false, false}},
		{[]string{"She declined to comment on it.", "Anna Lee, the harbour master of Aldby, was arrested on Monday."}, []bool{true, true}},
		{[]string{"The company declined to comment."}, []bool{false}},
		{[]string{"The company declined to comment.", "She declined to comment on it."}, []bool{false, false}}, // neither says who
		{[]string{"No."}, []bool{false}},
		{nil, []bool{}},
	} {
		if got := read.Told(Text{"en", c.now}); !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, want %v", c.now, got, c.want)
		}
	}
}

func TestWhatOneSentenceReadSaysIsNotPutTogetherFromTwo(t *testing.T) {
	read := Read(Text{"en", []string{"The mayor of Aldby resigned on Monday.", "The harbour wall will cost 15 million crowns."}})
	if got := read.Told(Text{"en", []string{"The mayor of Aldby will cost 15 million crowns."}}); got[0] {
		t.Error("halves of two sentences were taken for one that was read")
	}
}

func TestLanguagesAreNotMixed(t *testing.T) {
	// In English "a" says nothing by itself; in French it makes the past.
	read := Read(Text{"fr", []string{"Le ministre a dit la vérité à Aldby mardi soir."}})
	for _, language := range []string{"fr", "fr-CA"} {
		if read.Told(Text{language, []string{"Le ministre dit la vérité à Aldby mardi soir."}})[0] {
			t.Errorf("%s: another tense was taken for the same", language)
		}
	}
	if !read.Told(Text{"", []string{"Le ministre a dit la vérité à Aldby mardi soir."}})[0] {
		t.Error("the same words in a language that is not known are not found")
	}
}

func TestSameInAllVersions(t *testing.T) {
	got := SameIn([]string{"It cost 32 million.", "It rained.", "Nobody was hurt."}, []string{"It cost 23 million.", "Nobody was hurt.", "It rained."}, []string{"It rained."})
	if !slices.Equal(got, []string{"It rained."}) {
		t.Errorf("got %q", got)
	}
	if SameIn() != nil {
		t.Error("no version has sentences")
	}
}

func FuzzWhatWasReadIsToldAgain(f *testing.F) {
	f.Add("en", "Anna Lee, who was 31, said that 3.2% of it, or $5m, isn't lost: why?")
	f.Add("zh", "港口管理局周一表示，大桥将在六个月内重新开放")
	f.Add("", "a a a a, A ; \xff (x) - 1 ’")
	f.Fuzz(func(t *testing.T, language, sentence string) {
		if len(sentence) > 2000 {
			return
		}
		c := parse(sentence, lexiconOf(language))
		enough := c.size() >= leastWords && c.named && !c.pronoun
		told := Read(Text{language, []string{sentence}}).Told(Text{language, []string{sentence}})[0]
		if told != enough && c.size() < sureWords {
			t.Errorf("%q is told: %v, want %v", sentence, told, enough)
		}
		if Read(Text{language, []string{sentence}}).Told(Text{language, []string{sentence + " xyzzy"}})[0] {
			t.Errorf("%q with a word more is told", sentence)
		}
	})
}

func BenchmarkMegabytes(b *testing.B) {
	for name, sentence := range map[string]string{
		"prose":  "Police in Aldby said that two men, both from Leeds, were arrested near the station, after the robbery of 3 March. ",
		"commas": "a, b, c, d, e, f, g, h 1 ",
	} {
		text := Text{"en", gist.Split(strings.Repeat(sentence, 1<<20/len(sentence)))}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(2 << 20)
			for b.Loop() {
				Read(text).Told(text)
			}
		})
	}
}
