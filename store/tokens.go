package store

import (
	"encoding/binary"
	"math/bits"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"broadsheet/feeds"
)

// Text becomes terms alike for the index and for a query: words of letters,
// digits and marks, lower-cased and without accents. Scripts that put no space
// between words give overlapping pairs of characters, and the last character
// of a run alone, so that a query of a single character, taken as a prefix,
// finds it wherever it stands.

type termKind uint8

const (
	termWord termKind = iota
	termPair          // two neighbouring characters of an unspaced script
	termTail          // the last character of such a run, after its pairs
	termLone          // the only character of such a run
)

// maxTerm bounds a term in bytes; what is longer is cut, here and in queries.
const maxTerm = 48

// A tokenizer holds the buffers of eachTerm between texts.
type tokenizer struct {
	ascii  [maxTerm]byte
	word   []byte
	folded []byte
	known  map[string]string // words that were folded
	pair   []byte
}

// lower gives the bytes that ASCII words are made of, in lower case; 0 for others.
var lower = func() (table [256]byte) {
	for c := byte('a'); c <= 'z'; c++ {
		table[c], table[c-'a'+'A'] = c, c
	}
	for c := byte('0'); c <= '9'; c++ {
		table[c] = c
	}
	return table
}()

// asciiWord reads an ASCII word that s begins with into t.ascii, and gives its
// length in s and as a term. What follows it may continue it.
func (t *tokenizer) asciiWord(s string) (read, size int) {
	for n := 8; n == 8 && len(s)-read >= 8 && size <= maxTerm-8; { // eight bytes at once
		var small uint64
		n, small = feeds.WordStart(s[read:])
		binary.LittleEndian.PutUint64(t.ascii[size:], small)
		read, size = read+n, size+n
		if n < 8 {
			return read, size
		}
	}
	for read < len(s) {
		c := lower[s[read]]
		if c == 0 {
			break
		}
		if size < maxTerm {
			t.ascii[size] = c
			size++
		}
		read++
	}
	return read, size
}

// eachTerm calls emit for each term of s in order. The term is valid only
// during the call.
func (t *tokenizer) eachTerm(s string, emit func(term []byte, kind termKind)) {
	t.terms(s, func(string) int { return 0 }, emit)
}

// terms is eachTerm for one who reads plain words himself: asked at the beginning
// of a word, he says how much of s he took.
func (t *tokenizer) terms(s string, take func(s string) int, emit func(term []byte, kind termKind)) {
	if !normal(s) {
		s = norm.NFKC.String(s)
	}
	t.word = t.word[:0]
	plain := true // the word so far is ASCII
	flush := func() {
		if len(t.word) == 0 {
			return
		}
		w := t.word
		if !plain {
			w = t.fold(w)
		}
		if len(w) > maxTerm {
			w = w[:maxTerm]
			for r, n := utf8.DecodeLastRune(w); r == utf8.RuneError && n == 1; r, n = utf8.DecodeLastRune(w) {
				w = w[:len(w)-1] // half a character
			}
		}
		if len(w) > 0 {
			emit(w, termWord)
		}
		t.word, plain = t.word[:0], true
	}
	for i := 0; i < len(s); {
		if len(t.word) == 0 { // most words are ASCII from beginning to end
			i += take(s[i:])
			if len(s)-i > 8 { // and short
				n, small := feeds.WordStart(s[i:])
				if n < 8 && s[i+n] < utf8.RuneSelf {
					if n > 0 {
						binary.LittleEndian.PutUint64(t.ascii[:], small)
						emit(t.ascii[:n], termWord)
					}
					i += n + 1
					continue
				}
			}
			read, size := t.asciiWord(s[i:])
			if end := i + read; end == len(s) || s[end] < utf8.RuneSelf {
				if size > 0 {
					emit(t.ascii[:size], termWord)
				}
				i = end + 1
				continue
			}
		}
		c := s[i]
		if c < utf8.RuneSelf {
			if i++; lower[c] != 0 {
				t.word = append(t.word, lower[c])
			} else {
				flush()
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case 0x2010 <= r && r <= 0x2027: // dashes and quotation marks
			flush()
		case unspaced(r):
			flush()
			i += t.run(s[i:], emit)
			continue
		case unicode.IsLetter(r), unicode.IsNumber(r), unicode.IsMark(r) && len(t.word) > 0:
			t.word = append(t.word, s[i:i+n]...)
			plain = false
		case r == '\u00ad': // a soft hyphen is no end of a word
		default:
			flush()
		}
		i += n
	}
	flush()
}

// run emits the terms of a run of unspaced characters and gives its length.
func (t *tokenizer) run(s string, emit func([]byte, termKind)) int {
	at, count, last := 0, 0, 0 // last: where the character before begins
	for at < len(s) {
		r, n := utf8.DecodeRuneInString(s[at:])
		if !unspaced(r) {
			break
		}
		if count++; count > 1 {
			t.pair = append(t.pair[:0], s[last:at+n]...)
			emit(t.pair, termPair)
		}
		last = at
		at += n
	}
	kind := termTail
	if count == 1 {
		kind = termLone
	}
	t.pair = append(t.pair[:0], s[last:at]...)
	emit(t.pair, kind)
	return at
}

// maxKnown bounds how many folded words are kept: names come again and again.
const maxKnown = 1024

// fold lower-cases a word and takes its accents off.
func (t *tokenizer) fold(word []byte) []byte {
	if known, ok := t.known[string(word)]; ok {
		return append(word[:0], known...)
	}
	if len(word) > maxTerm || len(t.known) == maxKnown {
		return t.foldAnew(word)
	}
	as := string(word)
	out := t.foldAnew(word)
	if t.known == nil {
		t.known = map[string]string{}
	}
	t.known[as] = string(out)
	return out
}

func (t *tokenizer) foldAnew(word []byte) []byte {
	t.folded = norm.NFD.Append(t.folded[:0], word...)
	out := word[:0]
	for i := 0; i < len(t.folded); {
		r, n := utf8.DecodeRune(t.folded[i:])
		i += n
		switch r = unicode.ToLower(r); {
		case r < utf8.RuneSelf:
			out = append(out, byte(r))
		case accent(r):
		default:
			if s := undecomposed(r); s != "" {
				out = append(out, s...)
			} else {
				out = utf8.AppendRune(out, r)
			}
		}
	}
	t.word = out
	return out
}

// accent tells the marks that a reader leaves out when typing: accents, Hebrew
// points, Arabic vowels. The vowel signs of Indic scripts are not among them.
func accent(r rune) bool {
	switch {
	case 0x0300 <= r && r <= 0x036F, 0x0591 <= r && r <= 0x05C7, 0x0610 <= r && r <= 0x061A,
		r == 0x0640, 0x064B <= r && r <= 0x065F, r == 0x0670, 0x1AB0 <= r && r <= 0x1AFF,
		0x1DC0 <= r && r <= 0x1DFF, 0x20D0 <= r && r <= 0x20FF, 0xFE20 <= r && r <= 0xFE2F:
		return true
	}
	return false
}

// undecomposed gives what is commonly typed for letters that Unicode does not
// decompose, "" for others.
func undecomposed(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ł':
		return "l"
	case 'ı':
		return "i"
	case 'þ':
		return "th"
	case 'ħ':
		return "h"
	case 'ς':
		return "σ"
	}
	return ""
}

// unspaced tells characters of scripts written without spaces between words
// (or, like Korean, with particles that cling to them).
func unspaced(r rune) bool {
	if r < 0x0E00 {
		return false
	}
	switch {
	case 0x0E00 <= r && r <= 0x0EFF: // Thai, Lao
		return unicode.IsLetter(r) || unicode.IsMark(r)
	case 0x1000 <= r && r <= 0x109F, 0x1780 <= r && r <= 0x17FF: // Myanmar, Khmer
		return unicode.IsLetter(r) || unicode.IsMark(r)
	case 0x3005 <= r && r <= 0x3007, 0x3041 <= r && r <= 0x3096, 0x30A1 <= r && r <= 0x30FA, 0x30FC <= r && r <= 0x30FF:
		return true
	case 0x3400 <= r && r <= 0x9FFF, 0xF900 <= r && r <= 0xFAFF, 0x20000 <= r && r <= 0x3FFFF: // ideographs
		return true
	case 0xAC00 <= r && r <= 0xD7A3: // Hangul
		return true
	}
	return false
}

// normal reports at a glance that normal form KC makes no other terms of s: it
// holds nothing but characters of which it does not, whatever stands beside them.
// That is most of most texts.
func normal(s string) bool {
	const high = 0x8080808080808080
	for s != "" {
		if len(s) >= 8 {
			beyond := binary.LittleEndian.Uint64([]byte(s[:8])) & high // ASCII
			if beyond == 0 {
				s = s[8:]
				continue
			}
			s = s[bits.TrailingZeros64(beyond)/8:]
		} else if s[0] < utf8.RuneSelf {
			s = s[1:]
			continue
		}
		r, n := utf8.DecodeRuneInString(s)
		if !lasting(r) {
			return false
		}
		s = s[n:]
	}
	return true
}

// lasting tells some of the characters that stay as they are in normal form KC, or
// become others that are in no word either, and with which nothing before them is
// composed.
func lasting(r rune) bool {
	switch {
	case 0xC0 <= r && r <= 0x131, 0x134 <= r && r <= 0x13E, 0x141 <= r && r <= 0x148, 0x14A <= r && r <= 0x17E: // Latin
	case 0xA0 <= r && r <= 0xA7, r == '©', r == '«', r == '¬', r == '®', r == '°', r == '±', r == '¶', r == '·', r == '»', r == '¿':
	case 0x2010 <= r && r <= 0x2016, 0x2018 <= r && r <= 0x2027, r == '€':
	case 0x391 <= r && r <= 0x3A1, 0x3A3 <= r && r <= 0x3CE: // Greek
	case 0x400 <= r && r <= 0x481, 0x48A <= r && r <= 0x52F: // Cyrillic
	case 0x3000 <= r && r <= 0x3003, 0x3008 <= r && r <= 0x3011, 0xFF01 <= r && r <= 0xFF0F, 0xFF1A <= r && r <= 0xFF20:
	case 0x3041 <= r && r <= 0x3096, 0x30A1 <= r && r <= 0x30FA, 0x4E00 <= r && r <= 0x9FFF, 0xAC00 <= r && r <= 0xD7A3:
	default:
		return false
	}
	return true
}
