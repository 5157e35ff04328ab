package newsworld_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime/pprof"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/refresh"
	"broadsheet/feeds/related"
	"broadsheet/store"
	"broadsheet/ui"
	"broadsheet/ui/uitest"
	"broadsheet/ui/uitest/newsworld"
)

// These are for profiles of what a reader does all day, with everything real but
// the terminal: the feeds are fetched over loopback. What is measured is labelled,
// to be told from what makes the world ready; BENCHMARKS.md tells how.

var today = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return today }

const (
	perFeed = 50
	fresh   = 3   // new articles of a feed in a refresh that finds some
	updates = 200 // how many such refreshes there is news for
)

// office serves feeds of a world, every document made already.
type office struct {
	b     *testing.B
	feeds int
	*httptest.Server
}

func newOffice(b *testing.B, feeds int) *office {
	world := newsworld.World{Seed: 1, Feeds: feeds, PerDay: 4 * feeds, Articles: feeds * (perFeed + fresh*updates), End: today.Add(fresh * updates * 6 * time.Hour)}
	o := &office{b, feeds, httptest.NewServer(world.Handler(perFeed, fresh*updates))}
	b.Cleanup(o.Close)
	o.prepare()
	return o
}

// prepare has every document made.
func (o *office) prepare() {
	for i := range o.feeds {
		o.send(http.Get(fmt.Sprintf("%s/feed/%d", o.URL, i)))
	}
}

func (o *office) advance() {
	o.send(http.Post(fmt.Sprintf("%s/advance?new=%d", o.URL, fresh), "", nil))
	o.prepare()
}

func (o *office) send(r *http.Response, err error) {
	if err != nil {
		o.b.Fatal(err)
	}
	if err := r.Body.Close(); err != nil {
		o.b.Fatal(err)
	}
}

// subscribe opens a library with all the feeds.
func (o *office) subscribe(file string) *store.Library {
	library, err := store.Open(file, store.Options{Clock: clock})
	if err != nil {
		o.b.Fatal(err)
	}
	var list []feeds.Feed
	for i := range o.feeds {
		list = append(list, feeds.Feed{URL: fmt.Sprintf("%s/feed/%d", o.URL, i), Folder: fmt.Sprint("Folder ", i%12)})
	}
	if _, err := library.AddFeeds(list); err != nil {
		o.b.Fatal(err)
	}
	return library
}

// expect refreshes all feeds and wants so many new articles.
func (o *office) expect(library *store.Library, articles int) {
	r := refresh.New(refresh.Options{
		Library: library, Fetcher: fetch.New(fetch.Options{Clock: clock}), Relater: related.New(library, clock), Clock: clock,
	})
	summary, err := r.Run(context.Background(), refresh.Request{Force: true}, func(feeds.Event) {})
	if err != nil || summary.Failed > 0 || summary.New != articles {
		o.b.Fatalf("%d feeds failed and %d articles are new, %v", summary.Failed, summary.New, err)
	}
}

// measured labels what a profile is to show.
func measured(do func()) {
	pprof.Do(context.Background(), pprof.Labels("part", "measured"), func(context.Context) { do() })
}

func (o *office) close(library *store.Library) {
	if err := library.Close(); err != nil {
		o.b.Fatal(err)
	}
}

// sizes runs a benchmark with 100 and with 500 feeds.
func sizes(b *testing.B, run func(*testing.B, *office)) {
	for _, n := range []int{100, 500} {
		b.Run(fmt.Sprint(n, "-feeds"), func(b *testing.B) { run(b, newOffice(b, n)) })
	}
}

func BenchmarkColdRefresh(b *testing.B) {
	sizes(b, func(b *testing.B, o *office) {
		for b.Loop() {
			b.StopTimer()
			library := o.subscribe(filepath.Join(b.TempDir(), "library.db"))
			b.StartTimer()
			measured(func() { o.expect(library, o.feeds*perFeed) })
			b.StopTimer()
			o.close(library)
			b.StartTimer()
		}
	})
}

func BenchmarkWarmRefresh(b *testing.B) {
	sizes(b, func(b *testing.B, o *office) {
		library := o.subscribe(filepath.Join(b.TempDir(), "library.db"))
		defer o.close(library)
		o.expect(library, o.feeds*perFeed)
		for b.Loop() {
			measured(func() { o.expect(library, 0) })
		}
	})
}

func BenchmarkRefreshWithNews(b *testing.B) {
	sizes(b, func(b *testing.B, o *office) {
		library := o.subscribe(filepath.Join(b.TempDir(), "library.db"))
		defer o.close(library)
		o.expect(library, o.feeds*perFeed)
		for b.Loop() {
			b.StopTimer()
			o.advance()
			b.StartTimer()
			measured(func() { o.expect(library, o.feeds*fresh) })
		}
	})
}

// shelf is a library of 5,000 articles, closed.
func shelf(b *testing.B) string {
	o := newOffice(b, 100)
	file := filepath.Join(b.TempDir(), "library.db")
	library := o.subscribe(file)
	o.expect(library, o.feeds*perFeed)
	o.close(library)
	return file
}

func open(b *testing.B, file string) (*store.Library, ui.Deps) {
	library, err := store.Open(file, store.Options{Clock: clock})
	if err != nil {
		b.Fatal(err)
	}
	deps := uitest.Deps(&uitest.Library{})
	deps.Library, deps.Relater, deps.Clock = library, related.New(library, clock), clock
	return library, deps
}

// BenchmarkStart opens a library and goes on until the first screen is whole,
// with a preview and what is related to it.
func BenchmarkStart(b *testing.B) {
	file := shelf(b)
	for b.Loop() {
		var library *store.Library
		measured(func() {
			var deps ui.Deps
			library, deps = open(b, file)
			uitest.New(b, deps, 120, 40).Contains("stories", "Coverage")
		})
		b.StopTimer()
		if err := library.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// BenchmarkReading is some reading: the next story, its text, two of its related
// articles and why they are, how the outlets tell it, a search.
func BenchmarkReading(b *testing.B) {
	library, deps := open(b, shelf(b))
	defer func() {
		if err := library.Close(); err != nil {
			b.Error(err)
		}
	}()
	d := uitest.New(b, deps, 120, 40)
	for i := 0; b.Loop(); i++ {
		measured(func() {
			d.Press("j", "enter", "space", "space", "]", "w", "]", "w", "c", "esc", "T", "esc", "q", "q")
			if i%10 == 9 {
				d.Press("/")
				d.Type("council")
				d.Press("enter", "q", "g")
			}
		})
	}
}
