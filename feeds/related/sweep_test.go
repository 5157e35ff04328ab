package related

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

// What a sweep finds for each of many articles is what a search for that one
// finds: the text it copies and the story it is tied to.
func TestASweepFindsWhatASearchFinds(t *testing.T) {
	for _, spare := range []int{leafSize, 50} {
		for _, guesses := range []int{manyGuesses, 1} {
			t.Run(fmt.Sprint(spare, " articles out of the window and ", guesses, " guesses are held"), func(t *testing.T) { sweepsLikeASearch(t, spare, guesses) })
		}
	}
}

func sweepsLikeASearch(t *testing.T, spare, guesses int) {
	r := rand.New(rand.NewPCG(9, 9))
	docs := generated(900, 23)
	own := strings.Fields("calliope marrowby reef ferry passengers harbour coastguard captain tide rescue lifeboat hull")
	for i := range 4 * storyCore { // one story beyond its core
		r.Shuffle(len(own), func(i, j int) { own[i], own[j] = own[j], own[i] })
		docs = append(docs, feeds.Document{Outlet: fmt.Sprint("Paper ", i), Title: strings.Join(own[:5], " "), Language: "xx",
			Text: strings.Join(own[:9], " "), Published: noon.Add(time.Duration(r.IntN(60)) * time.Hour)})
	}
	docs = append(docs, longTexts(r, 60)...)
	docs = append(docs, forms(r, 80)...)
	docs = append(docs, sentAgain(r, docs)...)
	for i, d := range longTexts(r, 200) { // and after a while, twice, more than the window holds
		d.Published = noon.Add(time.Duration(60+30*(i/100))*24*time.Hour + time.Duration(i%100)*time.Hour)
		docs = append(docs, d)
	}
	for i := range docs {
		docs[i].Title += []string{"", " monday", " tuesday"}[r.IntN(3)]
	}
	slices.SortStableFunc(docs, func(a, b feeds.Document) int { return a.Published.Compare(b.Published) })
	w := newWorld(t)
	w.add(docs[:300]...)
	w.insert(docs[300:]...)
	texts, tied, late := 0, 0, 0
	err := w.index.ViewIndex(func(v feeds.IndexView) error {
		e := w.engine
		tell := newBatch(e, v).teller()
		if err := tell.pushUndecided(); err != nil {
			return err
		}
		if tell.sweep == nil {
			t.Fatal("so many articles are not swept over, this proves nothing")
		}
		sweep := newSweep(tell) // not the teller's, which goes back for none
		sweep.spare, sweep.most = spare, guesses
		defer sweep.stop()
		defer tell.sweep.stop()
		held, compacted := 0, 0
		defer func() {
			if compacted < 5 && spare < leafSize && !t.Failed() {
				t.Errorf("what left the window was forgotten %d times, this proves nothing", compacted)
			}
		}()
		for tell.queue.len() > 0 {
			if n := len(sweep.slots); n < held {
				compacted++
			}
			held = len(sweep.slots)
			at := tell.queue.pop()
			if err := tell.ensure(at.place()); err != nil {
				return err
			}
			links, err := tell.neighbours(at, false)
			if err != nil {
				return err
			}
			wantText, wantStory := tell.choose(at, links)
			if wantText == nil {
				if wantText, err = tell.reprinted(at); err != nil {
					return err
				}
				if wantText != nil {
					late++
				}
			}
			text, story, err := sweep.decide(at)
			if err != nil {
				return err
			}
			sweep.ahead.wait()
			for _, c := range sweep.now.by {
				if i := slices.IndexFunc(c.sum, func(n uint32) bool { return n != 0 }); i >= 0 {
					t.Fatalf("article %d: the sum of slot %d is left from an article before", at.id(), i)
				}
			}
			for _, list := range [][]uint8{sweep.match.weight, sweep.match.name} {
				if i := slices.IndexFunc(list, func(w uint8) bool { return w != 0 }); i >= 0 {
					t.Fatalf("article %d: the weight of term %d is left from an article before", at.id(), i)
				}
			}
			if (text == nil) != (wantText == nil) || text != nil && text.ref != wantText.ref {
				t.Fatalf("article %d: the sweep finds the text %v, the search %v", at.id(), text, wantText)
			}
			if story != wantStory {
				t.Fatalf("article %d: the sweep finds story %d, the search %d", at.id(), story, wantStory)
			}
			if text != nil {
				texts++
			}
			if story != 0 {
				tied++
			}
			if err := tell.decide(at); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if texts < 20 || tied < 100 || late < 10 {
		t.Errorf("%d copies, %d of them late, and %d ties in this world, it proves little", texts, late, tied)
	}
}

// longTexts are texts of many words, none of which weighs much, every second
// one with most of the text before it.
func longTexts(r *rand.Rand, n int) []feeds.Document {
	var docs []feeds.Document
	var last []string
	for i := range n {
		words := make([]string, 260)
		for k := range words {
			words[k] = fmt.Sprintf("%c%co%c", 'b'+rune(r.IntN(20)), 'a'+rune(r.IntN(24)), 'b'+rune(r.IntN(20)))
		}
		if i%2 == 1 {
			copy(words[40:], last[40:200])
		}
		last = words
		docs = append(docs, feeds.Document{Outlet: fmt.Sprint("Review ", i), Title: strings.Join(words[:6], " "), Language: "xx",
			Text: strings.Join(words, " "), Published: noon.Add(time.Duration(i) * time.Hour)})
	}
	return docs
}

// forms are reports of one wording, of a few places, people and agencies each.
func forms(r *rand.Rand, n int) []feeds.Document {
	one := func(of ...string) string { return of[r.IntN(len(of))] }
	var docs []feeds.Document
	for i := range n {
		place := one("Tarmora", "Pelworth", "Ostrava Mills", "Hollins Ferry")
		text := report(place, one("Quelling Bay", "Marrowby", "Brackwater"), one("Ida Brandvold", "Lena Castellan", "Pavel Okonkwo"),
			one("Seismos", "Geonet", "Terrascope"), fmt.Sprintf("%d.%d", 3+r.IntN(4), r.IntN(10)), fmt.Sprint(r.IntN(1200)))
		docs = append(docs, feeds.Document{Outlet: fmt.Sprint("Bulletin ", i), Title: "Quake shakes " + place, Text: text, Language: "en",
			Published: noon.Add(time.Duration(r.IntN(60)) * time.Hour)})
	}
	return docs
}

// sentAgain are some of the articles again, days later.
func sentAgain(r *rand.Rand, docs []feeds.Document) []feeds.Document {
	var out []feeds.Document
	for i, d := range docs {
		if i%20 == 0 && !d.Published.IsZero() {
			d.Outlet, d.Published = "Repeats", d.Published.Add(time.Duration(24+r.IntN(15*24))*time.Hour)
			d.Fetched = d.Published
			out = append(out, d)
		}
	}
	return out
}
