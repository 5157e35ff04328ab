package rank

import (
	"fmt"
	"testing"
	"time"

	"broadsheet/feeds"
)

func TestMissing(t *testing.T) {
	sub := func(outlet, language string, s feeds.FetchStatus) feeds.Subscription {
		return feeds.Subscription{Feed: feeds.Feed{Outlet: outlet, Language: language, URL: "https://x.example"}, Health: feeds.Health{Status: s}}
	}
	r := NewRoster([]feeds.Subscription{
		sub("Echo", "en", feeds.FetchFailed),
		sub("Touchline", "en-AU", feeds.FetchNotModified), sub("bitwright", "EN_us", feeds.FetchOK),
		sub("Le Phare", "fr", feeds.FetchOK), sub("Die Post", "de", feeds.FetchFailed),
		sub("Tarrow", "en", feeds.FetchOK), sub("Tarrow", "en", feeds.FetchFailed), sub("Tarrow", "en", feeds.FetchNever),
		sub("", "", feeds.FetchNever), sub("Vennside", "", feeds.FetchOK),
		sub("World", "en", feeds.FetchOK), sub("World", "fr", feeds.FetchFailed),
	})
	got := r.Missing([]string{"Echo", "Mirror"}, []string{"en-GB", ""}, time.Time{})
	want := Missing{Silent: []string{"bitwright", "Touchline", "Vennside", "World"}, Failed: []string{"Tarrow"}, Unread: []string{"https://x.example"}, Checked: 7}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if m := r.Missing(nil, nil, time.Time{}); m.Checked != 9 || len(m.Failed) != 4 {
		t.Errorf("of a story in no known language: %+v", m)
	}
	if m := (*Roster)(nil).Missing([]string{"Echo"}, nil, time.Time{}); m.Checked != 0 || m.Silent != nil {
		t.Errorf("of no roster: %+v", m)
	}
}

// A feed that was looked at before a story broke, and not since, says nothing of
// it.
func TestAFeedNotReadSinceIsNotSilent(t *testing.T) {
	sub := func(outlet string, ago time.Duration) feeds.Subscription {
		return feeds.Subscription{Feed: feeds.Feed{Outlet: outlet}, Health: feeds.Health{Status: feeds.FetchOK, LastFetch: now.Add(-ago)}}
	}
	r := NewRoster([]feeds.Subscription{
		sub("Hourly", 10*time.Minute), sub("Nightly", 9*time.Hour), sub("Both", 10*time.Minute), sub("Both", 9*time.Hour),
		sub("Same Go", time.Hour+4*time.Minute), sub("Carrier", 9*time.Hour),
	})
	got := r.Missing([]string{"Carrier"}, nil, now.Add(-time.Hour))
	want := Missing{Silent: []string{"Hourly", "Same Go"}, Unread: []string{"Both", "Nightly"}, Checked: 5}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if m := r.Missing([]string{"Carrier"}, nil, now.Add(-10*time.Hour)); len(m.Silent) != 4 {
		t.Errorf("of a story from before all was read: %+v", m)
	}
}

// What gives no dates may have told a story days before it was first fetched.
func TestAFeedWithoutDatesIsNotSilent(t *testing.T) {
	sub := func(id feeds.FeedID, outlet string) feeds.Subscription {
		return feeds.Subscription{Feed: feeds.Feed{ID: id, Outlet: outlet}, Health: feeds.Health{Status: feeds.FetchOK, LastFetch: now}}
	}
	r := NewRoster([]feeds.Subscription{sub(1, "Dated"), sub(2, "Timeless"), sub(3, "Carrier")}, 2, 3)
	got := r.Missing([]string{"Carrier"}, nil, now)
	want := Missing{Silent: []string{"Dated"}, Undated: []string{"Timeless"}, Checked: 3}
	if fmt.Sprint(got) != fmt.Sprint(want) || fmt.Sprint(got.Unknown()) != "[Timeless]" {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}
