package cli_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
)

// changing serves a paper whose number of reports can be set.
func changing(t *testing.T) (url string, reporting *atomic.Int32) {
	t.Helper()
	n := &atomic.Int32{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, reports(int(n.Load())))
	}))
	t.Cleanup(s.Close)
	return s.URL, n
}

func (r *reader) socket() string {
	return filepath.Join(r.home, "data", "broadsheet", "library.db.sock")
}

func TestCommandsBesideTheReader(t *testing.T) {
	url, n := changing(t)
	n.Store(2)
	r := newReader(t)
	r.run(0, "", "add", "--quiet", url)
	s := r.screen(120, 40)
	s.until("Unread               2")
	if info, err := os.Lstat(r.socket()); err != nil || info.Mode().Perm() != 0o600 || info.Mode().Type() != os.ModeSocket {
		t.Errorf("the socket is %v, %v", info, err)
	}

	n.Store(5)
	if out := lines(t, r.run(0, "", "refresh", "--force", "--json")); len(out) != 2 || out[0]["new"] != 3.0 {
		t.Errorf("refresh said %v", out)
	}
	s.until("Unread               5") // and the screen shows it
	if got := len(r.articles()); got != 5 {
		t.Errorf("%d articles, want 5", got)
	}
	r.run(0, "", "mark", "read", "1", "2", "3")
	s.until("Unread               2")
	r.run(0, "https://a.example/feed Harbour\n", "import", "--quiet", "-")
	s.until("Harbour")
	if _, said := r.try(0, "https://a.example/feed Harbour\n\"query:a:b\"\n", "import", "-"); strings.Count(said, "a query is not a feed") != 1 {
		t.Errorf("of what is left out it said, not once: %q", said)
	}
	r.run(0, "", "backup", "copy.db") // which is relative to where the second program runs
	r.run(0, "", "--library", "copy.db", "feeds")
	if _, said := r.try(1, "", "article", "99"); !strings.HasPrefix(said, "broadsheet: ") || strings.Count(said, "\n") != 1 {
		t.Errorf("of an article that is not there it said %q", said)
	}
	if _, said := r.try(2, "", "articles", "--limit", "x"); !strings.Contains(said, "whole number") {
		t.Errorf("of a wrong use it said %q", said)
	}
	if _, said := r.try(1, "", "check", "--repair"); !strings.Contains(said, "quit that one first") {
		t.Errorf("of a repair it said %q", said)
	}
	r.run(0, "", "check", "--quiet")

	s.press("Q")
	if status := s.wait(); status != 0 {
		t.Errorf("exit status %d, want 0", status)
	}
	if _, err := os.Lstat(r.socket()); err == nil {
		t.Error("the socket is left behind")
	}
	if got := len(r.articles("--unread")); got != 2 {
		t.Errorf("%d articles are unread, want 2", got)
	}
}

func TestASecondReaderReadsACopy(t *testing.T) {
	r, _ := subscribed(t)
	first := r.screen(100, 30)
	first.until("Storm closes the port")
	second := r.screen(100, 30)
	second.until("Another Broadsheet has the library open")
	second.until("Storm closes the port")
	second.press("R")
	second.until("This is a copy")
	second.press("Q")
	if status := second.wait(); status != 0 {
		t.Errorf("exit status %d, want 0", status)
	}
	first.press("Q")
	first.wait()
	left, _ := filepath.Glob(filepath.Join(r.home, "broadsheet-copy-*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// Many programs at once: each works, by itself or through another.
func TestManyCommandsAtOnce(t *testing.T) {
	r, _ := subscribed(t)
	var all sync.WaitGroup
	for i := range 12 {
		all.Go(func() {
			args := [][]string{{"articles", "--json"}, {"mark", "read", fmt.Sprint(i%5 + 1)}, {"refresh", "--force", "--quiet"}, {"feeds"}}[i%4]
			c := r.command(args...)
			if out, err := c.CombinedOutput(); err != nil {
				t.Errorf("%v: %v: %s", args, err, out)
			}
		})
	}
	all.Wait()
	r.run(0, "", "check", "--quiet")
}

func TestAStaleSocket(t *testing.T) {
	r, _ := subscribed(t)
	s := r.screen(80, 24)
	s.until("Storm closes the port")
	if err := s.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	s.wait()
	if _, err := os.Lstat(r.socket()); err != nil {
		t.Fatal("the test shows nothing: there is no socket")
	}
	r.run(0, "", "feeds")
	s = r.screen(80, 24)
	s.until("Storm closes the port")
	r.run(0, "", "mark", "read", "1")
	s.press("Q")
	s.wait()
}

func TestNonsenseAtTheSocket(t *testing.T) {
	r, _ := subscribed(t)
	s := r.screen(100, 30)
	s.until("Storm closes the port")
	for _, said := range []string{"", "GET / HTTP/1.1\r\n\r\n", "h\xff\xff\xff\xff", "h\x00\x00\x00\x02{}", "h\x00\x00\x00\x05{\"ver", "x\x00\x00\x00\x00"} {
		conn, err := net.Dial("unix", r.socket())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close() // held open until the end, some of them in the middle of a word
		_, _ = io.WriteString(conn, said)
	}
	hello := `{"version":"0.1.0","args":[],"dir":"/"}`
	for _, args := range []string{`[]`, `["demo"]`, `["articles","--json"]`} {
		conn, err := net.Dial("unix", r.socket())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close() // which never reads what it asked for
		h := strings.Replace(hello, "[]", args, 1)
		fmt.Fprintf(conn, "h\x00\x00\x00%c%s", len(h), h)
	}
	r.run(0, "", "mark", "read", "1")
	s.press("Q")
	if status := s.wait(); status != 0 {
		t.Errorf("exit status %d, want 0", status)
	}
}

func TestAnotherVersionIsTold(t *testing.T) {
	r, _ := subscribed(t)
	s := r.screen(80, 24)
	s.until("Storm closes the port")
	conn, err := net.Dial("unix", r.socket())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	h := `{"version":"9.9.9","args":["feeds"]}`
	fmt.Fprintf(conn, "h\x00\x00\x00%c%s", len(h), h)
	answer, _ := io.ReadAll(conn)
	if !strings.HasPrefix(string(answer), "n") || !strings.Contains(string(answer), "Broadsheet 9.9.9: quit that one first") {
		t.Errorf("it answered %q", answer)
	}
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	s.wait()
}
