package ui

import (
	"testing"
	"time"

	"broadsheet/ui/settings"

	tea "charm.land/bubbletea/v2"
)

// A fault while drawing ends the program too: the picture stays empty, and the
// loop is told to end.
func TestAFaultWhileDrawing(t *testing.T) {
	told := make(chan struct{})
	w := &watched{quit: func() { close(told) }} // no App: drawing it fails
	if v := w.View(); v.Content != "" || !v.AltScreen {
		t.Errorf("it drew %+v", v)
	}
	<-told
	if w.fault() == nil {
		t.Error("the fault is not known")
	}
}

// What looks after a fault leaves nothing out of what the App does with a
// message: its pictures are looked after, too.
func TestWhatIsWatchedIsTheWholeApp(t *testing.T) {
	app := New(Deps{Settings: settings.Default(), Clock: time.Now})
	app.gallery.hung = hanging{shown: true} // of an article that is no longer there
	w := &watched{app: app}
	w.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if w.fault() != nil || app.gallery.hung.shown {
		t.Errorf("the pictures hang on; fault %v", w.fault())
	}
}
