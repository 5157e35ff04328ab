package store

import (
	"cmp"
	"slices"
	"sync"
	"sync/atomic"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// A candidate is an article that has all the words of a query.
type candidate struct {
	id      feeds.ArticleID
	missing [][]clause // phrases that are yet to be found in it
	page    []byte     // its page's text as it is stored, nil if there is none
}

// consider gives an article as a candidate, if it may be a hit. What its title
// has is not missing.
func (s *search) consider(tx *bolt.Tx, id feeds.ArticleID) (c candidate, may bool, err error) {
	c.id = id
	a, ok := decodeDigest(id, rawArticle(tx, id))
	if !ok {
		return c, false, badRecord(bucketArticles, articleKey(id))
	}
	for _, phrase := range s.q.phrases {
		if holds(&s.words, a.Title, phrase) {
			continue
		}
		if s.titles {
			return c, false, nil
		}
		c.missing = append(c.missing, phrase)
	}
	if len(c.missing) > 0 {
		c.page = tx.Bucket(bucketPageTexts).Get(articleKey(id))
	}
	return c, true, nil
}

// A blockRead is a block of bodies that candidates lie in.
type blockRead struct {
	key, packed []byte // nil if they lie in none
	candidates  []*candidate
}

// readTexts takes from the candidates the phrases that stand in their texts.
// Each block is expanded once, on all processors.
func (s *search) readTexts(tx *bolt.Tx, list []candidate) error {
	var byID []*candidate
	for i := range list {
		if len(list[i].missing) > 0 {
			byID = append(byID, &list[i])
		}
	}
	slices.SortFunc(byID, func(a, b *candidate) int { return cmp.Compare(a.id, b.id) })
	var reads []*blockRead
	for _, c := range byID {
		key, packed := blockFor(tx, c.id)
		if len(reads) == 0 || string(reads[len(reads)-1].key) != string(key) {
			reads = append(reads, &blockRead{key: key, packed: packed})
		}
		last := reads[len(reads)-1]
		last.candidates = append(last.candidates, c)
	}
	var next atomic.Int64
	var all sync.WaitGroup
	failed := make([]error, min(feeds.Processors(), len(reads)))
	for i := range failed {
		all.Go(func() {
			failed[i] = guard(func() error {
				r := textReader{l: s.l}
				for n := next.Add(1) - 1; n < int64(len(reads)); n = next.Add(1) - 1 {
					if err := s.ctx.Err(); err != nil {
						return err
					}
					if err := r.read(reads[n]); err != nil {
						return err
					}
				}
				return nil
			})
		})
	}
	all.Wait()
	for _, err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

// A textReader looks for phrases, one block after another.
type textReader struct {
	l     *Library
	words tokenizer
	plain []byte
}

func (r *textReader) read(b *blockRead) error {
	var bodies []storedBody
	if b.packed != nil {
		plain, ok := r.l.packer.unpackTo(r.plain[:0], b.packed)
		if ok {
			r.plain = plain
			bodies, ok = openBlock(plain)
		}
		if !ok {
			return badRecord(bucketBodies, b.key)
		}
	}
	for _, c := range b.candidates {
		var body feeds.Body
		if i, found := slices.BinarySearchFunc(bodies, c.id, func(s storedBody, id feeds.ArticleID) int { return cmp.Compare(s.id, id) }); found {
			var ok bool
			if body, ok = bodies[i].body(); !ok {
				return badRecord(bucketBodies, b.key)
			}
		}
		page, err := r.l.unpackPage(c.id, c.page)
		if err != nil {
			return err
		}
		c.missing = slices.DeleteFunc(c.missing, func(phrase []clause) bool {
			return holds(&r.words, body.Text, phrase) || holds(&r.words, page.Text, phrase)
		})
	}
	return nil
}
