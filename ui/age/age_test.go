package age

import (
	"testing"
	"time"
)

func TestOf(t *testing.T) {
	now := time.Date(2026, 3, 14, 9, 30, 0, 0, time.UTC)
	for _, c := range []struct {
		ago  time.Duration
		want string
	}{
		{-time.Hour, "now"}, {0, "now"}, {59 * time.Second, "now"}, {time.Minute, "1m"}, {59*time.Minute + 59*time.Second, "59m"},
		{time.Hour, "1h"}, {24*time.Hour - 1, "23h"}, {24 * time.Hour, "1d"}, {7*24*time.Hour - 1, "6d"},
		{7 * 24 * time.Hour, "7 Mar"}, {100 * 24 * time.Hour, "4 Dec"}, {329 * 24 * time.Hour, "19 Apr"}, {330 * 24 * time.Hour, "2025"}, {9000 * 24 * time.Hour, "2001"},
	} {
		got := Of(now.Add(-c.ago), now)
		if got != c.want || len(got) > Width {
			t.Errorf("%v ago is %q, want %q", c.ago, got, c.want)
		}
	}
	if got := Of(time.Time{}, now); got != "" {
		t.Errorf("an unknown time is %q old", got)
	}
}

func TestAgo(t *testing.T) {
	now := time.Date(2026, 3, 14, 9, 30, 0, 0, time.UTC)
	for d, want := range map[time.Duration]string{
		-time.Hour: "just now", 59 * time.Second: "just now", 12 * time.Minute: "12 min ago", 3*time.Hour + 59*time.Minute: "3 h ago",
		24 * time.Hour: "a day ago", 80 * time.Hour: "3 days ago",
	} {
		if got := Ago(now.Add(-d), now); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}
