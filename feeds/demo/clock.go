package demo

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ago is the moment so long before now.
func ago(value string, now time.Time) (time.Time, error) {
	d, err := time.ParseDuration(value)
	if err != nil {
		return time.Time{}, err
	}
	return now.Add(-d).Truncate(time.Second), nil
}

// latest is the last time the clock stood at "06:30", or, for "06:30 -2", two
// days before that. It is how a programme comes at the same hour every day and
// never in the future.
func latest(value string, now time.Time) (time.Time, error) {
	clock, back, _ := strings.Cut(value, " ")
	hour, err := time.Parse("15:04", clock)
	if err != nil {
		return time.Time{}, err
	}
	days := 0
	if back != "" {
		if days, err = strconv.Atoi(back); err != nil || days > 0 {
			return time.Time{}, fmt.Errorf("%q is not a clock and days back", value)
		}
	}
	y, m, d := now.Date()
	at := time.Date(y, m, d+days, hour.Hour(), hour.Minute(), 0, 0, now.Location())
	if time.Date(y, m, d, hour.Hour(), hour.Minute(), 0, 0, now.Location()).After(now) {
		at = time.Date(y, m, d+days-1, hour.Hour(), hour.Minute(), 0, 0, now.Location())
	}
	return at, nil
}

// weekdays puts names of days where the text has {weekday 98h}.
func weekdays(text string, now time.Time) (string, error) {
	const open = "{weekday "
	if !strings.Contains(text, open) {
		return text, nil
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, open)
		b.WriteString(before)
		if !found {
			return b.String(), nil
		}
		value, after, closed := strings.Cut(rest, "}")
		if !closed {
			return "", fmt.Errorf("a %s…} is not closed", open)
		}
		at, err := ago(value, now)
		if err != nil {
			return "", err
		}
		b.WriteString(at.Weekday().String())
		text = after
	}
}
