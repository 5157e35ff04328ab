package store

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/crc32"
	"time"

	"broadsheet/feeds"
)

// A record is a version byte, its fields one after the other (numbers as
// varints, strings behind their length) and a CRC-32C of it all. bbolt does
// not notice a flipped byte in a value; the checksum does.

const recordVersion = 1

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

const sumWidth = 4

type encoder struct{ b []byte }

func newEncoder(size int) encoder {
	return encoder{b: append(make([]byte, 0, size), recordVersion)}
}

func (e *encoder) uint(n uint64) { e.b = binary.AppendUvarint(e.b, n) }
func (e *encoder) int(n int64)   { e.b = binary.AppendVarint(e.b, n) }
func (e *encoder) string(s string) {
	e.uint(uint64(len(s)))
	e.b = append(e.b, s...)
}

// time keeps whole seconds: 0 is unknown.
func (e *encoder) time(t time.Time) {
	switch s := t.Unix(); {
	case t.IsZero():
		e.int(0)
	case s >= 0:
		e.int(s + 1)
	default:
		e.int(s)
	}
}

func (e *encoder) bool(b bool) {
	n := uint64(0)
	if b {
		n = 1
	}
	e.uint(n)
}

func (e *encoder) seal() []byte {
	return binary.LittleEndian.AppendUint32(e.b, crc32.Checksum(e.b, castagnoli))
}

// decoder reads what encoder wrote. After the first misfit every read gives
// zero and ok is false, so a caller asks once, at the end.
type decoder struct {
	b  []byte
	ok bool
}

func open(record []byte) decoder {
	n := len(record) - sumWidth
	if n < 1 || record[0] != recordVersion ||
		binary.LittleEndian.Uint32(record[n:]) != crc32.Checksum(record[:n], castagnoli) {
		return decoder{}
	}
	return decoder{b: record[1:n], ok: true}
}

func (d *decoder) fail() { d.b, d.ok = nil, false }

func (d *decoder) uint() uint64 {
	n, w := binary.Uvarint(d.b)
	if w <= 0 {
		d.fail()
		return 0
	}
	d.b = d.b[w:]
	return n
}

func (d *decoder) int() int64 {
	n, w := binary.Varint(d.b)
	if w <= 0 {
		d.fail()
		return 0
	}
	d.b = d.b[w:]
	return n
}

// bytes gives the next string in place.
func (d *decoder) bytes() []byte { return d.take(d.uint()) }

func (d *decoder) take(n uint64) []byte {
	if n > uint64(len(d.b)) {
		d.fail()
		return nil
	}
	s := d.b[:n]
	d.b = d.b[n:]
	return s
}

func (d *decoder) string() string { return string(d.bytes()) }
func (d *decoder) bool() bool     { return d.uint() != 0 }

func (d *decoder) time() time.Time {
	switch s := d.int(); {
	case s == 0:
		return time.Time{}
	case s > 0:
		return time.Unix(s-1, 0).UTC()
	default:
		return time.Unix(s, 0).UTC()
	}
}

// An articleRecord is an article and what only the library needs to know of it.
type articleRecord struct {
	feeds.Article
	since time.Time // when the present content was first seen: Fetched, until an edit
}

// The fields that the front page needs come first: see decodeDigest.
func encodeArticle(a *articleRecord) []byte {
	e := newEncoder(len(a.Title) + len(a.URL) + len(a.Excerpt) + len(a.Author) + 96)
	e.uint(uint64(a.Feed))
	e.time(a.Published)
	e.time(a.Fetched)
	e.uint(uint64(a.Words))
	e.string(a.Outlet)
	e.string(a.Title)
	e.string(a.Excerpt)
	e.string(a.URL)
	e.string(a.Author)
	e.string(a.Language)
	e.time(a.Updated)
	e.time(a.since)
	e.uint(uint64(a.Revisions))
	e.uint(uint64(len(a.Enclosures)))
	for i := range a.Enclosures {
		c := &a.Enclosures[i]
		e.string(c.URL)
		e.string(c.Type)
		e.int(c.Length)
		e.int(int64(c.Play))
		e.string(c.Title)
	}
	return e.seal()
}

func decodeArticle(id feeds.ArticleID, record []byte) (articleRecord, bool) {
	d := open(record)
	a := articleRecord{Article: feeds.Article{
		ID: id, Feed: feeds.FeedID(d.uint()), Published: d.time(), Fetched: d.time(), Words: int(d.uint()),
		Outlet: d.string(), Title: d.string(), Excerpt: d.string(), URL: d.string(), Author: d.string(),
		Language: d.string(), Updated: d.time(),
	}}
	a.since = d.time()
	a.Revisions = int(d.uint())
	for n := d.uint(); n > 0 && d.ok; n-- {
		a.Enclosures = append(a.Enclosures, feeds.Enclosure{
			URL: d.string(), Type: d.string(), Length: d.int(), Play: time.Duration(d.int()), Title: d.string(),
		})
	}
	return a, d.ok
}

// decodeDigest reads only the feed, times, words, outlet, title and excerpt.
func decodeDigest(id feeds.ArticleID, record []byte) (feeds.Article, bool) {
	d := open(record)
	a := feeds.Article{
		ID: id, Feed: feeds.FeedID(d.uint()), Published: d.time(), Fetched: d.time(), Words: int(d.uint()),
		Outlet: d.string(), Title: d.string(),
	}
	if a.Title == "" {
		a.Excerpt, a.URL = d.string(), d.string()
	}
	return a, d.ok
}

// decodeRef reads only what an article's place in the views is made of.
func decodeRef(id feeds.ArticleID, record []byte) (articleRef, bool) {
	d := open(record)
	a := feeds.Article{ID: id, Feed: feeds.FeedID(d.uint()), Published: d.time(), Fetched: d.time()}
	return refOf(&a), d.ok
}

func encodeFeed(f *feeds.Feed) []byte {
	e := newEncoder(160)
	e.string(f.URL)
	e.string(f.Title)
	e.string(f.Site)
	e.string(f.Outlet)
	e.string(f.Folder)
	e.string(f.Language)
	e.time(f.Added)
	var flags uint64
	if f.WholeText {
		flags |= feedWholeText
	}
	e.uint(flags)
	return e.seal()
}

// Flags of a feed record. One of schema 1 ends before them.
const feedWholeText = 1 << 0

func decodeFeed(id feeds.FeedID, record []byte) (feeds.Feed, bool) {
	d := open(record)
	f := feeds.Feed{
		ID: id, URL: d.string(), Title: d.string(), Site: d.string(), Outlet: d.string(),
		Folder: d.string(), Language: d.string(), Added: d.time(),
	}
	if len(d.b) > 0 {
		f.WholeText = d.uint()&feedWholeText != 0
	}
	return f, d.ok
}

func encodeHealth(h *feeds.Health) []byte {
	e := newEncoder(96)
	e.string(string(h.Status))
	e.time(h.LastFetch)
	e.time(h.NextFetch)
	e.string(h.Error)
	e.uint(uint64(h.Failures))
	e.string(h.ETag)
	e.string(h.LastModified)
	e.uint(h.BodyHash)
	e.time(h.Wait)
	e.bool(h.Gone)
	e.uint(uint64(h.Every / time.Second))
	e.uint(uint64(h.Skip.Hours))
	e.uint(uint64(h.Skip.Days))
	e.string(h.Moved)
	e.uint(uint64(h.MovedTimes))
	e.bool(h.LooseIDs)
	e.uint(h.TitleHash)
	e.uint(h.SiteHash)
	return e.seal()
}

func decodeHealth(record []byte) (feeds.Health, bool) {
	d := open(record)
	h := feeds.Health{
		Status: feeds.FetchStatus(d.string()), LastFetch: d.time(), NextFetch: d.time(), Error: d.string(),
		Failures: int(d.uint()), ETag: d.string(), LastModified: d.string(), BodyHash: d.uint(),
	}
	if len(d.b) == 0 { // the first version's records end here
		return h, d.ok
	}
	h.Wait, h.Gone, h.Every = d.time(), d.bool(), time.Duration(d.uint())*time.Second
	h.Skip = feeds.SkipTimes{Hours: uint32(d.uint()), Days: uint8(d.uint())}
	h.Moved, h.MovedTimes, h.LooseIDs = d.string(), int(d.uint()), d.bool()
	h.TitleHash, h.SiteHash = d.uint(), d.uint()
	return h, d.ok
}

func encodeCounters(c counters) []byte {
	e := newEncoder(16)
	e.uint(uint64(c.total))
	e.uint(uint64(c.unread))
	e.uint(uint64(c.saved))
	e.uint(uint64(c.savedUnread))
	return e.seal()
}

func decodeCounters(record []byte) (counters, bool) {
	d := open(record)
	c := counters{total: int(d.uint()), unread: int(d.uint()), saved: int(d.uint()), savedUnread: int(d.uint())}
	return c, d.ok
}

func encodeCopies(ids []feeds.ArticleID) []byte {
	e := newEncoder(8 + 3*len(ids))
	e.uint(uint64(len(ids)))
	var last feeds.ArticleID
	for _, id := range ids { // sorted
		e.uint(uint64(id - last))
		last = id
	}
	return e.seal()
}

func decodeCopies(record []byte) ([]feeds.ArticleID, bool) {
	d := open(record)
	var ids []feeds.ArticleID
	var last feeds.ArticleID
	for n := d.uint(); n > 0 && d.ok; n-- {
		last += feeds.ArticleID(d.uint())
		ids = append(ids, last)
	}
	return ids, d.ok
}

// An identity says which article an entry became, and whether its content is
// still the same.
type identity struct {
	id          feeds.ArticleID
	fingerprint [fingerprintWidth]byte
}

const (
	fingerprintWidth = 6
	identityWidth    = articleWidth + fingerprintWidth + 2
)

// encodeIdentity ends with half a CRC-32C, of the key too: an identity whose key
// has changed would make its article new.
func encodeIdentity(key []byte, i identity) []byte {
	v := putUint40(make([]byte, 0, identityWidth), uint64(i.id))
	v = append(v, i.fingerprint[:]...)
	return binary.LittleEndian.AppendUint16(v, identitySum(key, v))
}

func identitySum(key, v []byte) uint16 {
	return uint16(crc32.Update(crc32.Checksum(key, castagnoli), castagnoli, v))
}

func decodeIdentity(key, v []byte) (identity, bool) {
	const sealed = identityWidth - 2
	if len(v) != identityWidth || binary.LittleEndian.Uint16(v[sealed:]) != identitySum(key, v[:sealed]) {
		return identity{}, false
	}
	return identity{id: parseArticleKey(v), fingerprint: [fingerprintWidth]byte(v[articleWidth:])}, true
}

// A fingerprinter holds the buffer of fingerprint between entries.
type fingerprinter struct{ buf []byte }

// fingerprint covers all that an edit can change, but not the dates: feeds
// that stamp every entry anew at each fetch are common.
func (f *fingerprinter) fingerprint(e *feeds.Entry) [fingerprintWidth]byte {
	enc := encoder{b: append(f.buf[:0], recordVersion)}
	for _, s := range []string{e.Title, e.URL, e.Author, e.Language, e.Body.Markdown, e.Body.Text} {
		enc.string(s)
	}
	for i := range e.Enclosures {
		c := &e.Enclosures[i]
		enc.string(c.URL)
		enc.string(c.Type)
		enc.int(c.Length)
		enc.int(int64(c.Play))
		enc.string(c.Title)
	}
	f.buf = enc.b
	sum := binary.BigEndian.AppendUint64(make([]byte, 0, 8), feeds.Digest(enc.b))
	return [fingerprintWidth]byte(sum[:fingerprintWidth])
}

// earlier is the fingerprint that earlier versions made of the same content.
func (f *fingerprinter) earlier() [fingerprintWidth]byte {
	sum := sha256.Sum256(f.buf)
	return [fingerprintWidth]byte(sum[:fingerprintWidth])
}

// Flags of bucketStatus.
const (
	flagRead     = 1 << 0
	flagSaved    = 1 << 1
	flagFollowed = 1 << 2
	flagMuted    = 1 << 3 // not with flagFollowed
)

// goodStatus reports whether a record is what encodeStatus makes of a status that
// is worth a record.
func goodStatus(v []byte) bool {
	return len(v) == 1 && v[0] != 0 && int(v[0]) < len(statusLetters)
}

func encodeStatus(s feeds.Status) []byte {
	var b byte
	if s.Read {
		b |= flagRead
	}
	if s.Saved {
		b |= flagSaved
	}
	switch s.Bears {
	case feeds.Followed:
		b |= flagFollowed
	case feeds.Muted:
		b |= flagMuted
	}
	return []byte{b}
}

func decodeStatus(v []byte) feeds.Status {
	if len(v) == 0 {
		return feeds.Status{}
	}
	s := feeds.Status{Read: v[0]&flagRead != 0, Saved: v[0]&flagSaved != 0}
	switch {
	case v[0]&flagFollowed != 0:
		s.Bears = feeds.Followed
	case v[0]&flagMuted != 0:
		s.Bears = feeds.Muted
	}
	return s
}
