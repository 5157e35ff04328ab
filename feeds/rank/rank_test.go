package rank

import (
	"slices"
	"testing"
	"time"

	"broadsheet/feeds"
)

var now = time.Date(2026, 3, 10, 12, 0, 0, 0, time.UTC)

func story(id feeds.StoryID, outlets int, age time.Duration) feeds.Story {
	return feeds.Story{ID: id, Outlets: make([]string, outlets), First: now.Add(-age - time.Hour), Latest: now.Add(-age)}
}

func began(s feeds.Story, before time.Duration) feeds.Story {
	s.First = s.Latest.Add(-before)
	return s
}

func TestFront(t *testing.T) {
	tests := []struct {
		name string
		in   []feeds.Story
		want []feeds.StoryID
	}{
		{"nothing", nil, nil},
		{"more outlets first", []feeds.Story{story(1, 1, 0), story(2, 5, 0), story(3, 3, 0)}, []feeds.StoryID{2, 3, 1}},
		{"of equals the fresher", []feeds.Story{story(1, 2, 9*time.Hour), story(2, 2, time.Hour)}, []feeds.StoryID{2, 1}},
		{"two outlets outlive half a day", []feeds.Story{story(1, 1, 0), story(2, 2, 12*time.Hour)}, []feeds.StoryID{2, 1}},
		{"but not a day", []feeds.Story{story(1, 1, 0), story(2, 2, 24*time.Hour)}, []feeds.StoryID{1, 2}},
		{"a clock ahead is now", []feeds.Story{story(1, 1, -72*time.Hour), story(2, 2, 0)}, []feeds.StoryID{2, 1}},
		{"of equals the one that grew faster", []feeds.Story{began(story(1, 6, 0), 3*time.Hour), began(story(2, 6, 0), 60*time.Hour)}, []feeds.StoryID{1, 2}},
		{"growth outweighs a few outlets", []feeds.Story{began(story(1, 6, 0), 3*time.Hour), began(story(2, 8, 0), 120*time.Hour)}, []feeds.StoryID{1, 2}},
		{"but not many", []feeds.Story{began(story(1, 6, 0), 3*time.Hour), began(story(2, 14, 0), 120*time.Hour)}, []feeds.StoryID{2, 1}},
		{"a first time that is unknown is no growth", []feeds.Story{began(story(1, 6, 0), 3*time.Hour), {ID: 2, Outlets: make([]string, 6), Latest: now}}, []feeds.StoryID{1, 2}},
		{"of twins the later id", []feeds.Story{story(4, 1, 0), story(9, 1, 0)}, []feeds.StoryID{9, 4}},
		{"no outlet counts as one", []feeds.Story{story(1, 0, 0), story(2, 1, time.Hour)}, []feeds.StoryID{1, 2}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			before := slices.Clone(test.in)
			var got []feeds.StoryID
			for _, s := range Front(test.in, now) {
				got = append(got, s.ID)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
			for i := range before {
				if before[i].ID != test.in[i].ID {
					t.Fatal("the slice given was changed")
				}
			}
		})
	}
}
