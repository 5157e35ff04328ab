package store

import (
	"bytes"
	"cmp"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// Which article belongs to which story is kept apart from the articles, and
// only where an article is not a story of its own. A story's members are the
// articles that bucketStories lists under its id, and its founder unless that
// has gone to another story.

func storyOf(tx *bolt.Tx, id feeds.ArticleID) feeds.StoryID {
	if v := tx.Bucket(bucketStoryOf).Get(articleKey(id)); len(v) == articleWidth {
		return feeds.StoryID(parseArticleKey(v))
	}
	return feeds.StoryID(id)
}

// setStory moves an article to a story; to its own, by the same id, means that
// no record is kept.
func setStory(tx *bolt.Tx, id feeds.ArticleID, story feeds.StoryID) error {
	was := storyOf(tx, id)
	if was == story {
		return nil
	}
	of, members := tx.Bucket(bucketStoryOf), tx.Bucket(bucketStories)
	if was != feeds.StoryID(id) {
		if err := members.Delete(storyMemberKey(was, id)); err != nil {
			return err
		}
	}
	if story == feeds.StoryID(id) {
		return of.Delete(articleKey(id))
	}
	if err := of.Put(articleKey(id), storyKey(story)); err != nil {
		return err
	}
	return members.Put(storyMemberKey(story, id), nil)
}

// members gives the ids of a story's articles, by id.
func members(tx *bolt.Tx, story feeds.StoryID) (ids []feeds.ArticleID) {
	founder := feeds.ArticleID(story)
	if story > maxArticle {
		return nil
	}
	if storyOf(tx, founder) == story && rawArticle(tx, founder) != nil {
		ids = append(ids, founder)
	}
	prefix := storyKey(story)
	c := tx.Bucket(bucketStories).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		ids = append(ids, parseArticleKey(k[articleWidth:]))
	}
	slices.Sort(ids)
	return ids
}

func getCopies(tx *bolt.Tx, id feeds.ArticleID) ([]feeds.ArticleID, error) {
	k := articleKey(id)
	v := tx.Bucket(bucketCopies).Get(k)
	if v == nil {
		return nil, nil
	}
	ids, ok := decodeCopies(v)
	if !ok {
		return nil, badRecord(bucketCopies, k)
	}
	return ids, nil
}

func setCopies(tx *bolt.Tx, id feeds.ArticleID, copies []feeds.ArticleID) error {
	copies = slices.DeleteFunc(slices.Clone(copies), func(c feeds.ArticleID) bool { return c == id })
	slices.Sort(copies)
	copies = slices.Compact(copies)
	if len(copies) == 0 {
		return tx.Bucket(bucketCopies).Delete(articleKey(id))
	}
	return tx.Bucket(bucketCopies).Put(articleKey(id), encodeCopies(copies))
}

// unrelate takes a removed article out of its story and out of the copies of
// others.
func unrelate(tx *bolt.Tx, id feeds.ArticleID) error {
	if err := setStory(tx, id, feeds.StoryID(id)); err != nil {
		return err
	}
	copies, err := getCopies(tx, id)
	if err != nil {
		return err
	}
	for _, other := range copies {
		theirs, err := getCopies(tx, other)
		if err != nil {
			return err
		}
		if err := setCopies(tx, other, slices.DeleteFunc(theirs, func(c feeds.ArticleID) bool { return c == id })); err != nil {
			return err
		}
	}
	return setCopies(tx, id, nil)
}

// story puts a story together from the ids of its articles.
func story(tx *bolt.Tx, id feeds.StoryID, ids []feeds.ArticleID) (feeds.Story, bool, error) {
	list := make([]feeds.Article, 0, len(ids))
	for _, id := range ids {
		v := rawArticle(tx, id)
		if v == nil {
			continue
		}
		a, ok := decodeDigest(id, v)
		if !ok {
			return feeds.Story{}, false, badRecord(bucketArticles, articleKey(id))
		}
		list = append(list, a)
	}
	if len(list) == 0 {
		return feeds.Story{}, false, nil
	}
	slices.SortFunc(list, func(a, b feeds.Article) int {
		return cmp.Or(feeds.When(a).Compare(feeds.When(b)), cmp.Compare(a.ID, b.ID))
	})
	s := feeds.Story{ID: id, First: feeds.When(list[0]), Latest: feeds.When(list[len(list)-1])}
	best := -1
	for i := range list {
		a := &list[i]
		s.Articles = append(s.Articles, a.ID)
		copies, err := getCopies(tx, a.ID)
		if err != nil {
			return feeds.Story{}, false, err
		}
		isCopy := slices.ContainsFunc(list[:i], func(earlier feeds.Article) bool {
			_, found := slices.BinarySearch(copies, earlier.ID)
			return found
		})
		if isCopy {
			continue
		}
		if !slices.Contains(s.Outlets, a.Outlet) {
			s.Outlets = append(s.Outlets, a.Outlet)
		}
		if best < 0 && a.Words > 0 {
			best = i
		}
	}
	s.Title = list[max(best, 0)].Headline()
	return s, true, nil
}

func (l *Library) story(id feeds.StoryID) (s feeds.Story, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		var ok bool
		var err error
		if s, ok, err = story(tx, id, members(tx, id)); err == nil && !ok {
			err = noStory(id)
		}
		return err
	})
	return s, err
}

func (l *Library) stories(since time.Time) (list []feeds.Story, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		list = nil
		seen := map[feeds.StoryID]bool{}
		var ids []feeds.ArticleID
		err := walk(tx, feeds.View{Kind: feeds.ViewAll}, newest(), true, func(p place) bool {
			if p.when() < since.Unix() {
				return false
			}
			ids = append(ids, p.id())
			return true
		})
		if err != nil {
			return err
		}
		for _, id := range ids { // newest first: a story's latest article brings it in
			of := storyOf(tx, id)
			if seen[of] {
				continue
			}
			seen[of] = true
			s, ok, err := story(tx, of, members(tx, of))
			if err != nil {
				return err
			}
			if ok {
				list = append(list, s)
			}
		}
		return nil
	})
	return list, err
}
