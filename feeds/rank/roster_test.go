package rank

import (
	"fmt"
	"testing"

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
	got := r.Missing([]string{"Echo", "Mirror"}, []string{"en-GB", ""})
	want := Missing{Silent: []string{"bitwright", "Touchline", "Vennside", "World"}, Failed: []string{"Tarrow"}, Unread: []string{"https://x.example"}, Checked: 7}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if m := r.Missing(nil, nil); m.Checked != 9 || len(m.Failed) != 4 {
		t.Errorf("of a story in no known language: %+v", m)
	}
	if m := (*Roster)(nil).Missing([]string{"Echo"}, nil); m.Checked != 0 || m.Silent != nil {
		t.Errorf("of no roster: %+v", m)
	}
}
