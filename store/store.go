// Package store is the library: one bbolt file that holds the feeds, their
// articles and what the reader made of them.
//
//	library, err := store.Open(path, store.Options{})
//	if err != nil {
//		return err // one plain sentence: what is wrong with which file, and what to do
//	}
//	defer library.Close()
//	added, err := library.AddFeeds([]feeds.Feed{{URL: "https://example.org/feed.xml"}})
//	stored, err := library.SaveFetched([]feeds.Fetched{{Feed: added[0], Entries: entries}})
//	page, err := library.Page(feeds.View{Kind: feeds.ViewUnread}, feeds.Cursor{}, 50, false)
//
// This file is its whole public face. A Library may be used by any number of
// goroutines: readers never wait for a writer, writers take turns. Whatever
// has returned without an error is on the disk. Every error is one plain
// sentence, and errors.Is tells its kind: ErrNotFound, ErrLocked, ErrDamaged …
//
// Nothing a reader waits for grows with the library: views are key ranges,
// counts are kept, bodies lie apart. keys.go lists all that the file holds.
//
// The package imports only feeds. It knows no network and no screen, and what
// it is given is taken to be clean already.
package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// Options for Open.
type Options struct {
	Clock   func() time.Time // time.Now if nil
	Timeout time.Duration    // how long to wait for another Broadsheet to close the file; 1 s if 0
}

// Library is an open library.
type Library struct {
	path   string
	clock  func() time.Time
	db     *bolt.DB
	file   *os.File // db's, to let go of the lock when db cannot be closed
	packer packer

	saveMu sync.Mutex                 // held while articles are added or removed
	broken atomic.Pointer[pageDamage] // what a damaged page did; nothing is written after it
	closed sync.Once
	marks  journal // what the reader marked, kept beside the library too

	work    sync.WaitGroup // what goes on behind the reader's back: see work.go
	stop    chan struct{}  // closed to end it
	merge   chan func()    // holds one, which merges them, when there may be segments to merge
	mergeMu sync.Mutex

	pages mapping
	edits edits
	hand  inHand

	tendMu     sync.Mutex
	compacting atomic.Bool // the file is to be compacted when it is closed
	ours       bool        // the file is a library for sure, and may be changed
}

// Open opens the library at path. If there is no file, it makes a new library,
// and the directories to it. A file that is something else, is damaged or was
// written by a newer Broadsheet is refused and left as it is.
func Open(path string, o Options) (*Library, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	db, file, err := openFile(path, o.Timeout)
	if err != nil {
		return nil, err
	}
	l := &Library{
		path: path, clock: o.Clock, db: db, file: file, packer: newPacker(),
		stop: make(chan struct{}), merge: make(chan func(), 1),
	}
	l.pages.open(l.leaveMapped)
	if err = l.migrate(migrations(), schemaVersion); err == nil {
		err = l.openMarks()
	}
	var unfinished []feeds.FeedID
	if err == nil {
		unfinished, err = l.removing()
	}
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	l.ours = true
	clearLeftovers(path)
	l.work.Go(func() { l.worker(unfinished) })
	return l, nil
}

// Repair makes a new library of every record that can still be read of the one
// at path, which nobody may have open, and puts it in its place. The damaged file
// is kept under the name that is returned. What is cut short leaves all as it
// was.
func Repair(path string, clock func() time.Time) (feeds.Repaired, error) { return repair(path, clock) }

// Compact makes the library at path, which nobody may have open, as small as it
// can be, and returns its size before and after, in bytes. What is cut short
// leaves it as it was.
func Compact(path string) (before, after int64, err error) { return compact(path, 0) }

// DailyBackups lists the copies that Tend made of the library at path, the
// latest first.
func DailyBackups(path string, now time.Time) []feeds.Backup { return dailyBackups(path, now) }

// Restore puts a backup in the place of the library at path, which nobody may
// have open. What was there, if anything, is kept under the name that is
// returned. Marks made since the backup are taken up when it is opened.
func Restore(path, backup string, clock func() time.Time) (kept string, err error) {
	return restore(path, backup, clock)
}

// Close ends what is going on and closes the file. No method may be used after
// it; they return ErrClosed.
func (l *Library) Close() error {
	var err error
	l.closed.Do(func() {
		close(l.stop)
		l.work.Wait()
		l.marks.close()
		l.pages.gauge.close()
		if l.broken.Load() != nil {
			abandon(l.file)
			return
		}
		if l.ours {
			l.cutTail()
		}
		if err = l.db.Close(); err == nil && l.compacting.Load() {
			_, _, _ = compact(l.path, 0) // if it fails the library is as it was
		}
	})
	if err != nil {
		return fmt.Errorf("closing the library %s: %w", l.path, err)
	}
	return nil
}

// AddFeeds subscribes to the feeds whose URL is not subscribed to already and
// returns these with their new ids.
func (l *Library) AddFeeds(list []feeds.Feed) (added []feeds.Feed, err error) {
	return l.addFeeds(list)
}

// RemoveFeed unsubscribes. The feed's articles go, except saved ones. Its id
// is never used again; adding its URL again makes a new feed.
func (l *Library) RemoveFeed(id feeds.FeedID) error { return l.removeFeed(id) }

// Subscriptions returns every feed with its health and counts, in the order in
// which they were added.
func (l *Library) Subscriptions() ([]feeds.Subscription, error) { return l.subscriptions() }

// SaveFetched stores what a group of fetches yielded, all of it in one commit:
// what is set in each Feed, its Health unless that is zero, and those Entries
// that are new or changed. The result has an element for each of batch. A feed
// that is no longer there, removed while it was fetched, is passed over. Its
// Imprints replace those before, unless no document came: there are neither
// Imprints nor Entries.
//
// An entry is new only once, even if it vanishes from its feed or the library
// and returns, or comes with a new Key but the same content; a feed in which
// that happens to most entries gets Health.LooseIDs. If its title or text changed in more than feeds.ReadAlike
// passes over, the earlier content is kept as a Revision and the article counts
// as Updated; its status and its place in the views stay.
func (l *Library) SaveFetched(batch []feeds.Fetched) ([]feeds.Stored, error) {
	return l.saveFetched(batch)
}

// Imprints returns those that came with the feed's articles when they were last
// saved, in order.
func (l *Library) Imprints(feed feeds.FeedID) ([]feeds.Imprint, error) { return l.imprints(feed) }

// Known returns how many of the entries the feed has had before.
func (l *Library) Known(feed feeds.FeedID, entries []feeds.Entry) (int, error) {
	return l.known(feed, entries)
}

// Page returns at most limit items of a view, newest first: those after from,
// or with back those before it. The zero Cursor is the beginning; to go back
// from the end, use Cursor{When: math.MinInt64}. If a record is damaged, the
// other items come together with ErrDamaged.
func (l *Library) Page(view feeds.View, from feeds.Cursor, limit int, back bool) ([]feeds.Item, error) {
	return l.page(view, from, limit, back)
}

// Count returns how many articles a view holds and how many of them are unread.
func (l *Library) Count(view feeds.View) (feeds.Counts, error) { return l.count(view) }

// Item returns one article, ErrNotFound if there is none of that id.
func (l *Library) Item(id feeds.ArticleID) (feeds.Item, error) {
	list, err := l.items([]feeds.ArticleID{id})
	switch {
	case err != nil:
		return feeds.Item{}, err
	case len(list) == 0:
		return feeds.Item{}, noArticle(id)
	}
	return list[0], nil
}

// Items returns the articles of the ids, in their order, without those that
// are not in the library.
func (l *Library) Items(ids []feeds.ArticleID) ([]feeds.Item, error) { return l.items(ids) }

// Body returns an article's content; the zero Body if its feed gave none.
func (l *Library) Body(id feeds.ArticleID) (feeds.Body, error) { return l.body(id) }

// Whole returns what is known of an article's whole text, its page's text with
// it; ErrNotFound if there is no such article.
func (l *Library) Whole(id feeds.ArticleID) (feeds.Whole, error) { return l.whole(id) }

// SaveWholes stores, in one commit, what looking for the pages of some articles
// found, and makes their texts searchable. Articles that are no longer there
// are passed over. A text that is kept already stays when the page gives none
// any more, and so does what the reader chose by ShowWhole.
func (l *Library) SaveWholes(list []feeds.Whole) error { return l.saveWholes(list) }

// ShowWhole remembers which of an article's two texts the reader wants: its
// page's, or the feed's own.
func (l *Library) ShowWhole(id feeds.ArticleID, whole bool) error { return l.showWhole(id, whole) }

// SetWholeText sets of feeds whether the whole texts of their articles are
// always wanted. Feeds that are not there are passed over.
func (l *Library) SetWholeText(ids []feeds.FeedID, wanted bool) error {
	return l.setWholeText(ids, wanted)
}

// Bookmark returns where the reading of an article was left, zero if nowhere.
func (l *Library) Bookmark(id feeds.ArticleID) (feeds.Bookmark, error) { return l.bookmark(id) }

// SetBookmark keeps where the reading of an article was left. The zero Bookmark
// takes it away.
func (l *Library) SetBookmark(id feeds.ArticleID, m feeds.Bookmark) error {
	return l.setBookmark(id, m)
}

// Revisions returns an article's earlier contents, earliest first. Of an
// article edited very often it keeps the first and the latest.
func (l *Library) Revisions(id feeds.ArticleID) ([]feeds.Revision, error) { return l.revisions(id) }

// Search returns at most limit articles whose title or text hold all words of
// the query, those first whose title holds them all, then newest first. Case
// and accents do not count, the last word may be the beginning of one, and
// "words in quotes" must stand together.
func (l *Library) Search(query string, limit int) (found []feeds.Item, err error) {
	err = l.SearchEach(context.Background(), query, limit, func(some []feeds.Item) {
		if found == nil {
			found = some
		} else {
			found = append(found, some...)
		}
	})
	return found, err
}

// SearchEach gives what Search finds, in the same order, some at a time as it is
// found: a phrase of common words may have to be looked for in very many texts.
// Now and then it gives none, which tells that it goes on. It ends early, with
// ctx's error, when ctx is done.
func (l *Library) SearchEach(ctx context.Context, query string, limit int, give func(found []feeds.Item)) error {
	return l.search(ctx, query, limit, give)
}

// SetStatus changes the status of the articles and returns those whose status
// it really changed, so that the change can be undone. After an error, changed
// holds what was done before it.
func (l *Library) SetStatus(ids []feeds.ArticleID, c feeds.StatusChange) (changed []feeds.ArticleID, err error) {
	return l.setStatus(ids, c)
}

// Watch says what the reader wants of the story that an article is in, from now on
// by that article alone, and returns what takes that back; ErrNotFound if there
// is no such article. The unread articles of a story that is muted are marked
// read, and so are later those that join it.
func (l *Library) Watch(id feeds.ArticleID, w feeds.Watch) (back []feeds.StatusOf, err error) {
	return l.watch(id, w)
}

// Restate makes changes of status, all in one commit.
func (l *Library) Restate(changes []feeds.StatusOf) error { return l.restateAll(changes) }

// Watched returns the stories that are followed, or muted, latest first.
func (l *Library) Watched(w feeds.Watch) ([]feeds.Story, error) { return l.watched(w) }

// CountWatched tells how many they are.
func (l *Library) CountWatched(w feeds.Watch) (int, error) { return l.countWatched(w) }

// MarkRead marks every article of the view read that is in it now, and returns
// those that were unread.
func (l *Library) MarkRead(view feeds.View) (changed []feeds.ArticleID, err error) {
	return l.markRead(view)
}

// Stories returns the stories whose latest article is not older than since,
// latest first. An article nobody else reports is a story of its own.
func (l *Library) Stories(since time.Time) ([]feeds.Story, error) { return l.stories(since) }

// StorySizes tells of the stories of Stories, in the same order, how large each
// is, which takes a fifth of the time.
func (l *Library) StorySizes(since time.Time) ([]feeds.StorySize, error) { return l.storySizes(since) }

// StoriesOf returns the stories with these ids, in their order; those that no
// article belongs to (any more) are left out.
func (l *Library) StoriesOf(ids []feeds.StoryID) ([]feeds.Story, error) { return l.storiesOf(ids) }

// Story returns one story, ErrNotFound if no article belongs to it (any more).
func (l *Library) Story(id feeds.StoryID) (feeds.Story, error) { return l.story(id) }

// ViewIndex calls fn with one consistent look at the related index. fn must be
// short, must not call other methods of the Library, and must not keep what
// the view gave it. Its error is returned as it is.
func (l *Library) ViewIndex(fn func(feeds.IndexView) error) error { return l.viewIndex(fn) }

// SaveIndex stores changes of the related index in a commit of their own.
func (l *Library) SaveIndex(changes []feeds.IndexChange) error { return l.saveIndex(changes) }

// Unrelated returns the next articles, by id, that are to be related: those
// edited since they were, then the new ones; at most limit. After an article it
// goes on behind what it gave up to that one; 0 is where it begins.
func (l *Library) Unrelated(after feeds.ArticleID, limit int) ([]feeds.Document, error) {
	return l.unrelated(after, limit)
}

// Left returns articles that are no longer in the library but may still be in
// the related index; at most limit.
func (l *Library) Left(limit int) ([]feeds.ArticleID, error) { return l.left(limit) }

// SaveForgotten stores, in one commit, that the related index has forgotten
// articles of Left.
func (l *Library) SaveForgotten(ids []feeds.ArticleID, changes []feeds.IndexChange) error {
	return l.saveForgotten(ids, changes)
}

// SaveRelations stores, in one commit, what relating a batch of Unrelated's
// articles found, the changes of the related index, and that every article up
// to through has been related. A through of 0 leaves that as it is.
func (l *Library) SaveRelations(r feeds.Relations, changes []feeds.IndexChange, through feeds.ArticleID) error {
	return l.saveRelations(r, changes, through)
}

// Backup writes a copy of the library, as it is now, to the file path, which
// must not be there unless replace says so. The library may be used meanwhile;
// what is cut short leaves no file, or the old one.
func (l *Library) Backup(path string, replace bool) error { return l.backup(path, replace) }

// Tend does the daily upkeep if it is due. It may take a while for a large
// library and may be cut short by ctx; others read and write meanwhile. Its error
// is of the upkeep, not of anything that was asked for.
func (l *Library) Tend(ctx context.Context, u feeds.Upkeep) error { return l.tend(ctx, u) }

// Check verifies the whole library and returns what is wrong with it, a plain
// sentence each; none when it is sound. It changes nothing, and takes time in
// proportion to the library: writes wait for it.
func (l *Library) Check() (problems []string, err error) { return l.check() }

func (l *Library) now() time.Time { return wholeSeconds(l.clock()) }
