package store

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// The way back of the marks. When a library finds a journal that knows more
// than it does, it takes up the marks of the articles it holds, and keeps the
// others in bucketMarks until their articles come.

// openMarks compares the journal with what the library knows of it.
func (l *Library) openMarks() error {
	l.marks.path = l.path + marksName
	if err := l.view(func(tx *bolt.Tx) error { l.marks.stamp = getStamp(tx); return nil }); err != nil {
		return err
	}
	known := l.marks.stamp
	have, err := journalState(l.marks.path, known)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		l.marks.stale = true
		return nil
	case err != nil:
		return marksUnreadable(l.marks.path, err)
	case known.writing == have.writing && known.writing != 0 && have.size <= known.size:
		l.marks.stale = have.size < known.size || have.sum != known.sum
		return nil
	}
	l.marks.stale = true
	marks, _, err := readMarks(l.marks.path)
	if err != nil {
		return marksUnreadable(l.marks.path, err)
	}
	return l.takeUp(marks)
}

// takeUp gives the articles the statuses of marks, and keeps the marks whose
// articles are not there.
func (l *Library) takeUp(marks map[markKey]feeds.Status) error {
	if len(marks) == 0 {
		return nil
	}
	type change struct {
		id feeds.ArticleID
		to feeds.Status
	}
	var changes []change
	left := maps.Clone(marks)
	err := l.view(func(tx *bolt.Tx) error {
		changes = nil
		return eachIdentity(tx, func(url string, k []byte, id feeds.ArticleID) error {
			key := markKeyOf(url, k)
			to, ok := marks[key]
			if !ok {
				return nil
			}
			delete(left, key)
			if to != getStatus(tx, id) && rawArticle(tx, id) != nil {
				changes = append(changes, change{id, to})
			}
			return nil
		})
	})
	if err != nil {
		return err
	}
	slices.SortFunc(changes, func(a, b change) int { return int(int64(a.id) - int64(b.id)) })
	for some := range slices.Chunk(changes, statusBatch) {
		err := l.update(func(tx *bolt.Tx) error {
			counts := tally{}
			for _, c := range some {
				if _, err := setStatusOf(tx, counts, c.id, func(feeds.Status) feeds.Status { return c.to }); err != nil {
					return err
				}
			}
			return counts.write(tx)
		})
		if err != nil {
			return err
		}
	}
	keys := slices.SortedFunc(maps.Keys(left), func(a, b markKey) int { return bytes.Compare(a[:], b[:]) })
	for some := range slices.Chunk(keys, statusBatch) {
		err := l.update(func(tx *bolt.Tx) error {
			for _, k := range some {
				if err := putMark(tx, k, left[k]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// putMark keeps the mark of an article that has not come yet.
func putMark(tx *bolt.Tx, k markKey, s feeds.Status) error {
	if s == (feeds.Status{}) {
		return tx.Bucket(bucketMarks).Delete(k[:])
	}
	return tx.Bucket(bucketMarks).Put(k[:], encodeStatus(s))
}

// A recaller finds the marks that were kept for articles which come now.
type recaller struct {
	marks *bolt.Bucket // nil when there are none, which is usual
}

func newRecaller(tx *bolt.Tx) recaller {
	b := tx.Bucket(bucketMarks)
	if k, _ := b.Cursor().First(); k == nil {
		return recaller{}
	}
	return recaller{b}
}

// recall gives the status an entry had before, and what it was kept under.
func (r recaller) recall(f *feedSave, k identityKey) (feeds.Status, []markKey) {
	if r.marks == nil {
		return feeds.Status{}, nil
	}
	var status feeds.Status
	var found []markKey
	for _, url := range slices.Compact([]string{f.old.URL, f.feed.URL}) {
		key := markKeyOf(url, k[:])
		if v := r.marks.Get(key[:]); v != nil {
			status, found = decodeStatus(v), append(found, key)
		}
	}
	return status, found
}
