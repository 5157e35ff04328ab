package cli_test

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// long makes the test that kills the program go on for longer.
var long = flag.Bool("long", false, "kill the program many more times")

// presses are feeds to which every fetch adds articles.
type presses struct {
	*httptest.Server
	mu     sync.Mutex
	served map[string]int // articles of each feed
}

const pressFeeds = 6

func newPresses(t *testing.T) *presses {
	t.Helper()
	p := &presses{served: map[string]int{}}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.mu.Lock()
		p.served[r.URL.Path] += 5
		n := p.served[r.URL.Path]
		p.mu.Unlock()
		fmt.Fprintf(w, `<rss version="2.0"><channel><title>Press %s</title>`, r.URL.Path)
		for i := range n { // all of them, so that none is missed
			fmt.Fprintf(w, `<item><guid isPermaLink="false">%s-%d</guid><title>Article %d of %s</title><description>%s</description></item>`,
				r.URL.Path, i, i, r.URL.Path, strings.Repeat(fmt.Sprintf("What happened in part %d. ", i), 40))
		}
		fmt.Fprint(w, `</channel></rss>`)
	}))
	t.Cleanup(p.Close)
	return p
}

// killed starts a command, kills it after a while, and gives the lines it had
// printed whole.
func (r *reader) killed(after time.Duration, args ...string) []string {
	r.t.Helper()
	c := r.command(args...)
	out, err := c.StdoutPipe()
	if err != nil {
		r.t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		r.t.Fatal(err)
	}
	kill := time.AfterFunc(after, func() { _ = c.Process.Kill() })
	defer kill.Stop()
	var printed []string
	in := bufio.NewReader(out)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			break
		}
		printed = append(printed, line)
	}
	_ = c.Wait() // killed, or done before
	return printed
}

// Killed at any moment, the program has kept what it said it stored and marked,
// the library is sound, and the next refresh brings the rest.
func TestKilledAtAnyMoment(t *testing.T) {
	p, r := newPresses(t), newReader(t)
	for i := range pressFeeds {
		r.run(0, "", "add", fmt.Sprintf("%s/%d", p.URL, i))
	}
	began := time.Now()
	r.run(0, "", "refresh", "--force")
	usual := time.Since(began)
	stored := map[string]int{} // articles of each feed that were said to be stored
	for _, f := range lines(t, r.run(0, "", "feeds", "--json")) {
		stored[f.text("url")] = int(f["total"].(float64))
	}
	marked := map[string]string{}
	random := rand.New(rand.NewPCG(9, 9))
	rounds := 6
	if *long {
		rounds = 200
	}
	for round := range rounds {
		after := time.Duration(random.Int64N(int64(usual + usual/4)))
		for _, line := range r.killed(after, "refresh", "--force", "--json") {
			var o object
			if err := json.Unmarshal([]byte(line), &o); err != nil {
				t.Fatalf("%v in %q", err, line)
			}
			if n, ok := o["new"].(float64); ok {
				stored[o.text("url")] += int(n)
			}
		}
		ids := []string{fmt.Sprint(1 + random.IntN(20)), fmt.Sprint(1 + random.IntN(20))}
		mark := []string{"read", "unread", "saved", "unsaved"}[random.IntN(4)]
		done := r.killed(time.Duration(random.Int64N(int64(usual/2))), append([]string{"mark", mark, "--json"}, ids...)...)
		for _, id := range ids {
			field := strings.TrimPrefix(mark, "un")
			delete(marked, id+field) // it may or may not have been done
			if len(done) > 0 {
				marked[id+field] = mark
			}
		}
		r.run(0, "", "check")
		for _, f := range lines(t, r.run(0, "", "feeds", "--json")) {
			if has, said := int(f["total"].(float64)), stored[f.text("url")]; has < said {
				t.Errorf("round %d: %s has %d articles, and %d were said to be stored", round, f.text("url"), has, said)
			}
			stored[f.text("url")] = int(f["total"].(float64))
		}
		for _, a := range r.articles() {
			for _, field := range []string{"read", "saved"} {
				if was, ok := marked[a.text("id")+field]; ok && a[field] != (was == field) {
					t.Errorf("round %d: article %s was marked %s, and is not", round, a.text("id"), was)
				}
			}
		}
	}
	r.run(0, "", "refresh", "--force")
	seen := map[string]int{}
	for _, a := range r.articles() {
		seen[a.text("title")]++
	}
	for path, n := range p.served {
		for i := range n {
			if title := fmt.Sprintf("Article %d of %s", i, path); seen[title] != 1 {
				t.Errorf("%s is there %d times", title, seen[title])
			}
		}
	}
	r.run(0, "", "check")
}
