package store

import (
	"bytes"
	"slices"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// placeViews are the views an article can be in, and which statuses belong there.
var placeViews = [...]struct {
	bucket []byte
	byFeed bool // its keys begin with the feed
	member func(feeds.Status) bool
}{
	{bucketByTime, false, func(feeds.Status) bool { return true }},
	{bucketByFeed, true, func(feeds.Status) bool { return true }},
	{bucketUnread, false, func(s feeds.Status) bool { return !s.Read }},
	{bucketUnreadByFeed, true, func(s feeds.Status) bool { return !s.Read }},
	{bucketSaved, false, func(s feeds.Status) bool { return s.Saved }},
	{bucketSavedUnread, false, func(s feeds.Status) bool { return s.Saved && !s.Read }},
}

// newcomers gathers articles that are in no view yet, so that each view gets
// their keys in order.
type newcomers struct {
	keys   [len(placeViews)][]pair
	counts tally
	pages  *mapping
}

func (n *newcomers) add(a articleRef, s feeds.Status) {
	at, byFeed := bytes.Clone(a.at[:]), feedPlaceKey(a.feed, a.at)
	for i, view := range placeViews {
		switch {
		case !view.member(s):
		case view.byFeed:
			n.keys[i] = append(n.keys[i], pair{key: byFeed})
		default:
			n.keys[i] = append(n.keys[i], pair{key: at})
		}
	}
	n.counts.article(a.feed, s, +1)
}

func (n *newcomers) write(tx *bolt.Tx) error {
	for i, view := range placeViews {
		sortPairs(n.keys[i])
		for some := range slices.Chunk(n.keys[i], lookedOver) { // the places of each lie all over the file
			if err := tableOf(tx, view.bucket).putAll(some); err != nil {
				return err
			}
			n.pages.lookIn(tx)
		}
	}
	return n.counts.write(tx)
}

// restate moves an article from one status to another in the views that depend
// on it. nil stands for an article that is not there: from nil adds it to all
// its views, to nil takes it out.
func restate(tx *bolt.Tx, counts tally, a articleRef, from, to *feeds.Status) error {
	byFeed := feedPlaceKey(a.feed, a.at)
	for _, view := range placeViews {
		was, is := from != nil && view.member(*from), to != nil && view.member(*to)
		key := a.at[:]
		if view.byFeed {
			key = byFeed
		}
		var err error
		switch {
		case is && !was:
			err = tableOf(tx, view.bucket).Put(key, nil)
		case was && !is:
			err = tableOf(tx, view.bucket).Delete(key)
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
