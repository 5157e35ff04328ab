package fetch

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
)

const document = "<rss><channel><title>A document long enough to be worth packing, packing, packing</title></channel></rss>"

func packed(t testing.TB, body string, by func(io.Writer) io.WriteCloser) string {
	t.Helper()
	var b bytes.Buffer
	w := by(&b)
	if _, err := io.WriteString(w, body); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipped(t testing.TB, body string) string {
	return packed(t, body, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) })
}

func zlibbed(t testing.TB, body string) string {
	return packed(t, body, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
}

func deflated(t testing.TB, body string) string {
	return packed(t, body, func(w io.Writer) io.WriteCloser {
		f, err := flate.NewWriter(w, flate.DefaultCompression)
		if err != nil {
			t.Fatal(err)
		}
		return f
	})
}

// bodies are what servers send, with what becomes of it; they seed the fuzzer too.
func bodies(t testing.TB) []struct {
	name, coding, body string
	want               string
	kind               Kind // if want is ""
} {
	long := gzipped(t, document+strings.Repeat(fmt.Sprint(rand.Perm(1000)), 3))
	return []struct {
		name, coding, body string
		want               string
		kind               Kind
	}{
		{name: "plain", body: document, want: document},
		{name: "identity", coding: "identity", body: document, want: document},
		{name: "gzip", coding: "gzip", body: gzipped(t, document), want: document},
		{name: "gzip by its old name", coding: "X-GZIP", body: gzipped(t, document), want: document},
		{name: "gzip unsaid", body: gzipped(t, document), want: document},
		{name: "gzip said, but plain", coding: "gzip", body: document, want: document},
		{name: "gzip said twice, packed once", coding: "gzip, gzip", body: gzipped(t, document), want: document},
		{name: "gzip said once, packed twice", coding: "gzip", body: gzipped(t, gzipped(t, document)), want: document},
		{name: "gzip in two members", coding: "gzip", body: gzipped(t, document[:20]) + gzipped(t, document[20:]), want: document},
		{name: "gzip with padding", coding: "gzip", body: gzipped(t, document) + strings.Repeat("\x00", 600), want: document},
		{name: "deflate as it should be", coding: "deflate", body: zlibbed(t, document), want: document},
		{name: "deflate as some send it", coding: "deflate", body: deflated(t, document), want: document},
		{name: "deflate said, but plain", coding: "deflate", body: document, want: document},
		{name: "deflate said, but gzip", coding: "deflate", body: gzipped(t, document), want: document},
		{name: "deflate in gzip", coding: "deflate, gzip", body: gzipped(t, zlibbed(t, document)), want: document},
		{name: "a coding not asked for, but plain", coding: "br", body: "\ufeff \n" + document, want: "\ufeff \n" + document},
		{name: "a coding not asked for", coding: "br", body: "\x1b\x69\x00\xf8\x8d\x94\x6e\xda", kind: BadPacking},
		{name: "codings without end", coding: "gzip, gzip, gzip, gzip", body: gzipped(t, document), kind: BadPacking},
		{name: "gzip cut in the middle", coding: "gzip", body: long[:len(long)/2], kind: CutShort},
		{name: "gzip without its checksum", coding: "gzip", body: long[:len(long)-8], kind: CutShort},
		{name: "deflate cut in the middle", coding: "deflate", body: zlibbed(t, document)[:len(zlibbed(t, document))-10], kind: CutShort},
		{name: "gzip damaged", coding: "gzip", body: long[:30] + strings.Repeat("\xff", 40) + long[70:], kind: BadPacking},
		{name: "gzip with a wrong checksum", coding: "gzip", body: long[:len(long)-8] + "xxxxxxxx", kind: BadPacking},
		{name: "empty", body: "", want: ""},
		{name: "empty, gzip said", coding: "gzip", body: "", want: ""},
	}
}

func TestGetUnpacks(t *testing.T) {
	for _, tc := range bodies(t) {
		t.Run(tc.name, func(t *testing.T) {
			url := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if tc.coding != "" {
					w.Header().Set("Content-Encoding", tc.coding)
				}
				_, _ = io.WriteString(w, tc.body)
			})
			result, err := New(Options{}).Get(t.Context(), Request{URL: url})
			if tc.kind == CutShort {
				wantKind(t, result.Cut, CutShort)
				return
			}
			if tc.kind != 0 {
				wantKind(t, err, tc.kind)
				if result.Body != nil || result.ETag != "" {
					t.Errorf("got %+v with an error", result)
				}
				return
			}
			if err != nil || string(result.Body) != tc.want {
				t.Errorf("got %.100q, %v", result.Body, err)
			}
		})
	}
}

func TestGetNoticesACutBody(t *testing.T) {
	for _, tc := range []struct{ name, sent, kept string }{
		{"fewer bytes than announced", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nETag: \"v\"\r\n\r\n<rss>", "<rss>"},
		{"the last chunk missing", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nLast-Modified: x\r\n\r\n5\r\n<rss>\r\n", "<rss>"},
		{"a chunk cut", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rs", "<rs"},
		{"cut while packed", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzipped(t, document)[:len(gzipped(t, document))-4], document},
		{"no byte of it", "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", ""},
		{"not even a head", "HTTP/1.1 200 OK\r\nServer: x\r\n", ""},
		{"nothing", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			url := serve(t, func(w http.ResponseWriter, r *http.Request) {
				conn, _, err := http.NewResponseController(w).Hijack()
				if err != nil {
					t.Error(err)
					return
				}
				_, _ = io.WriteString(conn, tc.sent)
				_ = conn.Close()
			})
			result, err := New(Options{}).Get(t.Context(), Request{URL: url})
			if tc.kept == "" {
				wantKind(t, err, CutShort)
			} else if err != nil {
				t.Fatal(err)
			} else {
				wantKind(t, result.Cut, CutShort)
			}
			if string(result.Body) != tc.kept || result.ETag != "" || result.LastModified != "" {
				t.Errorf("got %+v, want the body %q and no validators", result, tc.kept)
			}
		})
	}
}

func TestGetSaysWhatIsNoHTTP(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(conn, "\x1b]0;pwned\x07 220 FTP ready\r\n\r\n")
		_ = conn.Close()
	})
	_, err := New(Options{}).Get(t.Context(), Request{URL: url})
	if e := wantKind(t, err, Broken); strings.ContainsAny(e.Error(), "\x1b\x07") {
		t.Errorf("the error %q passes on what the server sent", e.Error())
	}
}

// endless is a body without end.
type endless struct {
	again string
	at    int
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.again[e.at:])
	e.at = (e.at + n) % len(e.again)
	return n, nil
}

func TestGetLimitsSize(t *testing.T) {
	const limit = 64 << 10
	exact := strings.Repeat("x", limit)
	for _, tc := range []struct {
		name   string
		body   io.Reader
		length int64
		coding string
		fits   bool
	}{
		{name: "exactly the limit", body: strings.NewReader(exact), length: -1, fits: true},
		{name: "exactly the limit, packed", body: strings.NewReader(gzipped(t, exact)), length: -1, coding: "gzip", fits: true},
		{name: "one byte more", body: strings.NewReader(exact + "x"), length: -1},
		{name: "one byte more, packed", body: strings.NewReader(gzipped(t, exact+"x")), length: -1, coding: "gzip"},
		{name: "announced, not even read", body: strings.NewReader(""), length: limit + 1},
		{name: "without end", body: &endless{again: "<item/>"}, length: -1},
		{name: "a bomb", body: strings.NewReader(gzipped(t, strings.Repeat("\x00", 50*limit))), length: -1, coding: "gzip"},
		{name: "a bomb of deflate", body: strings.NewReader(zlibbed(t, strings.Repeat("\x00", 50*limit))), length: -1, coding: "deflate"},
		{name: "a bomb in a bomb", body: strings.NewReader(gzipped(t, gzipped(t, strings.Repeat("\x00", 100*limit)))), length: -1, coding: "gzip, gzip"},
		{name: "packed nothing without end", body: &endless{again: gzipped(t, "")}, length: -1, coding: "gzip"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			client := New(Options{MaxBody: limit, Transport: transport(func(*http.Request) (*http.Response, error) {
				a := answer(200, "", "Content-Encoding", tc.coding, "ETag", `"v"`)
				a.Body, a.ContentLength = io.NopCloser(tc.body), tc.length
				return a, nil
			})})
			result, err := client.Get(t.Context(), Request{URL: "http://a.example/feed"})
			if tc.fits {
				if err != nil || len(result.Body) != limit {
					t.Errorf("got %d bytes, %v", len(result.Body), err)
				}
				return
			}
			e := wantKind(t, err, TooLarge)
			if want := "http://a.example/feed could not be fetched: it is larger than 65536 bytes; look for a smaller feed of that site"; e.Error() != want {
				t.Errorf("got %q\nwant %q", e.Error(), want)
			}
			if result.Body != nil || result.ETag != "" {
				t.Errorf("got %+v with an error", result)
			}
		})
	}
}

func TestGetRefusesAnEndlessHead(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Long", strings.Repeat("x", maxHeader))
	})
	_, err := New(Options{}).Get(t.Context(), Request{URL: url})
	wantKind(t, err, Broken)
}

func FuzzReadBody(f *testing.F) {
	for _, tc := range bodies(f) {
		f.Add([]byte(tc.body), tc.coding)
	}
	const limit = 32 << 10
	f.Fuzz(func(t *testing.T, body []byte, coding string) {
		a := answer(200, string(body), "Content-Encoding", coding)
		got, err := readBody(a, limit)
		if got.size > limit {
			t.Fatalf("%d bytes, %v", got.size, err)
		}
	})
}

func BenchmarkReadBodyGzip(b *testing.B) {
	body := gzipped(b, strings.Repeat(document, 1000))
	b.SetBytes(int64(1000 * len(document)))
	for b.Loop() {
		got, err := readBody(answer(200, body, "Content-Encoding", "gzip"), 1<<20)
		if err != nil || got.size != int64(1000*len(document)) {
			b.Fatal(got.size, err)
		}
		got.close()
	}
}
