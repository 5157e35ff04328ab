package rank

import (
	"errors"
	"math/rand/v2"
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

// The first of the front page are found without reading the others.
func TestBestIsTheBeginningOfFront(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	reads, all := 0, 0
	for range 300 {
		stories := make([]feeds.Story, r.IntN(400))
		sizes := make([]feeds.StorySize, len(stories))
		byID := map[feeds.StoryID]feeds.Story{}
		for i := range stories {
			outlets := 1 + r.IntN(1+r.IntN(12))
			s := story(feeds.StoryID(i+1), outlets, time.Duration(r.IntN(72*3600)-3600)*time.Second)
			s = began(s, time.Duration(r.IntN(1+r.IntN(72)))*time.Hour)
			stories[i] = s
			sizes[i] = feeds.StorySize{ID: s.ID, Articles: outlets + r.IntN(3), Latest: s.Latest}
			if r.IntN(20) == 0 { // it has gone meanwhile
				stories[i].ID = 0
				continue
			}
			byID[s.ID] = s
		}
		stories = slices.DeleteFunc(stories, func(s feeds.Story) bool { return s.ID == 0 })
		n := 1 + r.IntN(60)
		all += len(stories)
		got, err := Best(sizes, n, now, func(ids []feeds.StoryID) (list []feeds.Story, err error) {
			for _, id := range ids {
				if s, ok := byID[id]; ok {
					list = append(list, s)
				}
			}
			reads += len(ids)
			return list, nil
		})
		want := Front(stories, now)
		want = want[:min(n, len(want))]
		if err != nil || !slices.EqualFunc(got, want, func(a, b feeds.Story) bool { return a.ID == b.ID }) {
			t.Fatalf("the best %d of %d, %v:\ngot  %v\nwant %v", n, len(stories), err, got, want)
		}
	}
	if reads > all/2 {
		t.Errorf("%d stories were read, of %d", reads, all)
	}
	failed := errors.New("the library is gone")
	if _, err := Best([]feeds.StorySize{{ID: 1}}, 1, now, func([]feeds.StoryID) ([]feeds.Story, error) { return nil, failed }); err != failed {
		t.Errorf("got %v, want %v", err, failed)
	}
}
