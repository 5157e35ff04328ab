package related

import "testing"

// A set holds what was added, of hashes that fall on one place too.
func TestSketchSet(t *testing.T) {
	var s sketchSet
	size := uint32(len(s))
	in := []uint32{0, 7, 7 + size, 7 + 2*size, size - 1, 2*size - 1}
	out := []uint32{1, 8, 7 + 3*size, size, 3*size - 1}
	for _, h := range in {
		s.add(h)
	}
	for _, h := range in {
		if !s.has(h) {
			t.Errorf("%d was added and is not there", h)
		}
	}
	for _, h := range out {
		if s.has(h) {
			t.Errorf("%d is there and was not added", h)
		}
	}
}
