package related

import (
	"slices"
	"strings"
	"testing"
)

// A stop word is no term, so it cannot be an ordinary one; and what the
// tokenizer never makes of a text is in no list.
func TestWordListsAreWhole(t *testing.T) {
	lists := stopLists()
	if len(lists) != 16 {
		t.Fatalf("%d languages, want those of the 16 bits of a word", len(lists))
	}
	for _, l := range lists {
		stop, ordinary := strings.Fields(l.stop), strings.Fields(l.plain)
		if len(stop) < 100 || len(ordinary) < 40 {
			t.Errorf("%c%c: %d stop words, %d ordinary words", l.language>>8, l.language&0xff, len(stop), len(ordinary))
		}
		for _, w := range slices.Concat(stop, ordinary) {
			x := newLexicon(nil)
			if got := new(tokenizer).split(w, 2, x, nil); len(got) != 1 || x.words[0].word != w {
				t.Errorf("%c%c: %q is read as %v", l.language>>8, l.language&0xff, w, x.words)
			}
		}
		for _, w := range ordinary {
			if slices.Contains(stop, w) {
				t.Errorf("%c%c: %q is in both lists", l.language>>8, l.language&0xff, w)
			}
		}
	}
}

func TestAnOrdinaryWordWeighsLessInABareHeadline(t *testing.T) {
	w, s := newWords(), newStats(langEnglish)
	s.share()
	s.n = 100
	of := func(word string, bare bool) float64 {
		return s.factor(term{id: w.termID(word, false, langEnglish)}, bare)
	}
	if thing, elephant := of("things", true), of("elephants", true); thing != elephant*barePlain {
		t.Errorf("in a headline things weighs %v, elephants %v", thing, elephant)
	}
	if thing, elephant := of("things", false), of("elephants", false); thing != elephant {
		t.Errorf("in a text things weighs %v, elephants %v", thing, elephant)
	}
}
