package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"iter"
	"math/bits"

	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// The full-text index is a list of immutable segments, as in Lucene: each save
// adds one, and merge.go joins small ones to larger ones behind the reader's
// back. A segment is a bucket of its own (so that bbolt need not rewrite one
// segment to add another) with three values, read in place:
//
//	docs   CRC-32C · count (4 bytes) · the places of its articles, newest first
//	title  terms of the titles         text   terms of titles and texts
//
// A posting is a position in docs, so a list of postings is newest first too.
// Terms are sorted, in groups of groupSize whose first terms can be searched:
//
//	CRC-32C · number of groups (4) · where each group begins (4 each) · entries
//	entry: shared with the term before · rest of the term · postings
//
// all lengths and the steps between postings being varints. Where it is
// shorter, for a term in more than an eighth of the articles, the postings are
// a bit for each article instead; the lowest bit of their length says so.

const (
	groupSize    = 16
	segmentChunk = 4096 // articles a save puts into one segment
)

var (
	segmentDocs  = []byte("docs")
	segmentTitle = []byte("title")
	segmentText  = []byte("text")
)

var errSegment = errors.New("a segment of the search index is damaged")

// segmentParts are the values of a segment.
type segmentParts struct{ docs, title, text []byte }

func (p *segmentParts) size() int { return len(p.docs) + len(p.title) + len(p.text) }

func readSegment(tx *bolt.Tx, key []byte) (segmentParts, error) {
	b := tx.Bucket(bucketSegments).Bucket(key)
	if b == nil {
		return segmentParts{}, errSegment
	}
	return segmentParts{b.Get(segmentDocs), b.Get(segmentTitle), b.Get(segmentText)}, nil
}

func writeSegment(tx *bolt.Tx, number uint64, p *segmentParts) error {
	b, err := tx.Bucket(bucketSegments).CreateBucket(segmentKey(number))
	if err != nil {
		return err
	}
	b.FillPercent = appendFill
	for _, part := range []pair{{segmentDocs, p.docs}, {segmentText, p.text}, {segmentTitle, p.title}} {
		if err := b.Put(part.key, part.value); err != nil {
			return err
		}
	}
	return nil
}

// sealed puts the checksum into the first bytes that were left for it.
func sealed(b []byte) []byte {
	binary.LittleEndian.PutUint32(b, crc32.Checksum(b[sumWidth:], castagnoli))
	return b
}

// encodeReindexed says from which segment on an article is as it is now. The
// records of older libraries have no checksum.
func encodeReindexed(id feeds.ArticleID, segment uint64) []byte {
	b := segmentKey(segment)
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(append(articleKey(id), b...), castagnoli))
}

func decodeReindexed(id feeds.ArticleID, v []byte) (segment uint64, ok bool) {
	if len(v) < segmentWidth {
		return 0, false
	}
	segment = parseSegmentKey(v[:segmentWidth])
	return segment, len(v) == segmentWidth || bytes.Equal(v, encodeReindexed(id, segment))
}

func intact(b []byte) bool {
	return len(b) >= sumWidth+4 && binary.LittleEndian.Uint32(b) == crc32.Checksum(b[sumWidth:], castagnoli)
}

// docTable is the docs value of a segment.
type docTable []byte

func encodeDocs(places []place) []byte {
	b := make([]byte, sumWidth, sumWidth+4+len(places)*placeWidth)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(places)))
	for i := range places {
		b = append(b, places[i][:]...)
	}
	return sealed(b)
}

func (t docTable) count() int {
	if len(t) < sumWidth+4 {
		return 0
	}
	n := int(binary.LittleEndian.Uint32(t[sumWidth:]))
	return min(n, (len(t)-sumWidth-4)/placeWidth)
}

func (t docTable) place(i int) place { return place(t[sumWidth+4+i*placeWidth:]) }

// A dictWriter writes terms and their postings in the order of the terms.
type dictWriter struct {
	groups []byte
	data   []byte
	last   []byte
	count  int
	steps  []byte
}

// add writes a term that the articles docs of count hold.
func (w *dictWriter) add(term []byte, docs []uint32, count int) {
	shared := 0
	if w.count%groupSize == 0 {
		w.groups = binary.LittleEndian.AppendUint32(w.groups, uint32(len(w.data)))
	} else {
		for shared < min(len(term), len(w.last)) && term[shared] == w.last[shared] {
			shared++
		}
	}
	w.count++
	w.last = append(w.last[:0], term...)
	w.data = binary.AppendUvarint(w.data, uint64(shared))
	w.data = binary.AppendUvarint(w.data, uint64(len(term)-shared))
	w.data = append(w.data, term[shared:]...)
	if len(docs) > count/8 {
		size := (count + 7) / 8
		w.data = binary.AppendUvarint(w.data, uint64(size)<<1|1)
		at := len(w.data)
		w.data = append(w.data, make([]byte, size)...)
		set := w.data[at:]
		for _, d := range docs {
			set[d/8] |= 1 << (d % 8)
		}
		return
	}
	w.steps = w.steps[:0]
	last := uint32(0)
	for _, d := range docs {
		w.steps = binary.AppendUvarint(w.steps, uint64(d-last))
		last = d
	}
	w.data = binary.AppendUvarint(w.data, uint64(len(w.steps))<<1)
	w.data = append(w.data, w.steps...)
}

func (w *dictWriter) finish() []byte {
	b := make([]byte, sumWidth, sumWidth+4+len(w.groups)+len(w.data))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(w.groups)/4))
	b = append(b, w.groups...)
	return sealed(append(b, w.data...))
}

// dict is a title or text value of a segment, read in place. It trusts no
// length in it: a damaged one gives errSegment, never a panic.
type dict struct {
	groups []byte
	data   []byte
}

func openDict(b []byte) (dict, error) {
	if len(b) < sumWidth+4 {
		return dict{}, errSegment
	}
	n := uint64(binary.LittleEndian.Uint32(b[sumWidth:]))
	b = b[sumWidth+4:]
	if 4*n > uint64(len(b)) {
		return dict{}, errSegment
	}
	return dict{b[:4*n], b[4*n:]}, nil
}

func (d dict) groupCount() int { return len(d.groups) / 4 }

func (d dict) group(i int) []byte {
	at := binary.LittleEndian.Uint32(d.groups[4*i:])
	if uint64(at) > uint64(len(d.data)) {
		return nil
	}
	return d.data[at:]
}

// entries walks the terms from the beginning of group first. The term and its
// postings are valid until the next step.
func (d dict) entries(first int) *dictCursor {
	c := &dictCursor{}
	if first < d.groupCount() {
		c.rest = d.group(first)
		c.bad = c.rest == nil
	}
	return c
}

type dictCursor struct {
	rest     []byte
	term     []byte
	postings postings
	bad      bool
}

func (c *dictCursor) next() bool {
	if len(c.rest) == 0 || c.bad {
		return false
	}
	d := decoder{b: c.rest, ok: true}
	shared := d.uint()
	suffix := d.bytes()
	size := d.uint()
	list := d.take(size >> 1)
	if !d.ok || shared > uint64(len(c.term)) {
		c.bad = true
		return false
	}
	c.term = append(c.term[:shared], suffix...)
	c.postings, c.rest = postings{list, size&1 == 1}, d.b
	return true
}

// from gives the terms not less than term, in order, with their postings.
func (d dict) from(term []byte, fail *error) iter.Seq2[[]byte, postings] {
	return func(yield func(term []byte, list postings) bool) {
		// The last group whose first term is not greater.
		low, high := 0, d.groupCount()
		for low < high {
			middle := (low + high) / 2
			c := d.entries(middle)
			if !c.next() {
				*fail = errSegment
				return
			}
			if bytes.Compare(c.term, term) <= 0 {
				low = middle + 1
			} else {
				high = middle
			}
		}
		c := d.entries(max(low-1, 0))
		for c.next() {
			if bytes.Compare(c.term, term) >= 0 && !yield(c.term, c.postings) {
				return
			}
		}
		if c.bad {
			*fail = errSegment
		}
	}
}

// find gives the postings of a term.
func (d dict) find(term []byte) (found postings, ok bool, err error) {
	for t, list := range d.from(term, &err) {
		if bytes.Equal(t, term) {
			found, ok = list, true
		}
		break
	}
	return found, ok, err
}

// prefixed gives the positions of all terms that begin with prefix.
func (d dict) prefixed(prefix []byte, count int) (set bitset, err error) {
	set = newBitset(count)
	for term, list := range d.from(prefix, &err) {
		if !bytes.HasPrefix(term, prefix) {
			break
		}
		if bad := list.each(count, set.add); bad != nil {
			return set, bad
		}
	}
	return set, err
}

// postings are the positions of a term as they are written.
type postings struct {
	bytes []byte
	dense bool
}

// each calls fn for each position in order; those not below count are damage.
func (p postings) each(count int, fn func(n uint32)) error {
	if p.dense {
		if len(p.bytes) != (count+7)/8 {
			return errSegment
		}
		for i, b := range p.bytes {
			for ; b != 0; b &= b - 1 {
				n := 8*i + bits.TrailingZeros8(b)
				if n >= count {
					return errSegment
				}
				fn(uint32(n))
			}
		}
		return nil
	}
	at := uint64(0)
	for rest := p.bytes; len(rest) > 0; {
		step, w := uint64(rest[0]), 1
		if step >= 0x80 {
			if step, w = binary.Uvarint(rest); w <= 0 {
				return errSegment
			}
		}
		at += step
		if at >= uint64(count) || step == 0 && len(rest) < len(p.bytes) {
			return errSegment
		}
		fn(uint32(at))
		rest = rest[w:]
	}
	return nil
}

// bitset is a set of positions.
type bitset []uint64

func newBitset(n int) bitset       { return make(bitset, (n+63)/64) }
func (s bitset) add(n uint32)      { s[n/64] |= 1 << (n % 64) }
func (s bitset) has(n uint32) bool { return s[n/64]&(1<<(n%64)) != 0 }
func (s bitset) members() []uint32 {
	n := 0
	for _, word := range s {
		n += bits.OnesCount64(word)
	}
	list := make([]uint32, 0, n)
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			list = append(list, uint32(64*i+bits.TrailingZeros64(word)))
		}
	}
	return list
}
