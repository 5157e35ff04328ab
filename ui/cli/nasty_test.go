package cli_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// nasty is a way for a server to be difficult, and what must be true of its
// feed after one refresh.
type nasty struct {
	name     string
	serve    http.HandlerFunc
	status   string // in JSON
	articles int    // how many there are; -1 for any number
	says     string // in the error; "" for no error
	slow     bool   // takes until the timeout, or seconds of work
}

var allNasty = flag.Bool("nasty", false, "also the servers that never answer and documents of many megabytes; takes half a minute")

// item is one item of a feed; its text tells it from others.
func item(n int) string {
	return fmt.Sprintf(`<item><title>Report %d</title><guid isPermaLink="false">r%d</guid><link>https://paper.example/%d</link><description>What was said on day %d of the inquiry.</description></item>`, n, n, n, n)
}

const (
	channel    = `<?xml version="1.0"?><rss version="2.0"><channel><title>The Paper</title><link>https://paper.example/</link>`
	endChannel = `</channel></rss>`
)

func paper(items ...string) string { return channel + strings.Join(items, "") + endChannel }

func reports(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = item(i)
	}
	return paper(list...)
}

// plain serves a document with the headers given in pairs.
func plain(body string, headers ...string) http.HandlerFunc { return status(200, body, headers...) }

func status(code int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		for i := 0; i < len(headers); i += 2 {
			w.Header()[headers[i]] = append(w.Header()[headers[i]][:0:0], headers[i+1])
		}
		w.WriteHeader(code)
		_, _ = io.WriteString(w, body)
	}
}

// raw writes what no proper server would.
func raw(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			panic(err)
		}
		defer conn.Close()
		_, _ = io.WriteString(conn, text)
	}
}

// endless repeats a text until the reader has had enough.
func endless(head, again string, packed bool) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		var out io.Writer = w
		if packed {
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			defer z.Close()
			out = z
		}
		block := strings.Repeat(again, 1+(64<<10)/len(again))
		_, err := io.WriteString(out, head)
		for err == nil {
			_, err = io.WriteString(out, block)
		}
	}
}

// hang holds the line until the reader has gone, sending a text again and again.
func hang(head, drop string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if head != "" {
			_, _ = io.WriteString(w, head)
			_ = http.NewResponseController(w).Flush()
		}
		for {
			select {
			case <-r.Context().Done():
				return
			case <-time.After(200 * time.Millisecond):
				if drop != "" {
					_, _ = io.WriteString(w, drop)
					_ = http.NewResponseController(w).Flush()
				}
			}
		}
	}
}

func redirect(code int, to string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", to)
		w.WriteHeader(code)
	}
}

func zipped(s string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = io.WriteString(z, s)
	_ = z.Close()
	return b.String()
}

func deflated(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = io.WriteString(z, s)
	_ = z.Close()
	return b.String()
}

func nest(tag string, n int) string {
	return strings.Repeat("<"+tag+">", n) + "deep" + strings.Repeat("</"+tag+">", n)
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

const mega = 1 << 20

// nastyServers are grouped by what is wrong.
func nastyServers() []nasty {
	five := reports(5)
	head := "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n"
	return []nasty{
		{name: "gzip", serve: plain(zipped(five), "Content-Encoding", "gzip"), status: "ok", articles: 5},
		{name: "gzip unsaid", serve: plain(zipped(five)), status: "ok", articles: 5},
		{name: "gzip said and not so", serve: plain(five, "Content-Encoding", "gzip"), status: "ok", articles: 5},
		{name: "br said and not so", serve: plain(five, "Content-Encoding", "br"), status: "ok", articles: 5},
		{name: "br", serve: plain("\x1b\x69\x00\xf8\x8d\x94\x6e\xda", "Content-Encoding", "br"), status: "failed", says: "compression"},
		{name: "zstd", serve: plain("\x28\xb5\x2f\xfd\x04\x00\x09\x00\x00abc", "Content-Encoding", "zstd"), status: "failed", says: "compression"},
		{name: "deflate", serve: plain(deflated(five), "Content-Encoding", "deflate"), status: "ok", articles: 5},
		{name: "bomb of gzip", serve: plain(zipped(strings.Repeat("\x00", 100*mega)), "Content-Encoding", "gzip"), status: "failed", says: "larger than", slow: true},
		{name: "bomb of deflate", serve: plain(deflated(strings.Repeat(" ", 100*mega)), "Content-Encoding", "deflate"), status: "failed", says: "larger than", slow: true},
		{name: "bomb of gzip in gzip", serve: plain(zipped(zipped(strings.Repeat("\x00", 100*mega))), "Content-Encoding", "gzip, gzip"), status: "failed", says: "larger than", slow: true},
		{name: "bomb of items", serve: plain(zipped(channel+strings.Repeat(item(1), 200_000)+endChannel), "Content-Encoding", "gzip"), status: "failed", says: "larger than", slow: true},
		{name: "endless zeros", serve: endless("", "\x00", false), status: "failed", says: "larger than", slow: true},
		{name: "endless items", serve: endless(channel, item(7), false), status: "failed", says: "larger than", slow: true},
		{name: "endless tags", serve: endless("<rss>", "<channel>", false), status: "failed", says: "larger than", slow: true},
		{name: "endless gzip", serve: endless(channel, item(7), true), status: "failed", says: "larger than", slow: true},
		{name: "endless head", serve: raw("HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", mega)), status: "failed", says: "no sense"},
		{name: "many headers", serve: raw("HTTP/1.1 200 OK\r\n" + strings.Repeat("X-A: b\r\n", 100_000) + "\r\n"), status: "failed", says: "no sense"},
		{name: "50 MB item", serve: plain(paper(item(1), "<item><title>Long</title><description>"+strings.Repeat("word ", 10*mega)+"</description></item>")), status: "failed", says: "larger than", slow: true},
		{name: "15 MB item", serve: plain(paper(item(1), "<item><title>Long</title><description>"+strings.Repeat("word ", 3*mega)+"</description></item>")), status: "ok", articles: 2, slow: true},
		{name: "a million tags", serve: plain(paper(item(1), "<item><title>Long</title><description>"+strings.Repeat("&lt;p&gt;&lt;b&gt;x", 500_000)+"</description></item>")), status: "ok", articles: 2, slow: true},
		{name: "100,000 items", serve: plain(manyItems(100_000)), status: "ok", articles: 5000, says: "of which the newest count); 5000 articles were taken in", slow: true},
		{name: "deep elements", serve: plain(paper(item(1), nest("x", 200_000))), status: "ok", articles: 1, slow: true},
		{name: "deep markup", serve: plain(paper(item(1), "<item><title>Deep</title><description>"+escaped(nest("blockquote", 100_000))+"</description></item>")), status: "ok", articles: 2, slow: true},
		{name: "deep JSON", serve: plain(`{"version":"https://jsonfeed.org/version/1.1","items":`+strings.Repeat("[", 500_000), "Content-Type", "application/feed+json"), status: "ok", articles: 0, says: "1 of its 1 items could not be read", slow: true},
		{name: "1 MB title", serve: plain(paper("<item><title>" + strings.Repeat("Loud ", mega/5) + "</title><guid>a</guid></item>")), status: "ok", articles: 1},
		{name: "entities that explode", serve: plain(`<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]>` + paper("<item><title>&d;&d;&d;&d;</title></item>")), status: "ok", articles: -1},
		{name: "an entity of a file", serve: plain(`<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>` + paper("<item><title>T &x;</title></item>")), status: "ok", articles: 1},

		{name: "never answers", serve: hang("", ""), status: "failed", says: "did not send it within", slow: true},
		{name: "drips", serve: hang(channel+item(1)+item(2), " "), status: "ok", articles: 2, says: "did not send it within", slow: true},
		{name: "drips nothing", serve: hang("", " "), status: "failed", says: "did not send it within", slow: true},
		{name: "stops half way", serve: hang(channel+item(1)+item(2)+"<item><title>Hal", ""), status: "ok", articles: -1, says: "did not send it within", slow: true},
		{name: "reset", serve: reset, status: "failed", says: "broke off"},
		{name: "closes", serve: raw(""), status: "failed", says: "broke off"},
		{name: "shorter than it says", serve: raw(head + "Content-Length: 100000\r\n\r\n" + strings.TrimSuffix(five, item(4)+endChannel)), status: "ok", articles: 4, says: "the 4 articles before that"},
		{name: "a chunk is missing", serve: raw(head + "Transfer-Encoding: chunked\r\n\r\n" + fmt.Sprintf("%x\r\n%s\r\n", len(five)-len(endChannel), five[:len(five)-len(endChannel)])), status: "ok", articles: 5, says: "the 5 articles before that"},
		{name: "gzip breaks off", serve: plain(zipped(five)[:len(zipped(five))-12], "Content-Encoding", "gzip"), status: "ok", articles: -1, says: "broke off"},
		{name: "no HTTP", serve: raw("\x1b]0;owned\x07220 ready\r\n\r\n"), status: "failed", says: "no sense"},
		{name: "a control in the status", serve: raw("HTTP/1.1 500 \x1b[31mred\x1b]52;c;aGk=\x07\r\n\r\n"), status: "failed", says: "(500)"},

		{name: "redirects to itself", serve: func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }, status: "failed", says: "again and again"},
		{name: "redirects on and on", serve: func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"/x", http.StatusMovedPermanently)
		}, status: "failed", says: "again and again"},
		{name: "redirects to a file", serve: redirect(301, "file:///etc/passwd"), status: "failed", says: "no web address"},
		{name: "redirects to gopher", serve: redirect(302, "gopher://paper.example/"), status: "failed", says: "no web address"},
		{name: "redirects to script", serve: redirect(302, "javascript:alert(1)"), status: "failed", says: "no web address"},
		{name: "redirects nowhere", serve: redirect(301, ""), status: "failed", says: "no web address"},
		{name: "redirects to metadata", serve: redirect(302, "http://169.254.169.254/latest/meta-data/"), status: "failed", says: "private network"},
		{name: "redirects to any address", serve: redirect(302, "http://0.0.0.0:1/"), status: "failed", says: "private network"},
		{name: "redirects into the network", serve: redirect(302, "http://[::ffff:10.0.0.1]/"), status: "failed", says: "private network"},

		{name: "304 unasked", serve: status(304, ""), status: "failed", says: "304"},
		{name: "401", serve: status(401, "", "Www-Authenticate", `Basic realm="x"`), status: "failed", says: "401"},
		{name: "403", serve: status(403, ""), status: "failed", says: "403"},
		{name: "404 with a feed", serve: status(404, five), status: "failed", says: "404"},
		{name: "410", serve: status(410, ""), status: "failed", says: "410"},
		{name: "418", serve: status(418, ""), status: "failed", says: "418"},
		{name: "429", serve: status(429, "", "Retry-After", "3600"), status: "failed", says: "in 1 hour"},
		{name: "429 until a date", serve: status(429, "", "Retry-After", "Sun, 22 Nov 2026 13:00:00 GMT", "Date", "Sun, 22 Nov 2026 12:00:00 GMT"), status: "failed", says: "in 1 hour"},
		{name: "429 for ages", serve: status(429, "", "Retry-After", "99999999999"), status: "failed", says: "(429)"},
		{name: "503 with nonsense", serve: status(503, "", "Retry-After", "soon"), status: "failed", says: "(503)"},
		{name: "500", serve: status(500, five), status: "failed", says: "(500)"},
		{name: "204", serve: status(204, ""), status: "failed", says: "204"},
		{name: "206", serve: status(206, five), status: "failed", says: "206"},
		{name: "999", serve: status(999, five), status: "failed", says: "999"},

		{name: "empty", serve: plain(""), status: "failed", says: "nothing at all"},
		{name: "blank", serve: plain(" \n\t"), status: "failed", says: "nothing at all"},
		{name: "a web page", serve: plain("<!doctype html><title>Hi</title><p>Hello", "Content-Type", "text/html"), status: "failed", says: "a web page instead of a feed"},
		{name: "an error page", serve: plain("<html><head><title>503 Service Unavailable</title></head><body>Sorry</body></html>"), status: "failed", says: "a web page instead of a feed"},
		{name: "a page that names the feed", serve: plain(`<html><head><link rel="alternate" type="application/rss+xml" href="https://paper.example/new.xml"></head></html>`), status: "failed", says: "https://paper.example/new.xml"},
		{name: "a picture", serve: plain("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "Content-Type", "image/png"), status: "failed", says: "not a feed"},
		{name: "JSON of another kind", serve: plain(`{"error":"no"}`, "Content-Type", "application/json"), status: "failed", says: "not a feed"},
		{name: "plain text as type", serve: plain(five, "Content-Type", "text/plain"), status: "ok", articles: 5},
		{name: "a picture as type", serve: plain(five, "Content-Type", "image/png"), status: "ok", articles: 5},
		{name: "no type", serve: plain(five, "Content-Type", ""), status: "ok", articles: 5},
		{name: "a type of nonsense", serve: plain(five, "Content-Type", strings.Repeat("a/b;", 5000)), status: "ok", articles: 5},
		{name: "odd etag", serve: plain(five, "ETag", `W/unquoted, "and more`), status: "ok", articles: 5},
		{name: "long etag", serve: plain(five, "ETag", `"`+strings.Repeat("x", 50_000)+`"`), status: "ok", articles: 5},
		{name: "repeated ids", serve: plain(paper(strings.Repeat(item(1), 50))), status: "ok", articles: 1},
		{name: "no items", serve: plain(paper()), status: "ok", articles: 0},
		{name: "headers of controls", serve: plain(five, "X-Odd", "a\x1b[2Jb", "Content-Disposition", "attachment; filename=\"\x1b]0;x\x07\""), status: "failed", says: "no sense"},
		{name: "a cookie wall", serve: cookieWall(five), status: "ok", articles: 5},
	}
}

func manyItems(n int) string {
	var b strings.Builder
	b.WriteString(channel)
	for i := range n {
		fmt.Fprintf(&b, "<item><title>Item %d</title><guid>i%d</guid><link>https://paper.example/%d</link></item>", i, i, i)
	}
	b.WriteString(endChannel)
	return b.String()
}

func cookieWall(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if _, err := r.Cookie("seen"); err != nil {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "1"})
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
			return
		}
		_, _ = io.WriteString(w, body)
	}
}

func reset(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	if tcp, ok := conn.(interface{ SetLinger(int) error }); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// district is a number of difficult servers with healthy ones between.
type district struct {
	servers []nasty
	urls    []string // of servers
	healthy []string
	asked   atomic.Int64 // how often those of healthy were, in a tenement
}

func newDistrict(t *testing.T, servers []nasty) *district {
	t.Helper()
	d := &district{servers: servers}
	start := func(h http.HandlerFunc) string {
		s := httptest.NewServer(h)
		s.Config.ErrorLog = silent()
		t.Cleanup(func() {
			s.CloseClientConnections()
			s.Close()
		})
		return s.URL + "/feed"
	}
	for i, n := range servers {
		d.urls = append(d.urls, start(n.serve))
		if i%4 == 0 {
			d.healthy = append(d.healthy, start(plain(reports(20))))
		}
	}
	return d
}

func (d *district) list() string {
	return strings.Join(append(append([]string{}, d.urls...), d.healthy...), "\n")
}

// newTenement is a district in which everybody lives at one host and port, each
// at a path.
func newTenement(t *testing.T, servers []nasty) *district {
	t.Helper()
	mux := http.NewServeMux()
	house := httptest.NewServer(mux)
	house.Config.ErrorLog = silent()
	t.Cleanup(func() {
		house.CloseClientConnections()
		house.Close()
	})
	move := func(name string, h http.HandlerFunc) string {
		mux.HandleFunc("/"+name+"/", h)
		return house.URL + "/" + name + "/feed"
	}
	d := &district{servers: servers}
	for i, n := range servers {
		d.urls = append(d.urls, move(fmt.Sprint("nasty", i), n.serve))
		if i%4 == 0 {
			d.healthy = append(d.healthy, move(fmt.Sprint("healthy", i), func(w http.ResponseWriter, r *http.Request) {
				d.asked.Add(1)
				plain(reports(20))(w, r)
			}))
		}
	}
	return d
}

// judge looks at every feed after a refresh.
func (d *district) judge(t *testing.T, r *reader) {
	t.Helper()
	feeds := map[string]object{}
	for _, f := range lines(t, r.run(0, "", "feeds", "--json")) {
		feeds[f.text("url")] = f
	}
	for i, n := range d.servers {
		f := feeds[d.urls[i]]
		total, _ := f["total"].(float64)
		if settled(f) != n.status || n.articles >= 0 && int(total) != n.articles || !strings.Contains(f.text("error"), n.says) || n.says == "" && f.text("error") != "" {
			t.Errorf("%s: %s with %v articles, %q; want %s with %d, %q", n.name, settled(f), total, f.text("error"), n.status, n.articles, n.says)
		}
	}
	for _, url := range d.healthy {
		if f := feeds[url]; settled(f) != "ok" || f["total"] != 20.0 || f.text("error") != "" {
			t.Errorf("a healthy neighbour is %v", f)
		}
	}
}

// settled is a feed's status; that nothing new came is well too.
func settled(feed object) string {
	if s := feed.text("status"); s != "not_modified" {
		return s
	}
	return "ok"
}

func chosen() (list []nasty) {
	for _, n := range nastyServers() {
		if *allNasty || !n.slow {
			list = append(list, n)
		}
	}
	return list
}

func TestNastyServersHurtNobodyElse(t *testing.T) {
	d := newDistrict(t, chosen())
	r := newReader(t)
	r.run(0, d.list(), "import", "--quiet", "-")
	took, memory := r.measure("refresh", "--json")
	t.Logf("%d nasty and %d healthy servers: %v, %d MB at most", len(d.servers), len(d.healthy), took, memory)
	d.judge(t, r)
	if *allNasty && (took > 25*time.Second || memory > 150) {
		t.Errorf("the refresh took %v and %d MB, want at most 25s and 150 MB", took, memory)
	}
}

// What one address of a host does is not held against its others.
func TestNastyPathsHurtNoOtherPathOfTheirHost(t *testing.T) {
	d := newTenement(t, chosen())
	r := newReader(t)
	r.run(0, d.list(), "import", "--quiet", "-")
	for _, round := range []string{"first", "second"} {
		d.asked.Store(0)
		took, memory := r.measure("refresh", "--json", "--force")
		t.Logf("%s: %d nasty and %d healthy paths of one host: %v, %d MB at most", round, len(d.servers), len(d.healthy), took, memory)
		if *allNasty && (took > 25*time.Second || memory > 150) {
			t.Errorf("the refresh took %v and %d MB, want at most 25s and 150 MB", took, memory)
		}
		d.judge(t, r)
		if got := int(d.asked.Load()); got != len(d.healthy) {
			t.Errorf("%s: %d requests for %d healthy feeds", round, got, len(d.healthy))
		}
	}
}

func TestNastyServersAlone(t *testing.T) {
	if !*allNasty {
		return // together they have been asked already
	}
	for _, n := range chosen() {
		if !n.slow {
			continue
		}
		d := newDistrict(t, []nasty{n})
		d.healthy = nil
		r := newReader(t)
		r.run(0, d.list(), "import", "--quiet", "-")
		took, memory := r.measure("refresh", "--json")
		t.Logf("%s: %v, %d MB at most", n.name, took, memory)
		d.judge(t, r)
		if took > 16*time.Second || memory > 100 {
			t.Errorf("%s took %v and %d MB, want at most 16s and 100 MB", n.name, took, memory)
		}
	}
}

// measure runs a command and returns how long it took and, with GNU time, how
// many megabytes it had in memory at most. What the system says of our own
// children counts our own memory in.
func (r *reader) measure(args ...string) (time.Duration, int) {
	r.t.Helper()
	c := r.command(args...)
	if gnu, err := exec.LookPath("time"); err == nil {
		c.Args = append([]string{gnu, "-f", "peak %M"}, c.Args...)
		c.Path = gnu
	}
	var said bytes.Buffer
	c.Stderr = &said
	began := time.Now()
	_ = c.Run() // that every feed failed is no failure here
	took := time.Since(began)
	if strings.Contains(said.String(), "goroutine") {
		r.t.Fatalf("it panicked: %s", said.String())
	}
	peak := 0
	if i := strings.LastIndex(said.String(), "peak "); i >= 0 {
		_, _ = fmt.Sscanf(said.String()[i:], "peak %d", &peak)
	}
	return took, peak >> 10
}

func silent() *log.Logger { return log.New(io.Discard, "", 0) }
