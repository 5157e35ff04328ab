package feeds

import (
	"encoding/binary"
	"math/bits"
	"unicode"
)

// InWord reports whether a character belongs to a word: a letter, a digit, or a
// mark upon one.
func InWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// Unspaced reports whether a character is of a script that sets no spaces between
// words: where words are compared, each such character is one.
func Unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// WordStart returns how many ASCII letters and digits s begins with, of its
// first eight bytes, and these bytes, the first lowest, the letters among them in
// lower case. s must have eight; all are looked at at once.
func WordStart(s string) (n int, lower uint64) {
	const every, high = 0x0101010101010101, 0x80 * 0x0101010101010101
	x := binary.LittleEndian.Uint64([]byte(s[:8]))
	lower = x | 0x20*every // the bit that small letters have, and all digits
	// Of a byte that is c or more, adding 0x80-c sets the highest bit. One that has
	// it is no ASCII, and must not carry into the next.
	l, d := lower&^high, x&^high
	in := ((l + (0x80-'a')*every) ^ (l + (0x7f-'z')*every)) | ((d + (0x80-'0')*every) ^ (d + (0x7f-'9')*every))
	return bits.TrailingZeros64((^in|x)&high) / 8, lower
}

// ShortWord returns the ASCII letters and digits that s begins with, how many of
// its first sixteen bytes they are, and these in lower case, the first lowest,
// with zeros behind them. Sixteen of them may be of a longer word. s must have
// sixteen bytes.
func ShortWord(s string) (n int, first, second uint64) {
	n, first = WordStart(s)
	if n < 8 {
		return n, first & (1<<(8*n) - 1), 0
	}
	k, second := WordStart(s[8:])
	return n + k, first, second & (1<<(8*k) - 1)
}
