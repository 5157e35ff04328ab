package store

import (
	"bytes"
	"cmp"
	"math/bits"
	"slices"

	bolt "go.etcd.io/bbolt"
)

// Merging keeps the number of segments small without rewriting the whole
// index: mergeWidth neighbours of about one size become one of the next size,
// up to segmentCap articles, where a segment is left alone. An article is
// rewritten four or five times at most, a commit writes a few megabytes at
// most, and a million articles lie in about a hundred segments.

const (
	mergeWidth  = 8
	mergeMost   = 32       // segments in one merge
	segmentCap  = 16 << 10 // articles
	segmentFull = segmentCap / 2
	segmentMax  = 16 << 20 // bytes
)

// segmentInfo is what the choice of a merge depends on.
type segmentInfo struct {
	number uint64
	docs   int
	bytes  int
}

// size class: below 32 articles 0, below 256 1, below 2048 2, else 3.
func (s segmentInfo) class() int {
	c := 0
	for n := s.docs / 32; n > 0 && c < topClass; n /= mergeWidth {
		c++
	}
	return c
}

const topClass = 3

// chooseMerge gives the neighbours to merge next, none if all is well.
func chooseMerge(all []segmentInfo) []segmentInfo {
	for class := 0; class <= topClass; class++ {
		for i := 0; i < len(all); {
			run, docs, size := 0, 0, 0
			for j := i; j < len(all) && run < mergeMost; j++ {
				s := all[j]
				if s.class() > class || s.docs >= segmentFull || docs+s.docs > segmentCap || size+s.bytes > segmentMax {
					break
				}
				run, docs, size = run+1, docs+s.docs, size+s.bytes
			}
			if run >= mergeWidth || class == topClass && run > 1 && docs >= segmentFull {
				return all[i : i+run]
			}
			i++
		}
	}
	return nil
}

func listSegments(tx *bolt.Tx) ([]segmentInfo, error) {
	var all []segmentInfo
	c := tx.Bucket(bucketSegments).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		p, err := readSegment(tx, k)
		if err != nil {
			return nil, err
		}
		all = append(all, segmentInfo{parseSegmentKey(k), docTable(p.docs).count(), p.size()})
	}
	return all, nil
}

// mergeSome does one merge if one is due. The work is done between two short
// transactions, on copies.
func (l *Library) mergeSome() (done bool, err error) {
	l.mergeMu.Lock()
	defer l.mergeMu.Unlock()
	defer l.pages.keepFew()()
	var chosen []segmentInfo
	var inputs []segmentParts
	var live [][]bool
	err = l.view(func(tx *bolt.Tx) error {
		all, err := listSegments(tx)
		if err != nil {
			return err
		}
		chosen, inputs, live = chooseMerge(all), nil, nil
		for _, s := range chosen {
			p, err := readSegment(tx, segmentKey(s.number))
			if err != nil {
				return err
			}
			p = segmentParts{bytes.Clone(p.docs), bytes.Clone(p.title), bytes.Clone(p.text)}
			inputs = append(inputs, p)
			live = append(live, l.liveDocs(tx, s.number, docTable(p.docs)))
		}
		return nil
	})
	if err != nil || len(chosen) == 0 {
		return false, err
	}
	err = l.replaceSegments(chosen, inputs, live)
	l.leaveMapped()
	return err == nil, err
}

// replaceSegments puts one segment in the place of several, with those of their
// articles that are live.
func (l *Library) replaceSegments(chosen []segmentInfo, inputs []segmentParts, live [][]bool) error {
	merged, err := mergeSegments(inputs, live)
	if err != nil {
		return l.explain(err, false)
	}
	return l.update(func(tx *bolt.Tx) error {
		for _, s := range chosen {
			if err := tx.Bucket(bucketSegments).DeleteBucket(segmentKey(s.number)); err != nil {
				return err
			}
		}
		if docTable(merged.docs).count() == 0 {
			return nil
		}
		return writeSegment(tx, chosen[len(chosen)-1].number, merged)
	})
}

// lookedOver is how many articles are looked up until it is looked how much is
// mapped.
const lookedOver = 256

// liveDocs tells which articles of a segment are still there as it has them.
func (l *Library) liveDocs(tx *bolt.Tx, segment uint64, docs docTable) []bool {
	live := make([]bool, docs.count())
	order := make([]int, len(live)) // that of ids, in which they lie in the file
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(docs.place(a).id(), docs.place(b).id()) })
	for n, i := range order {
		live[i] = current(tx, segment, docs.place(i))
		if n%lookedOver == 0 {
			l.pages.lookIn(tx)
		}
	}
	return live
}

// mergeSegments joins segments whose contents it was given whole. Checksums
// are verified here, where every byte is read anyway.
func mergeSegments(inputs []segmentParts, live [][]bool) (*segmentParts, error) {
	type origin struct {
		at    place
		input int
		doc   int
	}
	var all []origin
	for i := range inputs {
		if !intact(inputs[i].docs) || !intact(inputs[i].title) || !intact(inputs[i].text) {
			return nil, errSegment
		}
		for d, alive := range live[i] {
			if alive {
				all = append(all, origin{docTable(inputs[i].docs).place(d), i, d})
			}
		}
	}
	slices.SortFunc(all, func(a, b origin) int { return b.at.compare(a.at) })
	places := make([]place, len(all))
	renumber := make([][]int32, len(inputs)) // old number → new, -1 when dropped
	for i := range inputs {
		renumber[i] = slices.Repeat([]int32{-1}, len(live[i]))
	}
	for n, o := range all {
		places[n] = o.at
		renumber[o.input][o.doc] = int32(n)
	}
	out := &segmentParts{docs: encodeDocs(places)}
	var err error
	if out.title, err = mergeDicts(inputs, renumber, len(places), func(p *segmentParts) []byte { return p.title }); err != nil {
		return nil, err
	}
	if out.text, err = mergeDicts(inputs, renumber, len(places), func(p *segmentParts) []byte { return p.text }); err != nil {
		return nil, err
	}
	return out, nil
}

func mergeDicts(inputs []segmentParts, renumber [][]int32, count int, part func(*segmentParts) []byte) ([]byte, error) {
	cursors := make([]*dictCursor, len(inputs))
	more := make([]bool, len(inputs))
	for i := range inputs {
		d, err := openDict(part(&inputs[i]))
		if err != nil {
			return nil, err
		}
		cursors[i] = d.entries(0)
		more[i] = cursors[i].next()
	}
	var w dictWriter
	seen := newBitset(count)
	var docs []uint32
	var term []byte
	for {
		least := -1
		for i, c := range cursors {
			if more[i] && (least < 0 || bytes.Compare(c.term, cursors[least].term) < 0) {
				least = i
			}
		}
		if least < 0 {
			break
		}
		term = append(term[:0], cursors[least].term...)
		docs = docs[:0]
		for i := least; i < len(cursors); i++ {
			c := cursors[i]
			if !more[i] || !bytes.Equal(c.term, term) {
				continue
			}
			err := c.postings.each(len(renumber[i]), func(d uint32) {
				if n := renumber[i][d]; n >= 0 {
					docs = append(docs, uint32(n))
				}
			})
			if err != nil {
				return nil, err
			}
			more[i] = c.next()
		}
		if len(docs) == 0 {
			continue
		}
		inOrder(docs, seen)
		w.add(term, docs, count)
	}
	if slices.ContainsFunc(cursors, func(c *dictCursor) bool { return c.bad }) {
		return nil, errSegment
	}
	return w.finish(), nil
}

// inOrder sorts positions, each of which is there once. seen is empty before
// and after.
func inOrder(docs []uint32, seen bitset) {
	if len(docs) < len(seen) { // looking through all of seen would take longer
		slices.Sort(docs)
		return
	}
	for _, d := range docs {
		seen.add(d)
	}
	docs = docs[:0]
	for i, word := range seen {
		for ; word != 0; word &= word - 1 {
			docs = append(docs, uint32(64*i+bits.TrailingZeros64(word)))
		}
		seen[i] = 0
	}
}

// shrinkSegments rewrites the segments of which more than half has left the
// library. Full ones are left alone by merges, and would keep its terms for good.
func (l *Library) shrinkSegments() error {
	l.mergeMu.Lock()
	defer l.mergeMu.Unlock()
	var all []segmentInfo
	err := l.view(func(tx *bolt.Tx) (err error) {
		all, err = listSegments(tx)
		return err
	})
	if err != nil {
		return err
	}
	for _, s := range all {
		var old segmentParts
		var live []bool
		count := 0
		err := l.view(func(tx *bolt.Tx) error {
			p, err := readSegment(tx, segmentKey(s.number))
			if err != nil {
				return err
			}
			live, count = l.liveDocs(tx, s.number, docTable(p.docs)), 0
			for _, alive := range live {
				if alive {
					count++
				}
			}
			old = segmentParts{bytes.Clone(p.docs), bytes.Clone(p.title), bytes.Clone(p.text)}
			return nil
		})
		if err != nil {
			return err
		}
		if 2*count >= len(live) {
			continue
		}
		if err := l.replaceSegments([]segmentInfo{s}, []segmentParts{old}, [][]bool{live}); err != nil {
			return err
		}
	}
	return nil
}
