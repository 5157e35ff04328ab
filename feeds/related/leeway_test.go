package related

import (
	"testing"

	"broadsheet/feeds"
)

// While somebody is at the screen, one processor fewer reads and compares.
func TestRelatingLeavesLeeway(t *testing.T) {
	if feeds.Processors() == 1 {
		t.Log("of one processor nothing can be left")
		return
	}
	w := newWorld(t)
	w.engine.Leeway = feeds.NewLeeway(w.engine.now)
	w.engine.Leeway.Take()
	for range feeds.Processors() {
		w.engine.words = append(w.engine.words, newWords())
	}
	w.insert(generated(2000, 23)...)
	if last := w.engine.words[feeds.Processors()-1]; len(last.lexicon.words) > 0 {
		t.Error("all processors read")
	}
	err := w.index.ViewIndex(func(v feeds.IndexView) error {
		tell := newBatch(w.engine, v).teller()
		if err := tell.pushUndecided(); err != nil {
			return err
		}
		if err := tell.decideAll(t.Context()); err != nil {
			return err
		}
		if tell.sweep == nil {
			t.Fatal("so many articles are not swept over, this proves nothing")
		}
		if last := tell.sweep.now.by[feeds.Processors()-1]; last.sum != nil {
			t.Error("all processors gathered")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
