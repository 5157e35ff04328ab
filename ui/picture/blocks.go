package picture

import (
	"image"
	"image/color"
	"image/draw"
	"strconv"
)

// Depth is how many colours the terminal has.
type Depth uint8

const (
	TooFew  Depth = iota // sixteen or fewer: no picture can be told in them
	Indexed              // the 240 fixed ones of 256
	TrueColor
)

// Paint is what a picture is drawn with. It may be compared.
type Paint struct {
	Depth Depth
	// Paper is what shows through where a picture is not opaque.
	Paper color.RGBA
}

const (
	upper  = "▀"
	lower  = "▄"
	reset  = "\x1b[m"
	opaque = 0xff
	faint  = 0x20 // alpha below it is nothing
)

// Blocks draws a picture of two samples a cell as lines of half blocks, each as
// wide as the picture. It returns nil where the terminal has too few colours.
func Blocks(m *image.RGBA, paint Paint) []string {
	if paint.Depth == TooFew {
		return nil
	}
	w, h := m.Rect.Dx(), m.Rect.Dy()
	ground := flatten(m, paint.Paper)
	sgr := directly(ground)
	if paint.Depth == Indexed {
		sgr = indexed(ground)
	}
	lines := make([]string, 0, (h+1)/2)
	var b []byte
	for y := 0; y < h; y += 2 {
		b = b[:0]
		p := pen{b: b, sgr: sgr}
		for x := range w {
			p.cell(sample{x, y, clear(m, x, y)}, sample{x, y + 1, clear(m, x, y+1)})
		}
		p.b = append(p.b, reset...)
		lines = append(lines, string(p.b))
		b = p.b
	}
	return lines
}

// flatten lays a picture on the paper.
func flatten(m *image.RGBA, paper color.RGBA) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, m.Rect.Dx(), m.Rect.Dy()))
	draw.Draw(out, out.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, m, m.Rect.Min, draw.Over)
	return out
}

// clear reports whether nothing of a picture is to be seen at a place.
func clear(m *image.RGBA, x, y int) bool {
	at := image.Pt(x, y).Add(m.Rect.Min)
	return !at.In(m.Rect) || m.RGBAAt(at.X, at.Y).A < faint
}

// sample is a place of the picture, perhaps one where it is clear.
type sample struct {
	x, y  int
	clear bool
}

// colours appends a colour of the picture as the parameters of an SGR, for a
// letter or for what is beneath it; key tells equal ones.
type colours func(b []byte, x, y int, beneath bool) (out []byte, key int32)

const none = -1 // no colour was set, or the terminal's own

func directly(m *image.RGBA) colours {
	return func(b []byte, x, y int, beneath bool) ([]byte, int32) {
		c := m.Pix[m.PixOffset(x, y):]
		b = append(b, which(beneath, "38;2;", "48;2;")...)
		b = append(strconv.AppendUint(b, uint64(c[0]), 10), ';')
		b = append(strconv.AppendUint(b, uint64(c[1]), 10), ';')
		b = strconv.AppendUint(b, uint64(c[2]), 10)
		return b, int32(c[0])<<16 | int32(c[1])<<8 | int32(c[2])
	}
}

// indexed has errors spread among the neighbours, without which a sky is three
// stripes.
func indexed(m *image.RGBA) colours {
	p := image.NewPaletted(m.Rect, fixed())
	draw.FloydSteinberg.Draw(p, p.Rect, m, image.Point{})
	return func(b []byte, x, y int, beneath bool) ([]byte, int32) {
		index := int(p.ColorIndexAt(x, y)) + firstFixed
		b = append(b, which(beneath, "38;5;", "48;5;")...)
		return strconv.AppendInt(b, int64(index), 10), int32(index)
	}
}

func which(beneath bool, letter, ground string) string {
	if beneath {
		return ground
	}
	return letter
}

// firstFixed is the first of the 256 colours that no theme changes.
const firstFixed = 16

// fixed are these: a cube of 6×6×6, and 24 greys.
func fixed() color.Palette {
	steps := [6]uint8{0, 95, 135, 175, 215, 255}
	p := make(color.Palette, 0, 240)
	for _, r := range steps {
		for _, g := range steps {
			for _, b := range steps {
				p = append(p, color.RGBA{r, g, b, opaque})
			}
		}
	}
	for i := range uint8(24) {
		grey := 8 + 10*i
		p = append(p, color.RGBA{grey, grey, grey, opaque})
	}
	return p
}

// pen writes a line's cells, with an SGR only where a colour changes.
type pen struct {
	b              []byte
	sgr            colours
	letter, ground int32
	begun          bool
}

// cell writes the cell of two samples.
func (p *pen) cell(top, bottom sample) {
	if !p.begun {
		p.letter, p.ground, p.begun = none, none, true
	}
	switch {
	case top.clear && bottom.clear:
		p.bare()
		p.b = append(p.b, ' ')
	case top.clear:
		p.bare()
		p.set(bottom, false, &p.letter)
		p.b = append(p.b, lower...)
	case bottom.clear:
		p.bare()
		p.set(top, false, &p.letter)
		p.b = append(p.b, upper...)
	default:
		p.set(top, false, &p.letter)
		p.set(bottom, true, &p.ground)
		p.b = append(p.b, upper...)
	}
}

// bare takes the colour beneath away.
func (p *pen) bare() {
	if p.ground != none {
		p.b = append(p.b, "\x1b[49m"...)
		p.ground = none
	}
}

// set changes a colour, unless it is the one that is set.
func (p *pen) set(s sample, beneath bool, now *int32) {
	at := len(p.b)
	b, key := p.sgr(append(p.b, "\x1b["...), s.x, s.y, beneath)
	if key == *now {
		p.b = p.b[:at]
		return
	}
	*now = key
	p.b = append(b, 'm')
}
