package store

import (
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// An articleRef is what an article's keys in the views are made of. None of it
// ever changes.
type articleRef struct {
	id   feeds.ArticleID
	feed feeds.FeedID
	at   place
}

func refOf(a *feeds.Article) articleRef {
	return articleRef{id: a.ID, feed: a.Feed, at: placeOf(feeds.When(*a).Unix(), a.ID)}
}

// wholeSeconds is t as the library keeps it.
func wholeSeconds(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	return time.Unix(t.Unix(), 0).UTC()
}

// rawArticle gives the record of an article, nil if there is none.
func rawArticle(tx *bolt.Tx, id feeds.ArticleID) []byte {
	if id > maxArticle {
		return nil
	}
	return tx.Bucket(bucketArticles).Get(articleKey(id))
}

func getArticle(tx *bolt.Tx, id feeds.ArticleID) (articleRecord, bool, error) {
	v := rawArticle(tx, id)
	if v == nil {
		return articleRecord{}, false, nil
	}
	a, ok := decodeArticle(id, v)
	if !ok {
		return articleRecord{}, false, badRecord(bucketArticles, articleKey(id))
	}
	return a, true, nil
}

func getRef(tx *bolt.Tx, id feeds.ArticleID) (articleRef, bool, error) {
	v := rawArticle(tx, id)
	if v == nil {
		return articleRef{}, false, nil
	}
	ref, ok := decodeRef(id, v)
	if !ok {
		return articleRef{}, false, badRecord(bucketArticles, articleKey(id))
	}
	return ref, true, nil
}

func getStatus(tx *bolt.Tx, id feeds.ArticleID) feeds.Status {
	return decodeStatus(tx.Bucket(bucketStatus).Get(articleKey(id)))
}

func loadItem(tx *bolt.Tx, watches watchReader, id feeds.ArticleID) (feeds.Item, bool, error) {
	a, ok, err := getArticle(tx, id)
	if err != nil || !ok {
		return feeds.Item{}, false, err
	}
	copies, err := getCopies(tx, id)
	if err != nil {
		return feeds.Item{}, false, err
	}
	story := storyOf(tx, id)
	return feeds.Item{Article: a.Article, Status: getStatus(tx, id), Story: story, Watch: watches.of(story), Copies: copies, Whole: wholeState(tx, id)}, true, nil
}

// loadItems leaves out unknown ids. A damaged record does not hide the others:
// they come together with the error.
func loadItems(tx *bolt.Tx, ids []feeds.ArticleID) ([]feeds.Item, error) {
	items := make([]feeds.Item, 0, len(ids))
	var damage error
	watches := newWatchReader(tx)
	for _, id := range ids {
		item, ok, err := loadItem(tx, watches, id)
		switch {
		case err != nil:
			damage = err
		case ok:
			items = append(items, item)
		}
	}
	return items, damage
}

func (l *Library) items(ids []feeds.ArticleID) (items []feeds.Item, err error) {
	err = l.view(func(tx *bolt.Tx) (err error) {
		items, err = loadItems(tx, ids)
		return err
	})
	return items, err
}
