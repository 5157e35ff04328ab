package refresh

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/clean"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/parse"
)

// read is one feed's way from URL to cleaned entries. It reads from top to
// bottom; each early return is a reason to do no more.
func (r *Refresher) read(ctx context.Context, s feeds.Subscription) reading {
	began := r.o.Clock()
	got := reading{subscription: s}
	got.fetched.Feed = feeds.Feed{ID: s.ID}
	got.outcome = feeds.Outcome{Feed: s.ID, URL: s.URL, Status: feeds.FetchFailed}
	defer func() { got.outcome.Took = r.o.Clock().Sub(began) }()

	result, err := r.o.Fetcher.Get(ctx, fetch.Request{URL: s.URL, ETag: s.ETag, LastModified: s.LastModified, Accept: acceptFeeds})
	if err != nil {
		got.fail(err, began, result.RetryAfter)
		return got
	}
	got.public = result.Public
	got.fetched.Feed.URL = result.Moved
	if result.NotModified {
		got.unchanged(result, began)
		return got
	}
	hash := bodyHash(result.Body)
	if hash == s.BodyHash {
		got.unchanged(result, began)
		return got
	}
	document, err := parse.Parse(result.Body, result.URL, result.ContentType)
	if err != nil {
		got.fail(notAFeed(s, err), began, 0)
		return got
	}
	got.describe(document, result)
	got.fetched.Entries = entries(document, result.URL)
	got.outcome.Status = feeds.FetchOK
	got.fetched.Health = feeds.Health{
		Status: feeds.FetchOK, LastFetch: began, NextFetch: began.Add(interval(result.MaxAge, document.TTL)),
		ETag: result.ETag, LastModified: result.LastModified, BodyHash: hash,
	}
	return got
}

const acceptFeeds = "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1"

// bodyHash never is 0, which stands for no document.
func bodyHash(body []byte) uint64 {
	h := fnv.New64a()
	h.Write(body)
	return max(h.Sum64(), 1)
}

// unchanged keeps the validators: those of a 304 if it sends them, else those
// that earned it.
func (got *reading) unchanged(result fetch.Result, now time.Time) {
	h := got.subscription.Health
	h.Status, h.Error, h.Failures = feeds.FetchNotModified, "", 0
	h.LastFetch, h.NextFetch = now, now.Add(interval(result.MaxAge, 0))
	if result.ETag != "" || result.LastModified != "" {
		h.ETag, h.LastModified = result.ETag, result.LastModified
	}
	got.fetched.Health = h
	got.outcome.Status = feeds.FetchNotModified
}

// fail records a failure and puts the next attempt off, further each time.
func (got *reading) fail(err error, now time.Time, retryAfter time.Duration) {
	got.outcome.Status, got.outcome.Error = feeds.FetchFailed, clean.Line(err.Error())
	got.noNetwork = errors.Is(err, fetch.ErrOffline)
	got.outcome.Offline = got.noNetwork || errors.Is(err, fetch.ErrNoHost)
	h := got.subscription.Health
	h.Status, h.Error, h.LastFetch = feeds.FetchFailed, got.outcome.Error, now
	h.Failures++
	h.NextFetch = now.Add(max(backoff(h.Failures, errors.Is(err, fetch.ErrGone)), min(retryAfter, maxInterval)))
	got.fetched.Health = h
}

func notAFeed(s feeds.Subscription, err error) error {
	if errors.Is(err, parse.ErrHTML) {
		return fmt.Errorf("%s now answers with a web page instead of a feed; open it in a browser, or add its new feed address", s.URL)
	}
	return fmt.Errorf("%s is not a feed that can be read (%w); its stored articles are kept", s.URL, err)
}

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
	got.hosts = []string{known.Site, site, result.URL, known.URL}
}
