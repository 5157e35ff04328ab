package store

import (
	"errors"
	"os"
	"path/filepath"
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
	err = func() error {
		defer keepUnmapped(source, target)()
		return bolt.Compact(target, source, compactBatch)
	}()
	if err := errors.Join(err, target.Close()); err != nil {
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

// keepUnmapped keeps databases from being mapped as a whole while all of them is
// read, until the function that it returns is called.
func keepUnmapped(list ...*bolt.DB) (end func()) {
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(5 * time.Millisecond) // in which twenty megabytes are read
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
				for _, db := range list {
					_ = db.View(func(tx *bolt.Tx) error { unmap(tx); return nil })
				}
			}
		}
	}()
	return func() { close(stop); <-stopped }
}

func sizeOf(f *os.File) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
