package ui

import (
	"cmp"
	"slices"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/layout"
	"broadsheet/ui/pane"
	"broadsheet/ui/sidebar"
	"broadsheet/ui/status"

	tea "charm.land/bubbletea/v2"
)

// relatedLimit is how many related articles the sidebar lists, and
// backgroundLimit how many of them may be background. The engine goes on to the
// faintest of topics, which would only be in the way: they are left out.
const (
	relatedLimit    = 40
	backgroundLimit = 6
)

// relatedRows is what is related to an article.
type relatedRows struct {
	asked    feeds.Item
	rows     []sidebar.Row
	cut      bool     // there may be more coverage than these
	carriers []string // the outlets that tell the story of the asked article
	reprints []string // those that carry it by copies alone
	broke    time.Time
}

// setStatus changes the status of those rows whose articles are in a set.
func (r relatedRows) setStatus(set pane.Articles, c feeds.StatusChange) {
	for i := range r.rows {
		if it := &r.rows[i].Item; set.Has(it.ID) {
			it.Status = c.Apply(it.Status)
		}
		for k := range r.rows[i].Copies {
			if it := &r.rows[i].Copies[k]; set.Has(it.ID) {
				it.Status = c.Apply(it.Status)
			}
		}
	}
}

// setWhole tells of the rows of an article whether its whole text is kept.
func (r relatedRows) setWhole(id feeds.ArticleID, state feeds.WholeState) {
	for i := range r.rows {
		if it := &r.rows[i].Item; it.ID == id {
			it.Whole = state
		}
		for k := range r.rows[i].Copies {
			if it := &r.rows[i].Copies[k]; it.ID == id {
				it.Whole = state
			}
		}
	}
}

// sideWith shows them in the sidebar.
func (a *App) sideWith(r relatedRows) {
	a.sidebar.SetRelated(r.asked, r.rows)
	a.sidebar.SetCut(r.cut)
	a.sidebar.SetCarriers(r.carriers, r.reprints, r.broke)
}

// readRelated finds what is related to an article.
func readRelated(lib Library, relater Relater, msg relatedMsg, id feeds.ArticleID) tea.Cmd {
	return func() tea.Msg {
		msg.id = id
		msg.related, msg.err = loadRelated(lib, relater, id)
		return msg
	}
}

func loadRelated(lib Library, relater Relater, id feeds.ArticleID) (relatedRows, error) {
	list, err := relater.Related(id, relatedLimit)
	if err != nil {
		return relatedRows{}, err
	}
	cut := len(list) == relatedLimit && list[relatedLimit-1].Kind == feeds.Coverage
	list = slices.DeleteFunc(list, feeds.Related.Faint)
	if i := slices.IndexFunc(list, func(r feeds.Related) bool { return r.Kind == feeds.Background }); i >= 0 {
		list = list[:min(len(list), i+backgroundLimit)]
	}
	ids := []feeds.ArticleID{id}
	for _, r := range list {
		ids = append(ids, r.Article)
	}
	byID, err := itemsByID(lib, ids)
	if err != nil {
		return relatedRows{}, err
	}
	out := relatedRows{asked: byID[id], cut: cut}
	out.asked.ID = id
	if out.asked.Story != 0 {
		s, err := lib.Story(out.asked.Story)
		if err != nil {
			return relatedRows{}, err
		}
		out.carriers, out.reprints, out.broke = s.Outlets, s.Reprints, s.First
	}
	var copies []feeds.ArticleID
	for _, it := range byID {
		copies = append(copies, it.Copies...)
	}
	for _, r := range list {
		copies = append(copies, r.Copies...)
	}
	copied, err := itemsByID(lib, copies)
	if err != nil {
		return relatedRows{}, err
	}
	// Every article has one place: under the first row whose text it has.
	seen := map[feeds.ArticleID]bool{id: true}
	add := func(r feeds.Related, it feeds.Item, copies []feeds.Item) {
		seen[it.ID] = true
		for _, c := range copies {
			seen[c.ID] = true
		}
		out.rows = append(out.rows, sidebar.Row{Item: it, Related: r, Copies: copies})
	}
	if same := sameText(copied, out.asked.Copies, seen); len(same) > 0 {
		add(feeds.Related{Article: same[0].ID, Kind: sidebar.Same}, same[0], same[1:])
	}
	for _, r := range list {
		if it, ok := byID[r.Article]; ok && !seen[it.ID] {
			seen[it.ID] = true
			add(r, it, sameText(copied, slices.Concat(r.Copies, it.Copies), seen))
		}
	}
	return out, nil
}

// sameText are some articles with the same text, but for those seen already: the
// longest first, because the others are cut from it, and of equals the earliest.
func sameText(items map[feeds.ArticleID]feeds.Item, ids []feeds.ArticleID, seen map[feeds.ArticleID]bool) []feeds.Item {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	var out []feeds.Item
	for _, id := range slices.Compact(ids) {
		if it, ok := items[id]; ok && !seen[id] {
			out = append(out, it)
		}
	}
	slices.SortStableFunc(out, func(a, b feeds.Item) int {
		return cmp.Or(cmp.Compare(b.Words, a.Words), feeds.When(a.Article).Compare(feeds.When(b.Article)))
	})
	return out
}

func itemsByID(lib Library, ids []feeds.ArticleID) (map[feeds.ArticleID]feeds.Item, error) {
	items, err := lib.Items(ids)
	if err != nil {
		return nil, err
	}
	byID := make(map[feeds.ArticleID]feeds.Item, len(items))
	for _, it := range items {
		byID[it.ID] = it
	}
	return byID, nil
}

// showWhy shows why the related article under the cursor is one, or no longer;
// where the sidebar is not on the screen it goes there.
func (a *App) showWhy() tea.Cmd {
	if !a.screen.Shows(layout.Related) {
		a.sidebar.ShowWhy()
		return a.goTo(layout.Related)
	}
	if _, ok := a.sidebar.Current(); !ok {
		a.status.Say(status.Info, "There is no related article to explain.")
		return nil
	}
	a.sidebar.ToggleWhy()
	return nil
}

// showRelated puts what is related to an article into the sidebar.
func (a *App) showRelated(id feeds.ArticleID) tea.Cmd {
	if a.article.asking == id {
		return nil
	}
	a.article.asking = 0
	n := a.asks.next(askRelated)
	if held, ok := a.article.related.get(id); ok {
		a.sideWith(held)
		return nil
	}
	if a.sidebar.Asked().ID != id {
		item, _ := a.reader.Article()
		if item.ID != id {
			item = feeds.Item{Article: feeds.Article{ID: id}}
		}
		a.sidebar.SetLoading(item)
	}
	a.article.asking = id
	return readRelated(a.deps.Library, a.deps.Relater, relatedMsg{n: n, since: a.marks.now()}, id)
}

func (a *App) tookRelated(msg relatedMsg) tea.Cmd {
	if a.asks.stale(askRelated, msg.n) {
		return nil
	}
	a.article.asking = 0
	if msg.err != nil {
		a.sidebar.SetError(a.sidebar.Asked(), msg.err.Error())
		return nil
	}
	a.article.related.put(msg.id, msg.related)
	a.sideWith(msg.related)
	if a.article.id != msg.id {
		a.sidebar.SetOpen(a.article.id)
	}
	a.marks.replay(msg.since, a.showStatus)
	return nil
}
