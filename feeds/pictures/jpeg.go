package pictures

import (
	"encoding/binary"
	"image"
	"image/color"
)

// jpegMemory is what Go's decoder takes: the samples, by how each component is
// sampled, and for a progressive picture four bytes a coefficient besides,
// because all scans are gathered before the first pixel is known.
func jpegMemory(data []byte, c image.Config) int {
	const coefficient = 4
	frame, ok := jpegFrame(data)
	if !ok { // the decoder found one that this did not: count it at its dearest
		return c.Width * c.Height * 3 * (1 + coefficient)
	}
	widest, highest := 1, 1
	for _, s := range frame.sampling {
		widest, highest = max(widest, s.h), max(highest, s.v)
	}
	samples := 0
	for _, s := range frame.sampling {
		samples += c.Width * s.h / widest * (c.Height * s.v / highest)
	}
	if c.ColorModel == color.CMYKModel {
		samples += c.Width * c.Height * 4 // is made of the planes, beside them
	}
	if frame.progressive {
		samples += samples * coefficient
	}
	return samples
}

// frame is what the head of a JPEG's frame says, but for its size.
type frame struct {
	progressive bool
	sampling    []struct{ h, v int } // of each component
}

// jpegFrame finds the frame's head among the segments (ITU T.81, B.2.2).
func jpegFrame(data []byte) (frame, bool) {
	for i := 2; i+4 <= len(data); {
		if data[i] != 0xff || data[i+1] == 0xff || data[i+1] == 0 {
			i++ // filling between segments
			continue
		}
		marker := data[i+1]
		if marker == 0x01 || marker >= 0xd0 && marker <= 0xd8 { // stand alone
			i += 2
			continue
		}
		size := int(binary.BigEndian.Uint16(data[i+2:]))
		segment := data[i+2 : min(i+2+size, len(data))]
		switch marker {
		case 0xc0, 0xc1, 0xc2:
			return frameHead(segment, marker == 0xc2)
		case 0xd9, 0xda: // the picture ends, or begins, without a frame
			return frame{}, false
		}
		i += 2 + max(size, 2)
	}
	return frame{}, false
}

func frameHead(segment []byte, progressive bool) (frame, bool) {
	const fixed, each = 8, 3
	if len(segment) < fixed {
		return frame{}, false
	}
	f := frame{progressive: progressive}
	for i := range int(segment[fixed-1]) {
		at := fixed + each*i
		if at+each > len(segment) {
			return frame{}, false
		}
		h, v := int(segment[at+1]>>4), int(segment[at+1]&15)
		if h < 1 || h > 4 || v < 1 || v > 4 {
			return frame{}, false
		}
		f.sampling = append(f.sampling, struct{ h, v int }{h, v})
	}
	return f, len(f.sampling) > 0
}
