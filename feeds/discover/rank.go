package discover

import (
	"net/url"
	"path"
	"slices"
	"strings"
)

// rank orders candidates; within a rank the page's order holds.
type rank int

const (
	rankFeed     rank = iota // declared with a type that only feeds have
	rankLikely               // declared with a type that feeds share with other things
	rankLinked               // an ordinary link whose address is a feed's
	rankGuess                // an ordinary link that calls itself a feed, and may be a page about feeds
	rankComments             // a feed of what readers wrote
)

var feedTypes = []string{
	"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml",
	"application/rss", "application/atom", "application/x-rss+xml", "application/x-atom+xml",
	"text/rss+xml", "text/atom+xml", "text/rss", "text/atom", "application/x.atom+xml",
}

// sharedTypes are declared for feeds, and for much else: an alternate of type
// application/json is most often an API's record of the page.
var sharedTypes = []string{"", "application/xml", "text/xml", "application/rdf", "text/rdf+xml", "application/json"}

// judgeDeclared judges a <link>.
func judgeDeclared(l link) (rank, bool) {
	alternate := slices.Contains(l.rel, "alternate")
	feed := slices.Contains(l.rel, "feed")
	if !alternate && !feed || slices.Contains(l.rel, "stylesheet") || l.entry {
		return 0, false
	}
	if slices.Contains(feedTypes, l.mediaType) {
		return rankFeed, true
	}
	if !slices.Contains(sharedTypes, l.mediaType) {
		return 0, false
	}
	if feed {
		return rankFeed, true
	}
	u, err := url.Parse(squeeze(l.href))
	if err != nil || strings.Contains(u.Path, "wp-json") || strings.Contains(u.Path, "oembed") {
		return 0, false
	}
	if sure, _ := feedAddress(u); sure || saysFeed(u.Path) || saysFeed(l.title) {
		return rankLikely, true
	}
	return 0, false
}

// notFeeds are the hosts of buttons that hand an address to somebody else.
var notFeeds = []string{
	"facebook.com", "twitter.com", "x.com", "linkedin.com", "reddit.com", "pinterest.com", "feedly.com", "inoreader.com",
	"netvibes.com", "feedburner.google.com", "google.com", "yahoo.com", "addtoany.com", "newsblur.com", "theoldreader.com",
	"itunes.apple.com", "podcasts.apple.com", "wikipedia.org", "feedspot.com", "bloglines.com", "addthis.com",
}

// judgeLinked judges an ordinary link.
func judgeLinked(l link, address string) (rank, bool) {
	u, err := url.Parse(address)
	if err != nil || notFeed(u.Hostname()) {
		return 0, false
	}
	if _, ok := cutFold(squeeze(l.href), "feed:"); ok || slices.Contains(feedTypes, l.mediaType) {
		return rankLinked, true
	}
	sure, maybe := feedAddress(u)
	switch {
	case sure:
		return rankLinked, true
	case maybe && (saysFeed(l.title) || saysFeed(l.hint)):
		return rankGuess, true
	}
	return 0, false
}

func notFeed(host string) bool {
	for _, h := range notFeeds {
		if host == h || strings.HasSuffix(host, "."+h) {
			return true
		}
	}
	return false
}

// feedAddress says whether an address looks like a feed's, and whether it can
// hardly be anything else.
func feedAddress(u *url.URL) (sure, maybe bool) {
	host, p := strings.ToLower(u.Hostname()), strings.ToLower(strings.TrimRight(u.Path, "/"))
	name := path.Base("/" + p)
	switch path.Ext(name) {
	case ".rss", ".atom", ".rdf":
		return true, true
	case ".xml", ".json":
		stem := strings.TrimSuffix(name, path.Ext(name))
		if saysFeed(stem) || stem == "index" && saysFeed(path.Base(path.Dir("/"+p))) {
			return true, true
		}
		return false, saysFeed(p)
	case ".html", ".htm", ".php", ".asp", ".aspx", ".jsp":
		return feedQuery(u), false
	}
	switch {
	case feedQuery(u), strings.HasPrefix(host, "feeds.") && p != "", strings.HasSuffix(p, "/feeds/posts/default"):
		return true, true
	case name == "feed" || name == "atom" || name == "rss2" || name == "rdf":
		return true, true
	case name == "rss" && strings.Contains(p, "/feed"):
		return true, true
	}
	// "rss-feeds" and the like are always pages.
	return false, name == "rss" || slices.Contains([]string{"rss", "feed", "feeds"}, path.Base(path.Dir("/"+p)))
}

// feedQuery knows the queries by which WordPress, Blogger, Joomla and their
// like are asked for a feed.
func feedQuery(u *url.URL) bool {
	q := u.Query()
	for _, key := range []string{"feed", "format", "alt", "type", "output"} {
		switch strings.ToLower(q.Get(key)) {
		case "rss", "rss2", "atom", "rdf", "feed":
			return true
		}
	}
	return false
}

// saysFeed looks for the words that name feeds, as words: "feedback" and
// "breastfeeding" are none.
func saysFeed(s string) bool {
	for _, word := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r < 0x80 && (r < 'a' || r > 'z')
	}) {
		switch word {
		case "rss", "atom", "feed", "feeds", "rdf", "rssfeed", "rssfeeds", "newsfeed", "jsonfeed", "xmlfeed", "フィード":
			return true
		}
	}
	return false
}

// commentWords are "comment" as publishers' software says it. Most languages
// share the stem.
var commentWords = []string{
	"comment", "coment", "komment", "commento", "commenti", "kommentar", "комментар", "коментар", "yorum", "reactie",
	"σχόλι", "评论", "評論", "留言", "コメント", "댓글", "تعليق", "תגוב", "टिप्पण", "bình luận", "hozzászólás",
}

// isComments says whether a feed carries comments instead of articles.
func isComments(address, title string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	for _, part := range strings.Split(strings.ToLower(u.Path), "/") {
		if part == "comments" || part == "comment" {
			return true
		}
	}
	if strings.HasPrefix(u.Query().Get("feed"), "comments") {
		return true
	}
	title = strings.ReplaceAll(strings.ToLower(title), "commentary", "") // that is journalism
	for _, word := range commentWords {
		if strings.Contains(title, word) {
			return true
		}
	}
	return false
}
