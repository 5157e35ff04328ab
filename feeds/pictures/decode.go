package pictures

import (
	"bytes"
	"context"
	"errors"
	"image"

	"golang.org/x/image/draw"
)

// Decode decodes a picture and scales it to what size makes of its width and
// height, in pixels; a size of nothing is ErrTiny. It decodes nothing that
// Inspect refuses, never panics, and gives up when ctx ends, which the decoders
// notice as they read on.
func Decode(ctx context.Context, data []byte, size func(width, height int) (int, int)) (scaled *image.RGBA, err error) {
	defer func() {
		if r := recover(); r != nil {
			scaled, err = nil, ErrBroken
		}
	}()
	f, info, err := inspect(data)
	if err != nil {
		return nil, err
	}
	m, err := f.decode(&watched{ctx, bytes.NewReader(data)})
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return nil, errTooLong
	case errors.Is(err, context.Canceled):
		return nil, err
	case err != nil:
		return nil, ErrBroken
	}
	// The first frame of a GIF may be smaller than the picture.
	whole := image.Rect(0, 0, info.Width, info.Height)
	if f.name != "gif" {
		whole = m.Bounds()
	}
	w, h := size(whole.Dx(), whole.Dy())
	if w <= 0 || h <= 0 || whole.Empty() {
		return nil, ErrTiny
	}
	return scale(m, whole, w, h), nil
}

// watched ends when its context does.
type watched struct {
	ctx context.Context
	*bytes.Reader
}

func (w *watched) Read(p []byte) (int, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.Reader.Read(p)
}

// ReadByte is not to be inherited: a decoder that finds it reads unwatched.
func (w *watched) ReadByte() (byte, error) {
	if err := w.ctx.Err(); err != nil {
		return 0, err
	}
	return w.Reader.ReadByte()
}

// scale makes a picture of w by h pixels out of the part whole of m, by halves
// as long as they are larger than that: each pixel counts, none is read twice,
// and there is never more beside m than a quarter of it.
func scale(m image.Image, whole image.Rectangle, w, h int) *image.RGBA {
	for {
		half := image.NewRGBA(image.Rect(0, 0, max(w, (whole.Dx()+1)/2), max(h, (whole.Dy()+1)/2)))
		draw.ApproxBiLinear.Scale(half, half.Rect, m, whole, draw.Src, nil)
		if half.Rect.Dx() == w && half.Rect.Dy() == h {
			return half
		}
		m, whole = half, half.Rect
	}
}
