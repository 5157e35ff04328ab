package fetch

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	// maxValidator bounds what is kept of a server's validators: they are
	// stored with the feed and sent back with every request.
	maxValidator = 1 << 10
	// maxWait bounds how long a server may ask to be left alone. One that says
	// "ten years", by mistake or malice, would otherwise end the feed.
	maxWait = 7 * 24 * time.Hour
)

// validator says whether a value can be sent back as a header.
func validator(s string) bool {
	if s == "" || len(s) > maxValidator {
		return false
	}
	for i := range len(s) {
		if c := s[i]; c < ' ' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return true
}

// keepValidators takes the validators of a response; what it does not say is
// as it was in old.
func (r *Result) keepValidators(h http.Header, old Request) {
	r.ETag, r.LastModified = old.ETag, old.LastModified
	if v := h.Get("ETag"); validator(v) {
		r.ETag = v
	}
	if v := h.Get("Last-Modified"); validator(v) {
		r.LastModified = v
	}
}

// maxAge is how long a response stays fresh (RFC 9111, 4.2).
func maxAge(h http.Header, now time.Time) time.Duration {
	var age time.Duration
	said := false
	for _, directive := range strings.Split(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), "=")
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "no-store", "no-cache":
			return 0
		case "max-age":
			if d, ok := seconds(strings.Trim(value, `" `)); ok {
				age, said = d, true
			}
		}
	}
	if said {
		spent, _ := seconds(h.Get("Age"))
		return bounded(age - spent)
	}
	if expires, err := http.ParseTime(h.Get("Expires")); err == nil {
		return bounded(expires.Sub(serverTime(h, now)))
	}
	return 0
}

// retryAfter is how long the server asks to be left alone, given in seconds or
// as a date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if d, ok := seconds(value); ok {
		return bounded(d)
	}
	if at, err := http.ParseTime(value); err == nil {
		return bounded(at.Sub(serverTime(h, now)))
	}
	return 0
}

// serverTime is the time by the clock that the response's dates were made with.
func serverTime(h http.Header, now time.Time) time.Time {
	if at, err := http.ParseTime(h.Get("Date")); err == nil {
		return at
	}
	return now
}

func seconds(s string) (time.Duration, bool) {
	n, err := strconv.ParseFloat(s, 64) // some servers send 60.0, and 1e30 must not overflow
	if err != nil || math.IsNaN(n) || n < 0 {
		return 0, false
	}
	return time.Duration(min(n, maxWait.Seconds()) * float64(time.Second)), true
}

func bounded(d time.Duration) time.Duration {
	return min(max(d, 0), maxWait)
}
