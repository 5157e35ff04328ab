package related

import (
	"slices"
	"testing"
	"time"

	"broadsheet/feeds"
)

func someLeaf(t *testing.T) *leaf {
	seg, err := openSegment(encodeSegment(someArticles(60)))
	if err != nil {
		t.Fatal(err)
	}
	return &leaf{seg: seg}
}

// In a story of many the bare headline is the likelier to be; an article with a
// text says itself what it is about.
func TestABareHeadlineGoesWithABigStory(t *testing.T) {
	const many = 3 * storyMany
	l := someLeaf(t)
	l.states = []state{{founder: 1, leader: 1, story: 1}}
	rows := []hit{{ref: ref{l, 0}, score: 0.5}}
	for i := range many {
		l.states = append(l.states, state{founder: 2, leader: uint64(i + 2), story: 2})
		rows = append(rows, hit{ref: ref{l, i + 1}, score: 0.45})
	}
	if rows := together(slices.Clone(rows), 3, false); rows[0].i != 0 {
		t.Error("of an article with a text the lone one, which is nearer, is not the first")
	}
	got := together(slices.Clone(rows), 3, true)
	if got[0].i == 0 || got[many].i != 0 {
		t.Error("of a bare headline the lone one comes before the story of many")
	}
}

// Of two candidates as near as each other the one goes first whose neighbours are
// near too: in a story of many, of a bare headline.
func TestABareHeadlineIsKnownByItsCompany(t *testing.T) {
	l := someLeaf(t)
	candidates := func(many int) (list []hit, links [][]tieTo) {
		l.states = nil
		links = make([][]tieTo, many)
		for i := range many {
			l.states = append(l.states, state{founder: 1, leader: uint64(i + 1), story: 1})
			score := 0.6
			if i%2 == 1 {
				score = 0.2
			}
			list = append(list, hit{ref: ref{l, i}, score: score})
			for k := range many {
				if k != i && k%2 == i%2 { // the near ones are like each other, the far ones too
					links[i] = append(links[i], tieTo{k, 0.5})
				}
			}
		}
		list[1].score = list[0].score // among the far ones
		return list, links
	}
	list, links := candidates(2 * companyMany)
	company(list, links)
	if list[0].score <= list[1].score {
		t.Errorf("the one with near neighbours has %.2f, the one with far ones %.2f", list[0].score, list[1].score)
	}
	list, links = candidates(companyMany)
	if company(list, links); list[0].score != list[1].score {
		t.Error("neighbours count in a small story")
	}

	s := newSearcher()
	list, _ = candidates(2 * companyMany)
	text, headline := s.support(slices.Clone(list), false), s.support(slices.Clone(list), true)
	if slices.EqualFunc(text, headline, func(a, b hit) bool { return a.i == b.i && a.score == b.score }) {
		t.Error("the company counts as little for a bare headline as for a text")
	}
	if s.support(list, false); list[0].score != list[1].score {
		t.Error("the company counts where an article with a text is asked about")
	}
}

func TestFeedbackTakesAllThatComeNearTheBest(t *testing.T) {
	l := someLeaf(t)
	hits := func(scores ...float64) (list []hit) {
		for i, s := range scores {
			list = append(list, hit{ref: ref{l, i}, score: s})
		}
		return list
	}
	const nobody = 0
	for _, c := range []struct {
		name string
		hits []hit
		want int
	}{
		{"a few of the best", hits(0.9, 0.5, 0.4, 0.39, 0.38), feedbackCount},
		{"none that is weak", hits(0.9, feedbackMin, feedbackMin-0.01), 2},
		{"all that come near the best", hits(0.6, 0.59, 0.58, 0.57, 0.56, 0.55, 0.3), 6},
		{"not too many of them", hits(slices.Repeat([]float64{0.5}, 3*feedbackMost)...), feedbackMost},
	} {
		if got := strongest(c.hits, nobody); len(got) != c.want {
			t.Errorf("%s: %d articles, want %d", c.name, len(got), c.want)
		}
	}
	own := l.seg.outlet(0)
	for _, h := range strongest(hits(0.9, 0.8, 0.8, 0.8, 0.8, 0.8), own) {
		if l.seg.outlet(h.i) == own {
			t.Error("feedback from the asked article's own outlet")
		}
	}
}

func TestAnOrdinaryWordAloneBindsNothing(t *testing.T) {
	for _, c := range []struct {
		name, word string
		want       bool
	}{
		{"an ordinary word", "beginning", false},
		{"a number", "40", false},
		{"a word that tells", "sturgeon", true},
	} {
		w := newWorld(t)
		docs := append(filler(),
			told("Harbour Post", "Bakers of Lisbon sell "+c.word+" loaves", "Crusts crackle where ovens glow and flour drifts over marble counters near tram depots.", 0),
			told("Valley News", "Glaciers reveal "+c.word+" skeletons", "Climbers photographed moraines while geologists drilled frozen cores beneath ridges.", time.Hour))
		w.add(docs...)
		a, b := docs[len(docs)-2].ID, docs[len(docs)-1].ID
		if got := slices.ContainsFunc(w.related(a), func(r feeds.Related) bool { return r.Article == b }); got != c.want {
			t.Errorf("%s in common: related %v, want %v", c.name, got, c.want)
		}
	}
}
