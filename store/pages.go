package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
)

// bbolt trusts the pages it maps: a damaged one makes it panic, loop or fault.
// pageFile reads the same pages from the file with every bound checked, so that
// check can look at a file before bbolt does, and repair can read what is left
// of one that bbolt cannot open. The layout is bbolt's, version 2:
//
//	page:   id (8) · kind (2) · elements (2) · pages it goes on for (4) · …
//	head:   (pages 0 and 1) magic · version · page size · flags (4 each) · root
//	        page · root sequence · free list · pages · transaction · FNV-1a (8 each)
//	leaf:   for each element: flags · offset · key size · value size (4 each)
//	branch: for each element: offset · key size (4 each) · page (8)
//	bucket: a leaf's value: root page · sequence (8 each), and if the root is
//	        0 a leaf page in place
//
// offsets count from the element. Numbers are in the order of the machine.
type pageFile struct {
	r        io.ReaderAt
	size     int64
	pageSize int64
	head     pageHead
	flipped  bool // one bit of the head had changed; it is used as it was
}

type pageHead struct {
	root, free, pages, tx uint64
}

const (
	kindBranch = 0x01
	kindLeaf   = 0x02
	kindHead   = 0x04
	kindFree   = 0x10

	boltVersion  = 2
	headSize     = 64
	elementSize  = 16
	bucketHeader = 16
	bucketFlag   = 1
	manyFree     = 0xFFFF // elements of a free list whose number stands in its first place
	deepestTree  = 32
)

var native = binary.NativeEndian

var (
	errNoHead   = errors.New("both its heads are damaged")
	errFlipped  = errors.New("one bit of its head has changed")
	errElements = errors.New("its records go beyond it")
	errGap      = errors.New("its records do not lie one behind the other")
)

// openPages finds the head in use.
func openPages(r io.ReaderAt, size int64) (*pageFile, error) {
	for at := int64(smallestPage); at <= min(size, largestPage); at *= 2 {
		f := &pageFile{r: r, size: size, pageSize: at}
		first, flipped0, err0 := f.readHead(0)
		second, flipped1, err1 := f.readHead(at)
		switch {
		case err0 != nil && err1 != nil:
			continue
		case err1 != nil || err0 == nil && first.tx > second.tx:
			f.head, f.flipped = first, flipped0
		default:
			f.head, f.flipped = second, flipped1
		}
		return f, nil
	}
	return nil, errNoHead
}

// readHead reads the head at an offset; one of another page size is none. A
// power cut may leave a head in the middle of being written, which is the older
// one then; of a head that differs by one bit from a sound one, that bit has
// changed, and bbolt would take the other one, which lacks the last commit.
func (f *pageFile) readHead(at int64) (head pageHead, flipped bool, err error) {
	b := make([]byte, pageHeader+headSize)
	if _, err := f.r.ReadAt(b, at); err != nil {
		return head, false, err
	}
	m := b[pageHeader:]
	sound := headSound(m)
	for bit := 0; !sound && bit < 8*headSize; bit++ {
		m[bit/8] ^= 1 << (bit % 8)
		if sound = headSound(m); sound {
			flipped = true
		} else {
			m[bit/8] ^= 1 << (bit % 8)
		}
	}
	if !sound || int64(native.Uint32(m[8:])) != f.pageSize {
		return head, false, errNoHead
	}
	return pageHead{root: native.Uint64(m[16:]), free: native.Uint64(m[32:]), pages: native.Uint64(m[40:]), tx: native.Uint64(m[48:])}, flipped, nil
}

func headSound(m []byte) bool {
	h := fnv.New64a()
	_, _ = h.Write(m[:headSize-8])
	return native.Uint32(m) == boltMagic && native.Uint32(m[4:]) == boltVersion && native.Uint64(m[headSize-8:]) == h.Sum64()
}

// rawPage is a page with those it goes on for.
type rawPage struct {
	id    uint64
	kind  uint16
	count int
	b     []byte
}

// extent reads a page's header only.
func (f *pageFile) extent(id uint64) (p rawPage, more uint64, err error) {
	var b [pageHeader]byte
	if id < 2 || id >= f.head.pages {
		return p, 0, fmt.Errorf("there is no page %d", id)
	}
	if _, err := f.r.ReadAt(b[:], int64(id)*f.pageSize); err != nil {
		return p, 0, fmt.Errorf("page %d cannot be read: %w", id, err)
	}
	p = rawPage{id: id, kind: native.Uint16(b[8:]), count: int(native.Uint16(b[10:]))}
	more = uint64(native.Uint32(b[12:]))
	switch {
	case native.Uint64(b[:]) != id:
		err = fmt.Errorf("page %d calls itself page %d", id, native.Uint64(b[:]))
	case p.kind != kindBranch && p.kind != kindLeaf && p.kind != kindFree:
		err = fmt.Errorf("page %d is of no kind there is", id)
	case more >= f.head.pages-id:
		err = fmt.Errorf("page %d goes on beyond the end", id)
	}
	return p, more, err
}

func (f *pageFile) page(id uint64) (rawPage, error) {
	p, more, err := f.extent(id)
	if err != nil {
		return p, err
	}
	size := int64(more+1) * f.pageSize
	if at := int64(id) * f.pageSize; at+size > f.size {
		return p, fmt.Errorf("page %d lies beyond the end of the file", id)
	}
	p.b = make([]byte, size)
	if _, err := f.r.ReadAt(p.b, int64(id)*f.pageSize); err != nil {
		return p, fmt.Errorf("page %d cannot be read: %w", id, err)
	}
	return p, nil
}

// pages is how many pages p takes.
func (f *pageFile) pages(p rawPage) uint64 { return uint64(int64(len(p.b)) / f.pageSize) }

// element is a record of a leaf, or with a page a child of a branch.
type element struct {
	key, value []byte
	bucket     bool
	child      uint64
	from, to   uint64 // where it lies in the page
}

// element gives element i; ok is false if it does not lie within the page.
func (p *rawPage) element(i int) (e element, ok bool) {
	at := uint64(pageHeader + i*elementSize)
	if at+elementSize > uint64(len(p.b)) {
		return e, false
	}
	h := p.b[at:]
	var from, keySize, valueSize uint64
	if p.kind == kindBranch {
		from, keySize = at+uint64(native.Uint32(h)), uint64(native.Uint32(h[4:]))
		e.child = native.Uint64(h[8:])
	} else {
		flags := native.Uint32(h)
		e.bucket = flags == bucketFlag
		from, keySize, valueSize = at+uint64(native.Uint32(h[4:])), uint64(native.Uint32(h[8:])), uint64(native.Uint32(h[12:]))
		if flags > bucketFlag {
			return e, false
		}
	}
	if keySize == 0 || from < uint64(pageHeader+p.count*elementSize) || from+keySize+valueSize > uint64(len(p.b)) {
		return e, false
	}
	e.from, e.to = from, from+keySize+valueSize
	e.key = p.b[from : from+keySize : from+keySize]
	e.value = p.b[from+keySize : from+keySize+valueSize : from+keySize+valueSize]
	return e, true
}

// rawBucket is a bucket as its parent's record says.
type rawBucket struct {
	root     uint64
	sequence uint64
	inline   rawPage // if root is 0
}

func (e *element) asBucket() (b rawBucket, ok bool) {
	if !e.bucket || len(e.value) < bucketHeader {
		return b, false
	}
	b = rawBucket{root: native.Uint64(e.value), sequence: native.Uint64(e.value[8:])}
	if b.root != 0 {
		return b, len(e.value) == bucketHeader
	}
	in := e.value[bucketHeader:]
	if len(in) < pageHeader {
		return b, false
	}
	b.inline = rawPage{kind: native.Uint16(in[8:]), count: int(native.Uint16(in[10:])), b: in}
	return b, b.inline.kind == kindLeaf
}

// A pageWalk visits the trees of a file and says what is wrong with them. What
// can be read beside a damaged page is still visited.
type pageWalk struct {
	f    *pageFile
	bad  func(format string, a ...any)
	seen bitset // pages that were visited
}

func newPageWalk(f *pageFile, bad func(format string, a ...any)) *pageWalk {
	return &pageWalk{f: f, bad: bad, seen: newBitset(int(min(f.head.pages, uint64(f.size/f.pageSize)+1)))}
}

// take notes that a page is used here, and refuses one that is used elsewhere.
func (w *pageWalk) take(id, pages uint64) bool {
	for n := id; n < id+pages; n++ {
		if n >= uint64(64*len(w.seen)) || w.seen.has(uint32(n)) {
			w.bad("page %d is used twice", n)
			return false
		}
		w.seen.add(uint32(n))
	}
	return true
}

// each calls fn for every record of a bucket, in the order of their keys.
func (w *pageWalk) each(b rawBucket, fn func(e element)) {
	if b.root == 0 {
		w.leaf(&b.inline, nil, nil, fn)
		return
	}
	w.tree(b.root, nil, nil, 0, fn)
}

// tree visits the page id and those below it, whose keys lie in [low, high).
func (w *pageWalk) tree(id uint64, low, high []byte, depth int, fn func(e element)) {
	p, err := w.f.page(id)
	switch {
	case err != nil:
		w.bad("%v", err)
		return
	case depth > deepestTree:
		w.bad("page %d lies too deep", id)
		return
	case !w.take(id, w.f.pages(p)):
		return
	case p.kind == kindLeaf:
		w.leaf(&p, low, high, fn)
		return
	case p.kind != kindBranch:
		w.bad("page %d is not part of a tree, and is used as one", id)
		return
	case p.count == 0:
		w.bad("page %d leads nowhere", id)
	}
	at := uint64(pageHeader + p.count*elementSize)
	for i := range p.count {
		e, ok := p.element(i)
		if !ok {
			w.bad("page %d: %v", id, errElements)
			continue
		}
		if e.from != at {
			w.bad("page %d: %v", id, errGap)
		}
		at = e.to
		next := high
		if n, ok := p.element(i + 1); ok && i+1 < p.count {
			next = n.key
		}
		if !within(e.key, low, high) || next != nil && bytes.Compare(e.key, next) >= 0 {
			w.bad("page %d is out of order", id)
		}
		w.tree(e.child, e.key, next, depth+1, fn)
	}
}

func (w *pageWalk) leaf(p *rawPage, low, high []byte, fn func(e element)) {
	var last []byte
	at := uint64(pageHeader + p.count*elementSize)
	for i := range p.count {
		e, ok := p.element(i)
		if !ok {
			w.bad("page %d: %v", p.id, errElements)
			continue
		}
		if e.from != at {
			w.bad("page %d: %v", p.id, errGap)
		}
		at = e.to
		if !within(e.key, low, high) || last != nil && bytes.Compare(e.key, last) <= 0 {
			w.bad("page %d is out of order", p.id)
		}
		last = e.key
		fn(e)
	}
	if p.id == 0 && at != uint64(len(p.b)) { // a bucket in place is as long as its records
		w.bad("a small part of the library: %v", errGap)
	}
}

func within(key, low, high []byte) bool {
	return bytes.Compare(key, low) >= 0 && (high == nil || bytes.Compare(key, high) < 0)
}

// freeList gives the pages that the file says are free.
func (w *pageWalk) freeList() (ids []uint64, err error) {
	p, err := w.f.page(w.f.head.free)
	if err != nil {
		return nil, err
	}
	if p.kind != kindFree {
		return nil, fmt.Errorf("page %d is not the list of free pages it should be", p.id)
	}
	if !w.take(p.id, w.f.pages(p)) {
		return nil, fmt.Errorf("the list of free pages lies in a page that is used")
	}
	list, count := p.b[pageHeader:], uint64(p.count)
	if count == manyFree && len(list) >= 8 {
		count, list = native.Uint64(list), list[8:]
	}
	if count > uint64(len(list)/8) {
		return nil, fmt.Errorf("the list of free pages goes beyond its page")
	}
	last := uint64(1)
	for i := range count {
		id := native.Uint64(list[8*i:])
		if id <= last || id >= w.f.head.pages {
			return ids, fmt.Errorf("the list of free pages is out of order")
		}
		ids, last = append(ids, id), id
	}
	return ids, nil
}
