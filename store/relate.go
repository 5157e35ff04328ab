package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"maps"
	"runtime"
	"slices"
	"sync"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// indexView is a look at the related index inside one transaction. reading is
// true while bbolt runs, to tell its panics from the caller's; given counts the
// bytes that were handed out since the mapped pages were left.
type indexView struct {
	tx      *bolt.Tx
	b       *bolt.Bucket
	pages   *mapping
	reading bool
	given   int
}

func (v *indexView) give(value []byte) []byte {
	if v.given += len(value); v.given > mappedMost {
		unmap(v.tx)
		v.given = len(value)
	}
	return openIndex(value)
}

func (v *indexView) Get(key []byte) []byte {
	if len(key) == 0 {
		return nil
	}
	v.reading = true
	value := v.b.Get(key)
	v.reading = false
	return v.give(value)
}

func (v *indexView) Scan(from, to []byte, fn func(key, value []byte) bool) {
	v.reading = true
	c := v.b.Cursor()
	for k, value := c.Seek(from); k != nil && bytes.Compare(k, to) < 0; k, value = c.Next() {
		v.reading = false
		if !fn(k, v.give(value)) {
			return
		}
		v.reading = true
	}
	v.reading = false
}

// Leave leaves the mapped pages if there are many: a few are left by too much work.
func (v *indexView) Leave() { v.pages.lookIn(v.tx) }

// The records of the related index end with a CRC-32C, which only check and
// repair look at: a look at a record must not read all of it.

// sealIndex adds the sum in place if v has room for it: it takes v over.
func sealIndex(v []byte) []byte {
	return binary.LittleEndian.AppendUint32(v, crc32.Checksum(v, castagnoli))
}

func openIndex(v []byte) []byte {
	if n := len(v) - sumWidth; n >= 0 {
		return v[:n:n]
	}
	return nil
}

func indexIntact(v []byte) bool {
	n := len(v) - sumWidth
	return n >= 0 && binary.LittleEndian.Uint32(v[n:]) == crc32.Checksum(v[:n], castagnoli)
}

// foreignPanic carries the panic of a caller's function through guard, which
// would take it for damage.
type foreignPanic struct{ what any }

// viewIndex keeps the caller's errors and panics apart from the library's own.
// A memory fault is the library's wherever it happens: what the caller reads
// is the mapped file.
func (l *Library) viewIndex(fn func(feeds.IndexView) error) error {
	defer l.pages.keepFew()()
	var theirs error
	err := l.view(func(tx *bolt.Tx) error {
		v := &indexView{tx: tx, b: tx.Bucket(bucketRelated), pages: &l.pages}
		defer func() {
			if r := recover(); r != nil && !v.reading && !isFault(r) {
				panic(foreignPanic{r})
			} else if r != nil {
				panic(r)
			}
		}()
		theirs = fn(v)
		return nil
	})
	if err != nil {
		return err
	}
	return theirs
}

// isFault tells a fault in the memory map, which names its address, from a
// slip of the program such as a nil pointer, which panics without one.
func isFault(r any) bool {
	err, ok := r.(runtime.Error)
	var fault interface{ Addr() uintptr }
	return ok && errors.As(err, &fault)
}

// maxIndexKey is bbolt's limit.
const maxIndexKey = bolt.MaxKeySize

var errIndexKey = errors.New("a key of the related index is empty or too long")

func (l *Library) saveRelations(r feeds.Relations, changes []feeds.IndexChange, through feeds.ArticleID) error {
	changes = slices.Clone(changes)
	slices.SortStableFunc(changes, func(a, b feeds.IndexChange) int { return bytes.Compare(a.Key, b.Key) })
	defer l.leaveMapped()
	defer l.pages.keepFew()()
	return l.update(func(tx *bolt.Tx) error {
		look := func() { l.pages.lookIn(tx) }
		if err := setStoriesQuietly(tx, r.Story, look); err != nil {
			return err
		}
		look()
		if through > 0 && relatedThrough(tx) == 0 {
			// All is related anew, and only those that have copies are told of.
			if err := tx.DeleteBucket(bucketCopies); err != nil {
				return err
			}
			if _, err := tx.CreateBucket(bucketCopies); err != nil {
				return err
			}
		}
		for _, id := range slices.Sorted(maps.Keys(r.Copies)) {
			if rawArticle(tx, id) == nil {
				continue
			}
			there := slices.DeleteFunc(slices.Clone(r.Copies[id]), func(c feeds.ArticleID) bool { return rawArticle(tx, c) == nil })
			if err := setCopies(tx, id, there); err != nil {
				return err
			}
		}
		look()
		if err := changeIndex(tx, changes); err != nil {
			return err
		}
		look()
		return l.markRelated(tx, through)
	})
}

func (l *Library) saveIndex(changes []feeds.IndexChange) error {
	defer l.leaveMapped()
	defer l.pages.keepFew()()
	return l.update(func(tx *bolt.Tx) error { return changeIndex(tx, changes) })
}

func changeIndex(tx *bolt.Tx, changes []feeds.IndexChange) error {
	index := tx.Bucket(bucketRelated)
	for _, c := range changes {
		if len(c.Key) == 0 || len(c.Key) > maxIndexKey {
			return errIndexKey
		}
		var err error
		if c.Value == nil {
			err = index.Delete(c.Key)
		} else {
			err = index.Put(c.Key, sealIndex(c.Value))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// left gives articles that the related index is to forget.
func (l *Library) left(limit int) (ids []feeds.ArticleID, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		ids = nil
		c := tx.Bucket(bucketLeft).Cursor()
		for k, _ := c.First(); k != nil && len(ids) < limit; k, _ = c.Next() {
			ids = append(ids, parseArticleKey(k))
		}
		return nil
	})
	return ids, err
}

func (l *Library) saveForgotten(ids []feeds.ArticleID, changes []feeds.IndexChange) error {
	defer l.pages.keepFew()()
	return l.update(func(tx *bolt.Tx) error {
		for _, id := range ids {
			if err := tx.Bucket(bucketLeft).Delete(articleKey(id)); err != nil {
				return err
			}
		}
		return changeIndex(tx, changes)
	})
}

// edits are the articles that were edited since they were given to be related: by
// the transaction that did it. Between that and when what was found is stored, a
// whole refresh may pass.
type edits struct {
	mu sync.Mutex
	at map[feeds.ArticleID]int
}

func (e *edits) add(tx *bolt.Tx, id feeds.ArticleID) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.at == nil {
		e.at = map[feeds.ArticleID]int{}
	}
	e.at[id] = tx.ID()
}

// seen takes out what a look knows: edits of the articles it gives, of all if it
// is the first of a round.
func (e *edits) seen(tx *bolt.Tx, first bool, given []feeds.ArticleID) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if first {
		maps.DeleteFunc(e.at, func(_ feeds.ArticleID, at int) bool { return at <= tx.ID() })
	}
	for _, id := range given {
		if at, ok := e.at[id]; ok && at <= tx.ID() {
			delete(e.at, id)
		}
	}
}

func (e *edits) has(id feeds.ArticleID) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	_, ok := e.at[id]
	return ok
}

// markRelated notes how far relating has come, which never goes back.
func (l *Library) markRelated(tx *bolt.Tx, through feeds.ArticleID) error {
	revised := tx.Bucket(bucketRevised)
	c := revised.Cursor()
	for k, _ := c.First(); k != nil && parseArticleKey(k) <= through; {
		id := parseArticleKey(k)
		if !l.edits.has(id) {
			if err := revised.Delete(k); err != nil {
				return err
			}
		}
		k, _ = c.Seek(articleKey(id + 1))
	}
	return tx.Bucket(bucketMeta).Put(metaRelated, articleKey(max(through, relatedThrough(tx))))
}

func relatedThrough(tx *bolt.Tx) feeds.ArticleID {
	if v := tx.Bucket(bucketMeta).Get(metaRelated); len(v) == articleWidth {
		return parseArticleKey(v)
	}
	return 0
}

// unrelated gives the articles that were edited since they were related, and
// after them the new ones, whose ids are higher.
func (l *Library) unrelated(after feeds.ArticleID, limit int) (docs []feeds.Document, err error) {
	defer l.pages.keepFew()()
	err = l.view(func(tx *bolt.Tx) error {
		docs = nil
		stories := tableOf(tx, bucketStoryOf)
		lastTold, _ := stories.Cursor().Last() // what is new is in no story yet: most need no look
		add := func(k, record []byte) error {
			id := parseArticleKey(k)
			a, ok := decodeArticle(id, record)
			if !ok {
				return badRecord(bucketArticles, k)
			}
			d := feeds.Document{
				ID: id, Feed: a.Feed, Outlet: a.Outlet, Author: a.Author, Title: a.Title,
				Language: a.Language, Published: a.Published, Fetched: a.Fetched,
			}
			if bytes.Compare(k, lastTold) <= 0 {
				if v := stories.Get(k); v != nil {
					d.Story = feeds.StoryID(parseArticleKey(v))
				}
			}
			docs = append(docs, d)
			return nil
		}
		through := relatedThrough(tx)
		c := tx.Bucket(bucketRevised).Cursor()
		for k, _ := c.Seek(articleKey(after + 1)); k != nil && parseArticleKey(k) <= through && len(docs) < limit; k, _ = c.Next() {
			if err := add(k, rawArticle(tx, parseArticleKey(k))); err != nil {
				return err
			}
		}
		c = tx.Bucket(bucketArticles).Cursor()
		for k, v := c.Seek(articleKey(max(after, through) + 1)); k != nil && len(docs) < limit; k, v = c.Next() {
			if err := add(k, v); err != nil {
				return err
			}
		}
		ids := make([]feeds.ArticleID, len(docs))
		for i := range docs {
			ids[i] = docs[i].ID
		}
		l.edits.seen(tx, after == 0, ids)
		l.pages.lookIn(tx)
		missing := l.hand.take(docs)
		for i, n := range missing {
			ids[i] = docs[n].ID
		}
		return l.readTexts(tx, ids[:len(missing)], func() func(int, string) error {
			return func(i int, text string) error {
				docs[missing[i]].Text = text
				return nil
			}
		})
	})
	return docs, err
}
