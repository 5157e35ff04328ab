package related

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"broadsheet/feeds"
)

// parted is a library that is given the index in parts, and may fail then.
type parted struct {
	shelfOf
	parts int // that it stored
	most  int // bytes of segments in the largest
	left  int // parts until it fails; below 0 never
}

func (p *parted) SaveIndex(changes []feeds.IndexChange) error {
	if p.left == 0 {
		return errors.New("the disk is full")
	}
	p.left--
	p.parts++
	p.most = max(p.most, segmentBytes(changes))
	p.apply(changes)
	return nil
}

func segmentBytes(changes []feeds.IndexChange) int {
	n := 0
	for _, c := range changes {
		if c.Key[0] == keySegment {
			n += len(c.Value)
		}
	}
	return n
}

// inParts is a world whose engine stores so many bytes at once.
func inParts(t *testing.T, most int) (*world, *parted) {
	w := newWorld(t)
	p := &parted{shelfOf: w.index, left: -1}
	w.restart(p, most)
	return w, p
}

func (w *world) restart(p *parted, most int) {
	w.engine = New(p, w.engine.now)
	w.engine.most = most
}

// dense is articles of a few days, enough for several leaves.
func dense(n int) []feeds.Document {
	docs := generated(n, 3)
	for i := range docs {
		docs[i].ID = feeds.ArticleID(i*7919%n + 1)
		docs[i].Published = noon.Add(docs[i].Published.Sub(noon) / 5)
		docs[i].Fetched = noon.Add(9 * 24 * time.Hour)
	}
	return docs
}

// However much of the index new articles change, little of it is handed to the
// library at once, and the index is to the byte what it is when all of it is.
func TestALargeInsertionIsStoredInParts(t *testing.T) {
	const most = 1
	w, p := inParts(t, most)
	whole, _ := inParts(t, 1<<40)
	docs := dense(4 * leafSize)
	atOnce := 0
	for part := range slices.Chunk(docs, leafSize/2) {
		for _, o := range []*world{w, whole} {
			o.docs = map[feeds.ArticleID]feeds.Document{}
			_, changes, err := o.engine.Insert(slices.Clone(part))
			if err != nil {
				t.Fatal(err)
			}
			o.index.apply(changes)
			if o == w {
				p.most = max(p.most, segmentBytes(changes))
			} else {
				atOnce = max(atOnce, segmentBytes(changes))
			}
		}
	}
	largest := 0
	for k, v := range w.index {
		if k[0] == keySegment {
			largest = max(largest, len(v))
		}
	}
	if p.parts < 3 || p.most > most+2*largest || atOnce < most+2*largest {
		t.Errorf("%d parts, %d bytes in the largest, where a leaf has %d and all that changed %d", p.parts, p.most, largest, atOnce)
	}
	if !maps.EqualFunc(w.index, whole.index, slices.Equal) {
		t.Errorf("the index is another than the one that was stored at once")
	}
}

// Whichever part cannot be stored, who inserts the same articles again has each
// once, in the same stories and beside the same ones.
func TestAnInsertionIsGoneOnWithAfterAFailure(t *testing.T) {
	docs := dense(2*leafSize + 300)
	first, second := docs[:leafSize+200], docs[leafSize+200:]
	sure, _ := inParts(t, 1<<40)
	sure.insert(slices.Clone(first)...)
	sure.add(slices.Clone(second)...)
	want, rows := sure.partition(), fmt.Sprint(sure.related(5), sure.related(2000))
	failed := 0
	for stored := 0; ; stored++ {
		w, p := inParts(t, 1)
		w.insert(slices.Clone(first)...)
		p.left = stored
		_, _, err := w.engine.Add(slices.Clone(second))
		if err == nil {
			break
		}
		failed++
		p.left = -1
		w.restart(p, 1)
		w.add(slices.Clone(second)...)
		if got := w.partition(); got != want {
			t.Errorf("after %d parts the stories are others", stored)
		}
		if got := fmt.Sprint(w.related(5), w.related(2000)); got != rows {
			t.Errorf("after %d parts there is beside the articles\n%s\nwant\n%s", stored, got, rows)
		}
		if got := w.lying(); !maps.Equal(got, sure.lying()) {
			t.Errorf("after %d parts %d articles lie in the index, want %d", stored, len(got), len(docs))
		}
	}
	if failed < 2 {
		t.Errorf("%d parts could fail", failed)
	}
}

// lying counts how often each article lies in the index.
func (w *world) lying() map[uint64]int {
	w.t.Helper()
	n := map[uint64]int{}
	err := w.index.ViewIndex(func(v feeds.IndexView) error {
		leaves, err := newBatch(w.engine, v).between(0, 1<<32-1)
		for _, l := range leaves {
			for i := range l.seg.len() {
				n[l.seg.articleID(i)]++
			}
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return n
}

// When all that lay first in an epoch has left, what comes before the rest is
// found.
func TestWhatComesBeforeAllOthersIsFound(t *testing.T) {
	w := newWorld(t)
	w.insert(dense(2 * leafSize)...)
	var ids []feeds.ArticleID
	err := w.index.ViewIndex(func(v feeds.IndexView) error {
		e, err := newBatch(w.engine, v).epoch(uint32(noon.Unix() / epochSeconds))
		if err == nil && len(e.leaves) > 1 {
			for i := range e.leaves[0].seg.len() {
				ids = append(ids, feeds.ArticleID(e.leaves[0].seg.articleID(i)))
			}
		}
		return err
	})
	if err != nil || len(ids) == 0 {
		t.Fatalf("%d articles in the first of several leaves, %v", len(ids), err)
	}
	changes, err := w.engine.Forget(ids)
	if err != nil {
		t.Fatal(err)
	}
	w.index.apply(changes)
	w.add(feeds.Document{ID: 9001, Outlet: "Early", Title: "Ferry Calliope aground off Marrowby", Language: "xx", Published: noon},
		feeds.Document{ID: 9002, Outlet: "Late", Title: "Ferry Calliope aground at Marrowby", Language: "xx", Published: noon.Add(time.Hour)})
	if rows := w.related(9001); len(rows) == 0 || rows[0].Article != 9002 {
		t.Errorf("beside it there is %v, want 9002 first", rows)
	}
}
