package store

import (
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// counters of one feed, or under wholeLibrary of all. They equal the number of
// keys in the views, which the tests hold them to.
type counters struct {
	total, unread, saved, savedUnread int
}

const wholeLibrary feeds.FeedID = 0

func getCounters(tx *bolt.Tx, id feeds.FeedID) (counters, error) {
	if id > maxFeed {
		return counters{}, nil
	}
	k := feedKey(id)
	v := tx.Bucket(bucketCounters).Get(k)
	if v == nil {
		return counters{}, nil
	}
	c, ok := decodeCounters(v)
	if !ok {
		return counters{}, badRecord(bucketCounters, k)
	}
	return c, nil
}

// A tally gathers what a transaction changes in the counters, so that each is
// read and written once.
type tally map[feeds.FeedID]*counters

// article counts one article in (by +1) or out (by -1).
func (t tally) article(feed feeds.FeedID, s feeds.Status, by int) {
	for _, id := range [...]feeds.FeedID{wholeLibrary, feed} {
		c := t[id]
		if c == nil {
			c = new(counters)
			t[id] = c
		}
		c.total += by
		if !s.Read {
			c.unread += by
		}
		if s.Saved {
			c.saved += by
		}
		if s.Saved && !s.Read {
			c.savedUnread += by
		}
	}
}

func (t tally) write(tx *bolt.Tx) error {
	b := tx.Bucket(bucketCounters)
	for _, id := range slices.Sorted(maps.Keys(t)) {
		change := t[id]
		if *change == (counters{}) {
			continue
		}
		c, err := getCounters(tx, id)
		if err != nil {
			return err
		}
		c.total += change.total
		c.unread += change.unread
		c.saved += change.saved
		c.savedUnread += change.savedUnread
		if c == (counters{}) {
			err = b.Delete(feedKey(id))
		} else {
			err = b.Put(feedKey(id), encodeCounters(c))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (l *Library) count(v feeds.View) (n feeds.Counts, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		n = feeds.Counts{}
		ids := []feeds.FeedID{wholeLibrary}
		switch v.Kind {
		case feeds.ViewAll, feeds.ViewUnread, feeds.ViewSaved:
		case feeds.ViewFeed:
			ids[0] = v.Feed
			if v.Feed == wholeLibrary {
				return nil
			}
		case feeds.ViewFolder:
			ids = folderFeeds(tx, v.Folder)
		default:
			return notARange()
		}
		for _, id := range ids {
			c, err := getCounters(tx, id)
			if err != nil {
				return err
			}
			if v.Kind == feeds.ViewSaved {
				c.total, c.unread = c.saved, c.savedUnread
			}
			n.Total += c.total
			n.Unread += c.unread
		}
		if v.Unread || v.Kind == feeds.ViewUnread {
			n.Total = n.Unread
		}
		return nil
	})
	return n, err
}
