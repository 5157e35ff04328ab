package refresh

import (
	"context"
	"time"

	"broadsheet/feeds"
)

// relateBatch is how many articles are related in one commit, at most. A small
// batch rewrites as much of the index as a large one, so relating waits until
// half of one has gathered, or the refresh is over.
const relateBatch = 8000

// undecidedMost is how many articles may wait for their stories to be decided,
// about: while these are, some 300 bytes of each are held. More than that is the
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
			return true, true
		}
	}
}

// catchUp relates what is saved; deciding, also all that this run and those
// before it left undecided.
func (r *Refresher) catchUp(ctx context.Context, decide bool, t *tally) error {
	for more := true; ctx.Err() == nil && more; {
		var stored bool
		var err error
		if more, stored, err = r.catchUpSome(decide); err != nil {
			return err
		}
		if stored && !more {
			t.related()
		}
	}
	return nil
}

// catchUpSome relates a batch; more says that another is to follow, stored that
// anything was found.
func (r *Refresher) catchUpSome(decide bool) (more, stored bool, err error) {
	defer r.room.turn()()
	docs, err := r.o.Library.Unrelated(relateBatch)
	if err != nil || len(docs) == 0 && !decide {
		return false, false, err
	}
	more = !decide || len(docs) == relateBatch
	r.undecided += len(docs)
	whole := !more || r.undecided >= undecidedMost
	if stored, err = r.relate(docs, whole); err == nil && whole {
		r.undecided = 0
	}
	return more, stored, err
}

func (r *Refresher) relate(docs []feeds.Document, decide bool) (stored bool, err error) {
	through := feeds.ArticleID(0)
	if len(docs) > 0 {
		through = docs[len(docs)-1].ID
	}
	return r.store(through, func() (feeds.Relations, []feeds.IndexChange, error) {
		if decide {
			return r.o.Relater.Add(docs)
		}
		return r.o.Relater.Insert(docs)
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
		r.o.Relater.Reset()
	}
	return err
}

// Correct takes the reader's word on pairs of articles and stores what follows
// from it. While a refresh runs it takes its turn between two batches.
func (r *Refresher) Correct(corrections []feeds.Correction) error {
	_, err := r.store(0, func() (feeds.Relations, []feeds.IndexChange, error) { return r.o.Relater.Correct(corrections) })
	return err
}

// store lets the relater find something and stores it before anything else is
// found; that nothing was found costs no commit. If either fails, the relater
// forgets what it had.
func (r *Refresher) store(through feeds.ArticleID, find func() (feeds.Relations, []feeds.IndexChange, error)) (stored bool, err error) {
	r.relating.Lock()
	defer r.relating.Unlock()
	relations, changes, err := find()
	if err == nil {
		stored = len(changes) > 0 || through > 0
		if stored {
			err = r.o.Library.SaveRelations(relations, changes, through)
		}
	}
	if err != nil {
		r.o.Relater.Reset()
	}
	return stored, err
}
