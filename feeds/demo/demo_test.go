package demo_test

import (
	"io"
	"net/http"
	"testing"
	"time"

	"broadsheet/feeds/demo"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func get(t *testing.T, rt http.RoundTripper, url string, header ...string) *http.Response {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := rt.RoundTrip(req)
	if err != nil {
		t.Fatalf("%s: %v", url, err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return resp
}

func read(t *testing.T, resp *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestEveryFeedAnswers(t *testing.T) {
	rt := demo.Transport(noon)
	for _, f := range demo.Feeds() {
		want := http.StatusOK
		if f.Outlet == "The Tarrow Evening Mail" {
			want = http.StatusInternalServerError
		}
		if resp := get(t, rt, f.URL); resp.StatusCode != want {
			t.Errorf("%s: status %d, want %d: %s", f.Outlet, resp.StatusCode, want, read(t, resp))
		}
	}
}
