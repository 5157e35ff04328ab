package fulltext

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// lexicon is a list of phrases that is looked up word by word, so that asking
// for hundreds of them costs one pass over a text.
type lexicon struct {
	phrases map[string][]string // by their first word, as plain writes them
	stems   []string            // beginnings of words: "cookie*"
	signs   []string            // phrases of scripts that do not part words
}

// lexiconOf makes a lexicon of phrases, one a line, when it is first needed. A
// "*" after a single word stands for any ending.
func lexiconOf(list string) func() *lexicon {
	return sync.OnceValue(func() *lexicon {
		l := &lexicon{phrases: make(map[string][]string)}
		for line := range strings.Lines(list) {
			open := strings.HasSuffix(strings.TrimSpace(line), "*")
			phrase := plain(line)
			if phrase == "" {
				continue
			}
			r, _ := utf8.DecodeRuneInString(phrase)
			if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) {
				l.signs = append(l.signs, phrase)
				continue
			}
			if open {
				l.stems = append(l.stems, phrase)
				continue
			}
			head, _, _ := strings.Cut(phrase, " ")
			l.phrases[head] = append(l.phrases[head], phrase)
		}
		return l
	})
}

// leads reports whether a text, as plain writes it, begins with a phrase.
func (l *lexicon) leads(text string) bool {
	for _, s := range l.signs {
		if strings.HasPrefix(text, s) {
			return true
		}
	}
	return l.at(text)
}

// is reports whether a text is a phrase, no more and no less.
func (l *lexicon) is(text string) bool {
	for _, s := range l.signs {
		if text == s {
			return true
		}
	}
	head, _, _ := strings.Cut(text, " ")
	for _, p := range l.phrases[head] {
		if p == text {
			return true
		}
	}
	return false
}

// count returns how many phrases stand in a text, looking no further than most.
func (l *lexicon) count(text string, most int) int {
	n := 0
	for _, s := range l.signs {
		n += strings.Count(text, s)
	}
	for n < most && text != "" {
		if l.at(text) {
			n++
		}
		_, text, _ = strings.Cut(text, " ")
	}
	return n
}

func (l *lexicon) holds(text string) bool { return l.count(text, 1) > 0 }

func (l *lexicon) at(text string) bool {
	head, _, _ := strings.Cut(text, " ")
	for _, p := range l.phrases[head] {
		if rest, ok := strings.CutPrefix(text, p); ok && (rest == "" || rest[0] == ' ') {
			return true
		}
	}
	for _, stem := range l.stems {
		if strings.HasPrefix(head, stem) {
			return true
		}
	}
	return false
}

// plain is a text's letters and digits in lower case, other signs as one space.
func plain(s string) string {
	b := make([]byte, 0, len(s))
	space := false
	for _, r := range s {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case r < utf8.RuneSelf:
			space = true
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
			r = unicode.ToLower(r)
		default:
			space = true
			continue
		}
		if space && len(b) > 0 {
			b = append(b, ' ')
		}
		space = false
		b = utf8.AppendRune(b, r)
	}
	return string(b)
}
