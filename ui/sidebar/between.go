package sidebar

import (
	"strconv"
	"time"

	"broadsheet/feeds"
)

// apart is how much earlier or later than the article a related one came out,
// in words; "" if that is not known.
func apart(article feeds.Article, r Row) string {
	d := r.Related.Why.Apart
	if d == 0 {
		if article.Published.IsZero() || r.Item.Published.IsZero() {
			return ""
		}
		d = r.Item.Published.Sub(article.Published)
	}
	return between(d)
}

func between(d time.Duration) string {
	word := " later"
	if d < 0 {
		d, word = -d, " earlier"
	}
	switch {
	case d < time.Hour:
		return "same hour"
	case d < 36*time.Hour:
		return number(int((d+30*time.Minute)/time.Hour)) + " h" + word
	}
	return number(int((d+12*time.Hour)/(24*time.Hour))) + " days" + word
}

// exactly is the time between in hours and minutes.
func exactly(d time.Duration) string {
	word := " later"
	if d < 0 {
		d, word = -d, " earlier"
	}
	if d < time.Hour {
		return number(int(d/time.Minute)) + " min" + word
	}
	if minutes := int(d % time.Hour / time.Minute); minutes > 0 {
		word = " " + number(minutes) + " min" + word
	}
	return number(int(d/time.Hour)) + " h" + word
}

func number(n int) string { return strconv.Itoa(n) }
