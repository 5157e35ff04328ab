package store

import (
	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// Bookmarks are a few bytes an article, and only of articles that were left in
// the middle.

func encodeBookmark(m feeds.Bookmark) []byte {
	e := newEncoder(16)
	e.uint(uint64(m.At))
	e.uint(uint64(m.Of))
	return e.seal()
}

func decodeBookmark(record []byte) (feeds.Bookmark, bool) {
	d := open(record)
	m := feeds.Bookmark{At: int(d.uint()), Of: int(d.uint())}
	return m, d.ok && m.At > 0 && m.At <= m.Of
}

// bookmark gives an article's bookmark. A damaged one is as good as none: it
// must not keep the article from being read.
func (l *Library) bookmark(id feeds.ArticleID) (m feeds.Bookmark, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		m = feeds.Bookmark{}
		if v := tx.Bucket(bucketBookmarks).Get(articleKey(id)); v != nil {
			if read, ok := decodeBookmark(v); ok {
				m = read
			}
		}
		return nil
	})
	return m, err
}

func (l *Library) setBookmark(id feeds.ArticleID, m feeds.Bookmark) error {
	return l.update(func(tx *bolt.Tx) error {
		b, k := tx.Bucket(bucketBookmarks), articleKey(id)
		switch {
		case rawArticle(tx, id) == nil:
			return noArticle(id)
		case m.At <= 0 || m.At > m.Of:
			return b.Delete(k)
		}
		return b.Put(k, encodeBookmark(m))
	})
}

// bookmarks must be such as setBookmark writes.
func (c *checker) bookmarks() {
	c.each(bucketBookmarks, func(k, v []byte) {
		if _, ok := decodeBookmark(v); !ok {
			c.bad("the bookmark of article %d is damaged", parseArticleKey(k))
		}
	})
}
