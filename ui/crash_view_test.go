package ui

import "testing"

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
