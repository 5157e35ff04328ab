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

// Where news is much alike something of dozens of stories comes into question for an
// article. It is compared with the likeliest of them, and with what may be its text.
func TestAnArticleIsComparedWithTheLikeliestStories(t *testing.T) {
	w := newWorld(t)
	w.insert(quakes(rand.New(rand.NewPCG(8, 8)), 80, 6)...)
	many := 0
	err := w.index.ViewIndex(func(v feeds.IndexView) error {
		tell := newBatch(w.engine, v).teller()
		if err := tell.pushUndecided(); err != nil {
			return err
		}
		if tell.sweep == nil {
			t.Fatal("so many articles are not swept over, this proves nothing")
		}
		defer tell.sweep.stop()
		for tell.queue.len() > 0 {
			at := tell.queue.pop()
			if err := tell.decide(at); err != nil {
				return err
			}
			s := tell.sweep
			chosen, hints := s.likely, map[uint32]*hint{}
			for _, g := range s.now.of(s.told) {
				if k := s.tales[g.at]; k != 0 {
					if hints[k] == nil {
						hints[k] = &hint{}
					}
					hints[k].add(g.link)
				}
			}
			for n, h := range hints {
				k := s.numbered[n]
				likely := h.strength(int(k.core), int(s.slots[s.told].terms))
				isChosen := slices.ContainsFunc(chosen, func(c prospect) bool { return c.tale == k })
				if !isChosen && !k.ended(s.heads[s.told].when) && (len(chosen) < storyMost || likely > chosen[storyMost-1].likely) {
					t.Fatalf("article %d: a story that is tied to it by %.3f is left out, others are not: %v", at.id(), likely, chosen)
				}
			}
			if len(hints) > storyMost {
				many++
			}
			var numbers []uint32
			for _, g := range s.exact {
				if n := s.tales[g.at]; g.faint && !slices.Contains(numbers, n) {
					numbers = append(numbers, n)
				}
			}
			if len(numbers) > storyMost || slices.Contains(numbers, 0) {
				t.Fatalf("article %d is compared with faint articles of the stories %d", at.id(), numbers)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if many < 100 {
		t.Errorf("of %d articles only something of more than %d stories comes into question, this proves little", many, storyMost)
	}
}

// quakes are so many earthquakes, of each of which some papers tell in one wording, most
// with the same names, and one in words of its own.
func quakes(r *rand.Rand, events, papers int) []feeds.Document {
	var docs []feeds.Document
	for i := range events {
		names := [4]string{}
		for k := range names {
			n := r.IntN(events / 2)
			names[k] = strings.ToUpper(fmt.Sprintf("%c", 'a'+n%26)) + madeWord(rand.New(rand.NewPCG(uint64(k), uint64(n))), 3)
		}
		for k := range papers {
			told := names
			if r.IntN(3) == 0 {
				told[1+r.IntN(3)] = "Unnamed"
			}
			text := report(told[0], told[1], told[2], told[3], fmt.Sprintf("%d.%d", 3+r.IntN(4), r.IntN(10)), fmt.Sprint(r.IntN(1200)))
			if k == 0 {
				text = strings.Join(names[:], " and ")
				for range 30 {
					text += " " + madeWord(r, 2)
				}
			}
			docs = append(docs, feeds.Document{Outlet: fmt.Sprint("Paper ", k), Title: "Quake shakes " + told[0], Language: "en",
				Text: text, Published: noon.Add(time.Duration(i*20+r.IntN(600)) * time.Minute)})
		}
	}
	return docs
}

// A hint is as strong as the tie of the same links would be.
func TestAHintIsATieOfGuesses(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for n := 1; n <= storyCore; n++ {
		var h hint
		var k tie
		for range n {
			x := r.Uint32N(guessUnits)
			h.add(x)
			k.add(float64(x) / guessUnits)
		}
		if got, want := h.strength(n, 30), k.strength(n, 30); got != want {
			t.Errorf("%d guesses are as strong as %v, want %v", n, got, want)
		}
	}
}
