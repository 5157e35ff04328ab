package clean

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxMarks is how many combining marks may stand on one character. Hebrew with
// vowels and cantillation needs four, Vietnamese, Thai and Hindi fewer; what
// paints over the lines above and below has dozens.
const maxMarks = 4

const (
	esc         = 0x1b
	replacement = '\uFFFD'
	zwnj        = '\u200C'
	zwj         = '\u200D'
)

// class is what becomes of a character.
type class uint8

const (
	visible class = iota // stays
	mark                 // stays on a base, up to maxMarks
	blank                // becomes a space
	feed                 // becomes a line feed
	joiner               // stays between letters whose spelling needs it
	half                 // half of a flag, stays in pairs: of a single one terminals disagree about the width
	unsafe               // goes
)

func classify(r rune) class {
	switch {
	case r < 0x20:
		switch r {
		case '\t':
			return blank
		case '\n', '\v', '\f', '\r':
			return feed
		}
		return unsafe
	case r < 0x7f:
		if r == ' ' {
			return blank
		}
		return visible
	case r < 0xa0:
		return unsafe
	case r < 0x300: // Latin
		switch r {
		case 0xa0:
			return blank
		case 0xad: // soft hyphen
			return unsafe
		}
		return visible
	case 0x3041 <= r && r <= 0x3096, 0x30a1 <= r && r <= 0x30ff, 0x4e00 <= r && r <= 0x9fff, 0xac00 <= r && r <= 0xd7a3:
		return visible
	case r == zwnj || r == zwj:
		return joiner
	case 0x1f1e6 <= r && r <= 0x1f1ff:
		return half
	case r == 0x2028 || r == 0x2029:
		return feed
	case r == 0x2800: // braille pattern without dots
		return blank
	case invisible(r):
		return unsafe
	case r == 0xfffd:
		return visible
	case unicode.Is(unicode.Mn, r):
		return mark
	case unicode.Is(unicode.Zs, r):
		return blank
	case unicode.IsGraphic(r) && !unicode.Is(unicode.Me, r):
		return visible
	case 0x1f900 <= r && r <= 0x1faff: // pictographs newer than the Unicode tables
		return visible
	}
	return unsafe // Cf: bidi, zero-width, tags; Co: private use; Me; Cs, Cn
}

// invisible finds the characters that count as letters, marks or symbols and
// show nothing, or nothing that terminals agree on the width of.
func invisible(r rune) bool {
	switch {
	case 0xfe00 <= r && r <= 0xfe0f, 0xe0100 <= r && r <= 0xe01ef: // variation selectors
	case 0x1f3fb <= r && r <= 0x1f3ff: // skin tones
	case r == 0x34f, 0x180b <= r && r <= 0x180f: // grapheme joiner; Mongolian selectors
	case r == 0x115f, r == 0x1160, r == 0x3164, r == 0xffa0: // Hangul fillers
	case r == 0x17b4, r == 0x17b5: // Khmer inherent vowels
	case r == 0xfffc: // object replacement
	case 0x1d165 <= r && r <= 0x1d172: // parts of musical notes
	default:
		return false
	}
	return true
}

// joins reports whether a letter is of a script in which the zero-width joiner
// and non-joiner are part of the spelling: Arabic, Syriac and the Indic ones.
func joins(r rune) bool {
	return (0x600 <= r && r <= 0x7bf || 0x8a0 <= r && r <= 0xdff) && (unicode.IsLetter(r) || unicode.IsMark(r))
}

// safe is the promise of the package, written apart from scrub so that each
// checks the other.
func safe(s string) bool {
	marks := maxMarks // none may come before a base
	prev := rune(0)
	flag := false // within a pair of halves
	for i, r := range s {
		if flag && classify(r) != half {
			return false
		}
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return false
			}
		}
		if r == '\n' || r == ' ' {
			marks, prev = maxMarks, r
			continue
		}
		switch classify(r) {
		case visible:
			marks = 0
		case half:
			marks, flag = 0, !flag
		case mark:
			if marks++; marks > maxMarks {
				return false
			}
		case joiner:
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			if !joins(prev) || !joins(next) {
				return false
			}
		default:
			return false
		}
		prev = r
	}
	return !flag
}

// scrub makes a string safe. Tabs become spaces, every kind of line end a line
// feed; the result is in normal form C, so that what looks the same is the same.
func scrub(s string) string {
	if settled(s) {
		return s
	}
	s = filter(s)
	if !norm.NFC.IsNormalString(s) {
		s = filter(norm.NFC.String(s)) // again: a composition may have come apart into marks
	}
	return s
}

// settled reports at a glance that scrub would change nothing: there is nothing
// but line feeds and characters that are visible, whatever is beside them, and
// have no other normal form. That is most of most feeds.
func settled[T string | []byte](s T) bool {
	for i := 0; i < len(s); {
		for i+8 <= len(s) && shown(eight(s[i:])) {
			i += 8
		}
		if i == len(s) {
			break
		}
		if c := s[i]; c < utf8.RuneSelf {
			if c < ' ' && c != '\n' || c > '~' {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(string(s[i:min(i+utf8.UTFMax, len(s))]))
		if !steady(r) {
			return false
		}
		i += size
	}
	return true
}

func steady(r rune) bool {
	switch {
	case 0xa1 <= r && r < 0x300: // Latin
		return r != 0xad
	case 0x2010 <= r && r <= 0x2027, 0x2030 <= r && r <= 0x205e, r == '€': // punctuation
	case 0x391 <= r && r <= 0x3a1, 0x3a3 <= r && r <= 0x3ce: // Greek
	case 0x400 <= r && r <= 0x481, 0x48a <= r && r <= 0x52f: // Cyrillic
	case 0x3001 <= r && r <= 0x3003, 0x3008 <= r && r <= 0x3011, 0xff01 <= r && r <= 0xff5e:
	case 0x3041 <= r && r <= 0x3096, 0x30a1 <= r && r <= 0x30ff, 0x4e00 <= r && r <= 0x9fff, 0xac00 <= r && r <= 0xd7a3:
	default:
		return false
	}
	return true
}

// plain reports whether s is printable ASCII and line feeds: most of most feeds.
func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if c := s[i]; (c < ' ' && c != '\n') || c > '~' {
			return false
		}
	}
	return true
}

func filter(s string) string {
	out := make([]byte, 0, len(s))
	marks := maxMarks
	prev := rune(0) // the last character written
	put := func(r rune) {
		out = utf8.AppendRune(out, r)
		prev = r
	}
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			i++
			if prev != replacement {
				put(replacement)
				marks = 0
			}
			continue
		case r == esc:
			i += escapeSequence(s[i:])
			continue
		case r == '\r' && strings.HasPrefix(s[i+1:], "\n"):
			i++
			continue
		case 0x80 <= r && r < 0xa0:
			r = windows1252[r-0x80]
		}
		i += size
		switch classify(r) {
		case visible:
			put(r)
			marks = 0
		case mark:
			if marks++; marks <= maxMarks {
				put(r)
			}
		case half:
			if next, n := utf8.DecodeRuneInString(s[i:]); classify(next) == half {
				put(r)
				put(next)
				i += n
				marks = 0
			}
		case blank:
			put(' ')
			marks = maxMarks
		case feed:
			put('\n')
			marks = maxMarks
		case joiner:
			next, n := utf8.DecodeRuneInString(s[i:])
			switch {
			case joins(prev) && joins(next):
				put(r)
			case r == zwj && (next == '♀' || next == '♂'): // "woman running" folds to "running"
				i += n
			}
		}
	}
	return string(out)
}

// escapeSequence returns the length of the terminal control sequence that s
// begins with, so that "\x1b[31mred" leaves "red" and not "[31mred".
func escapeSequence(s string) int {
	const longest = 4096 // a sequence without an end must not hide an article
	if len(s) < 2 {
		return len(s)
	}
	switch s[1] {
	case '[': // CSI: parameters, then one final byte
		for i := 2; i < len(s) && i < longest; i++ {
			if c := s[i]; 0x40 <= c && c <= 0x7e {
				return i + 1
			} else if c < 0x20 || c > 0x3f {
				return i
			}
		}
		return 2
	case ']', 'P', 'X', '^', '_': // OSC, DCS, SOS, PM, APC: a string up to BEL or ST
		for i := 2; i < len(s) && i < longest; i++ {
			switch {
			case s[i] == 0x07:
				return i + 1
			case s[i] == esc && strings.HasPrefix(s[i:], "\x1b\\"):
				return i + 2
			case s[i] == esc:
				return i
			}
		}
		return 2
	}
	if 0x20 <= s[1] && s[1] <= 0x7e {
		return 2
	}
	return 1
}

// windows1252 gives the characters that were meant by U+0080 to U+009F: in
// feeds they come from text in that encoding which was declared as Latin-1.
// Browsers read numeric references in the same way. Zero: nothing was meant.
var windows1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

// line makes one safe line of at most limit runes.
func line(s string, limit int) string {
	// A rune is at most four bytes, and what is dropped may take up room too;
	// beyond this nobody would see the difference.
	if most := 16*limit + 4096; len(s) > most {
		s = cut(s, most)
	}
	return clip(fold(scrub(s)), limit)
}

// fold makes single spaces of white space and trims it at both ends.
func fold(s string) string {
	if strings.IndexByte(s, '\n') < 0 && !strings.Contains(s, "  ") {
		return strings.Trim(s, " ")
	}
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if c := s[i]; c != ' ' && c != '\n' {
			out = append(out, c)
		} else if n := len(out); n > 0 && out[n-1] != ' ' {
			out = append(out, ' ')
		}
	}
	return string(bytes.TrimSuffix(out, []byte(" ")))
}

// clip cuts a safe line after limit runes, where it says that it did.
func clip(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	n, last := 0, 0 // last: where the cut would leave limit-1 runes
	for i := range s {
		if n == limit-1 {
			last = i
		}
		if n++; n > limit {
			return trimEnd(s[:last]) + "…"
		}
	}
	return s
}

// cut returns at most n bytes of s, without breaking a character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := n; i > n-utf8.UTFMax && i > 0; i-- {
		if utf8.RuneStart(s[i]) {
			return s[:i]
		}
	}
	return s[:n]
}

// trimEnd removes what may not stand at the end of a safe string that was cut.
func trimEnd(s string) string {
	s = strings.TrimRight(s, " \n\u200C\u200D")
	rest := strings.TrimRightFunc(s, func(r rune) bool { return classify(r) == half })
	if flags := len(s) - len(rest); flags%8 != 0 { // two halves of four bytes
		s = s[:len(s)-4]
	}
	return s
}
