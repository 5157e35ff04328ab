package demo_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/xml"
	"errors"
	"image/png"
	"io"
	"net"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"

	"broadsheet/feeds/demo"
)

const (
	courier = "https://stellhavencourier.example/feed.xml"
	gazette = "https://aurelangazette.example/atom"
	edited  = "https://aurelangazette.example/nation/kestrel-bill"
)

func TestConditionalRequests(t *testing.T) {
	for _, f := range demo.Feeds() {
		if host(t, f.URL) == unhealthy {
			continue
		}
		rt := demo.Transport(noon)
		get(t, rt, f.URL).Body.Close() // past the edit
		first := get(t, rt, f.URL)
		etag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
		if etag == "" || modified == "" {
			t.Fatalf("%s: no validators", f.URL)
		}
		for _, c := range []struct {
			name   string
			header []string
			want   int
		}{
			{"same tag", []string{"If-None-Match", etag}, 304},
			{"weak tag among others", []string{"If-None-Match", `"x", W/` + etag}, 304},
			{"other tag", []string{"If-None-Match", `"x"`}, 200},
			{"same date", []string{"If-Modified-Since", modified}, 304},
			{"older date", []string{"If-Modified-Since", "Mon, 02 Jan 2006 15:04:05 GMT"}, 200},
			{"no date", []string{"If-Modified-Since", "yesterday"}, 200},
			{"the tag rules, not the date", []string{"If-None-Match", `"x"`, "If-Modified-Since", modified}, 200},
		} {
			resp := get(t, rt, f.URL, c.header...)
			body := read(t, resp)
			if resp.StatusCode != c.want || (resp.StatusCode == 304) != (len(body) == 0) {
				t.Errorf("%s, %s: status %d with %d bytes, want %d", f.URL, c.name, resp.StatusCode, len(body), c.want)
			}
		}
	}
}

func TestEditedArticle(t *testing.T) {
	rt := demo.Transport(noon)
	find := func(resp *http.Response) (title, text string) {
		for _, i := range parse(t, read(t, resp)).Items {
			if i.Link == edited {
				title, text = i.Title, i.Content
			}
		}
		return title, text
	}
	first := get(t, rt, gazette)
	title, text := find(first)
	if !strings.Contains(title, "32 million") || strings.Contains(text, "Correction") {
		t.Errorf("first version: %q\n%s", title, text)
	}
	second := get(t, rt, gazette, "If-None-Match", first.Header.Get("ETag"))
	if second.StatusCode != http.StatusOK {
		t.Fatalf("after the edit: status %d, want 200", second.StatusCode)
	}
	title, text = find(second)
	if !strings.Contains(title, "23 million") || !strings.Contains(text, "Correction") {
		t.Errorf("second version: %q\n%s", title, text)
	}
	if a, b := first.Header.Get("Last-Modified"), second.Header.Get("Last-Modified"); a == b {
		t.Errorf("both versions were modified at %s", a)
	}
	third := get(t, rt, gazette, "If-None-Match", second.Header.Get("ETag"))
	if third.StatusCode != http.StatusNotModified {
		t.Errorf("the third fetch: status %d, want 304", third.StatusCode)
	}
	if page := string(read(t, get(t, rt, edited))); !strings.Contains(page, "23 million") {
		t.Errorf("the page has not been corrected:\n%s", page)
	}
}

// Only the Gazette edits, and the Lantern counts comments: for everyone else a
// second fetch finds nothing new.
func TestNothingElseChanges(t *testing.T) {
	rt := demo.Transport(noon)
	for _, f := range demo.Feeds() {
		if f.URL == gazette || f.URL == "https://dailylantern.example/rss.xml" {
			continue
		}
		if !bytes.Equal(read(t, get(t, rt, f.URL)), read(t, get(t, rt, f.URL))) {
			t.Errorf("%s differs on the second fetch", f.URL)
		}
	}
}

func TestGzipOnlyForThoseWhoAsk(t *testing.T) {
	rt := demo.Transport(noon)
	plain := read(t, get(t, rt, courier))
	resp := get(t, rt, courier, "Accept-Encoding", "gzip")
	if resp.Header.Get("Content-Encoding") != "gzip" {
		t.Fatal("not compressed though asked")
	}
	z, err := gzip.NewReader(bytes.NewReader(read(t, resp)))
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(z); err != nil || !bytes.Equal(body, plain) {
		t.Errorf("the compressed feed is another one (%v)", err)
	}
	if resp := get(t, rt, "https://touchline.example/feed/rss.xml", "Accept-Encoding", "gzip"); resp.Header.Get("Content-Encoding") != "" {
		t.Error("Touchline's server knows no gzip")
	}
}

func TestUnknownHost(t *testing.T) {
	for _, address := range []string{"https://nowhere.example/feed", "https://example.org/"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := demo.Transport(noon).RoundTrip(req)
		if err == nil {
			resp.Body.Close()
			t.Fatalf("%s answered %d", address, resp.StatusCode)
		}
		var dns *net.DNSError
		if !errors.As(err, &dns) || !dns.IsNotFound || !strings.Contains(err.Error(), "no such host") {
			t.Errorf("%s: %v", address, err)
		}
	}
}

func TestAnswersBesideTheFeeds(t *testing.T) {
	rt := demo.Transport(noon)
	for _, c := range []struct {
		name, method, address string
		status                int
		kind                  string
	}{
		{"front page", "GET", "https://brackwaterobserver.example", 200, "text/html; charset=utf-8"},
		{"article", "GET", "https://almarfa.example/food/fish-tagine", 200, "text/html; charset=utf-8"},
		{"picture", "GET", "https://stellhavencourier.example/img/pin-plate.png", 200, "image/png"},
		{"no such article", "GET", "https://touchline.example/cup/final", 404, "text/plain; charset=utf-8"},
		{"no such file", "GET", "https://touchline.example/robots.txt", 404, "text/plain; charset=utf-8"},
		{"wrong method", "POST", courier, 405, "text/plain; charset=utf-8"},
		{"head", "HEAD", courier, 200, "application/rss+xml; charset=utf-8"},
		{"no charset but the mark", "GET", "https://brackwaterobserver.example/index.rss", 200, "application/rss+xml"},
		{"atom", "GET", gazette, 200, "application/atom+xml; charset=utf-8"},
		{"rdf", "GET", "https://ostreyherald.example/index.rdf", 200, "application/rdf+xml; charset=utf-8"},
		{"json", "GET", "https://parallaxmag.example/feed.json", 200, "application/feed+json; charset=utf-8"},
	} {
		resp := do(t, rt, c.method, c.address)
		body := read(t, resp)
		if resp.StatusCode != c.status || resp.Header.Get("Content-Type") != c.kind {
			t.Errorf("%s: %d %s, want %d %s", c.name, resp.StatusCode, resp.Header.Get("Content-Type"), c.status, c.kind)
		}
		if c.method != "HEAD" && int64(len(body)) != resp.ContentLength || c.method == "HEAD" && len(body) > 0 {
			t.Errorf("%s: %d bytes came, %d were announced", c.name, len(body), resp.ContentLength)
		}
	}
}

func TestRedirectFromHTTP(t *testing.T) {
	resp := get(t, demo.Transport(noon), "http://touchline.example/feed/rss.xml?from=list")
	if resp.StatusCode != http.StatusMovedPermanently || resp.Header.Get("Location") != "https://touchline.example/feed/rss.xml?from=list" {
		t.Errorf("%d to %q", resp.StatusCode, resp.Header.Get("Location"))
	}
	client := &http.Client{Transport: demo.Transport(noon)}
	followed, err := client.Get("http://touchline.example/feed/rss.xml")
	if err != nil {
		t.Fatal(err)
	}
	if len(parse(t, read(t, followed)).Items) != expected["touchline.example"] {
		t.Error("the redirect does not lead to the feed")
	}
}

// Each front page is enough to subscribe: it names the feed, and every article
// it lists has a page with the article's text.
func TestPagesNameTheirFeedAndHoldTheText(t *testing.T) {
	rt := demo.Transport(noon)
	alternate := regexp.MustCompile(`<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">`)
	listed := regexp.MustCompile(`<li><a href="([^"]+)">`)
	for _, f := range demo.Feeds() {
		h := host(t, f.URL)
		if h == unhealthy {
			continue
		}
		page := string(read(t, get(t, rt, f.Site)))
		m := alternate.FindStringSubmatch(page)
		if m == nil || m[2] != f.URL {
			t.Errorf("%s: the front page names %v, want %s", h, m, f.URL)
		}
		links := listed.FindAllStringSubmatch(page, -1)
		if len(links) != expected[h] {
			t.Errorf("%s: %d articles on the front page, want %d", h, len(links), expected[h])
		}
		for _, l := range links {
			resp := get(t, rt, l[1])
			if text := string(read(t, resp)); resp.StatusCode != 200 || !strings.Contains(text, "<article>") || !strings.Contains(text, "<p>") {
				t.Errorf("%s: status %d, no text", l[1], resp.StatusCode)
			}
		}
	}
}

// The Lantern's feed carries only the beginning of its longer articles.
func TestThePageHoldsMoreThanATeaserFeed(t *testing.T) {
	const link = "https://dailylantern.example/news/kestrel-crack-terror"
	rt := demo.Transport(noon)
	for _, i := range parse(t, read(t, get(t, rt, "https://dailylantern.example/rss.xml"))).Items {
		if i.Link == link && (strings.Contains(i.Content, "Boffins") || !strings.Contains(i.Content, "Read on")) {
			t.Errorf("the feed carries the whole article:\n%s", i.Content)
		}
	}
	if page := string(read(t, get(t, rt, link))); !strings.Contains(page, "Boffins") {
		t.Errorf("the page lacks the end:\n%s", page)
	}
}

func TestPicturesAreDrawn(t *testing.T) {
	rt := demo.Transport(noon)
	a := read(t, get(t, rt, "https://stellhavencourier.example/img/pin-plate.png"))
	b := read(t, get(t, rt, "https://stellhavencourier.example/img/tarn-417.png"))
	m, err := png.Decode(bytes.NewReader(a))
	if err != nil {
		t.Fatal(err)
	}
	if size := m.Bounds().Size(); size.X != 640 || size.Y != 360 {
		t.Errorf("size %v, want the 640×360 that the articles announce", size)
	}
	if bytes.Equal(a, b) {
		t.Error("two addresses show one picture")
	}
	if !bytes.Equal(a, read(t, get(t, rt, "https://stellhavencourier.example/img/pin-plate.png"))) {
		t.Error("one address shows two pictures")
	}
}

func TestXHTMLContentIsWellFormed(t *testing.T) {
	d := xml.NewDecoder(bytes.NewReader(read(t, get(t, demo.Transport(noon), "https://footlight.example/feed.atom"))))
	inside := 0
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Space == "http://www.w3.org/1999/xhtml" && e.Name.Local == "p" {
			inside++
		}
	}
	if inside < 20 {
		t.Errorf("%d paragraphs of XHTML", inside)
	}
}

func TestACancelledRequestIsNotAnswered(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, courier, nil)
	if err != nil {
		t.Fatal(err)
	}
	if resp, err := demo.Transport(noon).RoundTrip(req); !errors.Is(err, context.Canceled) {
		if err == nil {
			resp.Body.Close()
		}
		t.Errorf("error %v, want context.Canceled", err)
	}
}

// Run with -race: a refresh fetches many feeds, and one feed twice, at a time.
func TestManyAtOnce(t *testing.T) {
	rt := demo.Transport(noon)
	var wg sync.WaitGroup
	for range 4 {
		for _, f := range demo.Feeds() {
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, f.URL, nil)
			if err != nil {
				t.Fatal(err)
			}
			wg.Go(func() {
				resp, err := rt.RoundTrip(req)
				if err != nil {
					t.Error(err)
					return
				}
				resp.Body.Close()
			})
		}
	}
	wg.Wait()
}
