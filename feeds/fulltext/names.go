package fulltext

import "slices"

// furniture knows by the words of class names and ids what publishing systems
// put around and into an article.
func furniture(words []string) bool {
	if slices.Contains(words, "embed") && !slices.Contains(words, "newsletter") {
		return false
	}
	for i, w := range words {
		switch w {
		case "newsletter", "newsletters", "subscribe", "subscription", "subscriptions", "signup", "optin", "mailchimp", "mc4wp",
			"related", "relateds", "recommended", "recommendation", "recommendations", "recirc", "recirculation", "suggested", "teaser", "teasers",
			"outbrain", "taboola", "zergnet", "revcontent", "mgid", "yarpp", "jp-relatedposts",
			"share", "shares", "sharing", "sharebar", "sharebox", "sharedaddy", "sharethis", "addthis", "addtoany", "shareaholic", "social", "socials",
			"breadcrumb", "breadcrumbs", "sidebar", "masthead", "navbar", "nav", "navigation", "menu", "toolbar", "pagination", "pager",
			"ad", "ads", "advert", "advertisement", "advertising", "adsbygoogle", "adslot", "adunit", "dfp", "gpt", "sponsor", "sponsored", "sponsors",
			"promo", "promos", "promotion", "promotional", "cta", "popular", "trending", "mostread", "upsell", "marketing",
			"popup", "modal", "overlay", "lightbox", "cookie", "cookies", "consent", "gdpr",
			"byline", "bylines", "timestamp", "dateline", "pubdate", "authorbox", "bio", "taglist", "tooltip", "noprint", "screenreader",
			"piano", "rating", "ratings", "votes", "poll", "disclaimer", "copyright", "kicker", "eyebrow":
			return true
		}
		if i+1 < len(words) && words[i+1] != "/" && paired(w, words[i+1]) {
			return true
		}
	}
	return false
}

func paired(a, b string) bool {
	switch a {
	case "read", "see", "view":
		return b == "more" || b == "next" || b == "also" || b == "time"
	case "also":
		return b == "like" || b == "read" || b == "on"
	case "more":
		return b == "stories" || b == "from" || b == "on" || b == "news" || b == "articles" || b == "posts" || b == "links" || b == "info"
	case "next", "prev", "previous":
		if b == "prev" || b == "next" || b == "previous" {
			return true
		}
		return siblings(b)
	case "most", "latest", "recent", "top", "other":
		return siblings(b)
	case "author", "writer":
		return b == "bio" || b == "box" || b == "info" || b == "card" || b == "profile" || b == "about" || b == "description" || b == "name" || b == "block"
	case "about":
		return b == "author" || b == "the" || b == "writer"
	case "entry", "post", "article", "story", "single", "content":
		return b == "meta" || b == "footer" || b == "header" || b == "tags" || b == "tag" || b == "info" || b == "nav" || b == "author" || b == "date" ||
			b == "categories" || b == "utility" || b == "tools" || b == "actions" || b == "links" || b == "topics" || b == "summary" || b == "dek" ||
			b == "subtitle" || b == "standfirst"
	case "tag", "tags", "cat", "category", "topic", "topics", "keyword", "keywords":
		return b == "list" || b == "links" || b == "cloud" || b == "container" || b == "wrapper" || b == "block"
	case "sign", "log":
		return b == "up" || b == "in"
	case "screen":
		return b == "reader"
	case "sr", "print":
		return b == "only"
	case "social":
		return b != "embed"
	case "back":
		return b == "to"
	case "skip":
		return b == "to" || b == "link"
	case "email", "mail":
		return b == "signup" || b == "form" || b == "capture" || b == "list"
	case "publish", "published", "posted", "updated", "update", "modified":
		return b == "date" || b == "time" || b == "on" || b == "at"
	case "reading":
		return b == "time"
	}
	return false
}

// aside knows what is put into a sentence and is none of its words.
func aside(words []string) bool {
	for i, w := range words {
		switch w {
		case "tooltip", "screenreader", "share", "sharing", "caption", "credit":
			return true
		case "screen", "sr", "visually":
			if i+1 < len(words) && (words[i+1] == "reader" || words[i+1] == "only" || words[i+1] == "hidden") {
				return true
			}
		}
	}
	return false
}

// siblings are what the other pages of a site are called.
func siblings(w string) bool {
	switch w {
	case "read", "viewed", "popular", "stories", "news", "articles", "article", "posts", "post", "story", "headlines":
		return true
	}
	return false
}

// smallPrint knows names that are an article's dates, credits and labels when
// there is little in them, and something else when there is much.
func smallPrint(words []string) bool {
	for _, w := range words {
		switch w {
		case "meta", "date", "datetime", "time", "author", "authors", "tags", "tag", "categories", "label", "labels", "print", "source", "sources",
			"toggle", "tools", "icon", "icons", "buttons", "button", "actions", "counter", "views", "topics", "updated", "published", "follow", "join", "donate":
			return true
		}
	}
	return false
}

// discussion knows what readers wrote.
func discussion(words []string) bool {
	for _, w := range words {
		switch w {
		case "comments", "comment", "commentlist", "respond", "disqus", "discussion", "livefyre", "viafoura", "coral", "replies":
			return true
		}
	}
	return false
}

// captioned knows the words under a picture.
func captioned(words []string) bool {
	for _, w := range words {
		switch w {
		case "caption", "captions", "credit", "credits", "attribution", "photographer", "photocredit", "imagecredit", "cutline", "figcaption", "legend":
			return true
		}
	}
	return false
}
