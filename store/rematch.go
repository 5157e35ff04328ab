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
func rematch(tx *bolt.Tx, bodies *bodyReader, feed feeds.FeedID, entries []keyedEntry) (map[identityKey]feeds.ArticleID, error) {
	if len(entries) == 0 {
		return nil, nil // most looks at a feed find nothing new, and need no look at its articles
	}
	if c, err := getCounters(tx, feed); err != nil || c.total == 0 {
		return nil, err
	}
	known := tableOf(tx, bucketIdentities)
	for _, e := range entries {
		if known.Get(e.key[:]) != nil {
			return nil, nil
		}
	}
	titles, err := recentTitles(tx, feed, max(rematchRows, 2*len(entries)))
	if err != nil || len(titles) == 0 {
		return nil, err
	}
	found := map[identityKey]feeds.ArticleID{}
	for _, e := range entries {
		list := titles[e.Title]
		for i := range list {
			same, err := sameArticle(bodies, &list[i], e.Entry)
			if err != nil {
				return nil, err
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

// sameArticle reports whether an entry of the same title is an article.
func sameArticle(bodies *bodyReader, a *articleRecord, e *feeds.Entry) (bool, error) {
	sameDate := !e.Published.IsZero() && wholeSeconds(e.Published).Equal(a.Published)
	sameAddress := e.URL != "" && e.URL == a.URL
	switch {
	case sameAddress && sameDate:
		return true, nil
	case !sameAddress && !sameDate && len(e.Body.Text) < telling:
		return false, nil
	}
	body, err := bodies.body(a.ID)
	return body.Text != "" && feeds.ReadAlike(body.Text, e.Body.Text), err
}

// sameContent reports whether an entry says what is stored.
func sameContent(a *articleRecord, body feeds.Body, print [fingerprintWidth]byte) bool {
	return print == new(fingerprinter).fingerprint(&feeds.Entry{Title: a.Title, URL: a.URL, Author: a.Author, Language: a.Language, Body: body, Enclosures: a.Enclosures})
}
