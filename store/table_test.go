package store

import (
	"bytes"
	"encoding/binary"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// A table does what bbolt does, whatever is put, taken out, sought and walked.
func TestATableIsAsABucket(t *testing.T) {
	l := newTestLibrary(t)
	for _, bucket := range [][]byte{bucketByFeed, bucketStoryOf, bucketIdentities} {
		shape := tables[string(bucket)]
		r := rand.New(rand.NewPCG(1, uint64(shape.key)))
		want := map[string]string{}
		random := func(n int) []byte {
			b := make([]byte, n)
			for i := range b {
				b[i] = byte(r.IntN(4))
			}
			return b
		}
		for round := range 60 {
			err := l.update(func(tx *bolt.Tx) error {
				table := tableOf(tx, bucket)
				var pairs []pair
				for range r.IntN(200) {
					p := pair{random(shape.key), random(shape.value)}
					pairs = append(pairs, p)
					want[string(p.key)] = string(p.value)
				}
				if err := table.putAll(pairs); err != nil {
					return err
				}
				for range r.IntN(10) {
					k, v := random(shape.key), random(shape.value)
					want[string(k)] = string(v)
					if err := table.Put(k, v); err != nil {
						return err
					}
				}
				keys := slices.Sorted(maps.Keys(want))
				gone := r.IntN(30)
				if round%10 == 9 {
					gone = len(keys) - r.IntN(5)
				}
				for range min(gone, len(keys)) {
					k := keys[r.IntN(len(keys))]
					delete(want, k)
					if err := table.Delete([]byte(k)); err != nil {
						return err
					}
				}
				return table.Delete(random(shape.key + 1))
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := l.view(func(tx *bolt.Tx) error { compareTable(t, r, tableOf(tx, bucket), want, random); return nil }); err != nil {
				t.Fatal(err)
			}
		}
		if err := l.update(func(tx *bolt.Tx) error { // what these tests leave is no library
			if err := tx.DeleteBucket(bucket); err != nil {
				return err
			}
			_, err := tx.CreateBucket(bucket)
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func compareTable(t *testing.T, r *rand.Rand, table table, want map[string]string, random func(int) []byte) {
	t.Helper()
	keys := slices.Sorted(maps.Keys(want))
	i := 0
	_ = table.ForEach(func(k, v []byte) error {
		if i >= len(keys) || string(k) != keys[i] || string(v) != want[keys[i]] {
			t.Fatalf("record %d is %x, %x", i, k, v)
		}
		i++
		return nil
	})
	if i != len(keys) {
		t.Fatalf("%d records, want %d", i, len(keys))
	}
	for range 50 {
		k := random(1 + r.IntN(table.key))
		v, there := want[string(k)]
		if got := table.Get(k); there != (got != nil) || string(got) != v {
			t.Fatalf("%x is %x, %v; want %x, %v", k, got, got != nil, v, there)
		}
		at, _ := slices.BinarySearch(keys, string(k))
		c := table.Cursor()
		got, _ := c.Seek(k)
		for step := range 5 {
			if in := at >= 0 && at < len(keys); in != (got != nil) || in && string(got) != keys[at] {
				t.Fatalf("from %x, step %d is %x", k, step, got)
			}
			if got == nil {
				break
			}
			if r.IntN(2) == 0 {
				at++
				got, _ = c.Next()
			} else {
				at--
				got, _ = c.Prev()
			}
		}
	}
	c := table.Cursor()
	first, _ := c.First()
	first = bytes.Clone(first)
	last, _ := c.Last()
	if len(keys) > 0 && (string(first) != keys[0] || string(last) != keys[len(keys)-1]) {
		t.Fatalf("from %x to %x", first, last)
	}
}

// Shelves are well filled, and few when most of what was on them has gone.
func TestATableTakesLittleRoom(t *testing.T) {
	l := newTestLibrary(t)
	r := rand.New(rand.NewPCG(1, 1))
	shelves := func() (n, size int) {
		if err := l.view(func(tx *bolt.Tx) error {
			return tx.Bucket(bucketSaved).ForEach(func(k, v []byte) error { n, size = n+1, size+len(k)+len(v); return nil })
		}); err != nil {
			t.Fatal(err)
		}
		return n, size
	}
	change := func(fn func(table) error) {
		if err := l.update(func(tx *bolt.Tx) error { return fn(tableOf(tx, bucketSaved)) }); err != nil {
			t.Fatal(err)
		}
	}
	var all []place
	for range 20 {
		var pairs []pair
		for range 500 {
			p := placeOf(1.7e9+r.Int64N(1e6), 0)
			all = append(all, p)
			pairs = append(pairs, pair{key: bytes.Clone(p[:])})
		}
		change(func(t table) error { return t.putAll(pairs) })
	}
	n, size := shelves()
	if size > len(all)*9 {
		t.Errorf("%d places take %d bytes", len(all), size)
	}
	change(func(t table) error {
		for _, p := range all[len(all)/20:] {
			if err := t.Delete(p[:]); err != nil {
				return err
			}
		}
		return nil
	})
	if left, _ := shelves(); left > n/6 {
		t.Errorf("a twentieth is left on %d of %d shelves", left, n)
	}
	change(func(t table) error {
		for _, p := range all {
			if err := t.Delete(p[:]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Pages that a transaction has emptied are no end of a table: what lies before
// them is found, walked to and taken out, and a table emptied whole is empty.
func TestATableIsWholeAroundEmptiedPages(t *testing.T) {
	l := newTestLibrary(t)
	const n = 20000
	var pairs []pair
	for i := range n {
		pairs = append(pairs, pair{key: binary.BigEndian.AppendUint64(make([]byte, placeWidth-8), uint64(i))})
	}
	if err := l.update(func(tx *bolt.Tx) error { return tableOf(tx, bucketSaved).putAll(slices.Clone(pairs)) }); err != nil {
		t.Fatal(err)
	}
	if err := l.update(func(tx *bolt.Tx) error {
		table := tableOf(tx, bucketSaved)
		for _, p := range pairs[n/4 : 3*n/4] {
			if err := table.Delete(p.key); err != nil {
				return err
			}
		}
		for i, p := range pairs {
			if there, want := table.Get(p.key) != nil, i < n/4 || i >= 3*n/4; there != want {
				t.Fatalf("%d is there: %v", i, there)
			}
		}
		c := table.Cursor()
		last, _ := c.Last()
		for i := n - 1; i >= 0; i-- {
			if i == 3*n/4-1 {
				i = n/4 - 1
			}
			if !bytes.Equal(last, pairs[i].key) {
				t.Fatalf("walking back, %x comes where %x should", last, pairs[i].key)
			}
			last, _ = c.Prev()
		}
		for _, p := range pairs {
			if err := table.Delete(p.key); err != nil {
				return err
			}
		}
		if k, _ := c.Last(); k != nil {
			t.Errorf("an empty table ends with %x", k)
		}
		return table.Put(pairs[n/2].key, nil)
	}); err != nil {
		t.Fatal(err)
	}
	if err := l.update(func(tx *bolt.Tx) error { return tableOf(tx, bucketSaved).Delete(pairs[n/2].key) }); err != nil {
		t.Fatal(err)
	}
}
