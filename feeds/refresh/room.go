package refresh

import (
	"context"
	"sync/atomic"

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
	held   *semaphore.Weighted       // in bytes of documents
	narrow atomic.Pointer[narrowing] // nil while it is not
	desks  *semaphore.Weighted       // documents being read: as many as there are processors
	leeway *feeds.Leeway
}

func newRoom(l *feeds.Leeway) *room {
	return &room{held: semaphore.NewWeighted(maxHeld), desks: semaphore.NewWeighted(floor()), leeway: l}
}

// floor is what all desks stand on: so much that one processor fewer can share it
// out, too.
func floor() int64 {
	n := int64(feeds.Processors())
	return n * max(1, n-1)
}

// desk waits for a desk and returns what to call to leave it.
func (r *room) desk(ctx context.Context) (leave func(), err error) {
	size := floor() / int64(r.leeway.Processors())
	if err := r.desks.Acquire(ctx, size); err != nil {
		return nil, err
	}
	return func() { r.desks.Release(size) }, nil
}

// turn is what saving and relating begin with, and returns what they end with.
// They go on beside the desks; but while leeway is taken each waits for one, and
// all of them together keep no more processors busy than there are.
func (r *room) turn() (end func()) {
	if r.leeway.Taken() {
		if leave, err := r.desk(context.Background()); err == nil {
			return leave
		}
	}
	return func() {}
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

// Thousands of articles are put into the index while others are read. What that
// takes of memory reading goes without meanwhile: relating holds so much of the room,
// and so few documents at a time are fetched for the rest, which would wait outside.
const (
	relatingHolds = maxHeld * 2 / 3
	narrowReads   = 16
)

// narrowing is a time of that.
type narrowing struct {
	reads chan struct{}
	over  chan struct{} // closed at its end
}

// yield makes the room narrow, waits until so much of it is free, and returns what
// to call when it can be had again.
func (r *room) yield(ctx context.Context) (end func(), err error) {
	n := &narrowing{reads: make(chan struct{}, narrowReads), over: make(chan struct{})}
	r.narrow.Store(n)
	widen := func() {
		r.narrow.Store(nil)
		close(n.over)
	}
	if err := r.held.Acquire(ctx, relatingHolds); err != nil {
		widen()
		return nil, err
	}
	return func() {
		widen()
		r.held.Release(relatingHolds)
	}, nil
}

// begin waits until a document may be fetched and read, and returns what to call when
// it is no longer the reader's.
func (r *room) begin(ctx context.Context) (end func(), err error) {
	n := r.narrow.Load()
	if n == nil {
		return func() {}, nil
	}
	select {
	case n.reads <- struct{}{}:
		return func() { <-n.reads }, nil
	case <-n.over:
		return func() {}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
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
		leave, err = r.desk(ctx)
	}
	if err != nil {
		return nil, &fetch.Error{Kind: fetch.Stopped, URL: got.outcome.URL, Err: err}
	}
	return leave, nil
}
