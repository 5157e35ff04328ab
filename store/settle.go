package store

import (
	"bytes"
	"slices"
	"strings"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// The second half of repair: records that were saved one by one are brought to
// agree with each other, and views, counters and the full-text index are made
// of them.

// settleFeeds makes the indexes over the feeds.
func (r *rebuild) settleFeeds() error {
	if err := r.findLostFeeds(); err != nil {
		return err
	}
	err := r.l.update(func(tx *bolt.Tx) error {
		var list []feeds.Feed
		err := tx.Bucket(bucketFeeds).ForEach(func(k, v []byte) error {
			f, ok := decodeFeed(parseFeedKey(k), v)
			if !ok {
				return badRecord(bucketFeeds, k)
			}
			list = append(list, f)
			return nil
		})
		if err != nil {
			return err
		}
		for i := range list {
			if feedByURL(tx, list[i].URL) != 0 { // two versions of one feed
				if err := tx.Bucket(bucketFeeds).Delete(feedKey(list[i].ID)); err != nil {
					return err
				}
				continue
			}
			if err := putFeed(tx, &feeds.Feed{}, &list[i]); err != nil {
				return err
			}
			r.done.Feeds++
		}
		for _, bucket := range [][]byte{bucketIdentities, bucketHealth} {
			if err := eachRecord(tx, bucket, func(k, _ []byte) error { r.s.feedIDs[parseFeedKey(k)] = true; return nil }); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return r.l.update(func(tx *bolt.Tx) error {
		for id := range r.s.feedIDs {
			r.lastFeed = max(r.lastFeed, id)
			k := feedKey(id)
			if tx.Bucket(bucketFeeds).Get(k) != nil || tx.Bucket(bucketRemoving).Get(k) != nil {
				continue
			}
			r.done.Lost.Feeds++
			if err := tx.Bucket(bucketHealth).Delete(k); err != nil {
				return err
			}
		}
		return nil
	})
}

// settleArticles puts every article into its views and into the full-text
// index, and takes off the records of those that are lost.
func (r *rebuild) settleArticles() error {
	for from, more := feeds.ArticleID(0), true; more; {
		var docs []indexedDoc
		err := r.l.update(func(tx *bolt.Tx) (err error) {
			docs = nil
			from, more, err = r.settleSome(tx, from, &docs)
			return err
		})
		if err != nil {
			return err
		}
		if len(docs) == 0 {
			continue
		}
		part := &save{l: r.l, segments: []*segmentParts{buildSegment(docs)}, indexed: make([][]feeds.ArticleID, 1)}
		if err := r.l.update(part.writeSegments); err != nil {
			return err
		}
	}
	r.done.Lost.Texts = len(r.lostTexts)
	missing := 0
	if err := r.l.view(func(tx *bolt.Tx) error {
		for id := range r.s.inView {
			if r.last = max(r.last, id); rawArticle(tx, id) == nil {
				missing++
			}
		}
		return nil
	}); err != nil {
		return err
	}
	r.done.Lost.Articles = missing
	for _, bucket := range [][]byte{bucketRevisions, bucketWholes, bucketPageTexts, bucketCopies, bucketRevised} {
		if err := r.prune(bucket); err != nil {
			return err
		}
	}
	if err := r.pruneStories(); err != nil {
		return err
	}
	return r.pruneBodies()
}

// settleSome does so for the next articles after from.
func (r *rebuild) settleSome(tx *bolt.Tx, from feeds.ArticleID, docs *[]indexedDoc) (last feeds.ArticleID, more bool, err error) {
	bodies := bodyReader{l: r.l, tx: tx}
	n := newcomers{counts: tally{}, pages: &r.l.pages}
	var changed []articleRecord
	c := tx.Bucket(bucketArticles).Cursor()
	for k, v := c.Seek(articleKey(from + 1)); k != nil; k, v = c.Next() {
		if len(*docs) == segmentChunk {
			more = true
			break
		}
		last = parseArticleKey(k)
		a, ok := decodeArticle(last, v)
		if !ok {
			return last, false, badRecord(bucketArticles, k)
		}
		own, err := bodies.body(last)
		if err != nil {
			return last, false, err
		}
		revisions := len(revisionNumbers(tx, last))
		lost := own == (feeds.Body{}) && a.Words > 0
		if lost {
			r.lostTexts[last] = true
			a.Words = 0
		}
		if lost || revisions != a.Revisions {
			a.Revisions = revisions
			changed = append(changed, a)
		}
		page, err := r.settleWhole(tx, last)
		if err != nil {
			return last, false, err
		}
		ref := refOf(&a.Article)
		r.lastFeed = max(r.lastFeed, ref.feed)
		n.add(ref, getStatus(tx, last))
		*docs = append(*docs, indexedDoc{ref.at, a.Title, searchable(own, page)})
		r.done.Articles++
	}
	r.last = max(r.last, last)
	for i := range changed {
		if err := tx.Bucket(bucketArticles).Put(articleKey(changed[i].ID), encodeArticle(&changed[i])); err != nil {
			return last, more, err
		}
	}
	return last, more, n.write(tx)
}

// settleWhole brings what is known of an article's page to agree with its text.
func (r *rebuild) settleWhole(tx *bolt.Tx, id feeds.ArticleID) (feeds.Body, error) {
	page, err := r.l.pageText(tx, id)
	if err != nil {
		return page, err
	}
	w, err := getWhole(tx, id)
	if err != nil {
		return page, err
	}
	said := w.State == feeds.WholeHere || w.State == feeds.WholeStale
	switch there := page != (feeds.Body{}); {
	case said == there:
		return page, nil
	case said:
		return page, tx.Bucket(bucketWholes).Delete(articleKey(id)) // it will be looked for again
	}
	w.State, w.Words = feeds.WholeHere, len(strings.Fields(page.Text))
	return page, putWhole(tx, &w)
}

// prune takes the records off that belong to articles which are not there.
func (r *rebuild) prune(bucket []byte) error {
	for from, more := []byte(nil), true; more; {
		err := r.l.update(func(tx *bolt.Tx) error {
			more = false
			var gone [][]byte
			c := tx.Bucket(bucket).Cursor()
			for k, _ := c.Seek(from); k != nil; k, _ = c.Next() {
				if len(gone) == identityBatch {
					more = true
					break
				}
				if from = bytes.Clone(k); rawArticle(tx, parseArticleKey(k)) == nil {
					gone = append(gone, from)
				}
			}
			for _, k := range gone {
				if err := tx.Bucket(bucket).Delete(k); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// pruneStories does so for what says which story articles are of.
func (r *rebuild) pruneStories() error {
	return r.l.update(func(tx *bolt.Tx) error {
		of := tableOf(tx, bucketStoryOf)
		var gone [][]byte
		if err := of.ForEach(func(k, _ []byte) error {
			if rawArticle(tx, parseArticleKey(k)) == nil {
				gone = append(gone, bytes.Clone(k))
			}
			return nil
		}); err != nil {
			return err
		}
		for _, k := range gone {
			if err := of.Delete(k); err != nil {
				return err
			}
		}
		return nil
	})
}

// pruneBodies does so for the bodies, and settles which of two blocks has one:
// an earlier version of a block may have been found beside a later one.
func (r *rebuild) pruneBodies() error {
	var keys []feeds.ArticleID
	if err := r.l.view(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketBodies).ForEach(func(k, _ []byte) error { keys = append(keys, parseArticleKey(k)); return nil })
	}); err != nil {
		return err
	}
	for i, first := range keys {
		next := feeds.ArticleID(maxArticle)
		if i+1 < len(keys) {
			next = keys[i+1]
		}
		err := r.l.update(func(tx *bolt.Tx) error {
			_, b, err := r.l.readBlock(tx, first)
			if err != nil {
				return err
			}
			kept := slices.DeleteFunc(slices.Clone(b), func(e bodyEntry) bool { return e.id >= next || rawArticle(tx, e.id) == nil })
			switch {
			case len(kept) == len(b):
				return nil
			case len(kept) == 0:
				return tx.Bucket(bucketBodies).Delete(articleKey(first))
			}
			packed, err := r.l.packer.pack(encodeBlock(kept))
			if err != nil {
				return err
			}
			return tx.Bucket(bucketBodies).Put(articleKey(first), packed)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// settleIdentities lets the next refresh bring what was lost: an article that is
// gone is forgotten, so that it is new again, with the mark it had; one without
// its text counts as changed; and no feed is said to be known already. The
// identities of articles that had left the library before stay.
func (r *rebuild) settleIdentities() error {
	views := r.s.whole(bucketByTime)
	type found struct {
		key  []byte
		url  string
		id   feeds.ArticleID
		gone bool
	}
	var list []found
	known := map[feeds.ArticleID]bool{}
	err := r.l.view(func(tx *bolt.Tx) error {
		c := tableOf(tx, bucketIdentities).Cursor()
		for k, v := c.First(); k != nil; k, v = c.Next() {
			i, ok := decodeIdentity(k, v)
			if !ok {
				return badRecord(bucketIdentities, k)
			}
			r.last = max(r.last, i.id)
			f, _, err := getFeed(tx, parseFeedKey(k))
			if err != nil {
				return err
			}
			there := rawArticle(tx, i.id) != nil
			if gone := !there && (!views || r.s.inView[i.id]); gone || r.lostTexts[i.id] || f.ID == 0 {
				list = append(list, found{bytes.Clone(k), f.URL, i.id, gone || f.ID == 0})
			}
			known[i.id] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	for some := range slices.Chunk(list, identityBatch) {
		err := r.l.update(func(tx *bolt.Tx) error {
			b := tableOf(tx, bucketIdentities)
			for _, f := range some {
				if !f.gone {
					if err := b.Put(f.key, encodeIdentity(f.key, identity{id: f.id})); err != nil {
						return err
					}
					continue
				}
				if s := getStatus(tx, f.id); s != (feeds.Status{}) && f.url != "" && rawArticle(tx, f.id) == nil {
					if err := putMark(tx, markKeyOf(f.url, f.key), s); err != nil {
						return err
					}
				}
				if err := b.Delete(f.key); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	if err := r.prune(bucketStatus); err != nil {
		return err
	}
	if err := r.adopt(known); err != nil {
		return err
	}
	if r.done.Lost.None() {
		return nil
	}
	return r.forgetValidators()
}

// adopt gives articles whose identity is lost one by their address, which is
// the right one if their feed names them by that. If not, they come again as new
// ones, with the marks they had: twice is better than never.
func (r *rebuild) adopt(known map[feeds.ArticleID]bool) error {
	var list []pair
	err := r.l.view(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketArticles).ForEach(func(k, v []byte) error {
			id := parseArticleKey(k)
			a, ok := decodeArticle(id, v)
			if !ok || known[id] || tx.Bucket(bucketFeeds).Get(feedKey(a.Feed)) == nil {
				return nil
			}
			key := identityOf(a.Feed, &feeds.Entry{Key: "link:" + a.URL})
			if a.URL == "" || tableOf(tx, bucketIdentities).Get(key[:]) != nil {
				key = identityOf(a.Feed, &feeds.Entry{Key: "lost:" + id.String()})
			}
			list = append(list, pair{key[:], encodeIdentity(key[:], identity{id: id})})
			return nil
		})
	})
	if err != nil {
		return err
	}
	r.done.Lost.Others += len(list)
	for some := range slices.Chunk(list, identityBatch) {
		if err := r.l.update(func(tx *bolt.Tx) error { return tableOf(tx, bucketIdentities).putAll(some) }); err != nil {
			return err
		}
	}
	return nil
}

// forgetValidators makes the next refresh read every feed whole.
func (r *rebuild) forgetValidators() error {
	return r.l.update(func(tx *bolt.Tx) error {
		var list []pair
		err := tx.Bucket(bucketHealth).ForEach(func(k, v []byte) error {
			h, ok := decodeHealth(v)
			if !ok {
				return badRecord(bucketHealth, k)
			}
			h.ETag, h.LastModified, h.BodyHash = "", "", 0
			list = append(list, pair{bytes.Clone(k), encodeHealth(&h)})
			return nil
		})
		if err != nil {
			return err
		}
		return putSorted(tx.Bucket(bucketHealth), list)
	})
}

// settleStories lists the stories' articles, and takes lost ones out of copies.
func (r *rebuild) settleStories() error {
	return r.l.update(func(tx *bolt.Tx) error {
		var members []pair
		var copies []pair
		err := tableOf(tx, bucketStoryOf).ForEach(func(k, v []byte) error {
			members = append(members, pair{key: append(bytes.Clone(v), k...)})
			return nil
		})
		if err != nil {
			return err
		}
		err = tx.Bucket(bucketCopies).ForEach(func(k, v []byte) error {
			ids, ok := decodeCopies(v)
			if !ok {
				return badRecord(bucketCopies, k)
			}
			there := slices.DeleteFunc(slices.Clone(ids), func(id feeds.ArticleID) bool { return rawArticle(tx, id) == nil })
			if len(there) == len(ids) {
				return nil
			}
			copies = append(copies, pair{bytes.Clone(k), encodeCopies(there)})
			if len(there) == 0 {
				copies[len(copies)-1].value = nil
			}
			return nil
		})
		if err != nil {
			return err
		}
		for _, c := range copies {
			if c.value == nil {
				err = tx.Bucket(bucketCopies).Delete(c.key)
			} else {
				err = tx.Bucket(bucketCopies).Put(c.key, c.value)
			}
			if err != nil {
				return err
			}
		}
		if err := tableOf(tx, bucketStories).putAll(members); err != nil {
			return err
		}
		return settleWatches(tx)
	})
}
