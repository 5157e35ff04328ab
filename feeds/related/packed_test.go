package related

import (
	"maps"
	"slices"
	"testing"
	"time"

	"broadsheet/feeds"
)

// unpack makes an article what it was before it was packed.
func unpack(a *article) {
	sketch := a.eachWord(func(word uint32, t term) {
		a.terms, a.surface = append(a.terms, t), append(a.surface, word)
	})
	a.sketch, a.packed = readSketch(sketch, nil), nil
}

// Articles that were taken are added as if they came all at once, to the byte;
// those that were dropped are not.
func TestWhatIsTakenIsAddedAtOnce(t *testing.T) {
	docs := dense(leafSize + 500)
	once, taken := newWorld(t), newWorld(t)
	once.add(slices.Clone(docs)...)

	taken.engine.Take([]feeds.Document{{ID: 9001, Title: "Ferry Calliope aground", Published: noon}})
	taken.engine.Reset()
	n := 0
	for part := range slices.Chunk(docs[:leafSize], 300) {
		if taken.engine.Take(slices.Clone(part)) {
			t.Fatalf("%d articles are enough", n)
		}
		n += len(part)
	}
	taken.add(slices.Clone(docs[leafSize:])...)
	if !maps.EqualFunc(once.index, taken.index, slices.Equal) {
		t.Error("the index is another than the one of a single batch")
	}
	if got := taken.lying(); len(got) != len(docs) {
		t.Errorf("%d articles lie in the index, want %d", len(got), len(docs))
	}
}

// However many articles there are, those that are held take a bounded room, and so do
// their words.
func TestNoMoreThanSomeIsTaken(t *testing.T) {
	one := &lexicon{}
	for what, x := range map[string]func() *lexicon{
		"articles": func() *lexicon { return one },
		"words":    func() *lexicon { return &lexicon{} },
	} {
		const size = 1 << 10
		var held arrivals
		n, lexicons := 0, map[*lexicon]bool{}
		for ; !held.enough(); n++ {
			if n > packedMost/size {
				t.Fatalf("no number of %s is enough", what)
			}
			a := &article{packed: make([]byte, size), lexicon: x()}
			lexicons[a.lexicon] = true
			held.add([]*article{a})
		}
		if took := n*size + len(lexicons)*lexiconSize; took < packedMost/2 || took > 3*packedMost {
			t.Errorf("%s of %d bytes are enough", what, took)
		}
	}
}

// Segments that several make at the same time are those that one makes.
func TestManyEncodeAsOneDoes(t *testing.T) {
	docs := dense(4 * leafSize)
	one, many := newWorld(t), newWorld(t)
	one.engine.Leeway = feeds.NewLeeway(func() time.Time { return noon })
	one.engine.Leeway.Take()
	for _, part := range [][]feeds.Document{docs[:leafSize], docs[leafSize:]} { // into an empty index, then beside what lies there
		one.insert(slices.Clone(part)...)
		many.insert(slices.Clone(part)...)
	}
	if !maps.EqualFunc(one.index, many.index, slices.Equal) {
		t.Error("the index is another than the one that one of them makes")
	}
}
