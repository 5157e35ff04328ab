package related

import (
	"encoding/binary"
	"unicode"
	"unicode/utf8"

	"broadsheet/feeds"
)

// token is one word of a text as it stood there, lower-cased but not yet
// stemmed.
type token struct {
	hash  uint64 // of the word
	word  uint32 // its number in the lexicon
	upper bool   // began with a capital
	first bool   // began a sentence, so a capital means nothing
}

// tokenizer splits a text into tokens. It reads the ASCII part of a word byte
// by byte through a table, which is nearly all of most texts, and the rest
// character by character.
type tokenizer struct {
	text  string
	at    int
	first bool
	prev  rune // the character before, if it can begin a bigram
	buf   []byte
}

// split appends the first tokens of a text to list, at most most of them,
// their words numbered by x.
func (t *tokenizer) split(text string, most int, x *lexicon, list []token) []token {
	t.text, t.at, t.first, t.prev = text, 0, true, 0
	for {
		list = t.plain(most, x, list)
		if len(list) >= most || t.at >= len(text) {
			return list
		}
		switch c := classes[text[t.at]]; c {
		case between, endSentence:
			t.prev = 0
			t.at++
			t.first = t.first || c == endSentence
			continue
		case beyondASCII:
			r, n := decode(text, t.at)
			if spaceless(r) {
				if t.bigram(r, n) {
					list = append(list, t.token(x.find(t.buf, true), false))
				}
				continue
			}
			if mark := 0x2010 <= r && r <= 0x2027; mark || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				t.prev = 0
				t.at += n
				t.first = t.first || endsSentence(r)
				continue
			}
		}
		t.prev = 0
		upper := t.word()
		list = append(list, t.token(x.find(t.buf, false), upper))
	}
}

// plain reads on as split does, up to a word that is not short and plain, which
// most are.
func (t *tokenizer) plain(most int, x *lexicon, list []token) []token {
	text, at, first := t.text, t.at, t.first
	for end := len(text) - shortBelow; at < end && len(list) < most; {
		c := classes[text[at]]
		if c < inWord {
			first = first || c == endSentence
			at++
			continue
		}
		if c == beyondASCII {
			break
		}
		n, s := 0, spelling{}
		if n, s.first = feeds.WordStart(text[at:]); n == 8 {
			k, rest := feeds.WordStart(text[at+8:])
			n, s.second = 8+k, leading(rest, k)
		} else {
			s.first = leading(s.first, n)
		}
		spaced := text[at+n] == ' '
		if !spaced && (n == shortBelow || !endsWord(text[at+n:])) {
			break
		}
		k := x.likely(s)
		if k.spelling != s { // of a free slot it is of no word
			k = x.short(s)
		}
		upper := text[at]|0x20 != text[at] // digits have that bit too
		list = append(list, token{hash: k.hash, word: k.number - 1, upper: upper, first: first})
		first = false
		if at += n; spaced {
			at++
		}
	}
	if at > t.at {
		t.at, t.first, t.prev = at, first, 0
	}
	return list
}

// leading gives the first n bytes of eight, the lowest.
func leading(eight uint64, n int) uint64 { return eight & (1<<(8*uint(n)) - 1) }

// endsWord reports, of what stands behind ASCII letters and digits, that it
// certainly ends the word: see word. Of the end of the text it does not.
func endsWord(s string) bool {
	switch c := s[0]; {
	case classes[c] >= inWord:
		return false
	case c == '.' || c == ',' || c == '\'':
		return len(s) > 1 && classes[s[1]] < inWord
	}
	return true
}

// token makes one of the word that was read.
func (t *tokenizer) token(k *slotted, upper bool) token {
	tok := token{hash: k.hash, word: k.number - 1, upper: upper, first: t.first}
	t.first = false
	return tok
}

// bigram reads one character of a script without spaces and reports whether it
// makes a word with the one before. Two hiragana in a row are grammar, not content.
func (t *tokenizer) bigram(r rune, n int) bool {
	t.at += n
	prev := t.prev
	t.prev = r
	if prev == 0 || unicode.Is(unicode.Hiragana, prev) && unicode.Is(unicode.Hiragana, r) {
		return false
	}
	t.buf = utf8.AppendRune(utf8.AppendRune(t.buf[:0], prev), r)
	return true
}

// What a byte is to the tokenizer.
const (
	between     = iota // words
	endSentence        // between words, and the next begins a sentence
	inWord             // an ASCII letter or digit
	beyondASCII        // part of a character that has to be decoded
)

var classes = byteClasses()

func byteClasses() (table [256]uint8) {
	for c := range table {
		switch r := rune(c); {
		case r >= utf8.RuneSelf:
			table[c] = beyondASCII
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			table[c] = inWord
		case endsSentence(r):
			table[c] = endSentence
		}
	}
	return table
}

// run reads ASCII letters and digits, and reports how many.
func (t *tokenizer) run() int {
	text, buf := t.text[t.at:], t.buf
	n := 0
	for len(text)-n >= 8 && len(buf) <= maxWord-8 { // eight bytes at once
		k, lower := feeds.WordStart(text[n:])
		buf = binary.LittleEndian.AppendUint64(buf, lower)[:len(buf)+k]
		if n += k; k < 8 {
			t.buf = buf
			t.at += n
			return n
		}
	}
	for n < len(text) && classes[text[n]] == inWord {
		if len(buf) < maxWord {
			buf = append(buf, text[n]|0x20) // the bit that small letters have, and all digits
		}
		n++
	}
	t.buf = buf
	t.at += n
	return n
}

// word reads one word into the buffer and reports whether it began with a
// capital. Apostrophes inside are dropped with an English possessive, a full
// stop or comma between digits belongs to the number, and initials are joined:
// U.S. is "us".
func (t *tokenizer) word() (upper bool) {
	t.buf = t.buf[:0]
	count, digits := 0, false
	for {
		from := t.at
		if n := t.run(); n > 0 {
			if count == 0 {
				upper = t.text[from]&^0x20 == t.text[from] && t.text[from] >= 'A'
			}
			count += n
			digits = t.text[t.at-1] <= '9'
		}
		if t.at == len(t.text) || t.text[t.at] == ' ' { // most words end so
			return upper
		}
		r, n := decode(t.text, t.at)
		switch {
		case spaceless(r):
			return upper
		case r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			if count == 0 {
				upper = unicode.IsUpper(r)
			}
			count++
			digits = unicode.IsDigit(r)
			if len(t.buf) < maxWord {
				t.buf = utf8.AppendRune(t.buf, unicode.ToLower(r))
			}
			t.at += n
		case r >= utf8.RuneSelf && unicode.IsMark(r):
			if !dropped(r) && len(t.buf) < maxWord {
				t.buf = utf8.AppendRune(t.buf, r)
			}
			t.at += n
		case r == '\'' || r == '’':
			if !t.apostrophe(n) {
				return upper
			}
		case r == '.' || r == ',':
			if !t.point(r, n, count, digits) {
				return upper
			}
		default:
			return upper
		}
	}
}

// point handles a full stop or comma after so many letters of a word, the last
// a digit or not, and reports whether the word goes on.
func (t *tokenizer) point(r rune, n, count int, digits bool) bool {
	after, _ := decode(t.text, t.at+n)
	number := digits && unicode.IsDigit(after)
	initial := r == '.' && count == 1 && unicode.IsLetter(after) && !spaceless(after)
	if !number && !initial {
		return false
	}
	if digits && r == '.' {
		t.buf = append(t.buf, '.')
	}
	t.at += n
	return true
}

// apostrophe handles the n bytes of an apostrophe inside a word and reports
// whether the word goes on.
func (t *tokenizer) apostrophe(n int) bool {
	r, m := decode(t.text, t.at+n)
	if !unicode.IsLetter(r) {
		return false
	}
	if r == 's' || r == 'S' {
		if after, _ := decode(t.text, t.at+n+m); !unicode.IsLetter(after) {
			t.at += n + m
			return true
		}
	}
	// French and Italian elide before the noun: l'Europe is Europe.
	if len(t.buf) <= 2 && len(t.buf) > 0 {
		t.buf = t.buf[:0]
	}
	t.at += n
	return true
}

// maxWord is where a word is cut: nothing longer is one.
const maxWord = 64

func decode(s string, at int) (rune, int) {
	if at >= len(s) {
		return -1, 0
	}
	if c := s[at]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeRuneInString(s[at:])
}

func endsSentence(r rune) bool {
	switch r {
	case '.', '!', '?', '\n', ':', '"', '“', '”', '‘', '«', '„', '。', '！', '？', '।', '؟', '•', '|':
		return true
	}
	return false
}

// spaceless reports whether r belongs to a script that does not put spaces
// between words, or, as Korean does, glues particles to them.
func spaceless(r rune) bool {
	if r < 0x0E00 {
		return false
	}
	switch {
	case r >= 0x4E00 && r <= 0x9FFF, // Han
		r >= 0x3040 && r <= 0x30FF && r != '・', // Hiragana, Katakana
		r >= 0xAC00 && r <= 0xD7AF,             // Hangul
		r >= 0x0E00 && r <= 0x0E4E,             // Thai
		r >= 0x0E80 && r <= 0x0EFF,             // Lao
		r >= 0x1000 && r <= 0x109F,             // Myanmar
		r >= 0x1780 && r <= 0x17D3,             // Khmer
		r >= 0x3400 && r <= 0x4DBF,             // Han, extension A
		r >= 0x20000 && r <= 0x2FA1F:           // Han, the other extensions
		return true
	}
	return false
}

// dropped reports whether a mark may be left out of a word: accents that stand
// apart from their letter, and the optional vowels of Arabic and Hebrew.
func dropped(r rune) bool {
	return r >= 0x0300 && r <= 0x036F || r >= 0x0591 && r <= 0x05C7 || r >= 0x064B && r <= 0x0652
}

// folded maps the accented Latin letters to their base, Arabic's and
// Cyrillic's variant letters to the common one.
func folded(r rune) rune {
	if r < 0xC0 {
		return r
	}
	switch r {
	case 'á', 'à', 'â', 'ä', 'ã', 'å', 'ā', 'ă', 'ą':
		return 'a'
	case 'ç', 'č', 'ć', 'ĉ', 'ċ':
		return 'c'
	case 'ď', 'đ', 'ð':
		return 'd'
	case 'é', 'è', 'ê', 'ë', 'ē', 'ě', 'ę', 'ė', 'ĕ':
		return 'e'
	case 'ğ', 'ģ', 'ĝ', 'ġ':
		return 'g'
	case 'í', 'ì', 'î', 'ï', 'ī', 'ı', 'į', 'ĭ':
		return 'i'
	case 'ķ':
		return 'k'
	case 'ł', 'ľ', 'ļ', 'ĺ':
		return 'l'
	case 'ñ', 'ń', 'ň', 'ņ':
		return 'n'
	case 'ó', 'ò', 'ô', 'ö', 'õ', 'ø', 'ō', 'ő', 'ŏ':
		return 'o'
	case 'ř', 'ŕ', 'ŗ':
		return 'r'
	case 'š', 'ś', 'ş', 'ș', 'ŝ', 'ß':
		return 's'
	case 'ť', 'ţ', 'ț', 'ŧ':
		return 't'
	case 'ú', 'ù', 'û', 'ü', 'ū', 'ů', 'ű', 'ų', 'ŭ':
		return 'u'
	case 'ý', 'ÿ':
		return 'y'
	case 'ž', 'ź', 'ż':
		return 'z'
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى', 'ی':
		return 'ي'
	case 'ة':
		return 'ه'
	case 'ک':
		return 'ك'
	case 'ё':
		return 'е'
	case 'ґ':
		return 'г'
	}
	return r
}
