package store

import (
	"context"
	"encoding/binary"
	"errors"
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// tend does what a library needs about once a day: articles beyond their time
// leave, a copy is made, and if much of the file is free by then it is compacted
// at the end. What is not due costs nothing.
func (l *Library) tend(ctx context.Context, u feeds.Upkeep) error {
	l.tendMu.Lock()
	defer l.tendMu.Unlock()
	if p := l.broken.Load(); p != nil {
		return damagedFile(l.path, p)
	}
	swept := l.sweep(ctx, u.Keep)
	made := l.dailyBackup(ctx, u.Backups)
	return errors.Join(swept, made, l.planCompacting(u.Patient))
}

// daily is how long ago must be what is done once a day.
const daily = 20 * time.Hour

// planCompacting has the file compacted when it is closed, if that is worth it,
// once a day: what a refresh leaves free the next one fills.
func (l *Library) planCompacting(patient bool) error {
	last, err := l.lastDone(metaPacked)
	if err != nil || l.within(daily, last) || !l.worthCompacting(patient) {
		return err
	}
	l.compacting.Store(true)
	return l.nowDone(metaPacked)
}

// lastDone is when something was done that is noted under a key of bucketMeta.
func (l *Library) lastDone(key []byte) (last time.Time, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		if v := tx.Bucket(bucketMeta).Get(key); len(v) == 8 {
			last = time.Unix(int64(binary.BigEndian.Uint64(v)), 0)
		}
		return nil
	})
	return last, err
}

func (l *Library) nowDone(key []byte) error {
	return l.update(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketMeta).Put(key, binary.BigEndian.AppendUint64(nil, uint64(l.now().Unix())))
	})
}

// within reports whether a moment lies no further back than so long.
func (l *Library) within(long time.Duration, moment time.Time) bool {
	since := l.now().Sub(moment)
	return since >= 0 && since < long
}

// A sweep is made once a day, and only by a clock that has been right for a
// day: one that was set wrong by years must not take anything away.
const sweepTrust = 100 * 24 * time.Hour // how far a clock may have gone on since it was last looked at

// sweep takes out the articles that are older than their feed's rule. Their
// identities stay, so that none comes back as new.
func (l *Library) sweep(ctx context.Context, keep func(feeds.Feed) time.Duration) error {
	if keep == nil {
		return nil
	}
	seen, err := l.lastDone(metaSwept)
	if err != nil || l.within(daily, seen) {
		return err
	}
	var rules []feeds.Feed
	err = l.view(func(tx *bolt.Tx) error {
		n := 0
		return tx.Bucket(bucketFeeds).ForEach(func(k, v []byte) error {
			f, ok := decodeFeed(parseFeedKey(k), v)
			if !ok {
				return badRecord(bucketFeeds, k)
			}
			if keep(f) > 0 {
				rules = append(rules, f)
			}
			if n++; n%lookedOver == 0 { // after a refresh these, too, lie all over the file
				l.pages.lookIn(tx)
			}
			return nil
		})
	})
	if err != nil || len(rules) == 0 {
		return err
	}
	if l.within(sweepTrust, seen) {
		for _, f := range rules {
			if err := l.retire(ctx, f.ID, l.now().Add(-keep(f))); err != nil {
				return err
			}
		}
	}
	if ctx.Err() != nil {
		return nil // it is gone on with next time
	}
	return l.nowDone(metaSwept)
}

// retire takes out a feed's articles from before a time.
func (l *Library) retire(ctx context.Context, feed feeds.FeedID, before time.Time) error {
	removed := false
	for from, more := placeOf(before.Unix(), 0), true; more && ctx.Err() == nil; {
		var some int
		var err error
		if from, some, more, err = l.removeSome(feed, from); err != nil {
			return err
		}
		removed = removed || some > 0
	}
	if !removed {
		return nil
	}
	return l.shrinkSegments()
}
