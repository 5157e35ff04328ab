package store

import (
	"bytes"
	"errors"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// Feeds, their health, and the two indexes over them: by URL and by folder.

func getFeed(tx *bolt.Tx, id feeds.FeedID) (feeds.Feed, bool, error) {
	if id == 0 || id > maxFeed {
		return feeds.Feed{}, false, nil
	}
	k := feedKey(id)
	v := tx.Bucket(bucketFeeds).Get(k)
	if v == nil {
		return feeds.Feed{}, false, nil
	}
	f, ok := decodeFeed(id, v)
	if !ok {
		return feeds.Feed{}, false, badRecord(bucketFeeds, k)
	}
	return f, true, nil
}

func getHealth(tx *bolt.Tx, id feeds.FeedID) (feeds.Health, error) {
	k := feedKey(id)
	v := tx.Bucket(bucketHealth).Get(k)
	if v == nil {
		return feeds.Health{Status: feeds.FetchNever}, nil
	}
	h, ok := decodeHealth(v)
	if !ok {
		return feeds.Health{}, badRecord(bucketHealth, k)
	}
	return h, nil
}

// feedByURL gives the feed fetched from url, 0 if there is none.
func feedByURL(tx *bolt.Tx, url string) feeds.FeedID {
	v := tx.Bucket(bucketFeedURLs).Get(urlKey(url))
	if len(v) != feedWidth {
		return 0
	}
	return parseFeedKey(v)
}

// putFeed writes f; old is what was there before, the zero Feed if nothing.
func putFeed(tx *bolt.Tx, old, f *feeds.Feed) error {
	urls, folders := tx.Bucket(bucketFeedURLs), tx.Bucket(bucketFolders)
	if old.URL != f.URL {
		if old.ID != 0 {
			if err := urls.Delete(urlKey(old.URL)); err != nil {
				return err
			}
		}
		if err := urls.Put(urlKey(f.URL), feedKey(f.ID)); err != nil {
			return err
		}
	}
	if old.ID == 0 || old.Folder != f.Folder {
		if old.ID != 0 {
			if err := folders.Delete(folderFeedKey(old.Folder, f.ID)); err != nil {
				return err
			}
		}
		if err := folders.Put(folderFeedKey(f.Folder, f.ID), nil); err != nil {
			return err
		}
	}
	return tx.Bucket(bucketFeeds).Put(feedKey(f.ID), encodeFeed(f))
}

// folderFeeds gives the feeds of a folder.
func folderFeeds(tx *bolt.Tx, folder string) []feeds.FeedID {
	var ids []feeds.FeedID
	prefix := folderKey(folder)
	c := tx.Bucket(bucketFolders).Cursor()
	for k, _ := c.Seek(prefix); bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		ids = append(ids, parseFeedKey(k[hashWidth:]))
	}
	return ids
}

func (l *Library) addFeeds(list []feeds.Feed) (added []feeds.Feed, err error) {
	l.saveMu.Lock()
	defer l.saveMu.Unlock()
	now := l.now()
	err = l.update(func(tx *bolt.Tx) error {
		added = nil
		for _, f := range list {
			if f.URL == "" {
				return &libraryError{sentence: "A feed without an address cannot be added: give its URL.", kind: errNoAddress}
			}
			if feedByURL(tx, f.URL) != 0 {
				continue
			}
			n, err := tx.Bucket(bucketFeeds).NextSequence()
			if err != nil {
				return err
			}
			f.ID = feeds.FeedID(n)
			f.Added = wholeSeconds(f.Added)
			if f.Added.IsZero() {
				f.Added = now
			}
			if err := putFeed(tx, &feeds.Feed{}, &f); err != nil {
				return err
			}
			added = append(added, f)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return added, nil
}

var errNoAddress = errors.New("no address")

func (l *Library) setWholeText(ids []feeds.FeedID, wanted bool) error {
	l.saveMu.Lock() // a save writes whole feeds that it has read before
	defer l.saveMu.Unlock()
	return l.update(func(tx *bolt.Tx) error {
		for _, id := range ids {
			f, ok, err := getFeed(tx, id)
			if err != nil {
				return err
			}
			if !ok || f.WholeText == wanted {
				continue
			}
			f.WholeText = wanted
			if err := tx.Bucket(bucketFeeds).Put(feedKey(id), encodeFeed(&f)); err != nil {
				return err
			}
		}
		return nil
	})
}

func (l *Library) subscriptions() (list []feeds.Subscription, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		list = nil
		return tx.Bucket(bucketFeeds).ForEach(func(k, v []byte) error {
			id := parseFeedKey(k)
			f, ok := decodeFeed(id, v)
			if !ok {
				return badRecord(bucketFeeds, k)
			}
			h, err := getHealth(tx, id)
			if err != nil {
				return err
			}
			c, err := getCounters(tx, id)
			if err != nil {
				return err
			}
			list = append(list, feeds.Subscription{Feed: f, Health: h, Counts: feeds.Counts{Total: c.total, Unread: c.unread}})
			return nil
		})
	})
	return list, err
}
