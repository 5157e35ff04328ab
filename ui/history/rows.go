package history

import (
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"broadsheet/feeds/edits"
	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

// row is a line with the looks of its words.
type row struct{ pieces []piece }

type piece struct {
	look look
	text string
}

// look is how words look; styles belong to the theme.
type look uint8

const (
	plain look = iota
	strong
	faint
	gone
	added
	heading
	failed
)

func (p *Pane) style(l look) theme.Style {
	switch l {
	case strong:
		return p.th.Strong
	case faint:
		return p.th.Muted
	case gone:
		return p.th.Gone
	case added:
		return p.th.Added
	case heading:
		return p.th.Coverage
	case failed:
		return p.th.Error
	}
	return p.th.Text
}

// The signs around what is gone and what was added tell them apart where no
// style does.
const (
	goneSign, addedSign = "[-", "[+"
	closeSign           = "]"
)

const (
	margin   = 1
	leastFor = 8 // columns in which words can be set
)

// layout makes all rows.
func (p *Pane) layout() {
	p.rows = p.rows[:0]
	if p.width < leastFor {
		return
	}
	changes, known := p.changes[p.step]
	before, after, ok := p.Versions(p.step)
	switch {
	case p.failure != "":
		p.flow([]piece{{failed, p.failure}})
	case len(p.versions) == 0:
		p.flow([]piece{{faint, "Reading the versions …"}})
	case !ok:
		p.flow([]piece{{faint, "This article has not been changed since it was first seen."}})
	case p.whole:
		p.version(before)
	case !known:
		p.when(before, after)
		p.flow([]piece{{faint, "Comparing …"}})
	default:
		p.when(before, after)
		p.paragraphs(changes.Headline, strong)
		p.gap()
		p.paragraphs(changes.Text, plain)
		if changes.Cut {
			p.gap()
			p.flow([]piece{{faint, "The article goes on; this is as much as Broadsheet compares."}})
		}
	}
	p.top = max(0, min(p.top, len(p.rows)-p.height))
}

// when tells between which versions the change lies.
func (p *Pane) when(before, after Version) {
	sentence := "First version"
	if p.step > 0 {
		sentence = "Version " + strconv.Itoa(p.step+1)
	}
	if s := p.since(before); s != "" {
		sentence += ", seen " + s
	}
	sentence += " → "
	if p.step+2 == len(p.versions) {
		sentence += "as it stands now"
	} else {
		sentence += "version " + strconv.Itoa(p.step+2)
	}
	if s := p.since(after); s != "" {
		sentence += ", seen " + s
	}
	p.flow([]piece{{heading, sentence}})
	p.flow([]piece{{gone, goneSign + "gone" + closeSign}, {plain, " "}, {added, addedSign + "added" + closeSign}})
	p.gap()
}

// version is one whole, as it stood.
func (p *Pane) version(v Version) {
	sentence := "As it stood first"
	if p.step > 0 {
		sentence = "As version " + strconv.Itoa(p.step+1) + " stood"
	}
	if s := p.since(v); s != "" {
		sentence += ", seen " + s
	}
	p.flow([]piece{{heading, sentence}})
	p.gap()
	p.flow([]piece{{strong, v.Headline}})
	text, short := cut(v.Text)
	for l := range strings.Lines(text) {
		if l = strings.TrimSpace(l); l != "" {
			p.gap()
			p.flow([]piece{{plain, l}})
		}
	}
	if short {
		p.gap()
		p.flow([]piece{{faint, "The article goes on; this is as much as Broadsheet shows."}})
	}
}

// paragraphs sets changes, what is the same in a look.
func (p *Pane) paragraphs(list []edits.Paragraph, same look) {
	for i, para := range list {
		if i > 0 {
			p.gap()
		}
		if len(para) == 1 && para[0].Kind == edits.Folded {
			sentence := "… one paragraph unchanged …"
			if n := para[0].Text; n != "1" {
				sentence = "… " + n + " paragraphs unchanged …"
			}
			p.flow([]piece{{faint, sentence}})
			continue
		}
		var pieces []piece
		for k, c := range para {
			if k > 0 && c.Kind == edits.Added && para[k-1].Kind == edits.Gone && !strings.HasSuffix(para[k-1].Text, " ") {
				pieces = append(pieces, piece{same, " "})
			}
			pieces = append(pieces, signed(c, same)...)
		}
		p.flow(pieces)
	}
}

// signed is a piece of a paragraph with the signs of what became of it.
func signed(c edits.Piece, same look) []piece {
	words := strings.TrimRight(c.Text, " ")
	space := piece{same, c.Text[len(words):]}
	switch c.Kind {
	case edits.Gone:
		return []piece{{gone, goneSign + words + closeSign}, space}
	case edits.Added:
		return []piece{{added, addedSign + words + closeSign}, space}
	case edits.Folded:
		return []piece{{faint, " … "}}
	}
	return []piece{{same, c.Text}}
}

func (p *Pane) gap() {
	if n := len(p.rows); n > 0 && len(p.rows[n-1].pieces) > 0 {
		p.rows = append(p.rows, row{})
	}
}

// flow breaks pieces into rows.
func (p *Pane) flow(pieces []piece) {
	var b strings.Builder
	ends := make([]int, len(pieces))
	for i, c := range pieces {
		b.WriteString(cells.Fold(c.text))
		ends[i] = b.Len()
	}
	text := b.String()
	cells.Spans(p.th.Measure, text, p.width-2*margin, func(s cells.Span) bool {
		var r row
		for i := sort.SearchInts(ends, s.Start+1); i < len(pieces); i++ {
			from := s.Start
			if i > 0 {
				from = max(from, ends[i-1])
			}
			if from >= s.End {
				break
			}
			r.pieces = append(r.pieces, piece{pieces[i].look, text[from:min(ends[i], s.End)]})
		}
		p.rows = append(p.rows, r)
		return true
	})
}

// Lines draws what is in sight.
func (p *Pane) Lines(bool) []string {
	p.lines = p.lines[:0]
	for y := p.top; y < p.top+p.height; y++ {
		p.line.Reset(p.th, p.width)
		if y < len(p.rows) {
			p.line.To(margin)
			for _, c := range p.rows[y].pieces {
				p.line.Add(p.style(c.look), c.text)
			}
		}
		p.lines = append(p.lines, p.line.String())
	}
	return p.lines
}

// cut is as much of a text as is compared, and whether that is not all.
func cut(text string) (string, bool) {
	if len(text) <= mostBytes {
		return text, false
	}
	end := mostBytes
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end], true
}
