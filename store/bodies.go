package store

import (
	"cmp"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"sync"

	"github.com/klauspost/compress/zstd"
	bolt "go.etcd.io/bbolt"

	"broadsheet/feeds"
)

// Bodies lie in blocks of about blockSize: neighbours compress each other (a
// feed repeats its phrases) to about half of what single bodies take. A block
// holds the bodies of the articles from its key up to the next block's key; an
// article without a body has no entry.
//
//	block: CRC-32C of the rest · unpacked size (varint) · zstd of
//	       0 · number of bodies, for each: id step, sizes of its Markdown and of the
//	       recipe of its text · all recipes · all Markdown
//
// Blocks of before schema 6 do not begin with 0, and hold the texts themselves:
//
//	       number of bodies, for each: id step, sizes of Markdown and text (0 when it
//	       equals the Markdown, else one more) · all the strings

const (
	// blockSize is where the gain ends: half of it takes a tenth more room,
	// twice as much a thirtieth less, and each reading expands a whole block. What
	// is written of so many bytes is just below the 128 KB that zstd compresses
	// at once, without keeping what came before. A single article may be larger.
	blockSize = 126 << 10
	// unpackLimit bounds what a damaged or hostile size can make us allocate.
	unpackLimit = 256 << 20
)

type bodyEntry struct {
	id   feeds.ArticleID
	body feeds.Body
}

func (b *bodyEntry) size() int { return max(len(b.body.Markdown), len(b.body.Text)) }

type block []bodyEntry // by id

func (b block) size() int {
	n := 0
	for i := range b {
		n += b[i].size()
	}
	return n
}

func (b block) find(id feeds.ArticleID) (int, bool) {
	return slices.BinarySearchFunc(b, id, func(e bodyEntry, id feeds.ArticleID) int {
		return int(int64(e.id) - int64(id))
	})
}

// with gives the block with one body put, or taken out if it is empty.
func (b block) with(id feeds.ArticleID, body feeds.Body) block {
	i, found := b.find(id)
	switch {
	case body == (feeds.Body{}) && found:
		return slices.Delete(b, i, i+1)
	case body == (feeds.Body{}):
		return b
	case found:
		b[i].body = body
		return b
	}
	return slices.Insert(b, i, bodyEntry{id, body})
}

// A packer compresses and expands. Its parts are made when first needed.
type packer struct {
	encoder func() (*zstd.Encoder, error)
	decoder func() (*zstd.Decoder, error)
}

func newPacker() packer {
	return packer{
		encoder: sync.OnceValues(func() (*zstd.Encoder, error) {
			return zstd.NewWriter(nil, zstd.WithEncoderConcurrency(2), zstd.WithEncoderCRC(false),
				zstd.WithWindowSize(512<<10), zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithLowerEncoderMem(true))
		}),
		decoder: sync.OnceValues(func() (*zstd.Decoder, error) {
			return zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderLowmem(true),
				zstd.WithDecoderMaxMemory(unpackLimit))
		}),
	}
}

func (p *packer) pack(plain []byte) ([]byte, error) {
	enc, err := p.encoder()
	if err != nil {
		return nil, err
	}
	out := make([]byte, sumWidth, sumWidth+binary.MaxVarintLen64+len(plain)/2)
	out = binary.AppendUvarint(out, uint64(len(plain)))
	out = enc.EncodeAll(plain, out)
	binary.LittleEndian.PutUint32(out, crc32.Checksum(out[sumWidth:], castagnoli))
	return out, nil
}

func packedIntact(packed []byte) bool {
	return len(packed) >= sumWidth && binary.LittleEndian.Uint32(packed) == crc32.Checksum(packed[sumWidth:], castagnoli)
}

func (p *packer) unpack(packed []byte) (plain []byte, ok bool) { return p.unpackTo(nil, packed) }

// unpackTo uses the room that there is in to.
func (p *packer) unpackTo(to, packed []byte) (plain []byte, ok bool) {
	if !packedIntact(packed) {
		return nil, false
	}
	size, w := binary.Uvarint(packed[sumWidth:])
	if w <= 0 || size > unpackLimit {
		return nil, false
	}
	dec, err := p.decoder()
	if err != nil {
		return nil, false
	}
	plain, err = dec.DecodeAll(packed[sumWidth+w:], slices.Grow(to[:0], int(size)))
	return plain, err == nil && uint64(len(plain)) == size
}

func encodeBlock(b block) []byte { return appendBlock(nil, b) }

func appendBlock(to []byte, b block) []byte {
	var recipes, stripped, markdown []byte
	out := slices.Grow(to, b.size()*5/4+8*len(b)+8)
	out = append(out, 0)
	out = binary.AppendUvarint(out, uint64(len(b)))
	var last feeds.ArticleID
	for i := range b {
		e := &b[i]
		before := len(recipes)
		markdown = append(markdown[:0], e.body.Markdown...)
		stripped = strip(stripped[:0], markdown)
		if string(stripped) != e.body.Text {
			recipes = recipe(recipes, string(stripped), e.body.Text)
		}
		out = binary.AppendUvarint(out, uint64(e.id-last))
		last = e.id
		out = binary.AppendUvarint(out, uint64(len(e.body.Markdown)))
		out = binary.AppendUvarint(out, uint64(len(recipes)-before))
	}
	out = append(out, recipes...)
	for i := range b {
		out = append(out, b[i].body.Markdown...)
	}
	return out
}

// A storedBody is a body in an expanded block, in place.
type storedBody struct {
	id       feeds.ArticleID
	markdown []byte
	rest     []byte // the recipe of the text; or the text itself, if whole
	whole    bool
}

func (s *storedBody) body() (b feeds.Body, ok bool) {
	b.Markdown = string(s.markdown)
	b.Text, ok = s.text(new([]byte))
	return b, ok
}

// text is the body's text. Room is what it takes on the way, which is kept for the
// next one.
func (s *storedBody) text(room *[]byte) (text string, ok bool) {
	if s.whole {
		return string(s.rest), true
	}
	*room = strip(slices.Grow((*room)[:0], len(s.markdown)), s.markdown)
	return cook(s.rest, *room)
}

// openBlock finds the bodies in an expanded block.
func openBlock(plain []byte) ([]storedBody, bool) {
	d := decoder{b: plain, ok: true}
	n := d.uint()
	old := n > 0
	if !old {
		n = d.uint()
	}
	if n > uint64(len(plain)) {
		return nil, false
	}
	list := make([]storedBody, n)
	sizes := make([][2]uint64, n)
	var last feeds.ArticleID
	for i := range list {
		last += feeds.ArticleID(d.uint())
		list[i].id = last
		sizes[i] = [2]uint64{d.uint(), d.uint()}
	}
	if !old {
		for i := range list {
			list[i].rest = d.take(sizes[i][1])
		}
	}
	for i := range list {
		s := &list[i]
		s.markdown = d.take(sizes[i][0])
		if size := sizes[i][1]; old && size > 0 {
			s.rest, s.whole = d.take(size-1), true
		}
	}
	return list, d.ok && len(d.b) == 0
}

func decodeBlock(plain []byte) (block, bool) {
	list, ok := openBlock(plain)
	if !ok {
		return nil, false
	}
	b := make(block, len(list))
	for i := range list {
		b[i].id = list[i].id
		if b[i].body, ok = list[i].body(); !ok {
			return nil, false
		}
	}
	return b, true
}

// blockFor finds the block that id belongs to: nil if it comes before all.
func blockFor(tx *bolt.Tx, id feeds.ArticleID) (key, value []byte) {
	c := tx.Bucket(bucketBodies).Cursor()
	k, v := c.Seek(articleKey(id))
	if k == nil {
		return lastOf(c)
	}
	if parseArticleKey(k) != id {
		return previous(c, k)
	}
	return k, v
}

// blockAfter gives the first id of the block that comes after the one id belongs
// to, maxArticle if there is none.
func blockAfter(tx *bolt.Tx, id feeds.ArticleID) feeds.ArticleID {
	if k, _ := tx.Bucket(bucketBodies).Cursor().Seek(articleKey(id + 1)); k != nil {
		return parseArticleKey(k)
	}
	return maxArticle
}

// readBlock gives the block that id belongs to and its first id; 0 if it comes
// before all of them.
func (l *Library) readBlock(tx *bolt.Tx, id feeds.ArticleID) (first feeds.ArticleID, b block, err error) {
	k, v := blockFor(tx, min(id, maxArticle))
	if k == nil {
		return 0, nil, nil
	}
	first = parseArticleKey(k)
	plain, ok := l.packer.unpack(v)
	if ok {
		b, ok = decodeBlock(plain)
	}
	if !ok {
		return first, nil, badRecord(bucketBodies, k)
	}
	return first, b, nil
}

// A blockSet gathers changes of bodies: blocks are loaded in one transaction,
// changed and packed in none, and written in another.
type blockSet struct {
	l      *Library
	blocks map[feeds.ArticleID]block
	keys   []feeds.ArticleID // of blocks, sorted
	dirty  map[feeds.ArticleID]bool
	packed []pair
}

func newBlockSet(l *Library) *blockSet {
	return &blockSet{l: l, blocks: map[feeds.ArticleID]block{}, dirty: map[feeds.ArticleID]bool{}}
}

// load takes up the block that id belongs to, if there is one.
func (s *blockSet) load(tx *bolt.Tx, id feeds.ArticleID) error {
	k, _ := blockFor(tx, id)
	if k == nil {
		return nil
	}
	if _, loaded := s.blocks[parseArticleKey(k)]; loaded {
		return nil
	}
	first, b, err := s.l.readBlock(tx, id)
	if err == nil {
		s.add(first, b)
	}
	return err
}

func (s *blockSet) add(first feeds.ArticleID, b block) {
	s.blocks[first] = b
	i, _ := slices.BinarySearch(s.keys, first)
	s.keys = slices.Insert(s.keys, i, first)
}

// put sets or, if empty, takes out the body of an article whose block was
// loaded. One behind every other goes into a new block if the last is full.
func (s *blockSet) put(id feeds.ArticleID, body feeds.Body) {
	i, exact := slices.BinarySearch(s.keys, id)
	if !exact {
		i--
	}
	entry := bodyEntry{id, body}
	last := i == len(s.keys)-1
	full := func(b block) bool {
		return last && len(b) > 0 && b[len(b)-1].id < id && b.size()+entry.size() > blockSize
	}
	switch {
	case i >= 0 && !full(s.blocks[s.keys[i]]):
		s.blocks[s.keys[i]] = s.blocks[s.keys[i]].with(id, body)
		s.dirty[s.keys[i]] = true
	case body != feeds.Body{}:
		s.add(id, block{entry})
		s.dirty[id] = true
	}
}

func (s *blockSet) pack() error {
	var plain []byte
	for _, first := range s.keys {
		switch b := s.blocks[first]; {
		case !s.dirty[first]:
		case len(b) == 0:
			s.packed = append(s.packed, pair{articleKey(first), nil})
		default:
			plain = appendBlock(plain[:0], b)
			packed, err := s.l.packer.pack(plain)
			if err != nil {
				return err
			}
			s.packed = append(s.packed, pair{articleKey(first), packed})
		}
	}
	return nil
}

func (s *blockSet) write(tx *bolt.Tx) error {
	b := tx.Bucket(bucketBodies)
	b.FillPercent = appendFill
	for _, p := range s.packed {
		var err error
		if p.value == nil {
			err = b.Delete(p.key)
		} else {
			err = b.Put(p.key, p.value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// A bodyReader reads bodies in one transaction and keeps the last block, so
// that neighbours cost one expansion.
type bodyReader struct {
	l     *Library
	tx    *bolt.Tx
	first feeds.ArticleID // of the block held
	block []storedBody
}

func (r *bodyReader) body(id feeds.ArticleID) (feeds.Body, error) {
	k, v := blockFor(r.tx, min(id, maxArticle))
	if k == nil {
		return feeds.Body{}, nil
	}
	if first := parseArticleKey(k); first != r.first || r.block == nil {
		r.block = nil
		plain, ok := r.l.packer.unpack(v)
		if ok {
			r.block, ok = openBlock(plain)
		}
		if !ok {
			return feeds.Body{}, badRecord(bucketBodies, k)
		}
		r.first = first
	}
	i, found := slices.BinarySearchFunc(r.block, id, func(s storedBody, id feeds.ArticleID) int { return cmp.Compare(s.id, id) })
	if !found {
		return feeds.Body{}, nil
	}
	body, ok := r.block[i].body()
	if !ok {
		return feeds.Body{}, badRecord(bucketBodies, k)
	}
	return body, nil
}

func (l *Library) body(id feeds.ArticleID) (b feeds.Body, err error) {
	err = l.view(func(tx *bolt.Tx) (err error) {
		if rawArticle(tx, id) == nil {
			return noArticle(id)
		}
		b, err = (&bodyReader{l: l, tx: tx}).body(id)
		return err
	})
	return b, err
}
