package related

import (
	"encoding/binary"
	"math"
)

// mostly is how many articles of an epoch, from the first on that is undecided,
// must be so, in parts of them, for all these to be decided anew. In order, with
// nothing settled after them, many are decided in the time that one takes whose
// decision others may have to follow.
const mostly = 8

// swept is how many articles there may be to each that decides for a sweep
// over all of them to cost less than a search for each.
const swept = 16

// pushUndecided queues what this batch and those before it left undecided.
func (t *teller) pushUndecided() error {
	var err error
	t.view.Scan([]byte{keyOpen}, []byte{keyOpen + 1}, func(key, _ []byte) bool {
		if len(key) != 9 {
			err = errSegment
			return false
		}
		_, err = t.epoch(binary.BigEndian.Uint32(key[1:]) / epochSeconds)
		return err == nil
	})
	if err != nil {
		return err
	}
	inAll := 0
	for _, e := range t.epochs {
		var list []ref
		for _, l := range e.leaves {
			inAll += l.seg.len()
			if l.fresh == nil && t.view.Get(placeKey(keyOpen, l.start)) == nil {
				continue
			}
			t.load(l)
			for i := range l.states {
				if l.states[i].open != 0 {
					list = append(list, ref{l, i})
				}
			}
		}
		if len(list) > 0 {
			if tail := t.from(e, list[0]); len(list)*mostly > len(tail) {
				list = tail
				reopened(list)
			}
		}
		for _, r := range list {
			if r.state().open&unnamed != 0 {
				t.unnamed[r.id()] = true
			}
			t.push(r)
		}
	}
	if t.patience = inAll / swept; len(t.queue) > t.patience {
		t.sweep = newSweep(t)
	}
	return nil
}

// from returns an epoch's articles from r on.
func (t *teller) from(e *epoch, r ref) []ref {
	var list []ref
	for _, l := range e.leaves {
		t.load(l)
		for i := range l.states {
			if o := (ref{l, i}); !earlier(o, r) {
				list = append(list, o)
			}
		}
	}
	return list
}

// reopened makes articles ones that are to be decided, as they will be: what
// comes before them need not wake them.
func reopened(list []ref) {
	for _, r := range list {
		r.state().open |= undecided
	}
}

// giveUp decides anew all that comes after r, in order. Where news is all alike
// every article that is decided wakes hundreds, and searching for each costs
// more than that.
func (t *teller) giveUp(r ref) {
	t.patience = math.MaxInt
	for _, e := range t.epochs {
		list := t.from(e, r)
		reopened(list)
		for _, o := range list {
			t.push(o)
		}
	}
	clear(t.last)
	if t.sweep == nil {
		t.sweep = newSweep(t)
	}
}
