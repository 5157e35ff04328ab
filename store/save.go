package store

import (
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// A save has three parts, so that the writer's lock is held for the puts only:
// read what is known of the entries, prepare every record (compression, search
// terms) without a transaction, write them all in one. saveMu keeps out others
// who save, add or remove meanwhile, so what was read stays true.
type save struct {
	l      *Library
	now    time.Time
	stored []feeds.Stored

	feeds   []*feedSave
	fresh   []freshArticle
	edits   []*edit
	learned []pair // identities of articles that came under another
	seen    map[identityKey]bool
	known   table // of identities, while read goes on
	lastID  feeds.ArticleID
	recaller
	fingerprinter
	blocks *blockSet

	segments []*segmentParts
	indexed  [][]feeds.ArticleID // the edited articles in each of segments
}

type feedSave struct {
	old, feed              feeds.Feed
	oldHealth, health      feeds.Health
	feedDirty, healthDirty bool
	imprints               []byte                          // record of them; empty for none, nil for what there is
	again                  map[identityKey]feeds.ArticleID // see rematch
	alike                  feeds.Comparison                // of its entries with what is stored
}

type freshArticle struct {
	key     identityKey
	article articleRecord
	entry   *feeds.Entry
	record  []byte
	print   [fingerprintWidth]byte
	status  feeds.Status // what the reader marked it when it was here before
	marks   []markKey    // what that was kept under
}

// An edit is an entry whose content is not what is stored. Only if its title
// or text read differently (see feeds.ReadAlike) does the reader hear of it, by
// a revision; a changed link or byline is put right quietly.
type edit struct {
	key      identityKey
	article  articleRecord
	entry    *feeds.Entry
	print    [fingerprintWidth]byte
	revision *feeds.Revision
	body     bool       // the body differs
	page     feeds.Body // its page's text, if that is kept
}

func (l *Library) saveFetched(batch []feeds.Fetched) ([]feeds.Stored, error) {
	l.saveMu.Lock()
	defer l.saveMu.Unlock()
	defer l.pages.keepFew()()
	s := &save{
		l: l, now: l.now(),
		seen: map[identityKey]bool{}, blocks: newBlockSet(l),
	}
	if err := l.view(func(tx *bolt.Tx) error {
		defer l.pages.lookIn(tx)
		return s.read(tx, batch)
	}); err != nil {
		return nil, err
	}
	if s.idle() {
		return s.stored, nil
	}
	if err := s.prepare(); err != nil {
		return nil, err
	}
	l.hand.drop(s.edits)
	l.hand.put(s.fresh)
	if err := l.update(s.write); err != nil {
		l.hand.clear() // the next articles get their ids
		return nil, err
	}
	if len(s.segments) > 0 {
		l.leaveMapped()
		l.wake()
	}
	return s.stored, nil
}

func (s *save) idle() bool {
	if len(s.fresh) > 0 || len(s.edits) > 0 || len(s.learned) > 0 {
		return false
	}
	return !slices.ContainsFunc(s.feeds, func(f *feedSave) bool { return f.feedDirty || f.healthDirty || f.imprints != nil })
}

// read finds out, for every feed and entry of the batch, what is new. Entries
// of a feed that is no longer there are dropped: it was removed while it was
// being fetched.
func (s *save) read(tx *bolt.Tx, batch []feeds.Fetched) error {
	s.stored = make([]feeds.Stored, len(batch))
	s.lastID = feeds.ArticleID(tx.Bucket(bucketArticles).Sequence())
	s.recaller = newRecaller(tx)
	s.known = tableOf(tx, bucketIdentities)
	known := map[feeds.FeedID]*feedSave{}
	bodies := bodyReader{l: s.l, tx: tx}
	brought := 0
	for i := range batch {
		brought += len(batch[i].Entries)
	}
	s.fresh = make([]freshArticle, 0, brought) // nearly all are, of those that are brought here
	for i := range batch {
		f := known[batch[i].Feed.ID]
		if f == nil {
			feed, ok, err := getFeed(tx, batch[i].Feed.ID)
			if err != nil {
				return err
			}
			if !ok {
				continue
			}
			health, err := getHealth(tx, feed.ID)
			if err != nil {
				return err
			}
			f = &feedSave{old: feed, feed: feed, oldHealth: health, health: health}
			known[feed.ID] = f
			s.feeds = append(s.feeds, f)
		}
		s.readFeed(tx, f, &batch[i])
		f.readImprints(tx, &batch[i])
		// Documents put the newest entry first, and the newest gets the highest
		// id, so that entries without dates are listed as in the document. Of
		// entries that claim the same identity the first counts.
		entries := s.distinct(f.feed.ID, batch[i].Entries)
		var again map[identityKey]feeds.ArticleID
		if batch[i].Same == 0 { // else its ids are what they were
			var err error
			if again, err = rematch(tx, &bodies, f, entries); err != nil {
				return err
			}
		}
		f.again = again
		for _, e := range slices.Backward(entries) {
			if err := s.readEntry(tx, &bodies, f, e, &s.stored[i]); err != nil {
				return err
			}
		}
		if again != nil && !f.health.LooseIDs {
			f.health.LooseIDs, f.healthDirty = true, true
		}
	}
	return s.readBlocks(tx)
}

func (s *save) readFeed(tx *bolt.Tx, f *feedSave, in *feeds.Fetched) {
	set := func(field *string, value string) {
		if value != "" {
			*field = value
		}
	}
	if u := in.Feed.URL; u != "" && !s.taken(tx, u) {
		f.feed.URL = u
	}
	set(&f.feed.Title, in.Feed.Title)
	set(&f.feed.Site, in.Feed.Site)
	set(&f.feed.Outlet, in.Feed.Outlet)
	set(&f.feed.Language, in.Feed.Language)
	set(&f.feed.Folder, in.Feed.Folder)
	f.feedDirty = f.feed != f.old
	if in.Health != (feeds.Health{}) {
		f.health = in.Health
		f.health.LastFetch = wholeSeconds(f.health.LastFetch)
		f.health.NextFetch = wholeSeconds(f.health.NextFetch)
		f.health.Wait = wholeSeconds(f.health.Wait)
		f.healthDirty = f.health != f.oldHealth
	}
}

// taken reports whether a feed has the address, or gets it in this save: two
// feeds may be moved to one place.
func (s *save) taken(tx *bolt.Tx, url string) bool {
	return feedByURL(tx, url) != 0 || slices.ContainsFunc(s.feeds, func(f *feedSave) bool { return f.feed.URL == url })
}

type keyedEntry struct {
	key identityKey
	*feeds.Entry
}

func (s *save) distinct(feed feeds.FeedID, entries []feeds.Entry) []keyedEntry {
	list := make([]keyedEntry, 0, len(entries))
	for i := range entries {
		k := identityOf(feed, &entries[i])
		if !s.seen[k] {
			s.seen[k] = true
			list = append(list, keyedEntry{k, &entries[i]})
		}
	}
	return list
}

func (s *save) readEntry(tx *bolt.Tx, bodies *bodyReader, f *feedSave, e keyedEntry, out *feeds.Stored) error {
	print := s.fingerprint(e.Entry)
	v := s.known.Get(e.key[:])
	if v == nil {
		return s.readUnknown(tx, bodies, f, e, print, out)
	}
	was, ok := decodeIdentity(e.key[:], v)
	if !ok {
		return badRecord(bucketIdentities, e.key[:])
	}
	switch was.fingerprint {
	case print:
		return nil
	case s.earlier():
		s.learned = append(s.learned, pair{e.key[:], encodeIdentity(e.key[:], identity{was.id, print})})
		return nil
	}
	return s.readKnown(tx, bodies, f, was.id, e, print, out)
}

// readUnknown takes up an entry under an identity that the feed has not had:
// a new article, unless it is one the feed has had under another.
func (s *save) readUnknown(tx *bolt.Tx, bodies *bodyReader, f *feedSave, e keyedEntry, print [fingerprintWidth]byte, out *feeds.Stored) error {
	if id, again := f.again[e.key]; again {
		// Ids that change at every look are not worth keeping; what comes in
		// their place is.
		if f.health.LooseIDs {
			s.learned = append(s.learned, pair{e.key[:], encodeIdentity(e.key[:], identity{id, print})})
		}
		return s.readKnown(tx, bodies, f, id, e, print, out)
	}
	s.lastID++
	a := newArticle(s.lastID, &f.feed, e.Entry, s.now)
	status, marks := s.recall(f, e.key)
	s.fresh = append(s.fresh, freshArticle{key: e.key, article: a, entry: e.Entry, print: print, status: status, marks: marks})
	out.New = append(out.New, s.lastID)
	return nil
}

// readKnown finds out what is new in an entry that is an article already.
func (s *save) readKnown(tx *bolt.Tx, bodies *bodyReader, f *feedSave, id feeds.ArticleID, e keyedEntry, print [fingerprintWidth]byte, out *feeds.Stored) error {
	a, ok, err := getArticle(tx, id)
	if err != nil || !ok { // removed: its identity stays so that it is not new again
		return err
	}
	body, err := bodies.body(id)
	if err != nil {
		return err
	}
	if sameContent(&a, body, print) {
		return nil
	}
	ed := &edit{key: e.key, article: a, entry: e.Entry, print: print, body: body != e.Body}
	if f.alike.ReadAlike(a.Title, e.Title) && f.alike.ReadAlike(body.Text, e.Body.Text) {
		ed.article.Title = e.Title
	} else {
		ed.revision = &feeds.Revision{Title: a.Title, Body: body, Fetched: a.since}
		ed.article.Title, ed.article.since = e.Title, s.now
		out.Updated = append(out.Updated, id)
		if ed.page, err = s.l.pageText(tx, id); err != nil {
			return err
		}
	}
	ed.article.amend(e.Entry)
	s.edits = append(s.edits, ed)
	return nil
}

func newArticle(id feeds.ArticleID, f *feeds.Feed, e *feeds.Entry, now time.Time) articleRecord {
	a := articleRecord{since: now, Article: feeds.Article{
		ID: id, Feed: f.ID, Outlet: f.Outlet, Title: e.Title,
		Published: wholeSeconds(e.Published), Fetched: now,
	}}
	if a.Outlet == "" {
		a.Outlet = f.Name()
	}
	a.amend(e)
	return a
}

// amend takes from the entry what may change without moving the article:
// never its dates, which are its place in the views.
func (a *articleRecord) amend(e *feeds.Entry) {
	a.URL, a.Author, a.Language = e.URL, e.Author, e.Language
	a.Excerpt, a.Words, a.Enclosures = e.Excerpt, e.Words, slices.Clone(e.Enclosures)
	a.Updated = wholeSeconds(e.Updated)
}

// readBlocks takes up the blocks that change: those of the edits, and the last
// one, which new bodies continue if it has room.
func (s *save) readBlocks(tx *bolt.Tx) error {
	for _, e := range s.edits {
		if e.body {
			if err := s.blocks.load(tx, e.article.ID); err != nil {
				return err
			}
		}
	}
	if len(s.fresh) == 0 {
		return nil
	}
	return s.blocks.load(tx, maxArticle)
}

func (s *save) prepare() error {
	packed := make(chan error, 1)
	go feeds.Likewise(func() {
		for _, e := range s.edits {
			if e.body {
				s.blocks.put(e.article.ID, e.entry.Body)
			}
		}
		for i := range s.fresh {
			s.blocks.put(s.fresh[i].article.ID, s.fresh[i].entry.Body)
		}
		packed <- s.blocks.pack()
	})()
	for i := range s.fresh {
		s.fresh[i].record = encodeArticle(&s.fresh[i].article)
	}
	s.index()
	return <-packed
}

// index makes the search segments of the new and the edited articles.
func (s *save) index() {
	var docs []indexedDoc
	for i := range s.fresh {
		f := &s.fresh[i]
		docs = append(docs, indexedDoc{refOf(&f.article.Article).at, f.entry.Title, f.entry.Body.Text})
	}
	edited := map[feeds.ArticleID]bool{}
	for _, e := range s.edits {
		if e.revision != nil {
			docs = append(docs, indexedDoc{refOf(&e.article.Article).at, e.entry.Title, searchable(e.entry.Body, e.page)})
			edited[e.article.ID] = true
		}
	}
	for chunk := range slices.Chunk(docs, segmentChunk) {
		var again []feeds.ArticleID
		for i := range chunk {
			if id := chunk[i].at.id(); edited[id] {
				again = append(again, id)
			}
		}
		s.segments = append(s.segments, buildSegment(chunk))
		s.indexed = append(s.indexed, again)
	}
}

func (s *save) write(tx *bolt.Tx) error {
	for _, part := range []func(*bolt.Tx) error{
		s.writeFeeds, s.writeArticles, s.writeIdentities, s.writePlaces, s.writeEdits, s.writeWholes, s.blocks.write, s.writeSegments,
	} {
		if err := part(tx); err != nil {
			return err
		}
		s.l.pages.lookIn(tx)
	}
	return nil
}

func (s *save) writeFeeds(tx *bolt.Tx) error {
	for _, f := range s.feeds {
		if f.feedDirty {
			if err := putFeed(tx, &f.old, &f.feed); err != nil {
				return err
			}
		}
		if f.healthDirty {
			if err := tx.Bucket(bucketHealth).Put(feedKey(f.feed.ID), encodeHealth(&f.health)); err != nil {
				return err
			}
		}
		if err := f.writeImprints(tx); err != nil {
			return err
		}
	}
	return nil
}

func (s *save) writeArticles(tx *bolt.Tx) error {
	b := tx.Bucket(bucketArticles)
	b.FillPercent = appendFill
	for i := range s.fresh { // in the order of their ids
		if err := b.Put(articleKey(s.fresh[i].article.ID), s.fresh[i].record); err != nil {
			return err
		}
	}
	return b.SetSequence(uint64(s.lastID))
}

func (s *save) writeIdentities(tx *bolt.Tx) error {
	pairs := make([]pair, 0, len(s.fresh)+len(s.edits)+len(s.learned))
	pairs = append(pairs, s.learned...)
	for i := range s.fresh {
		f := &s.fresh[i]
		pairs = append(pairs, pair{f.key[:], encodeIdentity(f.key[:], identity{f.article.ID, f.print})})
	}
	for _, e := range s.edits {
		pairs = append(pairs, pair{e.key[:], encodeIdentity(e.key[:], identity{e.article.ID, e.print})})
	}
	return tableOf(tx, bucketIdentities).putAll(pairs)
}

// writePlaces puts the new articles into their views. They are unread unless
// they were here before.
func (s *save) writePlaces(tx *bolt.Tx) error {
	n := newcomers{counts: tally{}, pages: &s.l.pages}
	for i := range s.fresh {
		f := &s.fresh[i]
		n.add(refOf(&f.article.Article), f.status)
		for _, k := range f.marks {
			if err := putStatus(tx, f.article.ID, f.status); err != nil {
				return err
			}
			if err := tx.Bucket(bucketMarks).Delete(k[:]); err != nil {
				return err
			}
		}
	}
	return n.write(tx)
}

func (s *save) writeEdits(tx *bolt.Tx) error {
	for _, e := range s.edits {
		if e.revision != nil {
			kept, err := s.l.putRevision(tx, e.article.ID, e.revision)
			if err != nil {
				return err
			}
			e.article.Revisions = kept
			s.l.edits.add(tx, e.article.ID)
			if err := tx.Bucket(bucketRevised).Put(articleKey(e.article.ID), nil); err != nil {
				return err
			}
		}
		if err := tx.Bucket(bucketArticles).Put(articleKey(e.article.ID), encodeArticle(&e.article)); err != nil {
			return err
		}
	}
	return nil
}

func (s *save) writeSegments(tx *bolt.Tx) error {
	for i, parts := range s.segments {
		number, err := tx.Bucket(bucketSegments).NextSequence()
		if err != nil {
			return err
		}
		if err := writeSegment(tx, number, parts); err != nil {
			return err
		}
		for _, id := range s.indexed[i] {
			if err := tx.Bucket(bucketReindexed).Put(articleKey(id), encodeReindexed(id, number)); err != nil {
				return err
			}
		}
	}
	return nil
}
