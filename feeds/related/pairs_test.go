package related

import (
	"math/rand/v2"
	"testing"

	"broadsheet/feeds"
)

// Articles that are held side by side have the links that a query for each finds.
func TestPairsHaveTheLinksOfQueries(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 4))
	docs := append(generated(120, 31), forms(r, 60)...)
	for i := range docs {
		docs[i].Title += []string{"", " monday", " tuesday"}[r.IntN(3)]
		if r.IntN(6) == 0 {
			docs[i].Text = "" // a bare headline
		}
	}
	w := newWorld(t)
	w.add(docs...)
	found, none := 0, 0
	err := w.index.ViewIndex(func(v feeds.IndexView) error {
		leaves, err := newBatch(w.engine, v).between(0, 1<<32-1)
		if err != nil {
			return err
		}
		var list []ref
		for _, l := range leaves {
			for i := range l.seg.len() {
				list = append(list, ref{l, i})
			}
		}
		find := newSearcher()
		p := pairs{times: find.times, leave: v.Leave}
		p.hold(list)
		for i, a := range list {
			var one article
			a.leaf.seg.read(a.i, &one)
			q := one.linkQuery(find.times)
			for k, got := range p.links(i, i) {
				b := list[k]
				find.spread(find.indices(q, b.leaf), b.leaf)
				_, want := q.link(b, find.dense)
				find.wipe()
				if want < linkMin || column(a, b) {
					want = 0
				}
				if got != want {
					t.Fatalf("articles %d and %d have a link of %v, want %v", a.id(), b.id(), got, want)
				}
				if want > 0 {
					found++
				} else {
					none++
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 500 || none < 500 {
		t.Errorf("%d links and %d pairs without one: this proves little", found, none)
	}
}
