package ui

import (
	"cmp"
	"slices"

	"broadsheet/feeds"
	"broadsheet/feeds/rank"

	tea "charm.land/bubbletea/v2"
)

// voices is what is known of feeds by their latest articles.
type voices map[feeds.FeedID]voice

type voice struct {
	language string
	undated  bool
}

// LoadRoster reads who might carry a story.
func LoadRoster(lib Library) (*rank.Roster, error) {
	subscriptions, err := lib.Subscriptions()
	if err != nil {
		return nil, err
	}
	roster, _, err := makeRoster(lib, subscriptions, nil)
	return roster, err
}

// makeRoster tells who might carry a story. A feed's latest article, which is read
// unless it is known, tells whether it gives dates, and the language that the feed
// does not declare.
func makeRoster(lib Library, subscriptions []feeds.Subscription, known voices) (*rank.Roster, voices, error) {
	heard := voices{}
	var undated []feeds.FeedID
	subscriptions = slices.Clone(subscriptions)
	for i := range subscriptions {
		s := &subscriptions[i]
		if s.Total == 0 {
			continue
		}
		v, ok := known[s.ID]
		if !ok {
			latest, err := lib.Page(feeds.View{Kind: feeds.ViewFeed, Feed: s.ID}, feeds.Cursor{}, 1, false)
			if err != nil {
				return nil, nil, err
			}
			if len(latest) > 0 {
				v = voice{latest[0].Language, latest[0].Published.IsZero()}
			}
		}
		heard[s.ID] = v
		s.Language = cmp.Or(s.Language, v.language)
		if v.undated {
			undated = append(undated, s.ID)
		}
	}
	return rank.NewRoster(subscriptions, undated...), heard, nil
}

// roster is who might carry a story, as the screen comes to know it.
type roster struct {
	chore
	of    []feeds.Subscription // as they are now
	heard voices
}

// loadRoster finds out who might carry a story. What the first picture shows is
// read before that: asking each of hundreds of feeds takes longer.
func (a *App) loadRoster() tea.Cmd {
	if a.roster.of == nil || !a.headlines.Loaded() || !a.roster.begin() {
		return nil
	}
	lib, of, heard := a.deps.Library, a.roster.of, a.roster.heard
	return a.aside(func() tea.Msg {
		var msg rosterMsg
		msg.roster, msg.heard, msg.err = makeRoster(lib, of, heard)
		return msg
	})
}

func (a *App) tookRoster(msg rosterMsg) tea.Cmd {
	again := a.roster.end()
	if msg.err != nil {
		a.fail(msg.err)
		return nil
	}
	a.roster.heard = msg.heard
	a.headlines.SetRoster(msg.roster)
	a.sidebar.SetRoster(msg.roster)
	if again {
		return a.loadRoster()
	}
	return nil
}
