package related

import (
	"slices"

	"broadsheet/feeds"
)

// Forget takes articles out of the index that have left the library: their
// feed was given up, or they grew old. Nothing else is decided again: stories
// and weights stay as they were found, as what has left was there then, and
// to decide anew for each of thousands would take longer than the refresh it
// follows. What the reader said about the articles is kept. The caller stores
// the changes, as those of Add.
func (e *Engine) Forget(ids []feeds.ArticleID) ([]feeds.IndexChange, error) {
	_, changes, err := e.change(func(b *batch) (feeds.Relations, error) {
		gone := lying{}
		for _, id := range ids {
			if gone.add(b.shelf, uint64(id)) {
				b.moved[uint64(id)] = place{}
			}
		}
		for n, list := range gone {
			if err := b.forget(n, list); err != nil {
				return feeds.Relations{}, err
			}
		}
		return feeds.Relations{}, nil
	})
	return changes, err
}

func (b *batch) forget(n uint32, gone map[uint64]bool) error {
	e, err := b.epoch(n)
	if err != nil {
		return err
	}
	for _, l := range slices.Clone(e.leaves) {
		if !l.holds(gone) {
			continue
		}
		if err := b.leave(e, l, gone); err != nil {
			return err
		}
	}
	return nil
}

func (l *leaf) holds(ids map[uint64]bool) bool {
	for i := range l.seg.len() {
		if ids[l.seg.articleID(i)] {
			return true
		}
	}
	return false
}

// lying is articles by the epoch in which they lie.
type lying map[uint32]map[uint64]bool

// add notes an article, and reports whether it is in the index at all.
func (o lying) add(s *shelf, id uint64) bool {
	p, ok := s.placeOf(id)
	if !ok {
		return false
	}
	n := p.when / epochSeconds
	if o[n] == nil {
		o[n] = map[uint64]bool{}
	}
	o[n][id] = true
	return true
}
