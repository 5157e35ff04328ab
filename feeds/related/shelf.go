package related

import (
	"encoding/binary"
	"math/bits"
	"slices"
	"sort"

	"broadsheet/feeds"
)

// The index in the library:
//
//	'c' place         → a segment; the first of an epoch has the epoch's first place
//	's' place         → the state of the articles of the segment at place
//	'u' place         → nothing: some of the segment's articles are yet to be decided on
//	'i' article id/256 → the places of 256 articles
//	'v'               → the format of all segments, 1 byte; missing while there may be some of the one before
//	'w' …             → what the reader said: see word. All else can be computed anew
const (
	keySegment = 'c'
	keyState   = 's'
	keyOpen    = 'u'
	keyPlaces  = 'i'
)

const (
	epochSeconds = epochDays * 86400
	undatedStep  = 86400 // an undated article lies at the beginning of the day it was seen on
	leafSize     = 2048
	idsPerPage   = 256
	placeSize    = 8
)

func placeKey(kind byte, p place) []byte {
	k := make([]byte, 9)
	k[0] = kind
	binary.BigEndian.PutUint32(k[1:], p.when)
	binary.BigEndian.PutUint32(k[5:], p.hash)
	return k
}

func pageKey(id uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte{keyPlaces}, id/idsPerPage)
}

// leaf is a segment in use.
type leaf struct {
	start  place
	seg    segment
	states []state // nil until loaded
	raw    []byte  // the states as stored
	dirty  bool    // states have changed
	fresh  []byte
	stored bool       // under its start, in the view
	coming []*article // that are to be put in, in canonical order
	heads  []head     // of the articles, read when first wanted
	// waiting are the articles that decide in this batch, or did, unnamed those of
	// which nobody was told in which story they are; nil for none.
	waiting, unnamed []bool
}

// noted notes an article in a list of its leaf's.
func noted(r ref, list []bool) []bool {
	if list == nil {
		list = make([]bool, r.leaf.seg.len())
	}
	list[r.i] = true
	return list
}

// waits reports whether an article decides in this batch, or did.
func (l *leaf) waits(i int) bool { return l.waiting != nil && l.waiting[i] }

// untold reports whether nobody was told an article's story before this batch.
func (l *leaf) untold(i int) bool { return l.unnamed != nil && l.unnamed[i] }

// state is what relating decided about an article. It depends only on which
// articles there are; story alone remembers.
type state struct {
	founder uint64 // first article, in canonical order, of its story
	leader  uint64 // first article of those with the same text
	story   uint64 // the story's public id: the id of one of its articles
	open    openness
}

// openness says what is still to be done about an article.
type openness uint8

const (
	undecided openness = 1 << iota // its story and leader are not found yet, or may have changed
	unnamed                        // nobody was told its story yet
)

// States are written as three numbers each, in as many bytes as the longest of
// the leaf takes, which three bytes before them tell. Most ids are near the
// article's own, so it is the difference that is written, its sign lowest; in
// the founder's the two bits below tell what is open.
const openBits = 2

// ref names an article within the leaves that are loaded.
type ref struct {
	leaf *leaf
	i    int
}

func (r ref) id() uint64    { return r.leaf.seg.articleID(r.i) }
func (r ref) place() place  { return r.leaf.seg.place(r.i) }
func (r ref) state() *state { return &r.leaf.states[r.i] }

// shelf is the index as one view of the library shows it, with what a batch
// has changed laid over it.
type shelf struct {
	view    feeds.IndexView
	seen    map[string]uint32 // checksums verified, shared by all shelves of an engine
	renewed renewed           // shared by those that only look, nil for a batch
	epochs  map[uint32]*epoch
	said    map[uint64][]word  // what the reader says now, laid over the view
	changed map[[2]uint64]bool // the pairs that said differs in
	number  uint64             // of the latest word
}

type epoch struct {
	number  uint32
	leaves  []*leaf
	removed [][]byte // keys of leaves that are no more
}

func (s *shelf) epoch(n uint32) (*epoch, error) {
	if e := s.epochs[n]; e != nil {
		return e, nil
	}
	e := &epoch{number: n}
	var err error
	from := placeKey(keySegment, place{when: n * epochSeconds})
	to := []byte{keySegment + 1}
	if uint64(n+1)*epochSeconds < 1<<32 {
		to = placeKey(keySegment, place{when: (n + 1) * epochSeconds})
	}
	s.view.Scan(from, to, func(key, value []byte) bool {
		if len(key) != 9 {
			err = errSegment
			return false
		}
		l := &leaf{start: place{when: binary.BigEndian.Uint32(key[1:]), hash: binary.BigEndian.Uint32(key[5:])}, stored: true}
		if err = s.open(l, key, value); err != nil {
			return false
		}
		e.leaves = append(e.leaves, l)
		if s.renewed == nil { // a batch looks at epoch after epoch
			s.view.Leave()
		}
		return true
	})
	if err != nil {
		return nil, err
	}
	s.epochs[n] = e
	return e, nil
}

// open gives a leaf what is stored of it, made anew if it is of the first kind.
func (s *shelf) open(l *leaf, key, value []byte) (err error) {
	old := isOld(value)
	if !old {
		if l.seg, err = openSegment(value); err != nil {
			return err
		}
	}
	sum := binary.LittleEndian.Uint32(value[4:])
	if known, ok := s.seen[string(key)]; !ok || known != sum {
		if err := verify(value); err != nil {
			return err
		}
		if len(s.seen) > 4096 {
			clear(s.seen)
		}
		s.seen[string(key)] = sum
	}
	l.raw = s.view.Get(append([]byte{keyState}, key[1:]...))
	if !old {
		delete(s.renewed, string(key))
		return nil
	}
	b, err := s.renew(key, value, sum)
	if err != nil {
		return err
	}
	states := l.raw
	if err := l.write(b); err != nil {
		return err
	}
	l.raw = renewStates(&l.seg, states)
	return nil
}

// between returns the leaves that hold articles from from to to.
func (s *shelf) between(from, to uint32) ([]*leaf, error) {
	var list []*leaf
	for n := from / epochSeconds; n <= to/epochSeconds; n++ {
		e, err := s.epoch(n)
		if err != nil {
			return nil, err
		}
		for _, l := range e.leaves {
			if l.seg.len() > 0 && l.seg.from <= to && l.seg.to >= from {
				list = append(list, l)
			}
		}
	}
	return list, nil
}

// hasUndated reports whether any article of a leaf that is not empty is undated.
func (l *leaf) hasUndated() bool {
	n, last := l.seg.len(), uint64(l.seg.to)
	for day := (uint64(l.seg.from) + undatedStep - 1) / undatedStep * undatedStep; day <= last; day += undatedStep {
		i := sort.Search(n, func(i int) bool { return uint64(l.seg.when(i)) >= day })
		for ; i < n && uint64(l.seg.when(i)) == day; i++ {
			if l.seg.undated(i) {
				return true
			}
		}
	}
	return false
}

// load reads the states of a leaf.
func (s *shelf) load(l *leaf) {
	if l.states != nil {
		return
	}
	l.states = make([]state, l.seg.len())
	for i := range l.states {
		l.states[i] = l.stateAt(i)
	}
}

// open reports whether anything is to be decided about the articles of a leaf
// that is loaded.
func (l *leaf) open() bool {
	return slices.ContainsFunc(l.states, func(s state) bool { return s.open != 0 })
}

// head is what a link depends on beside the terms.
type head struct {
	scale   float32
	when    uint32
	lang    language
	undated bool
	days    weekdays // that it names
}

// head reads those of all articles at once: a batch asks for each many times.
func (l *leaf) head(i int) *head {
	if l.heads == nil {
		l.heads = make([]head, l.seg.len())
		for k := range l.heads {
			l.heads[k] = l.seg.head(k)
		}
	}
	return &l.heads[i]
}

// stateAt reads one article's state without loading the others.
func (l *leaf) stateAt(i int) state {
	if l.states != nil && i < len(l.states) && l.states[i] != (state{}) {
		return l.states[i]
	}
	id := l.seg.articleID(i)
	own := state{founder: id, leader: id, story: id}
	if len(l.raw) < 3 {
		return own
	}
	wide := [3]int{int(l.raw[0]), int(l.raw[1]), int(l.raw[2])}
	size := wide[0] + wide[1] + wide[2]
	b := l.raw[3:]
	if len(b) < (i+1)*size || max(wide[0], wide[1], wide[2]) > 8 {
		return own
	}
	b = b[i*size:]
	var x [3]uint64
	for k, n := range wide {
		for at := n - 1; at >= 0; at-- {
			x[k] = x[k]<<8 | uint64(b[at])
		}
		b = b[n:]
	}
	near := func(x uint64) uint64 { return id + (x>>1 ^ -(x & 1)) }
	return state{
		founder: near(x[0] >> openBits), open: openness(x[0] & (1<<openBits - 1)),
		leader: near(x[1]), story: near(x[2]),
	}
}

// encodeStates writes the states of a segment's articles.
func encodeStates(seg *segment, list []state) []byte {
	numbers := func(i int) [3]uint64 {
		id, s := seg.articleID(i), list[i]
		apart := func(x uint64) uint64 { d := int64(x - id); return uint64(d<<1) ^ uint64(d>>63) }
		return [3]uint64{apart(s.founder)<<openBits | uint64(s.open), apart(s.leader), apart(s.story)}
	}
	var wide [3]int
	for i := range list {
		for k, x := range numbers(i) {
			wide[k] = max(wide[k], (bits.Len64(x)+7)/8)
		}
	}
	b := make([]byte, 0, 3+len(list)*(wide[0]+wide[1]+wide[2]))
	b = append(b, byte(wide[0]), byte(wide[1]), byte(wide[2]))
	for i := range list {
		for k, x := range numbers(i) {
			for range wide[k] {
				b = append(b, byte(x))
				x >>= 8
			}
		}
	}
	return b
}

// placeOf says where an article lies, false if it is not indexed.
func (s *shelf) placeOf(id uint64) (place, bool) {
	b := s.view.Get(pageKey(id))
	at := int(id%idsPerPage) * placeSize
	if len(b) < at+placeSize {
		return place{}, false
	}
	p := place{when: binary.LittleEndian.Uint32(b[at:]), hash: binary.LittleEndian.Uint32(b[at+4:])}
	return p, p != place{}
}

// at finds the article with this id and place.
func (s *shelf) at(id uint64, p place) (ref, bool, error) {
	e, err := s.epoch(p.when / epochSeconds)
	if err != nil {
		return ref{}, false, err
	}
	n := sort.Search(len(e.leaves), func(i int) bool { return p.before(e.leaves[i].start) })
	for ; n > 0; n-- {
		l := e.leaves[n-1]
		i := sort.Search(l.seg.len(), func(i int) bool { return !l.seg.place(i).before(p) })
		for ; i < l.seg.len() && l.seg.place(i) == p; i++ {
			if l.seg.articleID(i) == id {
				return ref{l, i}, true, nil
			}
		}
		if k := l.seg.len(); k > 0 && l.seg.place(0).before(p) {
			break
		}
	}
	return ref{}, false, nil
}

// write gives a leaf another segment.
func (l *leaf) write(b []byte) (err error) {
	l.seg, err = openSegment(b)
	l.fresh, l.dirty, l.heads = b, true, nil
	return err
}

// swap puts leaves in the place of an old one, nil if there is none.
func (e *epoch) swap(old *leaf, leaves []*leaf) {
	var keep []*leaf
	for _, l := range e.leaves {
		if l != old {
			keep = append(keep, l)
		} else if l.stored {
			e.removed = append(e.removed, placeKey(keySegment, l.start), placeKey(keyState, l.start), placeKey(keyOpen, l.start))
		}
	}
	e.leaves = append(keep, leaves...)
	slices.SortFunc(e.leaves, func(a, b *leaf) int {
		if a.start.before(b.start) {
			return -1
		} else if b.start.before(a.start) {
			return 1
		}
		return 0
	})
}
