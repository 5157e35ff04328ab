package markdown

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Places tell which words stand where, so that others can lay things over the
// lines without knowing how these were made: find hits, key sentences, what is
// not new, pictures.
//
//	words    Rendered.Text: what the article says, without marks and link numbers
//	blocks   Rendered.Blocks: paragraphs, headings, tables …, in order, each with
//	         its lines and its bytes of Text
//	pieces   Rendered.Pieces(line): what bytes of Text stand in a line, and at
//	         which column
//
// A sentence, a hit, a place to come back to is a Range of Text; it means the
// same in any width. Text of a Partial article is the beginning of the whole's,
// but for its last block.

// Kind is what a block is.
type Kind uint8

const (
	Paragraph Kind = iota
	Title          // a heading of the article's text
	Code
	Table
	Picture // a paragraph that is nothing but a picture: its words stand for it
	Rule
)

// Block is a stretch of lines that belong together. The blank lines between
// blocks belong to none.
type Block struct {
	Kind  Kind
	Line  int // its first line
	Lines int // how many it has
	Range Range
	Level int // of a Title: 1 to 6
	Link  int // of a Picture: Links[Link-1] is its address and words; 0 if it has no address
	Wide  Wide
}

// Wide says how a Table is scrolled sideways whose lines are wider than was
// asked. It is zero of a block that fits.
type Wide struct {
	Columns int   // how wide its lines are
	Fixed   int   // columns on the left that stay: margins, and perhaps the first column
	Stops   []int // where the other columns begin, counted behind Fixed
}

// Range is the bytes of Rendered.Text from Start up to End.
type Range struct{ Start, End int }

// Piece is the part of a line that shows bytes of the text. A line has several
// where a link's number or a table's gap parts them.
type Piece struct {
	Range
	Column int // counted from the beginning of the line
}

// spot is a Piece as it is kept: articles have tens of thousands.
type spot struct{ start, end, column int32 }

// Pieces are what of the text stands in a line, from left to right.
func (r *Rendered) Pieces(line int) []Piece {
	if line < 0 || line >= len(r.ends) {
		return nil
	}
	first := int32(0)
	if line > 0 {
		first = r.ends[line-1]
	}
	pieces := make([]Piece, 0, 4)
	for _, s := range r.spots[first:r.ends[line]] {
		pieces = append(pieces, Piece{Range{int(s.start), int(s.end)}, int(s.column)})
	}
	return pieces
}

// hang is a line that begins so many columns left of the text.
type hang struct{ line, columns int }

// Hang is how many columns of a line hang in the margin left of the text: an
// opening quotation mark.
func (r *Rendered) Hang(line int) int {
	i := sort.Search(len(r.hangs), func(i int) bool { return r.hangs[i].line >= line })
	if i == len(r.hangs) || r.hangs[i].line != line {
		return 0
	}
	return r.hangs[i].columns
}

// LineOf is the line in which byte at of the text stands, or the next word
// after it; the last line if there is none.
func (r *Rendered) LineOf(at int) int {
	i := sort.Search(len(r.Blocks), func(i int) bool { return r.Blocks[i].Range.End > at })
	if i == len(r.Blocks) {
		return max(len(r.Lines)-1, 0)
	}
	b := r.Blocks[i]
	for line := b.Line; line < b.Line+b.Lines; line++ {
		for _, p := range r.Pieces(line) {
			if p.End > at {
				return line
			}
		}
	}
	return b.Line
}

// FirstOf is the byte of the text that a line begins with; of a line without
// words, that of the next line that has some.
func (r *Rendered) FirstOf(line int) int {
	for ; line < len(r.ends); line++ {
		if pieces := r.Pieces(max(line, 0)); len(pieces) > 0 {
			return pieces[0].Start
		}
	}
	return len(r.Text)
}

// Locate finds words in the text, at byte from or after it. White space is not
// compared, so a sentence is found however it was wrapped or spaced where it
// came from.
func (r *Rendered) Locate(words string, from int) (Range, bool) {
	words = strings.TrimSpace(words)
	first, size := utf8.DecodeRuneInString(words)
	if size == 0 || from < 0 {
		return Range{}, false
	}
	for from < len(r.Text) {
		i := strings.IndexRune(r.Text[from:], first)
		if i < 0 {
			break
		}
		if n, ok := same(r.Text[from+i:], words); ok {
			return Range{from + i, from + i + n}, true
		}
		from += i + size
	}
	return Range{}, false
}

// same reports whether text begins with words but for white space, and with how
// many bytes.
func same(text, words string) (int, bool) {
	at := 0
	for _, want := range words {
		if unicode.IsSpace(want) {
			continue
		}
		for {
			got, size := utf8.DecodeRuneInString(text[at:])
			if size == 0 {
				return 0, false
			}
			at += size
			if got == want {
				break
			}
			if !unicode.IsSpace(got) {
				return 0, false
			}
		}
	}
	return at, true
}

// say adds a paragraph's words to the text, without link numbers, and returns
// where they begin.
func (l *layout) say(p paragraph) int {
	at := len(l.text)
	for _, r := range p.runs {
		if !r.note {
			l.text = append(l.text, p.text[r.start:r.end]...)
		}
	}
	l.text = append(l.text, '\n')
	return at
}

// leaf makes a block of the lines that fill puts out.
func (l *layout) leaf(b *Block, fill func()) {
	start := len(l.text)
	l.first = -1
	fill()
	if l.first < 0 {
		return
	}
	b.Line, b.Lines = l.first, len(l.out.Lines)-l.first
	b.Range = Range{start, len(l.text)}
	l.out.Blocks = append(l.out.Blocks, *b)
}

// put appends a line whose pieces lie behind a margin of so many columns.
func (l *layout) put(line string, pieces []spot, margin int) {
	if l.first < 0 {
		l.first = len(l.out.Lines)
	}
	l.out.Lines = append(l.out.Lines, line)
	for _, s := range pieces {
		s.column += int32(margin)
		l.out.spots = append(l.out.spots, s)
	}
	l.out.ends = append(l.out.ends, int32(len(l.out.spots)))
}
