package store

import (
	"sync"
	"time"

	"broadsheet/feeds"
)

// A refresh saves again and again. What it adds to the search index is merged
// when it has not saved for mergePause, or mergeMost times: merged after every
// save, the same terms would be written several times over.
const mergePause = time.Second

// worker does what no one waits for: it finishes removals that were cut short,
// then merges search segments when saves have added some, and writes the
// journal of marks anew when it has grown. Its errors need
// no reader: what it leaves undone is tried again, and a damaged file or a
// full disk shows at the next write.
func (l *Library) worker(unfinished []feeds.FeedID) {
	for _, id := range unfinished {
		if err := l.finishRemoving(id, l.stopping); err != nil {
			return
		}
	}
	_ = l.tidyMarks() // a library without its journal of marks gets one
	pause := time.NewTimer(mergePause)
	pause.Stop()
	added := 0
	for merge := l.mergeAll; ; {
		select {
		case merge = <-l.merge:
			if added++; added < mergeMost {
				pause.Reset(mergePause)
				continue
			}
		case <-pause.C:
		case <-l.stop:
			// A library that is opened for each refresh only must merge too.
			if added > 0 || len(l.merge) > 0 {
				_, _ = l.mergeSome()
			}
			return
		}
		added = 0
		_ = l.tidyMarks()
		var merged sync.WaitGroup
		merged.Go(merge)
		merged.Wait()
	}
}

func (l *Library) mergeAll() {
	for more := true; more && !l.stopping(); {
		var err error
		more, err = l.mergeSome()
		more = more && err == nil
	}
}

func (l *Library) stopping() bool {
	select {
	case <-l.stop:
		return true
	default:
		return false
	}
}

// wake tells the worker that there may be segments to merge, and to do so as whoever
// added them works: aside, or not.
func (l *Library) wake() {
	select {
	case l.merge <- feeds.Likewise(l.mergeAll):
	default: // it has been told
	}
}
