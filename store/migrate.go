package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"
)

// A step brings a library from one schema version to the next. run is called
// in one transaction after another until it says done, so that a step over a
// million articles stays bounded and goes on where a crash stopped it; the new
// version is written in the last of these transactions.
type step struct {
	to  uint32
	run func(tx *bolt.Tx) (done bool, err error)
}

// migrations are in order, each one version above the one before. Version 1 is
// the first there was, so none leads there.
func migrations() []step {
	return []step{
		{to: 2, run: addBuckets(bucketWholes, bucketPageTexts)}, // whole texts of pages
		{to: 3, run: sealAll},                     // marks; checksums of identities and of the related index
		{to: 4, run: addBuckets(bucketBookmarks)}, // where the reading of articles stands
		{to: 5, run: addBuckets(bucketLeft)},      // articles that relating is to forget
		{to: 6, run: addBuckets()},                // blocks of bodies without the texts; older ones are read as they are
		{to: tableSchema, run: shelve},            // tables
		{to: 8, run: addBuckets(bucketImprints)},  // imprints, which the next look at each feed makes
		{to: 9, run: addBuckets(bucketWatched)},   // stories followed and muted
	}
}

// addBuckets makes new, empty buckets.
func addBuckets(names ...[]byte) func(*bolt.Tx) (bool, error) {
	return func(tx *bolt.Tx) (bool, error) {
		for _, name := range names {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return false, err
			}
		}
		return true, nil
	}
}

// sealedBatch is how many bytes of records sealAll changes in one transaction.
const sealedBatch = 4 << 20

// sealAll gives checksums to the records that had none: identities, for which
// their fingerprints become shorter, and those of the related index. How far
// it has come stands in metaClimb: the bucket, then the last key.
func sealAll(tx *bolt.Tx) (bool, error) {
	if _, err := tx.CreateBucketIfNotExists(bucketMarks); err != nil {
		return false, err
	}
	meta := tx.Bucket(bucketMeta)
	for i, part := range []struct {
		bucket []byte
		seal   func(k, v []byte) []byte
	}{
		{bucketIdentities, sealIdentity},
		{bucketRelated, func(_, v []byte) []byte { return sealIndex(slices.Clip(v)) }},
	} {
		var from []byte
		if at := meta.Get(metaClimb); len(at) > 0 {
			switch {
			case int(at[0]) > i:
				continue
			case int(at[0]) == i:
				from = append(bytes.Clone(at[1:]), 0)
			}
		}
		size := 0
		var some []pair
		c := tx.Bucket(part.bucket).Cursor()
		for k, v := c.Seek(from); k != nil && size < sealedBatch; k, v = c.Next() {
			some = append(some, pair{bytes.Clone(k), part.seal(k, v)})
			size += len(k) + len(v)
		}
		if len(some) == 0 {
			continue
		}
		if err := putSorted(tx.Bucket(part.bucket), some); err != nil {
			return false, err
		}
		return false, meta.Put(metaClimb, append([]byte{byte(i)}, some[len(some)-1].key...))
	}
	return true, meta.Delete(metaClimb)
}

// tableSchema is the first version that has tables.
const tableSchema = 7

// shelved are the tables in the order in which shelve makes them, which must not
// change: metaClimb names them by their number.
var shelved = [][]byte{
	bucketByTime, bucketByFeed, bucketUnread, bucketUnreadByFeed, bucketSaved, bucketSavedUnread, bucketStories, bucketStoryOf, bucketIdentities,
}

// shelvedBatch is how many records shelve puts onto shelves in one transaction.
const shelvedBatch = 50_000

// shelve makes tables of what were records of bbolt's. Those up to metaClimb are
// on shelves already.
func shelve(tx *bolt.Tx) (bool, error) { return shelveSome(tx, shelvedBatch) }

func shelveSome(tx *bolt.Tx, batch int) (bool, error) {
	meta := tx.Bucket(bucketMeta)
	at, last := 0, []byte(nil)
	if done := meta.Get(metaClimb); len(done) > 0 {
		at, last = int(done[0]), append(bytes.Clone(done[1:]), 0)
	}
	for ; at < len(shelved); at, last = at+1, nil {
		bucket := shelved[at]
		var some []pair
		c := tx.Bucket(bucket).Cursor()
		for k, v := c.Seek(last); k != nil && len(some) < batch; k, v = c.Next() {
			some = append(some, pair{bytes.Clone(k), bytes.Clone(v)})
		}
		if len(some) == 0 {
			continue
		}
		t := tableOf(tx, bucket)
		for _, p := range some {
			if len(p.key) != t.key || len(p.value) != t.value {
				return false, badRecord(bucket, p.key)
			}
			if err := t.b.Delete(p.key); err != nil {
				return false, err
			}
		}
		if err := t.write(merge(nil, some, t.key, t.value), true); err != nil {
			return false, err
		}
		return false, meta.Put(metaClimb, append([]byte{byte(at)}, some[len(some)-1].key...))
	}
	return true, meta.Delete(metaClimb)
}

// sealIdentity gives an identity of before schema 3 its checksum.
func sealIdentity(k, v []byte) []byte {
	if len(v) != articleWidth+8 {
		return bytes.Clone(v) // check will say so
	}
	return encodeIdentity(k, identity{parseArticleKey(v), [fingerprintWidth]byte(v[articleWidth:])})
}

func putSchema(tx *bolt.Tx, version uint32) error {
	return tx.Bucket(bucketMeta).Put(metaSchema, binary.BigEndian.AppendUint32(nil, version))
}

var errIncomplete = errors.New("a whole library has every part")

var errNoSchema = errors.New("it is another program's database")

func schemaOf(tx *bolt.Tx) (uint32, error) {
	meta := tx.Bucket(bucketMeta)
	if meta == nil {
		return 0, errNoSchema
	}
	v := meta.Get(metaSchema)
	if len(v) != 4 {
		return 0, errNoSchema
	}
	return binary.BigEndian.Uint32(v), nil
}

// migrate brings the library to the version target by those of steps that it
// still lacks.
func (l *Library) migrate(steps []step, target uint32) error {
	var have uint32
	err := l.view(func(tx *bolt.Tx) (err error) {
		have, err = schemaOf(tx)
		return err
	})
	switch {
	case errors.Is(err, errNoSchema):
		return notLibrary(l.path, errNoSchema.Error())
	case err != nil:
		return err
	case have > target:
		return newerFile(l.path, have)
	}
	for _, s := range steps {
		if s.to <= have {
			continue
		}
		if err := l.climb(s); err != nil {
			return fmt.Errorf("bringing the library to schema %d: %w", s.to, err)
		}
		have = s.to
	}
	return l.view(complete)
}

func (l *Library) climb(s step) error {
	for done := false; !done; {
		err := l.update(func(tx *bolt.Tx) (err error) {
			if done, err = s.run(tx); err != nil || !done {
				return err
			}
			return putSchema(tx, s.to)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// complete makes sure that every bucket is there, so that nothing later has to
// ask.
func complete(tx *bolt.Tx) error {
	for _, name := range allBuckets {
		if tx.Bucket(name) == nil {
			return fmt.Errorf("its part %q is missing: %w", name, errIncomplete)
		}
	}
	return nil
}
