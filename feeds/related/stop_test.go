package related

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync/atomic"
	"testing"

	"broadsheet/feeds"
)

// shortLived is a context that ends once it was asked so often whether it has.
type shortLived struct {
	context.Context
	left atomic.Int64
}

func (s *shortLived) Err() error {
	if s.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

func stopping(t *testing.T, after int64) (ctx *shortLived, leave func()) {
	cancelled, leave := context.WithCancel(t.Context())
	ctx = &shortLived{Context: cancelled}
	ctx.left.Store(after)
	return ctx, leave
}

// Wherever deciding is stopped, the articles are in the index, each once, and the
// next run has the stories that there would be.
func TestWhatWasStoppedIsDecidedByTheNextRun(t *testing.T) {
	docs := dense(600)
	first, second := docs[:300], docs[300:]
	sure := newWorld(t)
	sure.add(slices.Clone(first)...)
	sure.add(slices.Clone(second)...)
	want, rows := sure.partition(), fmt.Sprint(sure.related(5), sure.related(400))
	stops := 0
	for after := int64(0); ; after = 2*after + 1 {
		w := newWorld(t)
		w.add(slices.Clone(first)...)
		ctx, leave := stopping(t, after)
		defer leave()
		said := feeds.Relations{}
		w.put(func(docs []feeds.Document) (r feeds.Relations, c []feeds.IndexChange, err error) {
			r, c, err = w.engine.AddUntil(ctx, docs)
			said = r
			return r, c, err
		}, slices.Clone(second))
		stopped := ctx.left.Load() < 0
		if stopped {
			stops++
			if len(said.Story) > 0 || len(said.Copies) > 0 {
				t.Errorf("stopped after %d steps, it tells of %d stories that are not stored", after, len(said.Story))
			}
			if got := w.lying(); !maps.Equal(got, sure.lying()) {
				t.Errorf("stopped after %d steps, %d articles lie in the index, want %d", after, len(got), len(docs))
			}
			w.add()
		}
		if got := w.partition(); got != want {
			t.Errorf("stopped after %d steps, the stories are others in the end", after)
		}
		if got := fmt.Sprint(w.related(5), w.related(400)); got != rows {
			t.Errorf("stopped after %d steps, there is beside the articles\n%s\nwant\n%s", after, got, rows)
		}
		if !maps.EqualFunc(w.index, sure.index, slices.Equal) {
			t.Errorf("stopped after %d steps, the index is another in the end", after)
		}
		if !stopped {
			break
		}
	}
	if stops < 5 {
		t.Errorf("it was stopped %d times only", stops)
	}
}

// Where articles are replaced only the batch knows whose stories they leave, so a
// stop stores nothing of it: they are given again.
func TestAStopWhileArticlesAreReplacedStoresNothing(t *testing.T) {
	docs := dense(200)
	sure := newWorld(t)
	sure.add(slices.Clone(docs)...)
	sure.add(slices.Clone(docs[:50])...)
	w := newWorld(t)
	w.add(slices.Clone(docs)...)
	ctx, leave := stopping(t, 3)
	defer leave()
	if _, changes, err := w.engine.AddUntil(ctx, slices.Clone(docs[:50])); !errors.Is(err, errStopped) || len(changes) > 0 {
		t.Errorf("got %d changes, %v", len(changes), err)
	}
	w.engine.Reset()
	w.add(slices.Clone(docs[:50])...)
	if w.partition() != sure.partition() {
		t.Error("the stories are others in the end")
	}
}
