package refresh

import (
	"testing"
	"testing/synctest"
	"time"

	"broadsheet/feeds"
)

// A group is what comes within groupWait of its first, unless it is enough.
func TestWhatComesTogetherIsSavedTogether(t *testing.T) {
	for name, c := range map[string]struct {
		comes reading // every millisecond
		want  int
		wait  time.Duration
	}{
		"feeds with nothing new":      {reading{}, int(groupWait / time.Millisecond), groupWait},
		"feeds with many entries":     {reading{fetched: feeds.Fetched{Entries: make([]feeds.Entry, groupEntries/4)}}, 4, 3 * time.Millisecond},
		"documents that take up room": {reading{held: maxHeld / 8}, 4, 3 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				in := make(chan reading)
				go func() {
					defer close(in)
					for range 100 {
						in <- c.comes
						time.Sleep(time.Millisecond)
					}
				}()
				began := time.Now()
				group := gather(<-in, in)
				if took := time.Since(began); len(group) < c.want || len(group) > c.want+1 || took != c.wait {
					t.Errorf("%d of a group after %v, want %d after %v", len(group), took, c.want, c.wait)
				}
				n := len(group)
				for first := range in {
					n += len(gather(first, in))
				}
				if n != 100 {
					t.Errorf("%d came through, want all", n)
				}
			})
		})
	}
}
