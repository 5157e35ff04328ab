// Package field is a line of text that is being typed: a query, a path, a
// command. Panes that ask for one keep a Field.
//
//	f := field.Field{Most: 200}
//	f.Set("harbour", true)          // the next text typed replaces it
//	f.Type("bridge\n")              // may be a paste: "bridge "
//	f.Edit(pane.EraseWord)
//	f.Draw(&row, th, th.Strong, 2)  // its end, with the cursor, but for 2 columns
package field

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"broadsheet/ui/cells"
	"broadsheet/ui/line"
	"broadsheet/ui/pane"
	"broadsheet/ui/theme"
)

// Field is a text being typed.
type Field struct {
	Most int  // bytes it holds at most
	Part byte // what words are parted by for EraseWord; 0 for a space

	text  string
	fresh bool
}

// Set puts a text there. If it is fresh the next text typed replaces it.
func (f *Field) Set(text string, fresh bool) {
	f.text, f.fresh = "", false
	f.Type(text)
	f.fresh = fresh && f.text != ""
}

// Text is what was typed.
func (f *Field) Text() string { return f.text }

// Fresh reports whether the next text typed replaces what is there.
func (f *Field) Fresh() bool { return f.fresh }

// Keep ends that: what is there is meant.
func (f *Field) Keep() { f.fresh = false }

// Type adds text at the end. Control characters, as a paste may hold, become
// spaces.
func (f *Field) Type(text string) {
	if f.fresh {
		f.text = ""
	}
	f.fresh = false
	f.text += strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, cells.Fold(text))
	for len(f.text) > f.Most {
		f.cutLast()
	}
}

func (f *Field) cutLast() {
	_, size := utf8.DecodeLastRuneInString(f.text)
	f.text = f.text[:len(f.text)-size]
}

// Edit takes something off the end.
func (f *Field) Edit(e pane.Edit) {
	part := string(f.Part)
	if f.Part == 0 {
		part = " "
	}
	f.fresh = false
	switch e {
	case pane.EraseAll:
		f.text = ""
	case pane.EraseWord:
		f.text = f.text[:strings.LastIndex(strings.TrimRight(f.text, part), part)+1]
	case pane.EraseLetter:
		f.cutLast()
	}
}

// Draw adds the text to a line, and behind it the cursor, leaving so many
// columns free. Of a text that is too long the end is shown: that is what is
// being typed.
func (f *Field) Draw(row *line.Builder, th *theme.Theme, st theme.Style, free int) {
	text, room := f.text, row.Left()-free-1
	for text != "" && cells.Width(th.Measure, text) > room {
		_, size := utf8.DecodeRuneInString(text)
		text = text[size:]
	}
	if f.fresh {
		st = th.Muted
	}
	row.Add(st, text)
	row.Add(th.Accent, "▏")
}
