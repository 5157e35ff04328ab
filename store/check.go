package store

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// check holds the library to what keys.go promises, after its pages were found
// to be sound. It looks in a write transaction, which keeps writers out, and
// gives it up at the end.
func (l *Library) check() ([]string, error) {
	if p := l.broken.Load(); p != nil {
		return nil, damagedFile(l.path, p) // bbolt may hold its writer's lock for good
	}
	c := &checker{l: l}
	err := guard(func() error {
		tx, err := l.db.Begin(true)
		if err != nil {
			return err
		}
		c.tx = tx
		c.all()
		return tx.Rollback()
	})
	var p *pageDamage
	if errors.As(err, &p) {
		c.bad("a page is damaged: %v", p.what)
		return c.problems, nil
	}
	return c.problems, l.explain(err, false)
}

// maxProblems is how many are told apart; a damaged file may have millions.
const maxProblems = 100

type checker struct {
	l        *Library
	tx       *bolt.Tx
	problems []string
}

func (c *checker) bad(format string, args ...any) {
	switch n := len(c.problems); {
	case n < maxProblems:
		c.problems = append(c.problems, fmt.Sprintf(format, args...))
	case n == maxProblems:
		c.problems = append(c.problems, "and more")
	}
}

// each calls fn for every key of a bucket. What fn finds it says by bad.
func (c *checker) each(bucket []byte, fn func(k, v []byte)) {
	_ = eachRecord(c.tx, bucket, func(k, v []byte) error { fn(k, v); return nil })
}

func (c *checker) has(id feeds.ArticleID) bool { return rawArticle(c.tx, id) != nil }

// keysOnly are the buckets whose records are keys alone.
var keysOnly = [][]byte{
	bucketFolders, bucketRemoving, bucketRevised, bucketLeft,
}

func (c *checker) all() {
	pages, err := pagesOf(c.l.file)
	if err != nil {
		c.bad("the file cannot be read: %v", err)
		return
	}
	if checkPages(pages, c.bad); len(c.problems) > 0 {
		return // bbolt cannot be trusted with such pages
	}
	if c.shelves(); len(c.problems) > 0 {
		return // tables cannot be read with such shelves
	}
	for _, bucket := range keysOnly {
		c.each(bucket, func(k, v []byte) {
			if len(v) > 0 {
				c.bad("the record %x of %s has a value", k, bucket)
			}
		})
	}
	c.articles()
	c.orphans()
	c.identities()
	c.stories()
	c.watches()
	c.feeds()
	c.bodies()
	c.wholes()
	c.bookmarks()
	c.segments()
}

// shelves must be whole, and follow each other.
func (c *checker) shelves() {
	for _, bucket := range slices.Sorted(maps.Keys(tables)) {
		t := tableOf(c.tx, []byte(bucket))
		var last []byte
		_ = t.b.ForEach(func(k, v []byte) error {
			s, intact, _ := t.openShelf(k, v)
			if !intact {
				c.bad("the records from %x on of %s are damaged", k, bucket)
				return nil
			}
			for i := range s.len() {
				r := s.put(nil, i)[:t.key]
				if bytes.Compare(r, last) <= 0 {
					c.bad("the record %x of %s comes after %x", r, bucket, last)
				}
				last = r
			}
			return nil
		})
	}
}

// articles must be in the views of their status, the views must hold nothing
// else, and the counters must agree.
func (c *checker) articles() {
	keys := map[string]int{} // bucket → keys it should have
	counts := tally{}
	last := feeds.ArticleID(c.tx.Bucket(bucketArticles).Sequence())
	in := func(bucket, key []byte, id feeds.ArticleID) {
		keys[string(bucket)]++
		if tableOf(c.tx, bucket).Get(key) == nil {
			c.bad("article %d is missing in %s", id, bucket)
		}
	}
	c.each(bucketArticles, func(k, v []byte) {
		id := parseArticleKey(k)
		a, ok := decodeArticle(id, v)
		if !ok {
			c.bad("article %d is damaged", id)
			return
		}
		if id > last {
			c.bad("article %d is beyond the last id %d", id, last)
		}
		ref, s := refOf(&a.Article), getStatus(c.tx, id)
		at, byFeed := ref.at[:], feedPlaceKey(ref.feed, ref.at)
		in(bucketByTime, at, id)
		in(bucketByFeed, byFeed, id)
		if !s.Read {
			in(bucketUnread, at, id)
			in(bucketUnreadByFeed, byFeed, id)
		}
		if s.Saved {
			in(bucketSaved, at, id)
		}
		if s.Saved && !s.Read {
			in(bucketSavedUnread, at, id)
		}
		counts.article(a.Feed, s, 1)
		if n := len(revisionNumbers(c.tx, id)); n != a.Revisions {
			c.bad("article %d counts %d revisions, and %d are kept", id, a.Revisions, n)
		}
	})
	for _, bucket := range [][]byte{bucketByTime, bucketByFeed, bucketUnread, bucketUnreadByFeed, bucketSaved, bucketSavedUnread} {
		n := 0
		c.each(bucket, func(_, _ []byte) { n++ })
		if n != keys[string(bucket)] {
			c.bad("%s has %d keys, and should have %d", bucket, n, keys[string(bucket)])
		}
	}
	c.counters(counts)
}

func (c *checker) counters(want tally) {
	seen := 0
	c.each(bucketCounters, func(k, v []byte) {
		seen++
		id := parseFeedKey(k)
		n, ok := decodeCounters(v)
		if w := want[id]; !ok || w == nil || n != *w {
			c.bad("the counters of feed %d are wrong", id)
		}
	})
	if seen != len(want) {
		c.bad("%d feeds have counters, and %d should", seen, len(want))
	}
}

// orphans are records kept of articles that are not there.
func (c *checker) orphans() {
	for _, bucket := range [][]byte{bucketStatus, bucketRevisions, bucketWholes, bucketPageTexts, bucketStoryOf, bucketCopies, bucketReindexed, bucketRevised, bucketBookmarks} {
		c.each(bucket, func(k, _ []byte) {
			if id := parseArticleKey(k); !c.has(id) {
				c.bad("%s has a record of article %d, which is not there", bucket, id)
			}
		})
	}
	for _, bucket := range [][]byte{bucketStatus, bucketMarks} {
		c.each(bucket, func(k, v []byte) {
			if !goodStatus(v) {
				c.bad("the mark %x of %s is damaged", k, bucket)
			}
		})
	}
	c.each(bucketReindexed, func(k, v []byte) {
		if _, ok := decodeReindexed(parseArticleKey(k), v); !ok {
			c.bad("the record of article %d in %s is damaged", parseArticleKey(k), bucketReindexed)
		}
	})
	c.each(bucketRelated, func(k, v []byte) {
		if !indexIntact(v) {
			c.bad("the record %x of the related index is damaged", k)
		}
	})
}

// identities must lead to every article of a feed that is still subscribed to,
// or the article would come again as a new one.
func (c *checker) identities() {
	known := map[feeds.ArticleID]bool{}
	c.each(bucketIdentities, func(k, v []byte) {
		i, ok := decodeIdentity(k, v)
		if !ok || i.id == 0 || uint64(i.id) > c.tx.Bucket(bucketArticles).Sequence() {
			c.bad("the identity %x is damaged", k)
			return
		}
		known[i.id] = true
		if a, ok, err := getArticle(c.tx, i.id); err == nil && ok && !bytes.HasPrefix(k, feedKey(a.Feed)) {
			c.bad("the identity %x belongs to an article of feed %d", k, a.Feed)
		}
	})
	c.each(bucketArticles, func(k, v []byte) {
		id := parseArticleKey(k)
		if ref, ok := decodeRef(id, v); ok && !known[id] && c.tx.Bucket(bucketFeeds).Get(feedKey(ref.feed)) != nil {
			c.bad("article %d has no identity", id)
		}
	})
}

func (c *checker) stories() {
	n := 0
	c.each(bucketStories, func(k, _ []byte) {
		n++
		story, id := feeds.StoryID(parseArticleKey(k)), parseArticleKey(k[articleWidth:])
		if storyOf(c.tx, id) != story || story == feeds.StoryID(id) {
			c.bad("story %d lists article %d, which is of story %d", story, id, storyOf(c.tx, id))
		}
	})
	c.each(bucketStoryOf, func(_, _ []byte) { n-- })
	if n != 0 {
		c.bad("the lists of stories and of their articles differ by %d", n)
	}
	c.each(bucketCopies, func(k, v []byte) {
		ids, ok := decodeCopies(v)
		if !ok || !slices.IsSorted(ids) || len(ids) == 0 {
			c.bad("the copies of article %d are damaged", parseArticleKey(k))
		}
		for _, id := range ids {
			if !c.has(id) {
				c.bad("article %d is a copy of %d, and is not there", id, parseArticleKey(k))
			}
		}
	})
}

func (c *checker) feeds() {
	n := 0
	c.each(bucketFeeds, func(k, v []byte) {
		n++
		id := parseFeedKey(k)
		f, ok := decodeFeed(id, v)
		if !ok {
			c.bad("feed %d is damaged", id)
			return
		}
		if feedByURL(c.tx, f.URL) != id {
			c.bad("feed %d is not found by its address", id)
		}
		if !slices.Contains(folderFeeds(c.tx, f.Folder), id) {
			c.bad("feed %d is not in its folder", id)
		}
	})
	for _, bucket := range [][]byte{bucketFeedURLs, bucketFolders} {
		m := 0
		c.each(bucket, func(_, _ []byte) { m++ })
		if m != n {
			c.bad("%s has %d keys for %d feeds", bucket, m, n)
		}
	}
	c.each(bucketHealth, func(k, v []byte) {
		if _, ok := decodeHealth(v); !ok {
			c.bad("the health of feed %d is damaged", parseFeedKey(k))
		}
		if c.tx.Bucket(bucketFeeds).Get(k) == nil {
			c.bad("there is health of feed %d, which is not there", parseFeedKey(k))
		}
	})
	c.each(bucketImprints, func(k, v []byte) {
		if list, ok := decodeImprints(v); !ok || !slices.IsSortedFunc(list, compareImprints) {
			c.bad("the imprints of feed %d are damaged", parseFeedKey(k))
		}
		if c.tx.Bucket(bucketFeeds).Get(k) == nil {
			c.bad("there are imprints of feed %d, which is not there", parseFeedKey(k))
		}
	})
}

func (c *checker) bodies() {
	c.each(bucketRevisions, func(k, v []byte) {
		plain, ok := c.l.packer.unpack(v)
		if ok {
			_, ok = decodeRevision(plain)
		}
		if !ok {
			c.bad("a revision of article %d is damaged", parseArticleKey(k))
		}
	})
	last := feeds.ArticleID(0)
	c.each(bucketBodies, func(k, _ []byte) {
		first, b, err := c.l.readBlock(c.tx, parseArticleKey(k))
		if err != nil || len(b) == 0 {
			c.bad("the bodies from article %d on are damaged", first)
		}
		for i := range b {
			if id := b[i].id; id < first || id <= last {
				c.bad("the bodies from article %d on hold article %d after %d", first, id, last)
			}
			last = b[i].id
			if !c.has(last) {
				c.bad("there is a body of article %d, which is not there", last)
			}
		}
	})
}

// segments must be intact, and find each article exactly once.
func (c *checker) segments() {
	holders := map[feeds.ArticleID]int{}
	c.each(bucketSegments, func(k, _ []byte) {
		n := parseSegmentKey(k)
		p, err := readSegment(c.tx, k)
		if err != nil || !intact(p.docs) || !intact(p.title) || !intact(p.text) {
			c.bad("segment %d of the full-text index is damaged", n)
			return
		}
		docs := docTable(p.docs)
		for i := range docs.count() {
			at := docs.place(i)
			if i > 0 && at.compare(docs.place(i-1)) >= 0 {
				c.bad("segment %d of the full-text index is not newest first", n)
			}
			if !current(c.tx, n, at) {
				continue
			}
			holders[at.id()]++
			if a, ok, err := getArticle(c.tx, at.id()); err == nil && ok && refOf(&a.Article).at != at {
				c.bad("segment %d of the full-text index has article %d at another place", n, at.id())
			}
		}
		c.dict(n, p.title, docs.count())
		c.dict(n, p.text, docs.count())
	})
	c.each(bucketArticles, func(k, _ []byte) {
		if id := parseArticleKey(k); holders[id] != 1 {
			c.bad("article %d is found by %d segments of the full-text index", id, holders[id])
		}
	})
}

func (c *checker) dict(segment uint64, part []byte, docs int) {
	d, err := openDict(part)
	if err != nil {
		c.bad("segment %d of the full-text index: %v", segment, err)
		return
	}
	last := ""
	e := d.entries(0)
	for e.next() {
		if string(e.term) <= last {
			c.bad("segment %d of the full-text index has %q after %q", segment, e.term, last)
		}
		last = string(e.term)
		n := 0
		if err := e.postings.each(docs, func(uint32) { n++ }); err != nil || n == 0 {
			c.bad("segment %d of the full-text index has damaged postings of %q", segment, e.term)
		}
	}
	if e.bad {
		c.bad("segment %d of the full-text index has damaged terms", segment)
	}
}
