package cli_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A mark is for the articles named alone, or also for those with their text.
func TestMarksOfCopies(t *testing.T) {
	server := agency(t)
	r := newReader(t)
	r.run(0, "", "add", server.URL+"/star", server.URL+"/echo", server.URL+"/mirror")
	id := r.article("says echo").text("id")
	for _, c := range []struct {
		args          []string
		unread, saved int
	}{
		{[]string{"read", id}, 2, 0},
		{[]string{"read", "--copies", id}, 0, 0},
		{[]string{"saved", "--copies", id}, 0, 3},
		{[]string{"unsaved", id}, 0, 2},
		{[]string{"unread", id, "--copies"}, 3, 2},
	} {
		r.run(0, "", append([]string{"mark"}, c.args...)...)
		if unread, saved := len(r.articles("--unread")), len(r.articles("--saved")); unread != c.unread || saved != c.saved {
			t.Errorf("after mark %v %d are unread and %d saved, want %d and %d", c.args, unread, saved, c.unread, c.saved)
		}
	}
}

// agency serves one report as any outlet's feed.
func agency(t *testing.T) *httptest.Server {
	t.Helper()
	const text = "The island state has agreed to lease its northern harbour to a shipping line for thirty years. The contract, " +
		"signed on Monday by the prime minister, is worth two billion crowns and promises four hundred jobs to the villages nearby."
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Path[1:]
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprintf(w, `<rss version="2.0"><channel><title>%s</title><link>https://%[1]s.example/</link><item><title>Harbour leased, says %[1]s</title>
<link>https://%[1]s.example/1</link><description>%s</description><pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>`, name, text)
	}))
	t.Cleanup(server.Close)
	return server
}

// Stories are followed and muted by any of their articles.
func TestStoriesAreFollowedAndMuted(t *testing.T) {
	server := agency(t)
	r := newReader(t)
	r.run(0, "", "add", server.URL+"/star", server.URL+"/echo")
	id := r.article("says echo").text("id")
	out := r.run(0, "", "mark", "muted", id)
	if out != "1 story muted\n" || len(r.articles("--unread")) != 0 {
		t.Errorf("mark muted says %q, and %d are unread", out, len(r.articles("--unread")))
	}
	r.run(0, "", "add", server.URL+"/mirror")
	if all, unread := len(r.articles()), len(r.articles("--unread")); all != 3 || unread != 0 {
		t.Errorf("what joins a muted story: %d of %d are unread", unread, all)
	}
	muted := lines(t, r.run(0, "", "stories", "--muted", "--json"))
	if len(muted) != 1 || muted[0]["articles"] != 3.0 || muted[0].keys() != "article_ids articles first id latest outlets title" {
		t.Errorf("muted stories are %v", muted)
	}
	if out := r.run(0, "", "stories"); !strings.Contains(out, "(muted)") {
		t.Errorf("stories do not tell what is muted: %q", out)
	}
	if out := r.run(0, "", "mark", "unfollowed", id); out != "0 stories unfollowed\n" {
		t.Errorf("what is muted is unfollowed: %q", out)
	}
	other := r.article("says mirror").text("id")
	r.run(0, "", "mark", "followed", other, id)
	if muted := r.run(0, "", "stories", "--muted"); muted != "" {
		t.Errorf("a story that is followed is still muted: %q", muted)
	}
	if out := r.run(0, "", "stories", "--followed"); strings.Count(out, "(followed)") != 1 {
		t.Errorf("followed stories are %q", out)
	}
	marked := lines(t, r.run(0, "", "mark", "unfollowed", id, "--json"))
	if len(marked) != 1 || marked[0].text("id") != id || r.run(0, "", "stories", "--followed") != "" {
		t.Errorf("unfollowed: %v", marked)
	}
	for _, wrong := range [][]string{{"mark", "watched", id}, {"mark", "unmute", id}, {"stories", "--muted", "--followed"}, {"stories", "--muted", "--since", "2d"}} {
		r.run(2, "", wrong...)
	}
	if text := r.run(1, "", "mark", "muted", "9999"); text != "" {
		t.Errorf("of no article: %q", text)
	}
}
