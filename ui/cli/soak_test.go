package cli_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/refresh"
	"broadsheet/feeds/related"
	"broadsheet/store"
)

// soak is how many refreshes TestSoak makes; a proper one is 10,000.
var soak = flag.Int("soak", 90, "refreshes of the soak test")

// wire answers every request with a document in which the latest entries of a
// feed stand, some of them changed since the last time.
type wire struct{ now time.Time }

const (
	soakFeeds = 3
	soakStep  = 4 * time.Hour // between refreshes, in each of which a feed has one new entry
	soakItems = 20
)

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	latest := int(w.now.Unix() / int64(soakStep/time.Second))
	random := rand.New(rand.NewPCG(uint64(latest), uint64(len(r.URL.Path))))
	var b strings.Builder
	fmt.Fprintf(&b, `<rss version="2.0"><channel><title>Wire %s</title>`, r.URL.Path)
	for n := latest; n > latest-soakItems; n-- {
		words := rand.New(rand.NewPCG(uint64(n), 1))
		fmt.Fprintf(&b, `<item><guid isPermaLink="false">%s-%d</guid><pubDate>%s</pubDate><title>Event %d`, r.URL.Path, n, time.Unix(int64(n)*int64(soakStep/time.Second), 0).UTC().Format(time.RFC1123Z), n)
		if random.IntN(40) == 0 {
			fmt.Fprintf(&b, ` and what came of it in %d`, latest)
		}
		fmt.Fprint(&b, `</title><description>`)
		for range 80 {
			fmt.Fprintf(&b, "word%d ", words.IntN(4000))
		}
		fmt.Fprint(&b, `</description></item>`)
	}
	b.WriteString(`</channel></rss>`)
	return &http.Response{
		StatusCode: http.StatusOK, Request: r, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{"Content-Type": {"application/rss+xml"}}, Body: io.NopCloser(strings.NewReader(b.String())), ContentLength: int64(b.Len()),
	}, nil
}

// usage is what a program that runs for years must not take more and more of.
type usage struct {
	goroutines, files, names, articles int
	heap, disk                         int64
}

func (u usage) String() string {
	return fmt.Sprintf("%d goroutines, %d open files, %d names beside the library, %d articles, %d KB of memory, %d KB on disk",
		u.goroutines, u.files, u.names, u.articles, u.heap>>10, u.disk>>10)
}

func measure(t *testing.T, l *store.Library, path string) usage {
	t.Helper()
	for range 2 {
		runtime.GC()
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	u := usage{goroutines: runtime.NumGoroutine(), heap: int64(m.HeapAlloc)}
	if open, err := os.ReadDir("/proc/self/fd"); err == nil { // elsewhere they are not counted
		u.files = len(open)
	}
	names, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	u.names = len(names)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	u.disk = info.Size()
	c, err := l.Count(feeds.View{Kind: feeds.ViewAll})
	if err != nil {
		t.Fatal(err)
	}
	u.articles = c.Total
	return u
}

// Refreshes without end, with articles that come, change, are read and leave,
// take no more at the end than in the middle.
func TestSoak(t *testing.T) {
	w := &wire{now: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return w.now }
	path := filepath.Join(t.TempDir(), "library.db")
	l, err := store.Open(path, store.Options{Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	for i := range soakFeeds {
		if _, err := l.AddFeeds([]feeds.Feed{{URL: fmt.Sprintf("https://wire%d.example/%s", i, strings.Repeat("x", i+1))}}); err != nil {
			t.Fatal(err)
		}
	}
	ctx := context.Background()
	fetcher := fetch.New(fetch.Options{Transport: w, Clock: clock})
	refresher := refresh.New(refresh.Options{Library: l, Fetcher: fetcher, Relater: related.New(l, clock), Clock: clock})
	u := feeds.Upkeep{Keep: func(feeds.Feed) time.Duration { return 3 * 24 * time.Hour }, Backups: 3, Patient: true}
	var middle usage
	total := 0
	for i := range *soak {
		sum, err := refresher.Run(ctx, refresh.Request{Force: true}, func(feeds.Event) {})
		if err != nil || sum.Failed > 0 {
			t.Fatalf("refresh %d: %+v, %v", i, sum, err)
		}
		total += sum.New
		if _, err := l.MarkRead(feeds.View{Kind: feeds.ViewUnread}); err != nil {
			t.Fatal(err)
		}
		if err := l.Tend(ctx, u); err != nil {
			t.Fatal(err)
		}
		if i == *soak/2 {
			middle = measure(t, l, path)
		}
		w.now = w.now.Add(soakStep)
	}
	end := measure(t, l, path)
	t.Logf("in the middle: %v", middle)
	t.Logf("at the end:    %v; %d articles came in %d refreshes", end, total, *soak)
	if want := soakFeeds * (soakItems + *soak - 1); total != want {
		t.Errorf("%d articles came, want each of %d once", total, want)
	}
	if end.goroutines > middle.goroutines || end.files > middle.files || end.names > middle.names || end.articles > middle.articles+soakFeeds*soakItems {
		t.Errorf("the end takes more than the middle")
	}
	if end.heap > middle.heap+middle.heap/5+4<<20 {
		t.Errorf("memory has grown")
	}
	if end.disk > middle.disk+middle.disk/2+4<<20 {
		t.Errorf("the file has grown")
	}
	if problems, err := l.Check(); err != nil || len(problems) > 0 {
		t.Errorf("%v, %q", err, problems)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}
