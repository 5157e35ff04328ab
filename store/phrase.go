package store

import (
	"cmp"
	"slices"

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

// readPhrases takes from the candidates the phrases that stand in their texts.
func (s *search) readPhrases(tx *bolt.Tx, list []candidate) error {
	var byID []*candidate
	for i := range list {
		if len(list[i].missing) > 0 {
			byID = append(byID, &list[i])
		}
	}
	slices.SortFunc(byID, func(a, b *candidate) int { return cmp.Compare(a.id, b.id) })
	ids := make([]feeds.ArticleID, len(byID))
	for i, c := range byID {
		ids[i] = c.id
	}
	return s.l.readTexts(tx, ids, func() func(int, string) error {
		var words tokenizer
		return func(n int, text string) error {
			if err := s.ctx.Err(); err != nil {
				return err
			}
			c := byID[n]
			page, err := s.l.unpackPage(c.id, c.page)
			if err != nil {
				return err
			}
			c.missing = slices.DeleteFunc(c.missing, func(phrase []clause) bool {
				return holds(&words, text, phrase) || holds(&words, page.Text, phrase)
			})
			return nil
		}
	})
}
