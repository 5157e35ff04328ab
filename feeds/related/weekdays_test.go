package related

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/feeds"
)

func TestDaysThatAnArticleNames(t *testing.T) {
	const mon, tue, sun = 1, 2, 1 << 6
	w := newWords()
	for _, c := range []struct {
		title, text string
		want        weekdays
	}{
		{"Quake on MONDAY", "It shook the town.", mon},
		{"Quake", "Monday’s quake was felt until Tuesday.", mon | tue},
		{"Beben", "Die Erde bebte am Dienstagabend.", tue},
		{"Séisme", "La terre a tremblé dimanche.", sun},
		{"地震", "星期一上午发生地震。", mon},
		{"地震", "月曜日に地震があった。", mon},
		{"Quake", "Sun and moon were seen, the money is gone.", 0},
	} {
		if got := w.read(feeds.Document{ID: 1, Title: c.title, Text: c.text}).days; got != c.want {
			t.Errorf("%q, %q names the days %07b, want %07b", c.title, c.text, got, c.want)
		}
	}
}

// Of reports that are equally alike the one that names another day comes last; of
// what has no date nobody knows which week's day it is.
func TestAnotherDayIsAnotherThing(t *testing.T) {
	list := happenings(20)
	for _, dated := range []bool{true, false} {
		last := 0
		for i, h := range list {
			w := newWorld(t)
			r := rand.New(rand.NewPCG(uint64(i), 6))
			for k, day := range []string{"Monday", "Monday", "Tuesday", "Monday", ""} {
				words := slices.Concat(h.names, h.words[:2]) // which all have amid others of their own
				for range 3 * len(words) {
					words = append(words, madeWord(r, 5))
				}
				r.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
				d := told(fmt.Sprint("Paper ", k), h.names[0]+" "+h.words[0], day+" "+strings.Join(words, " "), 0)
				if !dated {
					d.Published = time.Time{}
				}
				w.add(d)
			}
			scores := map[feeds.ArticleID]float64{}
			for _, row := range w.related(1) {
				scores[row.Article] = row.Score
			}
			if scores[3] < min(scores[2], scores[4], scores[5])-0.01 {
				last++
			}
		}
		if dated && last != len(list) || !dated && last > 0 {
			t.Errorf("dated %v: another day is last of all in %d of %d", dated, last, len(list))
		}
	}
}
