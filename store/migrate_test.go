package store

import (
	"bytes"
	"fmt"
	"testing"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// A library of before the checksums gets them, and loses nothing by it.
func TestARecordWithoutAChecksumGetsOne(t *testing.T) {
	l, entries := marked(t)
	var changes []feeds.IndexChange
	for i := range 50 {
		changes = append(changes, feeds.IndexChange{Key: fmt.Append(nil, "key", i), Value: bytes.Repeat([]byte{byte(i)}, sealedBatch/20)})
	}
	if err := l.SaveRelations(feeds.Relations{}, changes, 3); err != nil {
		t.Fatal(err)
	}
	err := l.update(func(tx *bolt.Tx) error {
		if err := tx.DeleteBucket(bucketMarks); err != nil {
			return err
		}
		for bucket, unseal := range map[string]func(v []byte) []byte{
			string(bucketIdentities): func(v []byte) []byte { return bytes.Clone(v[:articleWidth+8]) },
			string(bucketRelated):    func(v []byte) []byte { return bytes.Clone(openIndex(v)) },
		} {
			var old []pair
			b := tx.Bucket([]byte(bucket))
			if err := b.ForEach(func(k, v []byte) error {
				old = append(old, pair{bytes.Clone(k), unseal(v)})
				return nil
			}); err != nil {
				return err
			}
			if err := putSorted(b, old); err != nil {
				return err
			}
		}
		return putSchema(tx, 2)
	})
	if err != nil {
		t.Fatal(err)
	}
	l.reopen()
	l.check()
	l.wantMarks()
	err = l.ViewIndex(func(v feeds.IndexView) error {
		for _, c := range changes {
			if !bytes.Equal(v.Get(c.Key), c.Value) {
				t.Errorf("%s of the related index has changed", c.Key)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if stored := l.save(1, entries...); len(stored.New)+len(stored.Updated) > 0 {
		t.Errorf("the same entries are new or updated: %v", stored)
	}
}
