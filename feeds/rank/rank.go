// Package rank orders stories for the front page.
//
//	front := rank.Front(stories, time.Now())
package rank

import (
	"math"
	"slices"
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

func weight(s feeds.Story, now time.Time) float64 {
	age := max(0, now.Sub(s.Latest))
	outlets := float64(max(1, len(s.Outlets)))
	spans := max(growthSpan, s.Latest.Sub(s.First)).Hours() / growthSpan.Hours()
	growth := (outlets - 1) / spans
	return math.Pow(outlets, 1.2) * (1 + growth/(growth+growthHalf)) * math.Exp2(-age.Hours()/halfLife.Hours())
}
