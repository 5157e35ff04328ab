package store

import (
	"context"
	"slices"
	"sort"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// A search walks through the segments twice: for articles whose title has all
// the words, then for the rest. Each walk gives what may be a hit newest first,
// and opens a segment only when it may hold something newer than all the open
// ones have left, so that common words, which are in every segment, cost no
// more than rare ones.
//
// A phrase may have to be looked for in the texts of as many articles as have
// its words. They are taken some at a time, fewSeen at first, so that what is
// found soon is given soon; each some in a transaction of its own, because a
// write may have to wait for one.
type search struct {
	l      *Library
	ctx    context.Context
	q      query
	left   int // hits that are still wanted
	listed map[feeds.ArticleID]bool
	words  tokenizer

	titles bool  // the walk through the titles is under way
	begun  bool  // it has given something:
	last   place // this was the last
}

const (
	fewSeen  = 64
	manySeen = 4096
)

type searchSegment struct {
	number            uint64
	docs              docTable
	titleTerms, terms []byte
}

func (l *Library) search(ctx context.Context, text string, limit int, give func([]feeds.Item)) error {
	s := &search{l: l, ctx: ctx, q: parseQuery(text), left: limit, titles: true, listed: map[feeds.ArticleID]bool{}}
	if len(s.q.clauses) == 0 {
		return nil
	}
	phrases := len(s.q.phrases) > 0
	seen := manySeen
	if phrases {
		seen = fewSeen
	}
	for over := false; !over && s.left > 0; seen = min(4*seen, manySeen) {
		if err := ctx.Err(); err != nil {
			return err
		}
		titles := s.titles
		var items []feeds.Item
		err := l.view(func(tx *bolt.Tx) error {
			segments, err := openSegments(tx)
			if err != nil {
				return err
			}
			hits, ended, err := s.some(tx, segments, nil, seen)
			if err == nil && ended && !phrases && s.nextWalk() {
				hits, ended, err = s.some(tx, segments, hits, seen)
			}
			if err != nil {
				return err
			}
			over = ended && !s.nextWalk()
			items, err = loadItems(tx, hits)
			return err
		})
		if len(items) > 0 || err == nil && phrases {
			give(items)
		}
		if err != nil {
			return err
		}
		if phrases && titles != s.titles {
			seen = fewSeen / 4 // fewSeen again
		}
	}
	return nil
}

// nextWalk turns from the titles to the texts; false if that was done before.
func (s *search) nextWalk() bool {
	was := s.titles
	s.titles, s.begun = false, s.begun && !was
	return was
}

// some goes on for so many articles that have the words, and adds those of them
// that are hits. over tells that the walk has ended.
func (s *search) some(tx *bolt.Tx, segments []searchSegment, hits []feeds.ArticleID, seen int) (_ []feeds.ArticleID, over bool, err error) {
	w := matchWalk{clauses: s.q.clauses, titles: s.titles, segments: segments}
	if before := s.last; s.begun {
		w.before = &before
	}
	phrases := len(s.q.phrases) > 0
	var list []candidate
	for seen > 0 && s.left > 0 {
		segment, at, ok, err := w.next()
		if err != nil {
			return nil, false, err
		}
		if !ok {
			over = true
			break
		}
		s.last, s.begun = at, true
		id := at.id()
		// What is not so any more does not count: it may be followed by the same
		// article as it is now, before which the walk must not be broken off.
		if s.listed[id] || !current(tx, segment, at) {
			continue
		}
		seen--
		switch {
		case phrases:
			c, may, err := s.consider(tx, id)
			if err != nil {
				return nil, false, err
			}
			if may {
				list = append(list, c)
			}
		default:
			hits = s.hit(hits, id)
		}
	}
	if err := s.readPhrases(tx, list); err != nil {
		return nil, false, err
	}
	for i := range list {
		if len(list[i].missing) == 0 && s.left > 0 {
			hits = s.hit(hits, list[i].id)
		}
	}
	return hits, over, nil
}

func (s *search) hit(hits []feeds.ArticleID, id feeds.ArticleID) []feeds.ArticleID {
	s.listed[id] = true
	s.left--
	return append(hits, id)
}

// openSegments gives the segments by their newest article, newest first.
func openSegments(tx *bolt.Tx) (segments []searchSegment, err error) {
	c := tx.Bucket(bucketSegments).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		p, err := readSegment(tx, k)
		if err != nil {
			return nil, err
		}
		if docs := docTable(p.docs); docs.count() > 0 {
			segments = append(segments, searchSegment{parseSegmentKey(k), docs, p.title, p.text})
		}
	}
	slices.SortFunc(segments, func(a, b searchSegment) int { return b.docs.place(0).compare(a.docs.place(0)) })
	return segments, nil
}

// A matchWalk gives the articles that match every clause, newest first.
type matchWalk struct {
	clauses  []clause
	titles   bool
	before   *place          // only those; nil for all
	segments []searchSegment // not open yet
	open     []openSegment   // the one with the newest article last
}

// An openSegment has the positions that match and are yet to come.
type openSegment struct {
	*searchSegment
	rest []uint32
}

func (o *openSegment) head() place { return o.docs.place(int(o.rest[0])) }

// next gives an article's place and the segment that says it matches.
func (w *matchWalk) next() (segment uint64, at place, ok bool, err error) {
	for len(w.segments) > 0 && (len(w.open) == 0 || w.newest().compare(w.segments[0].docs.place(0)) < 0) {
		if err := w.openNext(); err != nil {
			return 0, place{}, false, err
		}
	}
	if len(w.open) == 0 {
		return 0, place{}, false, nil
	}
	first := w.open[len(w.open)-1]
	w.open = w.open[:len(w.open)-1]
	segment, at = first.number, first.head()
	if first.rest = first.rest[1:]; len(first.rest) > 0 {
		w.insert(first)
	}
	return segment, at, true, nil
}

func (w *matchWalk) newest() place { return w.open[len(w.open)-1].head() }

func (w *matchWalk) insert(o openSegment) {
	at := o.head()
	i := len(w.open)
	for i > 0 && w.open[i-1].head().compare(at) > 0 {
		i--
	}
	w.open = slices.Insert(w.open, i, o)
}

func (w *matchWalk) openNext() error {
	s := &w.segments[0]
	w.segments = w.segments[1:]
	part := s.terms
	if w.titles {
		part = s.titleTerms
	}
	docs, err := matchAll(part, w.clauses, s.docs.count())
	if err != nil {
		return err
	}
	if w.before != nil {
		docs = docs[sort.Search(len(docs), func(i int) bool { return s.docs.place(int(docs[i])).compare(*w.before) < 0 }):]
	}
	if len(docs) > 0 {
		w.insert(openSegment{s, docs})
	}
	return nil
}

// current reports whether a segment has an article as it is now.
func current(tx *bolt.Tx, segment uint64, at place) bool {
	id := at.id()
	if rawArticle(tx, id) == nil {
		return false
	}
	first, ok := decodeReindexed(id, tx.Bucket(bucketReindexed).Get(articleKey(id)))
	return !ok || first <= segment
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
