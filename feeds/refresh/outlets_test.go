package refresh

import (
	"testing"

	"broadsheet/feeds"
)

func sub(id feeds.FeedID, title, url, site, outlet string) feeds.Subscription {
	return feeds.Subscription{Feed: feeds.Feed{ID: id, Title: title, URL: url, Site: site, Outlet: outlet}}
}

// named runs a feed through naming, as a fetch would.
func named(o *outlets, s feeds.Subscription, documentTitle, documentSite string) string {
	got := reading{subscription: s, outcome: feeds.Outcome{Status: feeds.FetchOK}, hosts: []string{s.Site, documentSite, s.URL}}
	if s.Title == "" {
		got.fetched.Feed.Title = documentTitle
	}
	o.name(&got)
	return got.fetched.Feed.Outlet
}

func TestFeedsOfOneDomainAreOneOutlet(t *testing.T) {
	all := []feeds.Subscription{
		sub(1, "Harbour News: Just In", "https://www.harbour.example/justin.xml", "https://www.harbour.example", ""),
		sub(2, "Harbour News", "https://feeds.harbour.example/all.xml", "", ""),
		sub(3, "Other", "https://other.example/rss", "", ""),
	}
	o := newOutlets(all)
	for i, want := range []string{"Harbour News", "Harbour News", "Other"} {
		if got := named(o, all[i], "", ""); got != want {
			t.Errorf("feed %d belongs to %q, want %q", i+1, got, want)
		}
	}
}

func TestSharedHostsAndAddressesWithoutDomainAreManyOutlets(t *testing.T) {
	for _, pair := range [][2]string{
		{"https://www.youtube.com/feeds/videos.xml?channel_id=A", "https://www.youtube.com/feeds/videos.xml?channel_id=B"},
		{"http://127.0.0.1:8765/f/a.xml", "http://127.0.0.1:8765/f/b.xml"},
		{"http://localhost/a", "http://localhost/b"},
		{"https://one.blogspot.com/feed", "https://two.blogspot.com/feed"},
	} {
		all := []feeds.Subscription{sub(1, "A", pair[0], "", ""), sub(2, "B", pair[1], "", "")}
		o := newOutlets(all)
		if a, b := named(o, all[0], "", ""), named(o, all[1], "", ""); a != "A" || b != "B" {
			t.Errorf("%s and %s are %q and %q, want A and B", pair[0], pair[1], a, b)
		}
	}
}

func TestAnOutletKeepsItsNameAndSharesItWithNoOther(t *testing.T) {
	all := []feeds.Subscription{
		sub(1, "World", "https://one.example/world", "", "The One"),
		sub(2, "Sport", "https://one.example/sport", "", ""),
		sub(3, "The One", "https://two.example/rss", "", ""),
		sub(4, "", "https://three.example/rss", "", ""),
		sub(5, "", "https://feeds.feedburner.com/five", "", ""),
	}
	o := newOutlets(all)
	if got := named(o, all[1], "", ""); got != "The One" {
		t.Errorf("a second feed of a known domain is %q, want The One", got)
	}
	if got := named(o, all[2], "", ""); got != "The One (two.example)" {
		t.Errorf("another domain with the same name is %q, want The One (two.example)", got)
	}
	if got := named(o, all[3], "Three Daily", ""); got != "Three Daily" {
		t.Errorf("a feed without a name of ours is %q, want the document's", got)
	}
	if got := named(o, all[4], "Five", "https://one.example/"); got != "The One" {
		t.Errorf("a feed served elsewhere belongs to %q, want the outlet of its site", got)
	}
}

func TestPublisherIsToldFromItsSections(t *testing.T) {
	for _, c := range []struct{ title, domain, want string }{
		{"New Zealand Herald - Top Stories", "nzherald.co.nz", "New Zealand Herald"},
		{"NYT > International Home", "nytimes.com", "NYT"},
		{"Le Monde.fr - Actualité à la Une", "lemonde.fr", "Le Monde.fr"},
		{"BBC News - Home", "bbc.co.uk", "BBC News"},
		{"Stuff.co.nz - Stuff", "stuff.co.nz", "Stuff.co.nz"},
		{"ABC News: Top Stories", "abcnews.go.com", "ABC News"},
		{"tagesschau.de - Die Nachrichten der ARD", "tagesschau.de", "tagesschau.de"},
		{"Harbour News", "harbour.example", "Harbour News"},
		{"California", "latimes.com", "California"},
		{"A - B", "", "A - B"},
		{"Top - Stories", "gazette.example", "Top - Stories"},
		{"城市 | 新闻", "paper.example", "城市 | 新闻"},
	} {
		if got := publisher(c.title, c.domain); got != c.want {
			t.Errorf("publisher(%q, %s) = %q, want %q", c.title, c.domain, got, c.want)
		}
	}
}
