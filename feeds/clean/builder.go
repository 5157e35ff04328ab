package clean

import (
	"golang.org/x/net/html/atom"
)

// maxOpen is how many elements are kept track of inside each other; within
// deeper ones only the text counts.
const maxOpen = 128

// builder makes a document of a stream of tokens.
//
// It does not build the tree that a browser would: that tree can be hundreds of
// times the size of its source (see README.md). Instead it keeps a stack of the
// open elements that shape the document, and the look of the text (bold, linked
// …) beside it, so that misnested inline markup cannot hurt.
type builder struct {
	base    string
	self    string   // base, as links to it are written
	lenient bool     // drop only what is no text
	inside  bool     // of an iframe
	doc     *block   // the workspace's
	into    *block   // where the next block goes
	stack   []opened // open elements, outermost first
	beyond  int      // elements open beyond maxOpen
	nested  int      // quotes and lists that are open
	blocks  int
	heads   int
	size    int // bytes of text so far
	full    bool
	skip    atom.Atom // element whose content is dropped; 0 for none
	skipped int       // how many of its name are open inside it

	inline
	*workspace
	space   bool     // white space is due before the next character
	spaced  inline   // … and looked like this where it began
	newline bool     // … and held a line feed
	breaks  int      // br elements since the last character
	reading bool     // inside the brackets of startReading
	pre     *block   // the code that is being read; nil outside
	formula *formula // the formula that is being read; nil outside
	drawing drawing
	returns bool   // the source holds a carriage return, or a zero
	sources string // addresses, as srcset has them, of the picture that follows

	firstStack [4]opened // enough for most articles
}

func newBuilder(w *workspace, base, self string, lenient bool) *builder {
	w.clear()
	b := &w.builder
	w.root = block{kind: document, kids: w.top}
	*b = builder{workspace: w, base: base, self: self, lenient: lenient, doc: &w.root, into: &w.root}
	b.stack = b.firstStack[:0]
	return b
}

// inline is the look of text; an element that closes restores what it found.
type inline struct {
	look  look
	link  string
	title int8   // level of the heading that is open
	lang  string // of code, as an element around it says
}

type opened struct {
	name  atom.Atom
	into  *block // where blocks went before
	made  *block // the block it makes, to be placed when it closes; nil for none
	found inline
	deep  bool // counts as nested
}

func (b *builder) push(name atom.Atom, into *block) {
	if len(b.stack) >= maxOpen {
		b.beyond++
		return
	}
	b.stack = append(b.stack, opened{name: name, into: b.into, found: b.inline})
	b.into = into
}

// isOpen reports whether an element of that name is open.
func (b *builder) isOpen(name atom.Atom) bool {
	for i := range b.stack {
		if b.stack[i].name == name {
			return true
		}
	}
	return false
}

// make opens an element that makes a block.
func (b *builder) make(name atom.Atom, k *block) {
	if len(b.stack) >= maxOpen {
		b.beyond++
		return
	}
	b.push(name, k)
	b.stack[len(b.stack)-1].made = k
}

// pushDeep opens a quote or list, unless it would be too deep.
func (b *builder) pushDeep(name atom.Atom, k *block) {
	if b.nested >= MaxDepth || len(b.stack) >= maxOpen {
		b.push(name, b.into)
		return
	}
	b.make(name, k)
	b.stack[len(b.stack)-1].deep = true
	b.nested++
}

// closeTo closes the innermost open element of a name and all inside it. Cells
// are not left by the end of what is around them; implied says that items do not
// end those of the list around theirs either.
func (b *builder) closeTo(name atom.Atom, implied bool) {
	if !b.isOpen(name) {
		return
	}
	if b.beyond > 0 && !implied {
		b.beyond--
		return
	}
	for i := len(b.stack) - 1; i >= 0; i-- {
		switch at := b.stack[i].name; at {
		case name:
			for len(b.stack) > i {
				b.pop()
			}
			return
		case atom.Table:
			return
		case atom.Td, atom.Th, atom.Caption:
			if name != atom.Table && name != atom.Tr && name != atom.Tbody && name != atom.Thead && name != atom.Tfoot {
				return
			}
		case atom.Ul, atom.Ol, atom.Dl, atom.Blockquote:
			if implied {
				return
			}
		}
	}
}

func (b *builder) closeAll() {
	for len(b.stack) > 0 {
		b.pop()
	}
}

// pop closes the innermost element.
func (b *builder) pop() {
	top := b.stack[len(b.stack)-1]
	if b.pre != nil {
		b.endCode(top.into)
	} else if top.name != atom.Sup && top.name != atom.Sub {
		b.flush()
	}
	b.stack = b.stack[:len(b.stack)-1]
	if top.deep {
		b.nested--
	}
	b.into = top.into
	if top.made != nil {
		b.place(top.made)
	}
	// What was not there when the element began ends with it, and what ended
	// inside it does not come back.
	b.look &= top.found.look
	if b.link != top.found.link {
		b.link = ""
	}
	b.title, b.lang = top.found.title, top.found.lang
}

// place puts a block that is complete where it belongs, or what is left of it.
func (b *builder) place(k *block) {
	if len(k.kids) == 0 && k.kind != cell {
		return
	}
	if k.kind == table && !tabular(k) {
		for _, r := range k.kids {
			for _, c := range r.kids {
				for _, kid := range c.kids {
					b.put(kid)
				}
			}
		}
		return
	}
	b.put(k)
}

// put adds a block where the next one goes.
func (b *builder) put(k *block) {
	b.blocks++
	b.full = b.full || b.blocks > maxBlocks
	into := b.into
	if (into.kind == table && k.kind != row) || (into.kind == row && k.kind != cell) {
		into = b.beforeTable() // as browsers do with what is in a table and in no cell
	}
	last := len(into.kids) - 1
	switch {
	case k.kind == rule && (last < 0 || into.kids[last].kind == rule):
	case into.kind == list && k.kind == list && last >= 0: // belongs to the item before
		into.kids[last].add(k)
	case into.kind == list && k.kind != item:
		into.add(&block{kind: item, kids: []*block{k}})
	default:
		into.add(k)
	}
}

// beforeTable is where the innermost open table stands.
func (b *builder) beforeTable() *block {
	for i := len(b.stack) - 1; i >= 0; i-- {
		if at := b.stack[i]; at.name == atom.Table && at.into.kind != table && at.into.kind != row {
			return at.into
		}
	}
	return b.doc
}
