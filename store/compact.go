package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"
)

// Compacting writes the records into a new file without the free pages, which
// takes the old one's place when it is whole. It is done when nobody has the
// library open: pages that are mapped cannot be moved.

const (
	compactLeast = 8 << 20   // a smaller file is left alone
	compactQuick = 256 << 20 // what the reader may be made to wait for: about a second
	compactBatch = 4 << 20
)

// worthCompacting tells whether more than a tenth of the file is free pages, as
// it is after a first refresh: a page that holds several large records is written
// anew with each that comes, and segments of the search are merged.
func (l *Library) worthCompacting(patient bool) bool {
	f, err := pagesOf(l.file)
	if err != nil || f.size < compactLeast || !patient && f.size > compactQuick {
		return false
	}
	free, err := newPageWalk(f, func(string, ...any) {}).freeList()
	if err != nil {
		return false
	}
	used := int64(f.head.pages-uint64(len(free))) * f.pageSize
	space, known := freeSpace(filepath.Dir(l.path))
	return used < f.size-f.size/10 && (!known || space >= used+spareSpace)
}

// compact makes the file at path as small as it can be and gives its size
// before and after.
func compact(path string, timeout time.Duration) (before, after int64, err error) {
	source, file, err := openDB(path, timeout)
	if err != nil {
		return 0, 0, err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	if before, err = sizeOf(file); err != nil {
		return 0, 0, unreadable(path, err)
	}
	path = followed(path)
	temp, err := newFileName(path)
	if err != nil {
		return 0, 0, unwritable(path, err)
	}
	defer func() { _ = os.Remove(temp) }()
	err = guard(func() error { return compactInto(temp, source) })
	var damage *pageDamage
	switch {
	case errors.As(err, &damage), errors.Is(err, errUnsound):
		return before, before, damagedFile(path, err)
	case err != nil:
		return before, before, unwritable(path, err)
	}
	info, err := os.Stat(temp)
	if err == nil {
		err = os.Rename(temp, path)
	}
	if err != nil {
		return before, before, unwritable(path, err)
	}
	syncDir(filepath.Dir(path))
	return before, info.Size(), nil
}

func compactInto(temp string, source *bolt.DB) error {
	o := boltOptions(defaultTimeout, nil)
	o.NoSync = true // until it is whole nobody misses it
	mapAtOnce(o)
	target, err := bolt.Open(temp, fileMode, o)
	if err != nil {
		return err
	}
	if err := errors.Join(copyRecords(target, source), target.Close()); err != nil {
		return err
	}
	f, err := os.OpenFile(temp, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	pages, err := pagesOf(f)
	if err != nil {
		return err
	}
	// bbolt makes a small file twice as long as it has to be.
	if err := f.Truncate(int64(pages.head.pages) * pages.pageSize); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return soundCopy(f)
}

// copier puts the records of a database into an empty one, in their order, a batch in
// each commit. bbolt's Compact does that too, but all of both files stays mapped
// meanwhile, which counts as our memory.
type copier struct {
	source *bolt.Tx
	target *bolt.DB
	tx     *bolt.Tx // of the target
	size   int      // bytes of records in it
	copied int      // records
	pages  mapping
}

// copiedApart is how large a record is, at most, that is copied before its page is
// left: those of a batch lie all over the file, and to commit them would map it again.
const copiedApart = 4 << 10

func copyRecords(target, source *bolt.DB) error {
	return source.View(func(tx *bolt.Tx) (err error) {
		c := copier{source: tx, target: target}
		c.pages.open(c.leave)
		defer c.pages.gauge.close()
		if c.tx, err = target.Begin(true); err != nil {
			return err
		}
		defer func() { _ = c.tx.Rollback() }() // of one that is committed it is nothing
		if err := tx.ForEach(func(name []byte, b *bolt.Bucket) error { return c.bucket([][]byte{name}, b) }); err != nil {
			return err
		}
		return c.tx.Commit()
	})
}

// bucket copies the one that lies where the names lead to.
func (c *copier) bucket(names [][]byte, b *bolt.Bucket) error {
	if err := c.make(names, b.Sequence()); err != nil {
		return err
	}
	return b.ForEach(func(k, v []byte) error {
		if v == nil {
			return c.bucket(slices.Concat(names, [][]byte{k}), b.Bucket(k))
		}
		if c.size += len(k) + len(v); c.size > compactBatch {
			if err := c.commit(); err != nil {
				return err
			}
			c.size = len(k) + len(v)
		}
		if len(v) <= copiedApart {
			v = bytes.Clone(v)
		}
		if c.copied++; c.copied%copiedOver == 0 {
			c.pages.look()
		}
		return c.at(names).Put(k, v)
	})
}

// make makes a bucket of the target.
func (c *copier) make(names [][]byte, sequence uint64) (err error) {
	var b *bolt.Bucket
	if last := len(names) - 1; last == 0 {
		b, err = c.tx.CreateBucket(names[0])
	} else {
		b, err = c.at(names[:last]).CreateBucket(names[last])
	}
	if err != nil {
		return err
	}
	return b.SetSequence(sequence)
}

// at is a bucket of the target.
func (c *copier) at(names [][]byte) *bolt.Bucket {
	b := c.tx.Bucket(names[0])
	for _, name := range names[1:] {
		b = b.Bucket(name)
	}
	b.FillPercent = 1
	return b
}

// copiedOver is how many records are copied until it is looked how much is mapped.
const copiedOver = 64

func (c *copier) commit() error {
	if err := c.tx.Commit(); err != nil {
		return err
	}
	tx, err := c.target.Begin(true)
	if err != nil {
		return err
	}
	c.tx = tx
	c.leave()
	return nil
}

func (c *copier) leave() {
	unmap(c.source)
	unmap(c.tx)
}

func sizeOf(f *os.File) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
