package pictures

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// Why a picture is not shown. Each is one plain sentence.
var (
	ErrMissing  = errors.New("the picture has not been loaded")
	ErrTiny     = errors.New("the picture is too small to show anything")
	ErrFormat   = errors.New("the picture is of a kind that cannot be drawn here; open it in the browser")
	ErrTooLarge = errors.New("the picture is too large to be drawn here; open it in the browser")
	ErrBroken   = errors.New("the picture is damaged and cannot be shown")
	errTooLong  = errors.New("the picture takes too long to decode; open it in the browser")
)

const (
	// maxSide and maxMemory bound what a picture may claim. maxMemory is what
	// decoding takes, by how the decoders work, until the picture is scaled: so
	// much that of the dearest kind, a progressive JPEG, 2560×1440 are read, and
	// of the usual one 18 megapixels.
	maxSide   = 20_000
	maxMemory = 28 << 20
	// minSide and minArea: below are rules, spacers, counters, icons.
	minSide = 4
	minArea = 24 * 24
)

// Info is what a picture says of itself at its beginning.
type Info struct {
	Format        string // "jpeg", "png", "gif" or "webp"
	Width, Height int    // pixels
}

// format is one that can be decoded.
type format struct {
	name   string
	is     func(data []byte) bool
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	// memory is about what decoding takes, in bytes.
	memory func(data []byte, c image.Config) int
}

var formats = []format{
	{"jpeg", starts("\xff\xd8\xff"), jpeg.DecodeConfig, jpeg.Decode, jpegMemory},
	{"png", starts("\x89PNG\r\n\x1a\n"), png.DecodeConfig, png.Decode, flatMemory},
	{"gif", starts("GIF8"), gif.DecodeConfig, gif.Decode, flatMemory},
	{"webp", isWebP, webp.DecodeConfig, webp.Decode, webpMemory},
}

func starts(with string) func([]byte) bool {
	return func(data []byte) bool { return bytes.HasPrefix(data, []byte(with)) }
}

func isWebP(data []byte) bool {
	return len(data) >= 16 && string(data[:4]) == "RIFF" && string(data[8:15]) == "WEBPVP8"
}

// flatMemory is that of decoders that fill one array of pixels.
func flatMemory(_ []byte, c image.Config) int {
	perPixel := 4
	switch c.ColorModel {
	case color.GrayModel:
		perPixel = 1
	case color.Gray16Model:
		perPixel = 2
	case color.RGBA64Model, color.NRGBA64Model:
		perPixel = 8
	default:
		if _, ok := c.ColorModel.(color.Palette); ok {
			perPixel = 1
		}
	}
	return c.Width * c.Height * perPixel
}

// webpMemory: the lossless kind is decoded beside an array of the same size,
// and so is the alpha channel of the other.
func webpMemory(_ []byte, c image.Config) int {
	if c.ColorModel == color.YCbCrModel {
		return c.Width * c.Height * 2
	}
	return c.Width * c.Height * 8
}

// Inspect tells what a picture is, or why it cannot be shown, from its first
// bytes. It decodes no pixel and never panics.
func Inspect(data []byte) (Info, error) {
	_, info, err := inspect(data)
	return info, err
}

func inspect(data []byte) (f format, info Info, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = ErrBroken
		}
	}()
	if len(data) > MaxBytes {
		return f, info, ErrTooLarge
	}
	for _, f = range formats {
		if f.is(data) {
			c, err := f.config(bytes.NewReader(data))
			if err != nil {
				return f, info, ErrBroken // a decoder's own words may repeat what it read
			}
			info = Info{Format: f.name, Width: c.Width, Height: c.Height}
			return f, info, fits(f, data, c)
		}
	}
	return f, info, ErrFormat
}

// fits holds what a picture claims against the limits. The sides come first:
// their product does not overflow after that.
func fits(f format, data []byte, c image.Config) error {
	switch {
	case c.Width <= 0 || c.Height <= 0:
		return ErrBroken
	case c.Width < minSide || c.Height < minSide:
		return ErrTiny
	case c.Width > maxSide || c.Height > maxSide:
		return ErrTooLarge
	case c.Width*c.Height < minArea:
		return ErrTiny
	case f.memory(data, c) > maxMemory:
		return ErrTooLarge
	}
	return nil
}
