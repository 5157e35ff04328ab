package ui

import (
	"slices"

	"broadsheet/feeds"
	"broadsheet/ui/keys"
	"broadsheet/ui/layout"
	"broadsheet/ui/status"

	tea "charm.land/bubbletea/v2"
)

// correction is the reader's word on a story, on its way to the refresher.
type correction struct {
	join   bool            // about belongs to the story of asked; else it does not
	asked  feeds.ArticleID // 0: whatever is in the story of about
	about  feeds.ArticleID
	words  []feeds.Correction // as the refresher is told; found when it is carried out, unless it undoes
	undoes bool
}

// unsaid takes words back.
func unsaid(words []feeds.Correction) []feeds.Correction {
	back := slices.Clone(words)
	for i := range back {
		back[i].Taken = true
	}
	return back
}

// corrections are carried out one at a time, in the order they were made.
type corrections struct{ queue []correction } // the first is being carried out

func (c *corrections) idle() bool { return len(c.queue) == 0 }

// join joins the story of the related article under the cursor with that of
// the article it is related to. Where they are one story already nothing is
// said to the refresher: there would be nothing to take back.
func (a *App) join() tea.Cmd {
	asked := a.sidebar.Asked()
	item, ok := a.sidebar.Current()
	if a.focus != layout.Related || !ok {
		a.status.Say(status.Info, "To join two stories, choose a related article first.")
		return nil
	}
	if a.sidebar.Tells() && item.Story == asked.Story && asked.Story != 0 {
		a.status.Say(status.Info, "The two are one story already.")
		return nil
	}
	a.status.Say(status.Info, "Joining the two stories …")
	return a.correct(correction{join: true, asked: asked.ID, about: item.ID})
}

// takeOut takes an article out of a story: the related one under the cursor out
// of that of the article it is related to, or the open one out of its own.
func (a *App) takeOut() tea.Cmd {
	c := correction{}
	switch a.focus {
	case layout.Related:
		item, ok := a.sidebar.Current()
		if !ok {
			a.status.Say(status.Info, "There is no related article to take out.")
			return nil
		}
		asked := a.sidebar.Asked()
		if !a.sidebar.Tells() && item.Story != asked.Story {
			a.status.Say(status.Info, "The article is background, not a part of the story.")
			return nil
		}
		c.asked, c.about = asked.ID, item.ID
	case layout.Article:
		item, ok := a.reader.Article()
		if !ok {
			return nil
		}
		c.about = item.ID
	default:
		a.status.Say(status.Info, "To take an article out of its story, open it or choose it among the related ones.")
		return nil
	}
	a.status.Say(status.Info, "Taking the article out of the story …")
	return a.correct(c)
}

func (a *App) correct(c correction) tea.Cmd {
	a.corrections.queue = append(a.corrections.queue, c)
	if len(a.corrections.queue) > 1 {
		return nil
	}
	return carryOutCorrection(a.deps, c)
}

// carryOutCorrection may take as long as a refresh under way.
func carryOutCorrection(deps Deps, c correction) tea.Cmd {
	return func() tea.Msg {
		msg := correctedMsg{correction: c}
		switch {
		case c.undoes:
		case c.join:
			msg.words = []feeds.Correction{{A: c.asked, B: c.about, Same: true}}
		default:
			msg.words, msg.err = partings(deps.Library, c)
		}
		if msg.err == nil && len(msg.words) > 0 {
			msg.err = deps.Refresher.Correct(msg.words)
		}
		return msg
	}
}

// partings are the words that take an article out of a story: it is apart from
// every other article there, but for those with its own text.
func partings(lib Library, c correction) ([]feeds.Correction, error) {
	of := c.asked
	if of == 0 {
		of = c.about
	}
	items, err := lib.Items([]feeds.ArticleID{of})
	if err != nil || len(items) == 0 {
		return nil, err
	}
	story, err := lib.Story(items[0].Story)
	if err != nil {
		return nil, err
	}
	about, err := lib.Items([]feeds.ArticleID{c.about})
	if err != nil || len(about) == 0 {
		return nil, err
	}
	members := slices.Clone(story.Articles)
	if c.asked != 0 && !slices.Contains(members, c.asked) {
		members = append(members, c.asked)
	}
	var words []feeds.Correction
	for _, id := range members {
		if id != c.about && !slices.Contains(about[0].Copies, id) {
			words = append(words, feeds.Correction{A: id, B: c.about})
		}
	}
	return words, nil
}

// tookCorrected shows the stories as they are now, and goes on to the next
// correction.
func (a *App) tookCorrected(msg correctedMsg) tea.Cmd {
	a.corrections.queue = a.corrections.queue[1:]
	var cmds []tea.Cmd
	switch {
	case msg.err != nil:
		a.fail(msg.err)
		a.quits = false // see tookMarked
	case len(msg.words) == 0:
		a.status.Say(status.Info, "The article has no story to be taken out of.")
	default:
		a.status.Say(status.Info, a.corrected(msg.correction))
		if !msg.undoes {
			a.marks.remember(step{words: unsaid(msg.words)})
		}
		a.article.related.clear()
		a.article.asking = 0
		cmds = append(cmds, a.reload())
		if asked := a.sidebar.Asked().ID; asked != 0 {
			cmds = append(cmds, a.showRelated(asked))
		}
	}
	if !a.corrections.idle() {
		cmds = append(cmds, carryOutCorrection(a.deps, a.corrections.queue[0]))
	} else if a.quits && a.marks.idle() {
		return a.end()
	}
	return tea.Batch(cmds...)
}

// corrected says what became of a correction.
func (a *App) corrected(c correction) string {
	back := ""
	if key := a.bindings.Key(keys.Undo); key != "" {
		back = " " + key + " takes it back."
	}
	switch {
	case c.undoes:
		return "Your correction is taken back."
	case c.join:
		return "The two are one story now." + back
	}
	return "The article is out of the story." + back
}
