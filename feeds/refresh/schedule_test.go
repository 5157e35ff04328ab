package refresh

import (
	"testing"
	"time"
)

func TestInterval(t *testing.T) {
	for _, c := range []struct{ maxAge, ttl, want time.Duration }{
		{0, 0, usualInterval},
		{time.Minute, 0, minInterval},
		{0, 2 * time.Hour, 2 * time.Hour},
		{3 * time.Hour, time.Hour, 3 * time.Hour},
		{365 * 24 * time.Hour, 0, maxInterval},
		{-time.Hour, 0, usualInterval},
	} {
		if got := interval(c.maxAge, c.ttl); got != c.want {
			t.Errorf("interval(%v, %v) = %v, want %v", c.maxAge, c.ttl, got, c.want)
		}
	}
}

func TestBackoffGrowsToADay(t *testing.T) {
	last := time.Duration(0)
	for n := 1; n < 200; n++ {
		d := backoff(n, 7)
		if d < usualInterval || d > maxInterval*5/4 || n < 7 && d <= last {
			t.Fatalf("after %d failures: %v, before %v", n, d, last)
		}
		last = d
	}
	if last < maxInterval {
		t.Errorf("in the end %v, want at least %v", last, maxInterval)
	}
}

func TestFeedsThatFailTogetherComeBackApart(t *testing.T) {
	waits := map[time.Duration]bool{}
	for feed := range uint64(50) {
		waits[backoff(1, feed+1).Round(10*time.Second)] = true
	}
	if len(waits) < 25 {
		t.Errorf("50 feeds come back at %d times", len(waits))
	}
}
