package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"

	"broadsheet/feeds"
)

// schemaVersion is the version of everything in this file and of the records in
// codec.go. Whoever changes either adds a step to migrate.go.
const schemaVersion = 9

// Every bucket of the library. Ids are given out by the sequences of
// bucketArticles, bucketFeeds and bucketSegments, which bbolt keeps for good.
var (
	bucketMeta = []byte("meta") // see below

	// What the reader subscribes to.
	bucketFeeds    = []byte("feeds")    // feed → feed record
	bucketHealth   = []byte("health")   // feed → health record
	bucketFeedURLs = []byte("feedurls") // hash of URL → feed
	bucketFolders  = []byte("folders")  // hash of folder, feed → nothing
	bucketImprints = []byte("imprints") // feed → imprints record: see imprints.go
	bucketRemoving = []byte("removing") // feed whose articles are being removed → nothing

	// What the feeds yield.
	bucketIdentities = []byte("identities") // feed, hash of Entry.Key → article, fingerprint of its content
	bucketArticles   = []byte("articles")   // article → article record
	bucketBodies     = []byte("bodies")     // first article of a block → compressed bodies
	bucketRevisions  = []byte("revisions")  // article, number → compressed revision
	bucketWholes     = []byte("wholes")     // article → whole record: what became of looking for its page's text
	bucketPageTexts  = []byte("pagetexts")  // article → its page's text, compressed
	bucketStatus     = []byte("status")     // article → flags; none when unread and not saved
	bucketBookmarks  = []byte("bookmarks")  // article → bookmark record; none of one that was not begun, or was finished
	bucketCounters   = []byte("counters")   // feed, or 0 for the whole library → counters
	bucketMarks      = []byte("marks")      // mark key → flags of an article that has not come (again) yet: see recall.go

	// Views. A place is the time and the id of an article: see placeKey.
	bucketByTime       = []byte("bytime")       // place → nothing
	bucketByFeed       = []byte("byfeed")       // feed, place → nothing
	bucketUnread       = []byte("unread")       // place → nothing
	bucketUnreadByFeed = []byte("unreadbyfeed") // feed, place → nothing
	bucketSaved        = []byte("saved")        // place → nothing
	bucketSavedUnread  = []byte("savedunread")  // place → nothing

	// What relating found.
	bucketStoryOf = []byte("storyof") // article → story; none when it is its own
	bucketStories = []byte("stories") // story, article → nothing; mirrors bucketStoryOf
	bucketWatched = []byte("watched") // story, article that bears a watch → which; mirrors bucketStatus and bucketStoryOf
	bucketCopies  = []byte("copies")  // article → copies record
	bucketRelated = []byte("related") // the related index, opaque: see feeds.IndexView
	bucketRevised = []byte("revised") // article that has been edited since it was related → nothing; also of one that is yet to be
	bucketLeft    = []byte("left")    // article that has left the library but not the related index → nothing

	// Full-text search.
	bucketSegments  = []byte("segments")  // segment → a bucket of its own: see segment.go
	bucketReindexed = []byte("reindexed") // article → the first segment that holds its present text
)

var allBuckets = [][]byte{
	bucketMeta,
	bucketFeeds, bucketHealth, bucketFeedURLs, bucketFolders, bucketRemoving,
	bucketIdentities, bucketArticles, bucketBodies, bucketRevisions, bucketWholes, bucketPageTexts, bucketStatus, bucketCounters,
	bucketByTime, bucketByFeed, bucketUnread, bucketUnreadByFeed, bucketSaved, bucketSavedUnread,
	bucketStoryOf, bucketStories, bucketCopies, bucketRelated, bucketRevised,
	bucketSegments, bucketReindexed,
	bucketMarks, bucketBookmarks, bucketLeft, bucketWatched, bucketImprints,
}

// Keys of bucketMeta.
var (
	metaSchema  = []byte("schema")  // the schema version, 4 bytes
	metaRelated = []byte("related") // every article up to this one has been related, 5 bytes
	metaMarks   = []byte("marks")   // which journal of marks is ours, and how long it is: see marks.go
	metaSwept   = []byte("swept")   // when old articles were last taken out, seconds, 8 bytes
	metaPacked  = []byte("packed")  // when the file was last found worth compacting, seconds, 8 bytes
	metaBegun   = []byte("begun")   // when the library was first found large enough to copy, seconds, 8 bytes
	metaClimb   = []byte("climb")   // how far a step of migrate.go has come
)

// Widths of the parts of keys. All numbers are big-endian, so that keys sort
// as numbers do.
const (
	feedWidth    = 4
	articleWidth = 5 // a million million articles
	whenWidth    = 5
	placeWidth   = whenWidth + articleWidth
	hashWidth    = 16
	segmentWidth = 4

	maxFeed    = 1<<(8*feedWidth) - 1
	maxArticle = 1<<(8*articleWidth) - 1
	maxWhen    = 1<<(8*whenWidth-1) - 1 // seconds; the year 19391
)

func putUint40(b []byte, n uint64) []byte {
	return append(b, byte(n>>32), byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
}

func uint40(b []byte) uint64 {
	_ = b[4]
	return uint64(b[0])<<32 | uint64(b[1])<<24 | uint64(b[2])<<16 | uint64(b[3])<<8 | uint64(b[4])
}

func feedKey(id feeds.FeedID) []byte {
	return binary.BigEndian.AppendUint32(make([]byte, 0, feedWidth+placeWidth), uint32(id))
}

func parseFeedKey(k []byte) feeds.FeedID { return feeds.FeedID(binary.BigEndian.Uint32(k)) }

func articleKey(id feeds.ArticleID) []byte {
	return putUint40(make([]byte, 0, articleWidth), uint64(id))
}

func parseArticleKey(k []byte) feeds.ArticleID { return feeds.ArticleID(uint40(k)) }

// A place is where an article stands in every view, oldest first: its time
// (whole seconds, moved so that times before 1970 sort first), then its id.
type place [placeWidth]byte

func placeOf(when int64, id feeds.ArticleID) place {
	when = min(max(when, -maxWhen-1), maxWhen)
	var p place
	putUint40(p[:0], uint64(when+maxWhen+1))
	putUint40(p[:whenWidth], uint64(min(id, maxArticle)))
	return p
}

func (p place) id() feeds.ArticleID { return parseArticleKey(p[whenWidth:]) }

func (p place) when() int64 { return int64(uint40(p[:])) - maxWhen - 1 }

func (p place) compare(q place) int { return bytes.Compare(p[:], q[:]) }

func feedPlaceKey(id feeds.FeedID, p place) []byte { return append(feedKey(id), p[:]...) }

func revisionKey(id feeds.ArticleID, number int) []byte {
	return binary.BigEndian.AppendUint16(articleKey(id), uint16(number))
}

func hash(s string) [hashWidth]byte {
	sum := sha256.Sum256([]byte(s))
	return [hashWidth]byte(sum[:hashWidth])
}

func urlKey(url string) []byte {
	h := hash(url)
	return h[:]
}

func folderKey(folder string) []byte {
	h := hash(folder)
	return h[:]
}

func folderFeedKey(folder string, id feeds.FeedID) []byte {
	return binary.BigEndian.AppendUint32(folderKey(folder), uint32(id))
}

// An identityKey says which article of a feed an entry is.
type identityKey [feedWidth + hashWidth]byte

func identityOf(id feeds.FeedID, e *feeds.Entry) identityKey {
	name := "k" + e.Key
	switch {
	case e.Key != "":
	case e.URL != "":
		name = "u" + e.URL
	default:
		name = "t" + e.Title + "\x00" + e.Body.Text
	}
	h := hash(name)
	var k identityKey
	binary.BigEndian.PutUint32(k[:], uint32(id))
	copy(k[feedWidth:], h[:])
	return k
}

func storyKey(id feeds.StoryID) []byte { return articleKey(feeds.ArticleID(id)) }

func storyMemberKey(story feeds.StoryID, id feeds.ArticleID) []byte {
	return putUint40(putUint40(make([]byte, 0, 2*articleWidth), uint64(story)), uint64(id))
}

func segmentKey(n uint64) []byte {
	return binary.BigEndian.AppendUint32(make([]byte, 0, segmentWidth), uint32(n))
}

func parseSegmentKey(k []byte) uint64 { return uint64(binary.BigEndian.Uint32(k)) }
