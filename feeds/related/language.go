package related

import (
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/turkish"
)

// language is two lower-case letters, the first in the high byte.
type language uint16

func tongue(code string) language {
	if len(code) < 2 {
		return 0
	}
	return language(code[0]|0x20)<<8 | language(code[1]|0x20)
}

var (
	langEnglish = tongue("en")
	langHan     = tongue("zh")
)

// stemmer returns the Snowball stemmer of a language, nil if there is none.
func stemmer(l language) func(*snowballstem.Env) bool {
	switch l {
	case tongue("ar"):
		return arabic.Stem
	case tongue("da"):
		return danish.Stem
	case tongue("de"):
		return german.Stem
	case tongue("en"):
		return english.Stem
	case tongue("es"):
		return spanish.Stem
	case tongue("fi"):
		return finnish.Stem
	case tongue("fr"):
		return french.Stem
	case tongue("hu"):
		return hungarian.Stem
	case tongue("it"):
		return italian.Stem
	case tongue("nl"):
		return dutch.Stem
	case tongue("no"), tongue("nb"), tongue("nn"):
		return norwegian.Stem
	case tongue("pt"):
		return portuguese.Stem
	case tongue("ro"):
		return romanian.Stem
	case tongue("ru"), tongue("uk"), tongue("be"):
		return russian.Stem
	case tongue("sv"):
		return swedish.Stem
	case tongue("tr"):
		return turkish.Stem
	}
	return nil
}

// guess tells the language of a text: by its script where that says it, else
// by the stop words at its beginning, else as its feed declares it. A handful
// of words proves nothing, so a headline alone follows the declaration, and
// what is not declared either is taken for English, whose stop words are the
// commonest noise. It looks at the tokens that w holds.
func (w *words) guess(title, text, declared string) language {
	said := tongue(declared)
	if l := byScript(title, text); l != 0 {
		if l == langCyrillic || l == langArabic {
			if stemmer(said) != nil && scriptOf(said) == l {
				return said
			}
		}
		return l
	}
	var score [16]int
	var lower, upper uint64 // the same, in a byte each
	seen := 0
	for _, list := range [2][]token{w.title, w.text} {
		list = list[:min(len(list), guessTokens)]
		seen += len(list)
		for i := range list {
			stop := w.lexicon.words[list[i].word].stop
			lower += bitBytes[stop&0xff]
			upper += bitBytes[stop>>8]
		}
	}
	for i := range 8 {
		score[i], score[8+i] = int(lower>>(8*i)&0xff), int(upper>>(8*i)&0xff)
	}
	return byStopWords(score, seen, said)
}

// byStopWords names the language that so many stop words of each list, among
// so many words, tell; else the one said.
func byStopWords(score [16]int, seen int, said language) language {
	lists := stopLists()
	best, second := -1, -1
	for i, n := range score[:len(lists)] {
		if best < 0 || n > score[best] {
			best, second = i, best
		} else if second < 0 || n > score[second] {
			second = i
		}
	}
	switch {
	case score[best] >= 4 && score[best]*10 >= seen && score[best] > score[second]+score[second]/4:
		return lists[best].language
	case said != 0 && scriptOf(said) == 0:
		return said
	}
	return langEnglish
}

// guessTokens is how many words of a title and of a text tell its language: of both
// a byte can count them.
const guessTokens = 120

// bitBytes has a byte for each bit of a byte.
var bitBytes = func() (table [256]uint64) {
	for b := range table {
		for i := range 8 {
			table[b] |= uint64(b) >> i & 1 << (8 * i)
		}
	}
	return table
}()

const (
	langCyrillic = language('r')<<8 | 'u'
	langArabic   = language('a')<<8 | 'r'
)

// scriptOf gives the representative of a language's script, 0 for Latin.
func scriptOf(l language) language {
	switch l {
	case tongue("ru"), tongue("uk"), tongue("be"), tongue("bg"), tongue("sr"), tongue("mk"), tongue("kk"):
		return langCyrillic
	case tongue("ar"), tongue("fa"), tongue("ur"), tongue("ps"):
		return langArabic
	case tongue("zh"), tongue("ja"), tongue("ko"), tongue("th"), tongue("el"), tongue("he"), tongue("hi"):
		return l
	}
	return 0
}

// letters tells the ASCII letters, by a one.
var letters = func() (table [utf8.RuneSelf]uint8) {
	for c := 'a'; c <= 'z'; c++ {
		table[c], table[unicode.ToUpper(c)] = 1, 1
	}
	return table
}()

// byScript looks at the first letters and names the language, or the script's
// commonest one; 0 for Latin.
func byScript(title, text string) language {
	var han, kana, hangul, cyrillic, arab, other int
	var odd rune
	n := 0
	for _, s := range [2]string{title, text} {
		for i := 0; i < len(s) && n < 200; {
			if s[i] < utf8.RuneSelf {
				n += int(letters[s[i]])
				i++
				continue
			}
			r, size := utf8.DecodeRuneInString(s[i:])
			i += size
			if !unicode.IsLetter(r) {
				continue
			}
			n++
			switch {
			case r < 0x250: // Latin
			case r >= 0x0400 && r <= 0x052F:
				cyrillic++
			case r >= 0x0600 && r <= 0x06FF:
				arab++
			case r >= 0x3040 && r <= 0x30FF:
				kana++
			case r >= 0xAC00 && r <= 0xD7AF:
				hangul++
			case r >= 0x3400 && r <= 0x9FFF:
				han++
			default:
				other++
				odd = r
			}
		}
	}
	latin := n - han - kana - hangul - cyrillic - arab - other
	// A Latin name takes more letters than its like in Han or Hangul.
	cjk := 3 * (han + kana + hangul)
	switch {
	case n == 0 || latin >= cjk+cyrillic+arab+other:
		return 0
	case cjk >= cyrillic+arab+other:
		switch {
		case kana*5 > han+kana:
			return tongue("ja")
		case hangul > han:
			return tongue("ko")
		}
		return langHan
	case cyrillic >= arab+other:
		return langCyrillic
	case arab >= other:
		return langArabic
	case unicode.Is(unicode.Greek, odd):
		return tongue("el")
	case unicode.Is(unicode.Hebrew, odd):
		return tongue("he")
	case unicode.Is(unicode.Devanagari, odd):
		return tongue("hi")
	case unicode.Is(unicode.Thai, odd):
		return tongue("th")
	}
	return tongue("xx")
}
