package related

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"broadsheet/feeds"
)

// kept returns what the index keeps of each article, by id.
func (w *world) kept() map[feeds.ArticleID]article {
	out := map[feeds.ArticleID]article{}
	for k, v := range w.index {
		if k[0] != keySegment {
			continue
		}
		seg, err := openSegment(v)
		if err != nil {
			w.t.Fatal(err)
		}
		for i := range seg.len() {
			var a article
			seg.read(i, &a)
			out[feeds.ArticleID(a.id)] = a
		}
	}
	return out
}

// Whatever the batches that articles come in, what is kept of them, their
// weights above all, is the same; and most weights follow from the factors.
func TestWeightsInAnyOrder(t *testing.T) {
	docs := generated(1500, 61)
	r := rand.New(rand.NewPCG(6, 1))
	for i := range docs {
		docs[i].ID = feeds.ArticleID(i + 1)
		if i%3 == 0 {
			docs[i].Language = []string{"de", "fr"}[i%2]
		}
		if i%40 == 0 {
			docs[i].Outlet, docs[i].Text = "Portal", "One text for all that this portal has to tell, whatever it may be."
		}
		if i%50 == 0 {
			docs[i].Text = ""
		}
		if docs[i].Published.IsZero() {
			docs[i].Published = noon.Add(time.Duration(i) * time.Hour)
		}
	}
	w := newWorld(t)
	w.insert(slices.Clone(docs)...)
	want := w.kept()
	stock, follow, all := 0, 0, 0
	for k, v := range w.index {
		if k[0] != keySegment {
			continue
		}
		seg, _ := openSegment(v)
		for i := range seg.len() {
			if seg.stock(i) {
				stock++
			}
			if seg.language(i) == seg.main {
				all++
				if seg.doc(i)[docFlags]&flagWeights == 0 {
					follow++
				}
			}
		}
	}
	if stock == 0 || len(want) != len(docs) {
		t.Fatalf("%d stock texts among %d articles prove nothing", stock, len(want))
	}
	if follow < all*3/4 {
		t.Errorf("the weights of %d articles of %d follow from the factors", follow, all)
	}
	for seed := range 4 {
		v := newWorld(t)
		mixed := slices.Clone(docs)
		if seed > 0 {
			r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		}
		for len(mixed) > 0 {
			n := min(len(mixed), 1+r.IntN(400))
			v.either(r, slices.Clone(mixed[:n])...)
			mixed = mixed[n:]
			if r.IntN(3) == 0 {
				v.engine.Reset()
			}
		}
		got := v.kept()
		for id, a := range want {
			if !reflect.DeepEqual(got[id], a) {
				t.Fatalf("order %d: article %d is kept as\n%+v\nwant\n%+v", seed, id, got[id], a)
			}
		}
	}
}

// BenchmarkInsert puts articles into the index without deciding their stories:
// the latest of a library, and the first of an empty one.
func BenchmarkInsert(b *testing.B) {
	put := func(b *testing.B, w *world, docs []feeds.Document) {
		b.ReportAllocs()
		for b.Loop() {
			if _, _, err := w.engine.Insert(docs); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(docs)*b.N)/b.Elapsed().Seconds(), "articles/s")
	}
	const n = 10_000
	docs := paced(n, 2000)
	b.Run("latest", func(b *testing.B) { put(b, benchWorld(b, n), docs) })
	b.Run("first", func(b *testing.B) { put(b, newWorld(b), docs) })
}
