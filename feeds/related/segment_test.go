package related

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"broadsheet/feeds"
)

func someArticles(n int) []*article {
	w, s := newWords(), newStats(langEnglish)
	var list []*article
	for i, d := range generated(n, 3) {
		d.ID = feeds.ArticleID(i + 1)
		a := w.read(d)
		a.dated(d, noon.Add(365*24*time.Hour))
		w.packer.pack(a)
		s.add(a)
		unpack(a)
		list = append(list, a)
	}
	s.share()
	for _, a := range list {
		s.weigh(a)
	}
	slices.SortFunc(list, func(a, b *article) int {
		return canonical(entry{place: a.place, id: a.id}, entry{place: b.place, id: b.id})
	})
	return list
}

func encodeSegment(list []*article) []byte {
	var w writer
	b, _ := w.encode(entries(list), &segment{}, nil, nil)
	return b
}

func entries(list []*article) []entry {
	var out []entry
	for _, a := range list {
		out = append(out, entry{fresh: a, place: a.place, id: a.id})
	}
	return out
}

func TestSegmentGivesBackWhatWasPut(t *testing.T) {
	list := someArticles(60)
	list[3].stock = true
	b := encodeSegment(list)
	if err := verify(b); err != nil {
		t.Fatal(err)
	}
	seg, err := openSegment(b)
	if err != nil {
		t.Fatal(err)
	}
	if seg.len() != len(list) {
		t.Fatalf("%d articles, want %d", seg.len(), len(list))
	}
	for i, want := range list {
		var got article
		seg.read(i, &got)
		for k, x := range want.terms {
			at, ok := seg.find(x.id, 0)
			if !ok || seg.surface(at) == "" {
				t.Fatalf("term %d of article %d is lost", k, i)
			}
		}
		w := *want
		w.surface, w.lexicon = nil, nil
		if len(w.sketch) == 0 {
			w.sketch, got.sketch = nil, nil
		}
		if !reflect.DeepEqual(got, w) {
			t.Fatalf("article %d: got %+v, want %+v", i, got, w)
		}
	}
}

// Weights are the same whether they follow from the factors or stand in the
// segment, and most follow if the factors are known.
func TestWeightsFollowFromFactors(t *testing.T) {
	list := someArticles(200)
	s := newStats(langEnglish)
	var p packer
	for _, a := range list {
		p.pack(a)
		s.add(a)
		unpack(a)
	}
	s.share()
	for _, a := range list {
		s.weigh(a)
	}
	list[7].terms[0].w ^= 1 // as if the statistics had been others
	list[8].lang = tongue("fr")
	var w writer
	known := func(language) (*stats, bool) { return s, true }
	with, _ := w.encode(entries(list), &segment{}, known, nil)
	without, _ := w.encode(entries(list), &segment{}, nil, nil)
	if len(with) >= len(without) {
		t.Errorf("%d bytes with factors, %d without", len(with), len(without))
	}
	a, err := openSegment(with)
	if err != nil {
		t.Fatal(err)
	}
	b, err := openSegment(without)
	if err != nil {
		t.Fatal(err)
	}
	stand := 0
	for i, want := range list {
		var x, y article
		a.read(i, &x)
		b.read(i, &y)
		if !slices.Equal(x.terms, want.terms) || !slices.Equal(y.terms, want.terms) {
			t.Fatalf("article %d weighs %v and %v, want %v", i, x.terms, y.terms, want.terms)
		}
		if a.doc(i)[docFlags]&flagWeights != 0 {
			stand++
		}
		if b.doc(i)[docFlags]&flagWeights == 0 {
			t.Errorf("the weights of article %d follow from nothing", i)
		}
	}
	if stand < 2 || stand > len(list)/4 {
		t.Errorf("the weights of %d articles of %d are written", stand, len(list))
	}
}

// Articles taken over from a segment as bytes, beside new ones, make the same
// bytes as if all were new.
func TestSegmentsChangedAreAsWrittenAnew(t *testing.T) {
	list := someArticles(300)
	want := encodeSegment(list)
	r := rand.New(rand.NewPCG(8, 8))
	for range 5 {
		var w writer
		var half, all []entry
		for _, e := range entries(list) {
			switch r.IntN(3) {
			case 0:
				half = append(half, e)
				all = append(all, entry{i: len(half) - 1, place: e.place, id: e.id})
			case 1:
				gone := *e.fresh // is not taken over
				gone.terms = []term{{id: 7 << 1, w: 9}}
				gone.surface, gone.lexicon = []uint32{0}, &lexicon{words: []lexeme{{word: "x"}}}
				half = append(half, entry{fresh: &gone, place: e.place, id: e.id})
				all = append(all, e)
			default:
				all = append(all, e)
			}
		}
		first, _ := w.encode(half, &segment{}, nil, nil)
		old, err := openSegment(first)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := w.encode(all, &old, nil, nil); !bytes.Equal(got, want) {
			t.Fatal("a segment made of another and new articles is not as one made of new articles")
		}
	}
}

// The quick look-up finds what is there, says where what is not would be, and
// agrees with a plain search whatever the ids.
func TestFindAgreesWithPlainSearch(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for _, spread := range []uint32{1 << 31, 1 << 20, 300} {
		var ids []uint32
		for range 1000 {
			ids = append(ids, r.Uint32N(spread)+(1<<32-1-spread)*r.Uint32N(2))
		}
		slices.Sort(ids)
		ids = slices.Compact(ids)
		var s segment
		for _, id := range ids {
			s.ids = binary.LittleEndian.AppendUint32(s.ids, id)
		}
		for k := range 4000 {
			id, from := r.Uint32N(spread), r.IntN(len(ids)+1)
			if k%2 == 0 {
				id = ids[r.IntN(len(ids))]
			}
			at, found := slices.BinarySearch(ids[from:], id)
			if got, ok := s.find(id, from); got != from+at || ok != found {
				t.Fatalf("find(%d, %d) = %d, %v; want %d, %v", id, from, got, ok, from+at, found)
			}
		}
	}
}

func TestDamagedSegmentIsAnError(t *testing.T) {
	w := newWorld(t)
	w.add(generated(80, 5)...)
	for k, v := range w.index {
		if k[0] == keySegment {
			v = slices.Clone(v)
			v[len(v)/2] ^= 0x40
			w.index[k] = v
		}
	}
	w.engine.Reset()
	if _, err := w.engine.Related(1, 10); err == nil {
		t.Error("a flipped bit went unnoticed")
	}
	if _, _, err := w.engine.Add([]feeds.Document{{ID: 900, Title: "One more", Published: noon}}); err == nil {
		t.Error("an article was added to a damaged index")
	}
}

// Whatever the bytes, reading them ends and does not panic.
func FuzzSegment(f *testing.F) {
	for _, n := range []int{0, 1, 20} {
		f.Add(encodeSegment(someArticles(n)), uint32(7), uint16(3))
	}
	f.Add([]byte("RBS2"), uint32(0), uint16(0))
	f.Fuzz(func(t *testing.T, b []byte, id uint32, flip uint16) {
		if len(b) > 0 {
			b = slices.Clone(b)
			b[int(flip)%len(b)] ^= byte(id)
		}
		seg, err := openSegment(b)
		if err != nil {
			return
		}
		l := &leaf{seg: seg}
		var a article
		s := newSearcher()
		for i := range min(seg.len(), 50) {
			seg.read(i, &a)
			q := a.query(s.times)
			s.choose(q, queryTerms)
			s.near(a.linkQuery(s.times), l, 0.01, func(i int) bool { return i%2 == 0 }, func(guess, float64, float64) {})
			for _, h := range s.search(q, []*leaf{l}, 10, func(ref) bool { return true }) {
				why(q, h, ordinaryTerms(q.lang))
			}
			contained(&a, &a)
		}
		if seg.terms() > 0 {
			at, _ := seg.find(id, 0)
			if at < seg.terms() {
				seg.surface(at)
			}
		}
	})
}

// FuzzRead feeds hostile texts through everything.
func FuzzRead(f *testing.F) {
	f.Add("Title", "text", "en")
	f.Add("東京 Tokyo l'Europe U.S. 1,000.5", "d'\u0301 \xff ’s ’", "fr-CA")
	f.Add("", "\u0000\u202e", "x")
	f.Fuzz(func(t *testing.T, title, text, lang string) {
		w := newWorld(t)
		w.add(told("A", title, text, 0), feeds.Document{Outlet: "B", Title: text, Text: title, Language: lang}, told("C", title, text, time.Hour))
		for id := range w.docs {
			w.related(id)
		}
	})
}

// benchWorld is a library of n articles, two thousand a day in the order of
// their dates. They are made as they are added, so a million fits in memory.
func benchWorld(b *testing.B, n int) *world {
	w := newWorld(b)
	w.engine = New(w.index, func() time.Time { return noon.Add(20000 * time.Hour) })
	const batch = 4000
	for from := 0; from < n; from += batch {
		_, changes, err := w.engine.Add(paced(from, min(batch, n-from)))
		if err != nil {
			b.Fatal(err)
		}
		w.index.apply(changes)
	}
	return w
}

// paced are n articles of benchWorld's, from one on.
func paced(from, n int) []feeds.Document {
	docs := generated(n, uint64(from)+9)
	for i := range docs {
		docs[i].ID = feeds.ArticleID(from + i + 1)
		docs[i].Published = noon.Add(time.Duration(from+i) * 24 * time.Hour / 2000)
		docs[i].Fetched = docs[i].Published
	}
	return docs
}

// BenchmarkIndex puts a whole library into the index as a refresh does: batches
// first, all stories in the end. With -cpu 1 it tells the processor's time.
func BenchmarkIndex(b *testing.B) {
	const batch = 1000
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint("of ", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				index := shelfOf{}
				engine := New(index, func() time.Time { return noon.Add(20000 * time.Hour) })
				put := func(how func([]feeds.Document) (feeds.Relations, []feeds.IndexChange, error)) {
					_, changes, err := how(nil)
					if err != nil {
						b.Fatal(err)
					}
					index.apply(changes)
				}
				for from := 0; from < n; from += batch {
					b.StopTimer()
					docs := paced(from, min(batch, n-from))
					b.StartTimer()
					if engine.Take(docs) {
						put(engine.Insert)
					}
				}
				put(engine.Add)
			}
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "articles/s")
		})
	}
}

func BenchmarkAdd(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		b.Run(fmt.Sprint("to ", n), func(b *testing.B) {
			w := benchWorld(b, n-1000)
			docs := paced(n-1000, 1000)
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := w.engine.Add(docs); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(len(docs)*b.N)/b.Elapsed().Seconds(), "articles/s")
		})
	}
}

func BenchmarkRelated(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint("of ", n), func(b *testing.B) {
			w := benchWorld(b, n)
			var took []time.Duration
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				start := time.Now()
				if _, err := w.engine.Related(feeds.ArticleID(i*7919%n+1), 10); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}
