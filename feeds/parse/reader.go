package parse

import (
	"bytes"
	"fmt"

	"broadsheet/feeds/parse/repair"
)

// A reader makes a Document of an XML feed, however broken, in one pass over
// the source:
//
//	source ─ repair.Elements ─ rules ─ record of the channel ─── Document
//	             (tags)                record of an item ─────── Entry
//
// Each element is looked up in the rules of where it stands; what is wanted of
// it goes into the record of the item, or of the channel, that is open.
type reader struct {
	*repair.Elements
	scopes
	format    format
	frames    []frame
	feed      record
	item      record
	entries   []Entry
	entities  repair.Entities
	problems  *problems
	known     map[string]element // by name as written; see element
	knownAt   int                // … at this version of the scopes
	scratch   []byte
	empties   int // empty items that stood inside this one
	unwrapped int // unknown elements that were entered for the items in them
	lost      int // items that could not be reached
}

type format uint8

const (
	formatRSS format = iota
	formatAtom
)

// frame is an element that is open and whose children count: the root, a
// channel, an item.
type frame struct {
	one  bool // an item or entry
	mark int  // of scopes.declare
	base base
}

// parseXML reads an XML feed. The source must be UTF-8 without the characters
// that XML forbids.
func parseXML(src []byte, url string, p *problems) (Document, error) {
	return newReader(src, p).document(url)
}

func newReader(src []byte, p *problems) *reader {
	n := &reader{problems: p, known: make(map[string]element)}
	n.Elements = repair.NewElements(src, n.isSibling, p.add)
	return n
}

func (n *reader) document(url string) (Document, error) {
	root, err := n.findRoot()
	if err != nil {
		return Document{}, err
	}
	n.enterRoot(root, baseOf(url))
	for n.step() {
	}
	n.leaveAll()
	n.lost += n.itemsIn(n.Rest())
	doc := n.feed.feed(n.format, n.problems)
	doc.Entries = n.entries
	if n.format == formatAtom {
		for i := range doc.Entries {
			doc.Entries[i].Author = firstOf(doc.Entries[i].Author, n.feed.by())
		}
	}
	if n.lost > 0 {
		n.problems.lose(n.lost, n.lost+len(doc.Entries))
	}
	doc.settle(url)
	return doc, nil
}

// findRoot skips what stands before the root element: the prologue, and
// whatever else a server has put there.
func (n *reader) findRoot() (repair.Token, error) {
	junk, tags, first := false, 0, ""
	page, likely := false, false // a web page may do without <html>
	for {
		t := n.Next()
		switch t.Kind {
		case repair.EOF:
			if page || likely {
				return t, ErrHTML
			}
			return t, noRoot(first, junk)
		case repair.Text, repair.CDATA:
			junk = junk || len(bytes.TrimSpace(t.Text)) > 0
		case repair.Other:
			if bytes.HasPrefix(bytes.ToLower(n.Source(t.Start, min(t.End, t.Start+16))), []byte("<!doctype html")) {
				likely = true
			}
			n.declaration(t)
		case repair.End:
			junk = true
		case repair.Start:
			_, local := repair.SplitName(t.Name)
			name := repair.Lower(local)
			if tags++; tags == 1 {
				first, likely = name, likely || isHTML(name)
			}
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

// noRoot says what a document is that has no element of a feed.
func noRoot(first string, junk bool) error {
	switch {
	case first == "opml":
		return fmt.Errorf("%w but a list of feeds (OPML), which can be imported", ErrNotFeed)
	case first != "":
		return fmt.Errorf("%w: its first element is <%s>", ErrNotFeed, first)
	case junk:
		return fmt.Errorf("%w: there is no markup in it", ErrNotFeed)
	}
	return fmt.Errorf("%w: there is nothing in it", ErrNotFeed)
}

// declaration reads what matters of a comment, an instruction or a DOCTYPE.
func (n *reader) declaration(t repair.Token) {
	text := n.Source(t.Start, t.End)
	if bytes.HasPrefix(text, []byte("<!DOCTYPE")) && bytes.IndexByte(text, '[') > 0 {
		n.entities.Declare(text)
	}
	if t.Broken {
		n.problems.add("a comment or declaration that does not end was skipped")
	}
}

func (n *reader) enterRoot(t repair.Token, b base) {
	prefix, local := repair.SplitName(t.Name)
	mark := n.declare(n.Attrs)
	// The root's namespaces are the document's own, whatever they are called:
	// there is RSS that calls itself Atom. Only RDF is another's than its items.
	own, _ := n.lookup(prefix)
	plainNS, _ := n.lookup(nil)
	n.rootURI, n.ownURI = own.uri, plainNS.uri
	name := repair.Lower(local)
	if name == "rdf" {
		n.rootURI = ""
	}
	if name == "feed" || name == "entry" {
		n.format = formatAtom
	}
	if name == "item" || name == "entry" {
		n.problems.add("the feed has no root element")
		n.enter(nil, frame{base: b})
		n.enterItem(t, mark)
		return
	}
	n.language(n.Attrs)
	n.enter(t.Name, frame{mark: mark, base: b.with(n.Attrs)})
	if t.Empty {
		n.leave()
	}
}

// maxItems is more than any real feed holds.
const maxItems = 50_000

// step reads one token between elements; false when the feed is over.
func (n *reader) step() bool {
	if len(n.frames) == 0 {
		return false
	}
	t := n.Next()
	switch t.Kind {
	case repair.EOF:
		n.problems.add("the document ends in the middle")
		if n.frames[len(n.frames)-1].one {
			n.problems.breakOff()
		}
		return false
	case repair.Other:
		n.declaration(t)
	case repair.End:
		for range n.Ends(t.Name) {
			n.leave()
		}
	case repair.Start:
		n.start(t)
	}
	return true
}

func (n *reader) enter(name []byte, f frame) {
	n.Enter(name)
	n.frames = append(n.frames, f)
}

func (n *reader) leave() {
	f := n.frames[len(n.frames)-1]
	n.frames = n.frames[:len(n.frames)-1]
	n.Leave()
	n.scopes.leave(f.mark)
	if f.one {
		n.entries = append(n.entries, n.item.entry(n.format, n.problems))
		n.item.reset()
		for ; n.empties > 0; n.empties-- {
			n.entries = append(n.entries, Entry{})
		}
	}
}

// leaveAll ends the feed.
func (n *reader) leaveAll() {
	for len(n.frames) > 0 {
		n.leave()
	}
}

// record is that of the item that is open, else that of the channel.
func (n *reader) record() *record {
	if len(n.frames) > 0 && n.frames[len(n.frames)-1].one {
		return &n.item
	}
	return &n.feed
}

func (n *reader) put(f field, text []byte) {
	if r := n.record(); len(text) > 0 && r.texts[f] == "" {
		r.texts[f] = string(text)
	}
}

// start acts on a start tag by its rule.
func (n *reader) start(t repair.Token) {
	top := n.frames[len(n.frames)-1]
	mark := n.declare(n.Attrs)
	e := n.element(t.Name)
	r := e.top
	if top.one {
		r = e.one
	}
	switch r.mode {
	case enterOne:
		n.enterItem(t, mark)
		return // its bindings stay until it ends
	case enterTop:
		if !t.Empty && !top.one && len(n.frames) < 4 {
			n.language(n.Attrs)
			n.enter(t.Name, frame{mark: mark, base: top.base.with(n.Attrs)})
		}
		return
	case through:
		return // so do these: what they could hide is what they declare
	case skip:
		n.skip(t, top.one)
	case attrs:
		n.attributes(t, r.field, top.base.with(n.Attrs))
	default:
		n.text(t, r, top.base.with(n.Attrs))
	}
	n.scopes.leave(mark)
}

// maxUnwrapped is how many unknown elements are entered for the items in them.
const maxUnwrapped = 8

// skip passes over an unknown element, unless it turns out to hold items.
func (n *reader) skip(t repair.Token, inItem bool) {
	if t.Empty {
		return
	}
	start := n.Pos
	inner := n.Inner(t)
	if inItem {
		return // what it holds is about the item
	}
	items := n.itemsIn(inner)
	if items > 0 && n.unwrapped < maxUnwrapped {
		n.unwrapped++
		n.Pos = start
		return
	}
	n.lost += items
}

// itemsIn counts the items in a part of the source that is not read.
func (n *reader) itemsIn(src []byte) int {
	if !bytes.Contains(src, []byte("item")) && !bytes.Contains(src, []byte("entry")) {
		return 0
	}
	count := 0
	l := repair.NewLexer(src)
	for t := l.Next(); t.Kind != repair.EOF; t = l.Next() {
		if t.Kind == repair.Start && n.element(t.Name).top.mode == enterOne {
			count++
		}
	}
	return count
}

func (n *reader) enterItem(t repair.Token, mark int) {
	if len(n.entries) >= maxItems {
		n.lost++
		n.leaveAll()
		return
	}
	if n.frames[len(n.frames)-1].one && t.Empty && len(n.Attrs) == 0 {
		n.empties++ // an item of its own, but no reason to end this one
		n.scopes.leave(mark)
		return
	}
	if n.frames[len(n.frames)-1].one {
		n.problems.add("an element that was left open was closed")
		n.leave() // and with it what the new item has declared
		mark = n.declare(n.Attrs)
	}
	b := n.frames[len(n.frames)-1].base.with(n.Attrs)
	n.enter(t.Name, frame{one: true, mark: mark, base: b})
	n.itemAttrs(b)
	if t.Empty {
		n.leave()
	}
}

// itemAttrs puts what an item says in its own tag.
func (n *reader) itemAttrs(b base) {
	n.language(n.Attrs)
	if b.declared {
		n.put(fieldBase, []byte(b.String()))
	}
	for _, a := range n.Attrs {
		if len(a.Value) > maxPlain {
			continue
		}
		switch repair.Lower(a.Name) {
		case "rdf:about", "about":
			n.put(fieldAbout, n.decode(a.Value))
		case "href": // Channel Definition Format
			n.put(fieldHref, []byte(b.resolve(string(n.decode(a.Value)))))
		case "lastmod":
			n.put(fieldPublished, n.decode(a.Value))
		}
	}
}

func (n *reader) language(attrs []repair.Attr) {
	for _, a := range attrs {
		if string(a.Name) == "xml:lang" && len(a.Value) <= maxPlain {
			n.put(fieldLang, n.decode(a.Value))
		}
	}
}

// decode replaces references; the result is good until the next call.
func (n *reader) decode(src []byte) []byte {
	n.scratch = n.entities.Decode(n.scratch[:0], src)
	return n.scratch
}

// isSibling reports whether a tag is an element of the feed rather than HTML.
func (n *reader) isSibling(name []byte) bool {
	e := n.element(name)
	native := e.space == spaceNative
	if n.frames[len(n.frames)-1].one {
		return e.one.mode != skip && e.local != "div" || native && (e.local == "category" || e.local == "comments")
	}
	return e.top.mode != skip || native && (e.local == "image" || e.local == "copyright" || e.local == "generator")
}
