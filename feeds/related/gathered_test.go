package related

import (
	"fmt"
	"testing"
	"time"

	"broadsheet/feeds"
)

// Where all slots pass, and buffers are just as long as there are slots, there is room
// for what is written after the last that passes.
func TestAllSlotsMayComeIntoQuestion(t *testing.T) {
	w := newWorld(t)
	var docs []feeds.Document
	for i := range 200 {
		docs = append(docs, feeds.Document{Outlet: fmt.Sprint("Paper ", i), Title: "Quake shakes Tarmora near Pelworth", Language: "en",
			Text: fmt.Sprint("A quake shook Tarmora near Pelworth harbour, mayor Ida Brandvold said, number ", i), Published: noon.Add(time.Duration(i) * time.Minute)})
	}
	w.insert(docs...)
	err := w.index.ViewIndex(func(v feeds.IndexView) error {
		tell := newBatch(w.engine, v).teller()
		if err := tell.pushUndecided(); err != nil {
			return err
		}
		s := tell.sweep
		defer s.stop()
		if err := tell.decide(tell.queue.pop()); err != nil {
			return err
		}
		n := len(s.slots) - 1
		s.ahead.wait()
		g := &gatherer{crowd: &s.crowd, times: tell.find.times, sum: make([]uint32, n), passed: make([]uint32, n)}
		if got := len(g.gather(n, 0, nil)); got != n {
			t.Errorf("%d of %d slots come into question", got, n)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What a gatherer panics with meets the one who waits for it, where it is dealt with.
func TestAGatherersPanicMeetsWhoWaits(t *testing.T) {
	g := &gathered{by: []*gatherer{{crowd: &crowd{slots: make([]slot, 1)}}}} // a slot of which nothing is held
	g.begin(0, manyGuesses, 1, nil)
	defer func() {
		if recover() == nil {
			t.Error("nobody is told of a panic")
		}
		if g.has(0) {
			t.Error("what was not found is taken for found")
		}
	}()
	g.wait()
}
