package demo_test

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"
	"golang.org/x/text/encoding/unicode"

	"broadsheet/feeds"
	"broadsheet/feeds/demo"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// expected is how many articles each outlet publishes.
var expected = map[string]int{
	"almarfa.example": 8, "aurelangazette.example": 21, "bitwright.example": 8, "brackwaterobserver.example": 13,
	"chengwan.example": 8, "courriermerande.example": 8, "dailylantern.example": 18, "footlight.example": 8,
	"ledgertide.example": 9, "ostreyherald.example": 13, "parallaxmag.example": 8, "radiocalvenor.example": 33,
	"stellhavencourier.example": 20, "touchline.example": 8, "vennside.example": 11,
}

const unhealthy = "eveningmail.example"

func do(t *testing.T, rt http.RoundTripper, method, address string, header ...string) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := rt.RoundTrip(req)
	if err != nil {
		t.Fatalf("%s %s: %v", method, address, err)
	}
	return resp
}

func get(t *testing.T, rt http.RoundTripper, address string, header ...string) *http.Response {
	t.Helper()
	return do(t, rt, http.MethodGet, address, header...)
}

func read(t *testing.T, resp *http.Response) []byte {
	t.Helper()
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

func host(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	return u.Host
}

var declaration = regexp.MustCompile(`^<\?xml[^>]*\?>`)

// parse reads a feed with gofeed alone, which knows no UTF-16.
func parse(t *testing.T, body []byte) *gofeed.Feed {
	t.Helper()
	if bytes.HasPrefix(body, []byte{0xff, 0xfe}) {
		decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(body)
		if err != nil {
			t.Fatal(err)
		}
		body = declaration.ReplaceAll(decoded, nil)
	}
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return feed
}

// item is an article as a reader of the feed sees it.
type item struct {
	*gofeed.Item
	feed feeds.Feed
}

func (i item) key() string { return strings.TrimPrefix(i.Link, "https://") }

// newsroom is every article of every healthy outlet, as first served.
func newsroom(t *testing.T) []item {
	t.Helper()
	rt := demo.Transport(noon)
	var all []item
	for _, f := range demo.Feeds() {
		if host(t, f.URL) == unhealthy {
			continue
		}
		for _, i := range parse(t, read(t, get(t, rt, f.URL))).Items {
			all = append(all, item{i, f})
		}
	}
	return all
}

func TestFeedsAreListedInFolders(t *testing.T) {
	seen := make(map[string]bool)
	var order []string
	for _, f := range demo.Feeds() {
		if f.Outlet == "" || f.Title == "" || f.Language == "" || f.Site == "" {
			t.Errorf("%s lacks its outlet, title, language or site: %+v", f.URL, f)
		}
		if seen[f.URL] {
			t.Errorf("%s is listed twice", f.URL)
		}
		seen[f.URL] = true
		if len(order) == 0 || order[len(order)-1] != f.Folder {
			order = append(order, f.Folder)
		}
	}
	want := "Calvenor|Regions|Money and machines|Science, arts, sport|World"
	if got := strings.Join(order, "|"); got != want {
		t.Errorf("folders %s, want %s", got, want)
	}
	if len(seen) != len(expected)+1 {
		t.Errorf("%d feeds, want %d and the one that fails", len(seen), len(expected))
	}
}

func TestEveryFeedParsesWithItsArticles(t *testing.T) {
	rt := demo.Transport(noon)
	formats := make(map[string]int)
	total := 0
	for _, f := range demo.Feeds() {
		h := host(t, f.URL)
		if h == unhealthy {
			continue
		}
		resp := get(t, rt, f.URL)
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d: %s", h, resp.StatusCode, read(t, resp))
			continue
		}
		feed := parse(t, read(t, resp))
		formats[feed.FeedType+" "+feed.FeedVersion]++
		total += len(feed.Items)
		if len(feed.Items) != expected[h] {
			t.Errorf("%s: %d articles, want %d", h, len(feed.Items), expected[h])
		}
		if feed.Link != f.Site {
			t.Errorf("%s: links to %q, want %q", h, feed.Link, f.Site)
		}
		guids := make(map[string]bool)
		for i, it := range feed.Items {
			if it.Title == "" || it.Content == "" || it.Description == "" || it.PublishedParsed == nil {
				t.Errorf("%s: article without a title, text, summary or date: %q", h, it.Link)
				continue
			}
			if it.GUID != "" && guids[it.GUID] {
				t.Errorf("%s: two articles are %q", h, it.GUID)
			}
			guids[it.GUID] = true
			if i > 0 && it.PublishedParsed.After(*feed.Items[i-1].PublishedParsed) {
				t.Errorf("%s: %q stands below an older article", h, it.Title)
			}
		}
	}
	if total < 155 {
		t.Errorf("%d articles, want at least 155", total)
	}
	for _, format := range []string{"rss 2.0", "rss 1.0", "atom 1.0", "json https://jsonfeed.org/version/1.1"} {
		if formats[format] == 0 {
			t.Errorf("no outlet publishes %s: %v", format, formats)
		}
	}
}

func TestOneFeedIsUnhealthy(t *testing.T) {
	resp := get(t, demo.Transport(noon), "https://"+unhealthy+"/rss/news")
	if resp.StatusCode != http.StatusInternalServerError || len(read(t, resp)) == 0 {
		t.Errorf("status %d, want 500 with a sentence", resp.StatusCode)
	}
}

// BenchmarkStart is what `demo` does before its first frame.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		if demo.Transport(noon) == nil || len(demo.Feeds()) == 0 {
			b.Fatal("no newsroom")
		}
	}
}

// BenchmarkRefresh fetches every feed once.
func BenchmarkRefresh(b *testing.B) {
	list := demo.Feeds()
	for b.Loop() {
		rt := demo.Transport(noon)
		for _, f := range list {
			req, err := http.NewRequest(http.MethodGet, f.URL, nil)
			if err != nil {
				b.Fatal(err)
			}
			resp, err := rt.RoundTrip(req)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, resp.Body); err != nil {
				b.Fatal(err)
			}
		}
	}
}
