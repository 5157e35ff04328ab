// Package discover finds the feeds that a web page names.
//
//	for _, c := range discover.Feeds(page, result.URL, result.ContentType) {
//		fmt.Println(c.URL, c.Title) // the first is the one a reader most likely wants
//	}
//
// It reads one page and asks the network nothing, so a candidate may still
// turn out to be no feed: try them in order. Titles are the page's own words,
// one line but hostile; feeds/clean makes them safe to show.
package discover

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"broadsheet/feeds/charset"
)

// maxCandidates bounds the answer for a page made of nothing but links. Pages
// that list a publisher's feeds by section name up to a few hundred.
const maxCandidates = 500

// Candidate is a feed that a page names.
type Candidate struct {
	URL   string // absolute, http or https, without credentials or fragment
	Title string // as the page calls it; "" when it does not
	Type  string // media type as declared; "" when not

	// Declared: the page names it in a <link>, for programs to find. Otherwise
	// it is the target of an ordinary link that looks like a feed's.
	Declared bool
}

// Feeds lists the feeds that a page names, best first: those it declares, in
// the page's order, and only if it declares none but comments, those that it
// links to; feeds of comments come last. The page may have any encoding;
// contentType is the HTTP header's, "" if unknown.
func Feeds(page []byte, pageURL, contentType string) []Candidate {
	text, _ := charset.Decode(page, contentType)
	base, links := scan(text)
	resolve := resolver(pageURL, base)

	var found []ranked
	known := make(map[string]int) // URL → place in found
	add := func(l link, r rank) {
		address, ok := resolve(l.href)
		if !ok || len(found) >= maxCandidates {
			return
		}
		if isComments(address, l.title) {
			r = rankComments
		}
		if at, ok := known[address]; ok {
			if found[at].Title == "" {
				found[at].Title = l.title
			}
			return
		}
		known[address] = len(found)
		found = append(found, ranked{Candidate{address, l.title, l.mediaType, l.declared}, r})
	}

	articles := false
	for _, l := range links {
		if r, ok := judgeDeclared(l); ok && l.declared {
			add(l, r)
		}
	}
	for _, f := range found {
		articles = articles || f.rank != rankComments
	}
	for _, l := range links {
		if articles {
			break
		}
		address, ok := resolve(l.href)
		if !ok || l.declared || len(known) >= maxCandidates {
			continue
		}
		if r, ok := judgeLinked(l, address); ok {
			add(l, r)
		}
	}
	slices.SortStableFunc(found, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })

	list := make([]Candidate, len(found))
	for i, f := range found {
		list[i] = f.Candidate
	}
	return list
}

type ranked struct {
	Candidate
	rank rank
}

// resolver makes links absolute, against the page's <base> if it has one.
func resolver(pageURL, base string) func(href string) (string, bool) {
	from, err := url.Parse(strings.TrimSpace(pageURL))
	if err != nil {
		from = &url.URL{}
	}
	if b, err := from.Parse(squeeze(base)); err == nil && base != "" && isWeb(b) {
		from = b
	}
	return func(href string) (string, bool) {
		href = squeeze(href)
		if rest, ok := cutFold(href, "feed:"); ok {
			// feed://host/path means http, feed:https://host/path what it says.
			href = rest
			if strings.HasPrefix(rest, "//") {
				href = "http:" + rest
			}
		}
		if href == "" {
			return "", false
		}
		u, err := from.Parse(href)
		if err != nil || !isWeb(u) {
			return "", false
		}
		u.User, u.Fragment, u.RawFragment = nil, "", ""
		u.Host = strings.ToLower(u.Host)
		return u.String(), true
	}
}

func isWeb(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}

// squeeze takes out of an address what browsers take out of it.
func squeeze(href string) string {
	return strings.TrimSpace(strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(href))
}

func cutFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}
