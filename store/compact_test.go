package store

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// A file that is compacted has buckets in buckets, and their sequences.
func TestACopyHasAllRecords(t *testing.T) {
	open := func(name string) *bolt.DB {
		db, err := bolt.Open(filepath.Join(t.TempDir(), name), fileMode, boltOptions(defaultTimeout, nil))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		return db
	}
	source, target := open("source"), open("target")
	err := source.Update(func(tx *bolt.Tx) error {
		for _, name := range []string{"a", "b"} {
			outer, err := tx.CreateBucket([]byte(name))
			if err != nil {
				return err
			}
			for i := range byte(5) {
				inner, err := outer.CreateBucket([]byte{2, i})
				err = errors.Join(err, outer.Put([]byte{1, i}, nil), outer.Put([]byte{3, i}, bytes.Repeat([]byte{i}, compactBatch/3)),
					inner.Put([]byte("k"), bytes.Repeat([]byte{i}, compactBatch/4)), inner.SetSequence(uint64(i)))
				if err != nil {
					return err
				}
			}
			if err := outer.SetSequence(7); err != nil {
				return err
			}
		}
		return nil
	})
	if err = errors.Join(err, copyRecords(target, source)); err != nil {
		t.Fatal(err)
	}
	listed := func(db *bolt.DB) (out []string) {
		var list func(in string, b *bolt.Bucket) error
		list = func(in string, b *bolt.Bucket) error {
			out = append(out, fmt.Sprintf("%s %d", in, b.Sequence()))
			return b.ForEach(func(k, v []byte) error {
				if v == nil {
					return list(fmt.Sprintf("%s/%x", in, k), b.Bucket(k))
				}
				out = append(out, fmt.Sprintf("%s/%x %d %x", in, k, len(v), sha256.Sum256(v)))
				return nil
			})
		}
		if err := db.View(func(tx *bolt.Tx) error {
			return tx.ForEach(func(name []byte, b *bolt.Bucket) error { return list(string(name), b) })
		}); err != nil {
			t.Fatal(err)
		}
		return out
	}
	was, is := listed(source), listed(target)
	if len(was) != 42 || !slices.Equal(was, is) {
		t.Errorf("the copy has\n%s\nand not\n%s", strings.Join(is, "\n"), strings.Join(was, "\n"))
	}
}
