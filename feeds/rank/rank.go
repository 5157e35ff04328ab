// Package rank orders stories for the front page.
//
//	front := rank.Front(stories, time.Now())
//	front, err := rank.Best(sizes, 200, time.Now(), library.StoriesOf) // the first 200, few others read
package rank

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"time"

	"broadsheet/feeds"
)

// Span is how far back the front page looks: stories with nothing new since are
// not on it.
const Span = 3 * 24 * time.Hour

// halfLife is how long it takes a story without news to lose half its weight.
const halfLife = 12 * time.Hour

// growthSpan is the time over which growth is counted, and growthHalf the
// outlets that have to join in it for half of what growth can give.
const (
	growthSpan = 6 * time.Hour
	growthHalf = 3
)

// Front returns the stories, best first. A story weighs
//
//	outlets^1.2 · (1 + growth/(growth+growthHalf)) · 2^(-age/halfLife)
//
// where outlets are the independent ones, copies not counted, growth is how
// many joined the first in growthSpan, on the average of the story's time, and
// age is the time since its latest article. Of equals the later one comes first, then the
// one with the higher id. The slice given is not changed.
func Front(stories []feeds.Story, now time.Time) []feeds.Story {
	type ranked struct {
		story  feeds.Story
		weight float64
	}
	list := make([]ranked, len(stories))
	for i, s := range stories {
		list[i] = ranked{s, weight(s, now)}
	}
	slices.SortStableFunc(list, func(a, b ranked) int {
		switch {
		case a.weight > b.weight:
			return -1
		case a.weight < b.weight:
			return 1
		case a.story.Latest.After(b.story.Latest):
			return -1
		case b.story.Latest.After(a.story.Latest):
			return 1
		case a.story.ID > b.story.ID:
			return -1
		case a.story.ID < b.story.ID:
			return 1
		}
		return 0
	})
	out := make([]feeds.Story, len(list))
	for i, r := range list {
		out[i] = r.story
	}
	return out
}

// Best returns the first n that Front returns of the stories with these sizes, or
// all if there are fewer. Only those are read that may be among them: a story of
// so many articles has so many outlets at most, and grew in growthSpan at most.
// read gives stories with these ids, but for those that are no more.
func Best(sizes []feeds.StorySize, n int, now time.Time, read func([]feeds.StoryID) ([]feeds.Story, error)) ([]feeds.Story, error) {
	type candidate struct {
		id   feeds.StoryID
		most float64 // that it may weigh
	}
	list := make([]candidate, len(sizes))
	for i, s := range sizes {
		list[i] = candidate{s.ID, weigh(s.Articles, growthSpan, now.Sub(s.Latest.Add(time.Second)))}
	}
	slices.SortFunc(list, func(a, b candidate) int { return cmp.Compare(b.most, a.most) })
	var best []feeds.Story
	for len(list) > 0 {
		next := min(n, len(list))
		if len(best) == n {
			least := weight(best[n-1], now)
			next = sort.Search(len(list), func(i int) bool { return list[i].most < least })
		}
		if next == 0 {
			break
		}
		ids := make([]feeds.StoryID, next)
		for i, c := range list[:next] {
			ids[i] = c.id
		}
		list = list[next:]
		more, err := read(ids)
		if err != nil {
			return nil, err
		}
		best = Front(append(best, more...), now)
		best = best[:min(n, len(best))]
	}
	return best, nil
}

func weight(s feeds.Story, now time.Time) float64 {
	return weigh(len(s.Outlets), s.Latest.Sub(s.First), now.Sub(s.Latest))
}

// weigh weighs a story of so many outlets whose articles came over a span of time,
// the latest some time ago.
func weigh(outlets int, span, ago time.Duration) float64 {
	n := float64(max(1, outlets))
	growth := (n - 1) / (max(growthSpan, span).Hours() / growthSpan.Hours())
	return math.Pow(n, 1.2) * (1 + growth/(growth+growthHalf)) * math.Exp2(-max(0, ago).Hours()/halfLife.Hours())
}
