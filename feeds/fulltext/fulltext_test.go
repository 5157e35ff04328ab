package fulltext

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds/clean"
)

const address = "https://news.example/2026/11/page.html"

func read(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Each page in testdata with the text that is its article. What is read is
// what feeds/clean makes of it.
func TestPages(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(names) < 10 {
		t.Fatalf("found %d pages: %v", len(names), err)
	}
	for _, name := range names {
		name = strings.TrimSuffix(filepath.Base(name), ".txt")
		t.Run(name, func(t *testing.T) {
			page, err := Extract(read(t, name+".html"), address, "text/html")
			if err != nil && !errors.Is(err, ErrPaywall) {
				t.Fatal(err)
			}
			want := strings.TrimSpace(string(read(t, name+".txt")))
			if got := strings.TrimSpace(page.Text); got != want {
				t.Errorf("Text is\n%s\nwant\n%s", got, want)
			}
			if got := strings.TrimSpace(clean.HTML(page.HTML, address).Text); got != want {
				t.Errorf("the text of the HTML is\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestWhatThePageSaysAboutItself(t *testing.T) {
	page, err := Extract(read(t, "article.html"), address, "text/html")
	if err != nil {
		t.Fatal(err)
	}
	page.HTML, page.Text = "", ""
	want := Page{
		Title: "Harbour ferry returns after two years", Byline: "Nora Field, Ivo Brandt", Site: "The Quay Gazette", Language: "en-AU",
		Summary:   "The last wooden ferry is back on its route, and the queue went round the block.",
		Published: time.Date(2026, 11, 19, 21, 30, 0, 0, time.UTC),
		Image:     "https://news.example/pictures/ferry.jpg",
	}
	if page != want {
		t.Errorf("got  %+v\nwant %+v", page, want)
	}
}

func TestKinds(t *testing.T) {
	for name, want := range map[string]Kind{"article": Article, "gallery": Gallery, "liveblog": LiveBlog, "teasers": Article} {
		page, err := Extract(read(t, name+".html"), address, "text/html")
		if err != nil {
			t.Fatal(err)
		}
		if page.Kind != want {
			t.Errorf("%s is of kind %d, want %d", name, page.Kind, want)
		}
	}
}

func TestWhyThereIsNoArticle(t *testing.T) {
	for _, c := range []struct {
		name, contentType, page string
		want                    error
	}{
		{"paywall", "text/html", string(read(t, "paywall.html")), ErrPaywall},
		{"paywall that does not show", "text/html", string(read(t, "paywallabsent.html")), nil},
		{"cookie wall", "text/html", string(read(t, "cookiewall.html")), ErrCookieWall},
		{"cookie overlay before nothing", "text/html", string(read(t, "cookieoverlay.html")), ErrCookieWall},
		{"shell for scripts", "text/html", string(read(t, "shell.html")), ErrEmpty},
		{"check for robots", "text/html", string(read(t, "botcheck.html")), ErrEmpty},
		{"nothing at all", "text/html", "", ErrEmpty},
		{"empty body", "text/html", "<html><body></body></html>", ErrEmpty},
		{"PDF", "application/pdf", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", ErrNotHTML},
		{"PDF that says it is HTML", "text/html", "%PDF-1.7\n1 0 obj <html>\n", ErrNotHTML},
		{"picture", "image/png", "\x89PNG\r\n\x1a\n\x00\x00", ErrNotHTML},
		{"JSON", "application/json", `{"text":"<p>hello</p>"}`, ErrNotHTML},
		{"feed", "application/rss+xml", `<?xml version="1.0"?><rss><channel></channel></rss>`, ErrNotHTML},
		{"feed that says it is HTML", "text/html", `<?xml version="1.0"?><rss><channel></channel></rss>`, ErrNotHTML},
		{"plain text", "text/plain", "Nothing here is marked up.", ErrNotHTML},
		{"HTML that says it is text", "text/plain", string(read(t, "article.html")), nil},
		{"HTML without a type", "", string(read(t, "article.html")), nil},
	} {
		_, err := Extract([]byte(c.page), address, c.contentType)
		if !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

// What is shown of an article behind a wall comes with the error.
func TestPaywallKeepsWhatIsShown(t *testing.T) {
	page, err := Extract(read(t, "paywall.html"), address, "text/html")
	if !errors.Is(err, ErrPaywall) || page.Title != "What the mayor knew" || !strings.Contains(page.HTML, "over eggs") {
		t.Errorf("%v, %+v", err, page)
	}
}

// The text that is given to machines is not a way round a wall.
func TestMachineTextIsNotTakenFromBehindAWall(t *testing.T) {
	body := strings.Repeat("What is told here is for those who pay for it, sentence by sentence. ", 60)
	wall := strings.Replace(string(read(t, "paywall.html")), `"wordCount":1850`, `"articleBody":"`+body+`"`, 1)
	page, err := Extract([]byte(wall), address, "text/html")
	if !errors.Is(err, ErrPaywall) || strings.Contains(page.HTML, "for those who pay for it") {
		t.Errorf("%v, %.200s", err, page.HTML)
	}
}

// Captions are read with their picture, not between two sentences.
func TestCaptionsGoToTheirPictures(t *testing.T) {
	page := `<html><body><article><h1>Locks</h1><p>The lower lock was opened on Monday, with a speech, a band, and a barge that had been painted for it.</p>
<figure><img src="lock.jpg" alt="lock"><figcaption>The barge, painted green, in the lower lock</figcaption></figure>
<div class="wp-caption"><img src="/band.jpg"><p class="wp-caption-text">The band played twice</p></div>
<p>The upper lock will follow in autumn, when the gates have come, and the water has been told where to go.</p></article></body></html>`
	got, err := Extract([]byte(page), address, "text/html")
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(got.Text, "painted green") || strings.Contains(got.Text, "played twice") {
		t.Errorf("captions are in the text:\n%s", got.Text)
	}
	for _, want := range []string{`alt="The barge, painted green, in the lower lock"`, `src="https://news.example/2026/11/lock.jpg"`, `alt="The band played twice"`} {
		if !strings.Contains(got.HTML, want) {
			t.Errorf("no %s in\n%s", want, got.HTML)
		}
	}
}

// What the page's base says counts for links and pictures.
func TestAddressesFollowThePagesBase(t *testing.T) {
	page := strings.Replace(string(read(t, "article.html")), `<meta charset="utf-8">`, `<base href="//cdn.example/base/">`, 1)
	page = strings.Replace(page, `href="https://museum.example/ferry"`, `href="ferry/old"`, 1)
	got, err := Extract([]byte(page), address, "text/html")
	if err != nil || !strings.Contains(got.HTML, `href="https://cdn.example/base/ferry/old"`) {
		t.Errorf("%v\n%s", err, got.HTML)
	}
}

func TestTitles(t *testing.T) {
	for _, c := range []struct{ head, body, want string }{
		{`<title>Rain comes to the valley | The Post</title>`, ``, "Rain comes to the valley"},
		{`<title>Rain comes to the valley - The Post</title>`, `<h1>Rain comes to the valley</h1>`, "Rain comes to the valley"},
		{`<title>x</title><meta property="og:title" content="Rain comes &amp; goes">`, ``, "Rain comes & goes"},
		{`<meta property="og:site_name" content="The Post"><meta property="og:title" content="Rain – The Post">`, ``, "Rain"},
		{`<title>A – B</title>`, ``, "A – B"},
		{``, `<h1>Only here</h1>`, "Only here"},
	} {
		got, err := Extract([]byte("<html><head>"+c.head+"</head><body>"+c.body+"</body></html>"), address, "text/html")
		if !errors.Is(err, ErrEmpty) || got.Title != c.want {
			t.Errorf("%s%s: %q, want %q (%v)", c.head, c.body, got.Title, c.want, err)
		}
	}
}
