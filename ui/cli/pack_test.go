package cli_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// journey serves a feed of teasers with their pages: two whole ones,
// one that robots.txt forbids, one that is gone.
type journey struct {
	*httptest.Server
	mu    sync.Mutex
	asked map[string]int
}

func newJourney(t *testing.T) *journey {
	t.Helper()
	j := &journey{asked: map[string]int{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/feed", func(w http.ResponseWriter, r *http.Request) {
		var b strings.Builder
		b.WriteString(`<rss version="2.0"><channel><title>Quay News</title>`)
		for i, path := range []string{"/news/pumps", "/news/herons", "/private/wall", "/news/gone"} {
			fmt.Fprintf(&b, `<item><guid>%d</guid><title>Title of %s</title><link>http://%s%s</link><description>A teaser only.</description><pubDate>Sun, 22 Nov 2026 0%d:00:00 GMT</pubDate></item>`, i, path, r.Host, path, 9-i)
		}
		b.WriteString(`</channel></rss>`)
		fmt.Fprint(w, b.String())
	})
	mux.HandleFunc("/robots.txt", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "User-agent: *\nDisallow: /private/\n") })
	page := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<html><body><article><h1>Title of %s</h1>", r.URL.Path)
		for range 6 {
			fmt.Fprintf(w, "<p>The cormorants of %s watched the dredger all night, and the harbour master counted them twice before he went home.</p>", r.URL.Path)
		}
		fmt.Fprint(w, "</article></body></html>")
	}
	mux.HandleFunc("/news/pumps", page)
	mux.HandleFunc("/news/herons", page)
	mux.HandleFunc("/private/wall", page)
	j.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		j.mu.Lock()
		j.asked[r.URL.Path]++
		j.mu.Unlock()
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(j.Close)
	return j
}

// times is how often a path was asked for.
func (j *journey) times(path string) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.asked[path]
}

func TestPackingForAJourney(t *testing.T) {
	j, r := newJourney(t), newReader(t)
	r.run(0, "", "add", j.URL+"/feed")

	rows := lines(t, r.run(0, "", "pack", "--json"))
	if len(rows) != 5 {
		t.Fatalf("%d lines, want four articles and a summary: %v", len(rows), rows)
	}
	got := map[string]string{}
	for _, row := range rows[:4] {
		if row.keys() != "article_id bytes error related status url words" {
			t.Errorf("an article has the keys %s", row.keys())
		}
		got[strings.TrimPrefix(row.text("url"), j.URL)] = row.text("status")
	}
	if got["/news/pumps"] != "stored" || got["/news/herons"] != "stored" || got["/private/wall"] != "skipped" || got["/news/gone"] != "none" {
		t.Errorf("statuses %v", got)
	}
	sum, _ := rows[4]["summary"].(map[string]any)
	if object(sum).keys() != "articles bytes failed full kept ms none pictures pictures_failed skipped stored" || sum["stored"] != 2.0 || sum["articles"] != 4.0 {
		t.Errorf("summary %v", sum)
	}
	if j.times("/private/wall") > 0 || j.times("/robots.txt") != 1 {
		t.Errorf("asked %d times for what robots.txt forbids, %d times for robots.txt", j.times("/private/wall"), j.times("/robots.txt"))
	}

	out := r.run(0, "", "pack")
	if !strings.HasPrefix(out, "4 articles: 2 can be read in full offline (0 fetched now, 2 before); 1 give no whole text, 0 could not be fetched, 1 were not asked for; 0 B in ") {
		t.Errorf("the second time it said %q", out)
	}
	if j.times("/news/pumps") != 1 || j.times("/news/gone") != 1 {
		t.Errorf("asked %d and %d times", j.times("/news/pumps"), j.times("/news/gone"))
	}

	j.Close() // the network is gone
	pumps := r.article("Title of /news/pumps").text("id")
	if out := r.run(0, "", "article", pumps, "--format", "text"); !strings.Contains(out, "The cormorants of /news/pumps") {
		t.Errorf("the article is %q", out)
	}
	if out := r.run(0, "", "article", pumps, "--feed-text"); !strings.Contains(out, "A teaser only.") || strings.Contains(out, "cormorants") {
		t.Errorf("the feed's own text is %q", out)
	}
	if a := lines(t, r.run(0, "", "article", pumps, "--format", "json"))[0]; !strings.Contains(a.text("body"), "cormorants") || a.text("excerpt") != "A teaser only." {
		t.Errorf("as JSON: %v", a)
	}
	if found := lines(t, r.run(0, "", "search", "cormorants dredger", "--json")); len(found) != 2 {
		t.Errorf("found %v", found)
	}
	r.run(0, "", "check")
}

func TestWholeTextsOfAFeedAreFetchedAfterARefresh(t *testing.T) {
	j, r := newJourney(t), newReader(t)
	r.run(0, "", "add", j.URL+"/feed")
	if out := r.run(0, "", "feeds", "--whole", "on", "Quay News"); !strings.Contains(out, "whole texts are always fetched") {
		t.Errorf("feeds said %q", out)
	}
	if out := r.run(0, "", "refresh", "--force"); !strings.Contains(out, "2 whole texts fetched from their pages") {
		t.Errorf("refresh said %q", out)
	}
	if out := r.run(0, "", "refresh", "--force"); strings.Contains(out, "whole text") || j.times("/news/pumps") != 1 || j.times("/news/gone") != 1 {
		t.Errorf("the second refresh said %q, asked %d and %d times", out, j.times("/news/pumps"), j.times("/news/gone"))
	}
	if out := r.run(0, "", "feeds", "--whole", "off", "1", "--json"); lines(t, out)[0].text("title") != "Quay News" {
		t.Errorf("feeds said %q", out)
	}
	if out := r.run(0, "", "feeds"); strings.Contains(out, "whole texts") {
		t.Errorf("feeds said %q", out)
	}
}
