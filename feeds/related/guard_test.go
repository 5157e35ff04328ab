package related

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

// Of the few words of a bare headline none drowns the others: a rare one outweighs
// a common one by less than in the title of an article with a text.
func TestABareHeadlineWeighsItsWordsMoreEvenly(t *testing.T) {
	w := newWorld(t)
	for i := range 60 {
		w.add(feeds.Document{Outlet: "Filler", Title: fmt.Sprint("harbour fila", i), Text: fmt.Sprint("kavo tuno fila", i), Language: "xx", Published: noon.Add(time.Duration(i) * time.Minute)})
	}
	const title = "harbour calliope"
	ratio := func(text string) float64 {
		a := w.weighed(feeds.Document{Outlet: "Gazette", Title: title, Text: text, Language: "xx", Published: noon.Add(2 * time.Hour)})
		weights := map[string]float64{}
		for i := range a.terms {
			weights[a.lexicon.words[a.surface[i]].word] = float64(a.terms[i].w)
		}
		if weights["harbour"] == 0 || weights["calliope"] <= weights["harbour"] {
			t.Fatalf("under %q the weights are %v", text, weights)
		}
		return weights["calliope"] / weights["harbour"]
	}
	full := ratio("mola sine reta vupo dera liko sanu")
	for name, text := range map[string]string{"no text": "", "its title again": title, "a word more": title + " mola"} {
		if bare := ratio(text); bare > .9*full {
			t.Errorf("with %s the rare word outweighs the common one %.2f times, with a text %.2f times", name, bare, full)
		}
	}
}

// weighed is a document as an article weighed by what there is.
func (w *world) weighed(d feeds.Document) *article {
	w.t.Helper()
	a := newWords().read(d)
	a.dated(d, noon)
	err := w.index.ViewIndex(func(v feeds.IndexView) error {
		s, err := newBatch(w.engine, v).statistics(statsKey{a.place.when / epochSeconds, a.lang})
		if err == nil {
			s.weigh(a)
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

// Of a text that is far longer than the words that count, only the beginning is
// looked at, whatever it is made of.
func TestTheEndOfAHugeTextIsNotRead(t *testing.T) {
	for _, filling := range []string{" ", "— ", "\n", "|", "a ", "°"} {
		begin := "Ferry Calliope runs aground " + strings.Repeat(filling, 40_000/len(filling))
		whole := newWords().read(feeds.Document{Title: "Ferry", Text: begin + " Zanzibar passengers", Language: "en"})
		cut := newWords().read(feeds.Document{Title: "Ferry", Text: begin, Language: "en"})
		if len(whole.terms) != len(cut.terms) || whole.text != cut.text || whole.grams != cut.grams {
			t.Errorf("with %q in the middle the end counts: %d terms, without it %d", filling, len(whole.terms), len(cut.terms))
		}
		if len(cut.terms) < 3 {
			t.Errorf("with %q in the middle the beginning does not count: %d terms", filling, len(cut.terms))
		}
	}
}

// What a bare headline is made of counts for more than what those that were found
// first have in common beside it: an article that has one of its words and little
// else comes before one that mentions it once amid what they tell.
func TestABareHeadlineIsAskedForMoreThanWhatIsFoundFirst(t *testing.T) {
	words := func(stem string, n int) string {
		var s []string
		for i := range n {
			s = append(s, fmt.Sprint(stem, i))
		}
		return strings.Join(s, " ")
	}
	w := newWorld(t)
	for i := range 60 {
		w.add(feeds.Document{Outlet: "Filler", Title: fmt.Sprint("fila ", i), Text: fmt.Sprint("kavo tuno fila", i), Language: "xx", Published: noon.Add(time.Duration(i) * time.Minute)})
	}
	asked := feeds.ArticleID(len(w.docs) + 1)
	docs := []feeds.Document{{Outlet: "Asked", Title: "calliope marrowby", Language: "xx", Published: noon}}
	for i := range 3 {
		docs = append(docs, feeds.Document{Outlet: fmt.Sprint("Paper ", i), Title: "calliope marrowby", Text: words("reef", 8), Language: "xx", Published: noon.Add(time.Duration(i+1) * time.Hour)})
	}
	w.add(append(docs,
		feeds.Document{Outlet: "Own words", Title: "calliope", Text: words("mola", 3), Language: "xx", Published: noon.Add(2 * time.Hour)},
		feeds.Document{Outlet: "Others' words", Title: "yacht moored", Text: "calliope " + words("reef", 8) + " " + words("sanu", 12), Language: "xx", Published: noon.Add(2 * time.Hour)})...)
	score := map[string]float64{}
	for _, r := range w.related(asked) {
		score[w.docs[r.Article].Outlet] = r.Score
	}
	if own, others := score["Own words"], score["Others' words"]; others == 0 || own <= others {
		t.Errorf("its own words score %.3f, those of what is found first %.3f", own, others)
	}
}
