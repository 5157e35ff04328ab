package gist

import (
	"slices"
	"strings"
	"testing"
)

const flood = `The river Alder burst its banks at Millford on Monday night after three days of rain.
Some residents had gone to bed early.
Rescue boats took 240 people from the flooded streets of Millford before the river fell on Tuesday.
A dog was found on a roof.
The council opened a shelter in the school for people from the flooded streets.
Breakfast was tea and toast.
Engineers said the river Alder would rise again with the rain forecast for Millford on Thursday.`

func TestKeySentencesTellTheStoryInItsOrder(t *testing.T) {
	got := Sentences(flood, 3)
	if len(got) != 3 {
		t.Fatalf("%d sentences, want 3: %q", len(got), got)
	}
	at := -1
	for _, s := range got {
		i := strings.Index(flood, s)
		if i < 0 {
			t.Errorf("not verbatim: %q", s)
		}
		if i < at {
			t.Errorf("out of order: %q", s)
		}
		at = i
		for _, aside := range []string{"dog", "toast", "early"} {
			if strings.Contains(s, aside) {
				t.Errorf("an aside was chosen: %q", s)
			}
		}
	}
}

func TestWhatOnlyAnnouncesIsNoKeySentence(t *testing.T) {
	const text = "A notice of the authority on the bridge and its repair puts it thus:\nThe bridge is shut.\nThe authority begins the repair of the bridge today.\nIt rained."
	for _, s := range Sentences(text, 2) {
		if strings.HasSuffix(s, ":") {
			t.Errorf("chosen is %q", s)
		}
	}
}

func TestShortTextsAreReturnedWhole(t *testing.T) {
	if got := Sentences("One. Two.", 5); !slices.Equal(got, []string{"One.", "Two."}) {
		t.Errorf("got %q", got)
	}
	for _, n := range []int{0, -1} {
		if got := Sentences("One. Two.", n); got != nil {
			t.Errorf("n = %d: got %q", n, got)
		}
	}
}

func TestSentencesWithoutCommonWordsAreStillChosen(t *testing.T) {
	if got := Sentences("Alpha beta. Gamma delta. Epsilon zeta.", 2); len(got) != 2 {
		t.Errorf("got %q, want two", got)
	}
}

func FuzzSentencesAreVerbatim(f *testing.F) {
	f.Add(flood, 3)
	f.Add("港口关闭了。没有回答！\xff\xfe. A.B.C", 2)
	f.Add("?!...\"'", 1)
	f.Fuzz(func(t *testing.T, text string, n int) {
		got := Sentences(text, n%10)
		if len(got) > max(0, n%10) {
			t.Fatalf("%d sentences, asked for %d", len(got), n%10)
		}
		rest := text
		for _, s := range got {
			_, after, found := strings.Cut(rest, s)
			if !found {
				t.Fatalf("%q does not follow in the text", s)
			}
			rest = after
		}
	})
}

func BenchmarkSentences(b *testing.B) {
	long := strings.Repeat(flood+"\n", 10)
	b.SetBytes(int64(len(long)))
	for b.Loop() {
		Sentences(long, 5)
	}
}
