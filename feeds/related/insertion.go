package related

import (
	"maps"
	"slices"
	"sort"
)

// insertion puts articles into the index, in as many batches as that takes: new
// articles change the statistics, so all of an epoch's may have to be weighed
// anew, which for a hundred thousand takes fifty megabytes, and the library as
// much again to store them. So when there is enough for a commit, a batch ends.
//
// What is stored by then is as good as any index: some leaves are done, new
// articles and all, and the others as they were. Who goes on after a failure
// inserts the same articles again, and finds those that are there.
type insertion struct {
	list     []*article
	begun    bool
	rest     []*filling // epochs that are not done, by their number
	most     int        // bytes of segments of a batch, about
	encoders []*encoder
}

// filling is what an insertion has still to do in an epoch.
type filling struct {
	epoch  uint32
	coming []*article // in canonical order
	starts []place    // of leaves that come to lie between those that are there
	from   place      // leaves that begin before it are done
	anew   []language // whose articles are weighed anew
	texts  texts      // those of the epoch, if any is
}

// insert goes on with an insertion and reports whether it is done. If not, what
// this batch did is to be stored before the next goes on.
func (b *batch) insert(x *insertion) (done bool, err error) {
	b.encoders = x.encoders
	if !x.begun {
		if err := b.plan(x); err != nil {
			return false, err
		}
		x.begun, x.list = true, nil
	}
	for len(x.rest) > 0 {
		if done, err = b.fill(x.rest[0], x.most); err != nil || !done {
			return false, err
		}
		x.rest = x.rest[1:]
	}
	return true, nil
}

// plan finds out what an insertion takes: which articles go where, and whose
// weights the statistics with them change. What lies there already under the id
// of one of them it takes out. Stories that lost an article are known to this
// batch only, so then there is no other.
func (b *batch) plan(x *insertion) error {
	gone, stale := lying{}, map[statsKey]bool{}
	epochs := map[uint32]*filling{}
	of := func(n uint32) *filling {
		if epochs[n] == nil {
			epochs[n] = &filling{epoch: n}
		}
		return epochs[n]
	}
	for _, a := range b.distinct(x.list) {
		f := of(a.place.when / epochSeconds)
		f.coming = append(f.coming, a)
		gone.add(b.shelf, a.id)
	}
	for n, ids := range gone {
		of(n)
		x.most = 0
		if err := b.drop(n, ids, stale); err != nil {
			return err
		}
	}
	for _, n := range slices.Sorted(maps.Keys(epochs)) {
		if err := b.expect(epochs[n], stale); err != nil {
			return err
		}
	}
	for k := range stale {
		f := of(k.epoch)
		f.anew = append(f.anew, k.lang)
		delete(b.engine.stats, k)
	}
	for _, n := range slices.Sorted(maps.Keys(epochs)) {
		f := epochs[n]
		e, err := b.epoch(n)
		if err != nil {
			return err
		}
		if len(e.leaves) == 0 {
			continue
		}
		for _, lang := range f.anew { // while it is known what is coming
			if _, err := b.statistics(statsKey{n, lang}); err != nil {
				return err
			}
		}
		switch {
		case len(f.anew) == 0:
			f.texts = nil
		case f.texts == nil:
			f.texts = e.texts(b.view.Leave)
		}
		b.view.Leave()
		x.rest = append(x.rest, f)
	}
	return nil
}

// distinct gives the articles without those that are there again, which the
// later ones replace.
func (b *batch) distinct(list []*article) []*article {
	byID := map[uint64]*article{}
	for _, a := range list {
		byID[a.id] = a
	}
	return slices.Collect(maps.Values(byID))
}

// expect notes, with the leaves of an epoch, what is coming, and which
// statistics that makes stale.
func (b *batch) expect(f *filling, stale map[statsKey]bool) error {
	if len(f.coming) == 0 {
		return nil
	}
	slices.SortFunc(f.coming, func(x, y *article) int {
		return canonical(entry{place: x.place, id: x.id}, entry{place: y.place, id: y.id})
	})
	if err := b.markStale(f.epoch, f.coming, stale); err != nil {
		return err
	}
	for range 2 { // the second time with the leaves between
		e, err := b.filled(f)
		if err != nil {
			return err
		}
		rest := f.coming
		for i, l := range e.leaves {
			l.coming, rest = before(rest, e.leaves, i)
			f.starts = append(f.starts, b.startsIn(l)...)
		}
	}
	e, err := b.epoch(f.epoch)
	if err != nil {
		return err
	}
	f.texts = e.texts(b.view.Leave)
	for _, a := range f.coming {
		if f.texts.stock(a) {
			stale[statsKey{f.epoch, a.lang}] = true
		}
	}
	return nil
}

// filled is an epoch with a leaf, be it empty, wherever new articles need one. The
// first begins where the epoch does: that may have left with all that it had.
func (b *batch) filled(f *filling) (*epoch, error) {
	e, err := b.epoch(f.epoch)
	if err != nil {
		return nil, err
	}
	for _, start := range append([]place{{when: f.epoch * epochSeconds}}, f.starts...) {
		i := sort.Search(len(e.leaves), func(i int) bool { return !e.leaves[i].start.before(start) })
		if i == len(e.leaves) || e.leaves[i].start != start {
			e.leaves = slices.Insert(e.leaves, i, &leaf{start: start})
		}
	}
	return e, nil
}

// startsIn returns where a leaf can be parted for what is coming so that what is
// behind is new: that need not be written together with what lies in it.
func (b *batch) startsIn(l *leaf) (starts []place) {
	n := pieces(l.planned())
	if n < 2 || len(l.coming) == 0 {
		return nil
	}
	list := b.entries(l, nil)
	for k := n - 1; k > 0; k-- {
		at := k * len(list) / n
		if slices.ContainsFunc(list[at:], func(e entry) bool { return e.fresh == nil }) {
			break
		}
		starts = append(starts, list[at].place)
	}
	return starts
}

// before splits off the articles that belong into the i-th of the leaves.
func before(list []*article, leaves []*leaf, i int) (part, rest []*article) {
	if i+1 == len(leaves) {
		return list, nil
	}
	n := sort.Search(len(list), func(k int) bool { return !list[k].place.before(leaves[i+1].start) })
	return list[:n], list[n:]
}

// fill puts what is coming into an epoch's leaves and weighs anew what has to
// be. It reports whether it has done all of them, as it does at once if most is 0.
func (b *batch) fill(f *filling, most int) (done bool, err error) {
	e, err := b.epoch(f.epoch)
	if err == nil && len(f.coming) > 0 {
		e, err = b.filled(f)
	}
	if err != nil {
		return false, err
	}
	by := &weighing{batch: b, epoch: f.epoch, anew: f.anew, texts: f.texts}
	leaves := slices.Clone(e.leaves)
	for i := 0; i < len(leaves); {
		if leaves[i].start.before(f.from) {
			i++
			continue
		}
		if most > 0 && b.made >= most {
			f.from = leaves[i].start
			return false, nil
		}
		first := i
		var list []*rewriting
		for size := 0; i < len(leaves) && (most == 0 || i == first || b.made+size < most); i++ {
			l := leaves[i]
			l.coming, f.coming = before(f.coming, leaves, i)
			for _, a := range l.coming {
				b.moved[a.id] = a.place
			}
			if len(l.coming) > 0 || len(f.anew) > 0 && l.concerned(f.anew, f.texts) {
				list = append(list, rewrite(l, b.entries(l, nil)))
				size += l.planned() * segmentSize
			}
			b.view.Leave()
		}
		err := b.write(e, list, by)
		b.view.Leave()
		for _, l := range leaves[first:i] {
			clear(l.coming) // done with
			l.coming = nil
		}
		if err != nil {
			return false, err
		}
	}
	return true, nil
}

// segmentSize is how many bytes of a segment an article takes, about.
const segmentSize = 512
