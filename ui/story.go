package ui

import (
	"fmt"

	"broadsheet/feeds"
	"broadsheet/ui/layout"
	"broadsheet/ui/status"
	"broadsheet/ui/timeline"

	tea "charm.land/bubbletea/v2"
)

// storyLimit is how many articles of a story are looked at.
const storyLimit = 400

// told is a story with its articles.
type told struct {
	feeds.Story
	asked feeds.Item // the article whose story it is
	items []feeds.Item
}

// subject is the article whose story is meant: the open one while it is being
// read, else the one under the cursor of the headlines.
func (a *App) subject() (feeds.Item, bool) {
	if a.focus == layout.Article || a.focus == layout.Related {
		return a.reader.Article()
	}
	r, ok := a.headlines.Current()
	return r.Item, ok
}

// openTimeline shows who told a story when.
func (a *App) openTimeline() tea.Cmd {
	item, ok := a.subject()
	if !ok {
		a.status.Say(status.Info, "Choose a headline to see its story.")
		return nil
	}
	n := a.asks.next(askStory)
	return tea.Batch(
		a.openDialog(timeline.New(a.th, a.deps.Clock())),
		readTimeline(a.deps.Library, timelineMsg{n: n, since: a.marks.now()}, item.ID),
	)
}

func readTimeline(lib Library, msg timelineMsg, id feeds.ArticleID) tea.Cmd {
	return func() tea.Msg {
		if msg.told, msg.err = loadStory(lib, id); msg.err == nil {
			msg.missing, msg.err = loadMissing(lib, msg.told.items)
		}
		return msg
	}
}

// loadStory reads the story that an article is in, as it is now.
func loadStory(lib Library, id feeds.ArticleID) (told, error) {
	items, err := lib.Items([]feeds.ArticleID{id})
	if err == nil && len(items) == 0 {
		err = fmt.Errorf("the article %s is no longer in the library", id)
	}
	if err != nil {
		return told{}, err
	}
	t := told{asked: items[0], items: items}
	if t.asked.Story == 0 {
		return t, nil // not related to anything yet
	}
	if t.Story, err = lib.Story(t.asked.Story); err != nil {
		return told{}, err
	}
	t.items, err = lib.Items(t.Articles[:min(len(t.Articles), storyLimit)])
	return t, err
}

// loadMissing finds which outlets do not carry a story. A feed that does not
// declare its language is taken to speak that of its latest article.
func loadMissing(lib Library, items []feeds.Item) (timeline.Missing, error) {
	subscriptions, err := lib.Subscriptions()
	if err != nil {
		return timeline.Missing{}, err
	}
	for i := range subscriptions {
		s := &subscriptions[i]
		if s.Language != "" || s.Total == 0 {
			continue
		}
		latest, err := lib.Page(feeds.View{Kind: feeds.ViewFeed, Feed: s.ID}, feeds.Cursor{}, 1, false)
		if err != nil {
			return timeline.Missing{}, err
		}
		if len(latest) > 0 {
			s.Language = latest[0].Language
		}
	}
	return timeline.Absent(items, subscriptions), nil
}

// tookTimeline shows the story if its dialog is still there.
func (a *App) tookTimeline(msg timelineMsg) tea.Cmd {
	p, ok := a.dialog.(*timeline.Pane)
	if !ok || a.asks.stale(askStory, msg.n) {
		return nil
	}
	if msg.err != nil {
		p.SetError(msg.err.Error())
		return a.arrange()
	}
	title := msg.told.Title
	if title == "" {
		title = msg.told.asked.Headline()
	}
	p.SetStory(title, msg.told.items, msg.missing)
	a.marks.replay(msg.since, p.SetStatus)
	cmd := a.arrange()
	p.Select(msg.told.asked.ID)
	return cmd
}
