package store

import (
	"bytes"
	"path/filepath"
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

func TestAFileThatIsCompactedIsNotMappedAsAWhole(t *testing.T) {
	const size, most = 48 << 20, 16 << 20
	l := newTestLibrary(t)
	var changes []feeds.IndexChange
	for i := range byte(size >> 20) {
		changes = append(changes, feeds.IndexChange{Key: []byte{'c', i}, Value: bytes.Repeat([]byte{i}, 1<<20)})
	}
	if err := l.SaveIndex(changes); err != nil {
		t.Fatal(err)
	}
	target, err := bolt.Open(filepath.Join(t.TempDir(), "copy"), fileMode, boltOptions(defaultTimeout, nil))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = target.Close() }()
	l.leaveMapped()
	without := l.pages.mapped()
	if err := copyRecords(target, l.db); err != nil {
		t.Fatal(err)
	}
	if more := l.pages.mapped() - without; more > most {
		t.Errorf("%d bytes more are mapped in the end", more)
	}
}
