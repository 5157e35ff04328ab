package pages_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/refresh/pages"
)

var unread = feeds.View{Kind: feeds.ViewUnread}

func TestPackingFetchesWhatIsUnreadOnceAndOnlyOnce(t *testing.T) {
	w := newWorld(t)
	_, a := w.feed("a.example", 3)
	_, b := w.feed("b.example", 2)
	yes := true
	if _, err := w.SetStatus([]feeds.ArticleID{a[1]}, feeds.StatusChange{Read: &yes}); err != nil {
		t.Fatal(err)
	}
	w.pages["https://b.example/news/1"] = answer{err: failure(fetch.NotFound, 404)}
	sum, outcomes := w.pack(pages.Request{View: unread})
	if want := "1 stored, 3 stored, 4 none, 5 stored"; statuses(outcomes) != want {
		t.Errorf("got %s, want %s", statuses(outcomes), want)
	}
	if sum.Articles != 4 || sum.Stored != 3 || sum.None != 1 || sum.Readable() != 3 || sum.Bytes == 0 || sum.Full || sum.Stopped || sum.Offline {
		t.Errorf("summary %+v", sum)
	}
	if o := outcomes[b[0]]; o.Words < 100 || o.Bytes == 0 || o.Error != "" || o.Related {
		t.Errorf("outcome %+v", o)
	}
	if o := outcomes[b[1]]; !strings.Contains(o.Error, "404") {
		t.Errorf("outcome %+v", o)
	}
	w.forget()
	sum, outcomes = w.pack(pages.Request{View: unread})
	if got := w.fetched(); len(got) > 0 {
		t.Errorf("the second time %v are fetched", got)
	}
	if want := "1 kept, 3 kept, 4 none, 5 kept"; statuses(outcomes) != want || sum.Kept != 3 || outcomes[b[1]].Error == "" {
		t.Errorf("the second time %s, %+v", statuses(outcomes), sum)
	}
}

func TestOneAddressIsFetchedOnceForAllItsArticles(t *testing.T) {
	w := newWorld(t)
	w.feed("a.example", 1)
	other, _ := w.feed("mirror.example", 0)
	same := teaser("a.example", 0)
	if _, err := w.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: other.ID}, Entries: []feeds.Entry{same}}}); err != nil {
		t.Fatal(err)
	}
	_, outcomes := w.pack(pages.Request{View: unread})
	if statuses(outcomes) != "1 stored, 2 stored" || len(w.fetched()) != 1 {
		t.Errorf("%s after %v", statuses(outcomes), w.fetched())
	}
	if w.whole(1).Body != w.whole(2).Body {
		t.Error("the two have different texts")
	}
}

// related says which articles belong to which.
type related map[feeds.ArticleID][]feeds.ArticleID

func (r related) Related(id feeds.ArticleID, limit int) ([]feeds.Related, error) {
	var list []feeds.Related
	for _, other := range r[id] {
		list = append(list, feeds.Related{Article: other})
	}
	return list[:min(limit, len(list))], nil
}

func TestWhatIsRelatedComesAlong(t *testing.T) {
	w := newWorld(t)
	_, ids := w.feed("a.example", 4)
	w.options.Relater = related{ids[0]: {ids[2], ids[1]}, ids[1]: {ids[3]}}
	w.Keeper = pages.New(w.options)
	_, outcomes := w.pack(pages.Request{Articles: ids[:1], Related: true})
	if len(outcomes) != 3 || outcomes[ids[0]].Related || !outcomes[ids[1]].Related || !outcomes[ids[2]].Related {
		t.Errorf("got %+v", outcomes)
	}
	_, outcomes = w.pack(pages.Request{Articles: ids[:1]})
	if len(outcomes) != 1 {
		t.Errorf("without: %+v", outcomes)
	}
}

func TestRobotsTxt(t *testing.T) {
	const url = "https://a.example/robots.txt"
	for name, c := range map[string]struct {
		robots answer
		want   string
	}{
		"allows":                {answer{body: "User-agent: *\nDisallow: /private/"}, "1 stored, 2 stored"},
		"forbids one":           {answer{body: "User-agent: *\nDisallow: /news/1"}, "1 skipped, 2 stored"},
		"forbids others":        {answer{body: "User-agent: Broadsheet\nAllow: /\n\nUser-agent: *\nDisallow: /"}, "1 stored, 2 stored"},
		"forbids us":            {answer{body: "User-agent: broadsheet\nDisallow: /"}, "1 skipped, 2 skipped"},
		"is not there":          {answer{err: failure(fetch.NotFound, 404)}, "1 stored, 2 stored"},
		"is denied":             {answer{err: failure(fetch.Denied, 403)}, "1 stored, 2 stored"},
		"cannot be had":         {answer{err: failure(fetch.ServerFault, 503)}, "1 skipped, 2 skipped"},
		"does not come":         {answer{err: failure(fetch.TimedOut, 0)}, "1 skipped, 2 skipped"},
		"is asked too often":    {answer{err: failure(fetch.Busy, 429)}, "1 skipped, 2 skipped"},
		"runs round in circles": {answer{err: failure(fetch.TooManyRedirects, 302)}, "1 stored, 2 stored"},
	} {
		w := newWorld(t)
		_, ids := w.feed("a.example", 2)
		w.pages[url] = c.robots
		_, outcomes := w.pack(pages.Request{View: unread})
		if statuses(outcomes) != c.want {
			t.Errorf("%s: %s, want %s", name, statuses(outcomes), c.want)
		}
		asked := 0
		for _, r := range w.asked {
			if r.URL == url {
				asked++
			}
		}
		if asked != 1 {
			t.Errorf("%s: robots.txt is asked for %d times", name, asked)
		}
		if o := outcomes[ids[1]]; o.Status == pages.Skipped && (o.Error == "" || w.whole(ids[1]).State != feeds.WholeUnknown) {
			t.Errorf("%s: %+v, noted %+v", name, o, w.whole(ids[1]))
		}
		// A person may have a page that programs may not.
		if got, err := w.Keeper.Whole(t.Context(), ids[1]); err != nil || got.State != feeds.WholeHere {
			t.Errorf("%s: asked by a person: %+v, %v", name, got, err)
		}
	}
}

func TestRobotsTxtHoldsForADay(t *testing.T) {
	w := newWorld(t)
	_, ids := w.feed("a.example", 3)
	w.pages["https://a.example/robots.txt"] = answer{body: "User-agent: *\nDisallow: /"}
	w.pack(pages.Request{Articles: ids[:1]})
	w.pages["https://a.example/robots.txt"] = answer{body: ""}
	if _, o := w.pack(pages.Request{Articles: ids[1:2]}); o[ids[1]].Status != pages.Skipped {
		t.Errorf("within a day: %+v", o)
	}
	w.now = w.now.Add(24 * time.Hour)
	if _, o := w.pack(pages.Request{Articles: ids[1:2]}); o[ids[1]].Status != pages.Stored {
		t.Errorf("a day later: %+v", o)
	}
}

func TestWhereARedirectLeadsIsAskedToo(t *testing.T) {
	w := newWorld(t)
	_, ids := w.feed("a.example", 1)
	w.pages["https://a.example/news/0"] = answer{body: page("b.example", 0), to: "https://b.example/news/0"}
	w.pages["https://b.example/robots.txt"] = answer{body: "User-agent: *\nDisallow: /news"}
	if _, o := w.pack(pages.Request{View: unread}); o[ids[0]].Status != pages.Skipped || w.whole(ids[0]).State != feeds.WholeUnknown {
		t.Errorf("got %+v, noted %+v", o, w.whole(ids[0]))
	}
}

// The clock of the bubble runs by itself when everybody waits, so that what
// overlaps and how far beginnings are apart can be measured exactly.
func TestHostsAreAskedPolitely(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.options.Clock, w.options.Wait = time.Now, nil
		w.Keeper = pages.New(w.options)
		w.feed("a.example", 9)
		w.feed("slow.example", 4)
		for i := range 12 {
			w.feed(fmt.Sprintf("host%d.example", i), 1)
		}
		w.pages["https://slow.example/robots.txt"] = answer{body: "User-agent: *\nCrawl-delay: 7"}
		var mu sync.Mutex
		began := map[string][]time.Time{}
		now, most := map[string]int{}, map[string]int{}
		w.wire = func(ctx context.Context, url string) {
			if strings.HasSuffix(url, "/robots.txt") {
				return
			}
			host := strings.Split(url, "/")[2]
			mu.Lock()
			began[host] = append(began[host], time.Now())
			for _, of := range []string{host, "all"} {
				now[of]++
				most[of] = max(most[of], now[of])
			}
			mu.Unlock()
			time.Sleep(5 * time.Second)
			mu.Lock()
			now[host]--
			now["all"]--
			mu.Unlock()
		}
		sum, _ := w.pack(pages.Request{View: unread})
		if sum.Stored != 25 {
			t.Errorf("summary %+v", sum)
		}
		if most["a.example"] != 2 || most["all"] != 8 {
			t.Errorf("at once: %v", most)
		}
		for host, gap := range map[string]time.Duration{"a.example": time.Second, "slow.example": 7 * time.Second} {
			for i := 1; i < len(began[host]); i++ {
				if d := began[host][i].Sub(began[host][i-1]); d < gap {
					t.Errorf("%s: %s between two beginnings, want %s at least", host, d, gap)
				}
			}
		}
	})
}

func TestABusyHostIsLeftAlone(t *testing.T) {
	w := newWorld(t)
	_, ids := w.feed("a.example", 12)
	w.feed("b.example", 2)
	w.pages["https://a.example/news/0"] = answer{err: failure(fetch.Busy, 429)}
	busy := make(chan struct{}) // its other pages take until it is known to be
	w.wire = func(_ context.Context, url string) {
		if strings.HasPrefix(url, "https://a.example/news/") && url != "https://a.example/news/0" {
			<-busy
		}
	}
	sum, err := w.Pack(t.Context(), pages.Request{View: unread}, func(e pages.Event) {
		if e.Kind == pages.EventArticle && e.Outcome.Article == ids[0] {
			if e.Outcome.Status != pages.Failed {
				t.Errorf("the busy page is %s", e.Outcome.Status)
			}
			close(busy)
		}
	})
	if err != nil || sum.Stored < 2 || sum.Skipped < 10 {
		t.Errorf("%+v, %v; want no page of the busy host but one that was asked for already", sum, err)
	}
	w.wire = nil
	w.pages["https://a.example/news/0"] = answer{body: page("a.example", 0)}
	if sum, _ = w.pack(pages.Request{View: unread}); sum.Readable() != 14 {
		t.Errorf("afterwards: %+v", sum)
	}
}

func TestTheSizeLimitIsKept(t *testing.T) {
	w := newWorld(t)
	w.feed("a.example", 20)
	size := int64(len(page("a.example", 0)))
	sum, outcomes := w.pack(pages.Request{View: unread, MaxBytes: 3 * size})
	if !sum.Full || sum.Stored < 3 || sum.Stored > 4 || sum.Skipped != 20-sum.Stored {
		t.Errorf("%s, %+v", statuses(outcomes), sum)
	}
	if sum, _ := w.pack(pages.Request{View: unread}); sum.Full || sum.Readable() != 20 {
		t.Errorf("with more room: %+v", sum)
	}
}

func TestWhatIsDoneStaysDone(t *testing.T) {
	w := newWorld(t)
	w.feed("a.example", 10)
	ctx, stop := context.WithCancel(t.Context())
	stored := 0
	sum, err := w.Pack(ctx, pages.Request{View: unread}, func(e pages.Event) {
		if e.Kind == pages.EventArticle {
			if stored++; stored == 3 {
				stop()
			}
		}
	})
	if err != nil || !sum.Stopped || sum.Stored < 3 || sum.Stored == 10 {
		t.Fatalf("summary %+v, %v", sum, err)
	}
	w.forget()
	again, _ := w.pack(pages.Request{View: unread})
	if again.Kept != sum.Stored || again.Stored != 10-sum.Stored || len(w.fetched()) != 10-sum.Stored {
		t.Errorf("going on: %+v after %+v", again, sum)
	}
}

func TestALibraryThatFailsEndsThePacking(t *testing.T) {
	w := newWorld(t)
	w.feed("a.example", 5)
	broken := errors.New("the disk is full")
	w.options.Library = &failing{w.Library, broken}
	_, err := pages.New(w.options).Pack(t.Context(), pages.Request{View: unread}, nil)
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

type failing struct {
	pages.Library
	err error
}

func (f *failing) SaveWholes([]feeds.Whole) error { return f.err }

func TestWithoutANetworkPackingEndsAtOnce(t *testing.T) {
	w := newWorld(t)
	w.feed("a.example", 30)
	w.deny()
	sum, _ := w.pack(pages.Request{View: unread})
	if !sum.Offline || sum.Failed > 0 {
		t.Errorf("summary %+v", sum)
	}
}

func TestPrefetchingIsForFeedsThatWantIt(t *testing.T) {
	w := newWorld(t)
	f, ids := w.feed("a.example", 30)
	w.feed("b.example", 5)
	if err := w.SetWholeText([]feeds.FeedID{f.ID}, true); err != nil {
		t.Fatal(err)
	}
	yes := true
	if _, err := w.SetStatus(ids[:2], feeds.StatusChange{Read: &yes}); err != nil {
		t.Fatal(err)
	}
	sum, err := w.Prefetch(t.Context(), nil)
	if err != nil || sum.Stored != 20 {
		t.Fatalf("summary %+v, %v", sum, err)
	}
	for _, url := range w.fetched() {
		if !strings.HasPrefix(url, "https://a.example/") {
			t.Errorf("%s is fetched", url)
		}
	}
	if w.whole(ids[0]).State != feeds.WholeUnknown || w.whole(ids[2]).State != feeds.WholeHere {
		t.Error("it is not the newest unread ones that were fetched")
	}
	w.forget()
	if sum, err := w.Prefetch(t.Context(), nil); err != nil || sum.Stored != 0 || len(w.asked) > 0 {
		t.Errorf("again: %+v, %v, %v", sum, err, w.fetched())
	}
}

// gallery writes down which pictures were wanted.
type gallery struct {
	mu     sync.Mutex
	wanted []string
}

func (g *gallery) Fetch(_ context.Context, address string) (int64, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.wanted = append(g.wanted, address)
	if strings.HasSuffix(address, "/1.jpg") {
		return 0, errors.New("it is no picture")
	}
	return 1000, nil
}

func TestPicturesComeAlongWhenWanted(t *testing.T) {
	w := newWorld(t)
	g := &gallery{}
	w.options.Pictures = g
	w.Keeper = pages.New(w.options)
	w.feed("a.example", 2)
	if sum, _ := w.pack(pages.Request{View: unread}); sum.Pictures != 0 || len(g.wanted) > 0 {
		t.Errorf("not asked for, but %v", g.wanted)
	}
	other, _ := w.feed("b.example", 0)
	beside := teaser("b.example", 0)
	beside.Enclosures = []feeds.Enclosure{{URL: "https://b.example/lead.jpg", Type: "image/jpeg"}}
	if _, err := w.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: other.ID}, Entries: []feeds.Entry{beside}}}); err != nil {
		t.Fatal(err)
	}
	w.pages["https://b.example/news/0"] = answer{err: failure(fetch.Denied, 403)}
	sum, _ := w.pack(pages.Request{View: unread, Pictures: true}) // of texts that are there already
	slices.Sort(g.wanted)
	if want := []string{"https://a.example/img/0.jpg", "https://a.example/img/1.jpg", "https://b.example/lead.jpg"}; !slices.Equal(g.wanted, want) {
		t.Errorf("wanted %v", g.wanted)
	}
	if sum.Pictures != 2 || sum.PicturesFailed != 1 || sum.Bytes != 2000 {
		t.Errorf("summary %+v", sum)
	}
}

// With the network gone, every article that is marked as readable opens whole.
func TestWhatIsMarkedOpensWithoutANetwork(t *testing.T) {
	w := newWorld(t)
	w.feed("a.example", 4)
	w.feed("b.example", 4)
	w.pages["https://b.example/news/2"] = answer{err: failure(fetch.Denied, 403)}
	w.pack(pages.Request{View: unread})
	w.deny()
	items, err := w.Page(unread, feeds.Cursor{}, 100, false)
	if err != nil || len(items) != 8 {
		t.Fatalf("%d articles, %v", len(items), err)
	}
	marked := 0
	for _, it := range items {
		if !it.Whole.Offline() {
			continue
		}
		marked++
		got, err := w.Keeper.Whole(t.Context(), it.ID)
		if err != nil || !got.Shown() || !strings.Contains(got.Body.Text, "Paragraph 5") {
			t.Errorf("article %d is marked and is %+v, %v", it.ID, got, err)
		}
	}
	if marked != 7 || len(w.asked) > 0 {
		t.Errorf("%d are marked, and %v was asked for", marked, w.asked)
	}
}
