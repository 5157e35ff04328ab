package cli_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// A mark is for the articles named alone, or also for those with their text.
func TestMarksOfCopies(t *testing.T) {
	const text = "The island state has agreed to lease its northern harbour to a shipping line for thirty years. The contract, " +
		"signed on Monday by the prime minister, is worth two billion crowns and promises four hundred jobs to the villages nearby."
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Path[1:]
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprintf(w, `<rss version="2.0"><channel><title>%s</title><link>https://%[1]s.example/</link><item><title>Harbour leased, says %[1]s</title>
<link>https://%[1]s.example/1</link><description>%s</description><pubDate>Sat, 21 Nov 2026 10:00:00 GMT</pubDate></item></channel></rss>`, name, text)
	}))
	t.Cleanup(server.Close)
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
