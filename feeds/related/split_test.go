package related

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

func TestPart(t *testing.T) {
	// links of the articles 0–5 by a rule for each pair
	links := func(n int, of func(i, k int) float64) [][]float64 {
		out := make([][]float64, n)
		for i := range n {
			for k := range i {
				out[i] = append(out[i], of(i, k))
			}
		}
		return out
	}
	two := func(i, k int) float64 {
		if i%2 == k%2 {
			return 0.4
		}
		return 0.2
	}
	for _, c := range []struct {
		name  string
		links [][]float64
		want  [][]int
	}{
		{"two events", links(6, two), [][]int{{0, 2, 4}, {1, 3, 5}}},
		{"one event", links(6, func(i, k int) float64 { return 0.3 }), [][]int{{0, 1, 2, 3, 4, 5}}},
		{"one event, some of it closer", links(6, func(i, k int) float64 { return 0.15 + two(i, k)/2 }), [][]int{{0, 1, 2, 3, 4, 5}}},
		{"too few to tell", links(3, two), [][]int{{0, 1, 2}}},
		{"no links", links(4, func(i, k int) float64 { return 0 }), [][]int{{0, 1, 2, 3}}},
		{"a stray goes with those it is like", links(7, func(i, k int) float64 {
			if i < 6 {
				return two(i, k)
			}
			return 0.12 - float64(k%2)/100
		}), [][]int{{0, 2, 4, 6}, {1, 3, 5}}},
	} {
		got := clusters(c.links).part(c.links)
		for _, g := range got {
			slices.Sort(g)
		}
		slices.SortFunc(got, slices.Compare)
		if !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// lookAlikes makes pairs of events that are much alike, each told by several
// outlets. The title names the event, for the test to read.
func lookAlikes(pairs int, seed uint64) []feeds.Document {
	r := rand.New(rand.NewPCG(seed, 3))
	word := func() string {
		s := ""
		for range 3 + r.IntN(2) {
			s += string("bcdfghjklmnprstvwxyz"[r.IntN(20)]) + string("aeiou"[r.IntN(5)])
		}
		return s
	}
	words := func(n int) []string {
		var out []string
		for range n {
			out = append(out, word())
		}
		return out
	}
	common := words(400)
	var out []feeds.Document
	for p := range pairs {
		shared := words(8)
		for event := range 2 {
			own := words(9)
			for k := range 3 + r.IntN(3) {
				pick := func(list []string, n int) []string {
					r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
					return slices.Clone(list[:n])
				}
				title := slices.Concat(pick(shared, 3), pick(own, 3))
				text := slices.Concat(pick(shared, 6), pick(own, 7), pick(common, 40))
				r.Shuffle(len(text), func(i, j int) { text[i], text[j] = text[j], text[i] })
				out = append(out, feeds.Document{Outlet: fmt.Sprintf("Paper %d/%d/%d", p, event, k), Title: strings.Join(title, " "), Text: strings.Join(text, " "),
					Language: "xx", Published: noon.Add(time.Duration(p*3+r.IntN(30)) * time.Hour)})
			}
		}
	}
	return out
}

// event is which of the look-alike events a document tells.
func event(d feeds.Document) string { return d.Outlet[:strings.LastIndex(d.Outlet, "/")] }

// founders counts the stories as the articles decided one after the other.
func (w *world) founders() int {
	w.t.Helper()
	all := map[uint64]bool{}
	err := w.index.ViewIndex(func(v feeds.IndexView) error {
		s := &shelf{view: v, seen: map[string]uint32{}, epochs: map[uint32]*epoch{}}
		for id := range w.docs {
			p, _ := s.placeOf(uint64(id))
			r, ok, err := s.at(uint64(id), p)
			if err != nil || !ok {
				return fmt.Errorf("article %d is not indexed: %w", id, err)
			}
			all[r.leaf.stateAt(r.i).founder] = true
		}
		return nil
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return len(all)
}

func TestLookAlikeEventsPart(t *testing.T) {
	w := newWorld(t)
	w.add(lookAlikes(40, 1)...)
	of := map[feeds.StoryID]map[string]bool{}
	for id, s := range w.story {
		if of[s] == nil {
			of[s] = map[string]bool{}
		}
		of[s][event(w.docs[id])] = true
	}
	mixed := 0
	for _, events := range of {
		if len(events) > 1 {
			mixed++
		}
	}
	// Decided one after the other alone, most pairs would be one story.
	if n := w.founders(); n > 60 {
		t.Fatalf("the look-alikes make %d stories before they are parted, this proves nothing", n)
	}
	if mixed > 4 {
		t.Errorf("%d of %d stories hold two events", mixed, len(of))
	}
}

func TestPartsInAnyOrder(t *testing.T) {
	docs := slices.Concat(lookAlikes(30, 2), generated(120, 3))
	w := newWorld(t)
	w.add(slices.Clone(docs)...)
	want := w.partition()
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 4))
		mixed := slices.Clone(docs)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		v := newWorld(t)
		for len(mixed) > 0 {
			n := min(len(mixed), 1+r.IntN(40))
			v.either(r, slices.Clone(mixed[:n])...)
			mixed = mixed[n:]
			if r.IntN(3) == 0 {
				v.engine.Reset()
			}
		}
		v.add()
		if got := v.partition(); got != want {
			t.Errorf("order %d gives other stories:\n%s", seed, firstDifference(got, want))
		}
	}
}

// A sidebar has the asked article's story first: without stories one in fifty
// of these rows comes after one of another event.
func TestSidebarHasTheStoryFirst(t *testing.T) {
	w := newWorld(t)
	w.add(generated(500, 9)...)
	after, rows := 0, 0
	for id, story := range w.story {
		others := false
		for _, r := range w.related(id) {
			if w.story[r.Article] != story {
				others = true
				continue
			}
			if rows++; others {
				after++
			}
		}
	}
	if rows < 1000 || after*200 > rows {
		t.Errorf("%d of %d rows of the same story come after one of another", after, rows)
	}
}
