package picture

import "image"

// UsualCell is about the size of a cell where the terminal does not tell.
var UsualCell = image.Pt(10, 20)

// Room is what there is for a picture.
type Room struct {
	Columns, Rows int
	Cell          image.Point // pixels of a cell
}

// Grid is how many cells a picture takes; none if it cannot be shown.
type Grid struct{ Columns, Rows int }

const (
	// pixelsPerColumn bounds how much a small picture is blown up: an icon is
	// not to fill the column.
	pixelsPerColumn = 3
	leastColumns    = 4
)

// Fit is the largest grid for a picture of a size in pixels that keeps its
// proportions within the room.
func Fit(width, height int, room Room) Grid {
	if width <= 0 || height <= 0 || room.Columns <= 0 || room.Rows <= 0 {
		return Grid{}
	}
	cell := room.Cell
	if cell.X <= 0 || cell.Y <= 0 {
		cell = UsualCell
	}
	shape := float64(cell.X) * float64(height) / (float64(cell.Y) * float64(width)) // rows a column
	columns := float64(min(room.Columns, max(width/pixelsPerColumn, 1)))
	rows := columns * shape
	if most := float64(room.Rows); rows > most {
		rows, columns = most, most/shape
	}
	g := Grid{Columns: min(max(int(columns+0.5), 1), room.Columns), Rows: min(max(int(rows+0.5), 1), room.Rows)}
	if g.Columns < leastColumns {
		return Grid{}
	}
	return g
}

// Samples is the size in which a picture is drawn with Blocks.
func (g Grid) Samples() (width, height int) { return g.Columns, 2 * g.Rows }

// Pixels is the size in which a picture of a size is sent to the terminal: that
// of its cells, but not more than it has.
func (g Grid) Pixels(width, height int, cell image.Point) (int, int) {
	w, h := g.Columns*cell.X, g.Rows*cell.Y
	if w > width || h > height {
		shrink := max(float64(w)/float64(max(width, 1)), float64(h)/float64(max(height, 1)))
		w, h = int(float64(w)/shrink), int(float64(h)/shrink)
	}
	if g.Columns == 0 {
		return 0, 0
	}
	return max(w, 1), max(h, 1)
}
