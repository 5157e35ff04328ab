package store

import (
	"slices"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// phraseChecks bounds how many articles, newest first, are read to see whether
// a phrase of common words really stands in them.
const phraseChecks = 500

// A search looks through the segments twice: for articles whose title has all
// the words, then for the rest. Each time it takes the segments by their
// newest article and stops when no segment left can hold a newer hit than the
// hits it has, so that common words, which are in every segment, cost no more
// than rare ones.
type search struct {
	tx       *bolt.Tx
	q        query
	limit    int
	segments []searchSegment // by their newest article, newest first
	bodies   bodyReader
	words    tokenizer
	checks   int // phrases still to be checked
	found    map[feeds.ArticleID]bool
}

type searchSegment struct {
	number uint64
	docs   docTable
	title  []byte
	text   []byte
}

func (l *Library) search(text string, limit int) (items []feeds.Item, err error) {
	q := parseQuery(text)
	err = l.view(func(tx *bolt.Tx) error {
		items = nil
		if len(q.clauses) == 0 || limit <= 0 {
			return nil
		}
		s := &search{
			tx: tx, q: q, limit: limit, checks: phraseChecks, found: map[feeds.ArticleID]bool{},
			bodies: bodyReader{l: l, tx: tx},
		}
		if err := s.openSegments(); err != nil {
			return err
		}
		hits, err := s.look(true, limit)
		if err != nil {
			return err
		}
		if len(hits) < limit {
			more, err := s.look(false, limit-len(hits))
			if err != nil {
				return err
			}
			hits = append(hits, more...)
		}
		ids := make([]feeds.ArticleID, len(hits))
		for i := range hits {
			ids[i] = hits[i].id()
		}
		items, err = loadItems(tx, ids)
		return err
	})
	return items, err
}

func (s *search) openSegments() error {
	c := s.tx.Bucket(bucketSegments).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		p, err := readSegment(s.tx, k)
		if err != nil {
			return err
		}
		if docs := docTable(p.docs); docs.count() > 0 {
			s.segments = append(s.segments, searchSegment{parseSegmentKey(k), docs, p.title, p.text})
		}
	}
	slices.SortFunc(s.segments, func(a, b searchSegment) int { return b.docs.place(0).compare(a.docs.place(0)) })
	return nil
}

// look gives the newest hits in the titles, or in titles and texts.
func (s *search) look(titles bool, limit int) (hits []place, err error) {
	for _, segment := range s.segments {
		if len(hits) == limit && hits[limit-1].compare(segment.docs.place(0)) > 0 {
			break
		}
		part := segment.text
		if titles {
			part = segment.title
		}
		docs, err := matchAll(part, s.q.clauses, segment.docs.count())
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			at := segment.docs.place(int(d))
			if len(hits) >= limit && hits[limit-1].compare(at) > 0 {
				break
			}
			ok, err := s.valid(segment.number, at, titles)
			if err != nil {
				return nil, err
			}
			if !ok {
				continue
			}
			i, _ := slices.BinarySearchFunc(hits, at, func(a, b place) int { return b.compare(a) })
			hits = slices.Insert(hits, i, at)
			if len(hits) > limit {
				hits = hits[:limit]
			}
		}
	}
	for _, at := range hits {
		s.found[at.id()] = true
	}
	return hits, nil
}

// valid reports whether a hit is one: its article is there, the segment has
// its present text, its phrases stand in it, and it is not listed yet.
func (s *search) valid(segment uint64, at place, titles bool) (bool, error) {
	id := at.id()
	if s.found[id] || !current(s.tx, segment, at) {
		return false, nil
	}
	if len(s.q.phrases) == 0 {
		return true, nil
	}
	a, ok, err := getArticle(s.tx, id)
	if err != nil || !ok {
		return false, err
	}
	var text string
	if !titles {
		if s.checks--; s.checks < 0 {
			return false, nil
		}
		body, err := s.bodies.body(id)
		if err != nil {
			return false, err
		}
		page, err := s.bodies.l.pageText(s.tx, id)
		if err != nil {
			return false, err
		}
		text = searchable(body, page)
	}
	for _, phrase := range s.q.phrases {
		if !holds(&s.words, a.Title, phrase) && (titles || !holds(&s.words, text, phrase)) {
			return false, nil
		}
	}
	return true, nil
}

// current reports whether a segment has an article as it is now.
func current(tx *bolt.Tx, segment uint64, at place) bool {
	id := at.id()
	if rawArticle(tx, id) == nil {
		return false
	}
	v := tx.Bucket(bucketReindexed).Get(articleKey(id))
	return len(v) != segmentWidth || parseSegmentKey(v) <= segment
}

// matchAll gives the positions, in order, that match every clause.
func matchAll(part []byte, clauses []clause, count int) ([]uint32, error) {
	d, err := openDict(part)
	if err != nil {
		return nil, err
	}
	// Exact terms first, the rarest of them first of all: most queries end with
	// the first list that is empty.
	var exact []postings
	for _, c := range clauses {
		if c.prefix {
			continue
		}
		list, ok, err := d.find([]byte(c.term))
		if err != nil || !ok {
			return nil, err
		}
		exact = append(exact, list)
	}
	slices.SortFunc(exact, func(a, b postings) int { return len(a.bytes) - len(b.bytes) })
	var docs []uint32
	for i, list := range exact {
		var these []uint32
		if err := list.each(count, func(n uint32) { these = append(these, n) }); err != nil {
			return nil, err
		}
		if i == 0 {
			docs = these
		} else {
			docs = intersect(docs, these)
		}
		if len(docs) == 0 {
			return nil, nil
		}
	}
	bounded := len(exact) > 0
	for _, c := range clauses {
		if !c.prefix {
			continue
		}
		set, err := d.prefixed([]byte(c.term), count)
		if err != nil {
			return nil, err
		}
		if !bounded {
			docs, bounded = set.members(), true
		} else {
			docs = slices.DeleteFunc(docs, func(n uint32) bool { return !set.has(n) })
		}
	}
	return docs, nil
}

// intersect keeps of a what is in b; both are sorted.
func intersect(a, b []uint32) []uint32 {
	kept := a[:0]
	for _, n := range a {
		for len(b) > 0 && b[0] < n {
			b = b[1:]
		}
		if len(b) == 0 {
			break
		}
		if b[0] == n {
			kept = append(kept, n)
		}
	}
	return kept
}
