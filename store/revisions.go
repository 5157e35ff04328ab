package store

import (
	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// maxRevisions bounds what a live blog, edited every few minutes, takes: the
// first version stays, then the latest ones.
const maxRevisions = 24

func encodeRevision(r *feeds.Revision) []byte {
	e := newEncoder(len(r.Title) + len(r.Body.Markdown) + len(r.Body.Text) + 24)
	e.string(r.Title)
	e.time(r.Fetched)
	e.string(r.Body.Markdown)
	e.string(r.Body.Text)
	return e.seal()
}

func decodeRevision(record []byte) (feeds.Revision, bool) {
	d := open(record)
	r := feeds.Revision{Title: d.string(), Fetched: d.time(), Body: feeds.Body{Markdown: d.string(), Text: d.string()}}
	return r, d.ok
}

// putRevision keeps r as the article's latest revision and gives how many are
// kept then.
func (l *Library) putRevision(tx *bolt.Tx, id feeds.ArticleID, r *feeds.Revision) (int, error) {
	numbers := revisionNumbers(tx, id)
	number := 1
	if len(numbers) > 0 {
		number = numbers[len(numbers)-1] + 1
	}
	b := tx.Bucket(bucketRevisions)
	if len(numbers) == maxRevisions {
		if err := b.Delete(revisionKey(id, numbers[1])); err != nil {
			return 0, err
		}
		numbers = numbers[1:]
	}
	packed, err := l.packer.pack(encodeRevision(r))
	if err != nil {
		return 0, err
	}
	return len(numbers) + 1, b.Put(revisionKey(id, number), packed)
}

func revisionNumbers(tx *bolt.Tx, id feeds.ArticleID) (numbers []int) {
	c := tx.Bucket(bucketRevisions).Cursor()
	for k, _ := c.Seek(revisionKey(id, 0)); len(k) == articleWidth+2 && parseArticleKey(k) == id; k, _ = c.Next() {
		numbers = append(numbers, int(k[articleWidth])<<8|int(k[articleWidth+1]))
	}
	return numbers
}

func deleteRevisions(tx *bolt.Tx, id feeds.ArticleID) error {
	for _, n := range revisionNumbers(tx, id) {
		if err := tx.Bucket(bucketRevisions).Delete(revisionKey(id, n)); err != nil {
			return err
		}
	}
	return nil
}

func (l *Library) revisions(id feeds.ArticleID) (list []feeds.Revision, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		list = nil
		if rawArticle(tx, id) == nil {
			return noArticle(id)
		}
		for _, n := range revisionNumbers(tx, id) {
			k := revisionKey(id, n)
			plain, ok := l.packer.unpack(tx.Bucket(bucketRevisions).Get(k))
			var r feeds.Revision
			if ok {
				r, ok = decodeRevision(plain)
			}
			if !ok {
				return badRecord(bucketRevisions, k)
			}
			list = append(list, r)
		}
		return nil
	})
	return list, err
}
