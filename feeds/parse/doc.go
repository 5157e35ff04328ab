// Package parse turns the bytes of a feed into a Document.
//
//	doc, err := parse.Parse(body, "https://example.org/feed.xml", "application/rss+xml; charset=utf-8")
//	if errors.Is(err, parse.ErrHTML) {
//		// a web page: feeds/discover may find the feed it names
//	}
//	for _, e := range doc.Entries {
//		fmt.Println(e.Published, e.Title, e.Link)
//	}
//
// It reads RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0 and JSON Feed, in any
// encoding, well-formed or not: what can be repaired is, and Problems says
// what was. It is pure, safe for concurrent use, and never panics; time and
// memory grow linearly with the input.
//
// Strings of a Document are valid UTF-8 but otherwise as hostile as their
// publisher: Title, Author, Summary and Content are HTML. feeds/clean makes
// them safe.
package parse
