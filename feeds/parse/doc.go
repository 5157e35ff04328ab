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
// what was. What is known to be lost Missing says. It is pure, safe for
// concurrent use, and never panics; time and memory grow linearly with the
// input, and each article's text is cut at a limit.
//
//	bytes ─ unpack ─ feeds/charset ─ repair ─ reader, rules ─ record ─ Document
//	                                 (tags)    feeds/dates ────┘
//
// There is one way through it, for sound feeds and broken ones: repair gives
// tokens and the ends of elements, rules say which of them count, a record
// gathers what an item says, and decides when all of it is known.
//
// Strings of a Document are valid UTF-8 but otherwise as hostile as their
// publisher: Title, Author, Summary and Content are HTML. feeds/clean makes
// them safe.
package parse
