package ui

import (
	"testing"
	"time"

	"broadsheet/feeds"
)

// A view of a million articles may be marked and that be taken back. It takes an
// hour to look for each of them among all of them.
func TestAMillionMarksAreTakenInAtOnce(t *testing.T) {
	ids := make([]feeds.ArticleID, 1_000_000)
	for i := range ids {
		ids[i] = feeds.ArticleID(i + 1)
	}
	a := New(Deps{Clock: time.Now})
	a.stored(mark{change: feeds.StatusChange{Read: yes()}, whole: true, told: true}, ids)
	if said := a.status.Message(); said != "Marked 1,000,000 articles read." {
		t.Errorf("it says %q", said)
	}
	back := a.marks.done[0].mark
	if len(back.ids) != len(ids) {
		t.Fatalf("undo would take back %d", len(back.ids))
	}
	a.stored(back, ids)
	if said := a.status.Message(); said != "Taken back for 1,000,000 articles." {
		t.Errorf("it says %q", said)
	}
}
