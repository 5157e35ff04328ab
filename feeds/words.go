package feeds

import "unicode"

// InWord reports whether a character belongs to a word: a letter, a digit, or a
// mark upon one.
func InWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }

// Unspaced reports whether a character is of a script that sets no spaces between
// words: where words are compared, each such character is one.
func Unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
