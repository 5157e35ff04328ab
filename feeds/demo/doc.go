// Package demo is the sample newsroom that `broadsheet demo` reads: invented
// outlets of an invented country, served over an in-memory HTTP transport to
// the same pipeline that reads the real ones.
//
//	client := fetch.New(fetch.Options{Transport: demo.Transport(now)})
//	added, err := library.AddFeeds(demo.Feeds())
//
// The transport never touches the network. It behaves as a careful server
// does: validators and 304, gzip for those outlets that have it, a permanent
// redirect from http to https, an HTML page for each article and each front
// page (which names the outlet's feed), a drawn picture for each image. Two
// things happen on purpose: one outlet answers 500, and after the first fetch one
// article is edited and another has more comments, which is no edit. A host it does not know is an error, as it is where
// there is no such host.
//
// Everything the outlets publish was written for this package. Nobody and
// nothing in it exists.
//
// # The source files
//
// Each file in newsroom/ is one outlet: a head of "key: value" lines, then its
// articles, newest first or not. An article begins with a line "=== " and its
// path, has a head of its own, an empty line, and a body in Markdown (with
// tables; HTML is passed through).
//
//	name: The Stellhaven Courier
//	host: stellhavencourier.example
//	feed: /feed.xml
//	format: rss
//
//	=== city/kestrel-bridge-shut
//	title: Kestrel Bridge shut after crack is found
//	ago: 97h20m
//	author: Petra Lindhorst
//
//	Inspectors closed the bridge before dawn on {weekday 98h} …
//
// Head of an outlet: name, host, feed (path), format (rss, atom, rdf or json),
// folder; optionally title (of the feed, if not the name), tagline, language
// (default en), charset (default utf-8), zone (of its dates, "+0200"), guid
// (link, tag or none), lead (only so many paragraphs go into the feed), and
// the flags gzip, cdata, xhtml: yes. An outlet with status: 500 has no
// articles.
//
// Head of an article: title; ago (a duration before now) or at ("06:30 -2":
// the latest half past six, less two days); optionally author, tags, updated
// (a duration before now), summary, image ("/path.png | alt text"), audio
// ("/path.mp3 bytes duration"), reprint (a file of newsroom/wire, and after it
// the numbers of the paragraphs left out), version (1: only in the first
// document served, 2: only in later ones).
//
// {weekday 98h} in a title or text is the name of the day 98 hours before now,
// so that the paper is always this week's.
//
// testdata/truth.tsv says which articles tell the same event and which are
// copies: its head describes it.
package demo
