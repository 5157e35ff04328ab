package store

import (
	"bytes"
	"container/heap"
	"slices"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// A view is one or more key ranges whose keys end with a place. A folder is
// the merge of its feeds' ranges, so that moving a feed to another folder
// rewrites nothing; seeking in 400 feeds costs under a millisecond.

func notARange() error {
	return &libraryError{sentence: "The front page is ranked stories, not a list of articles: ask for its stories.", kind: ErrNoRange}
}

// ranges gives the table of a view and the prefixes of its ranges there.
func ranges(tx *bolt.Tx, v feeds.View) (table, [][]byte, error) {
	pick := func(all, unread []byte) table {
		if v.Unread {
			return tableOf(tx, unread)
		}
		return tableOf(tx, all)
	}
	whole := [][]byte{{}}
	switch v.Kind {
	case feeds.ViewUnread:
		return tableOf(tx, bucketUnread), whole, nil
	case feeds.ViewAll:
		return pick(bucketByTime, bucketUnread), whole, nil
	case feeds.ViewSaved:
		return pick(bucketSaved, bucketSavedUnread), whole, nil
	case feeds.ViewFeed:
		if v.Feed > maxFeed {
			return tableOf(tx, bucketByFeed), nil, nil
		}
		return pick(bucketByFeed, bucketUnreadByFeed), [][]byte{feedKey(v.Feed)}, nil
	case feeds.ViewFolder:
		var prefixes [][]byte
		for _, id := range folderFeeds(tx, v.Folder) {
			prefixes = append(prefixes, feedKey(id))
		}
		return pick(bucketByFeed, bucketUnreadByFeed), prefixes, nil
	}
	return table{}, nil, notARange()
}

// A run walks the places of one range, downwards (newest first) or upwards.
type run struct {
	cursor tableCursor
	prefix []byte
	down   bool
	at     place
}

// seek moves to the first place beyond from, in the run's direction.
func (r *run) seek(from place) bool {
	target := append(slices.Clone(r.prefix), from[:]...)
	k, _ := r.cursor.Seek(target)
	switch {
	case !r.down && bytes.Equal(k, target):
		k, _ = r.cursor.Next()
	case r.down && k == nil:
		k, _ = r.cursor.Last()
	case r.down:
		k, _ = r.cursor.Prev()
	}
	return r.take(k)
}

func (r *run) next() bool {
	var k []byte
	if r.down {
		k, _ = r.cursor.Prev()
	} else {
		k, _ = r.cursor.Next()
	}
	return r.take(k)
}

func (r *run) take(k []byte) bool {
	if len(k) != len(r.prefix)+placeWidth || !bytes.HasPrefix(k, r.prefix) {
		return false
	}
	r.at = place(k[len(r.prefix):])
	return true
}

// runs is a heap of runs, the next place of all on top.
type runs []*run

func (h runs) Len() int      { return len(h) }
func (h runs) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h runs) Less(i, j int) bool {
	if h[i].down {
		return h[i].at.compare(h[j].at) > 0
	}
	return h[i].at.compare(h[j].at) < 0
}
func (h *runs) Push(x any) { *h = append(*h, x.(*run)) }
func (h *runs) Pop() any {
	last := len(*h) - 1
	r := (*h)[last]
	*h = (*h)[:last]
	return r
}

// walk calls fn for each place of a view beyond from, in order, until it
// returns false.
func walk(tx *bolt.Tx, v feeds.View, from place, down bool, fn func(place) bool) error {
	places, prefixes, err := ranges(tx, v)
	if err != nil {
		return err
	}
	var h runs
	for _, prefix := range prefixes {
		r := &run{cursor: *places.Cursor(), prefix: prefix, down: down}
		if r.seek(from) {
			h = append(h, r)
		}
	}
	heap.Init(&h)
	for len(h) > 0 {
		if !fn(h[0].at) {
			return nil
		}
		if h[0].next() {
			heap.Fix(&h, 0)
		} else {
			heap.Pop(&h)
		}
	}
	return nil
}

// newest is the place before every article, newest first.
func newest() place { return place(bytes.Repeat([]byte{0xff}, placeWidth)) }

func cursorPlace(c feeds.Cursor) place {
	if c == (feeds.Cursor{}) {
		return newest()
	}
	return placeOf(c.When, c.ID)
}

func (l *Library) page(v feeds.View, from feeds.Cursor, limit int, back bool) (items []feeds.Item, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		items = nil
		if limit <= 0 {
			return nil
		}
		var ids []feeds.ArticleID
		err := walk(tx, v, cursorPlace(from), !back, func(p place) bool {
			ids = append(ids, p.id())
			return len(ids) < limit
		})
		if err != nil {
			return err
		}
		if back {
			slices.Reverse(ids)
		}
		items, err = loadItems(tx, ids)
		return err
	})
	return items, err
}
