package refresh_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/refresh"
	"broadsheet/feeds/related"
	"broadsheet/store"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// web answers requests from a map; it stands in for the network.
type web struct {
	mu     sync.Mutex
	pages  map[string]page
	asked  []fetch.Request
	before func(url string) // called before each answer
}

type page struct {
	body string
	etag string
	err  error

	answer fetch.Result // what else the server says
	public bool
}

func (w *web) Get(ctx context.Context, r fetch.Request) (fetch.Result, error) {
	if w.before != nil {
		w.before(r.URL)
	}
	if err := ctx.Err(); err != nil {
		return fetch.Result{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, r)
	p, ok := w.pages[r.URL]
	switch {
	case !ok:
		return fetch.Result{}, fmt.Errorf("%s does not exist", r.URL)
	case p.err != nil:
		return p.answer, p.err
	case p.etag != "" && r.ETag == p.etag:
		return fetch.Result{Status: 304, NotModified: true, URL: r.URL, Moved: p.answer.Moved, MaxAge: p.answer.MaxAge}, nil
	}
	a := p.answer
	a.Status, a.Body, a.URL, a.ETag, a.Public = 200, []byte(p.body), r.URL, p.etag, p.public
	return a, nil
}

func rss(title string, items ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0"?><rss version="2.0"><channel><title>%s</title><link>https://%s.example/</link>`, title, strings.ToLower(title))
	for i, item := range items {
		fmt.Fprintf(&b, `<item><title>%s</title><guid isPermaLink="false">%s-%d</guid><description>%s goes on and on.</description></item>`, item, title, i, item)
	}
	b.WriteString(`</channel></rss>`)
	return b.String()
}

type world struct {
	*testing.T
	library *store.Library
	web     *web
	now     time.Time
	events  []feeds.Event
}

func newWorld(t *testing.T, urls ...string) *world {
	w := &world{T: t, web: &web{pages: map[string]page{}}, now: noon}
	library, err := store.Open(filepath.Join(t.TempDir(), "library.db"), store.Options{Clock: w.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := library.Close(); err != nil {
			t.Error(err)
		}
	})
	w.library = library
	list := make([]feeds.Feed, len(urls))
	for i, url := range urls {
		list[i] = feeds.Feed{URL: url}
	}
	if _, err := library.AddFeeds(list); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) clock() time.Time { return w.now }

func (w *world) refresher(library refresh.Library) *refresh.Refresher {
	return refresh.New(refresh.Options{Library: library, Fetcher: w.web, Relater: related.New(w.library, w.clock), Clock: w.clock, Workers: 4})
}

func (w *world) run(ctx context.Context, force bool) feeds.Summary {
	w.Helper()
	w.events = nil
	sum, err := w.refresher(w.library).Run(ctx, refresh.Request{Force: force}, func(e feeds.Event) { w.events = append(w.events, e) })
	if err != nil {
		w.Fatal(err)
	}
	return sum
}

func (w *world) subscription(url string) feeds.Subscription {
	w.Helper()
	all, err := w.library.Subscriptions()
	if err != nil {
		w.Fatal(err)
	}
	i := slices.IndexFunc(all, func(s feeds.Subscription) bool { return s.URL == url })
	if i < 0 {
		w.Fatalf("no subscription to %s", url)
	}
	return all[i]
}

func (w *world) total() int {
	w.Helper()
	c, err := w.library.Count(feeds.View{Kind: feeds.ViewAll})
	if err != nil {
		w.Fatal(err)
	}
	return c.Total
}

const one, two = "https://one.example/rss", "https://two.example/rss"

func TestRefreshingTwiceAddsNothing(t *testing.T) {
	w := newWorld(t, one, two)
	w.web.pages[one] = page{body: rss("One", "Apples", "Pears"), etag: `"1"`}
	w.web.pages[two] = page{body: rss("Two", "Plums")} // sends no validators
	if sum := w.run(t.Context(), false); sum.New != 3 || sum.OK != 2 {
		t.Fatalf("first refresh: %+v", sum)
	}
	if sum := w.run(t.Context(), false); sum.Feeds != 0 {
		t.Errorf("a minute later %d feeds are due, want none", sum.Feeds)
	}
	w.now = noon.Add(time.Hour)
	if sum := w.run(t.Context(), false); sum.NotModified != 2 || sum.New != 0 {
		t.Errorf("an hour later: %+v, want both unchanged", sum)
	}
	if last := w.web.asked[len(w.web.asked)-2:]; !slices.ContainsFunc(last, func(r fetch.Request) bool { return r.ETag == `"1"` }) {
		t.Errorf("the validator was not sent back: %+v", last)
	}
	if s := w.subscription(one); s.Title != "One" || s.Outlet != "One" || s.Site != "https://one.example/" || s.ETag != `"1"` || s.Total != 2 {
		t.Errorf("the subscription is %+v", s)
	}
}

func TestAChangedArticleIsUpdatedInItsPlace(t *testing.T) {
	w := newWorld(t, one)
	w.web.pages[one] = page{body: rss("One", "Apples", "Pears")}
	w.run(t.Context(), true)
	w.web.pages[one] = page{body: rss("One", "Apples and nuts", "Pears", "Plums")}
	if sum := w.run(t.Context(), true); sum.New != 1 || sum.Updated != 1 {
		t.Errorf("%+v, want one new and one updated", sum)
	}
	found, err := w.library.Search("apples nuts", 1)
	if err != nil || len(found) != 1 {
		t.Fatalf("search finds %v, %v; want the edited article", found, err)
	}
	revisions, err := w.library.Revisions(found[0].ID)
	if err != nil || len(revisions) != 1 || revisions[0].Title != "Apples" {
		t.Errorf("revisions %+v, %v: want the first version", revisions, err)
	}
}

func TestAFeedThatFailsIsPutOffAndDisturbsNoOther(t *testing.T) {
	w := newWorld(t, one, two)
	w.web.pages[one] = page{body: rss("One", "Apples")}
	w.web.pages[two] = page{body: rss("Two", "Plums")}
	w.run(t.Context(), true)
	for i, broken := range []page{{err: errors.New("the server of two.example answers 500")}, {body: "<html><body>moved</body></html>"}, {body: "\x00\x01"}} {
		w.web.pages[two] = broken
		w.web.pages[one] = page{body: rss("One", "Apples", fmt.Sprint("News ", i))}
		if sum := w.run(t.Context(), true); sum.OK != 1 || sum.Failed != 1 || sum.Offline {
			t.Errorf("%+v, want one ok and one failed", sum)
		}
		s := w.subscription(two)
		if s.Status != feeds.FetchFailed || s.Error == "" || s.Total != 1 || s.Failures != i+1 || s.Due(w.now.Add(29*time.Minute)) {
			t.Errorf("the failing feed is %+v", s)
		}
	}
	w.web.pages[two] = page{body: rss("Two", "Plums", "Cherries")}
	w.run(t.Context(), true)
	if s := w.subscription(two); s.Status != feeds.FetchOK || s.Error != "" || s.Failures != 0 || s.Total != 2 {
		t.Errorf("once well it is %+v", s)
	}
}

func TestWithoutANetworkNoFeedIsBlamed(t *testing.T) {
	w := newWorld(t, one, two)
	w.web.pages[one] = page{body: rss("One", "Apples")}
	w.web.pages[two] = page{body: rss("Two", "Plums")}
	w.run(t.Context(), true)
	before := w.subscription(one)
	for _, url := range []string{one, two} {
		w.web.pages[url] = page{err: fmt.Errorf("there is no network: %w", fetch.ErrOffline)}
	}
	if sum := w.run(t.Context(), true); !sum.Offline || sum.Failed != 2 {
		t.Errorf("%+v, want offline", sum)
	}
	if after := w.subscription(one); after != before {
		t.Errorf("the feed's health changed from %+v to %+v", before, after)
	}
}

func TestAFeedThatCannotBeReachedWhileOthersCanHasFailed(t *testing.T) {
	w := newWorld(t, one, two)
	w.web.pages[one] = page{body: rss("One", "Apples"), public: true}
	w.web.pages[two] = page{err: fmt.Errorf("no road leads to two.example: %w", fetch.ErrOffline)}
	if sum := w.run(t.Context(), true); sum.Offline || sum.Failed != 1 {
		t.Errorf("%+v, want one failed and not offline", sum)
	}
	if s := w.subscription(two); s.Status != feeds.FetchFailed || s.Error == "" {
		t.Errorf("the feed is %+v, want it failed", s)
	}
}

func TestANameServiceThatKnowsNobodyIsNoNetwork(t *testing.T) {
	nobody := page{err: fmt.Errorf("no such server: %w", fetch.ErrNoHost)}
	const local = "http://localhost/rss"
	for name, c := range map[string]struct {
		pages   map[string]page
		offline bool
	}{
		"nobody at all":                    {map[string]page{one: nobody, two: nobody}, true},
		"nobody but a server on the table": {map[string]page{one: nobody, two: nobody, local: {body: rss("Local", "Plums")}}, true},
		"one host alone":                   {map[string]page{one: nobody}, false},
		"one, while another answers":       {map[string]page{one: nobody, two: {body: rss("Two", "Plums"), public: true}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, slices.Collect(maps.Keys(c.pages))...)
			w.web.pages = c.pages
			sum := w.run(t.Context(), true)
			if sum.Offline != c.offline || (w.subscription(one).Status == feeds.FetchFailed) == c.offline {
				t.Errorf("%+v, and the feed is %s; want offline %t", sum, w.subscription(one).Status, c.offline)
			}
		})
	}
}

func TestFeedsThatAreAlmostDueAreFetchedToo(t *testing.T) {
	w := newWorld(t, one)
	w.web.pages[one] = page{body: rss("One", "Apples")}
	w.run(t.Context(), false)
	w.now = noon.Add(29 * time.Minute) // whoever looks each half hour looked a little earlier than it was fetched
	if sum := w.run(t.Context(), false); sum.Feeds != 1 {
		t.Errorf("%+v, want the feed fetched", sum)
	}
	w.now = w.now.Add(20 * time.Minute)
	if sum := w.run(t.Context(), false); sum.Feeds != 0 {
		t.Errorf("%+v, want nothing due", sum)
	}
}

func TestAPageOnTheWebDoesNotSendUsIntoAPrivateNetwork(t *testing.T) {
	w := newWorld(t)
	w.web.pages["https://site.example"] = page{public: true, body: `<html><head><link rel="alternate" type="application/rss+xml" href="` + one + `"></head></html>`}
	w.web.pages[one] = page{body: rss("One", "Apples")}
	if _, err := w.refresher(w.library).Find(t.Context(), "site.example"); err != nil {
		t.Fatal(err)
	}
	if last := w.web.asked[len(w.web.asked)-1]; last.URL != one || !last.PublicOnly {
		t.Errorf("the feed was asked for with %+v, want only public addresses", last)
	}
}

// fullDisk stands for a library that cannot write.
type fullDisk struct {
	*store.Library
	saved, related error
}

func (d *fullDisk) SaveFetched(batch []feeds.Fetched) ([]feeds.Stored, error) {
	if d.saved != nil {
		return nil, d.saved
	}
	return d.Library.SaveFetched(batch)
}

func (d *fullDisk) SaveRelations(r feeds.Relations, c []feeds.IndexChange, through feeds.ArticleID) error {
	if d.related != nil {
		return d.related
	}
	return d.Library.SaveRelations(r, c, through)
}

func TestValidatorsAreKeptOnlyWithTheArticles(t *testing.T) {
	w := newWorld(t, one)
	w.web.pages[one] = page{body: rss("One", "Apples"), etag: `"1"`}
	disk := &fullDisk{Library: w.library, saved: errors.New("the disk is full")}
	if _, err := w.refresher(disk).Run(t.Context(), refresh.Request{}, nil); err == nil || err.Error() != "the disk is full" {
		t.Errorf("the run ended with %v, want the library's error", err)
	}
	if s := w.subscription(one); s.ETag != "" || !s.Due(w.now) {
		t.Errorf("the feed is %+v, want nothing kept", s)
	}
	if sum := w.run(t.Context(), false); sum.New != 1 {
		t.Errorf("with room again: %+v, want the article", sum)
	}
}

func TestStoppingKeepsWhatCame(t *testing.T) {
	urls := make([]string, 40)
	w := newWorld(t)
	for i := range urls {
		urls[i] = fmt.Sprintf("https://n%02d.example/rss", i)
		w.web.pages[urls[i]] = page{body: rss(fmt.Sprintf("N%02d", i), fmt.Sprint("News ", i))}
	}
	list := make([]feeds.Feed, len(urls))
	for i, url := range urls {
		list[i].URL = url
	}
	if _, err := w.library.AddFeeds(list); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	w.web.before = func(url string) {
		if url > urls[9] { // the others are slower
			<-ctx.Done()
		}
	}
	var ended bool
	sum, err := w.refresher(w.library).Run(ctx, refresh.Request{}, func(e feeds.Event) {
		if e.Kind == feeds.EventFeed && e.Done == 3 {
			stop()
		}
		ended = ended || e.Kind == feeds.EventEnded
	})
	if err != nil || !sum.Stopped || !ended {
		t.Fatalf("%+v, %v, ended %t: want a stopped run without error", sum, err, ended)
	}
	if sum.Feeds < 3 || sum.Feeds == 40 || w.total() != sum.New {
		t.Errorf("%+v with %d articles kept", sum, w.total())
	}
	if rest := w.run(t.Context(), false); rest.New != 40-sum.New || w.total() != 40 {
		t.Errorf("the rest brought %d, %d in all; want 40 in all", rest.New, w.total())
	}
}

func TestEventsCountUpAndEndWithTheSummary(t *testing.T) {
	w := newWorld(t, one, two)
	w.web.pages[one] = page{body: rss("One", "Apples")}
	sum := w.run(t.Context(), true)
	if first := w.events[0]; first.Kind != feeds.EventStarted || first.Total != 2 {
		t.Errorf("first event %+v", first)
	}
	if last := w.events[len(w.events)-1]; last.Kind != feeds.EventEnded || last.Summary != sum {
		t.Errorf("last event %+v, want the summary %+v", last, sum)
	}
	outcomes := map[string]feeds.FetchStatus{}
	done := 0
	for _, e := range w.events {
		if e.Kind == feeds.EventFeed {
			done++
			outcomes[e.Outcome.URL] = e.Outcome.Status
			if e.Done != done {
				t.Errorf("event %+v, want %d done", e, done)
			}
		}
	}
	if want := map[string]feeds.FetchStatus{one: feeds.FetchOK, two: feeds.FetchFailed}; !maps.Equal(outcomes, want) {
		t.Errorf("outcomes %v, want %v", outcomes, want)
	}
}

func TestFind(t *testing.T) {
	w := newWorld(t)
	w.web.pages = map[string]page{
		one:                          {body: rss("One", "Apples")},
		"https://site.example":       {body: `<html><head><link rel="alternate" type="application/rss+xml" href="https://gone.example/rss"><link rel="alternate" type="application/rss+xml" href="` + one + `"></head></html>`},
		"https://bare.example":       {body: `<html><head><title>x</title></head><body>nothing</body></html>`},
		"https://dead.example":       {body: `<html><head><link rel="alternate" type="application/rss+xml" href="https://gone.example/rss"></head></html>`},
		"https://words.example/text": {body: "just words"},
	}
	r := w.refresher(w.library)
	for _, address := range []string{one, "one.example/rss", "site.example"} {
		if f, err := r.Find(t.Context(), address); err != nil || f.URL != one || f.Title != "One" {
			t.Errorf("Find(%s) = %+v, %v", address, f, err)
		}
	}
	for address, want := range map[string]string{
		"bare.example": "names no feed", "dead.example": "no feed that it names can be read: https://gone.example/rss ", "words.example/text": "neither a feed nor a web page", "gone.example": "does not exist", "ftp://x": "only http",
	} {
		if _, err := r.Find(t.Context(), address); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Find(%s): %v, want an error that says %q", address, err, want)
		}
	}
}
