package related

import (
	"slices"
	"testing"
	"time"
)

// leaving is a view of an index that tells when its pages are left.
type leaving struct {
	viewOf
	left func()
}

func (v *leaving) Leave() { v.left() }

// inSegments is an index of so many segments, all in one epoch, ten minutes an
// article.
func inSegments(n int) (index shelfOf, number uint32) {
	const each = 20
	list := someArticles(n * each)
	number = uint32(noon.Unix()) / epochSeconds
	for i, a := range list {
		a.place.when = number*epochSeconds + uint32(i)*600
	}
	index = shelfOf{}
	for some := range slices.Chunk(list, each) {
		start := some[0].place
		if start.when == number*epochSeconds {
			start.hash = 0
		}
		index[string(placeKey(keySegment, start))] = encodeSegment(some)
	}
	return index, number
}

// Of segments that lie all over a large file few are mapped at once.
func TestStoriesAreLoadedSegmentAfterSegment(t *testing.T) {
	index, number := inSegments(12)
	v := &leaving{viewOf: viewOf{shelfOf: index}, left: func() {}}
	b := newBatch(New(index, time.Now), v)
	e, err := b.epoch(number)
	if err != nil {
		t.Fatal(err)
	}
	loaded := 0
	v.left = func() {
		n := 0
		for _, l := range e.leaves {
			if l.states != nil {
				n++
			}
		}
		if n > loaded+1 {
			t.Errorf("%d segments are loaded, %d when the pages were last left", n, loaded)
		}
		loaded = n
	}
	if err := b.teller().ensure(e.leaves[6].start); err != nil {
		t.Fatal(err)
	}
	if loaded != 12 {
		t.Errorf("the pages are left after %d of 12 segments", loaded)
	}
}

func TestWhichSegmentsAreOfATimeIsToldWithoutThem(t *testing.T) {
	index, number := inSegments(12)
	s := &shelf{view: &viewOf{shelfOf: index}, seen: map[string]uint32{}, epochs: map[uint32]*epoch{}}
	e, err := s.epoch(number)
	if err != nil {
		t.Fatal(err)
	}
	from, to := e.leaves[3].seg.when(0), e.leaves[7].seg.when(19)
	for _, l := range e.leaves {
		clear(l.seg.docs)
	}
	found, err := s.between(from, to)
	if err != nil || !slices.Equal(found, e.leaves[3:8]) {
		t.Errorf("%d segments are found, want the five from the fourth on: %v", len(found), err)
	}
}
