package pages_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
	"broadsheet/feeds/refresh/pages"
)

func TestAPageIsFetchedOnceAndKeptBesideTheFeedsText(t *testing.T) {
	w := newWorld(t)
	_, ids := w.feed("a.example", 1)
	got, err := w.Keeper.Whole(t.Context(), ids[0])
	if err != nil || got.State != feeds.WholeHere || !strings.Contains(got.Body.Text, "Paragraph 5 of article 0") || got.Words < 100 || !got.Tried.Equal(noon) {
		t.Fatalf("got %+v, %v", got, err)
	}
	if strings.Contains(got.Body.Text, "About us") {
		t.Errorf("the page's furniture is in the text:\n%s", got.Body.Text)
	}
	if b, err := w.Body(ids[0]); err != nil || !strings.HasPrefix(b.Text, "The quay of a.example") {
		t.Errorf("the feed's own text is %q, %v", b.Text, err)
	}
	if again, err := w.Keeper.Whole(t.Context(), ids[0]); err != nil || again != got {
		t.Errorf("the second time: %+v, %v", again, err)
	}
	if n := len(w.asked); n != 1 {
		t.Errorf("%d requests, want one: %v", n, w.asked)
	}
}

func TestWhyThereIsNoWholeText(t *testing.T) {
	russian, err := charmap.Windows1251.NewEncoder().String("<html><body><article>" + strings.Repeat("<p>Набережная закрыта до понедельника, сообщает начальник порта, и насосы работают всю ночь без остановки.</p>", 5) + "</article></body></html>")
	if err != nil {
		t.Fatal(err)
	}
	const url = "https://a.example/news/0"
	for name, c := range map[string]struct {
		answer answer
		state  feeds.WholeState
		reason string
	}{
		"there is one":                {answer{body: page("a.example", 0)}, feeds.WholeHere, ""},
		"in windows-1251":             {answer{body: russian, kind: "text/html; charset=windows-1251"}, feeds.WholeHere, ""},
		"gone":                        {answer{err: failure(fetch.NotFound, 404)}, feeds.WholeNone, "no longer there (404)"},
		"gone for good":               {answer{err: failure(fetch.Gone, 410)}, feeds.WholeNone, "for good (410)"},
		"denied":                      {answer{err: failure(fetch.Denied, 403)}, feeds.WholeNone, "does not give this page"},
		"too large":                   {answer{err: failure(fetch.TooLarge, 0)}, feeds.WholeNone, "too large"},
		"private":                     {answer{err: failure(fetch.PrivateAddress, 0)}, feeds.WholeNone, "private network"},
		"busy":                        {answer{err: failure(fetch.Busy, 429)}, feeds.WholeFailed, "too many requests"},
		"a fault":                     {answer{err: failure(fetch.ServerFault, 503)}, feeds.WholeFailed, "fault of its own"},
		"a PDF":                       {answer{body: "%PDF-1.7 …", kind: "application/pdf"}, feeds.WholeNone, "not a web page"},
		"an empty shell":              {answer{body: `<html><body><div id="root"></div><noscript>Please enable JavaScript to run this app.</noscript></body></html>`}, feeds.WholeNone, "no text of its own"},
		"redirected to a login":       {answer{body: page("a.example", 0), to: "https://id.a.example/account/login?next=/news/0"}, feeds.WholeNone, "log in"},
		"redirected to the front":     {answer{body: page("a.example", 0), to: "https://a.example/"}, feeds.WholeNone, "front page"},
		"redirected to the page":      {answer{body: page("a.example", 0), to: "https://www.a.example/2026/quay"}, feeds.WholeHere, ""},
		"no more than the feed":       {answer{body: "<html><body><article><h1>Quay 0 closed</h1><p>The quay of a.example is closed, number 0 says.</p></article></body></html>"}, feeds.WholeNone, ""},
		"binary that says it is html": {answer{body: "\x00\x01\x02\x03" + strings.Repeat("\xff\xfe\x00", 300)}, feeds.WholeNone, ""},
		"cut short":                   {answer{body: page("a.example", 0), cut: true}, feeds.WholeFailed, "broke off"},
	} {
		w := newWorld(t)
		_, ids := w.feed("a.example", 1)
		w.pages[url] = c.answer
		got, err := w.Keeper.Whole(t.Context(), ids[0])
		if err != nil || got.State != c.state || !strings.Contains(got.Reason, c.reason) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if c.state != feeds.WholeHere {
			if got.Reason == "" || !strings.HasSuffix(got.Reason, ".") || got.Body != (feeds.Body{}) {
				t.Errorf("%s: %+v", name, got)
			}
		}
		if name == "in windows-1251" && !strings.Contains(got.Body.Text, "Набережная закрыта") {
			t.Errorf("%s: %q", name, got.Body.Text)
		}
	}
}

func TestAFeedThatGaveTheWholeIsBelieved(t *testing.T) {
	w := newWorld(t)
	f, _ := w.feed("a.example", 0)
	text := strings.Repeat("The quay is closed until the pumps have emptied the cellars. ", 40)
	e := feeds.Entry{Key: "k", URL: "https://a.example/k", Title: "Long", Words: 440, Body: feeds.Body{Markdown: text, Text: text}}
	if _, err := w.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: f.ID}, Entries: []feeds.Entry{e}}}); err != nil {
		t.Fatal(err)
	}
	w.pages[e.URL] = answer{body: page("a.example", 3)} // shorter than that
	got, err := w.Keeper.Whole(t.Context(), 1)
	if err != nil || got.State != feeds.WholeInFeed || got.Reason == "" || got.Body != (feeds.Body{}) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestAnArticleWithoutALinkHasNoPage(t *testing.T) {
	w := newWorld(t)
	f, _ := w.feed("a.example", 0)
	e := feeds.Entry{Key: "k", Title: "No link", Body: feeds.Body{Markdown: "Text.", Text: "Text."}}
	if _, err := w.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: f.ID}, Entries: []feeds.Entry{e}}}); err != nil {
		t.Fatal(err)
	}
	got, err := w.Keeper.Whole(t.Context(), 1)
	if err != nil || got.State != feeds.WholeNone || !strings.Contains(got.Reason, "no link") || len(w.asked) > 0 {
		t.Errorf("got %+v, %v after %v", got, err, w.asked)
	}
}

func TestWithoutANetworkNothingIsNoted(t *testing.T) {
	w := newWorld(t)
	_, ids := w.feed("a.example", 1)
	w.deny()
	if _, err := w.Keeper.Whole(t.Context(), ids[0]); !errors.Is(err, pages.ErrOffline) {
		t.Errorf("got %v", err)
	}
	if got := w.whole(ids[0]); got != (feeds.Whole{Article: ids[0]}) {
		t.Errorf("noted %+v", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := w.Keeper.Whole(ctx, ids[0]); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

// transport answers every request with a page, and writes down whom it was sent to.
type transport struct{ asked []string }

func (tr *transport) RoundTrip(r *http.Request) (*http.Response, error) {
	tr.asked = append(tr.asked, r.URL.String())
	return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: io.NopCloser(strings.NewReader(page("x", 0))), Request: r}, nil
}

// A feed of the public network must not send us into a private one, and one of a
// private network may only lead to its own host there.
func TestPrivatePagesOfPublicFeedsAreNotAskedFor(t *testing.T) {
	for _, c := range []struct {
		feed, page string
		asked      bool
	}{
		{"https://a.example/feed", "http://127.0.0.1/admin", false},
		{"https://a.example/feed", "http://[::1]:8080/", false},
		{"https://a.example/feed", "http://192.168.1.1/reboot", false},
		{"https://a.example/feed", "http://localhost/x", false},
		{"http://192.168.1.7/feed", "http://192.168.1.1/reboot", false},
		{"http://192.168.1.7/feed", "http://192.168.1.7/news/1", true},
		{"https://a.example/feed", "https://b.example/news", true},
	} {
		w := newWorld(t)
		tr := &transport{}
		w.options.Fetcher = fetch.New(fetch.Options{Transport: tr})
		keeper := pages.New(w.options)
		added, err := w.AddFeeds([]feeds.Feed{{URL: c.feed}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.SaveFetched([]feeds.Fetched{{Feed: feeds.Feed{ID: added[0].ID}, Entries: []feeds.Entry{{Key: "k", URL: c.page, Title: "T"}}}}); err != nil {
			t.Fatal(err)
		}
		got, err := keeper.Whole(t.Context(), 1)
		if err != nil || (got.State == feeds.WholeHere) != c.asked || (len(tr.asked) > 0) != c.asked {
			t.Errorf("%s names %s: %+v, %v, asked %q", c.feed, c.page, got, err, tr.asked)
		}
		// Nor is its robots.txt.
		if _, err := keeper.Pack(t.Context(), pages.Request{View: feeds.View{Kind: feeds.ViewUnread}}, nil); err != nil {
			t.Fatal(err)
		}
		if !c.asked && len(tr.asked) > 0 {
			t.Errorf("%s names %s: packing asked %q", c.feed, c.page, tr.asked)
		}
	}
}

func TestAPageThatFailedIsAskedForAgainLaterEachTime(t *testing.T) {
	w := newWorld(t)
	f, ids := w.feed("a.example", 1)
	if err := w.SetWholeText([]feeds.FeedID{f.ID}, true); err != nil {
		t.Fatal(err)
	}
	w.pages["https://a.example/news/0"] = answer{err: failure(fetch.TimedOut, 0)}
	for _, step := range []struct {
		later time.Duration
		asked int
	}{{0, 1}, {time.Minute, 1}, {time.Hour, 2}, {time.Hour, 2}, {time.Hour, 3}, {3 * time.Hour, 3}, {time.Hour, 4}} {
		w.now = w.now.Add(step.later)
		if _, err := w.Prefetch(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if n := len(w.fetched()); n != step.asked {
			t.Fatalf("%s later it was asked for %d times, want %d", step.later, n, step.asked)
		}
	}
	if got := w.whole(ids[0]); got.Failures != 4 || got.State != feeds.WholeFailed {
		t.Errorf("noted %+v", got)
	}
}
