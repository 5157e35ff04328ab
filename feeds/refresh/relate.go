package refresh

import (
	"context"

	"broadsheet/feeds"
)

// relateBatch is how many articles are related in one commit.
const relateBatch = 2000

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
	relations, changes, err := r.o.Relater.Add(docs)
	if err != nil {
		r.o.Relater.Reset()
		return err
	}
	if err := r.o.Library.SaveRelations(relations, changes, docs[len(docs)-1].ID); err != nil {
		r.o.Relater.Reset()
		return err
	}
	return nil
}
