package refresh

import (
	"fmt"
	"slices"
	"time"

	"broadsheet/feeds"
)

// due picks the subscriptions to refresh. The longest unfetched come first, so
// that a refresh which is always cut short gets round to everyone, and feeds of
// one host lie apart, so that those of others need not wait behind them.
//
// What a server asked for holds for a refresh by hand too: feeds that are gone
// and hosts that want a pause are left alone, and held says so of each that was
// asked for.
func (r *Refresher) due(all []feeds.Subscription, q Request) (due []feeds.Subscription, held []feeds.Outcome) {
	now := r.o.Clock()
	pauses := pauses(all, now)
	for _, s := range all {
		wanted := len(q.Feeds) == 0 || slices.Contains(q.Feeds, s.ID)
		if !wanted || !q.Force && !s.Due(now.Add(slack)) {
			continue
		}
		why := ""
		if until := pauses[host(s.URL)]; s.Gone {
			why = fmt.Sprintf("%s was gone for good (410) when it was last asked for; remove it, and add it anew should it be back", feeds.Shown(s.URL))
		} else if until.After(now) {
			why = fmt.Sprintf("%s was not asked for: its server wants to be left alone for another %s", feeds.Shown(s.URL), until.Sub(now).Round(time.Second))
		}
		switch {
		case why == "":
			due = append(due, s)
		case q.Force:
			held = append(held, feeds.Outcome{Feed: s.ID, URL: feeds.Shown(s.URL), Status: feeds.FetchFailed, Error: why})
		}
	}
	slices.SortStableFunc(due, func(a, b feeds.Subscription) int { return a.LastFetch.Compare(b.LastFetch) })
	return spread(due), held
}

// pauses are the hosts that asked to be left alone, and until when.
func pauses(all []feeds.Subscription, now time.Time) map[string]time.Time {
	list := map[string]time.Time{}
	for _, s := range all {
		// A clock that was set back must not make a pause of years of one of
		// an hour.
		if until := s.Wait; until.After(now) && until.Sub(now) <= maxInterval {
			list[host(s.URL)] = latest(until, list[host(s.URL)])
		}
	}
	return list
}

// spread takes the feeds of each host in turn, those of one host in their order.
func spread(list []feeds.Subscription) []feeds.Subscription {
	turn := map[string]int{}
	turns := make([]int, len(list))
	order := make([]int, len(list))
	for i, s := range list {
		turns[i], order[i] = turn[host(s.URL)], i
		turn[host(s.URL)]++
	}
	slices.SortStableFunc(order, func(a, b int) int { return turns[a] - turns[b] })
	spread := make([]feeds.Subscription, len(list))
	for i, at := range order {
		spread[i] = list[at]
	}
	return spread
}
