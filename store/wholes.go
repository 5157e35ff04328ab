package store

import (
	"slices"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// The whole texts of articles, from their pages. What became of each page is a
// small record, read with every row of a list; the text lies apart, compressed
// on its own, because pages come one at a time and in any order.

func encodeWhole(w *feeds.Whole) []byte {
	e := newEncoder(len(w.Reason) + 32)
	e.uint(uint64(w.State))
	e.uint(uint64(w.Words))
	e.string(w.Reason)
	e.time(w.Tried)
	e.uint(uint64(w.Failures))
	var flags uint64
	if w.Aside {
		flags |= wholeAside
	}
	e.uint(flags)
	return e.seal()
}

// Flags of a whole record.
const wholeAside = 1 << 0

func decodeWhole(id feeds.ArticleID, record []byte) (feeds.Whole, bool) {
	d := open(record)
	w := feeds.Whole{
		Article: id, State: feeds.WholeState(d.uint()), Words: int(d.uint()), Reason: d.string(), Tried: d.time(),
		Failures: int(d.uint()), Aside: d.uint()&wholeAside != 0,
	}
	return w, d.ok
}

// getWhole gives the record of an article without the text; one that nobody
// has looked for has none.
func getWhole(tx *bolt.Tx, id feeds.ArticleID) (feeds.Whole, error) {
	v := tx.Bucket(bucketWholes).Get(articleKey(id))
	if v == nil {
		return feeds.Whole{Article: id}, nil
	}
	w, ok := decodeWhole(id, v)
	if !ok {
		return feeds.Whole{Article: id}, badRecord(bucketWholes, articleKey(id))
	}
	return w, nil
}

// wholeState is for rows: a damaged record must not take the article away.
func wholeState(tx *bolt.Tx, id feeds.ArticleID) feeds.WholeState {
	w, err := getWhole(tx, id)
	if err != nil {
		return feeds.WholeUnknown
	}
	return w.State
}

func putWhole(tx *bolt.Tx, w *feeds.Whole) error {
	return tx.Bucket(bucketWholes).Put(articleKey(w.Article), encodeWhole(w))
}

func encodePageText(b *feeds.Body) []byte {
	e := newEncoder(len(b.Markdown) + len(b.Text) + 16)
	e.string(b.Markdown)
	e.string(b.Text)
	return e.seal()
}

// pageText gives the text of an article's page, the zero Body if none is kept.
func (l *Library) pageText(tx *bolt.Tx, id feeds.ArticleID) (feeds.Body, error) {
	return l.unpackPage(id, tx.Bucket(bucketPageTexts).Get(articleKey(id)))
}

func (l *Library) unpackPage(id feeds.ArticleID, v []byte) (feeds.Body, error) {
	if v == nil {
		return feeds.Body{}, nil
	}
	plain, ok := l.packer.unpack(v)
	if !ok {
		return feeds.Body{}, badRecord(bucketPageTexts, articleKey(id))
	}
	d := open(plain)
	b := feeds.Body{Markdown: d.string(), Text: d.string()}
	if !d.ok {
		return feeds.Body{}, badRecord(bucketPageTexts, articleKey(id))
	}
	return b, nil
}

// searchable is what an article is found by: the feed's text and the page's,
// each of which may have words that the other lacks.
func searchable(own, page feeds.Body) string {
	if page.Text == "" {
		return own.Text
	}
	return own.Text + "\n" + page.Text
}

func (l *Library) whole(id feeds.ArticleID) (w feeds.Whole, err error) {
	err = l.view(func(tx *bolt.Tx) (err error) {
		if rawArticle(tx, id) == nil {
			return noArticle(id)
		}
		if w, err = getWhole(tx, id); err != nil {
			return err
		}
		w.Body, err = l.pageText(tx, id)
		return err
	})
	return w, err
}

// wholeSave is one of SaveWholes' articles on its way.
type wholeSave struct {
	feeds.Whole
	article articleRecord
	own     feeds.Body // the feed's text
	packed  []byte     // the page's text; nil when there is no new one
}

// saveWholes has the parts of a save: read, prepare without a transaction, write.
func (l *Library) saveWholes(list []feeds.Whole) error {
	l.saveMu.Lock() // the texts that are indexed must be the texts there are
	defer l.saveMu.Unlock()
	var all []wholeSave
	err := l.view(func(tx *bolt.Tx) (err error) {
		all, err = l.readWholes(tx, list)
		return err
	})
	if err != nil || len(all) == 0 {
		return err
	}
	segments := &save{l: l} // for its segments only
	var docs []indexedDoc
	for i := range all {
		w := &all[i]
		if w.Body == (feeds.Body{}) {
			continue
		}
		if w.packed, err = l.packer.pack(encodePageText(&w.Body)); err != nil {
			return err
		}
		docs = append(docs, indexedDoc{refOf(&w.article.Article).at, w.article.Title, searchable(w.own, w.Body)})
	}
	for chunk := range slices.Chunk(docs, segmentChunk) {
		var ids []feeds.ArticleID
		for i := range chunk {
			ids = append(ids, chunk[i].at.id())
		}
		segments.segments = append(segments.segments, buildSegment(chunk))
		segments.indexed = append(segments.indexed, ids)
	}
	err = l.update(func(tx *bolt.Tx) error {
		for i := range all {
			w := &all[i]
			if err := putWhole(tx, &w.Whole); err != nil {
				return err
			}
			if w.packed == nil {
				continue
			}
			if err := tx.Bucket(bucketPageTexts).Put(articleKey(w.Article), w.packed); err != nil {
				return err
			}
		}
		return segments.writeSegments(tx)
	})
	if err == nil && len(docs) > 0 {
		l.wake()
	}
	return err
}

// readWholes settles what is to be kept of each article: of several results for
// one the last, in the order of their ids.
func (l *Library) readWholes(tx *bolt.Tx, list []feeds.Whole) ([]wholeSave, error) {
	last := map[feeds.ArticleID]feeds.Whole{}
	for _, w := range list {
		last[w.Article] = w
	}
	bodies := bodyReader{l: l, tx: tx}
	var all []wholeSave
	for id, w := range last {
		a, ok, err := getArticle(tx, id)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		was, err := getWhole(tx, id)
		if err != nil {
			return nil, err
		}
		own, err := bodies.body(id)
		if err != nil {
			return nil, err
		}
		all = append(all, wholeSave{Whole: settled(w, was), article: a, own: own})
	}
	slices.SortFunc(all, func(a, b wholeSave) int { return int(int64(a.Article) - int64(b.Article)) })
	return all, nil
}

// settled is what is kept of a page after it was asked for once more. A text
// that was had before is worth more than the news that it is gone.
func settled(now, was feeds.Whole) feeds.Whole {
	now.Tried = wholeSeconds(now.Tried)
	now.Aside = was.Aside
	if now.Body != (feeds.Body{}) || was.State != feeds.WholeHere && was.State != feeds.WholeStale {
		return now
	}
	now.Words = was.Words
	switch now.State {
	case feeds.WholeFailed:
		now.State = was.State
	default:
		now.State = feeds.WholeHere
	}
	return now
}

func (l *Library) showWhole(id feeds.ArticleID, whole bool) error {
	return l.update(func(tx *bolt.Tx) error {
		if rawArticle(tx, id) == nil {
			return noArticle(id)
		}
		w, err := getWhole(tx, id)
		if err != nil || w.Aside == !whole {
			return err
		}
		w.Aside = !whole
		return putWhole(tx, &w)
	})
}

// writeWholes notes which of a save's articles came whole, and which page's text
// is of an earlier version than the feed's.
func (s *save) writeWholes(tx *bolt.Tx) error {
	wholes := tx.Bucket(bucketWholes)
	wholes.FillPercent = appendFill
	for i := range s.fresh {
		if f := &s.fresh[i]; f.entry.Complete {
			if err := putWhole(tx, &feeds.Whole{Article: f.article.ID, State: feeds.WholeInFeed}); err != nil {
				return err
			}
		}
	}
	for _, e := range s.edits {
		if e.revision == nil {
			continue
		}
		w, err := getWhole(tx, e.article.ID)
		if err != nil {
			return err
		}
		was := w.State
		switch {
		case was == feeds.WholeHere:
			w.State = feeds.WholeStale
		case e.entry.Complete && was != feeds.WholeStale:
			w.State = feeds.WholeInFeed
		case was == feeds.WholeInFeed:
			w.State = feeds.WholeUnknown
		}
		if w.State == was {
			continue
		}
		if err := putWhole(tx, &w); err != nil {
			return err
		}
	}
	return nil
}

// wholes must be intact, and a page's text be there exactly where it is said to
// be.
func (c *checker) wholes() {
	texts := 0
	c.each(bucketWholes, func(k, v []byte) {
		id := parseArticleKey(k)
		w, ok := decodeWhole(id, v)
		if !ok || w.State > feeds.WholeFailed {
			c.bad("what is known of the whole text of article %d is damaged", id)
			return
		}
		if w.State != feeds.WholeHere && w.State != feeds.WholeStale {
			return
		}
		texts++
		if b, err := c.l.pageText(c.tx, id); err != nil || b == (feeds.Body{}) {
			c.bad("the whole text of article %d is missing or damaged", id)
		}
	})
	c.each(bucketPageTexts, func(_, _ []byte) { texts-- })
	if texts < 0 {
		c.bad("there are %d whole texts of articles that are said to have none", -texts)
	}
}
