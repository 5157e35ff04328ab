package store

import (
	"bytes"
	"cmp"
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// What the reader wants of a story, to follow or to mute it, is a part of the
// status of one of its articles, so that it is in the journal of marks, and comes
// back with the article, like the rest of that. bucketWatched lists the articles
// that bear one by their stories, as those are now.

// putWatch lists an article that bears a watch under a story, or no longer.
func putWatch(tx *bolt.Tx, story feeds.StoryID, id feeds.ArticleID, w feeds.Watch) error {
	if w == feeds.Unwatched {
		return tx.Bucket(bucketWatched).Delete(storyMemberKey(story, id))
	}
	return tx.Bucket(bucketWatched).Put(storyMemberKey(story, id), []byte{byte(w)})
}

// moveWatch takes what an article bears along to another story.
func moveWatch(tx *bolt.Tx, was, is feeds.StoryID, id feeds.ArticleID) error {
	w := getStatus(tx, id).Bears
	if w == feeds.Unwatched {
		return nil
	}
	if err := putWatch(tx, was, id, feeds.Unwatched); err != nil {
		return err
	}
	return putWatch(tx, is, id, w)
}

// watchReader tells what is wanted of stories. It has no cursor where nothing is
// wanted of any, which is usual and costs nothing then.
type watchReader struct{ c *bolt.Cursor }

func newWatchReader(tx *bolt.Tx) watchReader {
	c := tx.Bucket(bucketWatched).Cursor()
	if k, _ := c.First(); k == nil {
		return watchReader{}
	}
	return watchReader{c}
}

func (r watchReader) any() bool { return r.c != nil }

func (r watchReader) of(story feeds.StoryID) feeds.Watch {
	w := feeds.Unwatched
	if r.c == nil || story > maxArticle {
		return w
	}
	prefix := storyKey(story)
	for k, v := r.c.Seek(prefix); bytes.HasPrefix(k, prefix); k, v = r.c.Next() {
		w = w.With(decodeWatch(v))
	}
	return w
}

func decodeWatch(v []byte) feeds.Watch {
	if len(v) == 1 && v[0] <= byte(feeds.Muted) {
		return feeds.Watch(v[0])
	}
	return feeds.Unwatched
}

// stories are those of which something is wanted, by id.
func (r watchReader) stories() (ids []feeds.StoryID) {
	if r.c == nil {
		return nil
	}
	for k, _ := r.c.First(); k != nil; k, _ = r.c.Next() {
		if id := feeds.StoryID(parseArticleKey(k)); len(ids) == 0 || ids[len(ids)-1] != id {
			ids = append(ids, id)
		}
	}
	return ids
}

// watch makes an article bear a watch, and no other of its story.
func (l *Library) watch(id feeds.ArticleID, w feeds.Watch) ([]feeds.StatusOf, error) {
	return l.changeStatuses(func(tx *bolt.Tx) (list []feeds.StatusOf, err error) {
		if rawArticle(tx, id) == nil {
			return nil, noArticle(id)
		}
		members, err := newStoryReader(tx).read(storyOf(tx, id))
		if err != nil {
			return nil, err
		}
		read, none := true, feeds.Unwatched
		for _, a := range members {
			var c feeds.StatusChange
			switch {
			case a.ID == id:
				c.Bears = &w
			case getStatus(tx, a.ID).Bears != none:
				c.Bears = &none
			}
			if w == feeds.Muted {
				c.Read = &read
			}
			list = append(list, feeds.StatusOf{Article: a.ID, Change: c})
		}
		return list, nil
	})
}

// restateAll is for taking back what watch did.
func (l *Library) restateAll(list []feeds.StatusOf) error {
	_, err := l.changeStatuses(func(*bolt.Tx) ([]feeds.StatusOf, error) { return list, nil })
	return err
}

func (l *Library) watched(w feeds.Watch) (list []feeds.Story, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		list = nil
		r := newStoryReader(tx)
		for _, id := range r.watches.stories() {
			s, ok, err := r.story(id)
			if err != nil {
				return err
			}
			if ok && s.Watch == w {
				list = append(list, s)
			}
		}
		slices.SortFunc(list, func(a, b feeds.Story) int { return cmp.Or(b.Latest.Compare(a.Latest), cmp.Compare(b.ID, a.ID)) })
		return nil
	})
	return list, err
}

func (l *Library) countWatched(w feeds.Watch) (n int, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		n = 0
		r := newWatchReader(tx)
		for _, id := range r.stories() {
			if r.of(id) == w {
				n++
			}
		}
		return nil
	})
	return n, err
}

// setStoriesQuietly is setStories for what relating found: of a muted story
// nothing comes up as new, so an article is marked read as it comes to be in one.
// The journal is not told: if the library is lost, they are related again, and so
// marked again.
func setStoriesQuietly(tx *bolt.Tx, stories map[feeds.ArticleID]feeds.StoryID, look func()) error {
	before := newWatchReader(tx)
	if !before.any() {
		return setStories(tx, stories, look)
	}
	type move struct {
		id    feeds.ArticleID
		is    feeds.StoryID
		muted bool // the story it was in
	}
	var moves []move
	muted := map[feeds.StoryID]bool{} // whether the stories that they come to were
	for _, id := range slices.Sorted(maps.Keys(stories)) {
		if was, is := storyOf(tx, id), stories[id]; was != is && rawArticle(tx, id) != nil {
			moves = append(moves, move{id, is, before.of(was) == feeds.Muted})
			muted[is] = before.of(is) == feeds.Muted
		}
	}
	if err := setStories(tx, stories, look); err != nil {
		return err
	}
	after := newWatchReader(tx)
	counts := tally{}
	hush := func(id feeds.ArticleID) error {
		_, err := setStatusOf(tx, counts, id, func(s feeds.Status) feeds.Status { s.Read = true; return s })
		return err
	}
	came := map[feeds.ArticleID]bool{}
	for _, m := range moves {
		came[m.id] = true
		if !m.muted && after.of(m.is) == feeds.Muted {
			if err := hush(m.id); err != nil {
				return err
			}
		}
	}
	for _, story := range slices.Sorted(maps.Keys(muted)) {
		if muted[story] || after.of(story) != feeds.Muted {
			continue
		}
		members, err := newStoryReader(tx).read(story)
		if err != nil {
			return err
		}
		for _, a := range members {
			if came[a.ID] {
				continue
			}
			if err := hush(a.ID); err != nil {
				return err
			}
		}
	}
	return counts.write(tx)
}

// bequeath takes the status of an article away that leaves the library. What it
// bears goes to the latest other article of its story, for as long as there is
// one.
func bequeath(tx *bolt.Tx, id feeds.ArticleID, s feeds.Status) error {
	if s.Bears != feeds.Unwatched {
		members, err := newStoryReader(tx).read(storyOf(tx, id))
		if err != nil {
			return err
		}
		members = slices.DeleteFunc(members, func(a feeds.Article) bool { return a.ID == id })
		if n := len(members); n > 0 {
			heir := getStatus(tx, members[n-1].ID)
			heir.Bears = heir.Bears.With(s.Bears)
			if err := putStatus(tx, members[n-1].ID, heir); err != nil {
				return err
			}
		}
	}
	return putStatus(tx, id, feeds.Status{})
}

// watches must be listed as the statuses say.
func (c *checker) watches() {
	n := 0
	c.each(bucketStatus, func(k, v []byte) {
		id, w := parseArticleKey(k), decodeStatus(v).Bears
		if w == feeds.Unwatched {
			return
		}
		n++
		if story := storyOf(c.tx, id); decodeWatch(c.tx.Bucket(bucketWatched).Get(storyMemberKey(story, id))) != w {
			c.bad("story %d does not list article %d, which has it %s", story, id, w)
		}
	})
	c.each(bucketWatched, func(_, _ []byte) { n-- })
	if n != 0 {
		c.bad("the list of watched stories and the statuses differ by %d", n)
	}
}

// settleWatches lists what the statuses say.
func settleWatches(tx *bolt.Tx) error {
	return tx.Bucket(bucketStatus).ForEach(func(k, v []byte) error {
		id, w := parseArticleKey(k), decodeStatus(v).Bears
		if w == feeds.Unwatched {
			return nil
		}
		return putWatch(tx, storyOf(tx, id), id, w)
	})
}
