package store

import (
	"bytes"
	"testing"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// What was given of the index stays readable when its pages do not stay mapped.
func TestWhatIsNotMappedAnyMoreCanBeRead(t *testing.T) {
	l := newTestLibrary(t)
	var changes []feeds.IndexChange
	for i := range byte(5) {
		changes = append(changes, feeds.IndexChange{Key: []byte{'c', i}, Value: bytes.Repeat([]byte{i + 1}, mappedMost/2)})
	}
	if err := l.SaveRelations(feeds.Relations{}, changes, 0); err != nil {
		t.Fatal(err)
	}
	err := l.ViewIndex(func(v feeds.IndexView) error {
		var values [][]byte
		for _, c := range changes {
			values = append(values, v.Get(c.Key))
		}
		l.leaveMapped()
		for i, c := range changes {
			if !bytes.Equal(values[i], c.Value) {
				t.Errorf("value %d has changed", i)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What others map between two looks is not taken for what is always mapped, or more
// and more would be.
func TestWhatIsMappedAgainAtOnceIsNotThere(t *testing.T) {
	now, left, again := 0, 0, 0
	m := mapping{mapped: func() int { return now }, leave: func() { now, left = mappedMost+again, left+1 }}
	for i, step := range []struct{ now, again, want int }{{3 * mappedMost, 0, 1}, {3 * mappedMost, mappedMost, 2}, {5 * mappedMost / 2, 0, 3}} {
		now, again = step.now, step.again
		if m.look(); left != step.want {
			t.Errorf("look %d: the pages were left %d times, want %d", i, left, step.want)
		}
	}
}

// Pages are left when many are mapped since they last were.
func TestLongWorkHasFewPagesMapped(t *testing.T) {
	const others = 50 << 20
	now, left := others, 0
	m := mapping{mapped: func() int { return now }, leave: func() { now, left = others/2, left+1 }}
	for i, step := range []struct{ more, want int }{{0, 1}, {mappedMost, 1}, {1, 2}, {mappedMost, 2}, {mappedMost, 3}, {0, 3}} {
		now += step.more
		if m.look(); left != step.want {
			t.Errorf("look %d: the pages were left %d times, want %d", i, left, step.want)
		}
	}
}

func TestWhoSetsManyStoriesLooksAtWhatIsMapped(t *testing.T) {
	l := newTestLibrary(t)
	stories := map[feeds.ArticleID]feeds.StoryID{}
	for id := range feeds.ArticleID(3 * lookedOver) {
		stories[id+1] = 1
	}
	looks := 0
	if err := l.update(func(tx *bolt.Tx) error { return setStories(tx, stories, func() { looks++ }) }); err != nil {
		t.Fatal(err)
	}
	if looks != 3 {
		t.Errorf("%d looks, want 3", looks)
	}
}
