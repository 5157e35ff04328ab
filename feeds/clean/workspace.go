package clean

import (
	"strings"
	"sync"
)

// A workspace is the memory in which one document after another is read and
// written: every article of a refresh would make as much garbage again. Nothing
// of it is in what is returned but texts, which are made anew for each.
type workspace struct {
	builder builder
	src     []byte // what is read
	buf     []byte // text of the paragraph that is being read
	decoded []byte // text or a value without its entities
	out     []byte // Markdown
	spans   []span // of the paragraph that is being read

	texts     strings.Builder // those of blocks, with a line feed behind each
	share     float64         // of the last source that was text
	root      block           // the document
	top       []*block        // of the document
	blocks    []block         // those of the document that is being read are cut off this, until it is used up
	used      int
	kept      []span // the same for the spans of its blocks
	usedSpans int
}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// Articles have dozens of paragraphs, so their blocks and spans are cut from
// larger pieces: of a few at first, then of more.
const (
	firstPiece   = 4
	largestPiece = 128
	largestKept  = 64 << 10 // bytes of a buffer that is kept for the next document
)

// clear makes ready for another document; the one before is void.
func (w *workspace) clear() {
	clear(w.blocks[:w.used])
	clear(w.kept[:w.usedSpans])
	clear(w.top)
	w.used, w.usedSpans, w.top, w.spans, w.buf = 0, 0, w.top[:0], w.spans[:0], w.buf[:0]
	w.root = block{}
	w.texts.Reset()
}

// release keeps the workspace for another article.
func (w *workspace) release() {
	w.clear()
	w.builder = builder{}
	clear(w.spans[:cap(w.spans)])
	for _, b := range []*[]byte{&w.src, &w.buf, &w.decoded, &w.out} {
		if cap(*b) > largestKept {
			*b = nil
		}
	}
	if cap(w.spans) > largestPiece {
		w.spans = nil
	}
	if cap(w.top) > 4*largestPiece {
		w.top = nil
	}
	workspaces.Put(w)
}

// block is a new, empty block.
func (w *workspace) block() *block {
	if w.used == len(w.blocks) {
		w.blocks, w.used = make([]block, min(max(2*len(w.blocks), firstPiece), largestPiece)), 0
	}
	w.used++
	return &w.blocks[w.used-1]
}

// expect makes room for the texts of a source of so many bytes: the articles of a
// feed are alike in how much of them is text.
func (w *workspace) expect(source int) {
	const more = 1. / 32
	w.texts.Grow(min(int(float64(source)*(w.share+more))+64, largestKept))
}

// text keeps a block's text.
func (w *workspace) text(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	at := w.texts.Len()
	w.texts.Write(b)
	w.texts.WriteByte('\n')
	return w.texts.String()[at : at+len(b)]
}

// keep copies spans from where they are gathered.
func (w *workspace) keep(spans []span) []span {
	n := len(spans)
	if n > len(w.kept)-w.usedSpans {
		w.kept, w.usedSpans = make([]span, min(max(2*len(w.kept), firstPiece, n), max(largestPiece, n))), 0
	}
	at := w.usedSpans
	w.usedSpans += n
	kept := w.kept[at:w.usedSpans:w.usedSpans]
	copy(kept, spans)
	return kept
}
