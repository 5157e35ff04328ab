package reader

import (
	"broadsheet/ui/keys"
	"broadsheet/ui/pane"
)

// view is what the pane shows in the place of the text, such as the list of the
// article's links. It is a mode of the pane: p.view is nil while the text is
// shown, and one view takes the place of another. A view keeps its own cursor;
// it leaves by setting p.view to nil.
type view interface {
	title() string
	note() string
	// act does what an action means here; pane.Ignored{} if it means nothing.
	act(p *Pane, action keys.Action) pane.Intent
	// scroll moves the rows, for the mouse wheel.
	scroll(rows int)
	// draw appends at most p.height rows to p.lines.
	draw(p *Pane)
	// update takes up a change of the article or its text.
	update(p *Pane)
}

// Viewing reports whether something is shown in the place of the text.
func (p *Pane) Viewing() bool { return p.view != nil }

// writing is a view that is typed into: printed keys come to it as text.
type writing interface {
	typed(p *Pane, text string) pane.Intent
	edit(e pane.Edit)
}

// Typing reports whether keys are read as text: in the list of links, where
// digits choose.
func (p *Pane) Typing() bool {
	_, ok := p.view.(writing)
	return ok
}

// Type gives text to what is typed into.
func (p *Pane) Type(text string) pane.Intent {
	if w, ok := p.view.(writing); ok {
		return w.typed(p, text)
	}
	return nil
}

// Edit changes what was typed.
func (p *Pane) Edit(e pane.Edit) pane.Intent {
	if w, ok := p.view.(writing); ok {
		w.edit(e)
	}
	return nil
}
