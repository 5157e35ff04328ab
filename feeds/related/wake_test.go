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

// What comes late, one by one and where it changes nobody's weights, still makes
// those after it decide again: the first article of a story may be the last to
// come.
func TestLatecomersChangeWhatFollows(t *testing.T) {
	t.Run("news of all kinds", func(t *testing.T) { latecomers(t, generated(700, 7)) })
	t.Run("much alike", func(t *testing.T) {
		latecomers(t, append(generated(500, 7), quakes(rand.New(rand.NewPCG(7, 7)), 60, 4)...))
	})
}

func latecomers(t *testing.T, docs []feeds.Document) {
	for i := range docs {
		d := &docs[i]
		d.ID = feeds.ArticleID(i*11%len(docs) + 1) // in no order
		if d.Published.IsZero() {
			d.Published = noon
		}
		// All within one epoch, so that the sample of its statistics is the first
		// of them and leaves the last ones out.
		d.Published = noon.AddDate(0, 0, 6).Add(d.Published.Sub(noon) / 3)
		d.Fetched = d.Published
	}
	slices.SortStableFunc(docs, func(a, b feeds.Document) int { return a.Published.Compare(b.Published) })
	w := newWorld(t)
	w.add(slices.Clone(docs)...)
	want := w.partition()
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 2))
		var there, late []feeds.Document
		for i, d := range docs {
			if i >= len(docs)-120 && r.IntN(3) == 0 {
				late = append(late, d)
			} else {
				there = append(there, d)
			}
		}
		r.Shuffle(len(late), func(i, j int) { late[i], late[j] = late[j], late[i] })
		v := newWorld(t)
		v.add(there...)
		for _, d := range late {
			v.add(d)
			for key := range v.index {
				if key[0] == keyOpen {
					t.Fatalf("seed %d: %q leaves something undecided", seed, d.Title)
				}
			}
		}
		if got := v.partition(); got != want {
			t.Errorf("seed %d: latecomers give other stories:\n%s", seed, firstDifference(got, want))
		}
	}
}

// What comes late may take another's place among the stories that an article after it
// is compared with, without a link to that: a bulletin of the same form, about something
// else.
func TestALatecomerMayTakeAPlaceAmongTheLikeliest(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 5))
	words := func(n int) (list []string) {
		for range n {
			list = append(list, madeWord(r, 4))
		}
		return list
	}
	docs := generated(280, 7) // the sample of their statistics is full
	for i := range docs {
		docs[i].Published = noon.Add(time.Duration(i) * time.Minute)
	}
	form, names := words(24), map[string][]string{}
	tell := func(text []string, of string) {
		if names[of] == nil {
			for _, name := range words(16) {
				names[of] = append(names[of], strings.ToUpper(name[:1])+name[1:])
			}
		}
		docs = append(docs, feeds.Document{Outlet: fmt.Sprint("Outlet ", len(docs)), Title: strings.Join(text[:8], " "), Language: "xx",
			Text: strings.Join(append(slices.Clone(names[of]), text...), " "), Published: noon.AddDate(0, 0, 1).Add(time.Duration(len(docs)) * time.Minute)})
	}
	tell(words(24), "asked")
	for i := range storyMost {
		tell(form, fmt.Sprint(i))
	}
	tell(form, "asked")
	own, asked, late := len(docs)-storyMost-2, len(docs)-1, len(docs)-2
	for i, d := range generated(60, 8) { // so many that they are not all decided anew because of one
		d.Published = noon.AddDate(0, 0, 2).Add(time.Duration(i) * time.Minute)
		docs = append(docs, d)
	}
	for i := range docs {
		docs[i].ID, docs[i].Fetched = feeds.ArticleID(i+1), docs[i].Published
	}
	w := newWorld(t)
	w.add(slices.Concat(docs[:late], docs[asked:])...)
	if w.story[docs[asked].ID] != w.story[docs[own].ID] {
		t.Fatal("a bulletin is not put to the report of what it tells of, this proves nothing")
	}
	w.add(docs[late])
	if w.story[docs[asked].ID] == w.story[docs[own].ID] {
		t.Error("a bulletin is still in the story that a late one is likelier than")
	}
}
