package clean

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// formula is mathematics that is being read. It is shown as its TeX source,
// which nearly all of it carries: the bare characters of "x²" would read "x2".
type formula struct {
	tex, shown []byte
	alt        string
	source     bool // inside the TeX
	other      bool // inside another annotation
}

// formulaic reports whether a tag begins a formula: MathML, or the script
// elements of MathJax.
func formulaic(t *tag) bool {
	return t.name == atom.Math || t.name == atom.Script && strings.HasPrefix(t.typ, "math/tex")
}

func (b *builder) startFormula(t *tag) {
	switch {
	case b.formula == nil:
		b.formula = &formula{alt: t.alttext, source: t.name == atom.Script}
	case t.name == atom.Annotation:
		b.formula.source = strings.Contains(t.encoding, "tex")
		b.formula.other = !b.formula.source
	}
}

func (f *formula) text(s []byte) {
	switch {
	case f.source:
		f.tex = append(f.tex, s...)
	case !f.other:
		f.shown = append(f.shown, s...)
	}
}

func (f *formula) end(name atom.Atom) {
	if name == atom.Annotation {
		f.source, f.other = false, false
	}
}

func (b *builder) endFormula() {
	f := b.formula
	if f == nil {
		return
	}
	b.formula = nil
	s := fold(scrub(string(f.tex)))
	if s == "" {
		s = fold(scrub(f.alt))
	}
	if s == "" {
		s = strings.ReplaceAll(fold(scrub(string(f.shown))), " ", "")
	}
	if inner, ok := strings.CutPrefix(s, `{\displaystyle `); ok {
		s = strings.TrimSuffix(inner, "}")
	}
	keep := b.look
	b.look |= monospace
	b.words([]byte(s))
	b.look = keep
}
