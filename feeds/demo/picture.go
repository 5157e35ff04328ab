package demo

import (
	"bytes"
	"hash/fnv"
	"image"
	"image/color"
	"image/png"
	"math"
	"net/http"
)

const pictureWidth, pictureHeight = 640, 360

// picture draws a landscape from nothing but its address: sky, sun and three
// ridges. It stands in for a photograph, so that the demo has pictures to show
// without carrying any.
func picture(address string) (*answer, error) {
	h := fnv.New64a()
	h.Write([]byte(address))
	seed := h.Sum64()
	part := func(shift uint) float64 { return float64(seed>>shift&0xff) / 255 }

	palette := color.Palette{}
	for i := range 64 { // sky
		t := float64(i) / 63
		palette = append(palette, mix(40+80*part(0), 70+90*part(8), 150+80*part(16), 250, 215, 150+60*part(24), t))
	}
	sun := uint8(len(palette))
	palette = append(palette, color.RGBA{255, 244, 214, 255})
	ridge := uint8(len(palette))
	for i := range 3 {
		t := float64(i) / 2
		palette = append(palette, mix(110, 130, 140+60*part(32), 20, 40+30*part(40), 50, t))
	}

	m := image.NewPaletted(image.Rect(0, 0, pictureWidth, pictureHeight), palette)
	sunX, sunY := 80+480*part(48), 60+90*part(56)
	for x := range pictureWidth {
		var crest [3]float64
		for i := range crest {
			phase := 6.3 * part(uint(8*i))
			crest[i] = float64(190+55*i) + 24*math.Sin(float64(x)/(70-12*float64(i))+phase) + 9*math.Sin(float64(x)/17+2*phase)
		}
		for y := range pictureHeight {
			index := uint8(min(63, y*64/240))
			if math.Hypot(float64(x)-sunX, float64(y)-sunY) < 26 {
				index = sun
			}
			for i, c := range crest {
				if float64(y) > c {
					index = ridge + uint8(i)
				}
			}
			m.SetColorIndex(x, y, index)
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		return nil, err
	}
	return &answer{status: http.StatusOK, kind: "image/png", body: b.Bytes()}, nil
}

func mix(r0, g0, b0, r1, g1, b1, t float64) color.RGBA {
	at := func(a, b float64) uint8 { return uint8(a + (b-a)*t) }
	return color.RGBA{at(r0, r1), at(g0, g1), at(b0, b1), 255}
}
