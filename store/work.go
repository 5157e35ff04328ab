package store

import "broadsheet/feeds"

// startWork does what no one waits for.
func (l *Library) startWork(unfinished []feeds.FeedID) {
	l.work.Go(func() {
		for _, id := range unfinished {
			if err := l.finishRemoving(id); err != nil {
				return
			}
		}
	})
}
