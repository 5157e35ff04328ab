package store

import (
	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// Some publishers make up new ids every time somebody looks. That shows in a
// document of which the feed has had no entry, and has had most of them under
// other ids: with the same title, and the same text or date at the same address.

const (
	// rematchRows is how many of a feed's newest articles unknown entries are
	// compared with, at least: a document rarely reaches back further.
	rematchRows = 200
	// telling is how long a text, in bytes, must be to say which article it is
	// without an address or a date.
	telling = 200
	// rematchTexts is how many texts entries are compared with, at most: where all
	// have one title, any may be any, and the document may be hostile.
	rematchTexts = 1000
)

// known counts the entries whose identity the feed has had.
func (l *Library) known(feed feeds.FeedID, entries []feeds.Entry) (n int, err error) {
	err = l.view(func(tx *bolt.Tx) error {
		n = 0
		for i := range entries {
			key := identityOf(feed, &entries[i])
			if tableOf(tx, bucketIdentities).Get(key[:]) != nil {
				n++
			}
		}
		return nil
	})
	return n, err
}

// rematch finds the articles that entries with loose ids are; nil unless the
// ids are loose.
func rematch(tx *bolt.Tx, bodies *bodyReader, f *feedSave, entries []keyedEntry) (map[identityKey]feeds.ArticleID, error) {
	if len(entries) == 0 {
		return nil, nil // most looks at a feed find nothing new, and need no look at its articles
	}
	if c, err := getCounters(tx, f.feed.ID); err != nil || c.total == 0 {
		return nil, err
	}
	known := tableOf(tx, bucketIdentities)
	for _, e := range entries {
		if known.Get(e.key[:]) != nil {
			return nil, nil
		}
	}
	titles, err := recentTitles(tx, f.feed.ID, max(rematchRows, 2*len(entries)))
	if err != nil || len(titles) == 0 {
		return nil, err
	}
	found := map[identityKey]feeds.ArticleID{}
	texts := 0
	for _, e := range entries {
		list := titles[e.Title]
		for i := range list {
			same, open := sameArticle(&list[i], e.Entry)
			if open && texts < rematchTexts {
				texts++
				body, err := bodies.body(list[i].ID)
				if err != nil {
					return nil, err
				}
				same = body.Text != "" && f.alike.ReadAlike(body.Text, e.Body.Text)
			}
			if same {
				found[e.key] = list[i].ID
				titles[e.Title] = append(list[:i:i], list[i+1:]...) // each is found once
				break
			}
		}
	}
	if len(found) == 0 || 2*len(found) < len(entries) {
		return nil, nil
	}
	return found, nil
}

// recentTitles are the newest articles of a feed by their titles.
func recentTitles(tx *bolt.Tx, feed feeds.FeedID, rows int) (map[string][]articleRecord, error) {
	var ids []feeds.ArticleID
	err := walk(tx, feeds.View{Kind: feeds.ViewFeed, Feed: feed}, newest(), true, func(p place) bool {
		ids = append(ids, p.id())
		return len(ids) < rows
	})
	if err != nil {
		return nil, err
	}
	titles := map[string][]articleRecord{}
	for _, id := range ids {
		a, ok, err := getArticle(tx, id)
		if err != nil {
			return nil, err
		}
		if ok && a.Title != "" {
			titles[a.Title] = append(titles[a.Title], a)
		}
	}
	return titles, nil
}

// sameArticle reports whether an entry of the same title is an article, or whether
// that is open until their texts are compared.
func sameArticle(a *articleRecord, e *feeds.Entry) (same, open bool) {
	sameDate := !e.Published.IsZero() && wholeSeconds(e.Published).Equal(a.Published)
	sameAddress := e.URL != "" && e.URL == a.URL
	same = sameAddress && sameDate
	return same, !same && (sameAddress || sameDate || len(e.Body.Text) >= telling)
}

// sameContent reports whether an entry says what is stored.
func sameContent(a *articleRecord, body feeds.Body, print [fingerprintWidth]byte) bool {
	return print == new(fingerprinter).fingerprint(&feeds.Entry{Title: a.Title, URL: a.URL, Author: a.Author, Language: a.Language, Body: body, Enclosures: a.Enclosures})
}
