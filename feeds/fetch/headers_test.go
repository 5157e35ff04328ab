package fetch

import (
	"net/http"
	"testing"
	"time"
)

var now = time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC)

const (
	inAnHour = "Mon, 02 Nov 2026 11:00:00 GMT"
	aNight   = "Mon, 02 Nov 2026 22:00:00 GMT"
)

func headers(pairs ...string) http.Header { return answer(200, "", pairs...).Header }

func TestMaxAge(t *testing.T) {
	for _, tc := range []struct {
		name   string
		header http.Header
		want   time.Duration
	}{
		{"nothing said", headers(), 0},
		{"max-age", headers("Cache-Control", "public, Max-Age=600, must-revalidate"), 10 * time.Minute},
		{"max-age in quotes", headers("Cache-Control", `max-age="600"`), 10 * time.Minute},
		{"max-age on a line of its own", headers("Cache-Control", "public", "Cache-Control", "max-age=600"), 10 * time.Minute},
		{"some of it spent in a cache", headers("Cache-Control", "max-age=600", "Age", "120"), 8 * time.Minute},
		{"all of it spent", headers("Cache-Control", "max-age=600", "Age", "1200"), 0},
		{"s-maxage is not for readers", headers("Cache-Control", "s-maxage=600"), 0},
		{"max-age before Expires", headers("Cache-Control", "max-age=600", "Expires", inAnHour), 10 * time.Minute},
		{"max-age=0 before Expires", headers("Cache-Control", "max-age=0", "Expires", inAnHour), 0},
		{"no-cache", headers("Cache-Control", "max-age=600, no-cache"), 0},
		{"no-store", headers("Cache-Control", "no-store", "Expires", inAnHour), 0},
		{"Expires by our clock", headers("Expires", inAnHour), time.Hour},
		{"Expires by the server's clock", headers("Expires", "Mon, 02 Nov 2026 23:00:00 GMT", "Date", aNight), time.Hour},
		{"expired", headers("Expires", inAnHour, "Date", aNight), 0},
		{"Expires: 0", headers("Expires", "0"), 0},
		{"nonsense", headers("Cache-Control", "max-age=soon"), 0},
		{"negative", headers("Cache-Control", "max-age=-5"), 0},
		{"a year", headers("Cache-Control", "max-age=31536000"), maxWait},
		{"more than a number holds", headers("Cache-Control", "max-age=99999999999999999999999"), maxWait},
		{"not a number", headers("Cache-Control", "max-age=NaN"), 0},
	} {
		if got := maxAge(tc.header, now); got != tc.want {
			t.Errorf("%s: got %v, want %v", tc.name, got, tc.want)
		}
	}
}

func TestRetryAfter(t *testing.T) {
	for _, tc := range []struct {
		name   string
		header http.Header
		want   time.Duration
	}{
		{"nothing said", headers(), 0},
		{"seconds", headers("Retry-After", " 120 "), 2 * time.Minute},
		{"a date by our clock", headers("Retry-After", inAnHour), time.Hour},
		{"a date by the server's clock", headers("Retry-After", "Mon, 02 Nov 2026 22:30:00 GMT", "Date", aNight), 30 * time.Minute},
		{"a date gone by", headers("Retry-After", "Mon, 02 Nov 2026 09:00:00 GMT"), 0},
		{"negative", headers("Retry-After", "-1"), 0},
		{"nonsense", headers("Retry-After", "soon"), 0},
		{"ten years", headers("Retry-After", "315360000"), maxWait},
		{"a date in ten years", headers("Retry-After", "Mon, 02 Nov 2036 09:00:00 GMT"), maxWait},
		{"infinite", headers("Retry-After", "Inf"), maxWait},
	} {
		if got := retryAfter(tc.header, now); got != tc.want {
			t.Errorf("%s: got %v, want %v", tc.name, got, tc.want)
		}
	}
}

func TestGetTakesTheClockFromOutside(t *testing.T) {
	client := New(Options{Clock: func() time.Time { return now }, Transport: transport(func(*http.Request) (*http.Response, error) {
		return answer(200, "x", "Expires", inAnHour), nil
	})})
	if result, err := client.Get(t.Context(), Request{URL: "http://a.example/"}); err != nil || result.MaxAge != time.Hour {
		t.Errorf("got %+v, %v", result, err)
	}
}
