package refresh

import (
	"net/netip"
	"net/url"
	"strings"
	"unicode"

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
			o.taken[s.Outlet] = firstOf(d, feeds.Shown(s.URL))
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
	name := firstOf(publisher(firstOf(o.shortest[d], known.Title, f.Title), d), d, feeds.Shown(known.URL))
	owner := firstOf(d, feeds.Shown(known.URL))
	if by, ok := o.taken[name]; ok && by != owner {
		name = clean.Line(name + " (" + owner + ")")
	}
	o.taken[name] = owner
	if d != "" {
		o.byDomain[d] = name
	}
	f.Outlet = name
}

// publisher is the part of a feed's title that names its publisher: many titles
// are "Articles | Mail Online" or "NYT > International Home". It is the part that
// has most in common with the domain; where none has, the whole title.
func publisher(title, domain string) string {
	label, _, _ := strings.Cut(domain, ".")
	best, most := title, 2 // of three letters one may be chance
	for _, part := range splitTitle(title) {
		if n := common(strings.ToLower(part), label); n > most {
			best, most = part, n
		}
	}
	return best
}

// splitTitle cuts a title at the marks between a publisher and its section.
func splitTitle(title string) []string {
	for _, mark := range []string{" | ", " > ", " » ", " :: ", " – ", " — ", " - ", ": "} {
		title = strings.ReplaceAll(title, mark, "\n")
	}
	parts := strings.Split(title, "\n")
	if len(parts) == 1 {
		return nil
	}
	return parts
}

// common is how many letters of a label the words of a name spell, one after
// the other or by their first letters: "Mail Online" of mailonline, "NYT" of nyt.
func common(name, label string) int {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	n, initials := 0, ""
	for _, w := range words {
		if strings.Contains(label, w) || len(w) > 3 && len(label) > 3 && strings.Contains(w, label) {
			n += len(w)
		}
		initials += w[:1]
	}
	if len(initials) > 1 && strings.HasPrefix(label, initials) {
		n = max(n, len(initials)+1)
	}
	return n
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
