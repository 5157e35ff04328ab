package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// The daily copies lie beside the library, one for each day on which there was
// something to copy, and only the latest few of them. A copy is looked at before
// it takes an old one's place: a damaged library must not push out the good ones.

const (
	backupName = ".backup-"
	dayLayout  = "2006-01-02"

	// spareSpace is what a copy leaves free on the disk.
	spareSpace = 64 << 20

	// copyAtOnce is how large a library may be of which a copy is made as soon as it
	// is begun: some three thousand articles.
	copyAtOnce = 8 << 20
)

// dailyBackups lists the copies beside the library at path, latest first. Days
// that have not come yet are a clock's mistake, and are listed last.
func dailyBackups(path string, now time.Time) []feeds.Backup {
	var list []feeds.Backup
	entries, _ := os.ReadDir(filepath.Dir(path))
	for _, e := range entries {
		day, ok := strings.CutPrefix(e.Name(), filepath.Base(path)+backupName)
		when, err := time.ParseInLocation(dayLayout, day, now.Location())
		info, infoErr := e.Info()
		if ok && err == nil && infoErr == nil && info.Mode().IsRegular() {
			list = append(list, feeds.Backup{Path: filepath.Join(filepath.Dir(path), e.Name()), Day: when, Size: info.Size()})
		}
	}
	slices.SortFunc(list, func(a, b feeds.Backup) int {
		if aheadA, aheadB := a.Day.After(now), b.Day.After(now); aheadA != aheadB {
			if aheadA {
				return 1
			}
			return -1
		}
		return b.Day.Compare(a.Day)
	})
	return list
}

// dailyBackup makes today's copy if there is none and there is room for it, and
// leaves keep of them.
func (l *Library) dailyBackup(ctx context.Context, keep int) error {
	if keep <= 0 {
		return nil
	}
	now := l.clock()
	path := l.path + backupName + now.Format(dayLayout)
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if !l.roomForCopy() {
		return nil
	}
	if begun, err := l.justBegun(); begun || err != nil {
		return err
	}
	err := makeFile(path, true, func(f *os.File) error {
		if err := l.copyTo(&interruptible{ctx, f}); err != nil {
			return err
		}
		return soundCopy(f)
	})
	var ours *libraryError
	switch {
	case errors.Is(err, context.Canceled):
		return nil
	case errors.As(err, &ours):
		return err
	case errors.Is(err, errUnsound):
		return damagedFile(l.path, err)
	case err != nil:
		return &libraryError{
			sentence: fmt.Sprintf("The daily backup %s cannot be written (%v): %s, or set backups = 0.", path, plainCause(err), advice(err)),
			kind:     ErrUnwritable, cause: err,
		}
	}
	var others []feeds.Backup
	for _, b := range dailyBackups(l.path, now) {
		if b.Path != path {
			others = append(others, b)
		}
	}
	for _, old := range others[min(keep-1, len(others)):] {
		_ = os.Remove(old.Path) // it is tried again tomorrow
	}
	return nil
}

// justBegun reports whether a large library is not a day old, of which there is
// no copy yet: what a first refresh brought can be fetched again, and a copy
// takes as much room as it and as much time to write.
func (l *Library) justBegun() (bool, error) {
	if size, err := l.copySize(); err != nil || size <= copyAtOnce || len(dailyBackups(l.path, l.now())) > 0 {
		return false, err
	}
	begun, err := l.lastDone(metaBegun)
	if err == nil && begun.IsZero() {
		return true, l.nowDone(metaBegun)
	}
	return l.within(daily, begun), err
}

func (l *Library) roomForCopy() bool {
	size, err := l.copySize()
	if err != nil {
		return false
	}
	free, known := freeSpace(filepath.Dir(l.path))
	return !known || free >= size+spareSpace
}

// copySize is how long a copy becomes.
func (l *Library) copySize() (size int64, err error) {
	err = l.view(func(tx *bolt.Tx) error { size = tx.Size(); return nil })
	return size, err
}

var errUnsound = errors.New("a copy of it is not sound; broadsheet check says why")

// soundCopy looks whether the pages of a copy and the checksums of what matters
// most in it are right.
func soundCopy(file *os.File) error {
	f, err := pagesOf(file)
	if err != nil {
		return errUnsound
	}
	sound := true
	bad := func(string, ...any) { sound = false }
	checkPages(f, bad)
	w := newPageWalk(f, bad)
	buckets := map[string]rawBucket{}
	w.tree(f.head.root, nil, nil, 0, func(e element) {
		if b, ok := e.asBucket(); ok {
			buckets[string(e.key)] = b
		}
	})
	for _, bucket := range [][]byte{bucketFeeds, bucketArticles, bucketCounters} {
		w.each(buckets[string(bucket)], func(e element) { sound = sound && open(e.value).ok })
	}
	for _, bucket := range [][]byte{bucketBodies, bucketPageTexts} {
		w.each(buckets[string(bucket)], func(e element) { sound = sound && packedIntact(e.value) })
	}
	if f.schema() >= tableSchema {
		for bucket, shape := range tables {
			t := table{name: []byte(bucket), key: shape.key, value: shape.value}
			w.each(buckets[bucket], func(e element) {
				_, intact, _ := t.openShelf(e.key, e.value)
				sound = sound && intact
			})
		}
	}
	if !sound {
		return errUnsound
	}
	return nil
}

// interruptible stops a copy when nobody wants it any more.
type interruptible struct {
	ctx context.Context
	w   io.Writer
}

func (i *interruptible) Write(b []byte) (int, error) {
	if err := i.ctx.Err(); err != nil {
		return 0, err
	}
	return i.w.Write(b)
}

// restore puts a backup in the library's place. The file that was there is kept
// under another name.
func restore(path, backup string, clock func() time.Time) (kept string, err error) {
	from, err := os.Open(backup)
	if err != nil {
		return "", unreadable(backup, err)
	}
	defer func() { _ = from.Close() }()
	if err := soundCopy(from); err != nil {
		return "", damagedFile(backup, err)
	}
	return replaceLibrary(path, clock, func() (string, error) {
		temp, err := newFileName(path)
		if err != nil {
			return "", err
		}
		to, err := os.OpenFile(temp, os.O_WRONLY, 0)
		if err != nil {
			return temp, err
		}
		_, err = io.Copy(to, from)
		return temp, errors.Join(err, to.Sync(), to.Close())
	})
}
