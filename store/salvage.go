package store

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"
	"strings"

	"broadsheet/feeds"
)

// What repair reads of a damaged file: every record that is still as it was
// written, wherever it lies. The trees are walked as far as they can be. Pages
// that no tree leads to any more and that are not free were cut off by the
// damage; their records tell by their shape what they are.

// A keptRecord says which records of a bucket are worth keeping.
type keptRecord struct {
	bucket []byte
	width  int // of the key; 0 for any
	intact func(p *packer, k, v []byte) bool
}

// madeAnew are the buckets that repair makes from the others; imprints the next
// look at each feed makes, which reads all entries for want of them.
var madeAnew = [][]byte{
	bucketMeta, bucketImprints, bucketFeedURLs, bucketFolders, bucketCounters, bucketStories, bucketWatched, bucketSegments, bucketReindexed,
	bucketByTime, bucketByFeed, bucketUnread, bucketUnreadByFeed, bucketSaved, bucketSavedUnread,
}

// keptRecords are all the others. Of those that nothing is said about here every
// record that can be reached is kept.
func keptRecords() []keptRecord {
	list := checkedRecords()
	for _, bucket := range allBuckets {
		same := func(other []byte) bool { return bytes.Equal(bucket, other) }
		if !slices.ContainsFunc(madeAnew, same) && !slices.ContainsFunc(list, func(k keptRecord) bool { return same(k.bucket) }) {
			list = append(list, keptRecord{bucket, 0, func(*packer, []byte, []byte) bool { return true }})
		}
	}
	return list
}

func checkedRecords() []keptRecord {
	same := func(v, again []byte) bool { return bytes.Equal(v, again) }
	return []keptRecord{
		{bucketFeeds, feedWidth, func(_ *packer, k, v []byte) bool {
			f, ok := decodeFeed(parseFeedKey(k), v)
			return ok && strings.Contains(f.URL, ":") && same(v, encodeFeed(&f))
		}},
		{bucketHealth, feedWidth, func(_ *packer, _, v []byte) bool {
			h, ok := decodeHealth(v)
			return ok && same(v, encodeHealth(&h))
		}},
		{bucketRemoving, feedWidth, func(_ *packer, _, v []byte) bool { return len(v) == 0 }},
		{bucketIdentities, feedWidth + hashWidth, func(_ *packer, k, v []byte) bool { _, ok := decodeIdentity(k, v); return ok }},
		{bucketArticles, articleWidth, func(_ *packer, k, v []byte) bool {
			a, ok := decodeArticle(parseArticleKey(k), v)
			return ok && same(v, encodeArticle(&a))
		}},
		{bucketBodies, articleWidth, func(p *packer, k, v []byte) bool {
			plain, ok := p.unpack(v)
			if !ok {
				return false
			}
			b, ok := decodeBlock(plain)
			return ok && len(b) > 0 && b[0].id >= parseArticleKey(k)
		}},
		{bucketRevisions, articleWidth + 2, func(p *packer, _, v []byte) bool {
			plain, ok := p.unpack(v)
			if ok {
				_, ok = decodeRevision(plain)
			}
			return ok
		}},
		{bucketWholes, articleWidth, func(_ *packer, k, v []byte) bool {
			w, ok := decodeWhole(parseArticleKey(k), v)
			return ok && w.State <= feeds.WholeFailed && same(v, encodeWhole(&w))
		}},
		{bucketPageTexts, articleWidth, func(p *packer, _, v []byte) bool {
			plain, ok := p.unpack(v)
			if !ok {
				return false
			}
			d := open(plain)
			b := feeds.Body{Markdown: d.string(), Text: d.string()}
			return d.ok && same(plain, encodePageText(&b))
		}},
		{bucketStatus, articleWidth, func(_ *packer, _, v []byte) bool { return goodStatus(v) }},
		{bucketMarks, markWidth, func(_ *packer, _, v []byte) bool { return goodStatus(v) }},
		{bucketStoryOf, articleWidth, func(_ *packer, _, v []byte) bool { return len(v) == articleWidth }},
		{bucketCopies, articleWidth, func(_ *packer, _, v []byte) bool {
			ids, ok := decodeCopies(v)
			return ok && len(ids) > 0 && same(v, encodeCopies(ids))
		}},
		{bucketRevised, articleWidth, func(_ *packer, _, v []byte) bool { return len(v) == 0 }},
		{bucketRelated, 0, func(_ *packer, _, v []byte) bool { return indexIntact(v) }},
	}
}

// salvage is what can be read of a file.
type salvage struct {
	f       *pageFile
	packer  *packer
	kept    []keptRecord
	buckets map[string]rawBucket
	damage  map[string]int // what was found wrong while each bucket was read
	orphans []uint64       // leaves that no tree leads to
	inView  map[feeds.ArticleID]bool
	feedIDs map[feeds.FeedID]bool // of which there is any trace

	lastFeed []byte // the last of them
	old      bool   // of before schema 3
	tabled   bool   // of schema 7 or later, which have tables
}

func newSalvage(f *pageFile, p *packer) *salvage {
	s := &salvage{
		f: f, packer: p, kept: keptRecords(), buckets: map[string]rawBucket{}, damage: map[string]int{},
		inView: map[feeds.ArticleID]bool{}, feedIDs: map[feeds.FeedID]bool{},
	}
	schema := f.schema()
	s.old, s.tabled = schema < 3, schema >= tableSchema
	s.survey()
	return s
}

// schema is the file's, this one's own if it cannot be read.
func (f *pageFile) schema() uint32 {
	have := uint32(schemaVersion)
	w := newPageWalk(f, func(string, ...any) {})
	w.tree(f.head.root, nil, nil, 0, func(e element) {
		if b, ok := e.asBucket(); ok && bytes.Equal(e.key, bucketMeta) {
			w.each(b, func(e element) {
				if bytes.Equal(e.key, metaSchema) && len(e.value) == 4 {
					have = binary.BigEndian.Uint32(e.value)
				}
			})
		}
	})
	return have
}

// walk reads with what is wrong counted under a name.
func (s *salvage) walk(name string) *pageWalk {
	return newPageWalk(s.f, func(string, ...any) { s.damage[name]++ })
}

// survey finds the buckets, the pages that were cut off, and what the views say
// was there.
func (s *salvage) survey() {
	whole := s.walk("")
	whole.tree(s.f.head.root, nil, nil, 0, func(e element) {
		if b, ok := e.asBucket(); ok {
			s.buckets[string(e.key)] = b
		}
	})
	for _, name := range slices.Sorted(maps.Keys(s.buckets)) {
		b := s.buckets[name]
		whole.bad = func(string, ...any) { s.damage[name]++ }
		var visit func(e element)
		visit = func(e element) {
			if inner, ok := e.asBucket(); ok {
				whole.each(inner, visit)
			}
			s.trace(name, e)
		}
		whole.each(b, visit)
	}
	if len(s.damage) == 0 {
		return
	}
	whole.bad = func(string, ...any) {}
	free, _ := whole.freeList()
	for _, id := range free {
		whole.take(id, 1)
	}
	for id := uint64(2); id < min(s.f.head.pages, uint64(64*len(whole.seen))); id++ {
		if whole.seen.has(uint32(id)) {
			continue
		}
		if p, more, err := s.f.extent(id); err == nil {
			if p.kind == kindLeaf {
				s.orphans = append(s.orphans, id)
			}
			id += more
		}
	}
}

// trace notes what a record shows was there.
func (s *salvage) trace(bucket string, e element) {
	switch {
	case s.tabled && bucket == string(bucketByTime), s.tabled && bucket == string(bucketIdentities):
		whole := s.expand([]byte(bucket), e, func(e element, intact bool) {
			switch {
			case !intact:
				s.damage[bucket]++
			case bucket == string(bucketByTime):
				s.inView[place(e.key).id()] = true
			default:
				s.feedIDs[parseFeedKey(e.key)] = true
			}
		})
		if !whole {
			s.damage[bucket]++
		}
	case bucket == string(bucketByTime) && len(e.key) == placeWidth:
		s.inView[place(e.key).id()] = true
	case bucket == string(bucketFeedURLs) && len(e.value) == feedWidth:
		s.feedIDs[parseFeedKey(e.value)] = true
	case (bucket == string(bucketHealth) || bucket == string(bucketFeeds)) && len(e.key) == feedWidth,
		bucket == string(bucketIdentities) && len(e.key) == feedWidth+hashWidth && !bytes.HasPrefix(e.key, s.lastFeed):
		s.lastFeed = bytes.Clone(e.key[:feedWidth])
		s.feedIDs[parseFeedKey(e.key)] = true
	}
}

// each calls fn for every intact record of a bucket, first those in its tree,
// in order, then those cut off; a key may come twice. It gives how many records
// were not intact.
func (s *salvage) each(kept keptRecord, fn func(k, v []byte) error) (lost int, err error) {
	record := func(e element, _ bool) {
		e.value = s.climbed(kept, e)
		switch {
		case err != nil:
		case e.bucket || kept.width != 0 && len(e.key) != kept.width || !kept.intact(s.packer, e.key, e.value):
			lost++
		default:
			err = fn(e.key, e.value)
		}
	}
	visit := func(e element) { record(e, true) }
	shape, table := tables[string(kept.bucket)]
	if table = table && s.tabled; table {
		visit = func(e element) {
			// Identities have checksums of their own, so of a damaged shelf some may
			// be as they were.
			if !s.expand(kept.bucket, e, func(e element, intact bool) {
				if intact || bytes.Equal(kept.bucket, bucketIdentities) {
					record(e, intact)
				} else {
					lost++
				}
			}) {
				lost += max(1, len(e.value)/(shape.key+shape.value))
			}
		}
	}
	if b, ok := s.buckets[string(kept.bucket)]; ok {
		s.walk(string(kept.bucket)).each(b, visit)
	}
	for _, id := range s.orphans {
		p, pageErr := s.f.page(id)
		if pageErr != nil {
			continue
		}
		for i := range p.count {
			e, ok := p.element(i)
			if !ok || err != nil {
				continue
			}
			if table {
				s.expand(kept.bucket, e, func(e element, intact bool) {
					if intact && err == nil && s.belongs(kept, e) {
						err = fn(e.key, e.value)
					}
				})
				continue
			}
			if e.value = s.climbed(kept, e); s.belongs(kept, e) {
				err = fn(e.key, e.value)
			}
		}
	}
	return lost, err
}

// expand calls fn for the records on a shelf, and says whether it is as it was
// written. It gives false if it cannot be read as a shelf.
func (s *salvage) expand(bucket []byte, e element, fn func(e element, intact bool)) bool {
	shape := tables[string(bucket)]
	t := table{name: bucket, key: shape.key, value: shape.value}
	if e.bucket {
		return false
	}
	shelf, intact, ok := t.openShelf(e.key, e.value)
	for i := 0; ok && i < shelf.len(); i++ {
		r := shelf.put(nil, i)
		fn(element{key: r[:t.key:t.key], value: r[t.key:]}, intact)
	}
	return ok
}

// climbed is a record as this schema has it.
func (s *salvage) climbed(kept keptRecord, e element) []byte {
	switch {
	case !s.old || e.bucket:
		return e.value
	case bytes.Equal(kept.bucket, bucketIdentities):
		return sealIdentity(e.key, e.value)
	case bytes.Equal(kept.bucket, bucketRelated):
		return sealIndex(slices.Clip(e.value))
	}
	return e.value
}

// belongs tells whether a record that was cut off is one of these: a record of
// no other kind would fit. The related index is not put together from pieces.
func (s *salvage) belongs(kept keptRecord, e element) bool {
	if e.bucket || len(e.value) == 0 || kept.width != len(e.key) {
		return false
	}
	return kept.intact(s.packer, e.key, e.value)
}

// whole reports whether buckets were read without finding damage.
func (s *salvage) whole(buckets ...[]byte) bool {
	return !slices.ContainsFunc(buckets, func(b []byte) bool {
		_, there := s.buckets[string(b)]
		return !there || s.damage[string(b)] > 0
	})
}

// counted are the buckets of which it shows elsewhere what is lost: in the views,
// in what names a feed, in the articles whose text is missing; or which are
// computed from the articles.
var counted = [][]byte{bucketFeeds, bucketIdentities, bucketArticles, bucketBodies, bucketStoryOf, bucketCopies, bucketRevised}

// uncounted reports whether records may be lost that nobody can count. Records
// are found again where a page that leads to them is damaged, but not on it.
func (s *salvage) uncounted() bool {
	hurt := func(bucket []byte) bool { return s.damage[string(bucket)] > 0 }
	known := slices.Concat(counted, madeAnew)
	for _, bucket := range allBuckets {
		if hurt(bucket) && !slices.ContainsFunc(known, func(k []byte) bool { return bytes.Equal(k, bucket) }) {
			return true
		}
	}
	return hurt(nil) || hurt(bucketArticles) && hurt(bucketByTime) // the tree of buckets, or an article and what tells of it
}
