package store

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"
)

// long makes the tests that break things at random go on for longer.
var long = flag.Bool("long", false, "break and kill the library many more times")

func rounds(few, many int) int {
	if *long {
		return many
	}
	return few
}

// digest stands for all that a library holds. Pages that bbolt cannot read give
// an error.
func (l *Library) digest() (sum [32]byte, err error) {
	h := sha256.New()
	err = l.view(func(tx *bolt.Tx) error {
		var bucket func(name []byte, b *bolt.Bucket) error
		bucket = func(name []byte, b *bolt.Bucket) error {
			h.Write(name)
			return b.ForEach(func(k, v []byte) error {
				if inner := b.Bucket(k); v == nil && inner != nil {
					return bucket(k, inner)
				}
				for _, part := range [][]byte{k, {0}, v, {1}} {
					h.Write(part)
				}
				return nil
			})
		}
		return tx.ForEach(bucket)
	})
	if err != nil {
		return sum, err // h may have been left in the middle of a write
	}
	return [32]byte(h.Sum(nil)), nil
}

// A bit that has changed anywhere is found by check, or it changed nothing that
// the library holds: it lies in a free page or behind the last record of one.
func TestCheckFindsAFlippedBit(t *testing.T) {
	s := newNewsstand(t)
	s.shut()
	whole, err := os.ReadFile(s.file) // with the free pages as the last close left them
	if err != nil {
		t.Fatal(err)
	}
	s.open()
	sound, err := s.digest()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(11, 11))
	path := filepath.Join(t.TempDir(), "library.db")
	marks, err := os.ReadFile(s.file + marksName)
	if err != nil {
		t.Fatal(err)
	}
	matter := 0
	for range rounds(60, 5000) {
		flipped := bytes.Clone(whole)
		bit := r.IntN(8 * len(s.whole))
		flipped[bit/8] ^= 1 << (bit % 8)
		if err := errors.Join(os.WriteFile(path, flipped, 0o600), os.WriteFile(path+marksName, marks, 0o600)); err != nil {
			t.Fatal(err)
		}
		l, err := Open(path, Options{Clock: func() time.Time { return testNow }})
		if err != nil {
			matter++
			if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrNotLibrary) && !errors.Is(err, ErrNewer) {
				t.Errorf("bit %d: %v", bit, err)
			}
			continue
		}
		is, readErr := l.digest()
		problems, err := l.Check()
		if readErr != nil || is != sound {
			matter++
			if err == nil && len(problems) == 0 {
				t.Errorf("bit %d of page %d, byte %d, is not found", bit%8, bit/8/4096, bit/8%4096)
			}
		}
		if err := l.Close(); err != nil {
			t.Errorf("bit %d: close: %v", bit, err)
		}
	}
	if matter < 10 {
		t.Errorf("only %d flips changed anything", matter)
	}
}
