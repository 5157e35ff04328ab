package refresh

import "time"

// A feed is fetched every half hour unless it asks for more or less; nobody is
// asked more than four times an hour, and no feed is forgotten for a day.
const (
	usualInterval = 30 * time.Minute
	minInterval   = 15 * time.Minute
	maxInterval   = 24 * time.Hour
	goneInterval  = 7 * 24 * time.Hour
)

// slack is how much too early a feed may be fetched: feeds fetched one after the
// other come due one after the other, and whoever looks every half hour would
// find most of them due a moment later, and fetch them every hour.
const slack = 5 * time.Minute

// interval is the time to the next fetch: the longest of what the server
// (Cache-Control, Expires) and the document (ttl, sy:updatePeriod) ask for.
func interval(maxAge, ttl time.Duration) time.Duration {
	asked := max(maxAge, ttl)
	if asked <= 0 {
		return usualInterval
	}
	return min(max(asked, minInterval), maxInterval)
}

// backoff doubles with each failure in a row. A feed that is gone (HTTP 410)
// is asked again once a week, since some servers say so by mistake.
func backoff(failures int, gone bool) time.Duration {
	if gone {
		return goneInterval
	}
	return min(usualInterval<<min(max(failures-1, 0), 10), maxInterval)
}
