package pages_test

import (
	"context"
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
	"broadsheet/feeds/refresh/pages"
	"broadsheet/store"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// world is a library with the keeper that fills it and the web it is filled from.
type world struct {
	t testing.TB
	*store.Library
	*pages.Keeper
	options pages.Options

	mu    sync.Mutex
	now   time.Time
	pages map[string]answer
	asked []fetch.Request
	wire  func(ctx context.Context, url string) // called before each answer; may be nil
	waits []time.Duration
}

type answer struct {
	body string
	kind string // media type; "" for HTML
	to   string // where it came from after redirects; "" for where it was asked for
	err  error
	cut  bool // only the beginning came
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, now: noon, pages: map[string]answer{}}
	library, err := store.Open(filepath.Join(t.TempDir(), "library.db"), store.Options{Clock: w.clock})
	if err != nil {
		t.Fatal(err)
	}
	w.Library = library
	t.Cleanup(func() {
		if problems, err := library.Check(); err != nil || len(problems) > 0 {
			t.Errorf("the library is not sound: %v, %q", err, problems)
		}
		if err := library.Close(); err != nil {
			t.Error(err)
		}
	})
	w.options = pages.Options{Library: library, Fetcher: w, Clock: w.clock, Wait: w.wait}
	w.Keeper = pages.New(w.options)
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// wait lets the clock go on instead of waiting.
func (w *world) wait(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
	w.waits = append(w.waits, d)
	return ctx.Err()
}

// Get answers from the map; every other robots.txt is not there.
func (w *world) Get(ctx context.Context, r fetch.Request) (fetch.Result, error) {
	if w.wire != nil {
		w.wire(ctx, r.URL)
	}
	if err := ctx.Err(); err != nil {
		return fetch.Result{}, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked = append(w.asked, r)
	a, ok := w.pages[r.URL]
	switch {
	case !ok:
		return fetch.Result{Status: 404}, failure(fetch.NotFound, 404)
	case a.err != nil:
		return fetch.Result{}, a.err
	}
	at := r.URL
	if a.to != "" {
		at = a.to
	}
	kind := "text/html; charset=utf-8"
	if a.kind != "" {
		kind = a.kind
	}
	result := fetch.Result{Status: 200, Body: []byte(a.body), URL: at, ContentType: kind, Public: true}
	if a.cut {
		result.Cut = failure(fetch.CutShort, 0)
	}
	return result, nil
}

func failure(kind fetch.Kind, status int) error { return &fetch.Error{Kind: kind, Status: status} }

// offline is what every request gets without a network.
var offline = failure(fetch.Offline, 0)

func (w *world) deny() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for url := range w.pages {
		w.pages[url] = answer{err: offline}
	}
	w.asked = nil
}

// feed subscribes to a feed and gives it articles with teasers, the newest first,
// each with a page of its own.
func (w *world) feed(host string, articles int) (feeds.Feed, []feeds.ArticleID) {
	w.t.Helper()
	added, err := w.AddFeeds([]feeds.Feed{{URL: "https://" + host + "/feed", Title: host, Outlet: host}})
	if err != nil {
		w.t.Fatal(err)
	}
	var entries []feeds.Entry
	for i := range articles {
		e := teaser(host, i)
		entries = append(entries, e)
		w.pages[e.URL] = answer{body: page(host, i)}
	}
	stored, err := w.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: added[0].ID}, Entries: entries}})
	if err != nil {
		w.t.Fatal(err)
	}
	ids := slices.Clone(stored[0].New)
	slices.Reverse(ids)
	return added[0], ids
}

func teaser(host string, i int) feeds.Entry {
	text := fmt.Sprintf("The quay of %s is closed, number %d says.", host, i)
	return feeds.Entry{
		Key: fmt.Sprint(i), URL: fmt.Sprintf("https://%s/news/%d", host, i), Title: fmt.Sprintf("Quay %d closed", i),
		Published: noon.Add(-time.Duration(i+1) * time.Hour), Words: 9, Excerpt: text, Body: feeds.Body{Markdown: text, Text: text},
	}
}

// page is an article's page among the usual furniture.
func page(host string, i int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "<html><head><title>Quay %d closed</title></head><body><nav><a href=/>%s</a></nav><main><article><h1>Quay %d closed</h1>", i, host, i)
	for p := range 6 {
		fmt.Fprintf(&b, "<p>Paragraph %d of article %d: the pumps emptied the cellars of the customs house before noon, and the harbour master said that the wall would be finished next year.</p>", p, i)
	}
	fmt.Fprintf(&b, "<img src=/img/%d.jpg alt=quay></article></main><footer>About us</footer></body></html>", i)
	return b.String()
}

// fetched are the addresses that were asked for, robots.txt left out.
func (w *world) fetched() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var list []string
	for _, r := range w.asked {
		if !strings.HasSuffix(r.URL, "/robots.txt") {
			list = append(list, r.URL)
		}
	}
	slices.Sort(list)
	return list
}

func (w *world) forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.asked, w.waits = nil, nil
}

func (w *world) whole(id feeds.ArticleID) feeds.Whole {
	w.t.Helper()
	got, err := w.Library.Whole(id)
	if err != nil {
		w.t.Fatal(err)
	}
	return got
}

// pack runs to the end and gives what became of each article.
func (w *world) pack(q pages.Request) (pages.Summary, map[feeds.ArticleID]pages.Outcome) {
	w.t.Helper()
	outcomes := map[feeds.ArticleID]pages.Outcome{}
	sum, err := w.Pack(w.t.Context(), q, func(e pages.Event) {
		if e.Kind == pages.EventArticle {
			outcomes[e.Outcome.Article] = e.Outcome
		}
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return sum, outcomes
}

// statuses are the statuses of some outcomes, sorted.
func statuses(outcomes map[feeds.ArticleID]pages.Outcome) string {
	var list []string
	for _, id := range slices.Sorted(maps.Keys(outcomes)) {
		list = append(list, fmt.Sprintf("%d %s", id, outcomes[id].Status))
	}
	return strings.Join(list, ", ")
}
