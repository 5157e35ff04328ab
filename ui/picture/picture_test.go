package picture_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/png"
	"regexp"
	"slices"
	"strings"
	"testing"

	"broadsheet/ui/cells"
	"broadsheet/ui/picture"
)

// drawn is a picture drawn with letters, one for each sample.
func drawn(rows ...string) *image.RGBA {
	colours := map[byte]color.RGBA{
		'.': {}, 'r': {255, 0, 0, 255}, 'g': {0, 255, 0, 255}, 'b': {0, 0, 255, 255}, 'w': {255, 255, 255, 255}, 'h': {128, 128, 128, 128}, // half white
	}
	m := image.NewRGBA(image.Rect(0, 0, len(rows[0]), len(rows)))
	for y, row := range rows {
		for x := range len(row) {
			m.SetRGBA(x, y, colours[row[x]])
		}
	}
	return m
}

var black = color.RGBA{0, 0, 0, 255}

func TestBlocks(t *testing.T) {
	const (
		red, green, blue = "\x1b[38;2;255;0;0m", "\x1b[38;2;0;255;0m", "\x1b[38;2;0;0;255m"
		onBlue, onRed    = "\x1b[48;2;0;0;255m", "\x1b[48;2;255;0;0m"
		end, onNothing   = "\x1b[m", "\x1b[49m"
	)
	for name, c := range map[string]struct {
		picture []string
		paint   picture.Paint
		want    []string
	}{
		"two samples a cell":               {[]string{"rg", "bb"}, picture.Paint{Depth: picture.TrueColor, Paper: black}, []string{red + onBlue + "▀" + green + "▀" + end}},
		"what does not change is not said": {[]string{"rrr", "bbb"}, picture.Paint{Depth: picture.TrueColor, Paper: black}, []string{red + onBlue + "▀▀▀" + end}},
		"clear places have no colour":      {[]string{"r.r.", "b.r."}, picture.Paint{Depth: picture.TrueColor, Paper: black}, []string{red + onBlue + "▀" + onNothing + " " + onRed + "▀" + onNothing + " " + end}},
		"half of a cell is clear":          {[]string{"r.", ".b"}, picture.Paint{Depth: picture.TrueColor, Paper: black}, []string{red + "▀" + blue + "▄" + end}},
		"half clear is mixed with paper":   {[]string{"h"}, picture.Paint{Depth: picture.TrueColor, Paper: color.RGBA{0, 0, 255, 255}}, []string{"\x1b[38;2;128;128;255m▀" + end}},
		"an odd row has nothing beneath":   {[]string{"r", "r", "g"}, picture.Paint{Depth: picture.TrueColor, Paper: black}, []string{red + onRed + "▀" + end, green + "▀" + end}},
		"256 colours":                      {[]string{"rw", "bb"}, picture.Paint{Depth: picture.Indexed, Paper: black}, []string{"\x1b[38;5;196m\x1b[48;5;21m▀\x1b[38;5;231m▀" + end}},
		"too few colours":                  {[]string{"rw", "bb"}, picture.Paint{Depth: picture.TooFew, Paper: black}, nil},
	} {
		if got := picture.Blocks(drawn(c.picture...), c.paint); !slices.Equal(got, c.want) {
			t.Errorf("%s:\n%q\nwant\n%q", name, got, c.want)
		}
	}
}

// sun is a picture large enough to be told by its lines.
func sun(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.SetRGBA(x, y, color.RGBA{uint8(x * 255 / w), uint8(y * 255 / h), 90, 255})
		}
	}
	return m
}

func TestLinesAreAsWideAsTheGridInEveryMeasure(t *testing.T) {
	g := picture.Grid{Columns: 140, Rows: 60}
	w, h := g.Samples()
	lines := picture.Blocks(sun(w, h), picture.Paint{Depth: picture.TrueColor, Paper: black})
	lines = append(lines, picture.Blocks(sun(w, h), picture.Paint{Depth: picture.Indexed, Paper: black})...)
	_, placeholders, err := picture.Kitty(sun(20, 20), 16, g)
	if err != nil || len(lines) != 2*g.Rows || len(placeholders) != g.Rows {
		t.Fatalf("%v; %d and %d lines", err, len(lines), len(placeholders))
	}
	for i, l := range append(lines, placeholders...) {
		for _, m := range []cells.Measure{cells.Wc, cells.Grapheme} {
			if got := cells.Width(m, l); got != g.Columns {
				t.Fatalf("line %d is %d cells wide in measure %v, want %d", i, got, m, g.Columns)
			}
		}
	}
}

// However steep the colours are, in 256 a grey picture stays as light as it is.
func TestFewerColoursKeepTheLight(t *testing.T) {
	m := image.NewRGBA(image.Rect(0, 0, 40, 20))
	for i := range m.Pix {
		m.Pix[i] = 0x61 // between two greys
		if i%4 == 3 {
			m.Pix[i] = 255
		}
	}
	sum, n := 0, 0
	for _, l := range picture.Blocks(m, picture.Paint{Depth: picture.Indexed, Paper: black}) {
		if strings.Count(l, "\x1b[38;5;") < 2 {
			t.Errorf("no errors are spread in %q", l)
		}
		sum, n = sum+strings.Count(l, "▀"), n+1
	}
	if sum != 40*n {
		t.Errorf("%d cells in %d lines", sum, n)
	}
}

func TestFit(t *testing.T) {
	for _, c := range []struct {
		w, h int
		room picture.Room
		want picture.Grid
	}{
		{1600, 900, picture.Room{Columns: 72, Rows: 40, Cell: image.Pt(10, 20)}, picture.Grid{Columns: 72, Rows: 20}},
		{1600, 900, picture.Room{Columns: 72, Rows: 10, Cell: image.Pt(10, 20)}, picture.Grid{Columns: 36, Rows: 10}},
		{1600, 900, picture.Room{Columns: 72, Rows: 40, Cell: image.Pt(9, 21)}, picture.Grid{Columns: 72, Rows: 17}},
		{1600, 900, picture.Room{Columns: 72, Rows: 40}, picture.Grid{Columns: 72, Rows: 20}},
		{600, 1200, picture.Room{Columns: 72, Rows: 20, Cell: image.Pt(10, 20)}, picture.Grid{Columns: 20, Rows: 20}},
		{90, 60, picture.Room{Columns: 72, Rows: 20, Cell: image.Pt(10, 20)}, picture.Grid{Columns: 30, Rows: 10}},
		{2000, 4, picture.Room{Columns: 72, Rows: 20, Cell: image.Pt(10, 20)}, picture.Grid{Columns: 72, Rows: 1}},
		{10, 2000, picture.Room{Columns: 72, Rows: 20, Cell: image.Pt(10, 20)}, picture.Grid{}},
		{0, 0, picture.Room{Columns: 72, Rows: 20}, picture.Grid{}},
		{100, 100, picture.Room{}, picture.Grid{}},
	} {
		if got := picture.Fit(c.w, c.h, c.room); got != c.want {
			t.Errorf("Fit(%d, %d, %+v) = %+v, want %+v", c.w, c.h, c.room, got, c.want)
		}
	}
}

func TestPixelsAreNoMoreThanThePictureHas(t *testing.T) {
	cell := image.Pt(10, 20)
	g := picture.Grid{Columns: 72, Rows: 20}
	if w, h := g.Pixels(1600, 900, cell); w != 720 || h != 400 {
		t.Errorf("of a large picture %d×%d", w, h)
	}
	if w, h := g.Pixels(320, 180, cell); w != 320 || h > 180 {
		t.Errorf("of a small picture %d×%d", w, h)
	}
	if w, h := (picture.Grid{}).Pixels(320, 180, cell); w != 0 || h != 0 {
		t.Errorf("of none %d×%d", w, h)
	}
}

var command = regexp.MustCompile(`\x1b_G([^;\x1b]*);?([A-Za-z0-9+/=]*)\x1b\\`)

func TestWhatIsSentToKittyIsThePictureAndNothingElse(t *testing.T) {
	m := sun(300, 200)
	send, lines, err := picture.Kitty(m, 200, picture.Grid{Columns: 6, Rows: 2})
	if err != nil {
		t.Fatal(err)
	}
	if rest := command.ReplaceAllString(send, ""); rest != "" {
		t.Fatalf("besides commands there is %q", rest)
	}
	var data strings.Builder
	commands := command.FindAllStringSubmatch(send, -1)
	for i, c := range commands {
		if len(c[2]) > 4096 {
			t.Errorf("a chunk of %d bytes", len(c[2]))
		}
		if last := i == len(commands)-1; strings.Contains(c[1], "m=1") == last {
			t.Errorf("chunk %d of %d says %s", i, len(commands), c[1])
		}
		data.WriteString(c[2])
	}
	for _, want := range []string{"a=T", "U=1", "i=200", "c=6", "r=2", "q=2", "f=100"} {
		if !slices.Contains(strings.Split(commands[0][1], ","), want) {
			t.Errorf("%s is not in %s", want, commands[0][1])
		}
	}
	packed, err := base64.StdEncoding.DecodeString(data.String())
	if err != nil {
		t.Fatal(err)
	}
	got, err := png.Decode(bytes.NewReader(packed))
	if err != nil || got.Bounds() != m.Rect || got.At(150, 100) != m.At(150, 100) {
		t.Errorf("what arrives is %v, %v", got, err)
	}
	if len(lines) != 2 || !strings.HasPrefix(lines[1], "\x1b[38;5;200m\U0010EEEE\u030d\u0305\U0010EEEE\u030d\u030d") {
		t.Errorf("placeholders %q", lines)
	}
}

func TestForget(t *testing.T) {
	if got, want := picture.Forget(16, 17), "\x1b_Gq=2,i=16,d=I,a=d\x1b\\\x1b_Gq=2,i=17,d=I,a=d\x1b\\"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestOnlyTerminalsThatDrawPlaceholdersAreAsked(t *testing.T) {
	for name, want := range map[string]bool{"kitty(0.42.1)": true, "ghostty 1.2.0": true, "tmux 3.3a": false, "WezTerm 20240203": false, "XTerm(390)": false, "": false} {
		if picture.Placeholders(name) != want {
			t.Errorf("%s: %t", name, !want)
		}
	}
	if !picture.Answered(31, []byte("OK")) || picture.Answered(31, []byte("ENOTSUP")) || picture.Answered(1, []byte("OK")) {
		t.Error("the answer to the query is not read")
	}
}

func BenchmarkBlocks(b *testing.B) {
	for name, depth := range map[string]picture.Depth{"truecolor": picture.TrueColor, "256": picture.Indexed} {
		b.Run(name, func(b *testing.B) {
			m := sun(72, 40)
			b.ReportAllocs()
			for b.Loop() {
				picture.Blocks(m, picture.Paint{Depth: depth, Paper: black})
			}
		})
	}
}

func BenchmarkKitty(b *testing.B) {
	m := sun(720, 400)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := picture.Kitty(m, 16, picture.Grid{Columns: 72, Rows: 20}); err != nil {
			b.Fatal(err)
		}
	}
}
