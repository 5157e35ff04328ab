// Package picture draws pictures in cells.
//
//	var grid picture.Grid
//	m, err := cache.Load(ctx, address, func(w, h int) (int, int) {
//		grid = picture.Fit(w, h, picture.Room{Columns: 72, Rows: 20, Cell: picture.UsualCell})
//		return grid.Samples()
//	})
//	lines := picture.Blocks(m, picture.Paint{Depth: picture.TrueColor, Paper: paper}) // on any terminal
//
// A cell shows two samples, one above the other: the upper half block "▀" in
// the colour of the first, on a background of the second. A terminal that has
// the kitty graphics protocol, and draws its placeholders, shows pixels instead:
//
//	grid.Pixels(w, h, cell)                         // the size to load the picture in
//	send, lines, err := picture.Kitty(m, id, grid)  // send goes to the terminal as it is
//	picture.Forget(id)                              // when it is no longer shown
//
// The lines of both are as wide as the grid has columns and hold SGR, blocks and
// placeholders only: of a picture nothing but its pixels comes here.
//
// It does no I/O and holds nothing between calls.
package picture
