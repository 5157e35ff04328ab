package ui_test

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode"

	"broadsheet/feeds"
	"broadsheet/feeds/demo"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/refresh"
	"broadsheet/feeds/refresh/pages"
	"broadsheet/feeds/related"
	"broadsheet/store"
	"broadsheet/ui"
	"broadsheet/ui/settings"
	"broadsheet/ui/uitest"
)

// network is the sample newsroom until it is cut.
type network struct {
	http.RoundTripper
	cut   atomic.Bool
	asked atomic.Int32 // since then
}

func (n *network) RoundTrip(r *http.Request) (*http.Response, error) {
	if n.cut.Load() {
		n.asked.Add(1)
		return nil, errors.New("the network is cut")
	}
	return n.RoundTripper.RoundTrip(r)
}

// Everything is real but the network: the newsroom is fetched and packed, the
// network is cut, and whatever has the sign opens to its last word.
func TestWhatHasTheSignOpensWithTheNetworkCut(t *testing.T) {
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	library, err := store.Open(filepath.Join(t.TempDir(), "library.db"), store.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	defer library.Close()
	if _, err := library.AddFeeds(demo.Feeds()); err != nil {
		t.Fatal(err)
	}
	web := &network{RoundTripper: demo.Transport(now)}
	client := fetch.New(fetch.Options{Transport: web, Clock: clock})
	engine := related.New(library, clock)
	deps := ui.Deps{
		Library: library, Relater: engine, Settings: settings.Default(), Clock: clock, Version: "test",
		Refresher: refresh.New(refresh.Options{Library: library, Fetcher: client, Relater: engine, Clock: clock}),
		Pages: pages.New(pages.Options{
			Library: library, Fetcher: client, Relater: engine, Clock: clock,
			Wait: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
		}),
	}
	d := uitest.New(t, deps, 120, 40)
	d.Press("1", "j", "P") // what is unread of all
	d.Contains("articles can be read in full offline")

	web.cut.Store(true)
	d = uitest.New(t, deps, 120, 40)
	web.asked.Store(0) // a refresh may try
	d.Press("1", "j", "j", "j", "enter", "enter")
	items, err := library.Page(feeds.View{Kind: feeds.ViewAll}, feeds.Cursor{}, 1000, false)
	if err != nil {
		t.Fatal(err)
	}
	marked := 0
	for i, it := range items {
		if i > 0 {
			d.Press("J")
		}
		if it.Whole.Offline() {
			marked++
			opensWhole(t, d, library, it)
		}
	}
	if marked < 100 {
		t.Errorf("%d of %d articles have the sign", marked, len(items))
	}

	d.Press("esc", "esc", "g", "enter", "enter") // the front page, and what is related to its first story
	list, err := engine.Related(openArticle(t, library, d), 40)
	if err != nil || len(list) < 5 {
		t.Fatalf("%d related articles, %v", len(list), err)
	}
	signs := 0
	for range list {
		d.Press("]")
		it, err := library.Item(openArticle(t, library, d))
		if err != nil {
			t.Fatal(err)
		}
		if it.Whole.Offline() {
			signs++
			opensWhole(t, d, library, it)
		}
	}
	if signs < 5 {
		t.Errorf("%d related articles have the sign", signs)
	}
	if n := web.asked.Load(); n > 0 {
		t.Errorf("reading made %d requests", n)
	}
}

// openArticle is the one whose address stands below its text, cut if it is long.
func openArticle(t *testing.T, library *store.Library, d *uitest.Driver) feeds.ArticleID {
	t.Helper()
	d.Press("G")
	items, err := library.Page(feeds.View{Kind: feeds.ViewAll}, feeds.Cursor{}, 1000, false)
	if err != nil {
		t.Fatal(err)
	}
	screen := d.Screen()
	_, address, _ := strings.Cut(screen, "■ ")
	address, _, _ = strings.Cut(address, " ")
	part, cut := strings.CutSuffix(address, "…")
	for _, it := range items {
		if u := strings.TrimPrefix(it.URL, "https://"); address != "" && (u == address || cut && strings.HasPrefix(u, part)) {
			return it.ID
		}
	}
	t.Fatalf("no article is open:\n%s", screen)
	return 0
}

// opensWhole wants the last word of an article's text on the screen.
func opensWhole(t *testing.T, d *uitest.Driver, library *store.Library, it feeds.Item) {
	t.Helper()
	body, err := pages.Shown(library, it.ID)
	if err != nil {
		t.Fatal(err)
	}
	words := strings.FieldsFunc(body.Text, func(r rune) bool {
		return strings.ContainsRune(" \n.,:;!?()\"“”’'«»。，！？؟、」*_-–—/", r)
	})
	if len(words) == 0 {
		t.Fatalf("article %d has the sign and no text", it.ID)
	}
	d.Press("G")
	last := []rune(words[len(words)-1])
	if n := len(last) - 1; unicode.Is(unicode.Han, last[n]) {
		last = last[n:] // a line may end anywhere in it
	}
	if !strings.Contains(d.Screen(), string(last)) {
		t.Errorf("article %d, %q, does not open to its last word %q:\n%s", it.ID, it.Headline(), string(last), d.Screen())
	}
}
