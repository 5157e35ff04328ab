// Package age words how long ago something was, short enough for a column or to
// be read in a sentence.
//
//	age.Of(feeds.When(item.Article), now)  // "now", "12m", "3h", "2d", "4 Mar", "2019"
//	age.Ago(feeds.When(item.Article), now) // "just now", "12 min ago", "3 h ago", "2 days ago"
package age

import (
	"strconv"
	"time"
)

// Width is the most columns Of takes.
const Width = 6

// Of is the age of then at now, in at most Width columns; "" for a time that
// is not known.
func Of(then, now time.Time) string {
	d := now.Sub(then)
	switch {
	case then.IsZero():
		return ""
	case d < time.Minute:
		return "now"
	case d < time.Hour:
		return strconv.Itoa(int(d/time.Minute)) + "m"
	case d < 24*time.Hour:
		return strconv.Itoa(int(d/time.Hour)) + "h"
	case d < 7*24*time.Hour:
		return strconv.Itoa(int(d/(24*time.Hour))) + "d"
	case d < 330*24*time.Hour:
		return then.In(now.Location()).Format("2 Jan")
	}
	return then.In(now.Location()).Format("2006")
}

// Ago is the age of then at now, for a sentence.
func Ago(then, now time.Time) string {
	d := now.Sub(then)
	switch {
	case d < time.Minute:
		return "just now"
	case d < time.Hour:
		return strconv.Itoa(int(d/time.Minute)) + " min ago"
	case d < 24*time.Hour:
		return strconv.Itoa(int(d/time.Hour)) + " h ago"
	case d < 48*time.Hour:
		return "a day ago"
	}
	return strconv.Itoa(int(d/(24*time.Hour))) + " days ago"
}
