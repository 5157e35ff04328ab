package store

import (
	"bytes"
	"testing"

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
