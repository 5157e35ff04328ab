package ui

import (
	"runtime"
	"testing"

	"broadsheet/feeds"
)

// What keeps processors busy goes by feeds.Processors, which must leave some of
// what may run at once to the screen.
func TestTheScreenHasProcessorsThatARefreshLeavesAlone(t *testing.T) {
	before, busy := runtime.GOMAXPROCS(0), feeds.Processors()
	leave := spareProcessors()
	if now := runtime.GOMAXPROCS(0); feeds.Processors() != busy || now <= 2*before {
		t.Errorf("%d may run at once, of which a refresh takes %d for reading and as many for relating", now, feeds.Processors())
	}
	if leave(); runtime.GOMAXPROCS(0) != before {
		t.Errorf("%d may run at once afterwards, want %d", runtime.GOMAXPROCS(0), before)
	}
}
