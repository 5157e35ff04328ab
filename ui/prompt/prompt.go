// Package prompt is a line at the bottom of the screen that asks for one text:
// what to find, a command, a file's name.
//
//	p := prompt.New(th, "Find", "harbour")
//	intent := p.Type("bridge")        // pane.Typed{Text: "bridge"}
//	intent = p.Act(keys.Enter)        // pane.Entered{Text: "bridge"}
//	intent = p.Act(keys.Back)         // pane.Close{}
//	p.SetNote("3 of 17")
//	p.SetChoices(choices, "")         // what may be meant; Tab completes, arrows choose
//
// It knows nothing of what the text is for: the root does, and keeps that
// beside it.
package prompt

import (
	"broadsheet/ui/cells"
	"broadsheet/ui/field"
	"broadsheet/ui/keys"
	"broadsheet/ui/line"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

const longest = 4096 // bytes of text taken: as long as a path can be

// Pane is the prompt.
type Pane struct {
	th            *theme.Theme
	width, height int
	label         string
	note          string
	field         field.Field
	choices       choices
	line          line.Builder
}

// New makes a prompt. What is offered is replaced by the first text typed.
func New(th *theme.Theme, label, offered string) *Pane {
	p := &Pane{th: th, label: label, field: field.Field{Most: longest}}
	p.field.Set(offered, true)
	return p
}

// NewPath makes a prompt for a file's name. What is offered is typed on.
func NewPath(th *theme.Theme, label, offered string) *Pane {
	p := &Pane{th: th, label: label, field: field.Field{Most: longest, Part: '/'}}
	p.field.Set(offered, false)
	return p
}

// SetNote shows a remark at the right end: how much was found.
func (p *Pane) SetNote(note string) { p.note = cells.Fold(note) }

func (p *Pane) Title() string { return p.label }

func (p *Pane) SetTheme(th *theme.Theme) { p.th = th }

func (p *Pane) Resize(width, height int) { p.width, p.height = max(width, 0), max(height, 0) }

// Typing is always so.
func (p *Pane) Typing() bool { return true }

// Type adds to the text.
func (p *Pane) Type(text string) pane.Intent {
	p.field.Type(text)
	return pane.Typed{Text: p.field.Text()}
}

// Edit takes something off it.
func (p *Pane) Edit(e pane.Edit) pane.Intent {
	p.field.Edit(e)
	return pane.Typed{Text: p.field.Text()}
}

// Act hands the text over, or leaves.
func (p *Pane) Act(action keys.Action) pane.Intent {
	if intent, moved := p.move(action); moved {
		return intent
	}
	switch action {
	case keys.Enter:
		return pane.Entered{Text: p.meant()}
	case keys.Back:
		return pane.Close{}
	case keys.Left, keys.Right:
		p.field.Keep()
		return nil
	}
	return pane.Ignored{}
}

// Lines draws the prompt.
func (p *Pane) Lines(bool) []string {
	lines := make([]string, p.height)
	for i := range lines {
		lines[i] = cells.Spaces(p.width)
	}
	if p.height == 0 {
		return lines
	}
	row := &p.line
	row.Reset(p.th, p.width)
	row.To(1)
	row.AddTo(p.th.Accent, p.label, p.width*2/3)
	row.Add(p.th.Accent, ": ")
	note := 0
	if p.note != "" {
		note = cells.Width(p.th.Measure, p.note) + 2
	}
	if note > row.Left()/2 { // what is typed matters more
		note = 0
	}
	p.field.Draw(row, p.th, p.th.Strong, note)
	if note > 0 {
		row.Right(p.th.Muted, p.note+" ")
	}
	lines[0] = row.String()
	return lines
}
