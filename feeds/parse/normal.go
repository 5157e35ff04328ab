package parse

import (
	"bytes"
	"strings"
)

// A normaliser rewrites an XML feed, however broken, into its normal form: a
// small, flat, well-formed document that holds every item once, each element
// we use under one name, and every text as CDATA that is HTML already.
//
//	<item><dc:date>2024-05-01</dc:date>      <item>
//	  <title>Fish & chips                →     <dc:date><![CDATA[2024-05-01]]></dc:date>
//	  <media:thumbnail url="…"/>               <title><![CDATA[Fish &amp; chips]]></title>
//	<item> …                                 </item><item> …
//
// gofeed reads that. So what breaks a feed is decided here, in one pass over
// the source, and nothing has to be parsed twice.
type normaliser struct {
	lexer
	scopes
	out      []byte
	format   format
	frames   []frame
	items    int
	entities entities
	problems *problems
	scratch  []byte
	waste    int // bytes searched in vain for end tags
	empties  int // empty items that stood inside this one
}

type format uint8

const (
	formatRSS format = iota
	formatAtom
)

// frame is an element that is open and whose children count: the root, a
// channel, an item.
type frame struct {
	name []byte // as written, to know its end tag
	one  bool   // an item or entry
	mark int    // of scopes.declare
	base base
}

const (
	rssOpen = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"` + extensions + `><channel>`
	rssEnd  = `</channel></rss>`

	atomOpen = `<feed xmlns="http://www.w3.org/2005/Atom"` + extensions + `>`
	atomEnd  = `</feed>`

	extensions = ` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"` +
		` xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"` +
		` xmlns:itunes="http://www.itunes.com/DTDs/PodCast-1.0.dtd" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"` +
		` xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:b="urn:broadsheet:feed"`
)

// normalise returns the normal form of an XML document, and how many items it
// holds. The source must be UTF-8 without the characters that XML forbids.
func normalise(src []byte, url string, p *problems) ([]byte, format, int, error) {
	n := &normaliser{problems: p}
	err := n.run(src, url)
	return n.out, n.format, n.items, err
}

func (n *normaliser) run(src []byte, url string) error {
	n.lexer.src = src
	root, err := n.findRoot()
	if err != nil {
		return err
	}
	n.out = make([]byte, 0, len(src)+len(src)/8+1024)
	n.enterRoot(root, baseOf(url))
	for n.step() {
	}
	n.leaveAll()
	if n.format == formatAtom {
		n.out = append(n.out, atomEnd...)
	} else {
		n.out = append(n.out, rssEnd...)
	}
	return nil
}

// findRoot skips what stands before the root element: the prologue, and
// whatever else a server has put there.
func (n *normaliser) findRoot() (token, error) {
	junk, tags := false, 0
	page, likely := false, false // a web page may do without <html>
	for {
		t := n.next()
		switch t.kind {
		case tokenEOF:
			if page || likely {
				return t, ErrHTML
			}
			return t, ErrNotFeed
		case tokenText, tokenCDATA:
			junk = junk || len(bytes.TrimSpace(t.text)) > 0
		case tokenOther:
			n.declaration(t)
			likely = likely || hasPrefix(bytes.ToLower(n.src[t.start:min(t.end, t.start+16)]), "<!doctype html")
		case tokenEnd:
			junk = true
		case tokenStart:
			_, local := splitName(t.name)
			name := lower(local)
			tags++
			likely = likely || tags == 1 && isHTML(name)
			switch name {
			case "rss", "rdf", "feed", "channel", "item", "entry":
				if page && name != "rss" && name != "rdf" {
					continue // <feed> and <item> may be anything in a web page
				}
				if junk {
					n.problems.add("text before the feed was skipped")
				}
				return t, nil
			case "html":
				page = true
			}
			junk = true
		}
	}
}

// declaration reads what matters of a comment, an instruction or a DOCTYPE.
func (n *normaliser) declaration(t token) {
	text := n.src[t.start:t.end]
	if hasPrefix(text, "<!DOCTYPE") && bytes.IndexByte(text, '[') > 0 {
		n.entities.declare(text)
	}
	if t.broken {
		n.problems.add("a comment or declaration that does not end was skipped")
	}
}

func (n *normaliser) enterRoot(t token, b base) {
	prefix, local := splitName(t.name)
	mark := n.declare(n.attrs)
	// The root's namespaces are the document's own, whatever they are called:
	// there is RSS that calls itself Atom. Only RDF is another's than its items.
	own, _ := n.lookup(prefix)
	plainNS, _ := n.lookup(nil)
	n.rootURI, n.ownURI = own.uri, plainNS.uri
	name := lower(local)
	if name == "rdf" {
		n.rootURI = ""
	}
	if name == "feed" || name == "entry" {
		n.format = formatAtom
		n.out = append(n.out, atomOpen...)
	} else {
		n.out = append(n.out, rssOpen...)
	}
	f := frame{name: t.name, mark: mark, base: b.with(n.attrs)}
	if name == "item" || name == "entry" {
		n.problems.add("the feed has no root element")
		n.frames = append(n.frames, frame{base: b})
		n.enterItem(t, mark)
		return
	}
	n.language(n.attrs)
	n.frames = append(n.frames, f)
	if t.empty {
		n.leave()
	}
}

// maxItems is more than any real feed holds.
const maxItems = 50_000

// step reads one token between elements; false when the feed is over.
func (n *normaliser) step() bool {
	if len(n.frames) == 0 {
		return false
	}
	t := n.next()
	switch t.kind {
	case tokenEOF:
		n.problems.add("the document ends in the middle")
		return false
	case tokenOther:
		n.declaration(t)
	case tokenEnd:
		n.endTag(t)
	case tokenStart:
		n.element(t)
	}
	return true
}

// endTag closes the innermost frame of that name, and those inside it.
func (n *normaliser) endTag(t token) {
	for i := len(n.frames) - 1; i >= 0; i-- {
		if !bytes.EqualFold(n.frames[i].name, t.name) {
			continue
		}
		if i < len(n.frames)-1 {
			n.problems.add("an element that was left open was closed")
		}
		for len(n.frames) > i {
			n.leave()
		}
		return
	}
}

func (n *normaliser) leave() {
	f := n.frames[len(n.frames)-1]
	n.frames = n.frames[:len(n.frames)-1]
	n.scopes.leave(f.mark)
	if f.one {
		n.closeItem()
	}
}

// leaveAll ends the feed.
func (n *normaliser) leaveAll() {
	for len(n.frames) > 0 {
		n.leave()
	}
}

func (n *normaliser) closeItem() {
	open, end := "<item>", "</item>"
	if n.format == formatAtom {
		open, end = "<entry>", "</entry>"
	}
	n.out = append(n.out, end...)
	for ; n.empties > 0; n.empties-- {
		n.out = append(n.out, open+end...)
	}
}

// element acts on a start tag by its rule.
func (n *normaliser) element(t token) {
	top := n.frames[len(n.frames)-1]
	mark := n.declare(n.attrs)
	sp, local := n.resolve(t.name)
	r := ruleTop(sp, local)
	if top.one {
		r = ruleOne(sp, local)
	}
	switch r.mode {
	case enterOne:
		n.enterItem(t, mark)
		return // its bindings stay until it ends
	case enterTop:
		n.enterTop(t, mark)
		return
	case through:
		return // so do these: what they could hide is what they declare
	case skip:
		if !t.empty {
			n.inner(t)
		}
	case attrs:
		n.putAttrs(t, r.out, top.base.with(n.attrs))
	default:
		n.putText(t, r, top.base.with(n.attrs))
	}
	n.scopes.leave(mark)
}

func (n *normaliser) enterTop(t token, mark int) {
	if top := n.frames[len(n.frames)-1]; !t.empty && !top.one && len(n.frames) < 4 {
		n.language(n.attrs)
		n.frames = append(n.frames, frame{name: t.name, mark: mark, base: top.base.with(n.attrs)})
	}
}

func (n *normaliser) enterItem(t token, mark int) {
	if n.items >= maxItems {
		n.problems.add("the feed has too many items; the rest was skipped")
		n.leaveAll()
		return
	}
	if n.frames[len(n.frames)-1].one && t.empty && len(n.attrs) == 0 {
		n.empties++ // an item of its own, but no reason to end this one
		n.items++
		n.scopes.leave(mark)
		return
	}
	if n.frames[len(n.frames)-1].one {
		n.problems.add("an element that was left open was closed")
		n.leave() // and with it what the new item has declared
		mark = n.declare(n.attrs)
	}
	top := n.frames[len(n.frames)-1]
	b := top.base.with(n.attrs)
	n.items++
	if n.format == formatAtom {
		n.out = append(n.out, "<entry>"...)
	} else {
		n.out = append(n.out, "<item>"...)
	}
	n.frames = append(n.frames, frame{name: t.name, one: true, mark: mark, base: b})
	n.itemAttrs(b)
	if t.empty {
		n.leave()
	}
}

// itemAttrs puts what an item says in its own tag.
func (n *normaliser) itemAttrs(b base) {
	n.language(n.attrs)
	if b.declared {
		n.put("b:base", []byte(b.String()))
	}
	for _, a := range n.attrs {
		if len(a.value) > maxPlain {
			continue
		}
		switch lower(a.name) {
		case "rdf:about", "about":
			n.put("b:about", n.entities.decode(nil, a.value))
		case "href": // Channel Definition Format
			n.put("b:link", []byte(b.resolve(string(n.entities.decode(nil, a.value)))))
		case "lastmod":
			n.put("b:published", n.entities.decode(nil, a.value))
		}
	}
}

func (n *normaliser) language(attrs []attr) {
	for _, a := range attrs {
		if string(a.name) == "xml:lang" && len(a.value) > 0 {
			n.put("b:lang", n.entities.decode(nil, a.value))
		}
	}
}

// put writes an element of the normal form. CDATA cannot hold its own end.
func (n *normaliser) put(name string, text []byte) {
	n.out = append(n.out, '<')
	n.out = append(n.out, name...)
	n.out = append(n.out, '>')
	n.cdata(text)
	n.out = append(n.out, "</"...)
	n.out = append(n.out, name...)
	n.out = append(n.out, '>')
}

func (n *normaliser) cdata(text []byte) {
	if len(text) == 0 {
		return
	}
	n.out = append(n.out, cdataOpen...)
	for {
		i := bytes.Index(text, []byte("]]>"))
		if i < 0 {
			break
		}
		n.out = append(n.out, text[:i+2]...)
		n.out = append(n.out, "]]>"+cdataOpen...)
		text = text[i+2:]
	}
	n.out = append(n.out, text...)
	n.out = append(n.out, "]]>"...)
}

// putAttrs writes an element whose attributes hold all we want of it; the
// content of a media:content is read on, for what describes it.
func (n *normaliser) putAttrs(t token, name string, b base) {
	if n.format == formatAtom && name == "atom:link" {
		name = "link"
	}
	n.out = append(n.out, '<')
	n.out = append(n.out, name...)
	seen := ""
	for _, a := range n.attrs {
		key := lower(a.name)
		switch key {
		case "href", "url", "rel", "type", "length", "filesize", "duration", "medium", "title":
		default:
			continue
		}
		if strings.Contains(seen, key) || len(a.value) > maxPlain {
			continue
		}
		seen += key + " "
		value := n.entities.decode(n.scratch[:0], a.value)
		n.scratch = value[:0]
		if key == "href" || key == "url" {
			value = []byte(b.resolve(strings.TrimSpace(string(value))))
		}
		n.out = append(n.out, ' ')
		n.out = append(n.out, key...)
		n.out = append(n.out, `="`...)
		n.out = escape(n.out, value)
		n.out = append(n.out, '"')
	}
	n.out = append(n.out, "/>"...)
	if !t.empty && name != "media:content" {
		n.inner(t)
	}
}
