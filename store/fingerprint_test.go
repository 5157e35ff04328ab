package store

import (
	"testing"

	bolt "go.etcd.io/bbolt"
)

// What an earlier version saved is the same article, and is then known by the
// fingerprint that is made now.
func TestTheFingerprintOfAnEarlierVersionIsKnown(t *testing.T) {
	l := newTestLibrary(t)
	f := l.feed("https://a.example/feed").ID
	e := entry("a", "One", "text", 1)
	id := l.save(f, e).New[0]
	key := identityOf(f, &e)
	var made fingerprinter
	now := made.fingerprint(&e)
	put := func(print [fingerprintWidth]byte) {
		t.Helper()
		if err := l.update(func(tx *bolt.Tx) error {
			return tableOf(tx, bucketIdentities).putAll([]pair{{key[:], encodeIdentity(key[:], identity{id, print})}})
		}); err != nil {
			t.Fatal(err)
		}
	}
	put(made.earlier())
	for range 2 {
		before := l.commits()
		if stored := l.save(f, e); len(stored.New)+len(stored.Updated) > 0 {
			t.Errorf("stored %+v", stored)
		}
		if err := l.view(func(tx *bolt.Tx) error {
			if i, ok := decodeIdentity(key[:], tableOf(tx, bucketIdentities).Get(key[:])); !ok || i != (identity{id, now}) {
				t.Errorf("it is known as %+v, want %x", i, now)
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if n := l.commits() - before; n > 1 {
			t.Errorf("%d commits", n)
		}
	}
	before := l.commits()
	if l.save(f, e); l.commits() != before {
		t.Error("what is known is written again")
	}
	put([fingerprintWidth]byte{1})
	e.Title = "Two"
	if stored := l.save(f, e); len(stored.Updated) != 1 {
		t.Errorf("an edit since: stored %+v", stored)
	}
}
