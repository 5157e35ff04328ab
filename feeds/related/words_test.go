package related

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"broadsheet/feeds"
)

func (w *world) correct(c ...feeds.Correction) {
	w.t.Helper()
	r, changes, err := w.engine.Correct(c)
	if err != nil {
		w.t.Fatal(err)
	}
	w.index.apply(changes)
	maps.Copy(w.story, r.Story)
	maps.Copy(w.copies, r.Copies)
}

// forget loses everything that can be computed anew.
func (w *world) forget() {
	maps.DeleteFunc(w.index, func(k string, _ []byte) bool { return k[0] != keyWords })
	w.engine = New(w.index, w.engine.now)
	w.story, w.copies = map[feeds.ArticleID]feeds.StoryID{}, map[feeds.ArticleID][]feeds.ArticleID{}
}

func (w *world) kind(asked, other feeds.ArticleID) (feeds.Kind, bool) {
	for _, r := range w.related(asked) {
		if r.Article == other || slices.Contains(r.Copies, other) {
			return r.Kind, r.Why.Said
		}
	}
	return "", false
}

// quake is a world with three reports of one event, and one of another.
func quake(t *testing.T) (*world, [3]feeds.ArticleID, feeds.ArticleID) {
	w := newWorld(t)
	w.add(append(append(filler(), events[0].same...), events[0].other)...)
	n := feeds.ArticleID(len(filler()))
	return w, [3]feeds.ArticleID{n + 1, n + 2, n + 3}, n + 4
}

func TestTheReaderJoinsAndTakesOut(t *testing.T) {
	w, told, other := quake(t)
	cake := feeds.ArticleID(2) // as far from a quake as can be
	check := func(when string, joined bool) {
		t.Helper()
		if same := w.story[told[0]] == w.story[told[1]]; !same {
			t.Errorf("%s: the story fell apart", when)
		}
		if in := w.story[other] == w.story[told[0]]; in != joined {
			t.Errorf("%s: the article joined by the reader is in the story: %v", when, in)
		}
		if in := w.story[cake] == w.story[told[0]]; in != joined {
			t.Errorf("%s: an article without a word in common is in the story: %v", when, in)
		}
		if w.story[told[2]] == w.story[told[0]] {
			t.Errorf("%s: what the reader took out is in the story", when)
		}
		for _, id := range []feeds.ArticleID{other, cake} {
			kind, said := w.kind(told[0], id)
			if (kind == feeds.Coverage) != joined || joined && !said {
				t.Errorf("%s: %d is %q, said %v", when, id, kind, said)
			}
			if kind, _ := w.kind(id, told[0]); (kind == feeds.Coverage) != joined {
				t.Errorf("%s: asked the other way it is %q", when, kind)
			}
		}
		if kind, _ := w.kind(told[0], told[2]); kind == feeds.Coverage {
			t.Errorf("%s: what the reader took out is coverage", when)
		}
	}
	w.correct(feeds.Correction{A: told[0], B: other, Same: true}, feeds.Correction{A: told[0], B: cake, Same: true})
	w.correct(feeds.Correction{A: told[0], B: told[2]}, feeds.Correction{A: told[1], B: told[2]})
	check("at once", true)
	w.engine.Reset()
	check("after a restart", true)
	w.add(w.docs[told[0]], w.docs[other])
	check("after articles came again", true)
	docs := slices.Collect(maps.Values(w.docs))
	w.forget()
	w.add(docs...)
	check("after the index was built anew", true)
	w.correct(feeds.Correction{A: told[1], B: other}, feeds.Correction{A: told[0], B: other}, feeds.Correction{A: cake, B: told[0]}, feeds.Correction{A: cake, B: told[1]})
	check("after the reader thought again", false)
	w.correct(feeds.Correction{A: told[2], B: told[0], Same: true})
	if w.story[told[2]] != w.story[told[0]] {
		t.Error("the latest word does not count")
	}
}

func TestSaidRowsAddUp(t *testing.T) {
	w, told, other := quake(t)
	w.correct(feeds.Correction{A: told[0], B: other, Same: true}, feeds.Correction{A: told[0], B: told[1]})
	said := 0
	for _, r := range w.related(told[0]) {
		sum := 0.0
		for _, x := range r.Why.Terms {
			sum += x.Weight
		}
		if d := sum - r.Score; d > 1e-6 || d < -1e-6 {
			t.Errorf("the terms of %d add up to %v, the score is %v", r.Article, sum, r.Score)
		}
		if r.Why.Said {
			said++
			if !slices.ContainsFunc(r.Why.Terms, func(x feeds.TermWeight) bool { return x.Term == saidTerm }) {
				t.Errorf("%d does not say that the reader said so: %v", r.Article, r.Why.Terms)
			}
		}
		if (r.Kind == feeds.Coverage) != (r.Score >= r.Why.Gate) {
			t.Errorf("%s with score %v, gate %v", r.Kind, r.Score, r.Why.Gate)
		}
	}
	if said != 2 {
		t.Errorf("%d rows by the reader's word, want 2", said)
	}
}

func TestCorrectionsOfNothing(t *testing.T) {
	w := newWorld(t)
	w.add(filler()...)
	for _, c := range []feeds.Correction{{A: 1, B: 1, Same: true}, {A: 0, B: 1}, {A: 1}} {
		if _, _, err := w.engine.Correct([]feeds.Correction{c}); err == nil {
			t.Errorf("%v is no error", c)
		}
	}
	// A word may come before the article it is about.
	w.correct(feeds.Correction{A: 1, B: 500, Same: true})
	d := told("Late", "Something entirely different", "Nothing here is like the rest of the paper.", 0)
	d.ID = 500
	w.add(d)
	if w.story[500] != w.story[1] {
		t.Error("a word said before the article came does not count")
	}
}

// Whatever the order of arrival and the batches, the same articles and the same
// words give the same stories; and the words hold.
func TestCorrectedStoriesInAnyOrder(t *testing.T) {
	docs := generated(300, 21)
	for i := range docs {
		docs[i].ID = feeds.ArticleID(i + 1)
	}
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 3))
		var words []feeds.Correction
		for range 25 {
			c := feeds.Correction{A: feeds.ArticleID(1 + r.IntN(300)), Same: seed%3 == 0 || seed%3 == 1 && r.IntN(2) == 0}
			c.B = c.A%300 + 1
			if !c.Same && c.B%2 == 0 {
				c.A, c.B = c.B, c.A
			} else if c.Same {
				c.B = (c.A+feeds.ArticleID(r.IntN(299)))%300 + 1
			}
			words = append(words, c)
		}
		w := newWorld(t)
		w.add(slices.Clone(docs)...)
		plain := w.partition()
		w.correct(words...)
		want := w.partition()
		if want == plain {
			t.Fatal("the words change nothing, this proves nothing")
		}
		held := words
		if seed%3 == 1 {
			held = words[len(words)-1:] // the others may be outweighed
		}
		for _, c := range held {
			if c.A != c.B && (w.story[c.A] == w.story[c.B]) != c.Same {
				t.Errorf("words %d: %v does not hold", seed, c)
			}
		}
		for range 3 {
			mixed, rest := slices.Clone(docs), words
			r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
			v := newWorld(t)
			v.docs = maps.Clone(w.docs)
			for len(mixed) > 0 || len(rest) > 0 {
				n := min(len(mixed), 1+r.IntN(120))
				v.add(slices.Clone(mixed[:n])...)
				mixed = mixed[n:]
				k := r.IntN(len(rest) + 1)
				if len(mixed) == 0 {
					k = len(rest)
				}
				for _, c := range rest[:k] {
					v.correct(c)
				}
				rest = rest[k:]
			}
			if got := v.partition(); got != want {
				t.Fatalf("words %d give other stories in another order:\n%s", seed, firstDifference(got, want))
			}
		}
	}
}

// What has left the library is in no sidebar any more, its bytes are given
// back, and nobody else's story changes; what comes later is related as ever.
func TestForgottenArticlesLeaveNoTrace(t *testing.T) {
	docs := generated(300, 31)
	w := newWorld(t)
	w.add(slices.Clone(docs)...)
	var gone []feeds.ArticleID
	for i := range docs {
		if i%4 == 0 {
			gone = append(gone, feeds.ArticleID(i+1))
		}
	}
	forget := func(ids []feeds.ArticleID) {
		t.Helper()
		changes, err := w.engine.Forget(ids)
		if err != nil {
			t.Fatal(err)
		}
		w.index.apply(changes)
	}
	was := w.index.size()
	forget(gone)
	if is := w.index.size(); is > was*5/6 {
		t.Errorf("a quarter of the articles forgotten, and the index has %d of %d bytes", is, was)
	}
	w.engine.Reset() // as after a restart
	for id := range w.docs {
		for _, r := range w.related(id) {
			if slices.Contains(gone, id) || slices.Contains(gone, r.Article) {
				t.Fatalf("the sidebar of %d has %d; one of them is forgotten", id, r.Article)
			}
		}
	}
	again := map[feeds.ArticleID]feeds.Document{}
	for _, id := range gone[:20] {
		again[id+1000] = w.docs[id]
	}
	for id, d := range again {
		d.ID = id
		w.add(d)
		if w.story[id] == 0 {
			t.Errorf("%d, new, has no story", id)
		}
	}
	var all []feeds.ArticleID
	for id := range w.docs {
		all = append(all, id)
	}
	forget(all)
	for k := range w.index {
		if k[0] == keySegment || k[0] == keyState || k[0] == keyOpen {
			t.Errorf("all are forgotten, and %q is there", k)
		}
	}
	forget(all) // they are not there: no matter
	w.add(slices.Clone(docs)...)
}

func TestACopySaidToBeAnotherStory(t *testing.T) {
	w := newWorld(t)
	w.add(append(filler(), told("Wire", "Tarrow leases harbour", wire, 0), told("Star", "Tarrow leases harbour", wire, time.Hour), told("Bay", "Tarrow's harbour leased", wire, time.Hour))...)
	n := feeds.ArticleID(len(filler()))
	if kind, _ := w.kind(n+1, n+2); kind != feeds.Coverage {
		t.Fatalf("a copy is %q", kind)
	}
	w.correct(feeds.Correction{A: n + 1, B: n + 2})
	if kind, _ := w.kind(n+1, n+2); kind == feeds.Coverage || w.story[n+1] == w.story[n+2] {
		t.Errorf("a copy that the reader took out is %q", kind)
	}
	if kind, _ := w.kind(n+1, n+3); kind != feeds.Coverage || w.story[n+1] != w.story[n+3] {
		t.Errorf("the other copy is %q", kind)
	}
	w.correct(feeds.Correction{A: n + 1, B: n + 2, Same: true})
	if rows := w.related(n + 1); len(rows) == 0 || len(rows[0].Copies) != 1 {
		t.Errorf("a copy that the reader joined is not in one row with the other: %v", rows)
	}
}

// A word taken back leaves what was there before it: the word before, or what
// the articles say themselves.
func TestWordsTakenBack(t *testing.T) {
	w, told, other := quake(t)
	pair := feeds.Correction{A: told[0], B: other, Same: true}
	back := pair
	back.Taken = true
	untouched := w.partition()
	w.correct(pair)
	if w.story[told[0]] != w.story[other] {
		t.Fatal("the word does not join")
	}
	w.correct(back)
	if got := w.partition(); got != untouched {
		t.Errorf("stories after the word was taken back:\n%s", firstDifference(got, untouched))
	}
	if kind, said := w.kind(told[0], other); kind == feeds.Coverage || said {
		t.Errorf("the row is %q, said %v, after the word was taken back", kind, said)
	}
	for k := range w.index {
		if len(k) > 1 && k[0] == keyWords {
			t.Errorf("a word is left in the index: %x", k)
		}
	}
	// Of two stories that are one by themselves, taking back a word on top of
	// another leaves the first.
	apart := feeds.Correction{A: told[0], B: told[1]}
	w.correct(apart)
	parted := w.partition()
	if parted == untouched {
		t.Fatal("the word does not part")
	}
	w.correct(feeds.Correction{A: told[0], B: told[1], Same: true})
	w.engine.Reset()
	w.correct(feeds.Correction{A: told[0], B: told[1], Taken: true})
	if got := w.partition(); got != parted {
		t.Errorf("the word before does not hold again:\n%s", firstDifference(got, parted))
	}
}
