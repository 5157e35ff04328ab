package clean

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// excerpt takes whole sentences as long as they fit; if they fill less than a
// third, the rest is filled with words.
func excerpt(text string) string {
	const enough = MaxExcerpt / 3
	s := cut(text, 4*MaxExcerpt)
	if !settled(s) && !safe(s) {
		s = scrub(s)
	}
	s = fold(s)
	if len(s) <= MaxExcerpt {
		return s
	}
	end, word, bound := 0, 0, 0
	prev := rune(0)
	for i, r := range s {
		if i > MaxExcerpt {
			break
		}
		if i > 0 && r == ' ' && ends(s[:i]) || wideStop(prev) && !closing(r) {
			end = i
		}
		if r == ' ' || (ideographic(prev) && !wideStop(r) && !closing(r)) {
			if i+len("…") <= MaxExcerpt {
				word = i
			}
		}
		if i+len("…") <= MaxExcerpt && (r < 0x300 || !unicode.IsMark(r)) {
			bound = i
		}
		prev = r
	}
	switch {
	case end >= enough:
		return trimEnd(s[:end])
	case word >= enough:
		return trimEnd(strings.TrimRight(trimEnd(s[:word]), ",;:–—-、，；")) + "…"
	}
	return trimEnd(s[:bound]) + "…"
}

// ends reports whether a sentence ends where s does: after a stop, and quotes
// or brackets that close behind it, but not after an initial or an ordinal.
func ends(s string) bool {
	if n := len(s); n > 0 && alphanumeric(s[n-1]) {
		return false
	}
	t := strings.TrimRightFunc(s, closing)
	r, size := utf8.DecodeLastRuneInString(t)
	switch r {
	case '!', '?', '…', '؟', '۔', '।', '॥':
		return true
	case '.':
	default:
		return false
	}
	word := t[:len(t)-size]
	if i := strings.LastIndexByte(word, ' '); i >= 0 {
		word = word[i+1:]
	}
	if utf8.RuneCountInString(word) <= 2 || strings.Contains(word, ".") { // "J.", "Mr.", "U.S.", "12."
		return false
	}
	switch word {
	case "Prof", "Gov", "Sen", "Rep", "Gen", "Mrs", "Inc", "Ltd", "Corp", "etc", "approx", "Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec", "bzw", "Nr":
		return false
	}
	return true
}

func closing(r rune) bool {
	switch r {
	case '"', '\'', ')', ']', '”', '’', '»', '」', '』', '）', '】', '》', '〉':
		return true
	}
	return false
}

func wideStop(r rune) bool {
	switch r {
	case '。', '！', '？', '．', '｡':
		return true
	}
	return false
}

// ideographic reports whether words of r's script are not parted by spaces and
// a line may break after any character.
func ideographic(r rune) bool {
	switch {
	case r < 0x2e80:
		return false
	case r <= 0x30ff, 0x31f0 <= r && r <= 0x9fff, 0xf900 <= r && r <= 0xfaff, 0xff01 <= r && r <= 0xff9f, 0x20000 <= r && r <= 0x3ffff:
		return true
	}
	return false
}

// What ASCII characters are to words: letters are inside one, and what joins
// does not part those beside it.
const (
	letter  = 1
	joining = 2
)

var wordParts = func() (table [utf8.RuneSelf]uint8) {
	for c := range table {
		if alphanumeric(byte(c)) {
			table[c] = letter
		}
	}
	for _, c := range "'-.," {
		table[c] = joining
	}
	return table
}()

// words counts in twentieths of a word, so that halves and fifths add up. Where
// words begin nobody can foretell, so ASCII is read without a branch for it.
func words(text string) int {
	const word, half, fifth = 20, 10, 4
	n, whole := 0, 0
	inside := uint8(0) // 1 within a word
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			part := wordParts[c]
			whole += int(part &^ inside & letter)
			inside = part&letter | part>>1&inside
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		switch {
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

// counted reports whether r is a Chinese, Japanese or Korean character that
// counts half a word.
func counted(r rune) bool {
	return ideographic(r) && unicode.IsLetter(r) || 0xac00 <= r && r <= 0xd7a3
}
