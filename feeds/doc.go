// Package feeds is the vocabulary of Broadsheet: what a feed, an article, a
// story and the rest are, and the few rules that hold for them everywhere.
//
// Use it for the types that packages hand to each other:
//
//	feed := feeds.Feed{URL: "https://example.org/feed.xml", Folder: "Australia"}
//	for _, item := range page {
//		fmt.Println(item.Outlet, item.Title, feeds.When(item.Article))
//	}
//
// It imports only the standard library, does no I/O, and knows no screen, no
// database and no network. What comes from the network is hostile until it has
// passed feeds/clean: every string in an Article, Feed or Body has.
package feeds
