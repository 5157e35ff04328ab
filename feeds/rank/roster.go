package rank

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"broadsheet/feeds"
)

// Unknown are the outlets of which it is not known whether they carry a story.
func (m Missing) Unknown() []string { return slices.Concat(m.Failed, m.Unread, m.Undated) }

// Roster is the reader's outlets: who might carry a story, and of whom it is
// known whether they do. It does not change once made; nil is an empty one.
type Roster struct{ feeds []voice }

// voice is a feed of an outlet.
type voice struct {
	outlet, language string
	status           feeds.FetchStatus
	looked           time.Time
	undated          bool
}

// NewRoster makes a roster of the reader's subscriptions. One whose language is
// not known is taken to speak any. Of the undated ones it is not known when what
// they carry came out.
func NewRoster(subscriptions []feeds.Subscription, undated ...feeds.FeedID) *Roster {
	r := &Roster{feeds: make([]voice, 0, len(subscriptions))}
	for _, s := range subscriptions {
		r.feeds = append(r.feeds, voice{cmp.Or(s.Outlet, s.Name()), primary(s.Language), s.Status, s.LastFetch, slices.Contains(undated, s.ID)})
	}
	slices.SortStableFunc(r.feeds, func(a, b voice) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.outlet), strings.ToLower(b.outlet)), strings.Compare(a.outlet, b.outlet))
	})
	return r
}

// Missing are the reader's outlets that do not carry a story, each kind by name.
type Missing struct {
	Silent  []string // their feeds were read and do not have it
	Failed  []string // not known: a feed of theirs could not be read the last time
	Unread  []string // not known: a feed of theirs was not fetched since the story broke, or never
	Undated []string // not known: a feed of theirs gives no dates, so that what it told before it was first fetched is put into the stories of that day
	Checked int      // outlets that might carry it, those that do among them
}

// together is how long before a story broke a feed may have been looked at and
// still count as looked at since: feeds that are fetched in one go are fetched
// minutes apart, and what bears no date is dated by when it was fetched.
const together = 10 * time.Minute

// Missing finds the outlets that do not carry a story, given those that do, by
// copies or in their own words, the languages it is told in, and when it broke.
// Outlets that publish in other languages are left out. An outlet of several feeds
// is silent only if all were read, and since then.
func (r *Roster) Missing(carriers, languages []string, broke time.Time) Missing {
	var m Missing
	if r == nil {
		return m
	}
	carries := make(map[string]bool, len(carriers))
	for _, name := range carriers {
		carries[name] = true
	}
	var tongues []string
	for _, tag := range languages {
		if tag = primary(tag); tag != "" {
			tongues = append(tongues, tag)
		}
	}
	for i := 0; i < len(r.feeds); {
		name := r.feeds[i].outlet
		asked, failed, unread, undated := false, false, false, false
		for ; i < len(r.feeds) && r.feeds[i].outlet == name; i++ {
			v := r.feeds[i]
			if v.language != "" && len(tongues) > 0 && !slices.Contains(tongues, v.language) {
				continue
			}
			asked = true
			undated = undated || v.undated
			switch v.status {
			case feeds.FetchOK, feeds.FetchNotModified:
				unread = unread || v.looked.Before(broke.Add(-together))
			case feeds.FetchFailed:
				failed = true
			default:
				unread = true
			}
		}
		if !asked {
			continue
		}
		m.Checked++
		switch {
		case carries[name]:
		case failed:
			m.Failed = append(m.Failed, name)
		case unread:
			m.Unread = append(m.Unread, name)
		case undated:
			m.Undated = append(m.Undated, name)
		default:
			m.Silent = append(m.Silent, name)
		}
	}
	return m
}

// primary is the language itself of a tag such as en-AU.
func primary(tag string) string {
	tag, _, _ = strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return strings.ToLower(tag)
}
