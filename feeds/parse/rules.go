package parse

// A rule says what to do with an element: under which name it goes into the
// normal form, and how its content is read. The zero rule drops it.
type rule struct {
	mode mode
	out  string // the name in the normal form
}

type mode uint8

const (
	skip     mode = iota // drop it and all it holds
	through              // drop the tags, keep reading inside
	enterTop             // a channel
	enterOne             // an item or entry
	markup               // text that may be HTML
	plain                // text: a date, an address, an id
	person               // text, or <name> and <email>
	attrs                // an element that says all in its attributes
	location             // an address as text or in href
)

// ruleTop is for the children of the root and of a channel or feed.
func ruleTop(sp space, local string) rule {
	switch sp {
	case spaceNative, spaceRSS:
		switch local {
		case "item", "entry":
			return rule{enterOne, ""}
		case "channel":
			return rule{enterTop, ""}
		case "items":
			return rule{through, ""}
		case "title":
			return rule{markup, "title"}
		case "description", "subtitle", "tagline", "abstract":
			return rule{markup, "description"}
		case "link":
			return rule{location, "link"}
		case "language", "ttl":
			return rule{plain, local}
		case "lastbuilddate", "updated", "modified":
			return rule{plain, "b:updated"}
		case "pubdate", "date", "lastmod":
			return rule{plain, "b:date"}
		case "author":
			return rule{person, "b:author"}
		}
	case spaceRDF:
		if local == "li" || local == "seq" || local == "bag" {
			return rule{}
		}
	case spaceDC:
		switch local {
		case "title", "description":
			return rule{markup, "dc:" + local}
		case "language", "date":
			return rule{plain, "dc:" + local}
		}
	case spaceTerms:
		if local == "modified" || local == "issued" || local == "created" {
			return rule{plain, "dcterms:" + local}
		}
	case spaceAtom:
		switch local {
		case "link":
			return rule{attrs, "atom:link"}
		case "title", "subtitle":
			return rule{markup, "atom:" + local}
		case "updated":
			return rule{plain, "atom:updated"}
		case "entry":
			return rule{enterOne, ""}
		}
	case spaceITunes:
		if local == "summary" || local == "subtitle" {
			return rule{markup, "itunes:" + local}
		}
	case spaceSyndication:
		if local == "updateperiod" || local == "updatefrequency" {
			return rule{plain, "sy:" + local}
		}
	}
	return rule{}
}

// ruleOne is for the children of an item or entry.
func ruleOne(sp space, local string) rule {
	switch sp {
	case spaceNative, spaceRSS:
		return ruleOneNative(local)
	case spaceContent:
		if local == "encoded" {
			return rule{markup, "content:encoded"}
		}
	case spaceDC, spaceTerms:
		return ruleOneDublin(sp, local)
	case spaceAtom:
		switch local {
		case "link":
			return rule{attrs, "atom:link"}
		case "title", "summary", "content":
			return rule{markup, "atom:" + local}
		case "id":
			return rule{plain, "b:id"}
		case "updated", "published", "issued", "modified", "created":
			return rule{plain, "atom:" + local}
		case "author":
			return rule{person, "b:author"}
		}
	case spaceMedia:
		switch local {
		case "group":
			return rule{through, ""}
		case "content":
			return rule{attrs, "media:content"}
		case "description", "title":
			return rule{markup, "media:" + local}
		}
	case spaceITunes:
		switch local {
		case "duration", "author":
			return rule{plain, "itunes:" + local}
		case "summary", "subtitle", "title":
			return rule{markup, "itunes:" + local}
		}
	case spaceBurner:
		if local == "origlink" {
			return rule{plain, "feedburner:origLink"}
		}
	case spaceXHTML:
		if local == "body" || local == "div" {
			return rule{markup, "b:body"}
		}
	case spaceYandex:
		if local == "full-text" || local == "content" {
			return rule{markup, "b:body"}
		}
	}
	return rule{}
}

func ruleOneNative(local string) rule {
	switch local {
	case "item", "entry":
		return rule{enterOne, ""}
	case "title":
		return rule{markup, "title"}
	case "description", "abstract":
		return rule{markup, "description"}
	case "summary":
		return rule{markup, "summary"}
	case "content":
		return rule{markup, "content"}
	case "encoded":
		return rule{markup, "content:encoded"}
	case "body", "full-text", "fullitem":
		return rule{markup, "b:body"}
	case "link":
		return rule{location, "link"}
	case "guid":
		return rule{plain, "guid"}
	case "id":
		return rule{plain, "b:id"}
	case "enclosure":
		return rule{attrs, "enclosure"}
	case "author", "creator":
		return rule{person, "b:author"}
	case "language":
		return rule{plain, "dc:language"}
	case "pubdate", "published", "date":
		return rule{plain, "b:published"}
	case "issued":
		return rule{plain, "dcterms:issued"}
	case "updated", "modified":
		return rule{plain, "b:updated"}
	case "created":
		return rule{plain, "dcterms:created"}
	}
	return rule{}
}

func ruleOneDublin(sp space, local string) rule {
	prefix := "dc:"
	if sp == spaceTerms {
		prefix = "dcterms:"
	}
	switch local {
	case "title":
		return rule{markup, "dc:title"}
	case "description", "abstract":
		return rule{markup, "dc:description"}
	case "creator", "author":
		return rule{plain, "dc:creator"}
	case "language":
		return rule{plain, "dc:language"}
	case "date", "issued", "created", "modified", "available":
		return rule{plain, prefix + local}
	}
	return rule{}
}
