package markdown

import (
	"context"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"broadsheet/ui/cells"
	"broadsheet/ui/theme"
)

// Blocks inside blocks are indented while minWidth columns are left for them,
// and marked while leastWidth are.
const (
	minWidth   = 16
	leastWidth = 4
)

// Quotation marks hang in the margin where the text is at least this wide: a
// narrower pane may leave no margin.
const leastHanging = 28

// layout turns a tree of blocks into lines, going through it once.
type layout struct {
	ctx     context.Context
	r       *Renderer
	source  []byte
	width   int // columns inside the margins
	out     *Rendered
	margins []margin
	quoted  int // in how many quotes
	gap     bool
	tight   bool // in a list without blank lines
	link    int  // the link that is open in the line being built
	text    []byte
	first   int // the first line of the block being laid out; negative before it
	count   int
	stopped bool
}

// margin is what stands to the left of a block: first before its first line,
// rest before the others.
type margin struct {
	first, rest string
	columns     [2]int // of first, of rest
	begun       bool
}

func (l *layout) theme() *theme.Theme { return l.r.theme }

// blocks lays out the children of a node.
func (l *layout) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil && l.proceed(); n = n.NextSibling() {
		l.block(n)
	}
}

// proceed counts a block and reports whether it is to be laid out.
func (l *layout) proceed() bool {
	if l.stopped || l.ctx.Err() != nil {
		l.stopped = true
		return false
	}
	if l.count++; l.count > maxBlocks {
		l.out.Cut = true
		return false
	}
	return true
}

func (l *layout) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		l.heading(n)
	case *ast.Paragraph:
		l.space()
		l.paragraph(n)
	case *ast.TextBlock:
		l.paragraph(n)
	case *ast.Blockquote:
		l.space()
		l.quote(n)
	case *ast.List:
		l.list(n)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		l.space()
		l.leaf(&Block{Kind: Code}, func() { l.code(n) })
	case *ast.ThematicBreak:
		l.space()
		l.leaf(&Block{Kind: Rule}, l.rule)
	case *extast.Table:
		l.space()
		l.table(n)
	default:
		l.blocks(n)
	}
}

// space asks for a blank line before the next one.
func (l *layout) space() {
	if !l.tight {
		l.gap = true
	}
}

// emit puts out a line with the margins before it.
func (l *layout) emit(line placed) {
	l.closeGap()
	columns := 0
	if len(l.margins) > 0 {
		var b strings.Builder
		for i := range l.margins {
			m := &l.margins[i]
			if m.begun {
				b.WriteString(m.rest)
				columns += m.columns[1]
			} else {
				b.WriteString(m.first)
				columns += m.columns[0]
				m.begun = true
			}
		}
		b.WriteString(line.text)
		line.text = b.String()
	}
	l.put(line.text, line.pieces, columns)
	if line.hang > 0 {
		l.out.hangs = append(l.out.hangs, hang{len(l.out.Lines) - 1, line.hang})
	}
	for _, n := range line.links {
		if n > 0 && n <= len(l.out.Links) {
			l.out.Links[n-1].Line = len(l.out.Lines) - 1
		}
	}
}

// indent is how many columns the margins take, but for a mark's first line.
func (l *layout) indent() int {
	columns := 0
	for _, m := range l.margins {
		columns += m.columns[1]
	}
	return columns
}

// closeGap puts out the blank line that was asked for, if anything precedes it.
func (l *layout) closeGap() {
	if l.gap && len(l.out.Lines) > 0 && !l.fresh() {
		first := l.first
		l.put(l.blank(), nil, 0)
		l.first = first // it belongs to no block
	}
	l.gap = false
}

// fresh reports whether a quote or a list item has just begun: its first block
// stands beside the mark, without a blank line.
func (l *layout) fresh() bool {
	n := len(l.margins)
	return n > 0 && !l.margins[n-1].begun
}

// blank is the line between two blocks: the bars of quotes go on in it.
func (l *layout) blank() string {
	var b strings.Builder
	for _, m := range l.margins {
		if !m.begun {
			break
		}
		b.WriteString(m.rest)
	}
	return strings.TrimRight(b.String(), " ")
}

// inside lays out what fn does behind a margin. Where there is no room for that
// the text hangs no more, and at last loses its mark.
func (l *layout) inside(first, rest string, columns int, fn func()) {
	left := l.width - columns
	m := margin{first: first, rest: rest, columns: [2]int{cells.Width(l.theme().Measure, first), columns}}
	if left < leastWidth || len(l.margins) >= maxDepth {
		fn()
		return
	}
	if left < minWidth && len(l.margins) > 0 {
		m.rest, m.columns[1] = "", 0
	}
	l.closeGap()
	l.margins = append(l.margins, m)
	l.width -= columns
	fn()
	l.width += columns
	l.margins = l.margins[:len(l.margins)-1]
}

// inlines has the inlines of a block styled and fenced.
func (l *layout) inlines(n ast.Node) paragraph {
	c := &inliner{from: l.source, links: &l.out.Links}
	block := c.copyInlines(n)
	return fence(l.r.styler.style(c.source, block))
}

func (l *layout) paragraph(n ast.Node) {
	base := open(l.theme().Text)
	if l.quoted > 0 {
		base = open(l.theme().Quote)
	}
	b := Block{Kind: Paragraph}
	before := len(l.out.Links)
	p := l.inlines(n)
	if onlyPicture(n) {
		b.Kind = Picture
		if links := l.out.Links[before:]; len(links) > 0 && links[0].Picture {
			b.Link = links[0].N
		}
	}
	if len(l.margins) == 0 && l.width >= leastHanging {
		p.hang = quotation(p.text)
	}
	l.leaf(&b, func() { l.flow(p, base) })
}

// quotation is how many bytes of opening quotation mark a text begins with. It
// hangs in the margin, so that the letters below each other stand in line.
func quotation(text string) int {
	r, size := utf8.DecodeRuneInString(text)
	switch r {
	case '“', '‘', '„', '‚', '«', '‹', '"', '「', '『', '《', '〈', '〝':
		return size
	}
	return 0
}

// onlyPicture reports whether a block holds a picture and nothing else.
func onlyPicture(n ast.Node) bool {
	only := n.FirstChild()
	return only != nil && only.NextSibling() == nil && only.Kind() == ast.KindImage
}

// flow wraps a paragraph and puts it out, from the right if it is written so.
func (l *layout) flow(p paragraph, base string) {
	right := cells.RightToLeft(p.text)
	if right {
		p.hang = 0
	}
	m := l.theme().Measure
	l.wrap(p, l.width, base, func(line placed) {
		if pad := l.width - cells.Width(m, line.text); right && pad > 0 {
			line.text = cells.Spaces(pad) + line.text
			for i := range line.pieces {
				line.pieces[i].column += int32(pad)
			}
		}
		l.emit(line)
	})
}

func (l *layout) heading(n *ast.Heading) {
	l.gap = true
	p := l.inlines(n)
	if strings.TrimSpace(p.text) == "" {
		return
	}
	style := l.theme().Heading
	if n.Level > 2 {
		style = l.theme().Strong
	}
	l.leaf(&Block{Kind: Title, Level: n.Level}, func() { l.flow(p, open(style)) })
}

func (l *layout) quote(n ast.Node) {
	l.quoted++
	tight := l.tight
	l.tight = false
	bar := l.theme().Rule.Render("│") + " "
	l.inside(bar, bar, 2, func() { l.blocks(n) })
	l.tight = tight
	l.quoted--
	l.gap = true
}

// list hangs the text of its items beside their marks.
func (l *layout) list(n *ast.List) {
	outer := l.tight
	if !outer {
		l.gap = true
	}
	number := n.Start
	digits := len(strconv.Itoa(max(number, 0) + n.ChildCount() - 1))
	for item := n.FirstChild(); item != nil && l.proceed(); item = item.NextSibling() {
		mark := "• "
		if n.IsOrdered() {
			mark = cells.FitRight(cells.Wc, strconv.Itoa(number), digits) + ". "
			number++
		}
		if box := taskBox(item); box != nil {
			mark = "☐ "
			if box.IsChecked {
				mark = "☑ "
			}
		}
		columns := cells.Width(l.theme().Measure, mark)
		l.tight = shortItem(item)
		l.inside(l.theme().Muted.Render(mark), cells.Spaces(columns), columns, func() { l.blocks(item) })
		l.gap = !shortItem(item)
	}
	l.tight = outer
	l.gap = !outer
}

// shortItem reports whether an item is one paragraph, perhaps with a list under
// it: such items stand without blank lines, however the source spaced them.
func shortItem(item ast.Node) bool {
	for c := item.FirstChild(); c != nil; c = c.NextSibling() {
		switch c.Kind() {
		case ast.KindList:
		case ast.KindTextBlock, ast.KindParagraph:
			if c != item.FirstChild() {
				return false
			}
		default:
			return false
		}
	}
	return true
}

func taskBox(item ast.Node) *extast.TaskCheckBox {
	if item.FirstChild() == nil {
		return nil
	}
	box, _ := item.FirstChild().FirstChild().(*extast.TaskCheckBox)
	return box
}

// code keeps its lines; what is too long goes on in the next.
func (l *layout) code(n ast.Node) {
	style, m := l.theme().Code, l.theme().Measure
	margin := 1
	if l.width < 4 {
		margin = 0
	}
	var lines []placed
	widest := 0
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		source := strings.TrimRight(safe(strings.TrimRight(string(segment.Value(l.source)), "\r\n")), " ")
		begin, at := l.say(whole(source)), 0
		for _, line := range hardWrap(m, source, max(l.width-2, 1)) {
			at += max(strings.Index(source[at:], line), 0)
			out := placed{text: line}
			if line != "" {
				out.pieces = []spot{{int32(begin + at), int32(begin + at + len(line)), int32(margin)}}
			}
			lines = append(lines, out)
			widest = max(widest, cells.Width(m, line))
			at += len(line)
		}
	}
	for _, line := range lines {
		if margin > 0 {
			line.text = " " + cells.Fit(m, line.text, widest) + " "
		}
		line.text = style.Render(line.text)
		l.emit(line)
	}
	l.gap = true
}

// hardWrap breaks a line of code wherever the width ends, spaces kept.
func hardWrap(m cells.Measure, s string, width int) []string {
	if cells.Width(m, s) <= width {
		return []string{s}
	}
	return strings.Split(m.Hardwrap(s, width, true), "\n")
}

func (l *layout) rule() {
	const stars = "*   *   *"
	pad := max((l.width-len(stars))/2, 0)
	l.emit(placed{text: cells.Spaces(pad) + l.theme().Faint.Render(cells.Cut(cells.Wc, stars, l.width))})
	l.gap = true
}

// finish drops blank lines at the end, and hands the words over.
func (l *layout) finish() {
	for n := len(l.out.Lines); n > 0 && l.out.Lines[n-1] == ""; n-- {
		l.out.Lines, l.out.ends = l.out.Lines[:n-1], l.out.ends[:n-1]
	}
	l.out.Text = string(l.text)
}
