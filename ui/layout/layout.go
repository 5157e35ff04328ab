// Package layout says where the panes lie and draws the frame around them. It
// is pure: size, focus and splits in, rectangles out.
//
//	screen := layout.Compute(width, height, layout.Headlines, splits)
//	if screen.TooSmall { … }
//	for _, p := range screen.Shown() { panes[p].Resize(screen.Panes[p].W, screen.Panes[p].H) }
//	frame := layout.NewFrame(th, screen, labels)
//	content := frame.Append(nil, lines)
//
//	wide (≥ 120)                        medium (80–119)               narrow (< 80)
//	╭ Feeds ──┬ Headlines ───┬ Related ╮ ╭ Headlines ──────╮          one pane at a
//	│         ├ Article ─────┤         │ ├ Article ─┬ Rel. ┤          time
//	╰─────────┴──────────────┴─────────╯ ╰──────────┴──────╯
//
// In the medium layout the feeds slide in beside the headlines while they have
// the keys. On a screen too low to stack panes, the middle shows one of
// headlines and article.
package layout

// Pane names one of the panes, in the order of the keys 1 to 4.
type Pane int

const (
	Feeds Pane = iota
	Headlines
	Article
	Related
	Panes // how many there are
)

// Rect is the inside of a pane: where its lines go.
type Rect struct{ X, Y, W, H int }

// Splits are what the reader moved the borders by, in cells.
type Splits struct {
	Feeds   int // added to the width of the feeds
	Related int // added to the width of the related stories
	Middle  int // added to the height of the headlines
}

// Mode is the arrangement in force.
type Mode uint8

const (
	Wide Mode = iota
	Medium
	Narrow
)

// Screen is where everything lies.
type Screen struct {
	Width, Height int
	TooSmall      bool // no pane has room; show Sentence
	Mode          Mode
	Panes         [Panes]Rect // W is 0 for a pane that is not shown
	Splits        Splits      // as asked for, as far as there was room
}

const (
	wideFrom   = 120
	mediumFrom = 80
	minWidth   = 30
	minHeight  = 8
	stackFrom  = 14 // rows of panes below which nothing is stacked
	roomyFrom  = 30 // rows from which the halves do not depend on the focus
	minPane    = 4  // rows a stacked pane keeps
	minMiddle  = 40 // columns the headlines keep
	minSide    = 16 // columns the feeds and the related stories keep
)

// Shows reports whether a pane is on the screen.
func (s Screen) Shows(p Pane) bool { return s.Panes[p].W > 0 }

// At is the pane that holds the cell at x, y; false for a border.
func (s Screen) At(x, y int) (Pane, bool) {
	for p, r := range s.Panes {
		if x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H {
			return Pane(p), true
		}
	}
	return 0, false
}

// Compute lays out a screen whose last row is the status line.
func Compute(width, height int, focus Pane, splits Splits) Screen {
	s := Screen{Width: width, Height: height, Splits: splits}
	if width < minWidth || height < minHeight {
		s.TooSmall = true
		return s
	}
	switch {
	case width >= wideFrom:
		s.Mode = Wide
		s.wide(focus)
	case width >= mediumFrom:
		s.Mode = Medium
		s.medium(focus)
	default:
		s.Mode = Narrow
		s.Panes[focus] = Rect{1, 1, width - 2, height - 3}
	}
	return s
}

func (s *Screen) wide(focus Pane) {
	rows := s.Height - 3 // the frame's two and the status line
	free := s.Width - 4 - minMiddle
	feeds := s.side(clamp(s.Width/5, 22, 36), &s.Splits.Feeds, free-minSide)
	related := s.side(clamp(s.Width*27/100, 30, 52), &s.Splits.Related, free-feeds)
	middle := s.Width - 4 - feeds - related
	s.Panes[Feeds] = Rect{1, 1, feeds, rows}
	s.Panes[Related] = Rect{s.Width - 1 - related, 1, related, rows}
	s.stack(Rect{feeds + 2, 1, middle, rows}, focus)
}

func (s *Screen) medium(focus Pane) {
	rows := s.Height - 3
	whole := Rect{1, 1, s.Width - 2, rows}
	top, bottom := whole, whole
	if rows >= stackFrom {
		top, bottom = s.halves(whole, focus)
	} else if focus == Feeds || focus == Headlines {
		bottom = Rect{}
	} else {
		top = Rect{}
	}
	if top.W > 0 {
		s.Panes[Headlines] = top
		if focus == Feeds {
			feeds := s.side(clamp(s.Width/3, 24, 36), &s.Splits.Feeds, top.W-1-minMiddle)
			s.Panes[Feeds] = Rect{top.X, top.Y, feeds, top.H}
			s.Panes[Headlines] = Rect{top.X + feeds + 1, top.Y, top.W - feeds - 1, top.H}
		}
	}
	if bottom.W > 0 {
		related := s.side(clamp(s.Width*32/100, 24, 40), &s.Splits.Related, bottom.W-1-minMiddle)
		s.Panes[Article] = Rect{bottom.X, bottom.Y, bottom.W - 1 - related, bottom.H}
		s.Panes[Related] = Rect{bottom.X + bottom.W - related, bottom.Y, related, bottom.H}
	}
}

// stack puts headlines above the article, or one of them where both do not fit.
func (s *Screen) stack(r Rect, focus Pane) {
	switch {
	case r.H >= stackFrom:
		s.Panes[Headlines], s.Panes[Article] = s.halves(r, focus)
	case focus == Article || focus == Related:
		s.Panes[Article] = r
	default:
		s.Panes[Headlines] = r
	}
}

// halves divides a rectangle by a horizontal border. Where there are few rows
// the article gets more of them while it is being read.
func (s *Screen) halves(r Rect, focus Pane) (top, bottom Rect) {
	rows := r.H - 1
	usual := rows * 2 / 5
	if rows < roomyFrom && (focus == Article || focus == Related) {
		usual = max(rows/4, minPane)
	}
	h := clamp(usual+s.Splits.Middle, minPane, rows-minPane)
	s.Splits.Middle = h - usual
	return Rect{r.X, r.Y, r.W, h}, Rect{r.X, r.Y + h + 1, r.W, rows - h}
}

// side is the width of a side pane: as usual, moved by split, at most free.
func (s *Screen) side(usual int, split *int, free int) int {
	usual = min(usual, max(free, minSide))
	w := clamp(usual+*split, minSide, max(free, minSide))
	*split = w - usual
	return w
}

func clamp(n, low, high int) int { return max(low, min(n, high)) }
