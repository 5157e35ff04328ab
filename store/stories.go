package store

import (
	"bytes"
	"cmp"
	"maps"
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
	if v := tableOf(tx, bucketStoryOf).Get(articleKey(id)); v != nil {
		return feeds.StoryID(parseArticleKey(v))
	}
	return feeds.StoryID(id)
}

// setStories moves articles to stories; to its own, by the same id, means that no
// record is kept. Those that were removed since they were related stay away. Of
// very many it calls look now and then, when it has looked at much of the file.
func setStories(tx *bolt.Tx, stories map[feeds.ArticleID]feeds.StoryID, look func()) error {
	of, members := tableOf(tx, bucketStoryOf), tableOf(tx, bucketStories)
	var ofPairs, memberPairs []pair
	watched := newWatchReader(tx).any()
	for i, id := range slices.Sorted(maps.Keys(stories)) {
		if i%lookedOver == lookedOver-1 {
			look()
		}
		was, is := storyOf(tx, id), stories[id]
		if was == is || rawArticle(tx, id) == nil {
			continue
		}
		if watched {
			if err := moveWatch(tx, was, is, id); err != nil {
				return err
			}
		}
		if was != feeds.StoryID(id) {
			if err := members.Delete(storyMemberKey(was, id)); err != nil {
				return err
			}
		}
		if is == feeds.StoryID(id) {
			if err := of.Delete(articleKey(id)); err != nil {
				return err
			}
			continue
		}
		ofPairs = append(ofPairs, pair{articleKey(id), storyKey(is)})
		memberPairs = append(memberPairs, pair{storyMemberKey(is, id), nil})
	}
	if err := of.putAll(ofPairs); err != nil {
		return err
	}
	return members.putAll(memberPairs)
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
	if err := setStories(tx, map[feeds.ArticleID]feeds.StoryID{id: feeds.StoryID(id)}, func() {}); err != nil {
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

// A storyReader puts stories together in one transaction. It keeps its buckets
// at hand: the front page asks for thousands of stories.
type storyReader struct {
	tx       *bolt.Tx
	articles *bolt.Bucket
	storyOf  table
	ofCursor *bolt.Cursor
	members  *tableCursor
	watches  watchReader
}

func newStoryReader(tx *bolt.Tx) *storyReader {
	of := tableOf(tx, bucketStoryOf)
	return &storyReader{tx, tx.Bucket(bucketArticles), of, of.b.Cursor(), tableOf(tx, bucketStories).Cursor(), newWatchReader(tx)}
}

func (r *storyReader) of(id feeds.ArticleID) feeds.StoryID {
	if v := r.storyOf.get(r.ofCursor, articleKey(id)); v != nil {
		return feeds.StoryID(parseArticleKey(v))
	}
	return feeds.StoryID(id)
}

// read gives the articles of a story, earliest first.
func (r *storyReader) read(story feeds.StoryID) ([]feeds.Article, error) {
	if story > maxArticle {
		return nil, nil
	}
	var list []feeds.Article
	add := func(id feeds.ArticleID) error {
		k := articleKey(id)
		v := r.articles.Get(k)
		if v == nil {
			return nil
		}
		a, ok := decodeDigest(id, v)
		if !ok {
			return badRecord(bucketArticles, k)
		}
		list = append(list, a)
		return nil
	}
	if founder := feeds.ArticleID(story); r.of(founder) == story {
		if err := add(founder); err != nil {
			return nil, err
		}
	}
	prefix := storyKey(story)
	for k, _ := r.members.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = r.members.Next() {
		if err := add(parseArticleKey(k[articleWidth:])); err != nil {
			return nil, err
		}
	}
	if len(list) > 1 {
		slices.SortFunc(list, func(a, b feeds.Article) int {
			return cmp.Or(feeds.When(a).Compare(feeds.When(b)), cmp.Compare(a.ID, b.ID))
		})
	}
	return list, nil
}

// isCopy reports whether one of the earlier articles carries the same text.
func (r *storyReader) isCopy(id feeds.ArticleID, earlier []feeds.Article) (bool, error) {
	if len(earlier) == 0 {
		return false, nil
	}
	copies, err := getCopies(r.tx, id)
	return slices.ContainsFunc(earlier, func(a feeds.Article) bool {
		_, found := slices.BinarySearch(copies, a.ID)
		return found
	}), err
}

// story gives a story; ok is false if no article belongs to it. Its title is
// that of the earliest article with a text of its own.
func (r *storyReader) story(id feeds.StoryID) (s feeds.Story, ok bool, err error) {
	list, err := r.read(id)
	if err != nil || len(list) == 0 {
		return feeds.Story{}, false, err
	}
	s = feeds.Story{
		ID: id, First: feeds.When(list[0]), Latest: feeds.When(list[len(list)-1]),
		Articles: make([]feeds.ArticleID, len(list)), Watch: r.watches.of(id),
	}
	best := -1
	for i := range list {
		a := &list[i]
		s.Articles[i] = a.ID
		switch same, err := r.isCopy(a.ID, list[:i]); {
		case err != nil:
			return feeds.Story{}, false, err
		case same:
			s.Reprints = append(s.Reprints, a.Outlet)
			continue
		}
		if !slices.Contains(s.Outlets, a.Outlet) {
			s.Outlets = append(s.Outlets, a.Outlet)
		}
		if best < 0 && a.Words > 0 {
			best = i
		}
	}
	s.Reprints = alone(s.Reprints, s.Outlets)
	lead := &list[max(best, 0)]
	s.Lead, s.Title = lead.ID, lead.Headline()
	return s, true, nil
}

// alone are the names, each once, that are not among others.
func alone(names, others []string) []string {
	var out []string
	for _, name := range names {
		if !slices.Contains(others, name) && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

func (l *Library) story(id feeds.StoryID) (s feeds.Story, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		var ok bool
		var err error
		if s, ok, err = newStoryReader(tx).story(id); err == nil && !ok {
			err = noStory(id)
		}
		return err
	})
	return s, err
}

// stories gives each story with something since then.
func (l *Library) stories(since time.Time) (list []feeds.Story, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		list = nil
		r := newStoryReader(tx)
		return r.since(since, func(id feeds.StoryID, _ place) error {
			s, ok, err := r.story(id)
			if ok {
				list = append(list, s)
			}
			return err
		})
	})
	return list, err
}

// storySizes tells of each story with something since then how large it is.
func (l *Library) storySizes(since time.Time) (list []feeds.StorySize, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		list = nil
		r := newStoryReader(tx)
		return r.since(since, func(id feeds.StoryID, latest place) error {
			list = append(list, feeds.StorySize{ID: id, Articles: r.size(id, latest.id()), Latest: time.Unix(latest.when(), 0).UTC(), Watch: r.watches.of(id)})
			return nil
		})
	})
	return list, err
}

// since gives the stories of the articles since then, newest first, so that each
// comes with its latest article.
func (r *storyReader) since(since time.Time, give func(id feeds.StoryID, latest place) error) error {
	seen := map[feeds.StoryID]bool{}
	var failed error
	err := walk(r.tx, feeds.View{Kind: feeds.ViewAll}, newest(), true, func(p place) bool {
		if p.when() < since.Unix() {
			return false
		}
		id := r.of(p.id())
		if seen[id] {
			return true
		}
		seen[id] = true
		failed = give(id, p)
		return failed == nil
	})
	return cmp.Or(failed, err)
}

// size counts the articles of a story, one of which is known.
func (r *storyReader) size(story feeds.StoryID, known feeds.ArticleID) int {
	n := 0
	if founder := feeds.ArticleID(story); founder == known || r.of(founder) == story && r.articles.Get(articleKey(founder)) != nil {
		n++
	}
	prefix := storyKey(story)
	for k, _ := r.members.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = r.members.Next() {
		n++
	}
	return n
}

// storiesOf gives some stories, but for those that are no more.
func (l *Library) storiesOf(ids []feeds.StoryID) (list []feeds.Story, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		list = make([]feeds.Story, 0, len(ids))
		r := newStoryReader(tx)
		for _, id := range ids {
			s, ok, err := r.story(id)
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
