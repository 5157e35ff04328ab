package ui

import (
	"errors"
	"syscall"
	"testing"
	"time"

	"broadsheet/feeds"

	tea "charm.land/bubbletea/v2"
)

// worths is a library that notes what the threads which read it are worth to the
// system: one that gives way to others is worth less.
type worths struct {
	Library
	t    *testing.T
	seen []int
}

func (w *worths) note() error {
	n, err := syscall.Getpriority(syscall.PRIO_PROCESS, 0)
	if err != nil {
		w.t.Error(err)
	}
	w.seen = append(w.seen, n)
	return errors.New("that is all it has")
}

func (w *worths) Subscriptions() ([]feeds.Subscription, error) { return nil, w.note() }

func (w *worths) Page(feeds.View, feeds.Cursor, int, bool) ([]feeds.Item, error) {
	return nil, w.note()
}

// What a refresh has the screen read anew is read behind it, what a key asks for is
// not.
func TestWhatComesInIsReadAside(t *testing.T) {
	lib := &worths{t: t}
	_ = lib.note()
	usual := lib.seen[0]
	if usual <= 1 {
		return // as nice as can be already: there is nothing to stand back to
	}
	a := New(Deps{Library: lib, Clock: time.Now, Leeway: feeds.NewLeeway(time.Now)})
	a.deps.Leeway.Watch()
	a.view = feeds.View{Kind: feeds.ViewAll}

	lib.seen = nil
	for _, cmd := range a.reload()().(tea.BatchMsg) {
		cmd()
	}
	if len(lib.seen) != 2 || lib.seen[0] >= usual || lib.seen[1] >= usual {
		t.Errorf("counts and rows were read by threads worth %d, want less than %d", lib.seen, usual)
	}
	lib.seen = nil
	a.loadView(a.view, wanted{})()
	if len(lib.seen) != 1 || lib.seen[0] != usual {
		t.Errorf("what was asked for was read by threads worth %d, want %d", lib.seen, usual)
	}
}
