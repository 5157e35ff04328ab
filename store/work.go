package store

import "broadsheet/feeds"

// worker does what no one waits for: it finishes removals that were cut short,
// then merges search segments whenever a save has added some, and writes the
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
	for {
		select {
		case <-l.merge:
			_ = l.tidyMarks()
			for more := true; more && !l.stopping(); {
				var err error
				more, err = l.mergeSome()
				more = more && err == nil
			}
		case <-l.stop:
			// A library that is opened for each refresh only must merge too.
			select {
			case <-l.merge:
				_, _ = l.mergeSome()
			default:
			}
			return
		}
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

// wake tells the worker that there may be segments to merge.
func (l *Library) wake() {
	select {
	case l.merge <- struct{}{}:
	default: // it has been told
	}
}
