package related

// column reports whether two articles have their title in common because their
// outlet gives it to something else every day, "Morning briefing", or their
// text because it puts it under everything.
func column(a, b ref) bool {
	x, y := &a.leaf.seg, &b.leaf.seg
	if x.outlet(a.i) != y.outlet(b.i) {
		return false
	}
	if text := x.text(a.i); x.title(a.i) != y.title(b.i) && (text == 0 || text != y.text(b.i)) {
		return false
	}
	apart := max(x.when(a.i), y.when(b.i)) - min(x.when(a.i), y.when(b.i))
	return apart > columnHours*3600 || x.undated(a.i) != y.undated(b.i)
}

// distinct reports whether two articles are of a column, and so about something
// else however alike they are; but a text sent out again under its own title is
// a copy.
func distinct(a, b ref, copy bool) bool {
	return column(a, b) && (!copy || retitled(a, b))
}

// retitled reports whether the titles of two articles of one outlet differ, be
// it in a number alone. Places tell it, of which title, text and outlet are all
// there is.
func retitled(a, b ref) bool {
	x, y := a.place().hash^a.leaf.seg.text(a.i), b.place().hash^b.leaf.seg.text(b.i)
	return x|1 != y|1
}
