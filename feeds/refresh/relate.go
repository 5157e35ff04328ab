package refresh

import (
	"context"
	"time"

	"broadsheet/feeds"
)

// takeBatch is how many articles the relater is given at once, at most; more of
// their texts are not held.
const takeBatch = 1000

// undecidedMost is how many articles may wait for their stories to be decided,
// about: while these are, some 400 bytes of each are held. More than that is the
// index of a large library made anew, whose articles come in the order of time,
// so deciding before the end costs nothing.
const undecidedMost = 200_000

// Deciding stories once, when all articles have come, costs least, but a reader
// should not wait for stories until the slowest feed has answered. So they are
// decided too when nothing has come for a while, and at the latest after so long.
const (
	quietFor = 2 * time.Second
	longest  = time.Minute
)

// relateAll puts what is saved into the index each time the bell rings, and
// decides the stories when nothing more will come, and now and then before. The
// first pass takes up what an earlier run left behind.
func (r *Refresher) relateAll(ctx context.Context, rung *bell, t *tally) error {
	look := time.NewTimer(longest)
	defer look.Stop()
	looked := time.Now()
	for decide, more := false, true; ; {
		if err := r.catchUp(ctx, decide, t); err != nil {
			return err
		}
		if !more {
			return r.forget(ctx)
		}
		if decide {
			looked = time.Now()
		}
		decide, more = rung.listen(look, looked)
	}
}

// listen waits for the bell, and reports whether stories are to be decided and
// whether more will come.
func (b *bell) listen(look *time.Timer, looked time.Time) (decide, more bool) {
	for {
		select {
		case _, more = <-b.c:
			return !more, more
		case <-b.came:
			if time.Since(looked) < longest {
				look.Reset(quietFor)
			}
		case <-look.C:
			select { // the time may have run out while nobody listened
			case <-b.came:
				if time.Since(looked) < longest {
					look.Reset(quietFor)
					continue
				}
			default:
			}
			return true, true
		}
	}
}

// catchUp relates what is saved; deciding, also all that this run and those
// before it left undecided.
func (r *Refresher) catchUp(ctx context.Context, decide bool, t *tally) error {
	for more := true; more; {
		if ctx.Err() != nil {
			r.relating.Lock()
			defer r.relating.Unlock()
			r.reset()
			return nil
		}
		var stored bool
		var err error
		if more, stored, err = r.catchUpSome(ctx, decide); err != nil {
			return err
		}
		if stored && !more {
			t.related()
		}
	}
	return nil
}

// catchUpSome takes a batch, and relates all that was taken if it is to decide and
// this is the last one, or if enough was. more says that another is to follow,
// stored that anything was found.
func (r *Refresher) catchUpSome(ctx context.Context, decide bool) (more, stored bool, err error) {
	n, enough, err := r.take()
	if err != nil {
		return false, false, err
	}
	more = n == takeBatch
	r.undecided += n
	whole := decide && !more || r.undecided >= undecidedMost
	if !whole && !enough {
		return more, false, nil
	}
	end, err := r.room.yield(ctx)
	if err != nil { // it is stopped, and so says ctx
		return true, false, nil
	}
	defer end()
	if stored, err = r.relate(ctx, whole); err == nil && whole {
		r.undecided = 0
	}
	return more, stored, err
}

// take has the relater read the next articles, and reports how many these are and
// whether it holds enough.
func (r *Refresher) take() (n int, enough bool, err error) {
	defer r.room.turn()()
	r.relating.Lock()
	defer r.relating.Unlock()
	docs, err := r.o.Library.Unrelated(r.taken, takeBatch)
	if err != nil || len(docs) == 0 {
		return 0, false, err
	}
	r.taken = docs[len(docs)-1].ID
	return len(docs), r.o.Relater.Take(docs), nil
}

func (r *Refresher) relate(ctx context.Context, decide bool) (stored bool, err error) {
	defer r.room.turn()()
	return r.store(true, func() (feeds.Relations, []feeds.IndexChange, error) {
		if decide {
			return r.o.Relater.AddUntil(ctx, nil)
		}
		return r.o.Relater.Insert(nil)
	})
}

// forgetBatch is how many articles the index forgets in one commit.
const forgetBatch = 2000

// forget takes what has left the library out of the index.
func (r *Refresher) forget(ctx context.Context) error {
	for ctx.Err() == nil {
		ids, err := r.o.Library.Left(forgetBatch)
		if err != nil || len(ids) == 0 {
			return err
		}
		if err := r.forgetSome(ids); err != nil {
			return err
		}
	}
	return nil
}

func (r *Refresher) forgetSome(ids []feeds.ArticleID) error {
	r.relating.Lock()
	defer r.relating.Unlock()
	changes, err := r.o.Relater.Forget(ids)
	if err == nil {
		err = r.o.Library.SaveForgotten(ids, changes)
	}
	if err != nil {
		r.reset()
	}
	return err
}

// Correct takes the reader's word on pairs of articles and stores what follows
// from it. While a refresh runs it takes its turn between two batches.
func (r *Refresher) Correct(corrections []feeds.Correction) error {
	_, err := r.store(false, func() (feeds.Relations, []feeds.IndexChange, error) { return r.o.Relater.Correct(corrections) })
	return err
}

// store lets the relater find something and stores it before anything else is
// found, after taking with all that was taken; that nothing was found costs no
// commit.
func (r *Refresher) store(taking bool, find func() (feeds.Relations, []feeds.IndexChange, error)) (stored bool, err error) {
	r.relating.Lock()
	defer r.relating.Unlock()
	var through feeds.ArticleID
	if taking {
		through = r.taken
	}
	relations, changes, err := find()
	if err == nil {
		stored = len(changes) > 0 || through > 0
		if stored {
			err = r.o.Library.SaveRelations(relations, changes, through)
		}
	}
	switch {
	case err != nil:
		r.reset()
	case taking:
		r.taken = 0
	}
	return stored, err
}

// reset makes the relater forget what it had, as something of it is not stored: it
// is given the same articles again.
func (r *Refresher) reset() {
	r.o.Relater.Reset()
	r.taken = 0
}
