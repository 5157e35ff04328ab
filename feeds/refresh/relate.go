package refresh

import (
	"context"

	"broadsheet/feeds"
)

// relateBatch is how many articles are related in one commit, at most. A small
// batch rewrites as much of the index as a large one, so relating waits until
// half of one has gathered, or the refresh is over.
const relateBatch = 8000

// relateAll relates what is saved, each time the bell rings and once more when
// it has rung for the last time. The first pass takes up what an earlier run
// left behind.
func (r *Refresher) relateAll(ctx context.Context, rung *bell, t *tally) error {
	for {
		if err := r.catchUp(ctx, t); err != nil {
			return err
		}
		if _, more := <-rung.c; !more {
			return r.catchUp(ctx, t)
		}
	}
}

func (r *Refresher) catchUp(ctx context.Context, t *tally) error {
	for ctx.Err() == nil {
		docs, err := r.o.Library.Unrelated(relateBatch)
		if err != nil || len(docs) == 0 {
			return err
		}
		if err := r.relate(docs); err != nil {
			return err
		}
		t.related()
	}
	return nil
}

func (r *Refresher) relate(docs []feeds.Document) error {
	return r.store(docs[len(docs)-1].ID, func() (feeds.Relations, []feeds.IndexChange, error) { return r.o.Relater.Add(docs) })
}

// Correct takes the reader's word on pairs of articles and stores what follows
// from it. While a refresh runs it takes its turn between two batches.
func (r *Refresher) Correct(corrections []feeds.Correction) error {
	return r.store(0, func() (feeds.Relations, []feeds.IndexChange, error) { return r.o.Relater.Correct(corrections) })
}

// store lets the relater find something and stores it before anything else is
// found. If either fails, the relater forgets what it had.
func (r *Refresher) store(through feeds.ArticleID, find func() (feeds.Relations, []feeds.IndexChange, error)) error {
	r.relating.Lock()
	defer r.relating.Unlock()
	relations, changes, err := find()
	if err == nil {
		err = r.o.Library.SaveRelations(relations, changes, through)
	}
	if err != nil {
		r.o.Relater.Reset()
	}
	return err
}
