package feeds

import (
	"testing"
	"time"
)

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 seconds", time.Millisecond: "1 second", time.Second: "1 second", 1500 * time.Millisecond: "2 seconds", 90 * time.Second: "90 seconds",
		2*time.Minute + time.Second: "3 minutes", time.Hour: "1 hour", 90 * time.Minute: "90 minutes",
		24 * time.Hour: "1 day", 36 * time.Hour: "36 hours", 7 * 24 * time.Hour: "7 days",
	} {
		if got := Span(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}
