package store

import (
	"bytes"
	"fmt"
	"slices"
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
		if err := unshelve(tx); err != nil {
			return err
		}
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

// unshelve makes of tables what they were before there were tables.
func unshelve(tx *bolt.Tx) error {
	for bucket := range tables {
		var records []pair
		if err := tableOf(tx, []byte(bucket)).ForEach(func(k, v []byte) error {
			records = append(records, pair{bytes.Clone(k), bytes.Clone(v)})
			return nil
		}); err != nil {
			return err
		}
		if err := tx.DeleteBucket([]byte(bucket)); err != nil {
			return err
		}
		b, err := tx.CreateBucket([]byte(bucket))
		if err == nil {
			err = putSorted(b, records)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// A library of before the tables gets them, also if that is cut short time and
// again, and loses nothing by it.
func TestRecordsAreShelved(t *testing.T) {
	l := newTestLibrary(t)
	fill(t, l, newNewsroom(), 600)
	if err := l.SaveRelations(feeds.Relations{Story: map[feeds.ArticleID]feeds.StoryID{2: 1, 3: 1, 9: 4, 5: 5}}, nil, 10); err != nil {
		t.Fatal(err)
	}
	yes := true
	if _, err := l.SetStatus([]feeds.ArticleID{1, 2, 3}, feeds.StatusChange{Read: &yes}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.SetStatus([]feeds.ArticleID{3, 4}, feeds.StatusChange{Saved: &yes}); err != nil {
		t.Fatal(err)
	}
	sound, err := l.digest()
	if err != nil {
		t.Fatal(err)
	}
	records := func() (all []string) {
		if err := l.view(func(tx *bolt.Tx) error {
			for _, bucket := range shelved {
				if err := eachRecord(tx, bucket, func(k, v []byte) error {
					all = append(all, fmt.Sprintf("%s %x %x", bucket, k, v))
					return nil
				}); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return all
	}
	want := records()
	if err := l.update(func(tx *bolt.Tx) error {
		if err := unshelve(tx); err != nil {
			return err
		}
		return putSchema(tx, tableSchema-1)
	}); err != nil {
		t.Fatal(err)
	}
	if is, err := l.digest(); err != nil || is == sound {
		t.Fatal("nothing was taken from the shelves")
	}
	for done := false; !done; { // each of these transactions may be the last before a crash
		if err := l.update(func(tx *bolt.Tx) (err error) {
			if done, err = shelveSome(tx, 250); err == nil && done {
				err = putSchema(tx, tableSchema)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
	l.reopen()
	l.check()
	if got := records(); !slices.Equal(got, want) {
		t.Errorf("%d records are on the shelves, want %d", len(got), len(want))
	}
}

func TestEveryTableIsShelved(t *testing.T) {
	if len(shelved) != len(tables) {
		t.Errorf("%d of %d tables are made of what older libraries have", len(shelved), len(tables))
	}
}
