package pictures_test

import (
	"image"
	"testing"

	"broadsheet/feeds/pictures"
)

// photo is a picture with as much in it as a photograph.
func photo(w, h int) image.Image {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	x := uint32(1)
	for i := range m.Pix {
		x = x*1664525 + 1013904223
		m.Pix[i] = uint8(i/7) + uint8(x>>30)
		if i%4 == 3 {
			m.Pix[i] = 255
		}
	}
	return m
}

// The lead picture of a paper, decoded and scaled: for half-blocks in the
// reading column, and for the pixels of a terminal that shows them.
func BenchmarkDecode(b *testing.B) {
	m := photo(1200, 800)
	for _, c := range []struct {
		name string
		data []byte
		w, h int
	}{
		{"jpeg/blocks", jpegOf(b, m), 72, 48},
		{"jpeg/pixels", jpegOf(b, m), 720, 480},
		{"png/blocks", pngOf(b, m), 72, 48},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(c.data)))
			for b.Loop() {
				if _, err := pictures.Decode(b.Context(), c.data, func(int, int) (int, int) { return c.w, c.h }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
