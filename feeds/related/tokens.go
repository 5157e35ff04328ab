package related

import (
	"unicode"
	"unicode/utf8"
)

// token is one word of a text as it stood there, lower-cased but not yet
// stemmed.
type token struct {
	word  string
	upper bool // began with a capital
	first bool // began a sentence, so a capital means nothing
	gram  bool // two characters of a script that writes no spaces
}

// tokenizer splits a text into tokens, a call at a time. The word of a token
// is valid only until the next call.
type tokenizer struct {
	text  string
	at    int
	first bool
	prev  rune // the character before, if it can begin a bigram
	buf   []byte
}

func (t *tokenizer) reset(text string) {
	t.text, t.at, t.first, t.prev = text, 0, true, 0
}

// next returns the next token, false at the end.
func (t *tokenizer) next(tok *token) bool {
	for t.at < len(t.text) {
		r, n := decode(t.text, t.at)
		switch {
		case spaceless(r):
			if t.bigram(r, n, tok) {
				return true
			}
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			t.prev = 0
			t.word(tok)
			return true
		default:
			t.prev = 0
			t.at += n
			if endsSentence(r) {
				t.first = true
			}
		}
	}
	return false
}

// bigram reads one character of a script without spaces and yields it together
// with the one before. Two hiragana in a row are grammar, not content.
func (t *tokenizer) bigram(r rune, n int, tok *token) bool {
	t.at += n
	prev := t.prev
	t.prev = r
	if prev == 0 || unicode.Is(unicode.Hiragana, prev) && unicode.Is(unicode.Hiragana, r) {
		return false
	}
	t.buf = utf8.AppendRune(utf8.AppendRune(t.buf[:0], prev), r)
	*tok = token{word: string(t.buf), gram: true, first: t.first}
	t.first = false
	return true
}

// word reads one word. Apostrophes inside are dropped with an English
// possessive, a full stop or comma between digits belongs to the number, and
// initials are joined: U.S. is "us".
func (t *tokenizer) word(tok *token) {
	*tok = token{first: t.first}
	t.buf = t.buf[:0]
	t.first = false
	count, digits := 0, false
	for t.at < len(t.text) {
		r, n := decode(t.text, t.at)
		switch {
		case spaceless(r):
			n = 0
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if count == 0 {
				tok.upper = unicode.IsUpper(r)
			}
			count++
			digits = unicode.IsDigit(r)
			if len(t.buf) < maxWord {
				t.buf = utf8.AppendRune(t.buf, unicode.ToLower(r))
			}
			t.at += n
			continue
		case unicode.IsMark(r):
			if !dropped(r) && len(t.buf) < maxWord {
				t.buf = utf8.AppendRune(t.buf, r)
			}
			t.at += n
			continue
		case r == '\'' || r == '’' || r == 'ʼ':
			if t.apostrophe(n) {
				continue
			}
			n = 0
		case r == '.' || r == ',':
			if after, _ := decode(t.text, t.at+n); digits && unicode.IsDigit(after) || r == '.' && count == 1 && unicode.IsLetter(after) && !spaceless(after) {
				if digits && r == '.' {
					t.buf = append(t.buf, '.')
				}
				t.at += n
				continue
			}
			n = 0
		default:
			n = 0
		}
		if n == 0 {
			break
		}
	}
	tok.word = string(t.buf)
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
