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
