package ui

import (
	"context"

	"broadsheet/feeds"
	"broadsheet/ui/keys"
	"broadsheet/ui/layout"
	"broadsheet/ui/markdown"
	"broadsheet/ui/status"

	tea "charm.land/bubbletea/v2"
)

// article is the one in the article pane, as far as it has been loaded.
type article struct {
	id     feeds.ArticleID
	texts  loadedBody // both its texts
	body   feeds.Body // the one shown
	loaded bool
	asked  bool               // the text is on its way
	asking feeds.ArticleID    // whose related articles are on their way; 0 if none are
	under  feeds.ArticleID    // where the cursor of the headlines stood as it was shown
	job    markdown.Job       // what was last rendered or is being
	cancel context.CancelFunc // ends the rendering under way; nil if there is none

	bodies  recent[feeds.ArticleID, loadedBody]
	related recent[feeds.ArticleID, relatedRows]

	words string // to go to once the article is here; "" for none

	bookmarks recent[feeds.ArticleID, feeds.Bookmark] // as the library has them
}

// loadedBody is an article with its texts: see whole.go.
type loadedBody struct {
	item  feeds.Item
	own   feeds.Body // as the feed gave it
	whole feeds.Whole
	was   string // its headline before that was changed
}

// remembered is how many articles of the trail are kept at hand.
const remembered = 32

func newArticle() article {
	return article{
		bodies:  newRecent[feeds.ArticleID, loadedBody](remembered),
		related: newRecent[feeds.ArticleID, relatedRows](remembered),

		bookmarks: newRecent[feeds.ArticleID, feeds.Bookmark](remembered),
	}
}

// recent keeps the values of the keys put last.
type recent[K comparable, V any] struct {
	values map[K]V
	order  []K
	limit  int
}

func newRecent[K comparable, V any](limit int) recent[K, V] {
	return recent[K, V]{values: map[K]V{}, limit: limit}
}

func (r *recent[K, V]) put(k K, v V) {
	if _, held := r.values[k]; !held {
		if len(r.order) == r.limit {
			delete(r.values, r.order[0])
			r.order = append(r.order[:0], r.order[1:]...)
		}
		r.order = append(r.order, k)
	}
	r.values[k] = v
}

func (r *recent[K, V]) get(k K) (V, bool) {
	v, ok := r.values[k]
	return v, ok
}

// each calls fn for every value that is kept.
func (r *recent[K, V]) each(fn func(V)) {
	for _, v := range r.values {
		fn(v)
	}
}

func (r *recent[K, V]) clear() {
	clear(r.values)
	r.order = r.order[:0]
}

// trail is the way the reader came from article to related article.
type trail struct {
	ids []feeds.ArticleID
	at  int
}

// begin starts anew.
func (t *trail) begin(id feeds.ArticleID) { t.ids, t.at = append(t.ids[:0], id), 0 }

// on adds a step; what lay ahead is forgotten.
func (t *trail) on(id feeds.ArticleID) {
	if len(t.ids) == 0 {
		t.begin(id)
		return
	}
	if t.ids[t.at] == id {
		return
	}
	t.ids = append(t.ids[:t.at+1], id)
	t.at++
}

// backTo goes back to an article of the trail, if it is in it.
func (t *trail) backTo(id feeds.ArticleID) bool {
	for i := min(t.at, len(t.ids)-1); i >= 0; i-- {
		if t.ids[i] == id {
			t.at = i
			return true
		}
	}
	return false
}

// walk goes n steps along it; false at its ends.
func (t *trail) walk(n int) (feeds.ArticleID, bool) {
	to := t.at + n
	if to < 0 || to >= len(t.ids) {
		return 0, false
	}
	t.at = to
	return t.ids[to], true
}

// open opens an article to be read: it has the keys, and is read from now on.
func (a *App) open(id feeds.ArticleID, onTrail bool) tea.Cmd {
	delete(a.condense.along, id)
	a.asks.next(askPreview) // a preview still waiting would take its place
	if onTrail {
		a.trail.backTo(a.sidebar.Asked().ID)
		a.trail.on(id)
	} else {
		a.trail.begin(id)
	}
	return tea.Batch(a.setFocus(layout.Article), a.show(id), a.showRelated(id), a.markOpened(id))
}

// preview shows an article without opening it, if there is room for it.
func (a *App) preview(id feeds.ArticleID) tea.Cmd {
	if !a.screen.Shows(layout.Article) || a.focus == layout.Article || a.focus == layout.Related {
		return nil
	}
	a.trail.begin(id)
	return tea.Batch(a.show(id), a.showRelated(id))
}

// catchUp shows the article under the cursor of the headlines before the reader
// goes to it or to what is related, where there was no room to preview it. One
// that was opened stays until the cursor moves, as it does where there is room.
func (a *App) catchUp() tea.Cmd {
	r, ok := a.headlines.Current()
	if !ok || a.screen.Shows(layout.Article) || a.focus == layout.Related || r.Item.ID == a.article.under {
		return nil
	}
	a.trail.begin(r.Item.ID)
	return tea.Batch(a.show(r.Item.ID), a.showRelated(r.Item.ID))
}

// walkTrail goes back or forward along the trail.
func (a *App) walkTrail(n int) tea.Cmd {
	id, ok := a.trail.walk(n)
	if !ok {
		a.status.Say(status.Info, "The trail ends here.")
		return nil
	}
	return tea.Batch(a.setFocus(layout.Article), a.show(id), a.showRelated(id), a.markOpened(id))
}

// stepRelated opens the next or previous related article. The sidebar keeps
// the rows of the article they are related to.
func (a *App) stepRelated(action keys.Action) tea.Cmd {
	step := a.sidebar.NextRelated
	if action == keys.PreviousRelated {
		step = a.sidebar.PreviousRelated
	}
	id, ok := step()
	if !ok {
		a.status.Say(status.Info, "There are no more related articles this way.")
		return nil
	}
	asked := a.sidebar.Asked().ID
	a.trail.backTo(asked)
	a.trail.on(id)
	focus := a.focus
	if focus != layout.Related {
		focus = layout.Article
	}
	return tea.Batch(a.setFocus(focus), a.show(id), a.markOpened(id))
}

// show puts an article into the article pane: at once what is at hand, the
// rest when it comes.
func (a *App) show(id feeds.ArticleID) tea.Cmd {
	a.headlines.SetOpen(id)
	if r, ok := a.headlines.Current(); ok {
		a.article.under = r.Item.ID
	}
	a.reader.SetTrail(a.trail.at+1, len(a.trail.ids))
	if a.article.id == id && (a.article.loaded || a.article.asked) {
		return nil
	}
	return tea.Batch(a.keepPlace(), a.showOther(id))
}

// showOther puts an article in the place of the one that is shown.
func (a *App) showOther(id feeds.ArticleID) tea.Cmd {
	a.stopRendering()
	a.article.id, a.article.loaded, a.article.asked, a.article.body = id, false, false, feeds.Body{}
	a.article.words, a.condense.gist = "", false
	n := a.asks.next(askArticle)
	if held, ok := a.article.bodies.get(id); ok {
		a.article.texts, a.article.loaded = held, true
		return a.showText()
	}
	if r, ok := a.rowOf(id); ok {
		a.reader.SetArticle(r.Item, a.deps.Clock())
	} else if item, ok := a.sidebar.Current(); ok && item.ID == id {
		a.reader.SetArticle(item, a.deps.Clock())
	}
	a.article.asked = true
	return readArticle(a.deps.Library, a.press, articleMsg{n: n, since: a.marks.now()}, id, a.textWidth(), a.th)
}

// tookArticle shows an article and the beginning of its text.
func (a *App) tookArticle(msg articleMsg) tea.Cmd {
	if a.asks.stale(askArticle, msg.n) {
		return nil
	}
	a.article.asked = false
	if msg.err != nil {
		if item, ok := a.reader.Article(); ok && item.ID == a.article.id {
			a.reader.SetError(item.ID, msg.err.Error())
		} else {
			a.fail(msg.err)
		}
		return nil
	}
	item, body := msg.texts.item, msg.texts.text()
	a.article.bodies.put(item.ID, msg.texts)
	a.article.texts, a.article.body, a.article.loaded = msg.texts, body, true
	a.reader.SetArticle(msg.texts.shownItem(), a.deps.Clock())
	a.tellSource()
	a.reader.SetFormer(item.ID, msg.texts.was)
	a.article.bookmarks.put(item.ID, msg.bookmark)
	a.reader.SetBookmark(item.ID, msg.bookmark)
	a.reader.Seek(item.ID, a.article.words)
	a.article.words = ""
	a.marks.replay(msg.since, a.showStatus)
	a.article.job = markdown.Job{Markdown: body.Markdown, Width: msg.head.Width, Theme: a.th}
	a.reader.SetBody(item.ID, msg.head)
	if msg.head.Partial || a.textWidth() != msg.head.Width {
		return a.render()
	}
	return a.condenseText()
}

// seek goes to words of an article's text once that is here.
func (a *App) seek(id feeds.ArticleID, words string) {
	if words == "" {
		return
	}
	if item, ok := a.reader.Article(); ok && item.ID == id {
		a.reader.Seek(id, words)
		return
	}
	a.article.words = words
}

// keepPlace stores where the reading of the article shown stands, if that is
// not what the library has.
func (a *App) keepPlace() tea.Cmd {
	id, m, ok := a.reader.Bookmark()
	if !ok {
		return nil
	}
	if stored, known := a.article.bookmarks.get(id); known && stored == m {
		return nil
	}
	a.article.bookmarks.put(id, m)
	return storeBookmark(a.deps.Library, id, m)
}

// textWidth is the width to set an article's text in.
func (a *App) textWidth() int { return a.reader.BodyWidth() }

// render sets the article's text for the width and looks of now, unless that
// is how it stands there already or is being set.
func (a *App) render() tea.Cmd {
	if !a.article.loaded {
		return nil
	}
	job := markdown.Job{Markdown: a.article.body.Markdown, Width: a.textWidth(), Theme: a.th}
	a.stopRendering()
	if out, ok := a.press.Cached(job); ok {
		a.article.job = job
		a.reader.SetBody(a.article.id, out)
		return a.condenseText()
	}
	a.article.job = job
	ctx, cancel := context.WithCancel(context.Background())
	a.article.cancel = cancel
	return renderArticle(ctx, a.press, a.asks.next(askArticle), a.article.id, job)
}

// rerender sets the text anew if width or looks have changed.
func (a *App) rerender() tea.Cmd {
	if !a.article.loaded || a.article.job.Width == a.textWidth() && a.article.job.Theme == a.th {
		return nil
	}
	return a.render()
}

func (a *App) stopRendering() {
	if a.article.cancel != nil {
		a.article.cancel()
		a.article.cancel = nil
	}
}

func (a *App) tookRendered(msg renderedMsg) tea.Cmd {
	if a.asks.stale(askArticle, msg.n) || msg.err != nil { // an error is a rendering called off
		return nil
	}
	a.stopRendering()
	a.reader.SetBody(msg.id, msg.text)
	return a.condenseText()
}
