package ui

import (
	"fmt"
	"slices"

	"broadsheet/feeds"
	"broadsheet/feeds/gist"
	"broadsheet/feeds/novelty"
	"broadsheet/feeds/refresh/pages"
	"broadsheet/ui/digest"
	"broadsheet/ui/layout"
	"broadsheet/ui/markdown"
	"broadsheet/ui/reader"
	"broadsheet/ui/status"

	tea "charm.land/bubbletea/v2"
)

// condensing is what is wanted of the article that is open beside its text.
type condensing struct {
	gist  bool // its key sentences, as soon as its text is whole
	fresh bool // what was read before is dimmed, in every article
	asked bool // the reader has just asked for that, and hears if there is nothing

	// Articles that were marked read only because one with the same text was
	// opened: they were not read before it.
	along map[feeds.ArticleID]bool
}

// How many key sentences are shown of an article, and of a story.
const (
	fewestKeys, mostKeys = 3, 8
	sentencesPerKey      = 6
	digestSentences      = 7
)

// openGist shows the key sentences of the article that is being read, or of the
// story under the cursor.
func (a *App) openGist() tea.Cmd {
	if a.focus != layout.Article {
		item, ok := a.subject()
		if !ok {
			a.status.Say(status.Info, "Choose a headline to see its story in brief.")
			return nil
		}
		return a.openDigest(item)
	}
	if _, ok := a.reader.Article(); !ok {
		a.status.Say(status.Info, "No article is open.")
		return nil
	}
	a.condense.gist = true
	return a.condenseText()
}

// condenseText asks for what is wanted of the text in the article pane, once it
// is whole.
func (a *App) condenseText() tea.Cmd {
	words, whole := a.reader.Words()
	if !whole || !a.condense.gist && !a.condense.fresh {
		return nil
	}
	var cmds []tea.Cmd
	id := a.article.id
	if a.condense.gist {
		a.condense.gist = false
		cmds = append(cmds, findKeys(gistMsg{n: a.asks.next(askGist), id: id}, words))
	}
	if a.condense.fresh && !a.reader.Dims() {
		along := make(map[feeds.ArticleID]bool, len(a.condense.along))
		for id := range a.condense.along {
			along[id] = true
		}
		cmds = append(cmds, findTold(a.deps.Library, toldMsg{n: a.asks.next(askTold), id: id}, words, along))
	}
	return tea.Batch(cmds...)
}

// findKeys finds the key sentences of a text.
func findKeys(msg gistMsg, words reader.Words) tea.Cmd {
	return func() tea.Msg {
		msg.text = words.Text
		msg.of = len(gist.Spans(words.Prose))
		for _, s := range gist.Key(words.Prose, max(fewestKeys, min(msg.of/sentencesPerKey, mostKeys))) {
			msg.keys = append(msg.keys, markdown.Range(s))
		}
		return msg
	}
}

func (a *App) tookGist(msg gistMsg) {
	switch {
	case a.asks.stale(askGist, msg.n) || msg.id != a.article.id:
	case len(msg.keys) == 0:
		a.status.Say(status.Info, "This article has no text to find key sentences in.")
	default:
		a.reader.ShowGist(msg.id, msg.text, msg.keys, msg.of)
		a.hint()
	}
}

// openDigest shows the story of an article in sentences of its outlets.
func (a *App) openDigest(item feeds.Item) tea.Cmd {
	n := a.asks.next(askStory)
	return tea.Batch(
		a.openDialog(digest.New(a.th, a.deps.Clock())),
		readDigest(a.deps.Library, digestMsg{n: n, since: a.marks.now()}, item.ID),
	)
}

func readDigest(lib Library, msg digestMsg, id feeds.ArticleID) tea.Cmd {
	shown := func(id feeds.ArticleID) (feeds.Body, error) { return pages.Shown(lib, id) }
	return func() tea.Msg {
		var t told
		if t, msg.err = loadStory(lib, id); msg.err == nil {
			msg.title = t.headline()
			msg.quotes, msg.err = gist.OfStory(t.asked, t.items, shown, digestSentences)
		}
		return msg
	}
}

// tookDigest shows the sentences if their dialog is still there.
func (a *App) tookDigest(msg digestMsg) tea.Cmd {
	p, ok := a.dialog.(*digest.Pane)
	if !ok || a.asks.stale(askStory, msg.n) {
		return nil
	}
	if msg.err != nil {
		p.SetError(msg.err.Error())
		return a.arrange()
	}
	p.SetQuotes(msg.title, msg.quotes)
	a.marks.replay(msg.since, p.SetStatus)
	return a.arrange()
}

// toggleNew dims what was read before in other articles on the same story, or
// shows all alike again; it stays so for the articles opened next.
func (a *App) toggleNew() tea.Cmd {
	if a.condense.fresh {
		a.condense.fresh = false
		a.asks.next(askTold)
		a.reader.ClearTold()
		a.status.Say(status.Info, "What was read before is no longer dimmed.")
		return nil
	}
	a.condense.fresh, a.condense.asked = true, true
	if _, ok := a.reader.Article(); !ok {
		a.condense.asked = false
		a.status.Say(status.Info, "What was read before in another article of a story is dimmed from now on.")
		return nil
	}
	return a.condenseText()
}

// How much of what was read is looked at: the latest articles, and so much of
// their texts.
const (
	readLimit = 40
	readBytes = 1 << 20
)

// findTold finds which sentences of an article tell what was read before.
func findTold(lib Library, msg toldMsg, words reader.Words, along map[feeds.ArticleID]bool) tea.Cmd {
	return func() tea.Msg {
		var asked feeds.Item
		var read []feeds.Item
		asked, read, msg.err = readBefore(lib, msg.id, along)
		if msg.err != nil || len(read) == 0 {
			return msg
		}
		var texts []novelty.Text
		left := readBytes
		for _, it := range read {
			sentences, size, err := readSentences(lib, it, left)
			if err != nil {
				msg.err = err
				return msg
			}
			if left -= size; left <= 0 {
				break
			}
			texts = append(texts, novelty.Text{Language: it.Language, Sentences: sentences})
		}
		msg.told = tell(asked, words, novelty.Read(texts...))
		msg.told.Since, msg.told.When, msg.told.More = read[0].Outlet, feeds.When(read[0].Article), len(read)-1
		return msg
	}
}

// tell sorts an article's sentences into those that were read and the others.
func tell(asked feeds.Item, words reader.Words, known *novelty.Known) *reader.Told {
	out := &reader.Told{Text: words.Text}
	spans := gist.Spans(words.Prose)
	sentences := make([]string, len(spans))
	for i, s := range spans {
		sentences[i] = words.Prose[s.Start:s.End]
	}
	for i, told := range known.Told(novelty.Text{Language: asked.Language, Sentences: sentences}) {
		if told {
			out.Ranges = append(out.Ranges, markdown.Range(spans[i]))
		} else {
			out.New++
		}
	}
	return out
}

// readBefore are the articles of a story, besides the one asked about, that
// were read; the latest first.
func readBefore(lib Library, id feeds.ArticleID, along map[feeds.ArticleID]bool) (feeds.Item, []feeds.Item, error) {
	t, err := loadStory(lib, id)
	if err != nil {
		return feeds.Item{}, nil, err
	}
	read := slices.DeleteFunc(slices.Clone(t.items), func(it feeds.Item) bool { return it.ID == id || !it.Read || along[it.ID] })
	slices.SortStableFunc(read, newestFirst)
	return t.asked, read[:min(len(read), readLimit)], nil
}

// readSentences are the sentences that a reader of an article has read,
// whichever of its versions that was. Of its whole text nobody knows whether it
// was here then.
func readSentences(lib Library, it feeds.Item, most int) (sentences []string, size int, err error) {
	body, err := pages.Shown(lib, it.ID)
	if err != nil || len(body.Text) > most {
		return nil, len(body.Text), err
	}
	versions := [][]string{gist.Split(body.Text)}
	if it.Revisions > 0 {
		revisions, err := lib.Revisions(it.ID)
		if err != nil {
			return nil, 0, err
		}
		for _, r := range revisions {
			versions = append(versions, gist.Split(r.Body.Text))
		}
	}
	return novelty.SameIn(versions...), len(body.Text), nil
}

func (a *App) tookTold(msg toldMsg) {
	if a.asks.stale(askTold, msg.n) || msg.id != a.article.id || !a.condense.fresh {
		return
	}
	asked := a.condense.asked
	a.condense.asked = false
	switch {
	case msg.err != nil:
		a.fail(fmt.Errorf("what was read of this story cannot be found: %w", msg.err))
	case msg.told == nil && asked:
		a.status.Say(status.Info, "You have read nothing else on this story yet.")
	case msg.told != nil:
		a.reader.SetTold(msg.id, msg.told)
	}
}

// readAlong notes which articles a mark made read besides those it was for.
func (a *App) readAlong(msg markedMsg) {
	if c := msg.mark.change; c.Read == nil || !*c.Read || msg.mark.whole || msg.mark.undoes {
		return
	}
	if a.condense.along == nil {
		a.condense.along = map[feeds.ArticleID]bool{}
	}
	for _, id := range msg.changed {
		if !slices.Contains(msg.mark.ids, id) {
			a.condense.along[id] = true
		}
	}
}
