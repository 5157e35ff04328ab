package refresh

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"

	"broadsheet/feeds"
	"broadsheet/feeds/clean"
)

// outlets names the publisher behind each feed. Feeds of one registrable
// domain belong to one outlet, so that three feeds of a broadcaster are not
// three independent voices; on hosts that many publishers share, and on
// addresses without a domain, each feed is its own.
type outlets struct {
	byDomain map[string]string
	taken    map[string]string // name → domain or feed URL that has it
	shortest map[string]string // shortest title among a domain's subscriptions
}

// sharedHosts carry feeds of unrelated publishers under one domain. Domains
// that hand out subdomains (blogspot.com, github.io …) are in the public
// suffix list and need no mention.
var sharedHosts = map[string]bool{
	"youtube.com": true, "medium.com": true, "reddit.com": true, "feedburner.com": true, "google.com": true,
	"substack.com": true, "wordpress.com": true, "tumblr.com": true, "livejournal.com": true, "soundcloud.com": true,
	"archive.org": true, "simplecast.com": true, "megaphone.fm": true, "libsyn.com": true, "podbean.com": true,
	"acast.com": true, "buzzsprout.com": true, "anchor.fm": true, "craigslist.org": true, "github.com": true,
	"vimeo.com": true, "dailymotion.com": true, "twitch.tv": true, "mastodon.social": true, "rsshub.app": true,
}

func newOutlets(all []feeds.Subscription) *outlets {
	o := &outlets{byDomain: map[string]string{}, taken: map[string]string{}, shortest: map[string]string{}}
	for _, s := range all {
		d := domain(s.Site, s.URL)
		if s.Outlet != "" {
			o.taken[s.Outlet] = firstOf(d, s.URL)
			if d != "" {
				o.byDomain[d] = s.Outlet
			}
		}
		if t := s.Title; d != "" && t != "" && (o.shortest[d] == "" || len(t) < len(o.shortest[d])) {
			o.shortest[d] = t
		}
	}
	return o
}

// name gives a reading's feed its outlet, if it has none yet.
func (o *outlets) name(got *reading) {
	known, f := got.subscription.Feed, &got.fetched.Feed
	if known.Outlet != "" || got.outcome.Status == feeds.FetchFailed {
		return
	}
	d := domain(got.hosts...)
	if name := o.byDomain[d]; d != "" && name != "" {
		f.Outlet = name
		return
	}
	name := firstOf(o.shortest[d], known.Title, f.Title, d, known.URL)
	owner := firstOf(d, known.URL)
	if by, ok := o.taken[name]; ok && by != owner {
		name = clean.Line(name + " (" + owner + ")")
	}
	o.taken[name] = owner
	if d != "" {
		o.byDomain[d] = name
	}
	f.Outlet = name
}

// domain is the registrable domain of the first address that has one of its
// own; "" if none does.
func domain(addresses ...string) string {
	for _, a := range addresses {
		h := host(a)
		if _, err := netip.ParseAddr(h); err == nil || !strings.Contains(h, ".") {
			continue
		}
		d, err := publicsuffix.EffectiveTLDPlusOne(h)
		if err == nil && !sharedHosts[d] {
			return d
		}
	}
	return ""
}

// host is an address's host; "" if it has none.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

func firstOf(names ...string) string {
	for _, n := range names {
		if n != "" {
			return n
		}
	}
	return ""
}
