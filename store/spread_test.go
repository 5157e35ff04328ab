package store

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"testing"
	"unsafe"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// Small pages that are written now and then lie near each other, though much of the
// file is free: a look at each maps some around it. In any order they lie in 126 pieces.
func TestSmallPagesLieTogether(t *testing.T) {
	const free, records, around, most = 48, 2000, 64 << 10, 100
	l := newTestLibrary(t)
	save := func(changes ...feeds.IndexChange) {
		t.Helper()
		if err := l.SaveIndex(changes); err != nil {
			t.Fatal(err)
		}
	}
	key := func(kind byte, i int) []byte { return binary.BigEndian.AppendUint32([]byte{kind}, uint32(i)) }
	for _, value := range [][]byte{bytes.Repeat([]byte{1}, 1<<20), nil} {
		for i := range free {
			save(feeds.IndexChange{Key: key('c', i), Value: value})
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 20 {
		var changes []feeds.IndexChange
		for i := range records {
			if round == 0 || r.IntN(10) == 0 {
				changes = append(changes, feeds.IndexChange{Key: key('s', i), Value: make([]byte, 900, 900+feeds.IndexRoom)})
			}
		}
		save(changes...)
	}
	looked := map[uintptr]bool{}
	err := l.view(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketRelated).ForEach(func(_, v []byte) error {
			looked[uintptr(unsafe.Pointer(&v[0]))/around] = true
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(looked) > most {
		t.Errorf("%d records lie in %d pieces of %d bytes of a file of %d", records, len(looked), around, l.size())
	}
}
