package store

import (
	"slices"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// statusBatch bounds one transaction of SetStatus and so how long another
// writer waits.
const statusBatch = 4000

// restate moves an article from one status to another in the views that depend
// on it. nil stands for an article that is not there: from nil adds it to all
// its views, to nil takes it out.
func restate(tx *bolt.Tx, counts tally, a articleRef, from, to *feeds.Status) error {
	byFeed := feedPlaceKey(a.feed, a.at)
	for _, view := range [...]struct {
		bucket []byte
		key    []byte
		member func(feeds.Status) bool
	}{
		{bucketByTime, a.at[:], func(feeds.Status) bool { return true }},
		{bucketByFeed, byFeed, func(feeds.Status) bool { return true }},
		{bucketUnread, a.at[:], func(s feeds.Status) bool { return !s.Read }},
		{bucketUnreadByFeed, byFeed, func(s feeds.Status) bool { return !s.Read }},
		{bucketSaved, a.at[:], func(s feeds.Status) bool { return s.Saved }},
		{bucketSavedUnread, a.at[:], func(s feeds.Status) bool { return s.Saved && !s.Read }},
	} {
		was, is := from != nil && view.member(*from), to != nil && view.member(*to)
		var err error
		switch {
		case is && !was:
			err = tx.Bucket(view.bucket).Put(view.key, nil)
		case was && !is:
			err = tx.Bucket(view.bucket).Delete(view.key)
		}
		if err != nil {
			return err
		}
	}
	if from != nil {
		counts.article(a.feed, *from, -1)
	}
	if to != nil {
		counts.article(a.feed, *to, +1)
	}
	return nil
}

func putStatus(tx *bolt.Tx, id feeds.ArticleID, s feeds.Status) error {
	if s == (feeds.Status{}) {
		return tx.Bucket(bucketStatus).Delete(articleKey(id))
	}
	return tx.Bucket(bucketStatus).Put(articleKey(id), encodeStatus(s))
}

func applied(s feeds.Status, c feeds.StatusChange) feeds.Status {
	if c.Read != nil {
		s.Read = *c.Read
	}
	if c.Saved != nil {
		s.Saved = *c.Saved
	}
	return s
}

// setStatus commits batch by batch: after an error, changed holds what the
// batches before it did.
func (l *Library) setStatus(ids []feeds.ArticleID, c feeds.StatusChange) (changed []feeds.ArticleID, err error) {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	for batch := range slices.Chunk(ids, statusBatch) {
		some, err := l.needsChange(batch, c)
		if err != nil {
			return changed, err
		}
		if len(some) == 0 {
			continue
		}
		if some, err = l.setStatusBatch(some, c); err != nil {
			return changed, err
		}
		changed = append(changed, some...)
	}
	return changed, nil
}

// needsChange spares an article that already has the status the disk's wait.
func (l *Library) needsChange(ids []feeds.ArticleID, c feeds.StatusChange) (some []feeds.ArticleID, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		some = nil
		for _, id := range ids {
			if s := getStatus(tx, id); applied(s, c) != s {
				some = append(some, id)
			}
		}
		return nil
	})
	return some, err
}

func (l *Library) setStatusBatch(ids []feeds.ArticleID, c feeds.StatusChange) (changed []feeds.ArticleID, err error) {
	err = l.update(func(tx *bolt.Tx) error {
		changed = nil
		counts := tally{}
		for _, id := range ids {
			from := getStatus(tx, id)
			to := applied(from, c)
			if from == to {
				continue
			}
			ref, ok, err := getRef(tx, id)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			if err := restate(tx, counts, ref, &from, &to); err != nil {
				return err
			}
			if err := putStatus(tx, id, to); err != nil {
				return err
			}
			changed = append(changed, id)
		}
		return counts.write(tx)
	})
	if err != nil {
		return nil, err
	}
	return changed, nil
}

// markRead marks what the view holds now; what arrives meanwhile stays unread.
func (l *Library) markRead(v feeds.View) ([]feeds.ArticleID, error) {
	v.Unread = true
	var ids []feeds.ArticleID
	err := l.view(func(tx *bolt.Tx) error {
		ids = nil
		return walk(tx, v, newest(), true, func(p place) bool {
			ids = append(ids, p.id())
			return true
		})
	})
	if err != nil {
		return nil, err
	}
	read := true
	return l.setStatus(ids, feeds.StatusChange{Read: &read})
}
