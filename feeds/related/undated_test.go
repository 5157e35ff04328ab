package related

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

// onDay is the same told by some papers on a day, and by one without a date that
// was seen some hours later.
func onDay(day time.Time, name string, undated feeds.Document) []feeds.Document {
	var docs []feeds.Document
	for i, paper := range []string{"Gazette", "Herald", "Courier"} {
		docs = append(docs, feeds.Document{Outlet: paper, Published: day.Add(time.Duration(i) * time.Hour), Fetched: day.Add(4 * time.Hour),
			Title: fmt.Sprint("Ferry ", name, " runs aground off Marrowby"),
			Text:  fmt.Sprint("The ferry ", name, " ran aground on the Marrowby reef; ", 80+i, " passengers were taken off by the ", paper, " lifeboat."),
		})
	}
	undated.Outlet, undated.Fetched = "Undated", day.Add(8*time.Hour)
	undated.Title, undated.Text = fmt.Sprint("Passengers rescued as ", name, " hits reef at Marrowby"), fmt.Sprint("All passengers left the ferry ", name, " after it ran aground on the reef.")
	return append(docs, undated)
}

// What bears no date, or one from the future, joins the story of the day it was
// seen on, whichever day of an epoch that is and whenever it is related.
func TestTheUndatedJoinTheStoriesOfTheDayTheyWereSeenOn(t *testing.T) {
	for name, undated := range map[string]feeds.Document{"no date": {}, "a wrong clock": {Published: noon.AddDate(0, 6, 0)}} {
		for day := range epochDays + 1 {
			w := newWorld(t)
			w.engine = New(w.index, func() time.Time { return noon.AddDate(1, 0, 0) })
			w.add(filler()...)
			first := feeds.ArticleID(len(w.docs) + 1)
			w.add(onDay(noon.AddDate(0, 0, day), "Calliope", undated)...)
			for id := first + 1; id < first+4; id++ {
				if w.story[id] != w.story[first] {
					t.Errorf("%s, day %d: %s is in story %d, the first in %d", name, day, w.docs[id].Outlet, w.story[id], w.story[first])
				}
			}
			if rows := w.related(first + 3); len(rows) < 3 || rows[0].Kind != feeds.Coverage {
				t.Errorf("%s, day %d: the undated one has the rows %v", name, day, rows)
			} else if rows[0].Why.Apart != 0 {
				t.Errorf("%s: the time between is said to be %v", name, rows[0].Why.Apart)
			}
		}
	}
}

// When it was seen tells columns of the undated apart.
func TestAColumnWithoutDatesIsNoStory(t *testing.T) {
	w := newWorld(t)
	w.add(filler()...)
	first := len(w.docs) + 1
	for day := range 5 {
		var text []string
		for i := range 60 {
			text = append(text, fmt.Sprint("kavo", 36*day+i)) // some of it was in the one before
		}
		w.add(feeds.Document{Outlet: "Undated", Title: "Morning briefing", Text: strings.Join(text, " "), Language: "xx", Fetched: noon.AddDate(0, 0, day)})
	}
	var stories []feeds.StoryID
	for id := first; id < first+5; id++ {
		if s := w.story[feeds.ArticleID(id)]; slices.Contains(stories, s) {
			t.Errorf("two are in story %d", s)
		} else {
			stories = append(stories, s)
		}
	}
}

// A leaf knows the undated ones in it: a search goes by that which leaves it need
// not look at.
func TestALeafKnowsItsUndated(t *testing.T) {
	for name, c := range map[string]struct {
		docs []feeds.Document
		want bool
	}{
		"dated, at midnight": {[]feeds.Document{{Title: "One", Published: noon.Add(12 * time.Hour)}, {Title: "Two", Published: noon.Add(36 * time.Hour)}}, false},
		"in the middle":      {[]feeds.Document{{Title: "One", Published: noon}, {Title: "Two", Fetched: noon.AddDate(0, 0, 2)}, {Title: "Three", Published: noon.AddDate(0, 0, 3)}}, true},
		"behind dated ones of midnight": {[]feeds.Document{{Title: "One", Published: noon.Add(-12 * time.Hour)}, {Title: "Two", Published: noon.Add(-12 * time.Hour)},
			{Title: "Three", Published: noon.Add(-12 * time.Hour)}, {Title: "Four", Fetched: noon}}, true},
		"alone": {[]feeds.Document{{Title: "One", Fetched: noon}}, true},
	} {
		w := newWorld(t)
		w.add(c.docs...)
		got := false
		err := w.index.ViewIndex(func(v feeds.IndexView) error {
			s := &shelf{view: v, seen: map[string]uint32{}, epochs: map[uint32]*epoch{}}
			leaves, err := s.between(0, 1<<32-1)
			for _, l := range leaves {
				got = got || l.hasUndated()
			}
			return err
		})
		if err != nil || got != c.want {
			t.Errorf("%s: %v, %v, want %v", name, got, err, c.want)
		}
	}
}
