package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"slices"
	"sort"

	bolt "go.etcd.io/bbolt"
)

// A table is a bucket whose records are all of one size and small: places in
// views, members of stories, identities. bbolt spends sixteen bytes on each
// record and leaves pages half empty, so a table puts many records in a row into
// one record of bbolt's, a shelf:
//
//	key    the first record's key
//	value  CRC-32C of the bucket's name, the key and the rest · how many bytes all
//	       the keys begin with · each record: the rest of its key, its value
//
// A damaged shelf is damage like that of a page: what meets one panics, and guard
// makes an error of it.
type table struct {
	b          *bolt.Bucket
	name       []byte
	key, value int // widths
}

// tableShape are the widths of the key and of the value.
type tableShape struct{ key, value int }

var tables = map[string]tableShape{
	string(bucketByTime): {placeWidth, 0}, string(bucketByFeed): {feedWidth + placeWidth, 0},
	string(bucketUnread): {placeWidth, 0}, string(bucketUnreadByFeed): {feedWidth + placeWidth, 0},
	string(bucketSaved): {placeWidth, 0}, string(bucketSavedUnread): {placeWidth, 0},
	string(bucketStories): {2 * articleWidth, 0}, string(bucketStoryOf): {articleWidth, articleWidth},
	string(bucketIdentities): {feedWidth + hashWidth, identityWidth},
}

const (
	shelfMost  = 1000 // bytes of a shelf's value: four to a page
	shelfLeast = shelfMost / 4
	shelfHead  = sumWidth + 1

	// tableFill is how full bbolt leaves a page it splits: shelves have room in
	// themselves for what comes between.
	tableFill = 0.9
)

func tableOf(tx *bolt.Tx, bucket []byte) table {
	b := tx.Bucket(bucket)
	b.FillPercent = tableFill
	shape := tables[string(bucket)]
	return table{b, bucket, shape.key, shape.value}
}

func (t table) width() int { return t.key + t.value }

// A shelf is one of bbolt's records of a table, in place.
type shelf struct {
	key     []byte // the first record's
	shared  int    // bytes that all keys share
	records []byte
	each    int // bytes of one
}

func (s *shelf) len() int { return len(s.records) / s.each }

// rest is the i-th record without what is shared.
func (s *shelf) rest(i int) []byte { return s.records[i*s.each : (i+1)*s.each] }

// position gives the first record not below k, which may be the beginning of a key.
func (s *shelf) position(k []byte) int {
	shared := s.key[:s.shared]
	switch n := min(len(k), len(shared)); bytes.Compare(shared[:n], k[:n]) {
	case 1:
		return 0
	case -1:
		return s.len()
	}
	if len(k) <= len(shared) {
		return 0
	}
	rest, width := k[s.shared:], len(s.key)-s.shared
	return sort.Search(s.len(), func(i int) bool { return bytes.Compare(s.rest(i)[:width], rest) >= 0 })
}

// openShelf reads a shelf; intact is false where its checksum is wrong, ok where
// it cannot be read at all.
func (t *table) openShelf(k, v []byte) (s shelf, intact, ok bool) {
	if len(k) != t.key || len(v) <= shelfHead {
		return s, false, false
	}
	s = shelf{key: k, shared: int(v[sumWidth]), records: v[shelfHead:]}
	if s.each = t.width() - s.shared; s.shared > t.key || s.each <= 0 || len(s.records)%s.each != 0 {
		return s, false, false
	}
	return s, binary.LittleEndian.Uint32(v) == t.sum(k, v), true
}

func (t *table) sum(k, v []byte) uint32 {
	sum := crc32.Update(crc32.Checksum(t.name, castagnoli), castagnoli, k)
	return crc32.Update(sum, castagnoli, v[sumWidth:])
}

// shelf reads a shelf that must be whole.
func (t *table) shelf(k, v []byte) shelf {
	s, intact, _ := t.openShelf(k, v)
	if !intact {
		panic(fmt.Sprintf("a block of %s is damaged", t.name))
	}
	return s
}

// put appends the i-th record in full.
func (s *shelf) put(to []byte, i int) []byte {
	return append(append(to, s.key[:s.shared]...), s.rest(i)...)
}

// whole gives all records in full, one after the other.
func (s *shelf) whole() []byte {
	out := make([]byte, 0, s.len()*(s.shared+s.each))
	for i := range s.len() {
		out = s.put(out, i)
	}
	return out
}

// at gives the shelf on which k is, or would be; nil if there is none yet.
func (t *table) at(c *bolt.Cursor, k []byte) (key, value []byte) {
	key, value = c.Seek(k)
	switch {
	case bytes.Equal(key, k):
	case key == nil:
		key, value = lastOf(c)
	default:
		if before, v := previous(c, key); before != nil {
			return before, v
		}
		return c.First()
	}
	return key, value
}

// Deletes leave empty pages in a tree until their transaction is committed, and
// bbolt's cursor steps over them going forward only: Prev says nil at one, as at
// the beginning, and Last does not come back where all of them are empty.

// previous moves back from the record of the key.
func previous(c *bolt.Cursor, key []byte) (k, v []byte) {
	if k, v = c.Prev(); k != nil {
		return k, v
	}
	if first, _ := c.First(); bytes.Compare(first, key) >= 0 {
		return nil, nil
	}
	c.Seek(key)
	for k == nil {
		k, v = c.Prev()
	}
	return k, v
}

func lastOf(c *bolt.Cursor) (k, v []byte) {
	if first, _ := c.First(); first == nil {
		return nil, nil
	}
	return c.Last()
}

// Get returns the value of k, nil if there is none; an empty one is not nil.
func (t table) Get(k []byte) []byte { return t.get(t.b.Cursor(), k) }

// get is Get with a cursor, for whoever asks often.
func (t table) get(c *bolt.Cursor, k []byte) []byte {
	key, value := t.at(c, k)
	if key == nil {
		return nil
	}
	s := t.shelf(key, value)
	i := s.position(k)
	if i == s.len() || len(k) != t.key || !bytes.Equal(k[:s.shared], key[:s.shared]) {
		return nil
	}
	if r := s.rest(i); bytes.Equal(r[:t.key-s.shared], k[s.shared:]) {
		return r[t.key-s.shared:]
	}
	return nil
}

func (t table) Put(k, v []byte) error { return t.putAll([]pair{{k, v}}) }

// putAll puts records in the order of their keys, which it brings them into; of
// those of one key the last counts.
func (t table) putAll(pairs []pair) error {
	sortPairs(pairs)
	for len(pairs) > 0 {
		c := t.b.Cursor()
		key, value := t.at(c, pairs[0].key)
		if key == nil {
			return t.write(merge(nil, pairs, t.key, t.value), true)
		}
		s := t.shelf(key, value)
		have, old := s.whole(), bytes.Clone(key)
		n := len(pairs) // of those that go to this shelf
		next, _ := c.Next()
		if next != nil {
			n = sort.Search(n, func(i int) bool { return bytes.Compare(pairs[i].key, next) >= 0 })
		}
		if bytes.Compare(pairs[0].key, old) < 0 {
			if err := t.b.Delete(old); err != nil {
				return err
			}
		}
		last := next == nil && bytes.Compare(pairs[0].key, have[len(have)-t.width():][:t.key]) > 0
		if err := t.write(merge(have, pairs[:n], t.key, t.value), last); err != nil {
			return err
		}
		pairs = pairs[n:]
	}
	return nil
}

// merge puts records among others.
func merge(have []byte, pairs []pair, key, value int) []byte {
	width := key + value
	out := make([]byte, 0, len(have)+width*len(pairs))
	for i, p := range pairs {
		if i+1 < len(pairs) && bytes.Equal(p.key, pairs[i+1].key) {
			continue
		}
		n := width * sort.Search(len(have)/width, func(i int) bool { return bytes.Compare(have[i*width:i*width+key], p.key) >= 0 })
		out, have = append(out, have[:n]...), have[n:]
		if len(have) > 0 && bytes.Equal(have[:key], p.key) {
			have = have[width:]
		}
		out = append(append(out, p.key...), p.value[:value]...)
	}
	return append(out, have...)
}

// write puts records onto as few shelves as can hold them: evenly, or on full ones
// if nothing comes after the last, where more will follow.
func (t *table) write(records []byte, last bool) error {
	width := t.width()
	n := len(records) / width
	each := width - t.shared(records)
	most := max(1, (shelfMost-shelfHead)/each)
	shelves := (n + most - 1) / most
	for i := range shelves {
		from, to := i*n/shelves, (i+1)*n/shelves
		if last {
			from, to = i*most, min((i+1)*most, n)
		}
		if err := t.b.Put(t.pack(records[from*width : to*width])); err != nil {
			return err
		}
	}
	return nil
}

// shared is how many bytes the keys of sorted records all begin with.
func (t *table) shared(records []byte) int {
	first, last := records[:t.key], records[len(records)-t.width():]
	n := 0
	for n < t.key && first[n] == last[n] {
		n++
	}
	return min(n, t.width()-1)
}

// pack makes a shelf.
func (t *table) pack(records []byte) (k, v []byte) {
	k = bytes.Clone(records[:t.key])
	shared := t.shared(records)
	v = make([]byte, sumWidth, shelfHead+len(records))
	v = append(v, byte(shared))
	for ; len(records) > 0; records = records[t.width():] {
		v = append(v, records[shared:t.width()]...)
	}
	binary.LittleEndian.PutUint32(v, t.sum(k, v))
	return k, v
}

// Delete takes a record out. What is left of a shelf joins the next one when it
// is little.
func (t table) Delete(k []byte) error {
	c := t.b.Cursor()
	key, value := t.at(c, k)
	if key == nil || t.Get(k) == nil {
		return nil
	}
	s := t.shelf(key, value)
	i, width := s.position(k), t.width()
	left, old := slices.Delete(s.whole(), i*width, (i+1)*width), bytes.Clone(key)
	var joined []byte
	if len(value) < shelfLeast {
		if next, v := c.Next(); next != nil {
			s := t.shelf(next, v)
			left, joined = append(left, s.whole()...), bytes.Clone(next)
		}
	}
	for _, gone := range [][]byte{old, joined} {
		if gone == nil {
			continue
		}
		if err := t.b.Delete(gone); err != nil {
			return err
		}
	}
	if len(left) == 0 {
		return nil
	}
	return t.write(left, false)
}

// ForEach calls fn for each record in order. Key and value are valid only during
// the call.
func (t table) ForEach(fn func(k, v []byte) error) error {
	c := t.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if err := fn(k, v); err != nil {
			return err
		}
	}
	return nil
}

// A tableCursor walks the records of a table, as bbolt's does, but what it gives
// is valid only until it moves.
type tableCursor struct {
	t   table
	c   *bolt.Cursor
	s   shelf
	i   int
	buf [feedWidth + hashWidth + identityWidth]byte // the widest record
}

func (t table) Cursor() *tableCursor { return &tableCursor{t: t, c: t.b.Cursor()} }

func (c *tableCursor) First() (k, v []byte) { return c.enter(c.c.First, 0) }
func (c *tableCursor) Last() (k, v []byte) {
	return c.enter(func() (k, v []byte) { return lastOf(c.c) }, -1)
}

// Seek moves to the first record not below k.
func (c *tableCursor) Seek(k []byte) (key, value []byte) {
	found, v := c.t.at(c.c, k)
	if found == nil {
		return c.leave()
	}
	c.s = c.t.shelf(found, v)
	if c.i = c.s.position(k); c.i == c.s.len() {
		return c.enter(c.c.Next, 0)
	}
	return c.record()
}

func (c *tableCursor) Next() (k, v []byte) {
	if c.s.key == nil {
		return nil, nil
	}
	if c.i++; c.i == c.s.len() {
		return c.enter(c.c.Next, 0)
	}
	return c.record()
}

func (c *tableCursor) Prev() (k, v []byte) {
	if c.s.key == nil {
		return nil, nil
	}
	if c.i--; c.i < 0 {
		return c.enter(func() (k, v []byte) { return previous(c.c, c.s.key) }, -1)
	}
	return c.record()
}

// enter moves to another shelf, to its record i or, below 0, the last.
func (c *tableCursor) enter(move func() (k, v []byte), i int) (key, value []byte) {
	k, v := move()
	if k == nil {
		return c.leave()
	}
	c.s = c.t.shelf(k, v)
	if c.i = i; i < 0 {
		c.i = c.s.len() - 1
	}
	return c.record()
}

func (c *tableCursor) leave() (k, v []byte) {
	c.s = shelf{}
	return nil, nil
}

func (c *tableCursor) record() (k, v []byte) {
	r := c.s.put(c.buf[:0], c.i)
	return r[:c.t.key:c.t.key], r[c.t.key:]
}

// eachRecord calls fn for each record of a bucket, whatever its kind.
func eachRecord(tx *bolt.Tx, bucket []byte, fn func(k, v []byte) error) error {
	if _, ok := tables[string(bucket)]; ok {
		return tableOf(tx, bucket).ForEach(fn)
	}
	return tx.Bucket(bucket).ForEach(fn)
}
