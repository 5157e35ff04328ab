package refresh

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"broadsheet/feeds"
)

// due picks the subscriptions to refresh. Those that have given no trouble come
// first, so that they need not wait behind documents that hang, and of both the
// longest unfetched, so that a refresh which is always cut short gets round to
// everyone. Feeds of one host lie apart, so that those of others need not wait
// behind them.
//
// What a server asked for holds for a refresh by hand too: feeds that are gone,
// and feeds and hosts that want a pause, are left alone, and held says so of
// each that was asked for.
func (r *Refresher) due(all []feeds.Subscription, q Request) (due []feeds.Subscription, held []feeds.Outcome) {
	now := r.o.Clock()
	pauses := pauses(all, now)
	for _, s := range all {
		wanted := len(q.Feeds) == 0 || slices.Contains(q.Feeds, s.ID)
		if !wanted || !q.Force && !s.Due(now.Add(slack)) {
			continue
		}
		why := ""
		until := latest(pauses[server(s.URL)], pause(s, now))
		if s.Gone {
			why = fmt.Sprintf("%s was gone for good (410) when it was last asked for; remove it, and add it anew should it be back", feeds.Shown(s.URL))
		} else if until.After(now) {
			why = fmt.Sprintf("%s was not asked for: its server wants to be left alone for another %s", feeds.Shown(s.URL), feeds.Span(until.Sub(now)))
		}
		switch {
		case why == "":
			due = append(due, s)
		case q.Force:
			held = append(held, feeds.Outcome{Feed: s.ID, URL: feeds.Shown(s.URL), Status: feeds.FetchFailed, Error: why})
		}
	}
	slices.SortStableFunc(due, func(a, b feeds.Subscription) int { return a.LastFetch.Compare(b.LastFetch) })
	well, rest := []feeds.Subscription{}, []feeds.Subscription{}
	for _, s := range due {
		if troubled(s) {
			rest = append(rest, s)
		} else {
			well = append(well, s)
		}
	}
	return append(spread(well), spread(rest)...), held
}

// troubled is a feed that failed when it was last asked, or broke off.
func troubled(s feeds.Subscription) bool {
	return s.Failures > 0 || s.Status == feeds.FetchOK && s.Error != ""
}

// pause is until when a feed's server wants it to be left alone; zero for no
// pause.
func pause(s feeds.Subscription, now time.Time) time.Time {
	// A clock that was set back must not make a pause of years of one of an
	// hour.
	if until := s.Wait; until.After(now) && until.Sub(now) <= maxInterval {
		return until
	}
	return time.Time{}
}

// A server that limits one address may serve its others. A host as a whole is
// left alone when it has refused several feeds, and has answered none since or
// shortly before.
const (
	refusals      = 2
	shortlyBefore = 5 * time.Minute
)

// pauses are the hosts that are left alone as a whole, and until when.
func pauses(all []feeds.Subscription, now time.Time) map[string]time.Time {
	type answers struct {
		refused     int
		until, last time.Time // of the refusals
		good        time.Time // when a feed was last answered well
	}
	hosts := map[string]*answers{}
	for _, s := range all {
		at := hosts[server(s.URL)]
		if at == nil {
			at = &answers{}
			hosts[server(s.URL)] = at
		}
		if until := pause(s, now); !until.IsZero() {
			at.refused++
			at.until, at.last = latest(at.until, until), latest(at.last, s.LastFetch)
		} else if s.Status == feeds.FetchOK || s.Status == feeds.FetchNotModified {
			at.good = latest(at.good, s.LastFetch)
		}
	}
	list := map[string]time.Time{}
	for name, at := range hosts {
		if at.refused >= refusals && at.good.Before(at.last.Add(-shortlyBefore)) {
			list[name] = at.until
		}
	}
	return list
}

// server is what politeness is counted by: a host with its port.
func server(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// spread takes the feeds of each host in turn, those of one host in their order.
func spread(list []feeds.Subscription) []feeds.Subscription {
	turn := map[string]int{}
	turns := make([]int, len(list))
	order := make([]int, len(list))
	for i, s := range list {
		turns[i], order[i] = turn[server(s.URL)], i
		turn[server(s.URL)]++
	}
	slices.SortStableFunc(order, func(a, b int) int { return turns[a] - turns[b] })
	spread := make([]feeds.Subscription, len(list))
	for i, at := range order {
		spread[i] = list[at]
	}
	return spread
}
