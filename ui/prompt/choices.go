package prompt

import (
	"strings"

	"broadsheet/ui/keys"
	"broadsheet/ui/line"
	"broadsheet/ui/list"
	"broadsheet/ui/pane"
)

// Choice is a text that may be meant, with what is said of it.
type Choice struct{ Text, Keys, Does string }

// choices are what is offered beside what is typed. The cursor is among them
// only once the reader has gone there.
type choices struct {
	list   *list.List[string, Choice]
	chosen bool
}

// SetChoices offers texts to choose from, best first. The one that is meant, if
// any is, is what Enter takes.
func (p *Pane) SetChoices(offered []Choice, meant string) {
	if p.choices.list == nil {
		p.choices.list = list.New(func(c Choice) string { return c.Text })
	}
	p.choices.list.Reset(offered)
	p.choices.chosen = meant != "" && p.choices.list.Find(meant) >= 0
	p.choices.list.Select(meant)
}

// step goes to the next or previous choice, round at the ends.
func (p *Pane) step(n int) {
	c := &p.choices
	if c.list == nil || c.list.Len() == 0 {
		return
	}
	switch last := c.list.Len() - 1; {
	case !c.chosen && n < 0, c.chosen && c.list.Index()+n < 0:
		c.list.MoveTo(last)
	case !c.chosen, c.list.Index()+n > last:
		c.list.MoveTo(0)
	default:
		c.list.Move(n)
	}
	c.chosen = true
}

// complete adds to the text what all choices that begin with it have in common,
// or goes on to the next choice if that is nothing.
func (p *Pane) complete() pane.Intent {
	text, common := p.field.Text(), ""
	if p.choices.list == nil {
		return nil
	}
	for _, c := range p.choices.list.Rows() {
		switch {
		case !strings.HasPrefix(c.Text, text):
		case common == "":
			common = c.Text
		default:
			common = common[:alike(common, c.Text)]
		}
	}
	if len(common) <= len(text) || text == "" {
		p.step(+1)
		return nil
	}
	p.field.Set(common, false)
	return pane.Typed{Text: common}
}

// alike is how many bytes two texts begin with alike.
func alike(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// meant is the choice gone to, or what was typed.
func (p *Pane) meant() string {
	if p.choices.chosen {
		if c, ok := p.choices.list.Current(); ok {
			return c.Text
		}
	}
	return p.field.Text()
}

// Above are the rows to lay over those above the prompt, at most so many: what
// there is to choose from, under a rule.
func (p *Pane) Above(most int) []string {
	c := &p.choices
	if c.list == nil || c.list.Len() == 0 || most < 2 || p.width == 0 {
		return nil
	}
	row := &p.line
	row.Reset(p.th, p.width)
	row.Add(p.th.Rule, strings.Repeat("─", p.width))
	rows := []string{row.String()}
	c.list.SetHeight(min(c.list.Len(), most-1))
	for i := range c.list.Visible() {
		rows = append(rows, p.choice(row, c.list.Row(i), c.chosen && i == c.list.Index()))
	}
	return rows
}

func (p *Pane) choice(row *line.Builder, c Choice, here bool) string {
	const nameWidth = 18
	keysWidth := min(13, p.width/6)
	row.Reset(p.th, p.width)
	if here {
		row.ResetOn(p.th, p.width, p.th.Cursor)
		row.Add(p.th.Accent, "▌")
	}
	row.To(1)
	row.AddTo(p.th.Text, c.Text, nameWidth)
	row.To(nameWidth + 1)
	row.AddTo(p.th.Accent, c.Keys, nameWidth+keysWidth)
	row.To(nameWidth + keysWidth + 1)
	row.AddTo(p.th.Muted, c.Does, p.width-1)
	return row.String()
}

// move does what an action means among the choices; false if there are none.
func (p *Pane) move(action keys.Action) (pane.Intent, bool) {
	if p.choices.list == nil {
		return nil, false
	}
	switch action {
	case keys.Down:
		p.step(+1)
	case keys.Up, keys.PreviousPane:
		p.step(-1)
	case keys.NextPane:
		return p.complete(), true
	default:
		return nil, false
	}
	return nil, true
}
