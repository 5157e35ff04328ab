// Package search is the prompt that finds articles by their words, with what it
// found below it as one types.
//
//	p := search.New(th)
//	p.Start(now)                                   // the / key
//	intent := p.Type("quake")                      // pane.NeedSearch{Query: "quake", Generation: 1}
//	p.SetResults(generation, items, limit, false)  // dropped if it is not the latest
//	intent = p.Act(keys.Enter)                     // pane.OpenArticle
//	intent = p.Act(keys.Back)                      // pane.Close: back to where one was
//
// It is a pane.Typist: while it is on the screen printed keys are text, and the
// arrows move among the results without leaving the prompt. The query and its
// results stay for the next Start, where the first letter typed replaces them.
package search

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"broadsheet/feeds"
	"broadsheet/ui/cells"
	"broadsheet/ui/field"
	"broadsheet/ui/keys"
	"broadsheet/ui/line"
	"broadsheet/ui/list"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

// maxQuery is how many bytes of query are taken: a paste may be anything.
const maxQuery = 200

// Pane is the search.
type Pane struct {
	th            *theme.Theme
	width, height int
	now           time.Time

	field      field.Field
	generation int  // of the query asked for last
	answered   int  // of the query whose results are shown
	goesOn     bool // more of them may come
	failure    string
	limit      int // how many results were asked for
	words      []string
	list       *list.List[feeds.ArticleID, result]
	line       line.Builder
	lines      []string
	drawn      map[feeds.ArticleID][rowLines]string // results as last drawn without the cursor
	rule       string                               // under the prompt
}

// result is an article that was found, its texts prepared.
type result struct {
	feeds.Item
	headline, outlet, excerpt string
}

// New makes a search that has not been asked anything.
func New(th *theme.Theme) *Pane {
	return &Pane{
		th: th, list: list.New(func(r result) feeds.ArticleID { return r.ID }),
		drawn: map[feeds.ArticleID][rowLines]string{}, field: field.Field{Most: maxQuery},
	}
}

// Start begins a search, the last one's query and results in sight.
func (p *Pane) Start(now time.Time) {
	p.now = now
	p.field.Set(p.field.Text(), true)
	clear(p.drawn)
}

// Query is what has been typed.
func (p *Pane) Query() string { return p.field.Text() }

// SetResults shows what was found for the query of a generation, so far if the
// search goes on. limit is how many were asked for, so that as many mean there
// may be more.
func (p *Pane) SetResults(generation int, items []feeds.Item, limit int, goesOn bool) {
	if generation != p.generation {
		return
	}
	rows := make([]result, len(items))
	for i, item := range items {
		rows[i] = result{item, cells.Fold(item.Headline()), cells.Fold(item.Outlet), cells.Fold(item.Excerpt)}
	}
	p.goesOn = goesOn
	if p.answered == generation { // more of the same
		p.list.SetRows(rows)
		return
	}
	p.answered, p.failure, p.limit, p.words = generation, "", limit, wordsOf(p.field.Text())
	p.list.Reset(rows)
	clear(p.drawn)
}

// SetError says in a sentence why the query of a generation has no answer.
func (p *Pane) SetError(generation int, sentence string) {
	if generation != p.generation {
		return
	}
	p.answered, p.goesOn, p.failure = generation, false, cells.Fold(sentence)
	p.list.Reset(nil)
}

// SetStatus changes what the rows of some articles show of their status.
func (p *Pane) SetStatus(set pane.Articles, change feeds.StatusChange) {
	rows := p.list.Rows()
	for i := range rows {
		if r := &rows[i]; set.Has(r.ID) {
			r.Status = change.Apply(r.Status)
			delete(p.drawn, r.ID)
		}
	}
}

// Current is the article under the cursor; false if there is none.
func (p *Pane) Current() (feeds.Item, bool) {
	r, ok := p.list.Current()
	return r.Item, ok
}

// Step moves by n results and reports whether it moved.
func (p *Pane) Step(n int) bool { return p.list.Move(n) }

// Typing is always so: the prompt has the keys.
func (p *Pane) Typing() bool { return true }

// Type adds text to the query.
func (p *Pane) Type(text string) pane.Intent {
	return p.changed(func() { p.field.Type(text) })
}

// Edit takes back what was typed.
func (p *Pane) Edit(e pane.Edit) pane.Intent {
	return p.changed(func() { p.field.Edit(e) })
}

// changed asks for the articles of a query that has come to be another.
func (p *Pane) changed(change func()) pane.Intent {
	was := strings.Fields(p.field.Text())
	change()
	query := p.field.Text()
	if slices.Equal(strings.Fields(query), was) {
		return nil
	}
	p.generation++
	if strings.TrimSpace(query) == "" {
		p.answered, p.goesOn, p.failure, p.words = p.generation, false, "", nil
		p.list.Reset(nil)
		return nil
	}
	return pane.NeedSearch{Query: query, Generation: p.generation}
}

// Act moves among the results, opens one, and leaves.
func (p *Pane) Act(action keys.Action) pane.Intent {
	page := max(1, p.list.Height()-1)
	switch action {
	case keys.Down:
		p.list.Move(1)
	case keys.Up:
		p.list.Move(-1)
	case keys.PageDown, keys.HalfDown:
		p.list.Move(page)
	case keys.PageUp, keys.HalfUp:
		p.list.Move(-page)
	case keys.Top:
		p.list.MoveTo(0)
	case keys.Bottom:
		p.list.MoveTo(p.list.Len() - 1)
	case keys.Enter:
		if r, ok := p.list.Current(); ok && p.answered == p.generation {
			return pane.OpenArticle{ID: r.ID}
		}
	case keys.Back:
		return pane.Close{}
	default:
		return pane.Ignored{}
	}
	p.field.Keep()
	return nil
}

// Scroll moves the rows under the cursor.
func (p *Pane) Scroll(n int) pane.Intent {
	p.list.Scroll(n)
	return nil
}

// Click puts the cursor on the result drawn at y; on the cursor's own, opens it.
func (p *Pane) Click(y int) pane.Intent {
	i := p.list.Top() + (y-promptLines)/rowLines
	if y < promptLines || i >= p.list.Len() {
		return nil
	}
	if i == p.list.Index() {
		return p.Act(keys.Enter)
	}
	p.list.MoveTo(i)
	return nil
}

// SetTheme changes the looks.
func (p *Pane) SetTheme(th *theme.Theme) {
	p.th = th
	p.Resize(p.width, p.height)
}

// Resize tells the pane its size.
func (p *Pane) Resize(width, height int) {
	p.width, p.height = max(width, 0), max(height, 0)
	p.list.SetHeight((p.height - promptLines + 1) / rowLines) // the last needs no blank line
	p.line.Reset(p.th, p.width)
	p.line.Add(p.th.Rule, strings.Repeat("─", p.width))
	p.rule = p.line.String()
	clear(p.drawn)
}

// Title names the pane.
func (p *Pane) Title() string { return "Search" }

// Note tells how many articles were found.
func (p *Pane) Note() string {
	n := p.list.Len()
	switch {
	case p.failure != "" || p.answered == 0 || len(p.words) == 0:
		return ""
	case p.goesOn && n == 0:
		return ""
	case p.goesOn:
		return "at least " + strconv.Itoa(n)
	case n == 1:
		return "1 article"
	case p.limit > 0 && n >= p.limit:
		return "the first " + strconv.Itoa(n)
	}
	return strconv.Itoa(n) + " articles"
}
