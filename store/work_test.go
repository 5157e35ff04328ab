package store

import (
	"fmt"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

// A library that is opened for a refresh and closed after it is not left with a
// segment for each save.
func TestWhatARefreshAddedIsMergedWhenTheLibraryCloses(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed")
	for i := range mergeMost - 2 {
		l.save(f.ID, entry(fmt.Sprint(i), "One", "the same words", time.Duration(i)*time.Minute))
	}
	l.reopen()
	if err := l.view(func(tx *bolt.Tx) error {
		all, err := listSegments(tx)
		if err == nil && len(all) != 1 {
			t.Errorf("%d segments, want them merged", len(all))
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	l.check()
}
