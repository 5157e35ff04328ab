package clean

import (
	"math/bits"
	"unicode"
	"unicode/utf8"
)

// words counts in twentieths of a word, so that halves and fifths add up.
func words(text string) int {
	const word, half, fifth = 20, 10, 4
	n, whole := 0, 0
	inside := uint64(0) // 1 within a word
	for len(text) > 0 {
		at := 0
		for len(text)-at >= 8 && eight(text[at:])&high == 0 {
			starts, after := wordStarts(eight(text[at:]), inside)
			whole, inside = whole+starts, after
			at += 8
		}
		text = text[at:]
		if x, k := asciiStart(text); k > 0 {
			starts, after := wordStarts(x<<(64-8*k)|joiners>>(8*k), inside)
			whole, inside, text = whole+starts, after, text[k:]
		}
		if text == "" {
			break
		}
		r, size := utf8.DecodeRuneInString(text)
		text = text[size:]
		switch {
		case 0x2010 <= r && r <= 0x2027: // dashes and quotation marks
			if r != '’' {
				inside = 0
			}
		case counted(r):
			n += half
			inside = 0
		case 0xe00 <= r && r <= 0xeff || 0x1000 <= r && r <= 0x109f || 0x1780 <= r && r <= 0x17ff: // Thai, Lao, Burmese, Khmer
			if unicode.IsLetter(r) {
				n += fifth
			}
			inside = 0
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			whole += int(1 - inside)
			inside = 1
		case unicode.IsMark(r) || r == '’' || r == zwj || r == zwnj:
		default:
			inside = 0
		}
	}
	if n += whole * word; n > 0 && n < word {
		return 1
	}
	return n / word
}

// asciiStart returns how many bytes of ASCII s begins with, fewer than eight, and
// these, the first lowest, with others behind them.
func asciiStart(s string) (x uint64, n int) {
	if len(s) >= 8 {
		x = eight(s)
		return x, bits.TrailingZeros64(x&high) / 8
	}
	for ; n < len(s) && s[n] < utf8.RuneSelf; n++ {
		x |= uint64(s[n]) << (8 * n)
	}
	return x, n
}

// joiners are eight bytes that part no word, and are in none by themselves.
const joiners = '-' * every

// wordStarts counts the words that begin in eight bytes of ASCII, and tells
// whether the last byte is inside one; inside, 0 or 1, tells that of what is before.
//
// Letters and digits are inside a word, and what joins is if what is before it is.
// That is how a carry goes through a sum, so one addition tells it of all: those
// inside by themselves carry whatever comes, those that join carry what comes to
// them.
func wordStarts(x, inside uint64) (starts int, after uint64) {
	lower := x | 0x20*every // the bit that small letters have
	letters := (((lower + (0x80-'a')*every) ^ (lower + (0x7f-'z')*every)) | ((x + (0x80-'0')*every) ^ (x + (0x7f-'9')*every))) & high
	joining := (((x + (0x80-',')*every) ^ (x + (0x7f-'.')*every)) | ((x + (0x80-'\'')*every) ^ (x + (0x7f-'\'')*every))) & high
	sum, after := bits.Add64(letters|(joining<<1-joining>>7), letters, inside) // of those that join all bits are set
	return int((letters >> 7 &^ sum) * every >> 56), after
}

// counted reports whether r is a Chinese, Japanese or Korean character that
// counts half a word.
func counted(r rune) bool {
	return ideographic(r) && unicode.IsLetter(r) || 0xac00 <= r && r <= 0xd7a3
}
