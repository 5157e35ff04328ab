package cli

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"broadsheet/feeds/demo"
	"broadsheet/ui/settings"
)

// watching writes down the heads of requests.
type watching struct {
	http.RoundTripper
	heads []http.Header
	cut   bool // the connection breaks halfway
}

func (w *watching) RoundTrip(r *http.Request) (*http.Response, error) {
	w.heads = append(w.heads, r.Header.Clone())
	response, err := w.RoundTripper.RoundTrip(r)
	if err == nil && w.cut {
		response.Body = io.NopCloser(io.MultiReader(io.LimitReader(response.Body, response.ContentLength/2), iotest.ErrReader(io.ErrUnexpectedEOF)))
	}
	return response, err
}

func TestPicturesOfTheNewsroomAreKeptBesideItsLibrary(t *testing.T) {
	now := func() time.Time { return time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC) }
	wire := &watching{RoundTripper: demo.Transport(now())}
	s := &session{Env: &Env{Transport: wire, Clock: now, Version: "test"}, libraryPath: filepath.Join(t.TempDir(), "news.db")}
	cache := s.pictures(settings.Default())
	const address = "https://stellhavencourier.example/img/pin-plate.png"
	n, err := cache.Fetch(t.Context(), address)
	if err != nil || n == 0 {
		t.Fatalf("%d bytes, %v", n, err)
	}
	m, err := cache.Load(t.Context(), address, func(w, h int) (int, int) { return w / 10, h / 10 })
	if err != nil || m.Rect.Dx() != 64 || m.Rect.Dy() != 36 {
		t.Fatalf("%v, %v", m, err)
	}
	if files, err := os.ReadDir(strings.TrimSuffix(s.libraryPath, ".db") + ".pictures"); err != nil || len(files) != 1 {
		t.Errorf("%v, %v", files, err)
	}
	for _, h := range wire.heads {
		if h.Get("Referer") != "" || h.Get("Cookie") != "" || !strings.Contains(h.Get("Accept"), "image/") {
			t.Errorf("asked with %v", h)
		}
	}
	wire.cut = true
	if _, err := cache.Fetch(t.Context(), "https://stellhavencourier.example/img/tarn-417.png"); err == nil || cache.Has("https://stellhavencourier.example/img/tarn-417.png") {
		t.Errorf("half of a picture is kept: %v", err)
	}
	asked := len(wire.heads)
	for _, private := range []string{"http://127.0.0.1/x.png", "http://192.168.1.1/x.png", "http://localhost:8080/x.png", "file:///etc/passwd"} {
		if _, err := cache.Fetch(t.Context(), private); err == nil {
			t.Errorf("%s was fetched", private)
		}
	}
	if len(wire.heads) != asked {
		t.Errorf("%d requests went to addresses in private networks", len(wire.heads)-asked)
	}
}
