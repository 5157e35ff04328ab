package refresh_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/refresh"
	"broadsheet/feeds/related"
)

// What a server asks for, and what becomes of a feed that changes under us.

func (w *world) requests(url string) (n int) {
	for _, r := range w.web.asked {
		if r.URL == url {
			n++
		}
	}
	return n
}

func (w *world) outcome(url string) feeds.Outcome {
	w.Helper()
	i := slices.IndexFunc(w.events, func(e feeds.Event) bool { return e.Kind == feeds.EventFeed && e.Outcome.URL == url })
	if i < 0 {
		w.Fatalf("nothing was announced of %s", url)
	}
	return w.events[i].Outcome
}

func TestAFeedThatIsGoneIsNotAskedForAgain(t *testing.T) {
	w := newWorld(t, one, two)
	w.web.pages[one] = page{err: &fetch.Error{Kind: fetch.Gone, URL: one, Status: 410}}
	w.web.pages[two] = page{body: rss("Two", "Plums")}
	w.run(t.Context(), true)
	if s := w.subscription(one); !s.Gone || !s.NextFetch.IsZero() || s.Due(w.now.AddDate(10, 0, 0)) || !strings.Contains(s.Error, "410") {
		t.Errorf("the feed is %+v", s)
	}
	w.now = w.now.AddDate(1, 0, 0)
	w.run(t.Context(), false)
	sum := w.run(t.Context(), true)
	if n := w.requests(one); n != 1 || sum.Feeds != 2 || sum.Failed != 1 {
		t.Errorf("asked for %d times, and then %+v", n, sum)
	}
	if o := w.outcome(one); o.Status != feeds.FetchFailed || !strings.Contains(o.Error, "gone for good (410)") {
		t.Errorf("by hand: %+v", o)
	}
}

func TestAPauseOfOneFeedIsItsOwn(t *testing.T) {
	const neighbour = "https://one.example/other.xml"
	w := newWorld(t, one, neighbour)
	w.web.pages[one] = page{err: errors.New(one + " could not be fetched: too many requests"), answer: fetch.Result{RetryAfter: 2 * time.Hour}}
	w.web.pages[neighbour] = page{body: rss("Other", "Pears")}
	w.run(t.Context(), true)
	w.now = w.now.Add(time.Hour)
	w.run(t.Context(), true)
	w.run(t.Context(), false)
	if a, b := w.requests(one), w.requests(neighbour); a != 1 || b != 2 {
		t.Errorf("the feed with a pause was asked %d times, its neighbour %d times, want 1 and 2", a, b)
	}
	w.run(t.Context(), true)
	if o := w.outcome(one); !strings.Contains(o.Error, "wants to be left alone for another 1 hour") {
		t.Errorf("by hand: %+v", o)
	}
	w.now = w.now.Add(time.Hour)
	w.run(t.Context(), true)
	if n := w.requests(one); n != 2 {
		t.Errorf("after its pause the feed was asked %d times, want 2", n)
	}
	w.now = w.now.AddDate(-1, 0, 0) // the clock was wrong
	w.run(t.Context(), true)
	if n := w.requests(one); n != 3 {
		t.Error("with the clock set back the pause seems to last for a year")
	}
}

func TestAHostThatRefusesFeedAfterFeedIsLeftAloneByHandToo(t *testing.T) {
	const second, third = "https://one.example/2.xml", "https://one.example/3.xml"
	w := newWorld(t, one, second, third, two)
	w.web.pages[third] = page{body: rss("Third", "Pears")}
	w.web.pages[two] = page{body: rss("Two", "Plums")}
	w.run(t.Context(), true)
	w.now = w.now.Add(time.Hour)
	busy := page{err: errors.New("too many requests"), answer: fetch.Result{RetryAfter: 2 * time.Hour}}
	w.web.pages[one], w.web.pages[second] = busy, busy
	w.web.pages[third] = page{err: &fetch.Error{Kind: fetch.Resting, URL: third}, answer: fetch.Result{RetryAfter: 2 * time.Hour}}
	w.run(t.Context(), true)
	if s := w.subscription(third); s.Failures != 0 || !s.LastFetch.Equal(noon) {
		t.Errorf("that it was not asked counts as its failure: %+v", s.Health)
	}
	const late = "https://one.example/late.xml"
	if _, err := w.library.AddFeeds([]feeds.Feed{{URL: late}}); err != nil {
		t.Fatal(err)
	}
	w.web.asked = nil
	w.now = w.now.Add(time.Hour)
	w.run(t.Context(), true)
	if len(w.web.asked) != 1 || w.requests(two) != 1 {
		t.Errorf("in the host's pause %v were asked for, want the other host's feed alone", w.web.asked)
	}
	if o := w.outcome(late); !strings.Contains(o.Error, "wants to be left alone for another 1 hour") {
		t.Errorf("by hand: %+v", o)
	}
	w.now = w.now.Add(time.Hour)
	w.web.asked = nil
	w.run(t.Context(), true)
	if len(w.web.asked) != 5 {
		t.Errorf("after the pause %v were asked for, want all", w.web.asked)
	}
}

// What hangs is asked for behind what does not.
func TestFeedsThatGiveNoTroubleComeFirst(t *testing.T) {
	const bad, worse, good = "https://one.example/bad.xml", "https://two.example/worse.xml", "https://one.example/good.xml"
	w := newWorld(t, bad, worse, good)
	w.web.pages[worse] = page{body: rss("Worse", "Apples"), answer: fetch.Result{Cut: errors.New("it broke off")}}
	w.web.pages[good] = page{body: rss("Good", "Apples")}
	w.run(t.Context(), true)
	w.now = w.now.Add(time.Hour)
	w.web.pages[good] = page{body: rss("Good", "Apples", "Pears")}
	w.web.asked = nil
	r := refresh.New(refresh.Options{Library: w.library, Fetcher: w.web, Relater: related.New(w.library, w.clock), Clock: w.clock, Workers: 1})
	if _, err := r.Run(t.Context(), refresh.Request{Force: true}, func(feeds.Event) {}); err != nil {
		t.Fatal(err)
	}
	if w.web.asked[0].URL != good {
		t.Errorf("asked for in the order %v, want %s first", w.web.asked, good)
	}
}

// A server that says for ever that nothing has changed is not believed when
// nothing is there, and not for more than a week.
func TestNothingNewIsNotBelievedForEver(t *testing.T) {
	w := newWorld(t, one, two)
	w.web.pages[one] = page{body: rss("One"), etag: `"1"`}
	w.web.pages[two] = page{body: rss("Two", "Plums"), etag: `"2"`}
	w.run(t.Context(), true)
	w.web.pages[one] = page{body: rss("One", "Apples"), etag: `"1"`}
	w.web.pages[two] = page{body: rss("Two", "Plums", "Figs"), etag: `"2"`}
	w.now = w.now.Add(time.Minute)
	w.run(t.Context(), true)
	if a, b := w.subscription(one).Total, w.subscription(two).Total; a != 1 || b != 1 {
		t.Errorf("%d articles where there was none, want 1, and %d where there was one, want 1", a, b)
	}
	w.web.asked = nil
	for range 8 {
		w.now = w.now.AddDate(0, 0, 1)
		w.run(t.Context(), true)
	}
	whole := 0
	for _, r := range w.web.asked {
		if r.URL == two && r.ETag == "" {
			whole++
		}
	}
	if got := w.subscription(two).Total; got != 2 || whole < 1 || whole > 2 {
		t.Errorf("after a week %d articles, want 2, and %d requests for the whole of 8, want 1 or 2", got, whole)
	}
}

func TestAnAbsurdPauseIsCapped(t *testing.T) {
	w := newWorld(t, one)
	w.web.pages[one] = page{err: errors.New("busy"), answer: fetch.Result{RetryAfter: 7 * 24 * time.Hour}}
	w.run(t.Context(), true)
	if s := w.subscription(one); s.Wait.Sub(w.now) != 24*time.Hour || s.NextFetch.Before(s.Wait) {
		t.Errorf("until %v, next %v", s.Wait, s.NextFetch)
	}
}

func TestAMovedFeedIsFollowedOnceThatLasts(t *testing.T) {
	const there = "https://new.example/feed.xml"
	w := newWorld(t, one)
	w.web.pages[one] = page{body: rss("One", "Apples"), etag: `"1"`, answer: fetch.Result{Moved: there}}
	w.web.pages[there] = page{body: rss("One", "Apples"), etag: `"1"`}
	for range 2 {
		w.run(t.Context(), true)
	}
	if s := w.subscription(one); s.MovedTimes != 2 {
		t.Errorf("after two looks it is %+v", s.Health)
	}
	w.web.pages[one] = page{err: errors.New("no")}
	w.run(t.Context(), true) // and the count begins anew
	w.web.pages[one] = page{body: rss("One", "Apples"), etag: `"1"`, answer: fetch.Result{Moved: there}}
	for range 3 {
		w.subscription(one)
		w.run(t.Context(), true)
	}
	w.subscription(there)
	if w.requests(there) != 0 {
		t.Error("the new address was asked by us and not by the redirect")
	}
	w.run(t.Context(), true)
	if s := w.subscription(there); w.requests(there) != 1 || s.Total != 1 || s.MovedTimes != 0 {
		t.Errorf("at its new address it is %+v", s)
	}
}

func TestNoFeedFallsBackToAnOpenLine(t *testing.T) {
	w := newWorld(t, one)
	w.web.pages[one] = page{body: rss("One", "Apples"), answer: fetch.Result{Moved: "http://one.example/feed.xml"}}
	for range 5 {
		w.run(t.Context(), true)
	}
	w.subscription(one)
}

func TestTheBeginningOfADocumentIsTakenIn(t *testing.T) {
	w := newWorld(t, one)
	whole := rss("One", "Apples", "Pears", "Plums")
	w.web.pages[one] = page{body: whole[:strings.Index(whole, "Plums")], etag: `"1"`, answer: fetch.Result{Cut: errors.New(one + " could not be fetched: the connection broke off")}}
	sum := w.run(t.Context(), true)
	s := w.subscription(one)
	if sum.OK != 1 || sum.New < 2 || s.Status != feeds.FetchOK || !strings.Contains(s.Error, "broke off") || !strings.Contains(s.Error, "articles before that were taken in") {
		t.Errorf("%+v; the feed is %+v", sum, s)
	}
	w.web.pages[one] = page{body: whole, etag: `"1"`}
	if sum := w.run(t.Context(), true); sum.OK != 1 {
		t.Errorf("whole at last: %+v", sum)
	}
	if s := w.subscription(one); s.Total != 3 || s.Error != "" || s.ETag != `"1"` {
		t.Errorf("whole at last the feed is %+v", s)
	}
	w.web.pages[one] = page{body: "<rs", answer: fetch.Result{Cut: errors.New(one + " could not be fetched: the connection broke off")}}
	if sum := w.run(t.Context(), true); sum.Failed != 1 || !strings.HasSuffix(w.subscription(one).Error, "broke off") {
		t.Errorf("nothing to take in: %+v, %+v", sum, w.subscription(one))
	}
}

// A document of which something is lost is no failure, but it is said, and for
// as long as the document stays the same.
func TestItemsThatCannotBeReadAreSaid(t *testing.T) {
	w := newWorld(t, one)
	whole := rss("One", "Apples", "Pears", "Plums")
	w.web.pages[one] = page{body: whole[:strings.Index(whole, "Plums")], etag: `"1"`}
	for range 3 { // read, then unchanged
		sum := w.run(t.Context(), true)
		s := w.subscription(one)
		if sum.Failed != 0 || s.Total < 2 || !strings.Contains(s.Error, one+" can be read only in part") || !strings.Contains(s.Error, "in the middle of an item") {
			t.Errorf("%+v; the feed is %+v", sum, s)
		}
	}
	w.web.pages[one] = page{body: whole + rss("One", "Figs"), etag: `"2"`}
	w.run(t.Context(), true)
	if s := w.subscription(one); s.Total != 3 || !strings.Contains(s.Error, "1 of its 4 items could not be read") {
		t.Errorf("with another document behind it the feed is %+v", s)
	}
	w.web.pages[one] = page{body: whole, etag: `"3"`}
	w.run(t.Context(), true)
	if s := w.subscription(one); s.Error != "" {
		t.Errorf("whole again the feed is %+v", s)
	}
}

func TestAnotherFeedAtTheAddressIsNotTakenIn(t *testing.T) {
	w := newWorld(t, one)
	w.web.pages[one] = page{body: rss("One", "Apples", "Pears")}
	w.run(t.Context(), true)
	w.web.pages[one] = page{body: rss("Casino", "Win now")}
	w.run(t.Context(), true)
	s := w.subscription(one)
	if s.Total != 2 || s.Title != "One" || s.Status != feeds.FetchFailed || !strings.Contains(s.Error, `another feed, called "Casino"`) {
		t.Errorf("the feed is %+v", s)
	}
	for name, body := range map[string]string{
		"a new title":                strings.Replace(rss("One", "Kiwis"), "<title>One", "<title>One, the paper", 1),
		"a new site":                 strings.Replace(rss("One", "Limes"), "https://one.example/", "https://one-paper.example/", 1),
		"all new but for an article": strings.Replace(rss("Neu", "Melons"), "Neu-0", "One-0", 1),
	} {
		w.web.pages[one] = page{body: body}
		if sum := w.run(t.Context(), true); sum.OK != 1 {
			t.Errorf("%s: %+v, %s", name, sum, w.subscription(one).Error)
		}
		w.web.pages[one] = page{body: rss("One", "Apples", "Pears")}
		w.run(t.Context(), true)
	}
}

func TestTheNextLookIsWhenThePublisherWants(t *testing.T) {
	w := newWorld(t, one)
	asks := func(says string) string { return strings.Replace(rss("One", "Apples"), "<link>", says+"<link>", 1) }
	for _, c := range []struct {
		says string
		age  time.Duration
		want time.Duration
	}{
		{"", 0, 30 * time.Minute},
		{"<ttl>120</ttl>", 0, 2 * time.Hour},
		{"<ttl>120</ttl>", 5 * time.Hour, 5 * time.Hour},
		{"<ttl>1</ttl>", 0, 15 * time.Minute},
		{"<ttl>999999</ttl>", 0, 24 * time.Hour},
		{"<skipHours><hour>12</hour><hour>13</hour></skipHours>", 0, 2 * time.Hour},
		{"<skipDays><day>Sunday</day></skipDays>", 0, 12 * time.Hour},
	} {
		for range 2 { // the second time unchanged
			w.web.pages[one] = page{body: asks(c.says), etag: c.says, answer: fetch.Result{MaxAge: c.age}}
			w.run(t.Context(), true)
			if s := w.subscription(one); s.NextFetch.Sub(w.now) != c.want {
				t.Errorf("%s and a lifetime of %v, %s: next in %v, want %v", c.says, c.age, s.Status, s.NextFetch.Sub(w.now), c.want)
			}
		}
	}
}

func TestAWebPageInPlaceOfAFeedIsAskedForTheNewFeed(t *testing.T) {
	w := newWorld(t, one)
	w.web.pages[one] = page{body: `<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/new.xml"></head><body>Moved</body></html>`}
	w.run(t.Context(), true)
	if s := w.subscription(one); !strings.Contains(s.Error, "the page names the feed https://one.example/new.xml, which broadsheet add subscribes to") {
		t.Errorf("it says %q", s.Error)
	}
	w.web.pages[one] = page{body: " \n"}
	w.run(t.Context(), true)
	if s := w.subscription(one); !strings.Contains(s.Error, "answers with nothing at all") {
		t.Errorf("of an empty answer it says %q", s.Error)
	}
}

func TestPasswordsAreNotShown(t *testing.T) {
	const locked = "https://me:secret@one.example/feed.xml"
	w := newWorld(t, locked)
	for _, p := range []page{{body: "\x00"}, {body: "<html>"}, {body: rss("One", "Apples")}} {
		w.web.pages[locked] = p
		w.run(t.Context(), true)
		o := w.outcome("https://one.example/feed.xml")
		if s := w.subscription(locked); strings.Contains(s.Error+o.Error, "secret") {
			t.Errorf("shown: %q, %q", s.Error, o.Error)
		}
	}
}

func TestWhatFindFetchedIsNotFetchedAgain(t *testing.T) {
	w := newWorld(t)
	w.web.pages[one] = page{body: rss("One", "Apples"), answer: fetch.Result{Moved: "https://elsewhere.example/feed.xml"}}
	r := w.refresher(w.library)
	feed, err := r.Find(t.Context(), one)
	if err != nil || feed.URL != one {
		t.Fatalf("found %+v, %v", feed, err)
	}
	if _, err := w.library.AddFeeds([]feeds.Feed{feed}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := r.Run(t.Context(), refresh.Request{Force: true}, func(feeds.Event) {}); err != nil {
			t.Fatal(err)
		}
	}
	if s := w.subscription(one); s.Total != 1 || w.requests(one) != 2 {
		t.Errorf("%d articles after %d requests, want 1 after 2", s.Total, w.requests(one))
	}
}
