package clean

// kind is what a block of the document is.
type kind uint8

const (
	paragraph kind = iota
	heading
	code
	rule
	quote // its blocks are in kids, as are those of all that follow
	list
	item
	table
	row
	cell
	document
)

// block is a node of the document that is built from HTML. Its text is safe
// already and not yet escaped.
type block struct {
	kind   kind
	level  int8   // of a heading
	order  bool   // list: numbered, from start
	head   bool   // cell: of a header
	layout bool   // table: said to be no data
	start  int    // number of the first item
	lang   string // of code
	text   string // of paragraph, heading and code; lines are parted by line feeds
	spans  []span // what parts of text look like, without gaps; none in code
	kids   []*block
}

// span is a part of a block's text with one look, or a picture.
type span struct {
	from, to int
	look     look
	link     string // canonical address; "" for none
	image    string // canonical address of a picture, which has no text but alt
	alt      string
	remark   string // of a picture: what stands below it already
}

// look is how text is set.
type look uint8

const (
	bold look = 1 << iota
	italic
	struck
	monospace // excludes the others
	added     // not the article's words but ours, to say what stands there
)

func (b *block) add(kid *block) {
	b.kids = append(b.kids, kid)
}
