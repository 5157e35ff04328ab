package ui_test

import (
	"testing"

	"broadsheet/feeds"
	"broadsheet/ui/uitest"
)

func TestUndoTakesBackThatOpeningMarkedRead(t *testing.T) {
	l, ids := wired()
	d := uitest.New(t, uitest.Deps(l), 140, 40)
	d.Press("1", "j", "j", "j", "enter", "j", "enter") // All: a text of three outlets
	if s := l.Status(ids[4]); !s.Read {
		t.Fatalf("opening left it %+v", s)
	}
	d.Press("z")
	d.Contains("Unread again, as before you opened it, and its 2 copies with it.", "7 unread of 7")
	for _, id := range ids[4:] {
		if l.Status(id) != (feeds.Status{}) {
			t.Errorf("undo left %+v on copy %d", l.Status(id), id)
		}
	}
	d.Press("z")
	d.Contains("There is nothing to undo.")
}

// What was opened since does not bury what was marked by hand: one z more
// reaches it, however many articles were opened.
func TestOnlyTheLastOpeningComesBeforeWhatWasMarked(t *testing.T) {
	l, ids := small()
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	d.Press("1", "j", "j", "j", "enter", "s") // All
	saved := l.Status(ids[2]).Saved
	d.Press("enter", "J", "J")
	opened := 0
	for _, id := range ids {
		if l.Status(id).Read {
			opened++
		}
	}
	if !saved || opened != 3 {
		t.Fatalf("%d were opened, and the first is saved: %v", opened, saved)
	}
	d.Press("z")
	d.Contains("Unread again, as before you opened it.")
	d.Press("z")
	d.Contains("Taken back for 1 article.")
	if l.Status(ids[2]).Saved || !l.Status(ids[2]).Read {
		t.Errorf("undo left %+v", l.Status(ids[2]))
	}
	d.Press("z")
	d.Contains("There is nothing to undo.")
}

// A mark made after an article was opened is the last act, and what it was made
// upon stays read.
func TestAMarkAfterOpeningIsTakenBackFirstAndAlone(t *testing.T) {
	l, ids := small()
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	d.Press("enter", "s", "z")
	d.Contains("Taken back for 1 article.")
	d.Press("z")
	d.Contains("There is nothing to undo.")
	if s := l.Status(ids[0]); !s.Read || s.Saved {
		t.Errorf("undo left %+v", s)
	}
}

// Opening what was read before marks nothing, so that undo goes to what did.
func TestOpeningWhatWasReadIsNothingToUndo(t *testing.T) {
	l, ids := small()
	d := uitest.New(t, uitest.Deps(l), 120, 30)
	d.Press("N", "enter", "z")
	d.Contains("Taken back for 1 article.")
	if l.Status(ids[0]).Read {
		t.Error("it is still read")
	}
}
