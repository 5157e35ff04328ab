package related

import (
	"cmp"
	"encoding/binary"
	"slices"

	"broadsheet/feeds"
)

// batch is one call of Add at work: articles are put into their segments, then
// those that changed are related.
type batch struct {
	*shelf
	engine     *Engine
	moved      map[uint64]place // new places; the zero place of those removed
	left       map[uint64]place // stories that lost an article, by founder
	parted     map[uint64]bool  // groups of copies that did, by leader
	gone       map[uint64]bool  // articles taken out, those to be put in anew too
	allRenewed bool             // no segment is of the first kind any more
	encoders   []*encoder
	made       int // bytes of segments
}

// maxStats bounds how many statistics an engine keeps from batch to batch.
const maxStats = 24

type statsKey struct {
	epoch uint32
	lang  language
}

func newBatch(e *Engine, v feeds.IndexView) *batch {
	return &batch{
		shelf:    &shelf{view: v, seen: e.seen, epochs: map[uint32]*epoch{}},
		engine:   e,
		moved:    map[uint64]place{},
		left:     map[uint64]place{},
		parted:   map[uint64]bool{},
		gone:     map[uint64]bool{},
		encoders: []*encoder{{}},
	}
}

// drop takes articles out of an epoch.
func (b *batch) drop(n uint32, ids map[uint64]bool, stale map[statsKey]bool) error {
	e, err := b.epoch(n)
	if err != nil {
		return err
	}
	for _, l := range slices.Clone(e.leaves) {
		if !l.holds(ids) {
			continue
		}
		b.load(l)
		for i := range l.seg.len() {
			id := l.seg.articleID(i)
			if !ids[id] {
				continue
			}
			lang := l.seg.language(i)
			stale[statsKey{n, lang}] = true
			stale[statsKey{n + 1, lang}] = true
			b.left[l.states[i].founder] = l.seg.place(i)
			b.parted[l.states[i].leader] = true
			b.parted[id], b.gone[id] = true, true
		}
		if err := b.leave(e, l, ids); err != nil {
			return err
		}
	}
	return nil
}

// entries are the articles that a leaf has, but for those gone, and those that
// are to be put in.
func (b *batch) entries(l *leaf, gone map[uint64]bool) []entry {
	b.load(l)
	list := make([]entry, 0, l.planned())
	for i := range l.seg.len() {
		if id := l.seg.articleID(i); !gone[id] {
			list = append(list, entry{i: i, place: l.seg.place(i), id: id, state: l.states[i]})
		}
	}
	for _, a := range l.coming {
		list = append(list, entry{fresh: a, place: a.place, id: a.id,
			state: state{founder: a.id, leader: a.id, story: cmp.Or(a.story, a.id), open: undecided | unnamed}})
	}
	if len(l.coming) > 0 {
		slices.SortFunc(list, canonical)
	}
	return list
}

// write puts articles in the place of those of leaves, new ones too; with by, they
// are weighed. If that changes nothing in a leaf, and nothing is to be put in, it
// stays.
func (b *batch) write(e *epoch, list []*rewriting, by *weighing) error {
	if err := b.encodeAll(list, by); err != nil {
		return err
	}
	for _, r := range list {
		if by != nil && len(by.anew) > 0 && len(r.old.coming) == 0 &&
			!slices.ContainsFunc(r.pieces, func(p rewritten) bool { return p.changed }) {
			continue
		}
		var leaves []*leaf
		for k := range r.pieces {
			p := &r.pieces[k]
			l := &leaf{start: p.list[0].place}
			if k == 0 {
				l.start = r.old.start
			}
			if err := l.write(p.made); err != nil {
				return err
			}
			b.made += len(p.made)
			for _, x := range p.list {
				l.states = append(l.states, x.state)
			}
			leaves = append(leaves, l)
		}
		e.swap(r.old, leaves)
	}
	return nil
}

// leave writes a leaf without the articles that are gone.
func (b *batch) leave(e *epoch, l *leaf, gone map[uint64]bool) error {
	return b.write(e, []*rewriting{rewrite(l, b.entries(l, gone))}, nil)
}

// changes returns what has to be stored.
func (b *batch) changes() []feeds.IndexChange {
	var out []feeds.IndexChange
	put := map[string]bool{}
	for _, e := range b.epochs {
		for _, l := range e.leaves {
			if l.fresh != nil {
				k := placeKey(keySegment, l.start)
				put[string(k)] = true
				out = append(out, feeds.IndexChange{Key: k, Value: l.fresh})
			}
			if l.dirty {
				b.load(l)
				k := placeKey(keyState, l.start)
				put[string(k)] = true
				out = append(out, feeds.IndexChange{Key: k, Value: encodeStates(&l.seg, l.states)})
				b.view.Leave()
				if k := placeKey(keyOpen, l.start); l.open() {
					put[string(k)] = true
					out = append(out, feeds.IndexChange{Key: k, Value: []byte{1}})
				} else if b.view.Get(k) != nil {
					out = append(out, feeds.IndexChange{Key: k})
				}
			}
		}
	}
	for _, e := range b.epochs {
		for _, k := range e.removed {
			if !put[string(k)] {
				out = append(out, feeds.IndexChange{Key: k})
			}
		}
	}
	pages := map[uint64][]byte{}
	for id, p := range b.moved {
		page, ok := pages[id/idsPerPage]
		if !ok {
			page = make([]byte, idsPerPage*placeSize)
			copy(page, b.view.Get(pageKey(id)))
			pages[id/idsPerPage] = page
		}
		at := int(id%idsPerPage) * placeSize
		binary.LittleEndian.PutUint32(page[at:], p.when)
		binary.LittleEndian.PutUint32(page[at+4:], p.hash)
	}
	for n, page := range pages {
		out = append(out, feeds.IndexChange{Key: pageKey(n * idsPerPage), Value: page})
	}
	if b.allRenewed {
		out = append(out, feeds.IndexChange{Key: []byte{keyVersion}, Value: []byte{formatVersion}})
	}
	out = append(out, b.spokenNow()...)
	slices.SortFunc(out, func(a, b feeds.IndexChange) int { return slices.Compare(a.Key, b.Key) })
	return out
}
