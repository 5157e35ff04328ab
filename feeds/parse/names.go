package parse

import (
	"strings"

	"broadsheet/feeds/parse/repair"
)

// space is a namespace, as far as it matters for reading feeds.
type space uint8

const (
	spaceOther  space = iota
	spaceNative       // of the document itself: RSS in RSS, Atom in Atom
	spaceRSS
	spaceAtom
	spaceRDF
	spaceDC
	spaceTerms
	spaceContent
	spaceMedia
	spaceITunes
	spaceXHTML
	spaceBurner
	spaceSyndication
	spaceYandex
)

// spaceOf knows a namespace by its address. Publishers get the case, the
// scheme and the last sign of it wrong.
func spaceOf(uri string) space {
	uri = strings.ToLower(strings.TrimSpace(uri))
	uri = strings.TrimRight(uri, "/#")
	if _, rest, ok := strings.Cut(uri, "://"); ok {
		uri = strings.TrimPrefix(rest, "www.")
	}
	switch uri {
	case "purl.org/rss/1.0", "my.netscape.com/rdf/simple/0.9", "channel.netscape.com/rdf/simple/0.9",
		"purl.org/net/rss1.1", "backend.userland.com/rss", "backend.userland.com/rss2", "blogs.law.harvard.edu/tech/rss",
		"cyber.law.harvard.edu/rss", "purl.org/rss/2.0":
		return spaceRSS
	case "w3.org/2005/atom", "purl.org/atom/ns", "purl.org/atom", "purl.org/atom-blog/ns", "example.com/necho":
		return spaceAtom
	case "w3.org/1999/02/22-rdf-syntax-ns":
		return spaceRDF
	case "purl.org/dc/elements/1.1", "purl.org/dc/elements/1.0", "purl.org/dc":
		return spaceDC
	case "purl.org/dc/terms":
		return spaceTerms
	case "purl.org/rss/1.0/modules/content":
		return spaceContent
	case "search.yahoo.com/mrss", "search.yahoo.com/rss":
		return spaceMedia
	case "itunes.com/dtds/podcast-1.0.dtd", "example.com/dtds/podcast-1.0.dtd":
		return spaceITunes
	case "w3.org/1999/xhtml", "w3.org/tr/rec-html40", "w3.org/tr/html4":
		return spaceXHTML
	case "rssnamespace.org/feedburner/ext/1.0":
		return spaceBurner
	case "purl.org/rss/1.0/modules/syndication":
		return spaceSyndication
	case "news.yandex.ru", "turbo.yandex.ru":
		return spaceYandex
	}
	return spaceOther
}

// spaceOfPrefix is what a prefix means when the document does not declare it,
// or binds it to an address nobody knows.
func spaceOfPrefix(prefix string) space {
	switch strings.ToLower(prefix) {
	case "rss":
		return spaceRSS
	case "atom", "atom10", "a10":
		return spaceAtom
	case "rdf":
		return spaceRDF
	case "dc":
		return spaceDC
	case "dcterms":
		return spaceTerms
	case "content":
		return spaceContent
	case "media":
		return spaceMedia
	case "itunes":
		return spaceITunes
	case "xhtml":
		return spaceXHTML
	case "feedburner":
		return spaceBurner
	case "sy":
		return spaceSyndication
	case "yandex", "turbo":
		return spaceYandex
	}
	return spaceOther
}

// scopes are the namespace bindings in force, innermost last.
type scopes struct {
	bindings []binding
	rootURI  string // the default namespace, and that of the root: the document's own
	ownURI   string
	version  int // another one whenever the bindings change
}

type binding struct {
	prefix, uri string
	space       space
}

// maxBindings bounds the walk over the bindings that each prefix costs.
const maxBindings = 64

// declare adds the bindings of a start tag and returns the mark to pass to
// leave when its element ends.
func (s *scopes) declare(attrs []repair.Attr) int {
	mark := len(s.bindings)
	for _, a := range attrs {
		if len(a.Name) < 5 || string(a.Name[:5]) != "xmlns" || len(s.bindings) >= maxBindings {
			continue
		}
		prefix, ok := "", len(a.Name) == 5
		if len(a.Name) > 6 && a.Name[5] == ':' {
			prefix, ok = string(a.Name[6:]), true
		}
		if ok {
			uri := strings.TrimSpace(string(a.Value))
			sp := spaceOf(uri)
			if sp == spaceOther && prefix != "" {
				sp = spaceOfPrefix(prefix)
			}
			s.bindings = append(s.bindings, binding{prefix, uri, sp})
			s.version++
		}
	}
	return mark
}

func (s *scopes) leave(mark int) {
	if mark < len(s.bindings) {
		s.bindings = s.bindings[:mark]
		s.version++
	}
}

func (s *scopes) lookup(prefix []byte) (binding, bool) {
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if s.bindings[i].prefix == string(prefix) {
			return s.bindings[i], true
		}
	}
	return binding{}, false
}

// resolve says which namespace a name is in, and its local part in lower case.
func (s *scopes) resolve(name []byte) (space, string) {
	prefix, local := repair.SplitName(name)
	b, ok := s.lookup(prefix)
	switch {
	case !ok && len(prefix) == 0:
		b.space = spaceNative
	case !ok:
		b.space = spaceOfPrefix(string(prefix))
	case b.uri == s.rootURI || b.uri == s.ownURI:
		b.space = spaceNative
	}
	return b.space, repair.Lower(local)
}
