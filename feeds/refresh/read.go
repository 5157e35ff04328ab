package refresh

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/clean"
	"broadsheet/feeds/discover"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/parse"
)

// readSafely is read, but that a fault of ours in reading one document costs the
// others nothing.
func (r *Refresher) readSafely(ctx context.Context, s feeds.Subscription) (got reading) {
	got = newReading(s)
	defer func() {
		if recover() != nil {
			release := got.release
			got = newReading(s)
			got.release = release
			got.fail(fmt.Errorf("%s brought up a fault in Broadsheet itself; please report its address", feeds.Shown(s.URL)), r.o.Clock(), 0)
		}
	}()
	r.read(ctx, s, &got)
	return got
}

// read is one feed's way from URL to cleaned entries. It reads from top to
// bottom; each early return is a reason to do no more.
func (r *Refresher) read(ctx context.Context, s feeds.Subscription, got *reading) {
	began := r.o.Clock()
	defer func() { got.outcome.Took = r.o.Clock().Sub(began) }()

	ask := fetch.Request{URL: s.URL, Accept: acceptFeeds, Large: r.room.large(got)}
	if !anew(s, began) {
		ask.ETag, ask.LastModified = s.ETag, s.LastModified
	}
	result, err := r.get(ctx, ask)
	if err != nil {
		got.fail(err, began, result.RetryAfter)
		return
	}
	leave, err := r.room.sit(ctx, got, int64(len(result.Body)))
	if err != nil {
		got.fail(err, began, 0)
		return
	}
	defer leave()
	got.public = result.Public
	if result.NotModified {
		got.unchanged(result, began)
		return
	}
	hash := bodyHash(result.Body)
	if hash == s.BodyHash && result.Cut == nil {
		got.unchanged(result, began)
		return
	}
	document, err := parse.Parse(result.Body, result.URL, result.ContentType)
	if err != nil {
		got.fail(notAFeed(s, result, err), began, 0)
		return
	}
	result.Body = nil // of a large document both forms together are more than need be held
	document.Entries, document.Missing = newestOf(document.Entries, document.Missing)
	got.describe(document, result)
	var known []feeds.Imprint
	if !anew(s, began) {
		known, err = r.o.Library.Imprints(s.ID)
	}
	if err == nil {
		got.entries(document, result.URL, known)
		err = r.sameFeed(got, document)
	}
	if err != nil {
		got.fetched = feeds.Fetched{Feed: feeds.Feed{ID: s.ID}}
		got.fail(err, began, 0)
		return
	}
	got.succeed(document, result, hash, began)
}

// anewEvery is how often a document is asked for as if it were new. Some servers
// answer for ever that nothing has changed.
const anewEvery = 7 * 24 * time.Hour

// anew says whether to ask for the whole document: of which no article is there,
// or once a week, each feed at another hour.
func anew(s feeds.Subscription, now time.Time) bool {
	offset := time.Duration(uint64(s.ID)*0x9e3779b97f4a7c15%uint64(anewEvery/time.Minute)) * time.Minute
	week := func(t time.Time) time.Time { return t.Add(offset).Truncate(anewEvery) }
	return s.Total == 0 || !week(s.LastFetch).Equal(week(now))
}

// get fetches, unless Find has just done so.
func (r *Refresher) get(ctx context.Context, ask fetch.Request) (fetch.Result, error) {
	if result, ok := r.found.take(ask.URL); ok {
		return result, nil
	}
	return r.o.Fetcher.Get(ctx, ask)
}

const acceptFeeds = "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1"

// bodyHash never is 0, which stands for no document.
func bodyHash(body []byte) uint64 { return max(feeds.Digest(body), 1) }

// describe sets what the subscription does not know of itself yet. Names the
// reader or an import gave are never overwritten.
func (got *reading) describe(d parse.Document, result fetch.Result) {
	f, known := &got.fetched.Feed, got.subscription.Feed
	title := clean.Title(d.Title)
	if known.Title == "" {
		f.Title = title
	}
	site, ok := clean.URL(d.Link, result.URL)
	if known.Site == "" && ok {
		f.Site = site
	}
	if known.Language == "" {
		f.Language = language(d.Language)
	}
	got.site = site
	got.hosts = []string{known.Site, site, result.URL, known.URL}
}

// notAFeed says why what came is no feed, and where it may be now.
func notAFeed(s feeds.Subscription, result fetch.Result, err error) error {
	switch {
	case result.Cut != nil:
		return result.Cut
	case len(bytes.TrimSpace(result.Body)) == 0:
		return fmt.Errorf("%s answers with nothing at all; its stored articles are kept, and it is tried again later", feeds.Shown(s.URL))
	case !errors.Is(err, parse.ErrHTML):
		return fmt.Errorf("%s is not a feed that can be read (%w); its stored articles are kept", feeds.Shown(s.URL), err)
	}
	for _, c := range discover.Feeds(result.Body, result.URL, result.ContentType) {
		if named, ok := clean.URL(c.URL, ""); ok && c.Declared && named != s.URL {
			return fmt.Errorf("%s now answers with a web page instead of a feed; the page names the feed %s, which broadsheet add subscribes to", feeds.Shown(s.URL), named)
		}
	}
	return fmt.Errorf("%s now answers with a web page instead of a feed; open it in a browser, or add its new feed address", feeds.Shown(s.URL))
}

// sameFeed makes sure that what came is still the feed it was. An address that
// was given up may be taken by somebody else, whose articles are not to appear
// under the old name. A feed that changes its title, its site or all its
// articles is itself; one that changes all three is another.
func (r *Refresher) sameFeed(got *reading, d parse.Document) error {
	s := got.subscription
	title, site := identityHashes(d, got)
	if s.TitleHash == 0 || s.SiteHash == 0 || title == 0 || site == 0 || s.TitleHash == title || s.SiteHash == site ||
		s.Total == 0 || len(got.fetched.Entries) == 0 || got.fetched.Same > 0 {
		return nil
	}
	known, err := r.o.Library.Known(s.ID, got.fetched.Entries)
	if err != nil || known > 0 {
		return err
	}
	return fmt.Errorf("%s now carries another feed, called %q: nothing of it was taken in; if you want it, remove this feed and add it anew",
		feeds.Shown(s.URL), clean.Title(d.Title))
}

// identityHashes are of a document's title and of the host of its web page; 0
// for what it does not have.
func identityHashes(d parse.Document, got *reading) (title, site uint64) {
	if t := strings.ToLower(clean.Title(d.Title)); t != "" {
		title = nameHash(t)
	}
	if h := host(got.site); h != "" {
		site = nameHash(h)
	}
	return title, site
}

func nameHash(name string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(name))
	return max(h.Sum64(), 1)
}
