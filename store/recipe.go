package store

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"strings"
)

// The text of an article is its Markdown without the marks. So what is kept of
// the text is only how it differs from what strip makes of the Markdown: a list
// of corrections, its recipe, which most articles need none of. A recipe is
//
//	bytes to copy · bytes to pass over · bytes to put, and these · and so on
//
// the lengths being varints; what it does not speak of is copied. Copying goes
// through the stripped Markdown once, so no recipe makes more of it than there is.

const (
	// resync is how much must agree again before copying goes on, and passMost how
	// much is passed over to get there.
	resync   = 12
	passMost = 512
	putMost  = 128

	destination = 8192 // longer than the address of any link
)

// recipe appends how text is made of stripped Markdown.
func recipe(to []byte, stripped, text string) []byte {
	for stripped != text {
		same := commonPrefix(stripped, text)
		stripped, text = stripped[same:], text[same:]
		pass, put := divergence(stripped, text)
		to = binary.AppendUvarint(to, uint64(same))
		to = binary.AppendUvarint(to, uint64(pass))
		to = binary.AppendUvarint(to, uint64(put))
		to = append(to, text[:put]...)
		stripped, text = stripped[pass:], text[put:]
	}
	return to
}

// divergence tells how much to pass over and how much to put until both go on
// alike; if they do not soon, all the rest is put.
func divergence(stripped, text string) (pass, put int) {
	window := stripped[:min(len(stripped), passMost)]
	for put = 0; put < min(len(text), putMost); put++ {
		if at := strings.Index(window, text[put:min(len(text), put+resync)]); at >= 0 {
			return at, put
		}
	}
	return len(stripped), len(text)
}

func commonPrefix(a, b string) int {
	const stride = 32 // comparing strings is quick
	n := min(len(a), len(b))
	i := 0
	for i+stride <= n && a[i:i+stride] == b[i:i+stride] {
		i += stride
	}
	for i < n && a[i] == b[i] {
		i++
	}
	return i
}

// cook makes the text. What a recipe asks for that is not there is damage.
func cook(recipe, stripped []byte) (text string, ok bool) {
	if len(recipe) == 0 {
		return string(stripped), true
	}
	var b strings.Builder
	b.Grow(len(stripped) + len(recipe))
	d := decoder{b: recipe, ok: true}
	for len(d.b) > 0 && d.ok {
		same, pass := d.uint(), d.uint()
		put := d.bytes()
		if rest := uint64(len(stripped)); same > rest || pass > rest-same {
			return "", false
		}
		b.Write(stripped[:same])
		b.Write(put)
		stripped = stripped[same+pass:]
	}
	b.Write(stripped)
	return b.String(), d.ok
}

// strip guesses the text from the Markdown, appending it to to. It need not be
// right, but it must never change: what is stored depends on it.
func strip(to, markdown []byte) []byte {
	for i := 0; i < len(markdown); {
		if n := len(to); n == 0 || to[n-1] == '\n' {
			if skip := leading(markdown[i:]); skip > 0 {
				i += skip
				continue
			}
		}
		plain := i
		i += unmarked(markdown[i:])
		to = append(to, markdown[plain:i]...)
		if i == len(markdown) {
			break
		}
		switch c := markdown[i]; {
		case c == '\\' && i+1 < len(markdown):
			to = append(to, markdown[i+1])
			i++
		case c == ']' && i+1 < len(markdown) && markdown[i+1] == '(':
			if end := bytes.IndexByte(markdown[i:min(len(markdown), i+destination)], ')'); end >= 0 {
				i += end
			}
		case c == '\n':
			to = append(to, c)
		}
		i++
	}
	return to
}

// unmarked is how many bytes come before the first that may be a mark or begin
// an escape, one of \ * [ ] ` and a line feed. Eight are looked at at once, as one
// number: see firstMark.
func unmarked(s []byte) int {
	n := 0
	for ; n+8 <= len(s); n += 8 {
		if found := firstMark(binary.LittleEndian.Uint64(s[n:])); found != 0 {
			return n + bits.TrailingZeros64(found)/8
		}
	}
	for ; n < len(s); n++ {
		if firstMark(uint64(s[n])|^uint64(0xff)) != 0 {
			break
		}
	}
	return n
}

// firstMark sets the highest bit of the first byte that may be a mark, and of none
// before it.
func firstMark(x uint64) uint64 {
	const every = 0x0101010101010101
	const high = 0x80 * every
	ascii := x &^ high
	brackets := (ascii + (0x80-'[')*every) &^ (ascii + (0x80-']'-1)*every) &^ x // and the \ between them
	tick := x ^ '`'*every
	star := x | 0x20*every ^ '*'*every // or a line feed, which the bit makes one
	return (brackets | (tick-every)&^tick | (star-every)&^star) & high
}

// leading is how much of the beginning of a line is a mark, or a picture.
func leading(s []byte) int {
	switch s[0] {
	case '\n', '>', '#', ' ':
		return 1
	case '-', '*':
		if len(s) > 1 && s[1] == ' ' {
			return 2
		}
	case '!':
		if end := bytes.IndexByte(s, '\n'); len(s) > 1 && s[1] == '[' && end > 0 {
			return end
		}
	}
	n := 0
	for n < len(s) && n < 3 && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	if n > 0 && n+1 < len(s) && s[n] == '.' && s[n+1] == ' ' {
		return n + 2
	}
	return 0
}
