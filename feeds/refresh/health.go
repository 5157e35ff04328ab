package refresh

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/clean"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/parse"
)

// What becomes of a feed's health after each way a fetch can end.

// succeed takes over what a document that was read says of the feed. One of
// which only the beginning came is asked for again as if it were new.
func (got *reading) succeed(d parse.Document, result fetch.Result, hash uint64, now time.Time) {
	got.outcome.Status = feeds.FetchOK
	h := got.subscription.Health
	h.Status, h.LastFetch, h.Error, h.Failures = feeds.FetchOK, now, "", 0
	h.ETag, h.LastModified, h.BodyHash = result.ETag, result.LastModified, hash
	h.TitleHash, h.SiteHash = identityHashes(d, got)
	if result.Cut != nil {
		h.ETag, h.LastModified, h.BodyHash = "", "", 0
		h.Error = clean.Line(cutShort(result.Cut, got.came()))
	}
	if d.Missing != "" && result.Cut == nil {
		h.Error = clean.Line(inPart(feeds.Shown(got.subscription.URL), d.Missing, got.came()))
	}
	got.outcome.Error = h.Error
	h.Every, h.Skip = d.TTL, d.Skip
	got.settle(h, result, now)
}

// unchanged keeps the validators: those of a 304 if it sends them, else those
// that earned it.
func (got *reading) unchanged(result fetch.Result, now time.Time) {
	h := got.subscription.Health
	if h.Status == feeds.FetchFailed { // what is said of the document itself stays true
		h.Error = ""
	}
	h.Status, h.Failures = feeds.FetchNotModified, 0
	h.LastFetch = now
	if result.ETag != "" || result.LastModified != "" {
		h.ETag, h.LastModified = result.ETag, result.LastModified
	}
	got.outcome.Status = feeds.FetchNotModified
	got.settle(h, result, now)
}

// settle plans the next fetch of a feed that is well, and follows it where it
// has moved for good.
func (got *reading) settle(h feeds.Health, result fetch.Result, now time.Time) {
	h.Wait, h.Gone = time.Time{}, false
	h.NextFetch = h.Skip.Next(now.Add(interval(result.MaxAge, h.Every)))
	switch {
	case result.Moved == "" || strings.HasPrefix(got.subscription.URL, "https:") && !strings.HasPrefix(result.Moved, "https:"):
		h.Moved, h.MovedTimes = "", 0
	case result.Moved != h.Moved:
		h.Moved, h.MovedTimes = result.Moved, 1
	default:
		h.MovedTimes++
	}
	if h.MovedTimes >= movesAfter {
		got.fetched.Feed.URL = h.Moved
		h.Moved, h.MovedTimes = "", 0
	}
	got.fetched.Health = h
}

// movesAfter is how many times in a row a permanent redirect must lead to the
// same working feed until its address is changed for good: a hotel's login page
// or a slip in a server's settings says 301 too.
const movesAfter = 3

// fail records a failure and puts the next attempt off, further each time.
func (got *reading) fail(err error, now time.Time, retryAfter time.Duration) {
	got.outcome.Status, got.outcome.Error = feeds.FetchFailed, clean.Line(err.Error())
	got.noNetwork = errors.Is(err, fetch.ErrOffline)
	got.outcome.Offline = got.noNetwork || errors.Is(err, fetch.ErrNoHost)
	h := got.subscription.Health
	h.Status, h.Error = feeds.FetchFailed, got.outcome.Error
	if f := (*fetch.Error)(nil); errors.As(err, &f) && f.Kind == fetch.Resting {
		// It was not asked, for what others of its host were told: when the
		// host is asked again, it is the first.
		h.Wait = now.Add(min(retryAfter, maxInterval))
		h.NextFetch = h.Wait
		got.fetched.Health = h
		return
	}
	h.LastFetch = now
	h.Moved, h.MovedTimes = "", 0
	h.Failures++
	h.Gone = errors.Is(err, fetch.ErrGone)
	h.Wait = time.Time{}
	if retryAfter > 0 {
		h.Wait = now.Add(min(retryAfter, maxInterval))
	}
	h.NextFetch = time.Time{}
	if !h.Gone {
		h.NextFetch = latest(now.Add(backoff(h.Failures, uint64(got.subscription.ID))), h.Wait)
	}
	got.fetched.Health = h
}

func latest(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// cutShort says what was made of a document that broke off. The cause is a
// sentence already: what could not be fetched, why, and what to do.
func cutShort(cause error, kept int) string {
	return fmt.Sprintf("%v; the %s before that were taken in", cause, articles(kept))
}

// inPart says what was made of a document of which something could not be read.
func inPart(url, missing string, kept int) string {
	return fmt.Sprintf("%s can be read only in part (%s); %s were taken in", url, missing, articles(kept))
}

func articles(n int) string {
	if n == 1 {
		return "1 article"
	}
	return fmt.Sprintf("%d articles", n)
}
