package ui

import (
	"fmt"
	"slices"
	"strings"

	"broadsheet/feeds"
	"broadsheet/feeds/gist"
	"broadsheet/feeds/rank"
	"broadsheet/ui/compare"
	"broadsheet/ui/digest"
	"broadsheet/ui/keys"
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

// headline is the story's, or that of the article it is about.
func (t told) headline() string {
	if t.Title == "" {
		return t.asked.Headline()
	}
	return t.Title
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

// otherDialog goes from one dialog upon a story to another.
func (a *App) otherDialog(action keys.Action) tea.Cmd {
	switch a.dialog.(type) {
	case *timeline.Pane, *compare.Pane, *digest.Pane:
	default:
		return nil
	}
	item, ok := a.subject()
	switch {
	case action == keys.Timeline:
		return a.openTimeline()
	case action == keys.Compare:
		return a.openCompare()
	case action == keys.Gist && ok:
		return a.openDigest(item)
	case action == keys.Follow:
		return a.toggleWatch(feeds.Followed)
	case action == keys.Mute:
		return a.toggleWatch(feeds.Muted)
	case action == keys.Undo:
		return a.undo()
	}
	return nil
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
			var roster *rank.Roster
			if roster, msg.err = LoadRoster(lib); msg.err == nil {
				outlets, languages := carriers(msg.told)
				msg.missing = roster.Missing(outlets, languages, msg.told.First)
			}
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

// carriers are the outlets that carry a story, and the languages they do it in.
func carriers(t told) (outlets, languages []string) {
	for _, it := range t.items {
		outlets, languages = append(outlets, it.Outlet), append(languages, it.Language)
	}
	return outlets, languages
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
	p.SetStory(msg.told.headline(), msg.told.items, msg.missing)
	a.marks.replay(msg.since, p.SetStatus)
	cmd := a.arrange()
	p.Select(msg.told.asked.ID)
	return cmd
}

// How much is compared.
const (
	comparedOutlets = 18
	leadSentences   = 2
)

// openCompare shows side by side how outlets tell a story.
func (a *App) openCompare() tea.Cmd {
	item, ok := a.subject()
	if !ok {
		a.status.Say(status.Info, "Choose a headline to compare its outlets.")
		return nil
	}
	n := a.asks.next(askStory)
	return tea.Batch(
		a.openDialog(compare.New(a.th, a.deps.Clock())),
		readCompare(a.deps.Library, compareMsg{n: n, since: a.marks.now()}, item.ID),
	)
}

func readCompare(lib Library, msg compareMsg, id feeds.ArticleID) tea.Cmd {
	return func() tea.Msg {
		t, err := loadStory(lib, id)
		if err != nil {
			msg.err = err
			return msg
		}
		list := tellers(t.asked, t.items)
		msg.outlets = len(list)
		for _, it := range list[:min(len(list), comparedOutlets)] {
			body, err := lib.Body(it.ID)
			if err != nil {
				msg.err = err
				return msg
			}
			msg.tellings = append(msg.tellings, compare.Telling{Item: it, Lead: leadOf(it, body)})
		}
		return msg
	}
}

// tellers are the articles to compare: the one asked for, then each other
// outlet's first, the earliest first. What only repeats a text is left out.
func tellers(asked feeds.Item, items []feeds.Item) []feeds.Item {
	items = slices.Clone(items)
	slices.SortStableFunc(items, func(a, b feeds.Item) int { return feeds.When(a.Article).Compare(feeds.When(b.Article)) })
	out := []feeds.Item{asked}
	outlets := map[string]bool{asked.Outlet: true}
	told := map[feeds.ArticleID]bool{}
	for _, id := range asked.Copies {
		told[id] = true
	}
	for _, it := range items {
		if outlets[it.Outlet] || told[it.ID] {
			continue
		}
		out = append(out, it)
		outlets[it.Outlet] = true
		for _, id := range it.Copies {
			told[id] = true
		}
	}
	return out
}

// leadOf is the first sentences of an article, or its excerpt if it has no text.
func leadOf(it feeds.Item, body feeds.Body) string {
	const enough = 2000 // bytes that surely hold them
	text := body.Text
	if len(text) > enough {
		text = strings.ToValidUTF8(text[:enough], "")
	}
	sentences := gist.Split(text)
	if len(sentences) == 0 {
		return it.Excerpt
	}
	return strings.Join(sentences[:min(len(sentences), leadSentences)], " ")
}

// tookCompare shows the tellings if their dialog is still there.
func (a *App) tookCompare(msg compareMsg) tea.Cmd {
	p, ok := a.dialog.(*compare.Pane)
	if !ok || a.asks.stale(askStory, msg.n) {
		return nil
	}
	switch {
	case msg.err != nil:
		p.SetError(msg.err.Error())
	case len(msg.tellings) < 2:
		a.status.Say(status.Info, "There is nothing to compare: no other outlet tells this story yet.")
		return a.closeDialog()
	default:
		p.SetTellings(msg.tellings, msg.outlets)
		a.marks.replay(msg.since, p.SetStatus)
	}
	return a.arrange()
}
