package ui

import (
	"slices"
	"strconv"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/headlines"
	"broadsheet/ui/keys"
	"broadsheet/ui/status"

	tea "charm.land/bubbletea/v2"
)

// watching is following or muting a story, or no longer: a mark that hangs on one
// of its articles.
type watching struct {
	id       feeds.ArticleID
	story    feeds.StoryID
	from, to feeds.Watch
	back     []feeds.StatusOf // what undo restores; nil unless it is an undo
}

// storyAtHand is the article whose story is followed or muted: the one under the
// cursor, of a dialog upon a story too, or the open one.
func (a *App) storyAtHand() (feeds.Item, bool) {
	if a.dialog == nil {
		return a.current()
	}
	if d, ok := a.dialog.(interface{ Current() (feeds.Item, bool) }); ok {
		return d.Current()
	}
	return a.subject()
}

// toggleWatch follows or mutes the story at hand, or no longer.
func (a *App) toggleWatch(w feeds.Watch) tea.Cmd {
	item, ok := a.storyAtHand()
	if !ok {
		a.status.Say(status.Info, "Choose an article, and its story is what is meant.")
		return nil
	}
	m := watching{id: item.ID, story: item.Story, from: item.Watch, to: w}
	ends := func(action keys.Action) string {
		if key := a.bindings.Key(action); key != "" {
			return "; " + keys.Name(key) + " ends that."
		}
		return "."
	}
	switch {
	case item.Watch == w:
		m.to = feeds.Unwatched
		a.status.Say(status.Info, "The story is no longer "+w.String()+".")
	case w == feeds.Followed:
		a.status.Say(status.Info, "You follow the story: it comes first on the front page"+ends(keys.Follow))
	default:
		a.status.Say(status.Info, "Muted: off the front page, and its news is marked read"+ends(keys.Mute))
	}
	a.showWatch(m.story, m.to)
	return a.makeMark(mark{watch: &m})
}

// showWatch changes what every pane, and what is kept at hand, shows of what is
// wanted of a story.
func (a *App) showWatch(story feeds.StoryID, w feeds.Watch) {
	a.headlines.SetWatch(story, w)
	a.reader.SetWatch(story, w)
	a.sidebar.SetWatch(story, w)
	if d, ok := a.dialog.(interface {
		SetWatch(feeds.StoryID, feeds.Watch)
	}); ok {
		d.SetWatch(story, w)
	}
	for id, held := range a.article.bodies.values {
		if held.item.Story == story {
			held.item.Watch = w
			a.article.bodies.values[id] = held
		}
	}
	a.article.related.clear()
}

func storeWatch(lib Library, m watching) (back []feeds.StatusOf, err error) {
	if m.back != nil {
		return nil, lib.Restate(m.back)
	}
	return lib.Watch(m.id, m.to)
}

// watched shows what following or muting a story did to its articles, and
// remembers how to take it back.
func (a *App) watched(msg markedMsg) tea.Cmd {
	m := *msg.mark.watch
	if m.back != nil {
		a.status.Say(status.Info, "Taken back.")
		a.change(newlyRead(m.back), feeds.StatusChange{Read: to(false)})
		if row := (headlines.ID{Story: m.story}); !a.headlines.Holds(row) {
			a.returns = m.story
		}
	} else {
		a.change(newlyRead(msg.back), feeds.StatusChange{Read: yes()})
		if len(msg.back) > 0 { // it was not so already, by another program
			undo := watching{id: m.id, story: m.story, from: m.to, to: m.from, back: msg.back}
			a.marks.remember(step{mark: mark{watch: &undo, undoes: true}})
		}
	}
	// What is on its way may have been read before.
	a.article.related.clear()
	a.article.asking = 0
	cmds := []tea.Cmd{a.reload()}
	if asked := a.sidebar.Asked().ID; asked != 0 {
		cmds = append(cmds, a.showRelated(asked))
	}
	return tea.Batch(cmds...)
}

// newlyRead are the articles that taking back makes unread again.
func newlyRead(back []feeds.StatusOf) (ids []feeds.ArticleID) {
	for _, b := range back {
		if read := b.Change.Read; read != nil && !*read {
			ids = append(ids, b.Article)
		}
	}
	return ids
}

// news is what a refresh brought of the stories that are followed.
type news struct {
	articles, stories int
	title             string // of the story, if it is one
}

// newsSince counts the unread articles that came since.
func newsSince(lib Library, since time.Time) (n news, err error) {
	followed, err := lib.Watched(feeds.Followed)
	if err != nil {
		return n, err
	}
	since = since.Truncate(time.Second) // as the library keeps times
	for _, s := range followed {
		items, err := unreadOf(lib, s)
		if err != nil {
			return news{}, err
		}
		items = slices.DeleteFunc(items, func(it feeds.Item) bool { return it.Fetched.Before(since) })
		if len(items) > 0 {
			n.articles += len(items)
			n.stories++
			n.title = s.Title
		}
	}
	return n, nil
}

// sentence tells it in a few words, to follow another sentence; "" for nothing.
func (n news) sentence() string {
	const most = 40 // columns of a title
	switch n.stories {
	case 0:
		return ""
	case 1:
		return " " + strconv.Itoa(n.articles) + " new on “" + cells.Cut(cells.Wc, cells.Fold(n.title), most) + "”, which you follow."
	}
	return " " + strconv.Itoa(n.articles) + " new on " + strconv.Itoa(n.stories) + " stories you follow."
}
