package store

import (
	"bytes"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// Removing a feed is done in many small transactions. The first takes it out
// of the subscriptions and notes it in bucketRemoving; what a crash leaves
// undone the next Open finishes, because the note goes last.

const (
	removeBatch   = 250  // articles in one transaction
	identityBatch = 4000 // identities in one transaction
)

func (l *Library) removeFeed(id feeds.FeedID) error {
	if err := l.unsubscribe(id); err != nil {
		return err
	}
	return l.finishRemoving(id, func() bool { return false })
}

func (l *Library) unsubscribe(id feeds.FeedID) error {
	l.saveMu.Lock()
	defer l.saveMu.Unlock()
	return l.update(func(tx *bolt.Tx) error {
		f, ok, err := getFeed(tx, id)
		if err != nil {
			return err
		}
		if !ok {
			return noFeed(id)
		}
		for _, gone := range []pair{
			{bucketFeedURLs, urlKey(f.URL)},
			{bucketFolders, folderFeedKey(f.Folder, id)},
			{bucketHealth, feedKey(id)},
			{bucketImprints, feedKey(id)},
			{bucketFeeds, feedKey(id)},
		} {
			if err := tx.Bucket(gone.key).Delete(gone.value); err != nil {
				return err
			}
		}
		return tx.Bucket(bucketRemoving).Put(feedKey(id), nil)
	})
}

// removing gives the feeds whose removal was cut short.
func (l *Library) removing() (ids []feeds.FeedID, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		ids = nil
		return tx.Bucket(bucketRemoving).ForEach(func(k, _ []byte) error {
			ids = append(ids, parseFeedKey(k))
			return nil
		})
	})
	return ids, err
}

func (l *Library) finishRemoving(id feeds.FeedID, stopped func() bool) error {
	for from, more := newest(), true; more; {
		if stopped() {
			return nil // the note in bucketRemoving stays
		}
		var err error
		if from, _, more, err = l.removeSome(id, from); err != nil {
			return err
		}
	}
	for more := true; more; {
		err := l.update(func(tx *bolt.Tx) (err error) {
			more, err = deletePrefix(tableOf(tx, bucketIdentities), feedKey(id), identityBatch)
			if err == nil && !more {
				err = tx.Bucket(bucketRemoving).Delete(feedKey(id))
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// removeSome removes the next articles of a feed that are older than from, but
// keeps the saved ones.
func (l *Library) removeSome(id feeds.FeedID, from place) (last place, removed int, more bool, err error) {
	l.saveMu.Lock() // the blocks that are read must be the blocks that are written
	defer l.saveMu.Unlock()
	var ids []feeds.ArticleID
	blocks := newBlockSet(l)
	err = l.view(func(tx *bolt.Tx) error {
		ids, last, more = nil, from, false
		err := walk(tx, feeds.View{Kind: feeds.ViewFeed, Feed: id}, from, true, func(p place) bool {
			if len(ids) == removeBatch {
				more = true
				return false
			}
			last = p
			if !getStatus(tx, p.id()).Saved {
				ids = append(ids, p.id())
			}
			return true
		})
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := blocks.load(tx, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || len(ids) == 0 {
		return last, 0, more, err
	}
	err = l.update(func(tx *bolt.Tx) error {
		return removeArticles(tx, ids, blocks)
	})
	return last, len(ids), more, err
}

// removeArticles takes out all that is known of the articles, but not their
// identities. One that was saved meanwhile stays.
func removeArticles(tx *bolt.Tx, ids []feeds.ArticleID, blocks *blockSet) error {
	counts := tally{}
	for _, id := range ids {
		status := getStatus(tx, id)
		ref, ok, err := getRef(tx, id)
		if err != nil {
			return err
		}
		if !ok || status.Saved {
			continue
		}
		if err := restate(tx, counts, ref, &status, nil); err != nil {
			return err
		}
		if err := bequeath(tx, id, status); err != nil {
			return err
		}
		if err := unrelate(tx, id); err != nil {
			return err
		}
		// It may be in the index whether or not it is related: relating stores
		// in parts, and may be at it.
		if err := tx.Bucket(bucketLeft).Put(articleKey(id), nil); err != nil {
			return err
		}
		if err := deleteRevisions(tx, id); err != nil {
			return err
		}
		for _, bucket := range [][]byte{bucketReindexed, bucketRevised, bucketWholes, bucketPageTexts, bucketBookmarks, bucketArticles} {
			if err := tx.Bucket(bucket).Delete(articleKey(id)); err != nil {
				return err
			}
		}
		blocks.put(id, feeds.Body{})
	}
	if err := blocks.pack(); err != nil {
		return err
	}
	if err := blocks.write(tx); err != nil {
		return err
	}
	return counts.write(tx)
}

// deletePrefix deletes up to limit keys that begin with prefix and reports
// whether there are more.
func deletePrefix(t table, prefix []byte, limit int) (more bool, err error) {
	var keys [][]byte
	c := t.Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		if len(keys) == limit {
			more = true
			break
		}
		keys = append(keys, bytes.Clone(k))
	}
	for _, k := range keys {
		if err := t.Delete(k); err != nil {
			return false, err
		}
	}
	return more, nil
}
