package store

import (
	"bytes"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"

	bolt "go.etcd.io/bbolt"
)

// bbolt panics, or faults in its memory map, where a page is damaged. Every
// transaction therefore runs under guard, which makes an error of it.

// pageDamage is what a damaged page did to bbolt.
type pageDamage struct{ what any }

func (p *pageDamage) Error() string {
	if _, ok := p.what.(runtime.Error); ok { // its words are about the program's memory
		return "a page of it cannot be read"
	}
	return fmt.Sprintf("damaged page: %v", p.what)
}

func guard(fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			if foreign, ok := r.(foreignPanic); ok {
				panic(foreign.what)
			}
			err = &pageDamage{what: r}
		}
	}()
	return fn()
}

// view runs a read transaction. What fn takes from tx must be copied to
// outlive it, and fn must be short: a write that needs a larger memory map
// waits for every reader.
func (l *Library) view(fn func(tx *bolt.Tx) error) error {
	return l.settle(guard(func() error { return l.db.View(fn) }), false)
}

// update runs a write transaction and commits it to the disk.
func (l *Library) update(fn func(tx *bolt.Tx) error) error {
	if p := l.broken.Load(); p != nil {
		return damagedFile(l.path, p)
	}
	return l.settle(guard(func() error { return l.db.Update(fn) }), true)
}

// settle notes damage, after which nothing more is written: bbolt may hold its
// writer's lock for good, and a damaged file is evidence.
func (l *Library) settle(err error, writing bool) error {
	var p *pageDamage
	if errors.As(err, &p) {
		l.broken.CompareAndSwap(nil, p)
		return damagedFile(l.path, p)
	}
	return l.explain(err, writing)
}

// appendFill is how full bbolt leaves a page it splits where keys only ever
// grow. The views' keys come nearly in order, but for them more than bbolt's
// half makes many small pages.
const appendFill = 1.0

type pair struct{ key, value []byte }

// putSorted puts in the order of the keys, which bbolt rewards by an order of
// magnitude.
func putSorted(b *bolt.Bucket, pairs []pair) error {
	sortPairs(pairs)
	for _, p := range pairs {
		if err := b.Put(p.key, p.value); err != nil {
			return err
		}
	}
	return nil
}

func sortPairs(pairs []pair) {
	slices.SortStableFunc(pairs, func(a, b pair) int { return bytes.Compare(a.key, b.key) })
}
