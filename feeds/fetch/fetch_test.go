package fetch

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// serve starts a server on loopback that ends with the test.
func serve(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// transport answers requests in memory.
type transport func(*http.Request) (*http.Response, error)

func (f transport) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// answer makes a response; header is name, value, name, value …
func answer(status int, body string, header ...string) *http.Response {
	h := http.Header{}
	for i := 0; i < len(header); i += 2 {
		h.Add(header[i], header[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, ContentLength: -1, Body: io.NopCloser(strings.NewReader(body))}
}

// wantKind fails the test unless err is an *Error of a kind.
func wantKind(t *testing.T, err error, kind Kind) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || e.Kind != kind {
		t.Fatalf("got the error %v, want one of kind %d", err, kind)
	}
	return e
}

func TestGet(t *testing.T) {
	var got http.Header
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		w.Header().Set("ETag", `W/"v1"`)
		w.Header().Set("Last-Modified", "Mon, 02 Nov 2026 10:00:00 GMT")
		w.Header().Set("Content-Type", "application/rss+xml; charset=utf-8")
		w.Header().Set("Cache-Control", "public, max-age=600")
		_, _ = io.WriteString(w, "<rss/>")
	})
	result, err := New(Options{UserAgent: "Broadsheet/1.2 (+https://paper.example)"}).Get(t.Context(), Request{URL: " " + url + "/feed#top "})
	if err != nil {
		t.Fatal(err)
	}
	if string(result.Body) != "<rss/>" || result.Status != 200 || result.NotModified || result.Moved != "" {
		t.Errorf("got %+v", result)
	}
	if result.URL != url+"/feed" || result.ContentType != "application/rss+xml; charset=utf-8" || result.MaxAge != 10*time.Minute {
		t.Errorf("got %+v", result)
	}
	if result.ETag != `W/"v1"` || result.LastModified != "Mon, 02 Nov 2026 10:00:00 GMT" {
		t.Errorf("validators %q, %q", result.ETag, result.LastModified)
	}
	for name, want := range map[string]string{
		"User-Agent": "Broadsheet/1.2 (+https://paper.example)", "Accept": defaultAccept, "Accept-Encoding": "gzip, deflate",
		"If-None-Match": "", "If-Modified-Since": "", "Cookie": "", "Referer": "", "Authorization": "",
	} {
		if got.Get(name) != want {
			t.Errorf("sent %s: %q, want %q", name, got.Get(name), want)
		}
	}
}

func TestGetConditional(t *testing.T) {
	var status int
	header := http.Header{}
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("If-None-Match") != `"v1"` || r.Header.Get("If-Modified-Since") != "yesterday, as the server said" || r.Header.Get("Accept") != "text/html" {
			t.Errorf("sent %v", r.Header)
		}
		for name, values := range header {
			w.Header()[name] = values
		}
		w.WriteHeader(status)
	})
	ask := Request{URL: url, ETag: `"v1"`, LastModified: "yesterday, as the server said", Accept: "text/html"}
	client := New(Options{})

	status = http.StatusNotModified
	result, err := client.Get(t.Context(), ask)
	if err != nil || !result.NotModified || len(result.Body) != 0 || result.ETag != ask.ETag || result.LastModified != ask.LastModified {
		t.Errorf("304: got %+v, %v; want the validators as they were", result, err)
	}
	header.Set("ETag", `"v2"`)
	if result, err = client.Get(t.Context(), ask); err != nil || result.ETag != `"v2"` || result.LastModified != ask.LastModified {
		t.Errorf("304 with a new tag: got %+v, %v", result, err)
	}
	status = http.StatusOK
	if result, err = client.Get(t.Context(), ask); err != nil || result.NotModified || result.ETag != `"v2"` || result.LastModified != "" {
		t.Errorf("200: got %+v, %v; want only the validators of the new document", result, err)
	}
}

func TestGetRefusesNotModifiedUnasked(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNotModified) })
	_, err := New(Options{}).Get(t.Context(), Request{URL: url, ETag: "line\nbreak", LastModified: strings.Repeat("x", maxValidator+1)})
	if e := wantKind(t, err, OddStatus); e.Status != http.StatusNotModified {
		t.Errorf("got %+v", e)
	}
}

func TestGetDropsValidatorsItCouldNotSendBack(t *testing.T) {
	client := New(Options{Transport: transport(func(*http.Request) (*http.Response, error) {
		return answer(200, "x", "ETag", "\"\x01\"", "Last-Modified", strings.Repeat("x", maxValidator+1)), nil
	})})
	if result, err := client.Get(t.Context(), Request{URL: "http://a.example/"}); err != nil || result.ETag != "" || result.LastModified != "" {
		t.Errorf("got %+v, %v", result, err)
	}
}

func TestGetRefusesWhatIsNoWebAddress(t *testing.T) {
	client := New(Options{Transport: transport(func(r *http.Request) (*http.Response, error) {
		t.Errorf("asked for %s", r.URL)
		return answer(200, ""), nil
	})})
	for _, url := range []string{"", "paper.example/feed", "ftp://paper.example/", "file:///etc/passwd", "http:///feed", "http:paper.example", "http://a b/", "https://[::1", "javascript:alert(1)"} {
		_, err := client.Get(t.Context(), Request{URL: url})
		wantKind(t, err, BadAddress)
	}
}

// Each host has its own queue; a full one holds nobody else up, and time spent
// in it is not the server's.
func TestGetTakesTurnsAtAHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const perHost, took = 2, patience - time.Second
		busy, most := map[string]int{}, map[string]int{}
		var client *Client
		client = New(Options{PerHost: perHost, Timeout: 30 * time.Second, Transport: transport(func(r *http.Request) (*http.Response, error) {
			client.hosts.mu.Lock()
			busy[r.URL.Host]++
			most[r.URL.Host] = max(most[r.URL.Host], busy[r.URL.Host])
			client.hosts.mu.Unlock()
			select {
			case <-time.After(took):
			case <-r.Context().Done():
				return nil, r.Context().Err()
			}
			client.hosts.mu.Lock()
			busy[r.URL.Host]--
			client.hosts.mu.Unlock()
			return answer(200, "x"), nil
		})})
		began := time.Now()
		done := make(chan time.Duration, 7)
		get := func(url string) {
			if _, err := client.Get(t.Context(), Request{URL: url}); err != nil {
				t.Error(err)
			}
			done <- time.Since(began)
		}
		for range 6 {
			go get("http://busy.example/feed")
		}
		synctest.Wait()
		go get("http://Calm.example:80/feed")
		var last time.Duration
		for range 7 {
			last = <-done
		}
		if most["busy.example"] != perHost || last != 3*took {
			t.Errorf("at most %v at once, all after %v; want %d at once and all after %v", most, last, perHost, 3*took)
		}
	})
}

func TestGetStopsWaitingForItsTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		client := New(Options{PerHost: 1, Timeout: time.Hour, Transport: transport(func(r *http.Request) (*http.Response, error) {
			<-release
			return answer(200, "x"), nil
		})})
		first := make(chan error)
		go func() {
			_, err := client.Get(t.Context(), Request{URL: "http://a.example/1"})
			first <- err
		}()
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		second := make(chan error)
		go func() {
			_, err := client.Get(ctx, Request{URL: "http://a.example/2"})
			second <- err
		}()
		synctest.Wait()
		cancel()
		err := <-second
		wantKind(t, err, Stopped)
		if !errors.Is(err, context.Canceled) || errors.Is(err, ErrOffline) {
			t.Errorf("got %v, want it to be the context's", err)
		}
		close(release)
		if err := <-first; err != nil {
			t.Error(err)
		}
	})
}

// dripping is a body that sends a byte a second, for ever.
type dripping struct{ ctx context.Context }

func (d dripping) Read(p []byte) (int, error) {
	select {
	case <-time.After(time.Second):
		return copy(p, "x"), nil
	case <-d.ctx.Done():
		return 0, d.ctx.Err()
	}
}

func (dripping) Close() error { return nil }

func TestGetEndsInTime(t *testing.T) {
	for name, handler := range map[string]transport{
		"no answer": func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		},
		"a dripping body": func(r *http.Request) (*http.Response, error) {
			a := answer(200, "")
			a.Body = dripping{r.Context()}
			return a, nil
		},
		"slow redirects": func(r *http.Request) (*http.Response, error) {
			select {
			case <-time.After(3 * time.Second):
				return answer(302, "", "Location", "/again"), nil
			case <-r.Context().Done():
				return nil, r.Context().Err()
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				result, err := New(Options{Timeout: 7 * time.Second, Transport: handler}).Get(t.Context(), Request{URL: "http://slow.example/feed"})
				if name == "a dripping body" {
					err = result.Cut
				}
				e := wantKind(t, err, TimedOut)
				if took, dripped := time.Since(began), len(result.Body); took != 7*time.Second || dripped > 7 || (dripped > 0) != (name == "a dripping body") {
					t.Errorf("after %v with %d bytes, want 7s and what has dripped", took, dripped)
				}
				if want := "http://slow.example/feed could not be fetched: slow.example did not send it within 7s; try again later"; e.Error() != want {
					t.Errorf("got %q\nwant %q", e.Error(), want)
				}
			})
		})
	}
}

func TestGetStopsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, err := New(Options{Transport: transport(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})}).Get(ctx, Request{URL: "http://a.example/"})
		wantKind(t, err, Stopped)
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}
