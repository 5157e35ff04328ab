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

// The sample is of the first articles, as many as it says: what those behind them
// tell is not counted, though it lies in the same segment.
func TestASampleIsOfTheFirstArticles(t *testing.T) {
	const all, early = 40, 32
	w := newWorld(t)
	for i := range all {
		title := "harbour ferry"
		if i >= early {
			title += " calliope"
		}
		w.add(feeds.Document{Outlet: "Gazette", Title: title, Language: "xx", Published: noon.Add(time.Duration(i) * time.Minute)})
	}
	w.engine.Reset()
	asked := newWords().read(feeds.Document{Title: "harbour calliope", Language: "xx"})
	asked.dated(feeds.Document{Published: noon}, noon)
	err := w.index.ViewIndex(func(v feeds.IndexView) error {
		s, err := newBatch(w.engine, v).statistics(statsKey{asked.place.when / epochSeconds, asked.lang})
		if err != nil {
			return err
		}
		if s.count != all || s.n != early || s.end.when != asked.place.when+(early-1)*60 {
			t.Errorf("the sample has %d of %d articles to %d s, want %d of %d to %d s", s.n, s.count, s.end.when-asked.place.when, early, all, (early-1)*60)
		}
		for k, want := range map[string]int{"harbour": early, "calliope": 0} {
			i := slices.IndexFunc(asked.terms, func(x term) bool { return x.id == hash32(k)&^1 })
			if i < 0 {
				t.Fatalf("no term of %q", k)
			}
			docs := 0
			if n, ok := s.terms.find(asked.terms[i].id); ok {
				docs = int(s.found[n].docs)
			}
			if docs != want {
				t.Errorf("%q is in %d articles of the sample, want %d", k, docs, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
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
