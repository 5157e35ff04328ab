package store

import (
	"bytes"
	"slices"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// Imprints tell which entries of a document need not be read again: those of the
// document before, whose articles are as the document says. They are written with
// these articles and never without, and whatever may take something from the
// articles takes the imprints too. A feed without a record has all entries read.

func encodeImprints(list []feeds.Imprint) []byte {
	e := newEncoder(len(list)*len(feeds.Imprint{}) + 16)
	e.uint(uint64(len(list)))
	for i := range list {
		e.b = append(e.b, list[i][:]...)
	}
	return e.seal()
}

func decodeImprints(record []byte) ([]feeds.Imprint, bool) {
	d := open(record)
	n := d.uint()
	if !d.ok || uint64(len(d.b)) != n*uint64(len(feeds.Imprint{})) {
		return nil, false
	}
	list := make([]feeds.Imprint, n)
	for i := range list {
		copy(list[i][:], d.take(uint64(len(list[i]))))
	}
	return list, true
}

func compareImprints(a, b feeds.Imprint) int { return bytes.Compare(a[:], b[:]) }

func (l *Library) imprints(feed feeds.FeedID) (list []feeds.Imprint, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		list = nil
		if v := tx.Bucket(bucketImprints).Get(feedKey(feed)); v != nil {
			list, _ = decodeImprints(v) // of a damaged one nothing is known
		}
		return nil
	})
	return list, err
}

// readImprints finds out whether a feed's imprints change.
func (f *feedSave) readImprints(tx *bolt.Tx, in *feeds.Fetched) {
	if len(in.Imprints) == 0 && len(in.Entries) == 0 {
		return
	}
	f.imprints = []byte{}
	if len(in.Imprints) > 0 {
		list := slices.Clone(in.Imprints)
		slices.SortFunc(list, compareImprints)
		f.imprints = encodeImprints(slices.Compact(list))
	}
	if bytes.Equal(f.imprints, tx.Bucket(bucketImprints).Get(feedKey(f.feed.ID))) {
		f.imprints = nil
	}
}

func (f *feedSave) writeImprints(tx *bolt.Tx) error {
	b := tx.Bucket(bucketImprints)
	switch {
	case f.imprints == nil:
		return nil
	case len(f.imprints) == 0:
		return b.Delete(feedKey(f.feed.ID))
	}
	return b.Put(feedKey(f.feed.ID), f.imprints)
}
