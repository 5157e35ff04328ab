package store

import (
	"bytes"
	"testing"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

func TestWhatIsMappedIsCounted(t *testing.T) {
	const size = 32 << 20
	l := newTestLibrary(t)
	if err := l.SaveIndex([]feeds.IndexChange{{Key: []byte("c"), Value: bytes.Repeat([]byte{1}, size)}}); err != nil {
		t.Fatal(err)
	}
	err := l.view(func(tx *bolt.Tx) error {
		unmap(tx)
		without := l.pages.mapped()
		if sum := bytes.Count(tx.Bucket(bucketRelated).Get([]byte("c")), []byte{1}); sum < size {
			t.Errorf("%d bytes are there", sum)
		}
		with := l.pages.mapped()
		unmap(tx)
		if after := l.pages.mapped(); with-without < size/2 || with-after < size/2 {
			t.Errorf("%d bytes are mapped, before %d, when they have been left %d", with, without, after)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
