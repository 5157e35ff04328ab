// Package list is a list of any length whose cursor is an identity: rows may
// come and go around it, and it stays on what the reader looks at, at the same
// height on the screen.
//
//	l := list.New(func(r Row) feeds.ArticleID { return r.ID })
//	l.SetHeight(rows)
//	l.SetRows(page)
//	l.Move(+1)
//	for i := range l.Visible() { draw(l.Row(i), i == l.Index()) }
//
// It draws nothing and holds only the rows it was given, which may be a window
// of a far longer list.
package list

import (
	"iter"
	"slices"
)

// List is a list of rows R, each with an identity K.
type List[K comparable, R any] struct {
	key    func(R) K
	skip   func(R) bool
	rows   []R
	index  int
	top    int
	height int
}

// New makes an empty list. key gives a row's identity.
func New[K comparable, R any](key func(R) K) *List[K, R] {
	return &List[K, R]{key: key}
}

// Skip says on which rows the cursor never rests, such as headings.
func (l *List[K, R]) Skip(skip func(R) bool) { l.skip = skip }

// margin is how many rows the list keeps in sight beyond the cursor.
const margin = 2

// SetHeight tells how many rows fit on the screen.
func (l *List[K, R]) SetHeight(rows int) {
	l.height = max(rows, 0)
	l.scroll()
}

// Height is how many rows fit on the screen.
func (l *List[K, R]) Height() int { return l.height }

// Len is the number of rows held.
func (l *List[K, R]) Len() int { return len(l.rows) }

// Row is the row at an index.
func (l *List[K, R]) Row(i int) R { return l.rows[i] }

// Rows are all rows held. Their identities must not be changed.
func (l *List[K, R]) Rows() []R { return l.rows }

// Index is where the cursor is.
func (l *List[K, R]) Index() int { return l.index }

// Current is the cursor's row; false if the list is empty.
func (l *List[K, R]) Current() (R, bool) {
	if len(l.rows) == 0 {
		var none R
		return none, false
	}
	return l.rows[l.index], true
}

// Visible are the indexes of the rows on the screen.
func (l *List[K, R]) Visible() iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := l.top; i < min(l.top+l.height, len(l.rows)); i++ {
			if !yield(i) {
				return
			}
		}
	}
}

// Top is the index of the first row on the screen.
func (l *List[K, R]) Top() int { return l.top }

// Reset shows other rows, with the cursor on the first.
func (l *List[K, R]) Reset(rows []R) {
	l.rows, l.index, l.top = rows, 0, 0
	l.settle(+1)
}

// SetRows replaces the rows. The cursor stays on its row and its row on its
// line of the screen; if the row is gone, the next one that is still there
// takes its place.
func (l *List[K, R]) SetRows(rows []R) {
	line := l.index - l.top
	next := l.survivor(rows)
	l.rows = rows
	l.index = next
	l.top = next - line
	l.settle(+1)
}

// survivor is the index among rows of the cursor's row, or of the nearest row
// after or before it that is still there.
func (l *List[K, R]) survivor(rows []R) int {
	if len(l.rows) == 0 || len(rows) == 0 {
		return 0
	}
	cursor := l.key(l.rows[l.index])
	if i := slices.IndexFunc(rows, func(r R) bool { return l.key(r) == cursor }); i >= 0 {
		return i
	}
	at := make(map[K]int, len(rows))
	for i, r := range rows {
		at[l.key(r)] = i
	}
	for _, r := range l.rows[l.index+1:] {
		if i, ok := at[l.key(r)]; ok {
			return i
		}
	}
	for _, r := range slices.Backward(l.rows[:l.index]) {
		if i, ok := at[l.key(r)]; ok {
			return i
		}
	}
	return 0
}

// Find is the index of the row with an identity; -1 if it is not held.
func (l *List[K, R]) Find(k K) int {
	return slices.IndexFunc(l.rows, func(r R) bool { return l.key(r) == k })
}

// Select puts the cursor on the row with an identity, if it is held.
func (l *List[K, R]) Select(k K) bool {
	i := l.Find(k)
	if i < 0 {
		return false
	}
	l.MoveTo(i)
	return true
}

// Move moves the cursor by n rows and reports whether it moved.
func (l *List[K, R]) Move(n int) bool { return l.goTo(l.index+n, n) }

// MoveTo moves the cursor to an index and reports whether it moved.
func (l *List[K, R]) MoveTo(i int) bool { return l.goTo(i, i-l.index) }

// Scroll moves the rows under the cursor, which follows only at the edge.
func (l *List[K, R]) Scroll(n int) {
	l.top = max(0, min(l.top+n, len(l.rows)-l.height))
	m := l.margin()
	first, last := l.top+m, l.top+l.height-1-m
	l.index = max(first, min(l.index, last))
	l.settle(+1)
}

func (l *List[K, R]) goTo(i, direction int) bool {
	before := l.index
	l.index = i
	l.settle(direction)
	return l.index != before
}

// settle brings the cursor to a row it may rest on, looking first in the
// direction it moves, and the row into sight.
func (l *List[K, R]) settle(direction int) {
	l.index = max(0, min(l.index, len(l.rows)-1))
	step := 1
	if direction < 0 {
		step = -1
	}
	if !l.seek(step) {
		l.seek(-step)
	}
	l.scroll()
}

// seek moves the cursor on to the first row it may rest on.
func (l *List[K, R]) seek(step int) bool {
	for i := l.index; i >= 0 && i < len(l.rows); i += step {
		if l.skip == nil || !l.skip(l.rows[i]) {
			l.index = i
			return true
		}
	}
	return false
}

func (l *List[K, R]) margin() int { return min(margin, max(l.height-1, 0)/2) }

func (l *List[K, R]) scroll() {
	m := l.margin()
	l.top = min(l.top, l.index-m)
	l.top = max(l.top, l.index-l.height+1+m)
	l.top = max(0, min(l.top, len(l.rows)-l.height))
}
