package related

import (
	"testing"
	"time"

	"broadsheet/feeds"
)

// Articles with too little text to go by are no copies of each other, however much
// alike their headlines are.
func TestWithoutEnoughTextThereAreNoCopies(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		apart time.Duration
	}{
		"no text":              {"", time.Hour},
		"no text, days apart":  {"", 5 * 24 * time.Hour},
		"a few words":          {"Read the whole story.", time.Hour},
		"a few, days apart":    {"Read the whole story.", 5 * 24 * time.Hour},
		"only signs and space": {" … \n ", time.Hour},
	} {
		w := newWorld(t)
		w.add(append(filler(),
			told("Gazette", "Ferry Calliope aground off Marrowby reef", c.text, 0),
			told("Herald", "Ferry Calliope aground off the Marrowby reef", c.text, c.apart))...)
		n := feeds.ArticleID(len(filler()) + 1)
		if len(w.copies[n])+len(w.copies[n+1]) > 0 {
			t.Errorf("%s: copies %v and %v", name, w.copies[n], w.copies[n+1])
		}
		if kind, _ := w.kind(n, n+1); kind == "" {
			t.Errorf("%s: the other headline is not related", name)
		}
	}
}

// An outlet that gives no texts does not put the same text under all its titles:
// what it tells of an event the day after is related.
func TestAnOutletOfTitlesOnly(t *testing.T) {
	w := newWorld(t)
	w.add(append(filler(),
		told("Ticker", "Ferry Calliope aground off Marrowby reef", "", 0),
		told("Ticker", "Marrowby reef: divers reach ferry Calliope", "", 26*time.Hour))...)
	n := feeds.ArticleID(len(filler()) + 1)
	if kind, _ := w.kind(n, n+1); kind == "" {
		t.Error("the headline of the next day is not related")
	}
}

// A date in the future is none: the article is told with the others, and nobody is
// told how much later it came.
func TestAWrongClockIsNoDate(t *testing.T) {
	w := newWorld(t)
	w.engine = New(w.index, func() time.Time { return noon.AddDate(0, 0, 3) })
	w.add(append(filler(),
		told("Gazette", "Ferry Calliope aground off Marrowby reef", "Eighty passengers of the ferry Calliope were taken off the reef at Marrowby.", 0),
		told("Herald", "Calliope: eighty passengers taken off the reef", "The ferry Calliope lies on the Marrowby reef; all eighty passengers are safe.", 9000*time.Hour))...)
	n := feeds.ArticleID(len(filler()) + 1)
	rows := w.related(n)
	if len(rows) == 0 || rows[0].Article != n+1 || rows[0].Kind != feeds.Coverage || rows[0].Why.Apart != 0 {
		t.Errorf("related are %+v; want the one with the wrong clock, at no known time", rows)
	}
}
