package novelty

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"golang.org/x/text/width"

	"broadsheet/feeds"
)

// clause is a sentence as it is compared: its segments between commas, dashes
// and brackets, each a list of keys. A key is a word in lower case, a figure, a
// unit or a question mark, written one way; words that say nothing by
// themselves are left out.
type clause struct {
	segments []segment
	quarters int  // its size in quarters of a word
	named    bool // something in it says whom or what it is about: a name, a figure
	pronoun  bool // it begins with one
	quoted   bool // it begins with a quotation mark
	spoken   speech
}

type segment struct {
	keys []string
	one  bool // it begins with an indefinite article
}

// Sizes in quarters of a word: a word of its own, an ideograph or a kana, a
// letter of a script that sets no spaces.
const (
	wholeWord = 4
	halfWord  = 2
	letter    = 1
)

func (c *clause) size() int { return c.quarters / wholeWord }

// parse reads a sentence.
func parse(sentence string, l *lexicon) *clause {
	c := &clause{segments: []segment{{}}}
	text := strings.TrimRightFunc(feeds.OneStyle(width.Fold.String(norm.NFC.String(sentence))), unicode.IsSpace)
	if strings.HasSuffix(text, ";") { // the question mark of Greek
		text = strings.TrimSuffix(text, ";") + "?"
	}
	c.quoted = strings.HasPrefix(text, "'")
	first := true
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case feeds.InWord(r):
			end := wordEnd(text, i)
			c.word(text[i:end], first, l)
			first = false
			i = end
			continue
		case r == '?' || r == '؟':
			c.add("?")
			c.cut()
		case strings.ContainsRune(",;()[]!،؛，；、", r), r == '-' && spaced(text, i):
			c.cut()
		case r == ':' || unicode.In(r, unicode.Sc) || strings.ContainsRune("%+°§/=<>&#@", r):
			c.add(string(r))
		case r == '-' && minus(text, i):
			c.add("-")
		}
		i += size
	}
	c.cut()
	c.segments = c.segments[:len(c.segments)-1]
	c.listen(l)
	return c
}

// spaced reports whether the sign at i stands between spaces: a dash, no hyphen.
func spaced(text string, i int) bool {
	return i > 0 && text[i-1] == ' ' && i+1 < len(text) && text[i+1] == ' '
}

// minus reports whether the sign at i is a figure's.
func minus(text string, i int) bool {
	return (i == 0 || text[i-1] == ' ') && i+1 < len(text) && text[i+1] >= '0' && text[i+1] <= '9'
}

func (c *clause) add(key string) {
	s := &c.segments[len(c.segments)-1]
	s.keys = append(s.keys, key)
}

// cut ends a segment.
func (c *clause) cut() {
	if len(c.segments[len(c.segments)-1].keys) > 0 {
		c.segments = append(c.segments, segment{})
	}
}

// wordEnd is where the word at i ends: letters, digits and what joins them, as
// in 1,500 and 2:1 and U.S. and don't; in scripts without spaces one letter.
func wordEnd(text string, i int) int {
	r, size := utf8.DecodeRuneInString(text[i:])
	end := i + size
	alone := feeds.Unspaced(r)
	digit := unicode.IsDigit(r)
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		next, _ := utf8.DecodeRuneInString(text[end+size:])
		switch {
		case unicode.IsMark(r):
		case alone || feeds.Unspaced(r):
			return end
		case unicode.IsDigit(r) != digit && (unicode.IsDigit(r) || unicode.IsLetter(r)):
			return end // 5m, 3rd, B2
		case feeds.InWord(r):
		case digit && strings.ContainsRune(".,:'", r) && unicode.IsDigit(next):
		case !digit && r == '\'' && unicode.IsLetter(next):
		case !digit && r == '.' && initials(text[i:end]): // also the dot after the last
		default:
			return end
		}
		end += size
	}
	return end
}

// initials reports whether a word is a letter or letters with dots: U, U.S.
func initials(word string) bool {
	for _, part := range strings.Split(word, ".") {
		r, size := utf8.DecodeRuneInString(part)
		if size == 0 || size != len(part) || !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// word takes in a word.
func (c *clause) word(text string, first bool, l *lexicon) {
	r, _ := utf8.DecodeRuneInString(text)
	switch {
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
		c.quarters += halfWord
		c.named = true // no capitals tell
		if unicode.Is(unicode.Hangul, r) {
			c.quarters += halfWord // Korean sets spaces
		}
	case feeds.Unspaced(r):
		c.quarters += letter
		c.named = true
	default:
		c.quarters += wholeWord
		cased := unicode.IsUpper(r) || unicode.IsLower(r)
		c.named = c.named || unicode.IsDigit(r) || !cased || unicode.IsUpper(r) && !first
	}
	if unicode.IsDigit(r) {
		c.add(l.figure(text))
		return
	}
	if text == "May" && !first { // the month, which hangs on nothing
		c.put(text, l)
		return
	}
	text = strings.ReplaceAll(text, ".", "") // U.S.
	if !first && len(text) > 1 && strings.ToUpper(text) == text && strings.ToLower(text) != text {
		c.put(text, l) // WHO and US are not who and us
		return
	}
	key := strings.ToLower(text)
	if first {
		c.pronoun = l.pronouns[key]
		if l.openings[key] {
			return
		}
	}
	for _, k := range l.written(key) {
		c.put(k, l)
	}
}

// put adds a key, joined with the one before it where only both together have
// their meaning, and without the words that have none.
func (c *clause) put(key string, l *lexicon) {
	s := &c.segments[len(c.segments)-1]
	n := len(s.keys)
	if n > 0 {
		last := s.keys[n-1]
		if unit, ok := l.afterFigure[key]; ok && last != "" && last[0] >= '0' && last[0] <= '9' {
			money := n > 1 && strings.IndexFunc(s.keys[n-2], func(r rune) bool { return unicode.In(r, unicode.Sc) }) == 0
			if len(key) > 1 || money {
				key = unit
			}
		}
		if key == "cent" && last == "per" {
			s.keys[n-1] = "%"
			return
		}
		if last == "on" && l.weekdays[key] { // said Monday, said on Monday
			s.keys[n-1] = key
			return
		}
		if article(last) && l.empty[last] && !l.countsWithArticle[key] { // but "a few" is more than "few"
			s.keys[n-1] = key
			s.one = s.one || n == 1
			return
		}
		if key == "that" && l.speech[last] {
			return
		}
	}
	if !l.empty[key] || article(key) {
		s.keys = append(s.keys, key)
	}
}

// article reports whether a key is an indefinite article of English; it waits
// in the list for the word after it.
func article(key string) bool { return key == "a" || key == "an" }
