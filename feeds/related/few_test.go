package related

import (
	"testing"

	"broadsheet/feeds"
)

// A library may hold next to nothing else, or nothing else in a language. What its
// few articles have in common is no less rare for that: three reports of one event
// are a story, and each covers the others; those of another are another's.
func TestALibraryOfAFewArticles(t *testing.T) {
	list := happenings(20)
	for i, h := range list {
		n := newNarrator(uint64(i))
		w := newWorld(t)
		for _, outlet := range []string{"Gazette", "Herald", "Courier"} {
			w.add(n.tell(outlet, h))
		}
		w.oneStory(1, 2, 3)
		other := n.tell("Gazette", list[(i+1)%len(list)])
		other.Published = noon.Add(h.when)
		w.add(other)
		w.oneStory(1, 2, 3)
		if kind, _ := w.kind(1, 4); w.story[4] == w.story[1] || kind == feeds.Coverage {
			t.Errorf("happening %d: another one is in its story or covers it", i)
		}
	}
}

// oneStory reports it where articles are not of one story, or do not cover each
// other.
func (w *world) oneStory(ids ...feeds.ArticleID) {
	w.t.Helper()
	for _, id := range ids {
		if w.story[id] != w.story[ids[0]] {
			w.t.Errorf("%q is not in the story of %q", w.docs[id].Title, w.docs[ids[0]].Title)
		}
		for _, to := range ids {
			if kind, _ := w.kind(id, to); id != to && kind != feeds.Coverage {
				w.t.Errorf("%q does not cover %q", w.docs[to].Title, w.docs[id].Title)
			}
		}
	}
}
