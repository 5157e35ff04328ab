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
	l.compacting.Store(l.worthCompacting(u.Patient))
	return errors.Join(swept, made)
}

// A sweep is made once a day, and only by a clock that has been right for a
// day: one that was set wrong by years must not take anything away.
const (
	sweepEvery = 20 * time.Hour
	sweepTrust = 100 * 24 * time.Hour // how far a clock may have gone on since it was last looked at
)

// sweep takes out the articles that are older than their feed's rule. Their
// identities stay, so that none comes back as new.
func (l *Library) sweep(ctx context.Context, keep func(feeds.Feed) time.Duration) error {
	if keep == nil {
		return nil
	}
	now := l.now()
	var rules []feeds.Feed
	var seen time.Time
	err := l.view(func(tx *bolt.Tx) error {
		if v := tx.Bucket(bucketMeta).Get(metaSwept); len(v) == 8 {
			seen = time.Unix(int64(binary.BigEndian.Uint64(v)), 0)
		}
		return tx.Bucket(bucketFeeds).ForEach(func(k, v []byte) error {
			f, ok := decodeFeed(parseFeedKey(k), v)
			if !ok {
				return badRecord(bucketFeeds, k)
			}
			if keep(f) > 0 {
				rules = append(rules, f)
			}
			return nil
		})
	})
	if err != nil || len(rules) == 0 {
		return err
	}
	since := now.Sub(seen)
	if since >= 0 && since < sweepEvery {
		return nil
	}
	if since >= sweepEvery && since < sweepTrust {
		for _, f := range rules {
			if err := l.retire(ctx, f.ID, now.Add(-keep(f))); err != nil {
				return err
			}
		}
	}
	if ctx.Err() != nil {
		return nil // it is gone on with next time
	}
	return l.update(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketMeta).Put(metaSwept, binary.BigEndian.AppendUint64(nil, uint64(now.Unix())))
	})
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
