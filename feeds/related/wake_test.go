package related

import (
	"math/rand/v2"
	"slices"
	"testing"

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
