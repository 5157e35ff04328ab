package refresh

import (
	"context"

	"golang.org/x/sync/semaphore"

	"broadsheet/feeds"
	"broadsheet/feeds/fetch"
)

// Feeds wait for their servers many at a time, and are read few at a time, so
// that however many come together, and however large they are, the memory of a
// refresh stays what a few of them take.

// maxHeld is how many bytes of documents are read, or wait to be saved, at once.
// Read and cleaned, a document takes several times its size.
const maxHeld = 6 << 20

type room struct {
	held  *semaphore.Weighted // in bytes of documents
	desks *semaphore.Weighted // documents being read: as many as there are processors
}

func newRoom() *room {
	return &room{held: semaphore.NewWeighted(maxHeld), desks: semaphore.NewWeighted(int64(feeds.Processors()))}
}

// hold waits for room for a document, until it is saved or dropped. One that
// needs more than there is gets all of it.
func (r *room) hold(ctx context.Context, got *reading, size int64) error {
	size = min(size, maxHeld)
	if err := r.held.Acquire(ctx, size); err != nil {
		return err
	}
	got.held += size
	got.release = append(got.release, func() { r.held.Release(size) })
	return nil
}

// large is what a fetch asks for room for a large document.
func (r *room) large(got *reading) func(context.Context, int64) error {
	return func(ctx context.Context, size int64) error { return r.hold(ctx, got, size) }
}

// sit waits until a document can be read, and returns what to call once it is.
func (r *room) sit(ctx context.Context, got *reading, size int64) (leave func(), err error) {
	if size <= fetch.LargeBody {
		err = r.hold(ctx, got, size)
	}
	if err == nil {
		err = r.desks.Acquire(ctx, 1)
	}
	if err != nil {
		return nil, &fetch.Error{Kind: fetch.Stopped, URL: got.outcome.URL, Err: err}
	}
	return func() { r.desks.Release(1) }, nil
}
