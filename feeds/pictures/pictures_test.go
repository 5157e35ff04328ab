package pictures_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"

	"broadsheet/feeds/pictures"
)

// same keeps a picture's size.
func same(w, h int) (int, int) { return w, h }

// halves is red on the left and blue on the right.
func halves(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{200, 20, 20, 255}
			if x >= w/2 {
				c = color.RGBA{20, 20, 200, 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func encoded(t testing.TB, encode func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, m image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return png.Encode(w, m) })
}

func jpegOf(t testing.TB, m image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return jpeg.Encode(w, m, nil) })
}

// paletted is a picture in two colours of a palette, of a size.
func paletted(r image.Rectangle) *image.Paletted {
	m := image.NewPaletted(r, color.Palette{color.RGBA{200, 20, 20, 255}, color.RGBA{20, 20, 200, 255}})
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := (r.Min.X + r.Max.X) / 2; x < r.Max.X; x++ {
			m.SetColorIndex(x, y, 1)
		}
	}
	return m
}

// chunk is one of a PNG.
func chunk(name string, data []byte) []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	b = append(append(b, name...), data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// claims is a PNG that says how large it is, and holds so many zero bytes,
// packed.
func claims(t testing.TB, w, h uint32, depth, kind byte, zeros int) []byte {
	head := binary.BigEndian.AppendUint32(nil, w)
	head = binary.BigEndian.AppendUint32(head, h)
	packed := encoded(t, func(out io.Writer) error {
		z := zlib.NewWriter(out)
		if _, err := io.CopyN(z, zero{}, int64(zeros)); err != nil {
			return err
		}
		return z.Close()
	})
	return slices.Concat([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(head, depth, kind, 0, 0, 0)), chunk("IDAT", packed), chunk("IEND", nil))
}

type zero struct{}

func (zero) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// webpOf is a lossless WebP of one colour, as small as they get, that claims a
// size (RFC 9649, 3.4): one symbol in each of five codes, so no pixel takes a
// bit.
func webpOf(w, h int) []byte {
	var bits uint64
	n := 0
	put := func(v uint64, count int) { bits |= v << n; n += count }
	put(uint64(w-1), 14)
	put(uint64(h-1), 14)
	put(0, 4) // no alpha, version 0
	head := binary.LittleEndian.AppendUint32([]byte{0x2f}, uint32(bits))
	bits, n = 0, 0
	put(0, 3)                                              // no transform, no cache, no meta codes
	for _, symbol := range []uint64{90, 30, 160, 255, 0} { // green, red, blue, alpha, distance
		put(1, 1) // a simple code
		put(0, 1) // of one symbol
		put(1, 1) // which takes eight bits
		put(symbol, 8)
	}
	data := binary.LittleEndian.AppendUint64(head, bits)
	data = append(data, 0)
	b := binary.LittleEndian.AppendUint32([]byte("WEBPVP8L"), uint32(len(data)))
	b = append(b, data...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(b))), b...)
}

func TestEachFormatIsDecodedAndScaled(t *testing.T) {
	m := halves(320, 200)
	for name, data := range map[string][]byte{
		"jpeg": jpegOf(t, m), "png": pngOf(t, m), "paletted png": pngOf(t, paletted(image.Rect(0, 0, 320, 200))),
		"gif": encoded(t, func(w io.Writer) error { return gif.Encode(w, m, nil) }),
	} {
		got, err := pictures.Decode(t.Context(), data, func(w, h int) (int, int) {
			if w != 320 || h != 200 {
				t.Errorf("%s: the size is given as %d×%d", name, w, h)
			}
			return 8, 4
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got.Rect != image.Rect(0, 0, 8, 4) {
			t.Errorf("%s: %v", name, got.Rect)
		}
		if l, r := got.RGBAAt(1, 2), got.RGBAAt(6, 2); l.R < 150 || l.B > 80 || r.B < 150 || r.R > 80 {
			t.Errorf("%s: left %v, right %v; want red and blue", name, l, r)
		}
	}
	got, err := pictures.Decode(t.Context(), webpOf(64, 48), func(int, int) (int, int) { return 4, 4 })
	if err != nil || got.RGBAAt(2, 2) != (color.RGBA{30, 90, 160, 255}) {
		t.Errorf("webp: %v, %v", got, err)
	}
}

func TestWhatClaimsTooMuchIsRefusedUnread(t *testing.T) {
	wide := claims(t, 100_000, 1, 8, 2, 10)
	gifHead := []byte("GIF89a\xff\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02")
	huge := jpegOf(t, halves(64, 64))
	copy(huge[bytes.Index(huge, []byte("\xff\xc0"))+5:], "\xff\xff\xff\xff")
	for name, c := range map[string]struct {
		data []byte
		want error
	}{
		"png of 60,000×60,000":              {claims(t, 60_000, 60_000, 8, 2, 10), pictures.ErrTooLarge},
		"png of 2³¹−1 squared":              {claims(t, 1<<31-1, 1<<31-1, 8, 6, 10), pictures.ErrBroken}, // Go's own limit
		"png of 19,000×19,000, one bit":     {claims(t, 19_000, 19_000, 1, 0, 10), pictures.ErrTooLarge},
		"png of 3,000×2,000, sixteen bits":  {claims(t, 3000, 2000, 16, 6, 10), pictures.ErrTooLarge},
		"png of 100,000×1":                  {wide, pictures.ErrTiny},
		"png of 100,000×10":                 {claims(t, 100_000, 10, 8, 2, 10), pictures.ErrTooLarge},
		"png of 1×1":                        {pngOf(t, image.NewRGBA(image.Rect(0, 0, 1, 1))), pictures.ErrTiny},
		"gif of 1×1":                        {[]byte("GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"), pictures.ErrTiny},
		"icon of 16×16":                     {pngOf(t, halves(16, 16)), pictures.ErrTiny},
		"gif of 65,535×65,535":              {gifHead, pictures.ErrTooLarge},
		"jpeg of 65,535×65,535":             {huge, pictures.ErrTooLarge},
		"webp of 16,383×16,383":             {webpOf(16383, 16383), pictures.ErrTooLarge},
		"more bytes than a picture has":     {append(pngOf(t, halves(64, 64)), make([]byte, 9<<20)...), pictures.ErrTooLarge},
		"svg":                               {[]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>`), pictures.ErrFormat},
		"avif":                              {[]byte("\x00\x00\x00\x20ftypavif\x00\x00\x00\x00avifmif1"), pictures.ErrFormat},
		"a web page":                        {[]byte("<!doctype html><title>Not found</title>"), pictures.ErrFormat},
		"nothing":                           {nil, pictures.ErrFormat},
		"a png without anything behind it":  {[]byte("\x89PNG\r\n\x1a\n"), pictures.ErrBroken},
		"a jpeg without anything behind it": {[]byte("\xff\xd8\xff"), pictures.ErrBroken},
	} {
		if _, err := pictures.Inspect(c.data); !errors.Is(err, c.want) {
			t.Errorf("%s: Inspect gives %v, want %v", name, err, c.want)
		}
		if m, err := pictures.Decode(t.Context(), c.data, same); !errors.Is(err, c.want) || m != nil {
			t.Errorf("%s: Decode gives %v, want %v", name, err, c.want)
		}
	}
}

// A progressive JPEG takes several times the memory of a plain one.
func TestProgressivePicturesCountAsWhatTheyTake(t *testing.T) {
	plain := jpegOf(t, image.NewGray(image.Rect(0, 0, 3600, 3600)))
	if _, err := pictures.Inspect(plain); err != nil {
		t.Fatalf("plain: %v", err)
	}
	at := bytes.Index(plain, []byte("\xff\xc0"))
	progressive := slices.Clone(plain)
	progressive[at+1] = 0xc2
	if _, err := pictures.Inspect(progressive); !errors.Is(err, pictures.ErrTooLarge) {
		t.Errorf("progressive: %v, want it too large", err)
	}
}

func TestWhatIsCutShortOrLiesIsDamaged(t *testing.T) {
	m := halves(400, 300)
	whole := map[string][]byte{"jpeg": jpegOf(t, m), "png": pngOf(t, m), "gif": encoded(t, func(w io.Writer) error { return gif.Encode(w, m, nil) })}
	for name, data := range whole {
		for _, share := range []int{5, 50, 90} {
			if _, err := pictures.Decode(t.Context(), data[:len(data)*share/100], same); !errors.Is(err, pictures.ErrBroken) {
				t.Errorf("%d %% of a %s: %v, want it damaged", share, name, err)
			}
		}
	}
	// Says 200×200 in its head and unpacks to much more: only what 200×200 take
	// is unpacked.
	if _, err := pictures.Decode(t.Context(), claims(t, 200, 200, 8, 2, 8<<20), same); err != nil && !errors.Is(err, pictures.ErrBroken) {
		t.Errorf("a png with too much in it: %v", err)
	}
	outside := paletted(image.Rect(0, 0, 60, 60))
	frames := encoded(t, func(w io.Writer) error {
		return gif.EncodeAll(w, &gif.GIF{Image: []*image.Paletted{outside}, Delay: []int{0}, Config: image.Config{Width: 60, Height: 60}})
	})
	frames[bytes.IndexByte(frames[13:], ',')+13+6] = 200 // the frame is wider than the picture now
	if _, err := pictures.Decode(t.Context(), frames, same); !errors.Is(err, pictures.ErrBroken) {
		t.Errorf("a frame beyond the picture: %v", err)
	}
	short := paletted(image.Rect(0, 0, 60, 60))
	odd := pngOf(t, short)
	at := bytes.Index(odd, []byte("PLTE"))
	if at < 0 {
		t.Fatal("no palette")
	}
	one := slices.Concat(odd[:at-4], chunk("PLTE", []byte{9, 9, 9}), odd[at+4+6+4:]) // pixels name a second colour
	if got, err := pictures.Decode(t.Context(), one, same); err == nil && got.RGBAAt(59, 0).A != 255 {
		t.Errorf("a colour that is not in the palette is %v", got.RGBAAt(59, 0))
	}
}

func TestOfAnAnimationTheFirstFrameIsDecoded(t *testing.T) {
	first := paletted(image.Rect(0, 0, 40, 40))
	g := &gif.GIF{Config: image.Config{Width: 80, Height: 80}}
	for i := range 10_000 {
		frame := first
		if i > 0 {
			frame = image.NewPaletted(image.Rect(0, 0, 1, 1), first.Palette)
		}
		g.Image, g.Delay = append(g.Image, frame), append(g.Delay, 1)
	}
	data := encoded(t, func(w io.Writer) error { return gif.EncodeAll(w, g) })
	counted := testing.AllocsPerRun(3, func() {
		got, err := pictures.Decode(t.Context(), data, same)
		if err != nil {
			t.Fatal(err)
		}
		if got.Rect != image.Rect(0, 0, 80, 80) || got.RGBAAt(5, 5).R < 150 || got.RGBAAt(70, 70).A != 0 {
			t.Fatalf("%v, %v, %v: want the first frame, in its place", got.Rect, got.RGBAAt(5, 5), got.RGBAAt(70, 70))
		}
	})
	if counted > 1000 {
		t.Errorf("%v allocations: the other frames were decoded", counted)
	}
}

func TestDecodingEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, data := range [][]byte{jpegOf(t, halves(300, 300)), pngOf(t, halves(300, 300))} {
		if _, err := pictures.Decode(ctx, data, same); !errors.Is(err, context.Canceled) {
			t.Errorf("%v, want the context's error", err)
		}
	}
}

func TestNothingOfAPictureIsInItsErrors(t *testing.T) {
	for _, data := range []string{"\xff\xd8\xff\xfe\x00\x10\x1b[31mhostile\x1b[m", "\x89PNG\r\n\x1a\n\x00\x00\x00\x0d\x1b[2J", "GIF89a\x1b]0;x\x07"} {
		if _, err := pictures.Inspect([]byte(data)); err == nil || strings.ContainsAny(err.Error(), "\x1b\x07") {
			t.Errorf("%q: %q", data, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	m := halves(40, 30)
	for _, data := range [][]byte{
		jpegOf(f, m), pngOf(f, m), pngOf(f, paletted(image.Rect(0, 0, 40, 30))), webpOf(40, 30),
		encoded(f, func(w io.Writer) error { return gif.Encode(w, m, nil) }),
		claims(f, 60_000, 60_000, 8, 2, 10), []byte("RIFF\x10\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x10\x00\x00\x00"), nil,
	} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := pictures.Decode(t.Context(), data, func(w, h int) (int, int) { return 20, 10 })
		if (m == nil) == (err == nil) {
			t.Fatalf("%v and %v", m, err)
		}
		if err == nil && m.Rect != image.Rect(0, 0, 20, 10) {
			t.Fatalf("%v", m.Rect)
		}
	})
}
