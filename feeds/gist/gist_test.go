package gist

import (
	"slices"
	"strings"
	"testing"
)

func TestSplit(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"marks":              {"It rained. Did it? It did! Well…", []string{"It rained.", "Did it?", "It did!", "Well…"}},
		"a line ends one":    {"A headline\nThe text goes on", []string{"A headline", "The text goes on"}},
		"titles":             {"Mr. Brown met Dr. Lee. They left.", []string{"Mr. Brown met Dr. Lee.", "They left."}},
		"initials":           {"J. K. Moss of the U.S. Navy spoke. She left.", []string{"J. K. Moss of the U.S. Navy spoke.", "She left."}},
		"I is a word":        {"So did I. We left.", []string{"So did I.", "We left."}},
		"numbers":            {"It cost $1.5 million. In 2025. Then it fell.", []string{"It cost $1.5 million.", "In 2025.", "Then it fell."}},
		"German ordinals":    {"Am 3. Oktober kam er. Er blieb.", []string{"Am 3. Oktober kam er.", "Er blieb."}},
		"no capital follows": {"He said e.g. this and approx. that. Yes.", []string{"He said e.g. this and approx. that.", "Yes."}},
		"a quotation":        {"“We won. We did.” She smiled.", []string{"“We won.", "We did.”", "She smiled."}},
		"a quoted question":  {"“Why?” he asked. Nobody knew.", []string{"“Why?” he asked.", "Nobody knew."}},
		"Chinese":            {"港口关闭了。“为什么？”渔民问。没有回答！", []string{"港口关闭了。", "“为什么？”", "渔民问。", "没有回答！"}},
		"Arabic and Hindi":   {"هل وصل؟ نعم وصل. बारिश हुई। सब भीगे।", []string{"هل وصل؟", "نعم وصل.", "बारिश हुई।", "सब भीगे।"}},
		"web addresses":      {"See example.org. It works.", []string{"See example.org.", "It works."}},
		"nothing to say":     {" \n … \n--\n", nil},
		"no mark at all":     {"no mark", []string{"no mark"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Split(c.text); !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

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
