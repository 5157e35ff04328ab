package store

import (
	"slices"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// statusBatch bounds one transaction of SetStatus and so how long another
// writer waits.
const statusBatch = 4000

func putStatus(tx *bolt.Tx, id feeds.ArticleID, s feeds.Status) error {
	if was := getStatus(tx, id).Bears; was != s.Bears {
		if err := putWatch(tx, storyOf(tx, id), id, s.Bears); err != nil {
			return err
		}
	}
	if s == (feeds.Status{}) {
		return tx.Bucket(bucketStatus).Delete(articleKey(id))
	}
	return tx.Bucket(bucketStatus).Put(articleKey(id), encodeStatus(s))
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
		some, err = l.setStatusBatch(some, c)
		changed = append(changed, some...)
		if err != nil {
			return changed, err
		}
	}
	return changed, nil
}

// needsChange spares an article that already has the status the disk's wait.
func (l *Library) needsChange(ids []feeds.ArticleID, c feeds.StatusChange) (some []feeds.ArticleID, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		some = nil
		for _, id := range ids {
			if s := getStatus(tx, id); c.Apply(s) != s {
				some = append(some, id)
			}
		}
		return nil
	})
	return some, err
}

func (l *Library) setStatusBatch(ids []feeds.ArticleID, c feeds.StatusChange) (changed []feeds.ArticleID, err error) {
	list := make([]feeds.StatusOf, len(ids))
	for i, id := range ids {
		list[i] = feeds.StatusOf{Article: id, Change: c}
	}
	back, err := l.changeStatuses(func(*bolt.Tx) ([]feeds.StatusOf, error) { return list, nil })
	for _, b := range back {
		changed = append(changed, b.Article)
	}
	return changed, err
}

// changeStatuses makes the changes that are found to be needed, in one commit, and
// returns what takes them back: together with an error when the library has the
// marks, but the journal beside it could not be written.
func (l *Library) changeStatuses(find func(*bolt.Tx) ([]feeds.StatusOf, error)) (back []feeds.StatusOf, err error) {
	j := &l.marks
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := l.beginMarks(); err != nil {
		return nil, err
	}
	var lines []byte
	err = l.update(func(tx *bolt.Tx) error {
		back = nil
		list, err := find(tx)
		if err != nil {
			return err
		}
		counts := tally{}
		of := map[feeds.FeedID]map[feeds.ArticleID]feeds.Status{}
		for _, change := range list {
			id, was := change.Article, getStatus(tx, change.Article)
			done, err := setStatusOf(tx, counts, id, change.Change.Apply)
			if err != nil {
				return err
			}
			if done == (articleRef{}) {
				continue
			}
			if of[done.feed] == nil {
				of[done.feed] = map[feeds.ArticleID]feeds.Status{}
			}
			is := getStatus(tx, id)
			of[done.feed][id] = is
			back = append(back, feeds.StatusOf{Article: id, Change: changeFrom(is, was)})
		}
		if lines, err = markLines(tx, of); err != nil {
			return err
		}
		if err := putStamp(tx, j.stamp.after(lines)); err != nil {
			return err
		}
		return counts.write(tx)
	})
	if err != nil {
		return nil, err
	}
	if err := j.append(lines); err != nil {
		return back, err
	}
	if j.grown() {
		l.wake()
	}
	return back, nil
}

// changeFrom is the change that makes one status another.
func changeFrom(from, to feeds.Status) (c feeds.StatusChange) {
	if from.Read != to.Read {
		c.Read = &to.Read
	}
	if from.Saved != to.Saved {
		c.Saved = &to.Saved
	}
	if from.Bears != to.Bears {
		c.Bears = &to.Bears
	}
	return c
}

// setStatusOf gives the article that it changed, the zero articleRef if there
// was nothing to change.
func setStatusOf(tx *bolt.Tx, counts tally, id feeds.ArticleID, change func(feeds.Status) feeds.Status) (articleRef, error) {
	from := getStatus(tx, id)
	to := change(from)
	if from == to {
		return articleRef{}, nil
	}
	ref, ok, err := getRef(tx, id)
	if err != nil || !ok {
		return articleRef{}, err
	}
	if err := restate(tx, counts, ref, &from, &to); err != nil {
		return articleRef{}, err
	}
	return ref, putStatus(tx, id, to)
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
