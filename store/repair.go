package store

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// repair makes a new library of what can be read of the one at path, which is
// kept under another name. What can be computed is computed anew; what was lost
// and its feeds still carry, the next refresh brings. A file of which nothing at
// all can be read is replaced by the latest daily backup, if there is one.
func repair(path string, clock func() time.Time) (done feeds.Repaired, err error) {
	backups := dailyBackups(path, clock())
	kept, err := replaceLibrary(path, clock, func() (temp string, err error) {
		file, err := os.Open(path)
		if err != nil {
			return "", err
		}
		defer func() { _ = file.Close() }()
		f, err := pagesOf(file)
		if err != nil {
			if f, err = headless(file); err != nil {
				return "", err
			}
		}
		if have := f.schema(); have > schemaVersion {
			return "", newerFile(path, have)
		}
		if temp, err = newLibraryFile(path); err == nil {
			done, err = rebuildInto(temp, f, backups, clock)
		}
		if err == nil && done.Articles+done.Feeds == 0 {
			for _, b := range backups {
				if again, err := fromBackup(temp, b.Path, clock); err == nil {
					done = again
					return temp, nil
				}
			}
		}
		return temp, err
	})
	done.Kept = kept
	return done, err
}

// fromBackup fills the new library at temp with a backup.
func fromBackup(temp, backup string, clock func() time.Time) (done feeds.Repaired, err error) {
	file, err := os.Open(backup)
	if err != nil {
		return done, err
	}
	defer func() { _ = file.Close() }()
	f, err := pagesOf(file)
	if err != nil {
		return done, err
	}
	done, err = rebuildInto(temp, f, nil, clock)
	done.Backup = backup
	return done, err
}

// replaceLibrary puts a new file in the library's place, which is kept under
// another name. make makes it under a name of its own, and nobody has the library
// open meanwhile.
func replaceLibrary(path string, clock func() time.Time, make func() (temp string, err error)) (kept string, err error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	gone := errors.Is(err, fs.ErrNotExist)
	switch {
	case gone:
	case err != nil:
		return "", unwritable(path, err)
	default:
		defer func() { _ = file.Close() }()
		if !lock(file) {
			return "", lockedFile(path)
		}
		defer unlock(file)
	}
	path = followed(path)
	temp, err := make()
	defer func() { _ = os.Remove(temp) }()
	if err != nil {
		return "", notReplaced(path, err)
	}
	if !gone {
		if kept, err = setAside(path, clock()); err != nil {
			return "", unwritable(path, err)
		}
	}
	if err := os.Rename(temp, path); err != nil {
		return kept, unwritable(path, err)
	}
	syncDir(filepath.Dir(path))
	return kept, nil
}

func notReplaced(path string, cause error) error {
	var ours *libraryError
	switch {
	case errors.As(cause, &ours) && ours.kind != ErrDamaged:
		return cause
	case reason(cause) != 0:
		return unwritable(path, cause)
	}
	return &libraryError{
		sentence: fmt.Sprintf("The library %s could not be repaired (%v): it is left as it is; broadsheet check --restore goes back to a backup.", path, plainCause(cause)),
		kind:     ErrDamaged, cause: cause,
	}
}

// headless stands for the pages of a file whose heads are both lost: no tree can
// be found, and every page that looks like one is read.
func headless(file *os.File) (*pageFile, error) {
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	f := &pageFile{r: file, size: info.Size(), pageSize: int64(os.Getpagesize())}
	f.head.pages = uint64(f.size / f.pageSize)
	return f, nil
}

// setAside gives the file at path a second name, so that another may take its
// place and there is no moment without either.
func setAside(path string, now time.Time) (kept string, err error) {
	name := path + ".damaged-" + now.Format("2006-01-02")
	for n := 2; ; n++ {
		kept = name
		if n > 2 {
			kept = fmt.Sprint(name, "-", n-1)
		}
		if _, err := os.Lstat(kept); err == nil {
			continue
		}
		if err := os.Link(path, kept); err != nil {
			err = os.Rename(path, kept) // a file system without hard links
			return kept, err
		}
		return kept, nil
	}
}

// rebuildInto fills the new library at temp.
func rebuildInto(temp string, f *pageFile, backups []feeds.Backup, clock func() time.Time) (done feeds.Repaired, err error) {
	db, file, err := openDB(temp, 0)
	if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.NoSync = true // until it is whole nobody misses it
	l := &Library{path: temp, clock: clock, db: db, file: file, packer: newPacker()}
	l.pages.open(l.leaveMapped)
	defer l.pages.gauge.close()
	r := &rebuild{l: l, backups: backups, s: newSalvage(f, &l.packer), lostTexts: map[feeds.ArticleID]bool{}}
	r.done.Lost.More = r.s.uncounted()
	for _, part := range []func() error{r.copyRecords, r.settleFeeds, r.settleArticles, r.settleIdentities, r.settleStories, r.settleSequences} {
		if err := part(); err != nil {
			return done, err
		}
	}
	problems, err := l.check()
	switch {
	case err != nil:
		return done, err
	case len(problems) > 0:
		return done, errors.New(problems[0])
	}
	db.NoSync = false
	return r.done, db.Sync()
}

// rebuild makes a library sound again, one kind of record after the other.
type rebuild struct {
	l         *Library
	backups   []feeds.Backup // where lost subscriptions are looked for
	s         *salvage
	done      feeds.Repaired
	lostTexts map[feeds.ArticleID]bool
	last      feeds.ArticleID // the highest ids of which there is a trace
	lastFeed  feeds.FeedID
}

// rebuildBatch is how much one transaction holds.
const rebuildBatch = 8 << 20

// copyRecords takes over the records as they are.
func (r *rebuild) copyRecords() error {
	related, headless := r.relatedWhole(), r.s.damage[""] > 0
	for _, kept := range r.s.kept {
		computed := false
		switch string(kept.bucket) {
		case string(bucketRelated), string(bucketRevised):
			computed = !related
		}
		w := &batchWriter{l: r.l}
		lost, err := r.s.each(kept, func(k, v []byte) error {
			if computed && (!bytes.Equal(kept.bucket, bucketRelated) || k[0] != feeds.IndexWords) {
				return nil
			}
			if headless && bytes.Equal(kept.bucket, bucketArticles) { // what else would name their feeds was not reached
				if a, ok := decodeArticle(parseArticleKey(k), v); ok {
					r.s.feedIDs[a.Feed] = true
				}
			}
			return w.put(kept.bucket, k, v)
		})
		if err == nil {
			err = w.end()
		}
		if err != nil {
			return err
		}
		switch string(kept.bucket) {
		case string(bucketArticles), string(bucketBodies), string(bucketFeeds): // counted by themselves
		default:
			r.done.Lost.Others += lost
		}
	}
	if !related {
		return nil
	}
	return r.l.update(func(tx *bolt.Tx) error {
		var through []byte
		r.s.walk("").each(r.s.buckets[string(bucketMeta)], func(e element) {
			if bytes.Equal(e.key, metaRelated) && len(e.value) == articleWidth {
				through = e.value
			}
		})
		if through == nil {
			return nil
		}
		return tx.Bucket(bucketMeta).Put(metaRelated, through)
	})
}

// relatedWhole tells whether the related index can be taken over. If not, the
// next refresh relates every article again; what the reader said is kept, and
// stories and copies stay as they were until then: a story keeps its id.
func (r *rebuild) relatedWhole() bool {
	if !r.s.whole(bucketMeta, bucketRelated, bucketStoryOf, bucketCopies, bucketRevised) {
		return false
	}
	for _, kept := range r.s.kept {
		switch string(kept.bucket) {
		case string(bucketRelated), string(bucketStoryOf), string(bucketCopies):
			if lost, _ := r.s.each(kept, func(_, _ []byte) error { return nil }); lost > 0 {
				return false
			}
		}
	}
	return true
}

// findLostFeeds takes the subscriptions that can no longer be read from the
// latest backup that has them.
func (r *rebuild) findLostFeeds() error {
	return r.l.update(func(tx *bolt.Tx) error {
		b := tx.Bucket(bucketFeeds)
		for _, backup := range r.backups {
			if err := eachFeedOf(backup.Path, func(k, v []byte) error {
				if !r.s.feedIDs[parseFeedKey(k)] || b.Get(k) != nil {
					return nil
				}
				return b.Put(k, v)
			}); err != nil {
				return err
			}
		}
		return nil
	})
}

// eachFeedOf gives the subscriptions of a backup, none if it cannot be read.
func eachFeedOf(backup string, fn func(k, v []byte) error) error {
	file, err := os.Open(backup)
	if err != nil {
		return nil
	}
	defer func() { _ = file.Close() }()
	f, err := pagesOf(file)
	if err != nil {
		return nil
	}
	s := newSalvage(f, nil)
	for _, kept := range s.kept {
		if bytes.Equal(kept.bucket, bucketFeeds) {
			_, err := s.each(kept, fn)
			return err
		}
	}
	return nil
}

// settleSequences makes sure that no id is given out twice.
func (r *rebuild) settleSequences() error {
	return r.l.update(func(tx *bolt.Tx) error {
		for _, seq := range []struct {
			bucket []byte
			least  uint64
		}{{bucketFeeds, uint64(r.lastFeed)}, {bucketArticles, uint64(r.last)}} {
			n := r.s.buckets[string(seq.bucket)].sequence
			if n < seq.least || n > seq.least+believable {
				n = seq.least
			}
			if err := tx.Bucket(seq.bucket).SetSequence(n); err != nil {
				return err
			}
		}
		return nil
	})
}

// believable is how far the last id given out may lie beyond the last one that
// is known: more is a changed bit.
const believable = 1 << 24

// batchWriter puts records of any number in transactions of a bounded size.
type batchWriter struct {
	l    *Library
	some []func(tx *bolt.Tx) error
	size int
}

// put keeps the first record of a key: those in the tree come first. Blocks of
// bodies only grow, so of them it keeps the largest.
func (w *batchWriter) put(bucket, k, v []byte) error {
	w.some = append(w.some, func(tx *bolt.Tx) error {
		if _, ok := tables[string(bucket)]; ok {
			t := tableOf(tx, bucket)
			if t.Get(k) != nil {
				return nil
			}
			return t.Put(k, v)
		}
		b := tx.Bucket(bucket)
		if have := b.Get(k); have != nil && (len(have) >= len(v) || !bytes.Equal(bucket, bucketBodies)) {
			return nil
		}
		b.FillPercent = appendFill
		return b.Put(k, v)
	})
	if w.size += len(k) + len(v) + 64; w.size < rebuildBatch {
		return nil
	}
	return w.end()
}

func (w *batchWriter) end() error {
	some := w.some
	w.some, w.size = nil, 0
	if len(some) == 0 {
		return nil
	}
	return w.l.update(func(tx *bolt.Tx) error {
		for _, do := range some {
			if err := do(tx); err != nil {
				return err
			}
		}
		return nil
	})
}
