package ui_test

import (
	"errors"
	"reflect"
	"testing"

	"broadsheet/feeds"
	"broadsheet/ui/uitest"
)

// corrected is wired with a refresher that moves articles between stories.
func corrected(t *testing.T) (*uitest.Driver, *uitest.Library, *uitest.Refresher, []feeds.ArticleID) {
	t.Helper()
	l, ids := wired()
	r := &uitest.Refresher{}
	r.Amend = func(words []feeds.Correction) error {
		for _, w := range words {
			if w.Same != w.Taken {
				l.Move(w.B, l.StoryOf(w.A))
			} else if l.StoryOf(w.A) == l.StoryOf(w.B) {
				l.Move(w.B, 0)
			}
		}
		return nil
	}
	deps := uitest.Deps(l)
	deps.Refresher = r
	return uitest.New(t, deps, 140, 40), l, r, ids
}

func TestJoiningStories(t *testing.T) {
	d, l, r, ids := corrected(t)
	d.Press("1", "j", "j", "j", "enter", "G", "enter") // the gulls, of the same feed as the storm
	d.Contains("No other outlet tells this story", "Background")
	d.Press("4", "M")
	d.Contains("The two are one story now. z takes it back.")
	if want := [][]feeds.Correction{{{A: ids[3], B: ids[0], Same: true}}}; !reflect.DeepEqual(r.Told, want) {
		t.Fatalf("told %v, want %v", r.Told, want)
	}
	if l.StoryOf(ids[0]) != l.StoryOf(ids[3]) {
		t.Fatal("the stories are not joined")
	}
	d.Contains("Coverage")
	d.Lacks("Background", "No other outlet")
	d.Press("z")
	d.Contains("Your correction is taken back.", "No other outlet tells this story")
	if want := []feeds.Correction{{A: ids[3], B: ids[0], Same: true, Taken: true}}; !reflect.DeepEqual(r.Told[1], want) {
		t.Errorf("undo told %v, want %v", r.Told[1], want)
	}
	d.Press("z")
	d.Contains("There is nothing to undo.")
}

func TestTakingARelatedArticleOut(t *testing.T) {
	d, _, r, ids := corrected(t)
	d.Press("enter", "4")
	d.Contains("● Morning Ledger")
	d.Press("X")
	d.Contains("The article is out of the story. z takes it back.")
	var want []feeds.Correction
	for _, id := range []feeds.ArticleID{ids[0], ids[4], ids[5], ids[6]} {
		want = append(want, feeds.Correction{A: id, B: ids[1]})
	}
	if !reflect.DeepEqual(r.Told, [][]feeds.Correction{want}) {
		t.Errorf("told %v, want %v", r.Told, want)
	}
	d.Lacks("● Morning Ledger          1 h later")
	d.Press("z")
	d.Contains("● Morning Ledger          1 h later")
}

func TestTakingTheOpenArticleOutLeavesItsTextTogether(t *testing.T) {
	d, _, r, ids := corrected(t)
	d.Press("1", "j", "j", "j", "enter", "j", "enter", "X") // Parrot
	if want := [][]feeds.Correction{{{A: ids[0], B: ids[6]}, {A: ids[1], B: ids[6]}}}; !reflect.DeepEqual(r.Told, want) {
		t.Errorf("told %v, want %v", r.Told, want)
	}
	d.Press("2", "G", "enter", "X") // the gulls
	d.Contains("The article has no story to be taken out of.")
	if len(r.Told) != 1 {
		t.Errorf("told %v", r.Told[1:])
	}
}

func TestCorrectionsNeedAnArticleToBeAbout(t *testing.T) {
	d, _, r, _ := corrected(t)
	d.Press("M")
	d.Contains("To join two stories, choose a related article first.")
	d.Press("X")
	d.Contains("To take an article out of its story, open it")
	if len(r.Told) != 0 {
		t.Errorf("told %v", r.Told)
	}
}

// A word cannot be unsaid, so that undoing one that was not needed would do harm.
func TestWhatIsSoAlreadyIsNotSaid(t *testing.T) {
	d, _, r, _ := corrected(t)
	d.Press("enter", "4")
	d.Contains("● Morning Ledger")
	d.Press("M")
	d.Contains("The two are one story already.")
	d.Press("G", "X")
	d.Contains("The article is background, not a part of the story.")
	d.Press("z")
	d.Contains("Unread again, as before you opened it.")
	d.Press("z")
	d.Contains("There is nothing to undo.")
	if len(r.Told) != 0 {
		t.Errorf("told %v", r.Told)
	}
}

func TestACorrectionThatFailsIsSaid(t *testing.T) {
	d, _, r, _ := corrected(t)
	r.Amend = func([]feeds.Correction) error { return errors.New("the library cannot be written: the disk is full") }
	d.Press("enter", "4", "X")
	d.Contains("the disk is full", "● Morning Ledger")
	d.Press("z")
	d.Contains("Unread again, as before you opened it.")
	d.Press("z")
	d.Contains("There is nothing to undo.")
	d.Press("4")
	d.Tap("X", "Q")
	d.Settle()
	d.Contains("the disk is full")
	if d.Quit {
		t.Error("the program ended without a word")
	}
}

func TestCorrectionsKeepTheirOrderAndQuitWaitsForThem(t *testing.T) {
	d, _, r, _ := corrected(t)
	d.Press("enter", "4", "X", "4", "k")
	d.Tap("z", "X", "Q")
	d.Settle()
	if !d.Quit || len(r.Told) != 3 || !r.Told[1][0].Taken || r.Told[2][0].Taken {
		t.Errorf("told %v, quit %v", r.Told, d.Quit)
	}
}
