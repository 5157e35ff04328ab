package feeds

import (
	"fmt"
	"time"
)

// Span says a length of time in words, rounded up: "90 seconds", "1 hour", "3 days".
func Span(d time.Duration) string {
	d = (d + time.Second - 1).Truncate(time.Second)
	unit, name := time.Second, "second"
	switch {
	case atLeast(d, 24*time.Hour):
		unit, name = 24*time.Hour, "day"
	case atLeast(d, time.Hour):
		unit, name = time.Hour, "hour"
	case atLeast(d, time.Minute):
		unit, name = time.Minute, "minute"
	}
	n := (d + unit - 1) / unit
	if n != 1 {
		name += "s"
	}
	return fmt.Sprintf("%d %s", n, name)
}

// atLeast reports whether a unit tells a length of time well enough.
func atLeast(d, unit time.Duration) bool { return d == unit || d >= 2*unit }
