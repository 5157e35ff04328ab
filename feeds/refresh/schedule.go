package refresh

import "time"

// A feed is fetched every half hour unless it asks for more or less; nobody is
// asked more than four times an hour, and no feed is forgotten for a day.
const (
	usualInterval = 30 * time.Minute
	minInterval   = 15 * time.Minute
	maxInterval   = 24 * time.Hour
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

// backoff doubles with each failure in a row, and is spread by up to a quarter,
// so that feeds that failed together are not all asked again together. The
// spread comes from the feed's id, so that it needs no luck to be tested.
func backoff(failures int, feed uint64) time.Duration {
	wait := min(usualInterval<<min(max(failures-1, 0), 10), maxInterval)
	const steps = 1 << 10
	spread := (feed*0x9e3779b97f4a7c15 + uint64(max(failures, 0))*0xbf58476d1ce4e5b9) >> 54 // 0 … steps-1
	return wait + wait/4*time.Duration(spread)/steps
}
