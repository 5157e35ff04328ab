package clean

import (
	"cmp"
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
)

// start acts on a start tag.
func (b *builder) start(t *tag) {
	if b.skip != 0 && endsBefore(b.skip, t.name) {
		b.skip = 0 // its end tag was left out
	}
	if b.skip != 0 {
		if t.name == b.skip {
			b.skipped++
		}
		if b.drawing == inDrawing && t.name == atom.Title {
			b.drawing = inTitle
		}
		return
	}
	if b.formula != nil || formulaic(t) {
		b.startFormula(t)
		return
	}
	if void(t.name) {
		b.void(t)
		return
	}
	if b.dropped(t) {
		if blockLevel(t.name) {
			b.flush()
		}
		if t.name != 0 {
			b.skip, b.skipped = t.name, 0
		}
		b.drawing = drawingOf(t)
		return
	}
	if b.pre != nil {
		if b.pre.lang == "" {
			b.pre.lang = language(t.class)
		}
		if blockLevel(t.name) && len(b.buf) > 0 && b.buf[len(b.buf)-1] != '\n' {
			b.buf = append(b.buf, '\n')
		}
		return
	}
	switch t.name {
	case atom.B, atom.Strong:
		b.look |= bold
	case atom.I, atom.Em, atom.Cite, atom.Dfn, atom.Var:
		b.look |= italic
	case atom.Del, atom.S, atom.Strike:
		b.look |= struck
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		b.look |= monospace
	case atom.A:
		b.link = b.follow(t.href)
	case atom.Sup, atom.Sub:
		b.push(t.name, b.into)
	case atom.Q:
		b.words([]byte("“"))
	case atom.Rp, atom.Rb:
		b.endReading()
	case atom.Rt:
		b.startReading()
	case atom.Iframe, atom.Video, atom.Audio, atom.Embed:
		b.embed(t)
	default:
		if blockLevel(t.name) {
			b.startBlock(t)
		}
	}
}

// startBlock opens an element that begins a line of its own.
func (b *builder) startBlock(t *tag) {
	b.flush()
	if b.isOpen(atom.P) {
		b.closeTo(atom.P, true)
	}
	switch t.name {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		b.push(t.name, b.into)
		b.title = int8(t.name.String()[1] - '0')
	case atom.Blockquote:
		b.pushDeep(t.name, &block{kind: quote})
	case atom.Ul, atom.Menu, atom.Dir:
		b.pushDeep(t.name, &block{kind: list})
	case atom.Ol:
		first, err := strconv.Atoi(strings.TrimSpace(t.start))
		if err != nil || first < 0 || first > 1e6 {
			first = 1
		}
		b.pushDeep(t.name, &block{kind: list, order: true, start: first})
	case atom.Li:
		b.startItem()
	case atom.Table:
		b.make(t.name, &block{kind: table, layout: t.role == "presentation" || t.role == "none"})
	case atom.Tr, atom.Td, atom.Th, atom.Caption:
		b.startCell(t.name)
	case atom.Pre, atom.Xmp, atom.Listing:
		b.push(t.name, b.into)
		b.pre = &block{kind: code, lang: cmp.Or(language(t.class), b.lang)}
	case atom.Dt, atom.Dd:
		b.closeTo(atom.Dt, true)
		b.closeTo(atom.Dd, true)
		b.push(t.name, b.into)
		if t.name == atom.Dt {
			b.look |= bold
		}
	case atom.Summary, atom.Legend:
		b.push(t.name, b.into)
		b.look |= bold
	case atom.Figcaption:
		b.push(t.name, b.into)
		b.look |= italic
	default:
		b.push(t.name, b.into)
		if lang := language(t.class); lang != "" {
			b.lang = lang
		}
	}
}

func (b *builder) startItem() {
	b.closeTo(atom.Li, true)
	if b.into.kind != list {
		b.push(atom.Li, b.into) // no list, or one too deep to show: a paragraph
		return
	}
	b.make(atom.Li, &block{kind: item})
}

func (b *builder) startCell(name atom.Atom) {
	if !b.isOpen(atom.Table) {
		return
	}
	if name == atom.Caption {
		b.push(name, b.beforeTable())
		b.look |= bold
		return
	}
	b.closeTo(atom.Caption, true)
	b.closeTo(atom.Td, true)
	b.closeTo(atom.Th, true)
	if name == atom.Tr {
		b.closeTo(atom.Tr, true)
	}
	if name == atom.Tr || b.into.kind == table {
		if b.into.kind != table {
			return
		}
		b.make(atom.Tr, &block{kind: row})
	}
	if name != atom.Tr && b.into.kind == row {
		b.make(name, &block{kind: cell, head: name == atom.Th})
	}
}

// end acts on an end tag.
func (b *builder) end(name atom.Atom) {
	if b.skip != 0 && name != b.skip && endsWith(b.skip, name) {
		b.skip = 0 // its end tag was left out
	}
	if b.skip != 0 {
		if name == b.skip {
			if b.skipped--; b.skipped < 0 {
				b.skip = 0
			}
		}
		return
	}
	if b.formula != nil {
		b.formula.end(name)
		if name == atom.Math || name == atom.Script {
			b.endFormula()
		}
		return
	}
	if b.pre != nil && name != atom.Pre && name != atom.Xmp && name != atom.Listing {
		return
	}
	switch name {
	case atom.B, atom.Strong:
		b.look &^= bold
	case atom.I, atom.Em, atom.Cite, atom.Dfn, atom.Var:
		b.look &^= italic
	case atom.Del, atom.S, atom.Strike:
		b.look &^= struck
	case atom.Code, atom.Kbd, atom.Samp, atom.Tt:
		b.look &^= monospace
	case atom.A:
		b.link = ""
	case atom.Q:
		b.words([]byte("”"))
	case atom.Rt, atom.Ruby:
		b.endReading()
	case atom.Br:
		b.lineBreak()
	case atom.P:
		b.flush()
		b.closeTo(atom.P, false)
	default:
		b.closeTo(name, false)
	}
}

// void acts on an element that has no content.
func (b *builder) void(t *tag) {
	switch t.name {
	case atom.Br:
		b.lineBreak()
	case atom.Hr:
		if b.pre != nil {
			return
		}
		b.flush()
		b.closeTo(atom.P, true)
		if b.into.kind == document {
			b.put(&block{kind: rule})
		}
	case atom.Img:
		if b.pre == nil {
			b.image(t)
		}
	case atom.Embed:
		b.embed(t)
	case atom.Source:
		b.source(t)
	}
}

// endsBefore reports whether an element whose end tag may be left out ends
// where another begins.
func endsBefore(name, next atom.Atom) bool {
	switch name {
	case atom.P:
		return blockLevel(next)
	case atom.Li:
		return next == atom.Li
	case atom.Dt, atom.Dd:
		return next == atom.Dt || next == atom.Dd
	case atom.Td, atom.Th:
		return next == atom.Td || next == atom.Th || next == atom.Tr
	case atom.Tr:
		return next == atom.Tr
	}
	return false
}

// endsWith reports whether such an element ends where one around it does.
func endsWith(name, outer atom.Atom) bool {
	switch name {
	case atom.P:
		return blockLevel(outer)
	case atom.Li:
		return outer == atom.Ul || outer == atom.Ol
	case atom.Dt, atom.Dd:
		return outer == atom.Dl
	case atom.Td, atom.Th:
		return outer == atom.Tr || outer == atom.Table
	case atom.Tr:
		return outer == atom.Table
	}
	return false
}

func void(name atom.Atom) bool {
	switch name {
	case atom.Br, atom.Hr, atom.Img, atom.Input, atom.Embed, atom.Source, atom.Area, atom.Base, atom.Col, atom.Link, atom.Meta,
		atom.Param, atom.Track, atom.Wbr, atom.Keygen, atom.Frame:
		return true
	}
	return false
}

// blockLevel reports whether an element begins and ends a line.
func blockLevel(name atom.Atom) bool {
	switch name {
	case atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Body, atom.Caption, atom.Center, atom.Dd, atom.Details, atom.Dir,
		atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5,
		atom.H6, atom.Header, atom.Hgroup, atom.Html, atom.Legend, atom.Li, atom.Listing, atom.Main, atom.Menu, atom.Ol, atom.P,
		atom.Pre, atom.Search, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Td, atom.Tfoot, atom.Th, atom.Thead, atom.Tr, atom.Ul, atom.Xmp:
		return true
	}
	return false
}
